"""Peaks shorter than a second: what a supply rides out by the guide's table, and where its base load must lie."""

from __future__ import annotations

from typing import Final

import numpy as np

from accuracy.rows import Row, predicted

TITLE = "Peaks that a supply of 1,000 W rides out, and the load between them"
TABLES = ()
RATED: Final = 1000.0

WINDOWS: Final = {  # window: share of the time, tolerated with and without 16-pin leads, base load of the guide's test
    "100_microseconds": (0.05, 2000.0, 1500.0, 918.0),
    "1_millisecond": (0.08, 1800.0, 1450.0, 897.0),
    "10_milliseconds": (0.125, 1600.0, 1350.0, 882.0),
    "100_milliseconds": (0.25, 1200.0, 1100.0, 924.0),
}


def rows() -> list[Row]:
    """Return the table's watts, and the base load at which the mean square of load and peaks is the rating."""
    found = []
    for window, (duty, newer, older, base) in WINDOWS.items():
        words = window.replace("_", " ")
        tolerated = {leads: tolerated_power(window, leads) for leads in (1, 0)}
        found.append(Row(f"{words}, with 16-pin leads", newer, tolerated[1], "W", 1e-9))
        found.append(Row(f"{words}, without", older, tolerated[0], "W", 1e-9))
        between = float(np.sqrt((RATED**2 - duty * tolerated[1] ** 2) / (1 - duty)))
        found.append(Row(f"{words}, load between the peaks", base, between, "W", 0.5))
    return found


def tolerated_power(window: str, leads: float) -> float:
    """Return what the model lets a supply of 1,000 W carry for so long."""
    given = {
        "psu_count": 1, "psu_capacity": RATED, "psu_excursion_rated_power": RATED, "psu_connectors_16pin": leads,
    }  # fmt: skip
    return predicted(f"tolerated_power_{window}", given)
