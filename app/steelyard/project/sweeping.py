"""A project over ranges of settings: numbers of the site, counts of parts, inputs of its workloads."""

from __future__ import annotations

import itertools
import math
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.content import BUILD_NUMBERS, SITE_NUMBERS, Lab, Project, Site, Variant, checked
from steelyard.units import UNITS, Unit
from steelyard.workstation.roles import ROLES
from steelyard.workstation.site import BUILD, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from steelyard.catalog import Catalog
    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.evaluate import Engine

__all__ = ["MOST_POINTS", "Axis", "Swept", "axis_of", "points_of", "swept"]

MOST_POINTS: Final = 100_000
TOGETHER: Final = 500
"""Points a batch: enough that a row costs little, few enough to say how far it is."""

_RANGE: Final = re.compile(r"([^:]+):([^:]+)(?::([^:]+))?")
_LAB: Final = {"growth": "growth", "life": "life_years"}
_ROLE_NAMES: Final = tuple(role.name for role in ROLES)


class Axis(NamedTuple):
    """What is varied: a setting by its name, its unit, and its values in order."""

    name: str
    unit: Unit
    values: tuple[float, ...]


def axis_of(text: str, project: Project, catalog: Catalog) -> Axis:
    """Read "room_temperature=18:35:1" or "gpu=1:4"; both ends count, the step is 1 where none is given.

    Raises BadInputError for what is no setting of this project, and for a range without end.
    """
    name, is_pair, given = text.partition("=")
    found = _RANGE.fullmatch(given.strip())
    if not is_pair or found is None:
        raise BadInputError(f'"{text[:60]}" is no range of a setting.', "Write it as room_temperature=18:35:1.")
    low, high, step = (_decimal(part, text) for part in (found[1], found[2], found[3] or "1"))
    if step <= 0 or high < low:
        raise BadInputError(
            f'The range "{text[:60]}" has no values.', "Give the lower end first, and a step above zero."
        )
    count = int((high - low) / step) + 1
    if count > MOST_POINTS:
        raise BadInputError(f'The range "{text[:60]}" has {count:,} values.', f"At most {MOST_POINTS:,} can be taken.")
    values = tuple(float(low + step * place) for place in range(count))
    return Axis(name.strip(), _unit(name.strip(), project, catalog), values)


def points_of(project: Project, variant: str, axes: Sequence[Axis]) -> Iterator[tuple[tuple[float, ...], Project]]:
    """Yield values and project at every point, the last axis fastest. Raises BadInputError at one that cannot be."""
    if math.prod(len(axis.values) for axis in axes) > MOST_POINTS:
        raise BadInputError(f"These ranges together have more than {MOST_POINTS:,} points.", "Widen the steps.")
    one = project._replace(variants=(project.variant(variant),))
    for values in itertools.product(*(axis.values for axis in axes)):
        point = one
        for axis, value in zip(axes, values, strict=True):
            point = _with(point, axis.name, value)
        yield values, checked(point)


class Swept(NamedTuple):
    """Points evaluated together, with their values on the axes; row `point * workloads + workload` of `evaluation`."""

    values: tuple[tuple[float, ...], ...]
    workloads: tuple[str, ...]
    evaluation: Evaluation

    def row(self, point: int, workload: int) -> int:
        """Return the row of a point and a workload."""
        return point * max(len(self.workloads), 1) + workload


def swept(engine: Engine, points: Iterable[tuple[tuple[float, ...], Project]], names: Sequence[str]) -> Iterator[Swept]:
    """Evaluate quantities at all points, those that differ in site, settings and parts alone as rows of one batch."""
    presences = {axis.presence for name in names for axis in engine.model.quantities[name].axes}
    wanted = [*names, *(presences & (engine.model.quantities.keys() | engine.model.inputs.keys()))]
    alike = itertools.groupby(points, key=lambda point: (point[1].lab, point[1].workloads))
    for together in (tuple(group) for _, whole in alike for group in _parted(whole)):
        first = together[0][1]
        uses = engine.uses_of(first)
        _, evaluation = engine.run(
            first,
            [project.variants[0] for _, project in together],
            uses,
            wanted,
            sites=[project.site for _, project in together],
        )
        yield Swept(tuple(values for values, _ in together), tuple(use.id for use in uses), evaluation)


def _parted(
    points: Iterator[tuple[tuple[float, ...], Project]],
) -> Iterator[tuple[tuple[tuple[float, ...], Project], ...]]:
    while part := tuple(itertools.islice(points, TOGETHER)):
        yield part


def _with(project: Project, name: str, value: float) -> Project:
    if name == "supply_voltage":  # its low end is a share of it, and goes with it
        low = value * project.site.supply_voltage_low / project.site.supply_voltage
        return project._replace(site=project.site._replace(supply_voltage=value, supply_voltage_low=low))
    if name in Site._fields:
        return project._replace(site=Site(**{**project.site._asdict(), name: value}))
    if name in BUILD_NUMBERS:
        number = int(value) if value.is_integer() else value  # of a place the shape refuses what is no whole number
        return project._replace(variants=(Variant(**{**project.variants[0]._asdict(), name: number}),))
    if name in _LAB:
        return project._replace(lab=Lab(**{**project.lab._asdict(), _LAB[name]: value}))
    if name in _ROLE_NAMES:
        variant = project.variants[0]
        part = variant.selection.part(name) or ""
        changed = variant._replace(selection=variant.selection.with_(**{name: (part, int(value))}))
        return project._replace(variants=(changed,))
    use, _, entry = name.rpartition(".")
    uses = tuple(each.with_input(entry, value) if each.id == use else each for each in project.workloads)
    return project._replace(workloads=uses)


def _unit(name: str, project: Project, catalog: Catalog) -> Unit:
    units = {each.name: each.unit for each in (*SITE, *BUILD)}
    if name in SITE_NUMBERS or name in _LAB or name in BUILD_NUMBERS:
        return units[SITE_NUMBERS.get(name, name)]
    if name in _ROLE_NAMES:
        for variant in project.variants:
            if variant.selection.part(name) is None:
                message = f'The role "{name}" of "{variant.name}" is empty.'
                raise BadInputError(message, "Only the count of parts that are chosen can be varied.")
        return UNITS["×"]
    inputs = {
        f"{use.id}.{entry}": definition
        for use in project.workloads
        if use.workload in catalog.workloads
        for entry, definition in catalog.workloads[use.workload].inputs.items()
        if not definition.choices
    }
    if name in inputs:
        return UNITS[inputs[name].unit]
    known = [*SITE_NUMBERS, *_LAB, *BUILD_NUMBERS, *_ROLE_NAMES, *inputs]
    hint = did_you_mean(name, known)
    remedy = "Vary a number of the site, growth, life, power_limit, the count of a role, or an input (training.cases)."
    raise BadInputError(f'"{name[:60]}" is no setting of this project.{hint}', "" if hint else remedy)


def _decimal(part: str, text: str) -> Decimal:
    try:
        number = Decimal(part.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadInputError(f'"{part[:20]}" in "{text[:60]}" is not a number.', "Write it as room_temperature=18:35:1.")
    return number
