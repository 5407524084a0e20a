"""What one exchange would do: one part of the build exchanged for another, everything evaluated again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.money import minor_digits
from steelyard.project.candidates import candidates_of
from steelyard.sheets.content import Swap
from steelyard.wording import MINUS, measured, number, times
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from steelyard.project.candidates import Candidate
    from steelyard.project.evaluate import VariantEvaluation

EXCHANGED = ("gpu", "cpu")
LABELS = {role.name: role.label for role in ROLES}
NOTICEABLE = 1.05
MOST = 5
MOST_TOLD = 2


class _Offer(NamedTuple):
    """An exchange: its role and candidate, what the build then costs, and the rate of the tightest workload."""

    role: str
    candidate: Candidate
    price: float
    rate: float


def swaps_of(evaluated: VariantEvaluation, row: int) -> tuple[Swap, ...]:
    """Return the exchanges of one part that fit, make the tightest workload noticeably faster, and slow none down.

    Cheapest first; one that costs more than another must also be faster. At most five, the first and the last kept.
    """
    here = evaluated.value("throughput", row)
    if not evaluated.uses or math.isnan(here) or math.isnan(evaluated.value("build_price")):
        return ()
    offers = sorted(_offers(evaluated, row), key=lambda offer: (offer.price, -offer.rate, offer.candidate.part))
    front: list[_Offer] = []
    for offer in offers:
        if offer.rate > max([here * NOTICEABLE, *(each.rate * NOTICEABLE for each in front)]):
            front.append(offer)
    if len(front) > MOST:
        front = [front[round(place * (len(front) - 1) / (MOST - 1))] for place in range(MOST)]
    return tuple(_swap(evaluated, row, offer) for offer in front)


def _offers(evaluated: VariantEvaluation, row: int) -> list[_Offer]:
    found = []
    for role in EXCHANGED:
        if evaluated.selection.part(role) is None:
            continue
        fitting = [
            each
            for each in candidates_of(evaluated, role)
            if not each.current
            and each.fits
            and not each.unknown
            and each.throughput * NOTICEABLE >= 1
            and not math.isnan(each.price)
        ]
        if fitting:
            batch, rates = evaluated.with_parts([each.selection for each in fitting], ["throughput"])
            found += [
                _Offer(role, each, each.price, rates.at("throughput", batch.row(build, row)))
                for build, each in enumerate(fitting)
            ]
    return found


def _swap(evaluated: VariantEvaluation, row: int, offer: _Offer) -> Swap:
    catalog, voice = evaluated.engine.catalog, evaluated.voice(row)
    unit = evaluated.engine.model.quantities["throughput"].unit
    here = evaluated.value("throughput", row)
    more = (offer.price - evaluated.value("build_price")) / 10 ** minor_digits(evaluated.project.currency)
    watts = offer.candidate.watts - max(evaluated.value("wall_power", each) for each in evaluated.rows)
    new = [
        each.title
        for each in offer.candidate.broken
        if each.rule.id not in _broken(evaluated) and each.rule.severity != "note"
    ]
    told = [*new[:MOST_TOLD], *([f"and {len(new) - MOST_TOLD} more"] if len(new) > MOST_TOLD else [])]
    part = catalog.part(offer.candidate.part)
    count = evaluated.selection.count(offer.role)
    return Swap(
        LABELS[offer.role],
        part.name if count == 1 else f"{count} × {part.name}",
        _signed(more),
        str(voice.say(offer.rate, unit)),
        times(offer.rate / here),
        _signed(watts),
        "; ".join(told),
        len(new),
        measured(abs(more), evaluated.project.currency, 0) + (" more" if more >= 0 else " less"),
    )


def _broken(evaluated: VariantEvaluation) -> set[str]:
    return {each.rule.id for each in evaluated.findings if each.verdict == "broken"}


def _signed(value: float) -> str:
    text = number(value, 0)
    return text if text.startswith(MINUS) or text in ("0", "?") else f"+{text}"


def no_swaps(evaluated: VariantEvaluation, row: int) -> str:
    """Return why no exchange is offered: nothing that fits is faster, or nobody knows what it would cost."""
    if math.isnan(evaluated.value("build_price")):
        return (
            f"What an exchange would cost cannot be told: not every part has a price in {evaluated.project.currency}."
        )
    if math.isnan(evaluated.value("throughput", row)):
        return "Whether an exchange would make it faster cannot be told: its rate is not known."
    if not evaluated.selection.part("cpu"):
        return "What an exchange would do cannot be told: no processor is chosen."
    return "No other single GPU or CPU of the catalogue that fits would make it noticeably faster."


def counterfactual(swaps: tuple[Swap, ...], otherwise: str) -> str:
    """Return the cheapest way to more speed with the fewest new warnings, as a sentence, or what to say instead."""
    if not swaps:
        return otherwise
    best = min(swaps, key=lambda each: each.warnings)
    but = f", with a new warning: {best.breaks[:1].lower()}{best.breaks[1:]}" if best.warnings else ""
    return f"{best.part} for {best.price_words} would lift the whole to {best.rate}{but}."
