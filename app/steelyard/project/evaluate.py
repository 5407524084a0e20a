"""Evaluate a project: every variant under every workload at its site, with findings, card and ranges."""

from __future__ import annotations

import math
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.errors import BadInputError, did_you_mean
from steelyard.graph.draws import DRAWS, percentiles
from steelyard.project.assemble import Batch, assemble
from steelyard.project.card import Card, card_of, status_of
from steelyard.project.concurrent import beside
from steelyard.project.demands import checked_input, empty_inputs
from steelyard.project.findings import Finding, findings_of
from steelyard.project.given import as_arrays, given_of
from steelyard.project.model import model_of
from steelyard.project.saying import Voice
from steelyard.wording import pace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.catalog import Catalog
    from steelyard.graph.breakdown import Breakdown
    from steelyard.graph.evaluation import Evaluation
    from steelyard.graph.explain import Explanation, Origin
    from steelyard.graph.model import Model
    from steelyard.project.content import Project, Site, Variant, WorkloadUse
    from steelyard.project.selection import Selection
    from steelyard.units import Array


class Range(NamedTuple):
    """The 10th and 90th percentile of a number; both NaN when a draw of it is unknown."""

    low: float
    high: float


class VariantEvaluation:
    """One build under the project's workloads: row w of `evaluation` is workload w of `uses`."""

    def __init__(
        self,
        engine: Engine,
        project: Project,
        variant: Variant,
        uses: tuple[WorkloadUse, ...],
        given: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Evaluate at once; findings, card and ranges follow when they are asked for. given: as `Engine.run` has it."""
        self.engine = engine
        self.given = given
        self.project = project
        self.variant = variant
        self.uses = uses
        self.batch, self.evaluation = engine.run(project, [variant], uses, given=given)

    @property
    def selection(self) -> Selection:
        """The build's parts."""
        return self.variant.selection

    @property
    def rows(self) -> range:
        """The rows of the evaluation: one a workload, or one without any."""
        return range(max(len(self.uses), 1))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The outcome of every rule, in rule order, over all workloads."""
        return findings_of(self.evaluation, self.rows, self.voice)

    @cached_property
    def empty_inputs(self) -> tuple[str, ...]:
        """What the workloads require and nobody set, as "workload: input"; it makes the build incomplete."""
        known = self.engine.catalog.workloads
        return tuple(f"{use.id}: {name}" for use in self.uses for name in empty_inputs(use, known[use.workload]))

    @cached_property
    def card(self) -> Card:
        """The build card."""
        nothing_asked = [] if self.uses else ["workloads"]  # what nothing is asked of cannot be ready for it
        status = status_of(self.findings, [*self.selection.missing(), *self.empty_inputs, *nothing_asked])
        return card_of(
            self.project.name,
            self.project.role,
            status,
            self.selection,
            self.engine.catalog,
            self.evaluation,
            [self.engine.catalog.workloads[use.workload].name for use in self.uses],
        )

    def voice(self, row: int = 0) -> Voice:
        """How numbers of a workload are said."""
        if not self.uses:
            return Voice(self.project.currency)
        sample = self.engine.catalog.workloads[self.uses[row].workload].sample
        stretch = pace(self.evaluation.at("asked_rate", row))
        return Voice(self.project.currency, sample, stretch.letter, stretch.seconds)

    def value(self, name: str, row: int = 0, position: int | None = None) -> float:
        """Return one number of the model, in its own unit."""
        return self.evaluation.at(name, row, position)

    def range(self, name: str, row: int = 0, position: int | None = None) -> Range:
        """Return the range of one number over the draws of all that is uncertain; it holds the value itself."""
        low, high = self._ranges[name]
        array = (low[..., row], high[..., row])
        ends = [float(end if end.ndim == 0 else end[min(position or 0, len(end) - 1)]) for end in array]
        value = self.value(name, row, position)
        if math.isnan(value) or math.isnan(ends[0]):
            return Range(math.nan, math.nan)
        return Range(min(ends[0], value), max(ends[1], value))

    def explain(self, name: str, row: int = 0, position: int | None = None) -> Explanation:
        """Return why a number is what it is, down to the data."""
        return self.evaluation.explain(name, row, position)

    def breakdown(self, name: str, row: int = 0, position: int | None = None) -> Breakdown:
        """Return what a number is made up of: parts that add up to it, each taken apart in turn."""
        from steelyard.graph.breakdown import breakdown  # noqa: PLC0415 - only when asked

        return breakdown(self.evaluation, name, row, position)

    def with_parts(
        self, selections: Sequence[Selection], want: Sequence[str] | None = None
    ) -> tuple[Batch, Evaluation]:
        """Evaluate other parts under the settings and the given numbers of this build, in one batch."""
        builds = [self.variant._replace(selection=selection) for selection in selections]
        return self.engine.run(self.project, builds, self.uses, want, given=self.given)

    @cached_property
    def _ranges(self) -> dict[str, tuple[Array, Array]]:
        _, drawn = self.engine.run(self.project, [self.variant], self.uses, ranges=True, given=self.given)
        rows = len(self.rows)
        found = {}
        for name, array in drawn.values.items():
            if array.shape[-1] == 1:
                once = np.broadcast_to(array, (*array.shape[:-1], rows))
                found[name] = (once, once)
            else:
                found[name] = percentiles(array.reshape(*array.shape[:-1], rows, DRAWS))
        return found


class ProjectEvaluation(NamedTuple):
    """A project and the evaluation of each of its variants."""

    project: Project
    catalog: Catalog
    model: Model
    variants: tuple[VariantEvaluation, ...]

    def variant(self, name: str) -> VariantEvaluation:
        """Return the evaluation of a variant by its name. Raises BadInputError that names the nearest one."""
        return self.variants[[each.name for each in self.project.variants].index(self.project.variant(name).name)]

    def breakdown(self, name: str, variant: str = "", workload: str = "") -> Breakdown:
        """Return what a number of a variant under a workload is made up of; of the first ones where none is named.

        Raises BadInputError for a name that is not there.
        """
        found = self.variant(variant) if variant else self.variants[0]
        known = [use.id for use in found.uses]
        if workload and workload not in known:
            message = f'The project has no workload "{workload[:60]}".'
            raise BadInputError(message, did_you_mean(workload, known).strip() or f"Workloads: {', '.join(known)}.")
        if name not in found.evaluation.values:
            hint = did_you_mean(name, tuple(found.evaluation.values)).strip()
            raise BadInputError(f'The model has no quantity "{name[:60]}".', hint)
        return found.breakdown(name, known.index(workload) if workload else 0)


class Engine(NamedTuple):
    """A catalogue and its model, ready to evaluate any project."""

    catalog: Catalog
    model: Model

    @classmethod
    def of(cls, catalog: Catalog) -> Engine:
        """Plan the model for a catalogue."""
        return cls(catalog, model_of(catalog))

    def evaluate(self, project: Project) -> ProjectEvaluation:
        """Evaluate every variant of a project. Raises BadInputError for a part or workload that is not there."""
        uses = self.uses_of(project)
        variants = tuple(VariantEvaluation(self, project, variant, uses) for variant in project.variants)
        return ProjectEvaluation(project, self.catalog, self.model, variants)

    def evaluate_variant(
        self, project: Project, name: str, given: Mapping[str, float] = MappingProxyType({})
    ) -> VariantEvaluation:
        """Evaluate one variant only: what the desk does after every edit. given: as `run` has it."""
        return VariantEvaluation(self, project, project.variant(name), self.uses_of(project), given)

    def uses_of(self, project: Project) -> tuple[WorkloadUse, ...]:
        """Return the enabled workloads. Raises BadInputError for one, or an input, that cannot be meant."""
        for use in project.workloads:
            if use.workload not in self.catalog.workloads:
                message = f'There is no workload "{use.workload}" in the catalogue.'
                raise BadInputError(message, did_you_mean(use.workload, tuple(self.catalog.workloads)).strip())
            known = self.catalog.workloads[use.workload].inputs
            for name, given in use.inputs.items():
                if name not in known:
                    message = f'The workload "{use.workload}" has no input "{name}".'
                    raise BadInputError(message, did_you_mean(name, tuple(known)).strip())
                if given.value is not None:
                    checked_input(known[name], given.value, use.id)
        return tuple(use for use in project.workloads if use.enabled)

    def run(
        self,
        project: Project,
        builds: Sequence[Selection | Variant],
        uses: Sequence[WorkloadUse],
        want: Sequence[str] | None = None,
        *,
        ranges: bool = False,
        given: Mapping[str, float] = MappingProxyType({}),
        sites: Sequence[Site] = (),
    ) -> tuple[Batch, Evaluation]:
        """Evaluate builds x workloads in one batch: `want` names quantities, None for all.

        A first pass asks what each workload takes, so that each is evaluated beside those that run at the same time.
        builds: parts alone, or variants with their settings, which all give the same numbers. given: quantities whose
        value is given instead of computed, such as the speed that hot cards keep; it stands above what a build gives.
        sites: where each build stands; none: all at the project's.
        """
        said = given_of(builds, self.model)
        numbers = {name: each.value for name, each in said.items()} | dict(given)

        rows = partial(self._rows, project, builds, uses, ranges=ranges, given=numbers, sites=sites)

        def take(names: Sequence[str]) -> Mapping[str, Array]:
            return rows(names)[1].values

        reads = frozenset(self.model.plan(want, numbers).reads)
        taken = beside(uses, self.catalog, reads, (len(builds), DRAWS if ranges else 1), take)
        notes = {name: said[name].note for name in said if name not in given}
        return rows(want, taken=taken, notes=notes)

    def _rows(
        self,
        project: Project,
        builds: Sequence[Selection | Variant],
        uses: Sequence[WorkloadUse],
        want: Sequence[str] | None,
        *,
        ranges: bool,
        taken: Mapping[str, Array] | None = None,
        given: Mapping[str, float],
        notes: Mapping[str, str] = MappingProxyType({}),
        sites: Sequence[Site] = (),
    ) -> tuple[Batch, Evaluation]:
        reads = self.model.plan(want, given).reads
        batch = assemble(self.catalog, project, builds, uses, reads, ranges=ranges, beside=taken, sites=sites)
        rows = len(builds) * max(len(uses), 1) * batch.draws
        values = dict(batch.values) | as_arrays(given, self.model, batch.values)
        if rows > 1:  # so that the batch has all its rows even where nothing differs between them
            name = "room_temperature" if "room_temperature" in values else next(iter(values))
            values[name] = np.broadcast_to(values[name], (*values[name].shape[:-1], rows))
        return batch, self.model.evaluate(values, want, partial(_origin, batch, frozenset(given), notes))


def _origin(
    batch: Batch, given: frozenset[str], notes: Mapping[str, str], name: str, row: int, position: int | None
) -> Origin:
    from steelyard.graph.explain import Origin  # noqa: PLC0415 - only when asked why
    from steelyard.project.origins import OriginsOf  # noqa: PLC0415 - only when asked why

    if name in notes:
        return Origin(tier="you", note=f"given: {notes[name]}")
    if name in given:
        return Origin(tier="derived", note="given instead of computed")
    return OriginsOf(batch)(name, row, position)


def evaluate_project(project: Project, catalog: Catalog) -> ProjectEvaluation:
    """Evaluate a project against a catalogue, planning the model first; keep an `Engine` to do it again."""
    return Engine.of(catalog).evaluate(project)
