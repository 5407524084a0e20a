"""What if the processor had fewer or more cores: the whole pipeline's pace over their number, all else as it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from steelyard.figures.plot import Curve, Dot, Figure, Limit, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import number, pace, plural

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

TITLE = "Cores what-if"
NAME = "cores-what-if"
MOST_POINTS: Final = 48
REACH: Final = 2
FULL: Final = 0.99
"""The share of the greatest pace from which on more cores are said to add nothing."""


def curves(evaluated: VariantEvaluation, row: int) -> Figure:
    """Return the sustained pace from one core to twice as many as there are; what other work takes stays taken."""
    here, asked = evaluated.value("cpu_cores", row), evaluated.value("asked_rate", row)
    if not math.isfinite(here) or here < 1:
        return Figure(NAME, TITLE, missing="No processor is in the build, so there are no cores to vary.")
    cores = sorted({*np.linspace(1, REACH * here, MOST_POINTS).round().tolist(), here})
    rates = _rates(evaluated, row, cores)
    if any(math.isnan(rate) for rate in rates):
        return Figure(NAME, TITLE, missing="The pace of the work is not known, so more cores cannot be weighed.")
    stretch = pace(asked)
    sample = evaluated.voice(row).sample
    unit = f"{plural(sample)}/{stretch.letter}"
    ys = [rate * stretch.seconds for rate in rates]
    wanted = asked * stretch.seconds
    limits = (Limit(wanted, f"asked {number(wanted)}"),) if math.isfinite(wanted) and wanted > 0 else ()
    at = cores.index(here)
    rows = tuple((number(core), number(rate)) for core, rate in zip(cores, ys, strict=True))
    return Figure(
        NAME,
        TITLE,
        "all else as it is",
        _sentence(cores, ys, wanted, here),
        plain_scale("Cores", "", (0.0, cores[-1])),
        plain_scale("Throughput, sustained", unit, (0.0, *ys, *(limit.value for limit in limits))),
        limits=limits,
        curves=(Curve("Sustained", tuple(cores), tuple(ys), Role.FIRST),),
        dots=(Dot(here, ys[at], f"{number(here)} cores"),),
        table=Table(("Cores", unit), rows),
    )


def _rates(evaluated: VariantEvaluation, row: int, cores: list[float]) -> list[float]:
    """The pace for each number of cores, in one batch."""
    given = {
        name: array[..., row : row + 1] if array.shape[-1] > 1 else array
        for name, array in evaluated.batch.values.items()
    }
    swept = evaluated.engine.model.evaluate({**given, "cpu_cores": np.array(cores)}, ["throughput"])
    return [float(rate) for rate in np.broadcast_to(swept.value("throughput"), (len(cores),))]


def _sentence(cores: list[float], ys: list[float], wanted: float, here: float) -> str:
    """From where on more cores add nothing, and how many the asked pace takes."""
    most = max(ys)
    knee = next(core for core, rate in zip(cores, ys, strict=True) if rate >= FULL * most)
    enough = next((core for core, rate in zip(cores, ys, strict=True) if rate >= wanted), None)
    added = (
        f"From about {number(knee)} cores on more of them add nothing"
        if knee < here
        else f"More cores than these {number(here)} would still add to the pace"
        if knee > here
        else f"These {number(here)} cores are as many as the work uses"
    )
    if not math.isfinite(wanted) or wanted <= 0:
        return f"{added}."
    if enough is None:
        return f"{added}; no number of cores up to {number(cores[-1])} alone brings the asked pace."
    return f"{added}; the asked pace takes about {number(enough)}."
