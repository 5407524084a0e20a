"""Watts by component, at rest, sustained and with everything at full load, up to the circuit."""

from __future__ import annotations

import math
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
    least = tuple(_known_of(state) for state in states)
    direct, wall = ((at(f"idle_{name}"), at(name), at(f"peak_{name}")) for name in ("dc_load", "wall_power"))
    passed = at("mains_power") / at("wall_power") if at("wall_power") else 1.0
    mains = tuple(each * passed for each in wall)
    other, circuits = at("other_load"), at("circuits_used")
    told = [(label, *(number(each, 0) for each in watts)) for label, watts in rows]
    sums = [len(told), len(told) + 2]
    told += [
        _line("DC load", direct, least),
        _line("Supply loss", _less(wall, direct)),
        _line("At the wall", wall, least),
    ]
    if evaluated.selection.part("ups"):
        told.append(_line("UPS loss", _less(mains, wall)))
    carried = tuple(
        max(known_of, part) if math.isfinite(part) else known_of for known_of, part in zip(least, mains, strict=True)
    )
    if circuits > 1:
        sums.append(len(told))
        told.append(_line(f"On each of {number(circuits)}", tuple(each / circuits for each in mains)))
    if other != 0:
        told.append(_line("Other load", (other, other, other)))
    sums.append(len(told))
    on_circuit = tuple(each / circuits + other for each in mains)
    told.append(_line("On the circuit", on_circuit, tuple(each / max(circuits, 1) for each in carried)))
    return Table(HEAD, tuple(told), tuple(sums))


def _line(label: str, watts: tuple[float, ...], least: tuple[float, ...] = ()) -> tuple[str, ...]:
    """A row in words; a sum that is not known is at least what is known of it."""
    amounts = (
        f"≥{number(known_of, 0)}" if math.isnan(whole) and math.isfinite(known_of) else number(whole, 0)
        for whole, known_of in zip(watts, least or (math.nan,) * len(watts), strict=True)
    )
    return (label, *amounts)


def _known_of(state: Mapping[str, float]) -> float:
    """What is known of a sum of parts; nothing worth telling where the cards' or the processor's power is not."""
    if math.isnan(state["GPUs"] + state["CPU"]):
        return math.nan
    return sum(each for each in state.values() if not math.isnan(each))


def _parts(evaluated: VariantEvaluation, row: int, names: Mapping[str, str]) -> dict[str, float]:
    return {label: known(evaluated, name, row) for label, name in names.items()}


def _less(whole: tuple[float, ...], part: tuple[float, ...]) -> tuple[float, ...]:
    """What is lost on the way; not known where given watts say that more comes out than goes in."""
    lost = (one - other for one, other in zip(whole, part, strict=True))
    return tuple(math.nan if each < 0 else each for each in lost)
