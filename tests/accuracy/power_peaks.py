"""How high single cards peak, by window, against the envelope that every card is given."""

from __future__ import annotations

from typing import Final

from accuracy.engine import engine
from accuracy.rows import Row
from accuracy.shared import table

TITLE = "Peaks of single cards, by their board power"
TABLES = ("power_gpu_transients",)
TOLERANCE = 0.1
"""Share of what was measured."""

WINDOWS: Final = {
    "200 us": "excursion_100_microseconds",
    "<1 ms": "excursion_1_millisecond",
    "5-10 ms": "excursion_10_milliseconds",
    "10-20 ms": "excursion_100_milliseconds",
}
"""The window of the envelope that covers the published one; between 1 and 5 ms there is none of its own."""

MISSES: Final = {
    "Tesla T4, 200 us": "A card of 70 W peaks higher by its board power than large ones do, and matters less",
}
"""What is outside the tolerance, and what we believe is the cause."""


def rows() -> list[Row]:
    """Return each published peak over a window of the envelope."""
    found = []
    for row in table("power_gpu_transients"):
        if row["window"] in WINDOWS:
            measured = float(row["ratio_to_tdp"])
            predicted = engine().catalog.assumptions[WINDOWS[row["window"]]].value
            found.append(Row(f"{row['card']}, {row['window']}", measured, predicted, "", TOLERANCE * measured))
    return found
