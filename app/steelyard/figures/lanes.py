"""The workloads of a build beside each other: when each runs, what it takes, and which of them meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.figures.taken import readings_of
from steelyard.project.concurrent import ALWAYS, DAY, NIGHT, TURNS, runs_of, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.figures.readings import Readings
    from steelyard.project.concurrent import Window
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["WORDS", "Lane", "Lanes", "lanes_of"]

WORDS: Final[Mapping[str, str]] = {DAY: "By day", NIGHT: "By night", ALWAYS: "Always", TURNS: "By turns"}


class Lane(NamedTuple):
    """One workload: when it runs, and its readings."""

    when: str
    readings: Readings


class Lanes(NamedTuple):
    """All workloads of a build in their order, and the windows in which they meet."""

    lanes: tuple[Lane, ...]
    windows: tuple[Window, ...]


def lanes_of(evaluated: VariantEvaluation, names: Iterable[str]) -> Lanes:
    """Return the workloads of a build with these readings, without ranges."""
    names = tuple(names)
    runs = [runs_of(use, evaluated.engine.catalog) for use in evaluated.uses]
    lanes = tuple(Lane(when, readings_of(evaluated, row, names, ranges=False)) for row, when in enumerate(runs))
    return Lanes(lanes, windows_of(runs))
