"""One number of an evaluation as a reading, and the address by which a click asks for its reason."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from steelyard.gui.readings import Reading
from steelyard.wording import span

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Unit


class Address(NamedTuple):
    """Which number: a quantity or input, one of its positions, and the row (workload)."""

    name: str
    position: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        """`name`, `name[2]`, `name@1` or `name[2]@1`."""
        place = "" if self.position is None else f"[{self.position}]"
        return f"{self.name}{place}" + ("" if self.row is None else f"@{self.row}")


def address_of(text: str) -> Address:
    """The address that a text spells. Raises ValueError where it spells none."""
    found = re.fullmatch(r"(\w+)(?:\[(\d+)\])?(?:@(\d+))?", text)
    if not found:
        raise ValueError(text)
    name, position, row = found.groups()
    return Address(name, None if position is None else int(position), None if row is None else int(row))


def unit_of(variant: VariantEvaluation, name: str) -> Unit:
    """The unit of a quantity or an input."""
    model = variant.evaluation.model
    return (model.quantities.get(name) or model.inputs[name]).unit


def label_of(variant: VariantEvaluation, name: str) -> str:
    """The label of a quantity or an input."""
    model = variant.evaluation.model
    return (model.quantities.get(name) or model.inputs[name]).label


def reading_of(
    variant: VariantEvaluation,
    name: str,
    row: int = 0,
    position: int | None = None,
    *,
    label: str = "",
    asked: bool = False,
    ranged: bool = False,
) -> Reading:
    """A number with its unit, its range where that was computed, and its address."""
    value = variant.value(name, row, position)
    unit = unit_of(variant, name)
    voice = variant.voice(row)
    said = voice.say(value, unit)
    known = not math.isnan(value)
    spread = ""
    if ranged and known and math.isfinite(value):
        ends = [voice.say(end, unit) for end in variant.range(name, row, position)]
        if ends[0].text != ends[1].text:
            spread = span(ends[0].value, ends[1].value)
    return Reading(
        str(Address(name, position, row)),
        said.text,
        said.unit if known and math.isfinite(value) else "",
        spread,
        label or label_of(variant, name),
        known,
        asked,
    )
