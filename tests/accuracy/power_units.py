"""Efficiency of supplies that were bought and measured, against the curve of their class."""

from __future__ import annotations

from accuracy.power_supply import efficiency
from accuracy.rows import Row
from accuracy.shared import table

TITLE = "Efficiency of measured supplies"
TABLES = ("power_psu_efficiency_measured",)
TOLERANCE = 0.02
"""Two points of a hundred: a class is a floor, and units of it differ."""


def rows() -> list[Row]:
    """Return each measured point."""
    found = []
    for row in table("power_psu_efficiency_measured"):
        load, volts = float(row["load_pct"]) / 100, float(row["volts"])
        predicted = efficiency(row["psu"].split()[-1].lower(), load, volts, 0)
        found.append(
            Row(f"{row['psu']}, {volts:.0f} V, {load:.0%} load", float(row["efficiency"]), predicted, "", TOLERANCE)
        )
    return found
