"""What was found for a lab without a build, in words: the answer, its rung, its cards or boxes, who shares what."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from steelyard.money import minor_digits
from steelyard.project.ladder import LADDER, Place
from steelyard.project.levels import level_amount
from steelyard.project.parallelism import METHODS
from steelyard.project.requirements import requirements_of
from steelyard.sheets.content import Measure, Pair
from steelyard.sheets.requirements_content import MISSING, NO_WORK, SIZED, CardsLine, Rung, SharingLine
from steelyard.wording import DASH, UNKNOWN, measured, money, number, times

if TYPE_CHECKING:
    from steelyard.project.ladder import Boxes
    from steelyard.project.sized import Weighed
    from steelyard.project.sizing import Choice

MEANINGS = {
    Place.LAPTOP: "no desktop card",
    Place.WORKSTATION: "one box beside a desk",
    Place.SERVER: "a rack, many cards to a box",
    Place.CLUSTER: "boxes on a fast network",
    Place.CLOUD: "rented, or a computing hall",
}
LEVEL_WORDS = ("Least", "Recommended", "Comfortable")
FIRST = (("cores", "Cores"), ("memory", "Host memory"), ("scratch", "Hot storage"))
SECOND = (("read", "Scratch read rate"), ("line", "Network line"))


def answer_of(lab: Weighed) -> str:
    """Return what carries the work, or what keeps that from being told."""
    found = lab.found
    if not lab.evaluated.uses:
        return "No workload is asked of anything yet: add one to the brief."
    if found.unknown:
        names = ", ".join(dict.fromkeys(found.unknown))
        return f"It cannot be told yet what carries this work. Inputs are missing of: {names}. Set them in the brief."
    days = found.compute_days
    compute = f" Training takes {measured(days, 'petaflop-days')} of compute." if days > 0 else ""
    if found.boxes is not None:
        boxes = f"{found.boxes.needed:,} {'box' if found.boxes.needed == 1 else 'boxes'}"
        return f"This needs {boxes} of {found.boxes.box}, because {found.boxes.reason}.{compute}"
    least = found.least
    if least is None:
        return "No card of the catalogue carries this work, and of none can it be told how many boxes would." + compute
    if not least.cards:
        return "A processor alone carries this work: no graphics card is asked for." + compute
    price = _price(lab, least)
    cost = f" The least price is {price}." if price != UNKNOWN else " None of the cards that carry it has a price."
    return f"{_cards(least)} {'carries' if least.cards == 1 else 'carry'} this work: {_why(least)}.{cost}{compute}"


def state_of(lab: Weighed) -> str:
    """Return whether the lab could be sized."""
    if not lab.evaluated.uses:
        return NO_WORK
    return MISSING if lab.found.unknown else SIZED


def rungs_of(lab: Weighed) -> tuple[Rung, ...]:
    """Return the ladder from small to large, with the rung on which the lab stands."""
    return tuple(Rung(str(place), MEANINGS[place], place is lab.found.place) for place in LADDER)


def first_measures(lab: Weighed) -> tuple[Measure, ...]:
    """Return the four greatest figures: cards or boxes, cores, memory, storage, at the least."""
    return (_head_measure(lab), *_needed(lab, FIRST))


def second_measures(lab: Weighed) -> tuple[Measure, ...]:
    """Return four more: price and pace of the cards, or what asks for the boxes, and the two rates."""
    least, boxes = lab.found.least, lab.found.boxes
    if boxes is not None:
        by = (("Boxes for the pace", boxes.by_pace), ("Boxes for the cards' memory", boxes.by_memory))
        return (*(Measure(label, number(count)) for label, count in by), *_needed(lab, SECOND))
    digits = minor_digits(lab.project.currency)
    price = UNKNOWN if least is None else money(_minor(least), "", digits) if least.cards else "none"
    unit = lab.project.currency if price not in {"none", UNKNOWN} else ""
    pace = times(least.pace) if least else UNKNOWN
    cost = Measure("Cards, without tax and shipping", price, unit)
    return (cost, Measure("Pace", pace, "of what is asked" if least else ""), *_needed(lab, SECOND))


def cards_of(lab: Weighed) -> tuple[CardsLine, ...]:
    """Return the least-priced cards at each level; nothing where no single box does the least."""
    found = lab.found
    if found.least is None:
        return ()
    return tuple(
        _cards_line(lab, word, choice)
        for word, choice in zip(LEVEL_WORDS, (found.least, found.advised, found.ample), strict=True)
    )


def machines_of(boxes: Boxes | None) -> tuple[Pair, ...]:
    """Return how many boxes each resource would ask for alone, and together."""
    if boxes is None:
        return ()
    lines = (("Pace", boxes.by_pace), ("Memory of the cards", boxes.by_memory), ("Memory of the host", boxes.by_host))
    return (*(Pair(label, number(count)) for label, count in lines), Pair("Boxes", number(boxes.needed), "sum"))


def sharing_of(lab: Weighed) -> tuple[SharingLine, ...]:
    """Return how several cards should share each workload, and why."""
    return tuple(
        SharingLine(each.name, METHODS[each.method], _times(each.cards, each.groups), _memory(each.memory), each.reason)
        for each in lab.found.advice
    )


def _cards(choice: Choice) -> str:
    return f"{choice.cards} × {choice.name}" if choice.cards else "the processor alone"


def _why(choice: Choice) -> str:
    every = "it takes" if choice.cards == 1 else "on each it takes"
    keeps = "keeps" if choice.cards == 1 else "together they keep"
    return (
        f"{every} {measured(choice.memory, 'GB')} of {measured(choice.room, 'GB')}, "
        f"and {keeps} {times(choice.pace)} the pace that is asked"
    )


def _minor(choice: Choice) -> Decimal | None:
    return None if math.isnan(choice.price) else Decimal(choice.price)


def _price(lab: Weighed, choice: Choice) -> str:
    currency = lab.project.currency
    return money(_minor(choice), currency, minor_digits(currency))


def _cards_line(lab: Weighed, level: str, choice: Choice | None) -> CardsLine:
    if choice is None:
        return CardsLine(level, "no single box of the catalogue", DASH, DASH, DASH)
    pace = times(choice.pace)
    if not choice.cards:
        return CardsLine(level, _cards(choice), DASH, DASH, pace)
    memory = f"{number(choice.memory)} of {measured(choice.room, 'GB')}"
    return CardsLine(level, _cards(choice), _price(lab, choice), memory, pace)


def _head_measure(lab: Weighed) -> Measure:
    found = lab.found
    if found.boxes is not None:
        return Measure("Boxes", number(found.boxes.needed), "", f"of {found.boxes.box}")
    if found.least is None:
        return Measure("Cards", UNKNOWN)
    if not found.least.cards:
        return Measure("Cards", "none", "", "a processor alone does")
    return Measure("Cards", f"{found.least.cards} × {number(found.least.room)}", "GB", found.least.name)


def _needed(lab: Weighed, wanted: tuple[tuple[str, str], ...]) -> tuple[Measure, ...]:
    """The least of these resources with its range; "none" where nobody asks for it."""
    needs = {each.key: each for each in requirements_of(lab.evaluated)}
    found = []
    for key, label in wanted:
        if key not in needs:
            found.append(Measure(label, "none"))
            continue
        amount = level_amount(needs[key], needs[key].least)
        found.append(
            Measure(label, amount.text, amount.unit, f"at the least, {amount.spread}" if amount.spread else "")
        )
    return tuple(found)


def _times(cards: int, groups: float) -> str:
    """How many cards hold one copy of the model, times how many copies there are."""
    if not cards:
        return DASH
    return f"{cards} × {number(groups)}"


def _memory(value: float) -> str:
    return DASH if math.isnan(value) or not value else measured(value, "GB")
