"""A requirement's levels as readings, each with the address by which a click asks for its reason."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.present.numbers import Address, reading_of
from steelyard.gui.readings import Reading
from steelyard.project.levels import has_amount, level_amount, whole_number
from steelyard.wording import number

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.levels import Amount
    from steelyard.project.requirements import Level, Requirement


def level_reading(requirement: Requirement, level: Level, *, beside: bool = False) -> Reading:
    """One level, asked; beside what the build has it is in the unit of that."""
    name = str(Address(level.name, None, requirement.row))
    return _reading(name, level_amount(requirement, level, beside=beside), requirement.label)._replace(asked=True)


def has_reading(requirement: Requirement, *, own: bool = False) -> Reading:
    """What the build has, in the unit of what is needed or in its own."""
    quantity = requirement.resource.has
    name = str(Address(quantity, None, requirement.row)) if quantity else ""
    return _reading(name, has_amount(requirement, own=own), f"{requirement.label}, this build")


def asked_reading(variant: VariantEvaluation, name: str, row: int, label: str, *, whole: bool = False) -> Reading:
    """What one workload asks of a resource, in whole pieces where it comes in such."""
    reading = reading_of(variant, name, row, label=label, asked=True)
    value = variant.value(name, row)
    return reading._replace(value=number(whole_number(value))) if whole and math.isfinite(value) else reading


def _reading(name: str, amount: Amount, label: str) -> Reading:
    return Reading(name, amount.text, amount.unit, amount.spread, label, amount.known)
