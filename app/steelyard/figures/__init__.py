"""One file a plot: what it reads, and its curves as data. Drawn by the desk and by the sheets alike."""

from __future__ import annotations

from steelyard.figures import (
    gpu_memory,
    gpu_time,
    noise,
    power_cap,
    power_waterfall,
    psu_curve,
    room_air,
    stage_balance,
    temperatures,
)
from steelyard.figures.plot import Figure, Plot
from steelyard.figures.readings import Reading, Readings, Stage

PLOTS: tuple[Plot, ...] = (
    stage_balance.PLOT,
    gpu_time.PLOT,
    gpu_memory.PLOT,
    power_waterfall.PLOT,
    psu_curve.PLOT,
    power_cap.PLOT,
    temperatures.PLOT,
    room_air.PLOT,
    noise.PLOT,
    noise.DISTANCE,
)

__all__ = ["PLOTS", "Figure", "Plot", "Reading", "Readings", "Stage"]
