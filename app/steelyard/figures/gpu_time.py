"""Where a year of GPU time goes: busy, slowed by heat, and waiting."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Place, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import share

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "GPU time"
WHOLE = 1.0


def curves(readings: Readings) -> Figure:
    """Return one bar to 100 %: busy in steel, idle hatched."""
    busy, idle = readings.of("gpu_busy"), readings.of("gpu_idle_share")
    if math.isnan(busy.value):
        return Figure("gpu-time", TITLE, missing="How busy the GPUs are cannot be told.")
    waits = idle.value if not math.isnan(idle.value) else WHOLE - busy.value
    bars = [
        Bar(0, 0.0, busy.value * 100, Role.BUILD, f"Busy {share(busy.value)}", busy.low() * 100, busy.high() * 100),
        Bar(0, busy.value * 100, WHOLE * 100, Role.FREE, f"{share(waits)} idle" if waits > 0 else ""),
    ]
    kept = readings.of("gpu_speed_kept").value
    rows = [("Busy", share(busy.value, 1)), ("Idle, waiting for another stage", share(waits, 1))]
    if not math.isnan(kept):
        rows.append(("Speed kept against heat", share(kept, 1)))
    sentence = f"The GPUs work {share(busy.value)} of the time and wait for the rest."
    scale = plain_scale(busy.label, "%", (0.0, 100.0))
    table = Table(("Part of GPU time", "%"), tuple(rows))
    return Figure(
        "gpu-time", TITLE, "of a run", sentence, scale, places=(Place("GPUs"),), bars=tuple(bars), table=table
    )


PLOT = Plot("gpu-time", TITLE, "gpu_busy", "", ("gpu_busy", "gpu_idle_share", "gpu_speed_kept"), curves)
