"""Numbers that a user gives for a build in the place of computed, assumed or published ones, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.content import Variant
from steelyard.project.shape import Bounds
from steelyard.wording import measured, number
from steelyard.workstation.demand import demand_inputs
from steelyard.workstation.site import BUILD, CARD_INDEX, SITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.graph.model import Model
    from steelyard.graph.quantity import Input, Quantity
    from steelyard.project.content import Given
    from steelyard.project.selection import Selection
    from steelyard.units import Array

__all__ = ["as_arrays", "given_of"]

_SETTINGS = {entry.name: "a setting of the site or the lab" for entry in SITE}
_SETTINGS |= {entry.name: "a setting of the build" for entry in BUILD}
_SETTINGS |= {entry.name: "asked by the workload" for entry in demand_inputs()}
_SETTINGS[CARD_INDEX.name] = "the place of a card"
_CODES = {"kind", "kinds", "¢"}
_MOST = 1e18
_BY_UNIT = {"°C": Bounds(-60, 250), "W": Bounds(0, 1e6), "1/K": Bounds(0, 0.1)}
"""No part of a machine or its room is colder or hotter, takes a megawatt, or changes by a tenth and more a kelvin."""
_SIGNED = {"", "K", "dB(A)"}
_SHARES = ("_share", "_busy", "_kept", "_efficiency", "power_factor")
_DIVIDES = ("_efficiency", "power_factor")
_ROOM_TO_SPARE = ("_left", "_free", "_gap")
_SPREAD_BY = {"cards": CARD_INDEX.name}


def given_of(builds: Sequence[Selection | Variant], model: Model) -> Mapping[str, Given]:
    """Return what all builds of a batch give. Raises BadInputError for a wrong name, ValueError where they differ."""
    said = [each.given if isinstance(each, Variant) else {} for each in builds]
    first = next(iter(said), {})
    if any(each != first for each in said):
        message = "the builds of one batch give different numbers; evaluate them one by one"
        raise ValueError(message)
    if first and isinstance(builds[0], Variant):
        _check(builds[0], model)
    return first


def _check(variant: Variant, model: Model) -> None:
    """Raise BadInputError for a given number that the model has no place for; it names the nearest one."""
    margins = {rule.margin.name for rule in model.rules.values()}
    for name, given in variant.given.items():
        where = f'The build "{variant.name[:60]}" gives "{name[:60]}"'
        if name in margins:
            raise BadInputError(
                f"{where}, which is what a rule finds.", "Give one of the numbers that the rule reads: see explain."
            )
        if name not in model.quantities and name not in model.inputs:
            known = [each for each in (*model.quantities, *model.inputs) if each not in margins]
            hint = did_you_mean(name, [each for each in known if not _why_not(each, model)]).strip()
            raise BadInputError(f"{where}, which the model does not have.", hint or "The glossary lists all names.")
        why = _why_not(name, model)
        if why:
            raise BadInputError(f"{where}, which is {why}.", "Set it there.")
        _check_number(where, name, given.value, model)


def _check_number(where: str, name: str, value: float, model: Model) -> None:
    """Raise BadInputError for a number that the quantity cannot have, whatever the build."""
    entry = model.inputs.get(name) or model.quantities[name]
    low, high = _bounds(name, entry, computed=name in model.quantities)
    divides = name.endswith(_DIVIDES)
    if low <= value <= high and not (divides and value == 0):
        return
    said = measured(value, entry.unit.symbol)
    least = "more than 0" if divides else f"{number(low)} or more"
    most = f", and no more than {measured(high, entry.unit.symbol)}" if high < _MOST else ""
    raise BadInputError(f'{where} as {said}, which "{entry.label}" cannot be.', f"Give {least}{most}.")


def _bounds(name: str, entry: Quantity | Input, *, computed: bool) -> Bounds:
    """The least and the most that a number can be in nature: by its unit, and shares of a whole by their names."""
    symbol = entry.unit.symbol
    if symbol in _BY_UNIT:
        return _BY_UNIT[symbol]
    if symbol == "" and computed and name.endswith(_SHARES):
        return Bounds(0, 1)
    if symbol in _SIGNED or name.startswith("spare_") or name.endswith(_ROOM_TO_SPARE):
        return Bounds(-_MOST, _MOST)
    return Bounds(0, _MOST)


def as_arrays(given: Mapping[str, float], model: Model, values: Mapping[str, Array]) -> dict[str, Array]:
    """Return given numbers as the batch holds them: one over cards, stages or slots is the same at every place."""
    found = {}
    for name, value in given.items():
        axes = (model.inputs.get(name) or model.quantities[name]).axes
        spread = [values.get(_SPREAD_BY.get(axis.name, axis.presence)) for axis in axes]
        found[name] = np.full((*(1 if each is None else len(each) for each in spread), 1), value)
    return found


def _why_not(name: str, model: Model) -> str:
    """Say what else sets a name of the model; empty where it can be given."""
    if name in _SETTINGS:
        return _SETTINGS[name]
    if name.endswith("_count") and name in model.inputs:
        return "how many parts the build has"
    entry = model.inputs.get(name) or model.quantities[name]
    if entry.unit.symbol in _CODES and name in model.inputs:
        return "a price: it stands in the price book" if entry.unit.symbol == "¢" else "a property of the part chosen"
    return "the residual of a loop" if name.endswith("_residual") else ""
