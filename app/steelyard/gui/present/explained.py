"""An explanation tree as the popover shows it."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from steelyard.figures.taken import card_names
from steelyard.gui.lines import Cause, Explained
from steelyard.gui.present.breakdown import with_shares
from steelyard.gui.present.numbers import Address, reading_of
from steelyard.gui.readings import Reading
from steelyard.money import minor_digits
from steelyard.project.accuracy import FITTED, families_of
from steelyard.wording import number, plural

if TYPE_CHECKING:
    from steelyard.graph.explain import Explanation
    from steelyard.project.evaluate import VariantEvaluation

TIERS = ("measured", "maker", "database", "recalled", "you", "assumed", "derived", "estimate", "unknown")
WHOLE_FROM = 1000
"""From here on an amount of money is shown without its fraction."""
SOFT = ("unknown", "estimate", "assumed", "recalled")
"""Tiers that make a number weak, the weakest first."""

UNHELD = frozenset(
    ("B", "GB", "GiB", "MB", "TB", "W", "kWh", "kWh/yr", "BTU/h", "A", "VA", "V", "°C", "K", "dB(A)", "m³/h")
)
"""Units of what is predicted from data and physics, but has no published measurement beside it: memory and heat."""

GUESSED = ("unknown", "estimate", "assumed")
"""Tiers of a datum that make what follows from it a prediction and not a sum of what makers state."""

COUNTS = {"gpu_memory": "gpu_count", **{f"{role}_capacity": f"{role}_count" for role in ("scratch_drive", "os_drive")}}
"""What the card shows as a size is the size of one: how many there are is told beside it."""


def explained_view(variant: VariantEvaluation, address: Address) -> Explained:
    """Why a number is what it is: its formula, the numbers in it, its causes, its weakest link, its sources."""
    row = address.row or 0
    told = variant.explain(address.name, row, address.position)
    reading = reading_of(variant, address.name, row, address.position, ranged=math.isfinite(told.value))
    if told.text:
        reading = Reading(reading.name, told.text, label=reading.label)
    causes = [_cause(variant, each, row, 0) for each in told.because]
    if address.name in COUNTS:
        causes.append(_cause(variant, variant.explain(COUNTS[address.name], row), row, 0))
    place = f", {told.where}" if told.where else ""
    explained = Explained(
        str(address),
        label_in(variant, row, told.label),
        reading,
        told.formula,
        said_in(variant, row, told.numbers),
        tuple(causes),
        label_in(variant, row, _weakest(told)),
        " ".join(part for part in (told.reason, told.note) if part),
        (f"{source_title(variant, told.source)}{place}",) if told.source else (),
    )
    held, unheld = _held_against(told)
    return with_shares(variant, address, explained)._replace(rests_on=held, unheld=unheld)


def source_title(variant: VariantEvaluation, source: str) -> str:
    """The title of a source with its publisher where it has one, or its id where it is a method of our own."""
    known = variant.engine.catalog.sources.get(source)
    if known is None:
        return source
    return f"{known.title} ({known.publisher})" if known.publisher else known.title


def said_in(variant: VariantEvaluation, row: int, numbers: str) -> str:
    """Numbers of a formula in the words of the project: its currency, and what its workload calls a sample."""
    voice = variant.voice(row)
    digits = minor_digits(voice.currency)

    def money(found: re.Match[str]) -> str:
        major = float(found[1].replace(",", "")) / 10**digits
        fine = abs(major) < WHOLE_FROM or found[2]
        return f"{number(major, digits if fine else 0)} {voice.currency}{found[2]}"

    def rate(found: re.Match[str]) -> str:
        return f"{number(float(found[1].replace(',', '')) * voice.seconds)} {plural(voice.sample)}/{voice.letter}"

    numbers = re.sub(r"([\d,.]+) ¢(\S*)", money, numbers)
    numbers = re.sub(r"([\d,.]+) samples/s\b", rate, numbers)
    numbers = re.sub(r"\bsamples\b", plural(voice.sample), numbers)
    return re.sub(r"\bsample\b", voice.sample, numbers)


def label_in(variant: VariantEvaluation, row: int, label: str) -> str:
    """A label with the name of its stage or card instead of its number."""
    cards = card_names(variant, row)
    stages = (
        [stage.label for stage in variant.engine.catalog.workloads[variant.uses[row].workload].stages]
        if variant.uses
        else []
    )

    def named(found: re.Match[str]) -> str:
        names, place = (cards if found[1] == "card" else stages), int(found[2]) - 1
        return f", {names[place]}" if place < len(names) else found[0]

    return re.sub(r", (card|stage) (\d+)\b", named, label)


def _cause(variant: VariantEvaluation, told: Explanation, row: int, depth: int) -> Cause:
    said = variant.voice(row).say(told.value, told.unit)
    value = said_in(variant, row, told.text) if told.text else str(said)
    tier = "unknown" if math.isnan(told.value) else told.tier or "derived"
    open_further = told.name in variant.evaluation.values
    name = str(Address(told.name, told.position, row)) if open_further else ""
    spread = ""
    if open_further and not told.text and math.isfinite(told.value):
        with suppress(KeyError):  # what no draw reaches has no range
            spread = reading_of(variant, told.name, row, told.position, ranged=True).range
    return Cause(name, label_in(variant, row, told.label), value, spread, tier, depth, told.note)


def _weakest(told: Explanation) -> str:
    """The weakest datum on which the number rests, in words."""
    leaves = list(_leaves(told))
    for tier in SOFT:
        for leaf in leaves:
            if (tier == "unknown" and math.isnan(leaf.value)) or leaf.tier == tier:
                return f"{tier}: {leaf.label}" + (f" ({leaf.note.rstrip('.')})" if leaf.note else "")
    return ""


def _held_against(told: Explanation) -> tuple[tuple[str, ...] | None, bool]:
    """The families of measurements behind a number, None for none, and whether it is a prediction without any.

    What memory takes and how warm it gets may follow from how busy a card is, but it was not measured with it.
    """
    if told.unit.symbol not in UNHELD and not told.name.startswith("cores_"):
        return families_of(told), False
    predicted = bool(told.because) and any(leaf.tier in GUESSED or leaf.name in FITTED for leaf in _leaves(told))
    return None, predicted


def _leaves(told: Explanation) -> list[Explanation]:
    if not told.because:
        return [told]
    return [leaf for each in told.because for leaf in _leaves(each)]
