"""Where a year of GPU time goes: busy, slowed by heat, and waiting."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Place, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import measured, number, share, span

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "GPU time"
WHOLE = 100.0
LEAST_SHOWN = 0.05
CAUSES = (
    ("gpu_wait_share", "Waiting for a slower stage", Role.SECOND),
    ("gpu_overlap_share", "Handing over between stages", Role.FIFTH),
)


def curves(readings: Readings) -> Figure:
    """Return one bar to 100 %: busy in steel, then each cause of idle time with its own hatch."""
    if not readings.cards:
        return Figure("gpu-time", TITLE, missing="No GPU is in the build, so none is busy or idle.")
    busy, idle = readings.of("gpu_busy"), readings.of("gpu_idle_share").value
    if math.isnan(busy.value) or math.isnan(idle):
        return Figure("gpu-time", TITLE, missing="How busy the GPUs are cannot be told.")
    reached = busy.value * WHOLE
    spread = span(busy.low() * WHOLE, busy.high() * WHOLE, 0)
    bars = [
        Bar(0, 0.0, reached, Role.BUILD, f"Busy {share(busy.value)}", busy.low() * WHOLE, busy.high() * WHOLE, "Busy")
    ]
    rows = [("Busy", number(reached, 1), spread)]
    parts = [(label, readings.of(name).value * WHOLE, role) for name, label, role in CAUSES]
    rest = idle * WHOLE - sum(amount for _, amount, _ in parts)
    for label, amount, role in [*parts, ("Idle", rest, Role.FREE)]:
        if amount > LEAST_SHOWN:
            bars.append(Bar(0, reached, reached + amount, role, measured(amount, "%"), name=label))
            rows.append((label, number(amount, 1), ""))
            reached += amount
    rows.append(("Whole", number(WHOLE, 1), ""))
    kept = readings.of("gpu_speed_kept").value
    slowed = f" Heat takes {share(1 - kept, 1)} of their speed." if kept < 1 else ""
    idling = "" if share(busy.value) == share(1.0) else " and are idle for the rest"
    sentence = f"The GPUs work {share(busy.value)} of the time{idling}.{slowed}"
    scale = plain_scale(busy.label, "%", (0.0, WHOLE))
    table = Table(("Part of GPU time", "%", "range"), tuple(rows), (len(rows) - 1,))
    return Figure(
        "gpu-time", TITLE, "of a run", sentence, scale, places=(Place("GPUs"),), bars=tuple(bars), table=table
    )


READS = ("gpu_busy", "gpu_idle_share", "gpu_speed_kept", *(name for name, _, _ in CAUSES))
PLOT = Plot("gpu-time", TITLE, "gpu_busy", "", READS, curves)
