"""What a project needs: three levels of every resource, who drives each, and lines that add up to it.

The numbers are quantities of the model (`workstation.needs`), so that each explains itself; here is decided which
workload's row shows the peak, and what in it is whose. Requirements do not depend on the build, but for the count of
cards, which is in cards of the build's class.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.graph.breakdown import adding_up
from steelyard.project.concurrent import groups_beside, runs_of
from steelyard.workstation.needs_words import ASKED_ALWAYS, ASKED_AT_THE_SAME_TIME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Unit

__all__ = ["LAYERS", "RESOURCES", "Level", "Line", "Requirement", "Resource", "requirements_of"]

COMPUTE, STORAGE, NETWORK, OPERATIONS = "Compute", "Storage", "Network", "Operations"
LAYERS: Final = (COMPUTE, STORAGE, NETWORK, OPERATIONS)
SYSTEM: Final = "system"
PATIENT_DATA: Final = "patient data (PHI)"
"""What asks for error correction where the lab says that its data are regulated: no workload does."""


class Resource(NamedTuple):
    """A resource that work needs: quantities `<key>_least`, `<key>_advised` and `<key>_ample` say how much.

    asked: the quantity of what one workload asks for; empty where the levels are the greatest of any workload and do
    not add up. system: what is needed once for all. has: what the build has of it. why: why the levels differ.
    """

    key: str
    layer: str
    label: str
    asked: str
    system: str
    has: str
    why: str


_RESERVE = "the reserve keeps waits short; growth counts over the life"
_MODEL = "more data do not make a model larger, so growth does not count"

RESOURCES: Final = (
    Resource("card_memory", COMPUTE, "GPU memory, whole model", "card_memory_asked", "", "copy_room", _MODEL),
    Resource("cards", COMPUTE, "GPUs of this class", "cards_asked", "", "gpu_count", _RESERVE),
    Resource("cores", COMPUTE, "Processor cores", "cores_asked", "system_cores", "cores_there", _RESERVE),
    Resource("memory", COMPUTE, "Host memory", "memory_asked", "system_memory", "host_memory", _RESERVE),
    Resource("protection", COMPUTE, "Error correction (ECC)", "", "", "error_correction", ""),
    Resource("streams", COMPUTE, "Video streams decoded", "video_streams", "", "video_decode_capacity", _RESERVE),
    Resource("scratch", STORAGE, "Hot: room on NVMe", "scratch_asked", "", "data_room", _RESERVE),
    Resource("checkpoints", STORAGE, "Hot: room for checkpoints", "checkpoints_room", "", "", _MODEL),
    Resource("warm", STORAGE, "Warm: room on large flash", "warm_asked", "", "", _RESERVE),
    Resource("cold", STORAGE, "Cold: hard disks or objects", "cold_asked", "", "archive_usable", _RESERVE),
    Resource("read", STORAGE, "Scratch read rate", "read_asked", "", "scratch_read_rate", _RESERVE),
    Resource(
        "write", STORAGE, "Scratch write rate, sustained", "scratch_write_needed", "", "scratch_write_rate", _RESERVE
    ),
    Resource("opens", STORAGE, "Files opened a second", "opens_needed", "", "open_rate", _RESERVE),
    Resource("archive_read", STORAGE, "Archive read rate", "archive_read_needed", "", "archive_read_rate", _RESERVE),
    Resource("written", STORAGE, "Endurance over the life", "scratch_written", "", "scratch_endurance", _RESERVE),
    Resource("line", NETWORK, "Network line", "network_needed", "", "network_link", _RESERVE),
    Resource("bridged", OPERATIONS, "Bridged by a UPS", "", "", "", "most cuts are short; a long run is saved first"),
    Resource("copies", OPERATIONS, "Copies of the data", "", "", "", "three copies, two kinds of media, one elsewhere"),
    Resource("monitoring", OPERATIONS, "Room for monitoring", "", "", "", _RESERVE),
    Resource("records", OPERATIONS, "Room for records of runs", "", "", "", _RESERVE),
)
"""In the order in which they are shown."""

_DRIVES: Final = ("os_drive", "scratch_drive")
_RESTS_ON: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    **dict.fromkeys(("card_memory", "streams"), (("gpu", "cpu"),)),
    "cores": (("cpu",),),
    "memory": (("memory",),),
    "protection": (("cpu",), ("board",), ("memory",)),
    **dict.fromkeys(("scratch", "read", "write", "opens", "written"), (_DRIVES,)),
    "cold": ((*_DRIVES, "archive_drive"),),
    "line": (("board", "nic"),),
}
"""By the resource: the roles of which one must be filled, each; before that nothing is there that could have it."""


_PIECES: Final = {"cores": "cpu_cores", "bridged": "ups_count"}
"""By the resource: what the build has by count, beside what that is worth or where nothing is weighed."""


class Level(NamedTuple):
    """How much of a resource: a quantity of the model by its name, its value, and the ends of its 80 % range."""

    name: str
    value: float
    low: float
    high: float


class Line(NamedTuple):
    """A part of the least: what one workload asks for at the peak, or the system. `workload` is the id of its use."""

    label: str
    workload: str
    value: float
    share: float


class Requirement(NamedTuple):
    """A resource with its three levels.

    row: the workload whose row shows the peak; explanations are asked for there. driver: the name of what asks for
    most of it, and `driver_id` the id of its use; empty where it is the lab that asks. lines: add up to the least,
    exactly (`math.fsum`). together: ids of the uses that run at the same time in the peak. unknown: names of workloads
    of which it cannot be told how much they ask, because an input is empty: the levels are then those of the others.
    has: what the build has, NaN where nothing says or nothing is chosen yet. why: the difference between the levels,
    in words. chosen: whether the parts that have it are. pieces: what the build has by count, where `has` is what
    those are worth; NaN elsewhere.
    """

    resource: Resource
    unit: Unit
    least: Level
    advised: Level
    ample: Level
    row: int
    driver: str
    driver_id: str
    lines: tuple[Line, ...]
    together: tuple[str, ...]
    unknown: tuple[str, ...]
    has: float
    why: str
    chosen: bool = True
    pieces: float = math.nan

    @property
    def key(self) -> str:
        """The resource's short name."""
        return self.resource.key

    @property
    def layer(self) -> str:
        """Compute, storage, network or operations."""
        return self.resource.layer

    @property
    def label(self) -> str:
        """The resource as people call it."""
        return self.resource.label


def requirements_of(evaluated: VariantEvaluation, *, ranges: bool = True) -> tuple[Requirement, ...]:
    """Return every resource that the project's workloads ask something of, in layers; empty without workloads.

    ranges: with the 80 % ranges, which evaluates 256 draws unless that was done before; else they are the values.
    """
    if not evaluated.uses:
        return ()
    found = (_requirement(evaluated, resource, ranges=ranges) for resource in RESOURCES)
    return tuple(each for each in found if each is not None)


def _requirement(evaluated: VariantEvaluation, resource: Resource, *, ranges: bool) -> Requirement | None:
    names = tuple(f"{resource.key}_{level}" for level in ("least", "advised", "ample"))
    totals = [evaluated.value(names[0], row) for row in evaluated.rows]
    own = [_own(evaluated, resource, row) for row in evaluated.rows]
    unknown = tuple(_name(evaluated, row) for row in evaluated.rows if math.isnan(own[row]))
    known = [row for row in evaluated.rows if not math.isnan(totals[row])]
    row = max(known or evaluated.rows, key=lambda at: (totals[at], own[at], evaluated.value(names[1], at)))
    if not any(own) and not evaluated.value(names[2], row):
        return None  # nobody asks for it
    if resource.asked and not any(own):
        return None
    least, advised, ample = (_level(evaluated, name, row, ranges=ranges) for name in names)
    together = _together(evaluated, resource, row, own) if known else ()
    lines = _lines(evaluated, resource, row, together, own) if known else ()
    asking = [line for line in lines if line.workload]
    driver = max(asking, key=lambda line: line.value, default=None)
    named = (driver.label, driver.workload) if driver else (_name(evaluated, row), evaluated.uses[row].id)
    if resource.key == "protection" and least.value > 0:
        named = (PATIENT_DATA, "")
    elif unknown and not least.value > 0:  # it is what nobody knows of yet that decides
        first = next(place for place in evaluated.rows if math.isnan(own[place]))
        named = (unknown[0], evaluated.uses[first].id)
    chosen = _chosen(evaluated, resource)
    return Requirement(
        resource,
        evaluated.engine.model.quantities[names[0]].unit,
        least,
        advised,
        ample,
        row,
        *named,
        lines,
        tuple(evaluated.uses[place].id for place in (row, *together)),
        unknown,
        evaluated.value(resource.has, row) if resource.has and chosen else math.nan,
        _why(evaluated, resource, row),
        chosen,
        evaluated.value(_PIECES[resource.key], row) if resource.key in _PIECES and chosen else math.nan,
    )


def _chosen(evaluated: VariantEvaluation, resource: Resource) -> bool:
    filled = evaluated.selection.part
    return all(any(filled(role) for role in roles) for roles in _RESTS_ON.get(resource.key, ()))


def _own(evaluated: VariantEvaluation, resource: Resource, row: int) -> float:
    return evaluated.value(resource.asked or f"{resource.key}_least", row)


def _name(evaluated: VariantEvaluation, row: int) -> str:
    return evaluated.engine.catalog.workloads[evaluated.uses[row].workload].name


def _level(evaluated: VariantEvaluation, name: str, row: int, *, ranges: bool) -> Level:
    value = evaluated.value(name, row)
    low, high = evaluated.range(name, row) if ranges else (value, value)
    return Level(name, value, low, high)


def _together(evaluated: VariantEvaluation, resource: Resource, row: int, own: Sequence[float]) -> tuple[int, ...]:
    """The other workloads that add to the peak of this row: all for data that stay, else the heaviest at one time."""
    others = tuple(place for place in evaluated.rows if place != row)
    if resource.asked in ASKED_ALWAYS.values():
        return tuple(place for place in others if own[place])
    if resource.asked not in ASKED_AT_THE_SAME_TIME.values():
        return ()
    runs = [runs_of(use, evaluated.engine.catalog) for use in evaluated.uses]
    groups = groups_beside(runs, row)
    heaviest = max(groups, key=lambda group: sum(own[place] for place in group), default=())
    return tuple(place for place in heaviest if own[place])


def _lines(
    evaluated: VariantEvaluation, resource: Resource, row: int, together: Sequence[int], own: Sequence[float]
) -> tuple[Line, ...]:
    """The workload itself, those beside it, and the system; the greatest takes up what rounding leaves."""
    total = evaluated.value(f"{resource.key}_least", row)
    words = {asked: word for word, asked in (*ASKED_AT_THE_SAME_TIME.items(), *ASKED_ALWAYS.items())}
    beside = evaluated.value(words[resource.asked], row) if resource.asked in words and together else 0.0
    others = math.fsum(own[place] for place in together)
    parts = [(_name(evaluated, row), evaluated.uses[row].id, own[row])]
    parts += [(_name(evaluated, place), evaluated.uses[place].id, own[place] * beside / others) for place in together]
    if resource.system:
        parts.append((SYSTEM, "", evaluated.value(resource.system, row)))
    values = adding_up([value for *_, value in parts], total)
    return tuple(
        Line(label, use, value, value / total if total else 0.0)
        for (label, use, _), value in zip(parts, values, strict=True)
    )


def _why(evaluated: VariantEvaluation, resource: Resource, row: int) -> str:
    if resource.key == "cores":
        return f"counted in cores of the reference design; {resource.why}"
    if resource.key == "card_memory":
        return _of_parts(evaluated, resource, row)
    if resource.key in {"warm", "cold"}:
        return _of_years(evaluated, resource, row)
    if resource.key != "protection":
        return resource.why
    long_run, large = evaluated.value("long_run", row), evaluated.value("large_memory", row)
    reasons = [
        (evaluated.value("regulated", row) > 0, "required: patient data"),
        (evaluated.value("run_is_long", row) > 0, f"recommended: runs of {long_run:g} h or more"),
        (evaluated.value("memory_least", row) >= large, f"recommended: {large:g} GB of memory or more"),
    ]
    said = [words for holds, words in reasons if holds]
    return "; ".join(said) or f"not asked: short runs, less than {large:g} GB, no regulated data"


def _of_parts(evaluated: VariantEvaluation, resource: Resource, row: int) -> str:
    """Over how many cards of the build one copy of the model is taken apart."""
    parts = evaluated.value("parts_least", row)
    if evaluated.value("gpu_count", row) >= parts > 1:
        held = evaluated.value("held_least", row)
        return f"{parts:g} cards share one copy of the model, {held:.3g} GB on each; {resource.why}"
    return resource.why


def _of_years(evaluated: VariantEvaluation, resource: Resource, row: int) -> str:
    """For how many years data are counted, where the machine is replaced before they may be deleted."""
    retention, life = evaluated.value("retention", row), evaluated.value("life", row)
    if retention > life:
        return f"{life:g} of {retention:g} years that data are kept: then the machine is replaced; {resource.why}"
    return resource.why
