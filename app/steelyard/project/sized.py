"""The answer of `size` for one lab, as JSON: what it needs, which cards carry it, and what all of it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from steelyard.project.demands import ASSUMED, DEFAULT
from steelyard.project.evaluate import Engine
from steelyard.project.provenance import provenance_hash
from steelyard.project.requirements import requirements_of
from steelyard.project.rig import COOL
from steelyard.project.sizing import Sizer

if TYPE_CHECKING:
    from steelyard.catalog import Catalog
    from steelyard.project.content import Project
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.parallelism import Advice
    from steelyard.project.requirements import Level, Requirement
    from steelyard.project.sizing import Choice, Sizing

__all__ = ["SIZED_VERSION", "Sized", "Weighed", "answer_of", "size_project", "sized", "weighed"]

SIZED_VERSION: Final = 1


class Amount(NamedTuple):
    """A level of a resource with its 80 % range; what is not known is null."""

    quantity: str
    value: float | None
    low: float | None
    high: float | None


class Part(NamedTuple):
    """A line of the least: the lines add up to it. `workload` is null for the system."""

    label: str
    workload: str | None
    value: float
    share: float


class Need(NamedTuple):
    """A resource with its three levels, who drives it, and what makes up the least."""

    key: str
    layer: str
    label: str
    unit: str
    least: Amount
    advised: Amount
    ample: Amount
    driver: str
    lines: tuple[Part, ...]
    why: str


class Cards(NamedTuple):
    """Cards that carry the work; `gpu` is null for the processor alone. `price` is in minor units of the currency."""

    gpu: str | None
    name: str
    cards: int
    price: float | None
    held: str
    copies: int
    memory: float
    room: float
    pace: float | None


class Machines(NamedTuple):
    """How many boxes it takes when no single one of the catalogue does, why, and what a cluster adds."""

    boxes: int
    box: str
    by_pace: int
    by_memory: int
    by_host: int
    reason: str
    adds: tuple[str, ...]


class Sharing(NamedTuple):
    """How several cards should share one workload."""

    workload: str
    method: str
    cards: int
    groups: float | None
    memory: float | None
    traffic: float | None
    lacks_nvlink: bool
    reason: str


class Taken(NamedTuple):
    """An input that nobody stated."""

    workload: str
    input: str
    value: float | str
    mark: str


class Sized(NamedTuple):
    """What `size` writes for a lab. `hash` is over the lab, the catalogue with its layers, and the rules."""

    schema_version: Literal[1]
    lab: str
    currency: str
    catalog_date: str
    growth: float
    life: float
    rig: str
    place: str
    compute_days: float | None
    least: Cards | None
    advised: Cards | None
    ample: Cards | None
    machines: Machines | None
    sharing: tuple[Sharing, ...]
    needs: tuple[Need, ...]
    taken: tuple[Taken, ...]
    unknown: tuple[str, ...]
    hash: str


class Weighed(NamedTuple):
    """A lab that was sized: the cards that carry it, and its work in the rig with those of the least."""

    project: Project
    found: Sizing
    evaluated: VariantEvaluation


def weighed(sizer: Sizer, project: Project) -> Weighed:
    """Size a lab: its cards, and its needs in the rig with them. Raises BadInputError as evaluate does."""
    found = sizer.size(project)
    return Weighed(project, found, _in_the_rig(sizer, project, found))


def answer_of(lab: Weighed) -> Sized:
    """Return what is written for a lab."""
    project, found, evaluated = lab
    catalog = evaluated.engine.catalog
    return Sized(
        1,
        project.name,
        project.currency,
        catalog.prices.book.date,
        project.lab.growth,
        project.lab.life_years,
        found.rig,
        str(found.place),
        found.compute_days,
        _cards(found.least),
        _cards(found.advised),
        _cards(found.ample),
        _machines(found),
        tuple(_sharing(each) for each in found.advice),
        tuple(_need(each) for each in requirements_of(evaluated)),
        _taken(evaluated),
        found.unknown,
        provenance_hash(project, catalog),
    )


def sized(sizer: Sizer, project: Project) -> Sized:
    """Size a lab and say it as it is written. Raises BadInputError as evaluate does."""
    return answer_of(weighed(sizer, project))


def size_project(project: Project, catalog: Catalog) -> Sized:
    """Size a project against a catalogue, planning the model first; keep a `Sizer` to do it again."""
    return sized(Sizer.of(Engine.of(catalog), project), project)


def _in_the_rig(sizer: Sizer, project: Project, found: Sizing) -> VariantEvaluation:
    """The rig, kept cool, with the cards of the least, or of one machine of several: cards are counted in those."""
    build = sizer.rig.selection
    if found.counted[0]:
        build = build.with_(gpu=found.counted)
    variant = project.variants[0]._replace(selection=build)
    return sizer.engine.evaluate_variant(project._replace(variants=(variant,)), variant.name, COOL)


def _cards(choice: Choice | None) -> Cards | None:
    return None if choice is None else Cards(choice.part or None, *choice[1:])


def _machines(found: Sizing) -> Machines | None:
    return None if found.boxes is None else Machines(*found.boxes)


def _sharing(advice: Advice) -> Sharing:
    return Sharing(
        advice.use,
        advice.method,
        advice.cards,
        advice.groups,
        advice.memory,
        advice.traffic,
        advice.lacks_nvlink,
        advice.reason,
    )


def _need(each: Requirement) -> Need:
    lines = tuple(Part(line.label, line.workload or None, line.value, line.share) for line in each.lines)
    return Need(
        each.key,
        each.layer,
        each.label,
        each.unit.symbol,
        _amount(each.least),
        _amount(each.advised),
        _amount(each.ample),
        each.driver,
        lines,
        each.why,
    )


def _amount(level: Level) -> Amount:
    return Amount(*level)


def _taken(evaluated: VariantEvaluation) -> tuple[Taken, ...]:
    return tuple(
        Taken(use.id, name, used.value, used.mark)
        for use, inputs in zip(evaluated.uses, evaluated.batch.inputs, strict=True)
        for name, used in inputs.items()
        if used.mark in {ASSUMED, DEFAULT}
    )
