"""Watts by component, at rest, sustained and with everything at full load, up to the circuit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.figures.plot import Table
from steelyard.figures.power_waterfall import PARTS
from steelyard.project.left_out import known
from steelyard.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.project.evaluate import VariantEvaluation

SUSTAINED = {label: name for name, label in PARTS}
IDLE = SUSTAINED | {"CPU": "idle_cpu_power", "Memory": "idle_memory_power", "Drives": "idle_drives_power"}
FULL = SUSTAINED | {
    "GPUs": "peak_gpus_power",
    "CPU": "peak_cpu_power",
    "Display card": "peak_display_power",
    "Memory": "peak_memory_power",
    "Drives": "peak_drives_power",
}
HEAD = ("Component, W", "idle", "sustained", "full load")


def power_table(evaluated: VariantEvaluation, row: int) -> Table:
    """Return the watts of each component in the three states, with the supply's loss, and what the circuit carries."""

    def at(name: str) -> float:
        return known(evaluated, name, row)

    states = [_parts(evaluated, row, names) for names in (IDLE, SUSTAINED, FULL)]
    states[0]["GPUs"] = at("gpu_count") * at("gpu_idle_power")
    states[0]["Fans, pump"] -= at("ducted_fans_power")
    states[2]["Fans, pump"] += at("peak_ducted_fans_power") - at("ducted_fans_power")
    rows: list[tuple[str, tuple[float, ...]]] = [
        (label, tuple(state[label] for state in states)) for label in SUSTAINED if states[2][label] != 0
    ]
    direct, wall = ((at(f"idle_{name}"), at(name), at(f"peak_{name}")) for name in ("dc_load", "wall_power"))
    passed = at("mains_power") / at("wall_power") if at("wall_power") else 1.0
    mains = tuple(each * passed for each in wall)
    other, circuits = at("other_load"), at("circuits_used")
    sums = [len(rows), len(rows) + 2]
    rows += [("DC load", direct), ("Supply loss", _less(wall, direct)), ("At the wall", wall)]
    if evaluated.selection.part("ups"):
        rows.append(("UPS loss", _less(mains, wall)))
    if circuits > 1:
        sums.append(len(rows))
        rows.append((f"On each of {number(circuits)}", tuple(each / circuits for each in mains)))
    if other != 0:
        rows.append(("Other load", (other, other, other)))
    sums.append(len(rows))
    rows.append(("On the circuit", tuple(each / circuits + other for each in mains)))
    return Table(HEAD, tuple((label, *(number(each, 0) for each in watts)) for label, watts in rows), tuple(sums))


def _parts(evaluated: VariantEvaluation, row: int, names: Mapping[str, str]) -> dict[str, float]:
    return {label: known(evaluated, name, row) for label, name in names.items()}


def _less(whole: tuple[float, ...], part: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(one - other for one, other in zip(whole, part, strict=True))
