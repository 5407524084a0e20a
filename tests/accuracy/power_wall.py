"""Watts at the wall of whole machines, from what their parts are published to draw.

The cards' power is stated: their limit, or what a stress test holds them at. The rest is the model's: processor,
memory, board, fans and supply from the classes of the catalogue. What a page does not say is filled in by the chassis
that it names.
"""

from __future__ import annotations

from typing import NamedTuple

from accuracy.rows import Row, predicted
from accuracy.shared import table

TITLE = "Power at the wall of whole machines"
TABLES = ("power_multigpu_wall", "power_mlperf_gpucap_vs_wall")
TOLERANCE = 0.06
"""Share of what was measured."""

MISSES = {
    "4x RTX 4090, gpu_burn + stress-ng all cores": "The page's processor draws 80 W more under stress-ng, a third of "
    "what two processors of 150 W could; the cards may have given way, which the page does not log",
}
"""What is outside the tolerance, and what we believe is the cause."""


class Machine(NamedTuple):
    """The parts of a machine beside its cards, and its supplies; numbers are the model's inputs."""

    inputs: dict[str, float]
    words: dict[str, str]


GIGABYTE = Machine(  # G482-Z54: two EPYC 7742 of 225 W, 1 TB in 16 modules, three supplies of 2,200 W, Platinum
    {
        "cpu_count": 2, "cpu_package_power": 225, "cpu_busy": 0.1, "memory_count": 16, "memory_modules": 1,
        "board_count": 1, "os_drive_count": 2, "gpu_needs_ducted_air": 1, "case_rack": 1, "case_fans_power": 0,
        "psu_count": 3, "psu_rated_power": 2200, "supply_voltage": 206, "redundant_supply": 1,
    },
    {
        "board_socket": "SP3", "memory_module_kind": "RDIMM", "psu_efficiency_class": "platinum",
    },
)  # fmt: skip
SUPERMICRO = Machine(  # SYS-741GE-TNRT: two Xeon Silver of 150 W, 16 modules of 32 GB, two supplies of 1,800 W at 200 V
    {
        "cpu_count": 2, "cpu_package_power": 150, "cpu_busy": 0.02, "memory_count": 16, "memory_modules": 1,
        "board_count": 1, "os_drive_count": 1, "gpu_needs_ducted_air": 0, "case_rack": 0, "case_fans_power": 30,
        "psu_count": 2, "psu_rated_power": 1800, "supply_voltage": 200, "redundant_supply": 1,
    },
    {
        "board_socket": "LGA4677", "memory_module_kind": "RDIMM", "psu_efficiency_class": "titanium",
    },
)  # fmt: skip
PUGET = Machine(  # C422 with a Xeon W-2255 of 165 W, 8 modules, one supply of 1,600 W, Platinum, at 115 V
    {
        "cpu_count": 1, "cpu_package_power": 165, "cpu_busy": 1, "memory_count": 8, "memory_modules": 1,
        "board_count": 1, "os_drive_count": 1, "gpu_needs_ducted_air": 0, "case_rack": 0, "case_fans_power": 15,
        "psu_count": 1, "psu_rated_power": 1600, "supply_voltage": 115, "redundant_supply": 0,
    },
    {
        "board_socket": "sTRX4", "memory_module_kind": "RDIMM", "psu_efficiency_class": "platinum",
    },
)  # fmt: skip
NONE = {
    "cpu_power_share": 1, "os_drive_active_power": 10, "os_drive_idle_power": 4,
    "display_power": 0, "nic_count": 0, "nic_power": 0, "cooler_count": 0, "cooler_fans": 0, "cooler_pump_power": 0,
    "scratch_drive_count": 0, "scratch_drive_active_power": 0, "scratch_drive_idle_power": 0, "scratch_busy": 0,
    "archive_drive_count": 0, "archive_drive_active_power": 0, "archive_drive_idle_power": 0,
}  # fmt: skip


def wall(machine: Machine, cards: int, power: float, **changed: float) -> float:
    """Return what a machine draws from the mains with so many cards that draw `power` together."""
    given = {**NONE, **machine.inputs, "gpu_count": cards, "gpus_power": power, **changed}
    processor = predicted("cpu_asked_power", given, **machine.words)
    return predicted("wall_power", {**given, "cpu_power": processor}, **machine.words)


def rows() -> list[Row]:
    """Return every machine whose cards' power is stated."""
    found = [_row(f"{row['gpus']}, {row['load']}", float(row["wall_w"]), _tower(row)) for row in _towers()]
    for row in limited():
        cards, power = int(row["n_gpu"]), float(row["gpu_limit_sum_w"])
        name = f"{cards}x {row['system'].split('x8')[0]} at {row['gpu_power_limit_w']} W, {row['model']}"
        found.append(_row(name, float(row["wall_p95_w"]), wall(GIGABYTE, cards, power)))
    return found


def limited() -> list[dict[str, str]]:
    """Return the runs on servers with eight cards at a power limit."""
    return table("power_mlperf_gpucap_vs_wall")


def _towers() -> list[dict[str, str]]:
    """The machines with cards of their own fans whose wall power and cards' power are both stated."""
    return [row for row in table("power_multigpu_wall") if row["wall_w"] and row["gpu_w_each"]]


def _tower(row: dict[str, str]) -> float:
    cards, each = int(row["gpus"][0]), float(row["gpu_w_each"])
    if row["system"].startswith("Puget"):
        return wall(PUGET, cards, cards * each)
    stressed = {"cpu_busy": 1.0} if "stress-ng" in row["load"] else {}
    return wall(SUPERMICRO, cards, cards * each, **stressed)


def _row(case: str, measured: float, predicted: float) -> Row:
    return Row(case, measured, predicted, "W", TOLERANCE * measured)
