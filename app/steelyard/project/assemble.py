"""From what people chose to what the model reads: builds and workloads become rows of arrays.

A batch holds builds x workloads rows, build by build; with draws each row is repeated for every draw of the uncertain
numbers. What all rows share stays one row long.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.graph.draws import DRAWS, drawn, latin_hypercube
from steelyard.project.content import BUILD_NUMBERS, Variant
from steelyard.project.demands import factor_of, inputs_of
from steelyard.workstation.demand import BESIDE, KERNEL, STAGE, WORKLOAD
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from steelyard.catalog import Catalog
    from steelyard.catalog.assumptions import Assumption
    from steelyard.catalog.workloads import Demand, WorkloadDefinition
    from steelyard.project.content import Project, Site, WorkloadUse
    from steelyard.project.demands import UsedInput
    from steelyard.project.selection import Selection
    from steelyard.units import Array
    from steelyard.workstation.demand import Demand as Word

_ROLE_OF = {role.name: role for role in ROLES}
_LONGEST_FIRST = sorted(_ROLE_OF, key=len, reverse=True)


class Batch(NamedTuple):
    """Builds and workloads as rows: `values` for the model, and what stood behind them."""

    catalog: Catalog
    project: Project
    builds: tuple[Variant, ...]
    uses: tuple[WorkloadUse, ...]
    inputs: tuple[dict[str, UsedInput], ...]
    values: dict[str, Array]
    draws: int

    def row(self, build: int, use: int) -> int:
        """Return the row (the first of its draws) of a build and a workload."""
        return (build * max(len(self.uses), 1) + use) * self.draws


def assemble(
    catalog: Catalog,
    project: Project,
    builds: Sequence[Selection | Variant],
    uses: Sequence[WorkloadUse],
    reads: Iterable[str],
    *,
    ranges: bool = False,
    beside: Mapping[str, Array] | None = None,
    sites: Sequence[Site] = (),
) -> Batch:
    """Return the rows of `builds` x `uses`, with values for the names in `reads` (those that are inputs).

    builds: parts alone, or variants with their settings. sites: where each of them stands; none: all at the project's.
    beside: what other work takes at the same time, for every row
    (`project.concurrent`); nothing where it is not said.
    """
    definitions = [catalog.workloads[use.workload] for use in uses]
    inputs = tuple(inputs_of(use, definition) for use, definition in zip(uses, definitions, strict=True))
    variants = tuple(each if isinstance(each, Variant) else Variant("", each) for each in builds)
    builder = _Builder(catalog, project.currency, variants, max(len(uses), 1), DRAWS if ranges else 1)
    values: dict[str, Array] = {}
    wanted = set(reads)
    places = [project._replace(site=site).inputs() for site in sites] or [project.inputs()]
    for name in wanted & places[0].keys():
        numbers = [each[name] for each in places]
        values[name] = builder.per_build(numbers) if sites else np.array(numbers)
    values.update(builder.setting_inputs(wanted))
    for role in _ROLE_OF:
        values.update(builder.part_inputs(role, wanted))
    if "card_index" in wanted:
        values["card_index"] = np.arange(builder.most_cards, dtype=np.float64)[:, None]
    asked = list(zip(definitions, inputs, strict=True))
    values.update(builder.demand_inputs(asked, wanted))
    taken = beside or {}
    values.update((word.name, taken.get(word.name, np.array([word.default]))) for word in BESIDE if word.name in wanted)
    if KERNEL.name in wanted:
        values[KERNEL.name] = builder.kernel_efficiency(asked, values)
    values.update(builder.assumption_inputs(values, wanted))
    return Batch(catalog, project, variants, tuple(uses), inputs, values, builder.draws)


class _Builder:
    """Makes the arrays of one batch."""

    def __init__(self, catalog: Catalog, currency: str, builds: tuple[Variant, ...], uses: int, draws: int) -> None:
        self.catalog = catalog
        self.currency = currency
        self.builds = builds
        self.selections = selections = tuple(each.selection for each in builds)
        self.uses = uses
        self.draws = draws
        self.rows = len(selections) * uses * draws
        self.most_cards = max([1, *(selection.count("gpu") for selection in selections)])

    def setting_inputs(self, wanted: set[str]) -> dict[str, Array]:
        """What a build sets besides its parts; infinite where it sets nothing."""
        said = {name: [getattr(each, name) for each in self.builds] for name in BUILD_NUMBERS if name in wanted}
        if "power_limit_taken" in wanted:
            said["power_limit_taken"] = [self._limit_taken(each) for each in self.builds]
        return {
            name: self.per_build([math.inf if each is None else each for each in numbers])
            for name, numbers in said.items()
        }

    def _limit_taken(self, build: Variant) -> float | None:
        """The power limit of a build; None where the driver is known to refuse it, for then the card keeps its own."""
        table, given = self.catalog.tables["gpu"], build.given.get("gpu_power_floor")
        lowest = (
            given.value if given else table.columns["power_floor"][table.row(build.selection.part("gpu") or "none")]
        )
        return None if build.power_limit is not None and build.power_limit < lowest else build.power_limit

    def part_inputs(self, role: str, wanted: set[str]) -> dict[str, Array]:
        """The fields of a role's part, and its count."""
        kind = _ROLE_OF[role].kind
        table = self.catalog.tables[kind]
        index = self.per_build([table.row(selection.part(role) or "none") for selection in self.selections]).astype(int)
        found: dict[str, Array] = {}
        for field, column in table.columns.items():
            if f"{role}_{field}" in wanted:
                found[f"{role}_{field}"] = column[..., index]
        if f"{role}_price" in found:
            found[f"{role}_price"] = self._prices(role, found[f"{role}_price"], index)
        if f"{role}_count" in wanted:
            found[f"{role}_count"] = self.per_build([selection.count(role) for selection in self.selections])
        return found

    def _prices(self, role: str, prices: Array, index: Array) -> Array:
        """What one costs at the quantity that each build takes; unknown in another currency than the project's."""
        known = self.catalog.prices
        if known.book.currency != self.currency:
            return np.where(index > 0, math.nan, prices)
        parts = [(selection, selection.part(role)) for selection in self.selections]
        if any(part and known.has_breaks(part) for _, part in parts):
            prices = self.per_build(
                [known.minor(part, selection.quantity(part)) if part else 0.0 for selection, part in parts]
            )
        return self._price_draws(role, prices) if self.draws > 1 else prices

    def _price_draws(self, role: str, prices: Array) -> Array:
        """Prices with the spread of those that are estimates, in whole minor units."""
        parts = [(selection, selection.part(role)) for selection in self.selections]
        known = [self.catalog.price(part, selection.quantity(part)) if part else None for selection, part in parts]
        spread = [
            (float(price.low / price.amount), float(price.high / price.amount))
            if price is not None and price.low is not None and price.high is not None and price.amount
            else (1.0, 1.0)
            for price in known
        ]
        if all(ends == (1.0, 1.0) for ends in spread):
            return prices
        low, high = (self.per_build([ends[side] for ends in spread]) for side in (0, 1))
        return np.rint(drawn(prices, prices * low, prices * high, self._scores_by_row(f"{role}_price")))

    def demand_inputs(
        self, uses: Sequence[tuple[WorkloadDefinition, dict[str, UsedInput]]], wanted: set[str]
    ) -> dict[str, Array]:
        """What the workloads ask: plain numbers, and numbers per stage (stages, rows)."""
        found: dict[str, Array] = {}
        for word in WORKLOAD:
            if word.name in wanted:
                cells = [
                    self._demand(word, _asked(definition, word.name), inputs, definition.id)
                    for definition, inputs in uses
                ]
                found[word.name] = self._per_use(cells or [np.array([word.default])])
        most = max([1, *(len(definition.stages) for definition, _ in uses)])
        for word in STAGE:
            if word.name in wanted:
                lines = [self._stage_line(word, place, uses) for place in range(most)]
                found[word.name] = np.stack(np.broadcast_arrays(*lines))
        return found

    def _stage_line(
        self, word: Word, place: int, uses: Sequence[tuple[WorkloadDefinition, dict[str, UsedInput]]]
    ) -> Array:
        cells: list[Array] = []
        for definition, inputs in uses:
            if word.name == "stage_index":
                cells.append(np.array([float(place)]))
            elif place >= len(definition.stages):
                cells.append(np.array([0.0]))
            elif word.name == "stages":
                cells.append(np.array([1.0]))
            else:
                stage = definition.stages[place]
                cells.append(self._demand(word, stage.demands.get(word.name), inputs, f"{definition.id}/{stage.id}"))
        return self._per_use(cells or [np.array([0.0])])

    def kernel_efficiency(
        self, uses: Sequence[tuple[WorkloadDefinition, dict[str, UsedInput]]], values: dict[str, Array]
    ) -> Array:
        """What the work of each stage reaches on the architecture of each build's card, shape (stages, rows)."""
        most = max([1, *(len(definition.stages) for definition, _ in uses)])
        places = [[kernel_of(definition, inputs, place) for definition, inputs in uses] for place in range(most)]
        named = {name for names in places for name in names if name}
        reached: dict[str | None, Array] = {"": np.array([math.nan]), None: np.array([KERNEL.default])}
        reached |= {name: self._assumed(self.catalog.assumptions[name], values) for name in named}
        return np.stack(np.broadcast_arrays(*(self._kernel_line(names, reached) for names in places)))

    def _kernel_line(self, names: list[str | None], reached: dict[str | None, Array]) -> Array:
        if len(set(names)) < 2:  # noqa: PLR2004 - the same for all workloads
            return reached[names[0] if names else None]
        use = np.tile(np.repeat(np.arange(self.uses), self.draws), len(self.selections))
        line = np.empty(self.rows)
        for place, name in enumerate(names):
            mine = use == place
            line[mine] = np.broadcast_to(reached[name], (self.rows,))[mine]
        return line

    def _demand(self, word: Word, demand: Demand | None, inputs: dict[str, UsedInput], owner: str) -> Array:
        """One row for each draw, or one for all."""
        if demand is None:
            return np.array([word.default])
        if demand.value is None:
            return np.array([math.nan])
        factor = factor_of(demand, inputs)
        low = demand.value if demand.low is None else demand.low
        high = demand.value if demand.high is None else demand.high
        if self.draws == 1 or low == high:
            return np.array([demand.value * factor])
        score = latin_hypercube(f"{owner}/{word.name}")
        return factor * drawn(np.array(demand.value), np.array(low), np.array(high), score)

    def assumption_inputs(self, values: dict[str, Array], wanted: set[str]) -> dict[str, Array]:
        """The constants of the models; class priors fill what a part leaves unknown."""
        found: dict[str, Array] = {}
        for name, assumption in self.catalog.assumptions.items():
            fills = assumption.fills if assumption.fills in values else ""
            if name in wanted:
                found[name] = self._assumed(assumption, values)
            if fills and np.isnan(values[fills]).any():
                found[fills] = np.where(np.isnan(values[fills]), self._assumed(assumption, values), values[fills])
        return found

    def _assumed(self, assumption: Assumption, values: dict[str, Array]) -> Array:
        if not assumption.by:
            return self._spread(assumption.value, assumption.low, assumption.high, assumption.group or assumption.name)
        codes = values[assumption.by] if assumption.by in values else self._category(assumption.by)
        safe = np.where(np.isfinite(codes), codes, 0).astype(int)
        otherwise = (
            assumption.value,
            assumption.low,
            assumption.high,
        )  # for a part whose class is unknown, if it is said
        columns = zip(self._table_of(assumption), otherwise, strict=True)
        value, low, high = (np.where(np.isnan(codes), usual, column[safe]) for column, usual in columns)
        if self.draws == 1 or np.array_equal(low, high, equal_nan=True):
            return value
        return drawn(value, low, high, self._scores_by_row(assumption.group or assumption.name))

    def _table_of(self, assumption: Assumption) -> Array:
        """Value, low and high by the category's code, shape (3, codes); NaN where the class has none."""
        role = role_of(assumption.by, self.catalog)
        field = self.catalog.schema[_ROLE_OF[role].kind].fields[assumption.by.removeprefix(f"{role}_")]
        unknown = (math.nan, math.nan, math.nan)
        known = assumption.values
        return np.array([known[word][:3] if word in known else unknown for word in field.categories]).T

    def _category(self, name: str) -> Array:
        return self.part_inputs(role_of(name, self.catalog), {name})[name]

    def _spread(self, value: float, low: float, high: float, column: str) -> Array:
        if self.draws == 1 or low == high:
            return np.array([value])
        once = drawn(np.array(value), np.array(low), np.array(high), latin_hypercube(column))
        return np.tile(once, self.rows // self.draws)

    def _scores_by_row(self, column: str) -> Array:
        scores: Array = np.tile(latin_hypercube(column), self.rows // self.draws)
        return scores

    def per_build(self, numbers: Sequence[float]) -> Array:
        """One number a build, or one for all where they are the same."""
        array = np.array(numbers, dtype=np.float64)
        if (array == array[0]).all():
            return array[:1]
        return np.repeat(array, self.uses * self.draws)

    def _per_use(self, cells: Sequence[Array]) -> Array:
        if all(cell.size == 1 for cell in cells):
            numbers = np.concatenate(cells)
            if len(set(numbers.tolist())) == 1:
                return numbers[:1]
            return np.tile(np.repeat(numbers, self.draws), len(self.selections))
        lines = [np.broadcast_to(cell, (self.draws,)) for cell in cells]
        return np.tile(np.concatenate(lines), len(self.selections))


def role_of(name: str, catalog: Catalog) -> str:
    """Return the role that an input such as `scratch_drive_capacity` belongs to; empty when it belongs to none.

    `case_fan_mounts` belongs to the case, which has fan mounts, and `case_fan_count` to the case's fans.
    """
    roles = [role for role in _LONGEST_FIRST if name.startswith(f"{role}_")]
    named = (role for role in roles if name.removeprefix(f"{role}_") in catalog.tables[_ROLE_OF[role].kind].columns)
    return next(named, roles[0] if roles else "")


def kernel_of(definition: WorkloadDefinition, inputs: dict[str, UsedInput], place: int) -> str | None:
    """Return the assumption of a stage's kernel: None where it has no kernel, empty where the choice is not made."""
    kernel = definition.stages[place].kernel if place < len(definition.stages) else None
    if kernel is None:
        return None
    return kernel.assumption(inputs[kernel.by].value if kernel.by else None)


def _asked(definition: WorkloadDefinition, name: str) -> Demand | None:
    return definition.asked if name == "asked_rate" else definition.demands.get(name)
