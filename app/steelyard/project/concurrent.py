"""Which workloads run at the same time, and what each finds taken by the others.

By day and by night all work of that time runs together; what always runs, runs beside it; what runs by turns has the
machine to itself but for that. A first pass asks what each takes at the pace that is asked of it; a second evaluates
each beside the others. Data on drives stay there whoever runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.workstation.needs_words import ASKED_ALWAYS, ASKED_AT_THE_SAME_TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from steelyard.catalog import Catalog
    from steelyard.project.content import WorkloadUse
    from steelyard.units import Array

    Take = Callable[[Sequence[str]], Mapping[str, Array]]

DAY, NIGHT, ALWAYS, TURNS = "day", "night", "always", "turns"


class Share(NamedTuple):
    """What is taken, by which quantity, and out of how much; empty where no limit divides it among those who ask."""

    taken: str
    limit: str = ""


TAKEN: Final[Mapping[str, Share]] = {
    "memory_beside": Share("memory_taken"),
    "gpu_memory_beside": Share("gpu_memory_needed"),
    "cores_beside": Share("cores_taken", "cpu_cores"),
    "engine_beside": Share("engine_taken", "1"),
    "scratch_beside": Share("scratch_taken", "1"),
    "network_beside": Share("network_taken", "1"),
    **{word: Share(asked) for word, asked in ASKED_AT_THE_SAME_TIME.items()},
}
"""What is taken only while other work runs; of what has a limit each gets its share when all ask for more than it."""

KEPT: Final[Mapping[str, str]] = {
    "dataset_beside": "data_in_use",
    "archive_beside": "data_kept",
    "training_beside": "trains",
    **ASKED_ALWAYS,
}
"""What is there all the time, whoever runs: data on drives, and what the machine is used for."""


def runs_of(use: WorkloadUse, catalog: Catalog) -> str:
    """Return when a workload runs: as the project says, or as its file does."""
    return use.runs or catalog.workloads[use.workload].runs


def groups_beside(runs: Sequence[str], place: int) -> list[tuple[int, ...]]:
    """Return the sets of other workloads, by their places, that may run at the same time as the one at `place`."""
    others = [each for each in range(len(runs)) if each != place]
    always = tuple(each for each in others if runs[each] == ALWAYS)
    by_day, by_night = (tuple(each for each in others if runs[each] == when) for when in (DAY, NIGHT))
    if runs[place] == ALWAYS:
        turns = [(each,) for each in others if runs[each] == TURNS]
        groups = [(*always, *window) for window in (by_day, by_night, *turns)]
    else:
        groups = [(*always, *{DAY: by_day, NIGHT: by_night}.get(runs[place], ()))]
    return [group for group in dict.fromkeys(tuple(sorted(each)) for each in groups) if group]


class Window(NamedTuple):
    """Work that runs at the same time: by day, by night, always, or by turns; by the places of the uses."""

    when: str
    places: tuple[int, ...]


def windows_of(runs: Sequence[str]) -> tuple[Window, ...]:
    """Return the sets of work that meet, each as large as it gets: what always runs stands in every one.

    Each of those that run by turns has a window of its own. Without any of these, what always runs is the only one.
    """
    always = tuple(each for each, when in enumerate(runs) if when == ALWAYS)
    found = [
        Window(when, tuple(each for each, name in enumerate(runs) if name in {when, ALWAYS}))
        for when in (DAY, NIGHT)
        if when in runs
    ]
    found += [Window(TURNS, tuple(sorted((*always, each)))) for each, when in enumerate(runs) if when == TURNS]
    return tuple(found) or ((Window(ALWAYS, always),) if always else ())


def companions(uses: Sequence[WorkloadUse], catalog: Catalog, place: int) -> tuple[str, ...]:
    """Return the names of the workloads that may run at the same time as the one at `place`."""
    groups = groups_beside([runs_of(use, catalog) for use in uses], place)
    found = sorted({each for group in groups for each in group})
    return tuple(catalog.workloads[uses[each].workload].name for each in found)


def beside(
    uses: Sequence[WorkloadUse], catalog: Catalog, wanted: frozenset[str], rows: tuple[int, int], take: Take
) -> dict[str, Array]:
    """Return the inputs of `wanted` that say what other work takes, for every row.

    rows: builds, and draws of each row; `take` evaluates quantities for builds x uses x draws. Published benchmarks
    ran alone. Empty where there is nothing beside: the vocabulary's zeros then hold.
    """
    if len(uses) < 2 or any(catalog.workloads[use.workload].bench for use in uses):  # noqa: PLR2004 - alone
        return {}
    runs = [runs_of(use, catalog) for use in uses]
    groups = [groups_beside(runs, place) for place in range(len(uses))]
    shared = {name: share for name, share in TAKEN.items() if name in wanted and any(groups)}
    kept = {name: quantity for name, quantity in KEPT.items() if name in wanted}
    if not shared and not kept:
        return {}
    names = {*kept.values(), *(each for share in shared.values() for each in share)} - {"", "1"}
    found = take(sorted(names))
    shape = (rows[0], len(uses), rows[1])
    by_use = {name: np.broadcast_to(found[name], (int(np.prod(shape)),)).reshape(shape) for name in names}
    sums = {name: _others(by_use[quantity]) for name, quantity in kept.items()}
    for name, share in shared.items():
        limit = by_use.get(share.limit, np.ones(shape))
        sums[name] = _at_peak(by_use[share.taken], limit if share.limit else None, groups)
    return {name: array.reshape(-1) for name, array in sums.items()}


def _others(amounts: Array) -> Array:
    """Return for each use what all the others have, added use by use; shape (builds, uses, draws)."""
    found = np.zeros(amounts.shape)
    for place in range(amounts.shape[1]):
        for other in range(amounts.shape[1]):
            if other != place:
                found[:, place] += amounts[:, other]
    return found


def _at_peak(amounts: Array, limit: Array | None, groups: Sequence[Sequence[tuple[int, ...]]]) -> Array:
    """Return for each use the most that others take at a time; where all ask for more than there is, their share."""
    found = np.zeros(amounts.shape)
    for place, sets in enumerate(groups):
        for group in sets:
            others = np.zeros(found[:, place].shape)
            for other in group:
                others = others + amounts[:, other]
            if limit is not None:
                asked = others + amounts[:, place]
                there = limit[:, place]
                others = np.where(asked > there, others * there / np.where(asked > 0, asked, 1.0), others)
            found[:, place] = np.maximum(found[:, place], others)
    return found
