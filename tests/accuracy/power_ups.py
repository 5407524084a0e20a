"""Time on battery: the curve through whole tables, and the model's, which knows two of their points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accuracy.rows import Row, predicted
from accuracy.shared import table

if TYPE_CHECKING:
    from steelyard.units import Array

TITLE = "Time on battery of a UPS, from its runtimes at half and at full load"
TABLES = ("power_ups_runtime_apc",)
FITTED = 0.05
"""Error of the curve where all points of a table are known."""
TOLERANCE = 0.1
"""Error of the model, which knows the runtimes at about half and at full load, at all other loads of the tables."""
POWER_FACTOR = 1.4
"""Volt-amperes a watt, as the manual counts."""


def tables() -> dict[int, tuple[Array, Array]]:
    """Return watts and seconds by the unit's rating in volt-amperes."""
    found: dict[int, list[tuple[float, float]]] = {}
    for row in table("power_ups_runtime_apc"):
        point = float(row["load_va"]) / POWER_FACTOR, 60 * float(row["runtime_min"])
        found.setdefault(int(row["ups_va_rating"]), []).append(point)
    return {rating: (np.array(points)[:, 0], np.array(points)[:, 1]) for rating, points in found.items()}


def fitted_error(watts: Array, seconds: Array) -> float:
    """Return the greatest error of t = C/(P + P0)^n, with the three numbers that make it least."""
    best = np.inf
    for own in np.linspace(0, 0.25 * watts.max(), 200):
        along = np.log(watts + own)
        for exponent in np.linspace(1.0, 2.5, 301):
            left = np.log(seconds) + exponent * along
            best = min(best, (left.max() - left.min()) / 2)
    return float(np.expm1(best))


def fits() -> list[Row]:
    """Return the greatest error of the form of curve on each table."""
    return [
        Row(f"Smart-UPS {rating}", 0, 100 * fitted_error(watts, seconds), "%", 100 * FITTED)
        for rating, (watts, seconds) in tables().items()
    ]


def rows() -> list[Row]:
    """Return each published runtime that the model was not told."""
    found = []
    for rating, (watts, seconds) in tables().items():
        full = len(watts) - 1
        half = int(np.abs(watts - watts[full] / 2).argmin())
        told = {"real": watts[full], "half": _at_half(watts, seconds, half, full), "full": seconds[full]}
        for place in range(len(watts)):
            if place not in {half, full}:
                predicted = runtime(told["real"], told["half"], told["full"], watts[place])
                name = f"Smart-UPS {rating}, {watts[place]:.0f} W"
                found.append(Row(name, seconds[place], predicted, "s", TOLERANCE * seconds[place]))
    return found


def _at_half(watts: Array, seconds: Array, half: int, full: int) -> float:
    """The runtime at exactly half load: the published one nearest to it, moved there along a straight log line."""
    slope = np.log(seconds[half] / seconds[full]) / np.log(watts[half] / watts[full])
    return float(seconds[half] * (watts[full] / 2 / watts[half]) ** slope)


def runtime(real_power: float, half: float, full: float, load: float) -> float:
    """Return what the model says of a UPS of which two runtimes are published."""
    given = {
        "ups_count": 1, "ups_real_power": real_power, "ups_runtime_half": half, "ups_runtime_full": full,
        "wall_power": load,
    }  # fmt: skip
    return predicted("ups_runtime", given)
