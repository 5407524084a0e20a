"""Efficiency of supplies: every certified point of every class and mains, which the curves must meet exactly."""

from __future__ import annotations

from typing import Final

from accuracy.rows import Row, predicted
from accuracy.shared import table

TITLE = "Efficiency of supplies at the points of their class"
TABLES = ("power_80plus_table",)
TOLERANCE = 1e-9

MAINS: Final = {"115": (115, 0), "230EU": (230, 0), "230 redundant": (230, 1)}
"""Volts, and whether it is certified as a redundant supply."""
POINTS: Final = (("eff_10pct", 0.1), ("eff_20pct", 0.2), ("eff_50pct", 0.5), ("eff_100pct", 1.0))


def rows() -> list[Row]:
    """Return each point of the published table."""
    return [
        Row(
            f"{row['tier']}, {row['class']}, {load:.0%} load",
            float(row[column]),
            efficiency(word_of(row["tier"]), load, *MAINS[row["class"]]),
            "",
            TOLERANCE,
        )
        for row in table("power_80plus_table")
        for column, load in POINTS
        if row[column]
    ]


def efficiency(tier: str, load: float, volts: float, redundant: float) -> float:
    """Return the model's efficiency for a supply of a class at a share of its label."""
    given = {
        "psu_count": 1, "psu_rated_power": 1000, "dc_load": 1000 * load,
        "supply_voltage": volts, "redundant_supply": redundant,
    }  # fmt: skip
    return predicted("psu_efficiency", given, psu_efficiency_class=tier)


def word_of(tier: str) -> str:
    """Return the catalogue's word for a class: the one without a metal is the standard one."""
    return tier.removeprefix("80 PLUS").strip().lower() or "standard"
