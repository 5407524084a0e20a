"""Whose every part of a requirement is: lines that add up to it, also as they are rounded for reading."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.lines import Cause
from steelyard.gui.present.numbers import Address
from steelyard.wording import number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.gui.lines import Explained
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.requirements import Requirement

LEAST = "_least"
SIGNIFICANT = 3


def with_shares(variant: VariantEvaluation, address: Address, explained: Explained) -> Explained:
    """The explanation of a requirement's least level with the lines of all who ask; any other as it is."""
    requirement = _requirement(variant, address)
    if requirement is None or not requirement.lines:
        return explained
    together = f"Together at the peak: {_names(variant, requirement)}." if len(requirement.together) > 1 else ""
    why = f"{requirement.why[:1].upper()}{requirement.why[1:]}." if requirement.why else ""
    unknown = f"Not told yet, for inputs are empty: {', '.join(requirement.unknown)}." if requirement.unknown else ""
    note = " ".join(part for part in (explained.note, together, why, unknown) if part)
    if len(requirement.lines) == 1:
        return explained._replace(note=note)
    return explained._replace(causes=causes_of(variant, requirement), note=note)


def causes_of(variant: VariantEvaluation, requirement: Requirement) -> tuple[Cause, ...]:
    """A line for each who asks, the greatest share first; each leads on to why it asks for so much."""
    lines = sorted(requirement.lines, key=lambda line: -line.value)
    texts = adding_texts([line.value for line in lines], requirement.least.value)
    rows = {use.id: row for row, use in enumerate(variant.uses)}
    found = []
    for line, text in zip(lines, texts, strict=True):
        label = line.label if line.workload else "The system"
        part = f"{label}, {share(line.share)}" if line.share else label
        name = requirement.resource.asked if line.workload else requirement.resource.system
        row = rows.get(line.workload, requirement.row)  # the system's is the same in all rows
        address = str(Address(name, None, row)) if name else ""
        unit = "" if requirement.unit.symbol == "×" else f" {requirement.unit.symbol}"
        found.append(Cause(address, part, f"{text}{unit}", "", "derived"))
    return tuple(found)


def adding_texts(values: Sequence[float], total: float) -> list[str]:
    """Numbers as they are read, rounded so that they add up to the rounded total: the largest remainders go up."""
    if not math.isfinite(total) or total <= 0:
        return [number(value) for value in values]
    digits = max(0, SIGNIFICANT - 1 - math.floor(math.log10(total)))
    scale = 10.0**digits
    wanted = round(total * scale)
    floors = [math.floor(value * scale) for value in values]
    rest = sorted(range(len(values)), key=lambda place: floors[place] - values[place] * scale)
    for place in rest[: max(0, wanted - sum(floors))]:
        floors[place] += 1
    return [number(each / scale, digits) for each in floors]


def _requirement(variant: VariantEvaluation, address: Address) -> Requirement | None:
    from steelyard.project.requirements import requirements_of

    if not address.name.endswith(LEAST) or not variant.uses:
        return None
    key = address.name.removesuffix(LEAST)
    found = (each for each in requirements_of(variant, ranges=False) if each.key == key)
    return next((each for each in found if each.row == (address.row or 0)), None)


def _names(variant: VariantEvaluation, requirement: Requirement) -> str:
    workloads = variant.engine.catalog.workloads
    names = [workloads[use.workload].name for use in variant.uses if use.id in requirement.together]
    return ", ".join(names)
