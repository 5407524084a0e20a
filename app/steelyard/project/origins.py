"""Where every given number comes from: a part's data sheet, an assumption, the site, or what the user asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.catalog.assumptions import Spread
from steelyard.graph.explain import Explanation, Origin
from steelyard.project.assemble import kernel_of, role_of
from steelyard.project.concurrent import KEPT, companions
from steelyard.project.content import SITE_NUMBERS
from steelyard.project.demands import formula_of, numbers_of
from steelyard.units import UNITS
from steelyard.workstation.demand import BESIDE, KERNEL, STAGE, WORKLOAD
from steelyard.workstation.roles import ROLES
from steelyard.workstation.site import BUILD, SITE

if TYPE_CHECKING:
    from steelyard.catalog.assumptions import Assumption
    from steelyard.catalog.workloads import Demand
    from steelyard.project.assemble import Batch
    from steelyard.project.demands import UsedInput

_STAGE_WORDS = frozenset(word.name for word in STAGE)
_STRUCTURE = frozenset({"stages", "stage_index"})
_WORKLOAD_WORDS = frozenset(word.name for word in WORKLOAD)
_SAID = {
    **{entry.name: Origin(tier="you", note="a setting of the project") for entry in SITE},
    **{entry.name: Origin(tier="you", note="a setting of the build") for entry in BUILD},
}
_FIELD_OF = {name: field for field, name in SITE_NUMBERS.items()} | {"energy_price": "energy_price"}
_BESIDE_WORDS = frozenset(word.name for word in BESIDE)
_ROLES = {role.name: role for role in ROLES}
_TIER_OF_MARK = {"you": "you", "assumed": "assumed", "default": "estimate", "empty": "unknown"}
_SLOT_FIELDS = frozenset({"slots", "slot_position", "slot_lanes", "slot_generation"})


class OriginsOf:
    """The origins of one batch's inputs: called with a name, a row and a position."""

    def __init__(self, batch: Batch) -> None:
        """Keep the batch whose numbers are asked about."""
        self._batch = batch

    def __call__(self, name: str, row: int, position: int | None) -> Origin:
        """Return where the value of an input in a row comes from."""
        batch = self._batch
        per_build = max(len(batch.uses), 1) * batch.draws
        use = row // batch.draws % max(len(batch.uses), 1)
        if name in _WORKLOAD_WORDS or name in _STAGE_WORDS:
            return self._of_workload(name, use, position or 0)
        if name == KERNEL.name:
            return self._of_kernel(use, position or 0, row)
        if name in _SAID:
            return self._of_setting(name)
        if name in _BESIDE_WORDS:
            return self._of_others(name, use)
        if name in batch.catalog.assumptions:
            return self._of_assumption(batch.catalog.assumptions[name], row)
        return self._of_part(name, row // per_build, row)

    def spread(self, name: str, row: int) -> Spread | None:
        """Return value, range and source of an input that an assumption stands for in a row; None for any other."""
        assumption = self._batch.catalog.assumptions.get(name) or self._stand_in(name, row)
        if assumption is None:
            return None
        if assumption.by:
            entry = assumption.values.get(self._word_of(assumption.by, row))
            return None if entry is None else entry._replace(source=entry.source or assumption.source)
        ends = (assumption.value, assumption.low, assumption.high)
        return Spread(*ends, assumption.source, assumption.where, assumption.tier, assumption.note)

    def _stand_in(self, name: str, row: int) -> Assumption | None:
        """The class's usual value, where that of the chosen part is not known."""
        batch = self._batch
        role = role_of(name, batch.catalog)
        build = batch.builds[row // (max(len(batch.uses), 1) * batch.draws)]
        part = build.selection.part(role) if role else None
        field = name.removeprefix(f"{role}_")
        if part is None or field not in batch.catalog.schema[_ROLES[role].kind].fields:
            return None
        if batch.catalog.datum(part, field).value is not None:
            return None
        return next((each for each in batch.catalog.assumptions.values() if each.fills == name), None)

    def _of_setting(self, name: str) -> Origin:
        """A setting, with what the user noted of where it is from."""
        said = self._batch.project.site.notes.get(_FIELD_OF.get(name, ""))
        return _SAID[name]._replace(note=f"{_SAID[name].note}: {said}") if said else _SAID[name]

    def _of_part(self, name: str, build: int, row: int) -> Origin:
        catalog, selection = self._batch.catalog, self._batch.builds[build].selection
        role = role_of(name, catalog)
        if not role:
            return Origin(tier="derived", note="the place in the row")
        field, part = name.removeprefix(f"{role}_"), selection.part(role)
        if field == "count":
            return Origin(tier="you", note="a choice of the build")
        if part is None:
            return Origin(tier="derived", note=f"the role {_ROLES[role].label} is empty")
        if field == "price":
            return self._of_price(part, selection.quantity(part))
        return self._of_datum(name, part, "slots" if field in _SLOT_FIELDS else field, row)

    def _of_datum(self, name: str, part: str, field: str, row: int) -> Origin:
        catalog = self._batch.catalog
        datum = catalog.datum(part, field)
        if datum.value is not None:
            return Origin(datum.source, datum.tier, datum.where, datum.note, text=datum.words)
        prior = next((each for each in catalog.assumptions.values() if each.fills == name), None)
        if prior is None:
            return Origin(tier="unknown", note=datum.why_unknown)
        origin = self._of_assumption(prior, row)
        why = datum.why_unknown or "not known of this part"
        return origin._replace(note=f"{why}; the class's usual value is taken. {origin.note}".strip())

    def _of_price(self, part: str, quantity: int) -> Origin:
        catalog, currency = self._batch.catalog, self._batch.project.currency
        price = catalog.price(part, quantity)
        if price is None:
            return Origin(tier="unknown", note=f"no price: {catalog.prices.why_none(part, quantity)}")
        if price.currency != currency:
            why = f"priced in {price.currency} only, and the project counts in {currency}"
            how = f"set the project's currency to {price.currency} in the Brief, or use a price book in {currency}"
            return Origin(tier="unknown", note=f"{why}: {how}")
        tier = "estimate" if price.is_estimate else "database"
        return Origin(price.source, tier, price.where, f"{price.kind} price of {price.date}. {price.note}".strip())

    def _of_assumption(self, assumption: Assumption, row: int) -> Origin:
        tier = assumption.tier or "estimate"
        if not assumption.by:
            return Origin(
                assumption.source, tier, assumption.where, _with_range(assumption.note, assumption.low, assumption.high)
            )
        word = self._word_of(assumption.by, row)
        entry = assumption.values.get(word)
        if entry is None:
            return Origin(assumption.source, tier, assumption.where, assumption.note)
        return Origin(
            entry.source or assumption.source,
            entry.tier or tier,
            entry.where or assumption.where,
            _with_range(
                f"for {word.replace('_', ' ')}. {entry.note or assumption.note}".strip(), entry.low, entry.high
            ),
        )

    def _word_of(self, name: str, row: int) -> str:
        """The word of a part's category in a row; empty where it is unknown or there is no part."""
        batch = self._batch
        role = role_of(name, batch.catalog)
        field, kind = name.removeprefix(f"{role}_"), _ROLES[role].kind
        selection = batch.builds[row // (max(len(batch.uses), 1) * batch.draws)].selection
        table = batch.catalog.tables[kind]
        given = batch.values.get(name)
        if given is None:
            code = float(table.columns[field][table.row(selection.part(role) or "none")])
        else:
            code = float(given[..., min(row, given.shape[-1] - 1)])
        words = batch.catalog.schema[kind].fields[field].categories
        return words[int(code)] if math.isfinite(code) and int(code) < len(words) else ""

    def _of_kernel(self, use: int, position: int, row: int) -> Origin:
        batch = self._batch
        if not batch.uses:
            return Origin(tier="unknown", note="no workload is chosen")
        definition = batch.catalog.workloads[batch.uses[use].workload]
        name = kernel_of(definition, batch.inputs[use], position)
        if name is None:
            return Origin(tier="derived", note="the engine has nothing to do in this stage")
        if not name:
            return Origin(tier="unknown", note="which kind of work it is depends on a choice that is not made")
        assumption = batch.catalog.assumptions[name]
        kernel = name.removeprefix("kernel_").replace("_", "-")
        origin = self._of_assumption(assumption, row)
        return origin._replace(note=f"{assumption.label} ({kernel}) {origin.note}".strip())

    def _of_others(self, name: str, use: int) -> Origin:
        """Name the work that takes it: all other work keeps data, only some runs at the same time."""
        batch = self._batch
        if name in KEPT:
            others = tuple(batch.catalog.workloads[each.workload].name for each in batch.uses)
            others = (*others[:use], *others[use + 1 :])
        else:
            others = companions(batch.uses, batch.catalog, use) if batch.uses else ()
        if not others:
            return Origin(tier="derived", note="no other work runs at the same time")
        what = "of all other work" if name in KEPT else "the most that others take at the same time"
        return Origin(tier="derived", note=f"{what}: {', '.join(others)}")

    def _of_workload(self, name: str, use: int, position: int) -> Origin:
        batch = self._batch
        if not batch.uses:
            return Origin(tier="unknown", note="no workload is chosen")
        definition = batch.catalog.workloads[batch.uses[use].workload]
        if name in _STRUCTURE:
            return Origin(tier="derived", note=f"how {definition.name} is made up")
        if name in _STAGE_WORDS:
            stages = definition.stages
            demand = stages[position].demands.get(name) if position < len(stages) else None
        else:
            demand = definition.asked if name == "asked_rate" else definition.demands.get(name)
        if demand is None:
            return Origin(tier="derived", note=f"{definition.name} does not ask for it")
        return _of_demand(demand, batch.inputs[use])


def _of_demand(demand: Demand, inputs: dict[str, UsedInput]) -> Origin:
    causes = tuple(_of_input(name, inputs[name]) for name in (*demand.scales_with, *demand.factors))
    note = demand.note
    if demand.value is not None and demand.low is not None and demand.high is not None:
        note = _with_range(note, demand.low, demand.high)
    return Origin(
        demand.source,
        demand.tier,
        demand.where,
        demand.why_unknown or note,
        formula_of(demand),
        numbers_of(demand, inputs),
        causes,
    )


def _of_input(name: str, used: UsedInput) -> Explanation:
    notes = {
        "you": "set in the brief",
        "assumed": "the typical value was taken",
        "default": "not set: the workload's own default",
        "empty": "empty: set it in the brief",
    }
    return Explanation(
        name,
        used.definition.label,
        UNITS[used.definition.unit],
        used.number,
        source=used.definition.source,
        tier=_TIER_OF_MARK[used.mark],
        note=notes.get(used.mark, ""),
        text=used.label,
    )


def _with_range(note: str, low: float, high: float) -> str:
    return note if math.isnan(low) or low == high else f"{note} Between {low:g} and {high:g}.".strip()
