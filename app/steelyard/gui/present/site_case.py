"""The inside of the case as the site shows it: cooler, cards by slot with the air they get, the supply, the air around.

At another time each reading says what it was then; its explanation stays that of the steady state.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.held import WITHIN, is_over
from steelyard.figures.taken import card_names
from steelyard.gui.present.numbers import reading_of
from steelyard.gui.present.plots import filled_slots
from steelyard.gui.readings import UNKNOWN, Reading
from steelyard.project.left_out import left_out
from steelyard.wording import measured, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.project.evaluate import VariantEvaluation

LEAST_BLOWN = 0.5
"""A card that blows out more of its heat than this is drawn with an arrow through its bracket."""

CPU, COOLANT, CASE_AIR, ROOM = "CPU", "Coolant", "Case air", "Room"


class CaseCard(NamedTuple):
    """A card in the case, or free places: the slot's words, the card's, its air and temperature."""

    slot: str
    title: str = ""
    inlet: Reading = UNKNOWN
    temperature: Reading = UNKNOWN
    power: str = ""
    over: bool = False
    blown: bool = False
    free: bool = False
    display: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """How it is called, then shorter where that still tells it from the others."""
        whole = f"{self.slot} {self.title}"
        return (whole, self.title) if self.slot.startswith("Slot ") else (whole,)


class CaseView(NamedTuple):
    """What stands in the case, from its top to its foot."""

    cooler: str = ""
    liquid: bool = False
    cpu: Reading = UNKNOWN
    coolant: Reading | None = None
    cards: tuple[CaseCard, ...] = ()
    supply: str = ""
    case_air: Reading = UNKNOWN
    room: Reading = UNKNOWN
    seated: bool = True
    missing: str = ""


def case_view(variant: VariantEvaluation, row: int, at: Mapping[str, float] | None = None) -> CaseView:
    """The case in the steady state, or with the temperatures that `at` has by the names of its curves."""
    if "case" not in variant.selection or "board" not in variant.selection:
        return CaseView(missing="Choose a case and a board: then it is known where everything sits.")
    then = at or {}
    known = variant.evaluation.model.quantities
    liquid = variant.value("cooler_radiator_length") > 0
    cooler = variant.selection.part("cooler")
    words = "" if cooler is None else "Air cooler"
    if liquid:
        words = f"{measured(variant.value('cooler_radiator_length'), 'mm', 0)} radiator"
    rating = variant.value("psu_rating")
    coolant = _reading(variant, row, "coolant_temperature", COOLANT, then) if "coolant_temperature" in known else None
    return CaseView(
        words,
        liquid,
        _reading(variant, row, "cpu_temperature", CPU, then),
        coolant if liquid else None,
        tuple(_with_display(variant, row, _cards(variant, row, then))),
        f"Supply {measured(rating, 'W', 0)}" if not math.isnan(rating) else "No supply",
        _reading(variant, row, "case_air", CASE_AIR, then),
        _reading(variant, row, "room_air", ROOM, then, decimals=1),
    )


def _cards(variant: VariantEvaluation, row: int, then: Mapping[str, float]) -> list[CaseCard]:
    """The cards from the top of the case, and the free places between them."""
    if not variant.selection.count("gpu"):
        return []
    order = filled_slots(variant, row)
    names = card_names(variant, row)
    thick = variant.value("gpu_thickness")
    height = max(1, math.ceil(thick)) if math.isfinite(thick) else 1
    wired = variant.evaluation.value("board_slots")[..., row]
    places = sorted(
        int(place)
        for place, there in zip(variant.evaluation.value("board_slot_position")[..., row], wired, strict=True)
        if there > 0
    )
    lines: list[CaseCard] = []
    free: list[int] = []
    covered = 0
    for place in places:
        if place in order:
            _tell_free(lines, free)
            card = order.index(place)
            lines.append(_card(variant, row, card, f"Slot {place}", names[card], then))
            covered = place + height - 1
        elif place > covered:
            free.append(place)
    _tell_free(lines, free)
    if len(order) < len(names):  # not every card finds a slot: they are drawn all the same, and said to have none
        lines += [_card(variant, row, card, "No slot", names[card], then) for card in range(len(order), len(names))]
    return lines


def _with_display(variant: VariantEvaluation, row: int, cards: list[CaseCard]) -> list[CaseCard]:
    """The card for the screens in its place among the others: so many stand below it, where the air comes in."""
    if "display_gpu" not in variant.selection:
        return cards
    count = sum(not card.free for card in cards)
    place = variant.variant.display_place
    above = 0 if place is None else max(0, count - place)
    taken = [at for at, card in enumerate(cards) if not card.free]
    at = taken[above] if above < len(taken) else len(cards)
    temperature = _reading(variant, row, "display_temperature", "", {})
    value, limit = variant.value("display_temperature", row), variant.value("display_gpu_temperature_limit", row)
    over = is_over(value, limit, variant.value(WITHIN, row))
    watts = measured(variant.value("display_power", row), "W", 0)
    inlet = _reading(variant, row, "display_inlet", "", {})
    shown = CaseCard("Display", "card", inlet, temperature, watts, over=over, display=True)
    return [*cards[:at], shown, *cards[at:]]


def _tell_free(lines: list[CaseCard], free: list[int]) -> None:
    if free:
        slots = f"slot {free[0]}" if len(free) == 1 else f"slots {free[0]} to {free[-1]}"
        lines.append(CaseCard(f"{slots}, free", free=True))
        free.clear()


def _card(variant: VariantEvaluation, row: int, card: int, slot: str, name: str, then: Mapping[str, float]) -> CaseCard:
    temperature = _reading(variant, row, "card_temperature", name, then, position=card)
    inlet = _reading(variant, row, "card_inlet", "", then, position=card)
    value = then.get(name, variant.value("card_temperature", row, card))
    return CaseCard(
        slot,
        name,
        inlet,
        temperature,
        measured(variant.value("card_power", row, card), "W", 0),
        is_over(value, variant.value("gpu_temperature_limit", row), variant.value(WITHIN, row)),
        variant.value("card_exhaust_share", row) >= LEAST_BLOWN,
    )


def _reading(
    variant: VariantEvaluation,
    row: int,
    name: str,
    called: str,
    then: Mapping[str, float],
    *,
    position: int | None = None,
    decimals: int = 0,
) -> Reading:
    reading = reading_of(variant, name, row, position, label=called)
    if left_out(variant, name):
        return reading._replace(known=False, unit="", range="")
    value = then.get(called, variant.value(name, row, position))
    if not math.isfinite(value):
        return reading
    return reading._replace(value=number(value, decimals), unit="°C", known=True)
