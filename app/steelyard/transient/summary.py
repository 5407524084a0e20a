"""What a run comes to, as one record for scripts: peaks, means and ends beside the steady state."""

from __future__ import annotations

import math
from collections.abc import Mapping  # noqa: TC003  # what writes it as JSON reads the annotations when the program runs
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.transient.run import Run

__all__ = ["SUMMARY_VERSION", "Course", "Summary", "runs_away", "summary_of"]

SUMMARY_VERSION: Final = 1
_JOULES: Final = 3.6e6  # a kilowatt hour


class Course(NamedTuple):
    """A number over the run: its greatest, its mean, its last, and that of the steady state; null where not known."""

    unit: str
    peak: float | None
    mean: float | None
    end: float | None
    steady: float | None


class Summary(NamedTuple):
    """What `transient FILE --json` prints. Minutes are null where it never happens within the run.

    least_speed, end_speed: of the slowest card, as shares. work_done: mean share of what a cool machine would do.
    """

    schema_version: int
    project: str
    variant: str
    workload: str
    hours: float
    interval_seconds: float
    minutes_to_throttle: float | None
    throttled_first: str
    minutes_to_shutdown: float | None
    runs_away: bool
    energy_kilowatt_hours: float
    mains_power: Course
    least_speed: float
    end_speed: float
    steady_speed: float | None
    work_done: float
    temperatures: Mapping[str, Course]
    limits: Mapping[str, float]
    notes: tuple[str, ...]


def summary_of(run: Run, found: VariantEvaluation, row: int = 0) -> Summary:
    """Return what a run comes to."""
    mains = run.outcome.mains_power
    return Summary(
        SUMMARY_VERSION,
        found.project.name,
        found.variant.name,
        found.uses[row].id,
        run.hours,
        run.interval,
        _known(run.minutes_to_throttle),
        run.throttled,
        _known(run.minutes_to_shutdown),
        runs_away(found, row),
        round(run.energy / _JOULES, 6),
        Course(
            "W",
            float(mains.max()),
            run.energy / (3600 * run.hours),
            float(mains[-1]),
            _known(found.value("mains_power", row)),
        ),
        float(run.outcome.speed.min()),
        float(run.outcome.speed[-1]),
        _known(found.value("gpu_speed_kept", row)) if run.cards else None,
        run.work_done,
        {
            name: Course(
                "°C", run.peak[name], run.mean[name], float(values[-1]), _known(run.steady.get(name, math.nan))
            )
            for name, values in run.temperatures.items()
        },
        {name: limit for name, limit in run.limits.items() if math.isfinite(limit)},
        run.notes,
    )


def runs_away(found: VariantEvaluation, row: int = 0) -> bool:
    """Say whether the heat of the cards feeds itself: only a limit, or switching off, ends its rise."""
    return found.value("runaway_margin", row) <= 0


def _known(number: float) -> float | None:
    return number if math.isfinite(number) else None
