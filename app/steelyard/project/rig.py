"""The rig: the largest host of the catalogue, in which cards are compared so that only they differ.

Its processor, board and memory go together by the rules of fit; its drives and network are the fastest there are. What
it lacks in cooling and power is not asked: a card in the rig is as fast as a cool one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.project.selection import Selection

if TYPE_CHECKING:
    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine

__all__ = ["COOL", "Rig", "rig_of"]

COOL: Final = {"gpu_speed_kept": 1.0, "cpu_speed_kept": 1.0}
"""What is given instead of computed: parts that keep their speed."""

_RULES: Final = ("FIT-001", "FIT-002", "MEM-001", "MEM-002", "MEM-003", "MEM-004", "MEM-005", "MEM-016")
_PROCESSORS, _KITS = 12, 4
_DRIVES, _PORTS = 4, 1


class Rig(NamedTuple):
    """The host without cards, and how it is said."""

    selection: Selection
    words: str


def rig_of(engine: Engine, project: Project) -> Rig:
    """Return the host with the most processor work, and then the most memory, that goes together."""
    processors = _greatest(engine, "cpu", "cores", "boost_clock")[:_PROCESSORS]
    kits = _greatest(engine, "memory", "modules", "module_capacity")[:_KITS]
    boards = [part for part in engine.catalog.tables["board"].ids[1:] if not engine.catalog.part(part).is_hidden]
    builds = [
        Selection.of(cpu=cpu, board=board, memory=(kit, count))
        for cpu in processors
        for board in boards
        for kit in kits
        for count in (1, 2)
    ]
    if not builds:
        return Rig(Selection(), "no host")
    margins = [engine.model.rules[name].margin.name for name in _RULES]
    _, found = engine.run(project, builds, (), ("cores_there", "host_memory", *margins))

    def worth(row: int) -> tuple[float, ...]:
        fits = all(found.at(name, row) >= 0 for name in margins)
        cores, memory = found.at("cores_there", row), found.at("host_memory", row)
        return (float(fits), _known(cores), _known(memory))

    row = max(range(len(builds)), key=lambda each: (worth(each), -each))
    build = builds[row]
    scratch, archive = _greatest(engine, "drive", "read_rate"), _greatest(engine, "drive", "capacity")
    ports = _greatest(engine, "nic", "port_rate")
    build = build.with_(os_drive=scratch[0], scratch_drive=(scratch[0], _DRIVES)) if scratch else build
    build = build.with_(archive_drive=(archive[0], _DRIVES)) if archive else build
    build = build.with_(nic=(ports[0], _PORTS)) if ports else build
    name = engine.catalog.part(build.part("cpu") or "").name
    memory = found.at("host_memory", row)
    return Rig(build, f"the largest host of the catalogue ({name}, {memory:g} GB), cool, so that only the cards differ")


def _greatest(engine: Engine, kind: str, *fields: str) -> list[str]:
    """The parts of a kind that are sold, by the product of these fields, greatest first."""
    table, catalog = engine.catalog.tables[kind], engine.catalog
    worth = {
        part: math.prod(float(table.columns[field][row]) for field in fields)
        for row, part in enumerate(table.ids)
        if row and not catalog.part(part).is_hidden
    }
    return sorted((part for part in worth if not math.isnan(worth[part])), key=lambda part: (-worth[part], part))


def _known(value: float) -> float:
    return -1.0 if math.isnan(value) else value
