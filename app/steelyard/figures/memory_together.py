"""What fills the memory of each GPU while workloads run at the same time: by workload and by part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from steelyard.figures.gpu_memory import PARTS, SMALLEST_PART
from steelyard.figures.lanes import WORDS
from steelyard.figures.plot import Bar, Brace, Figure, Limit, Place, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import UNKNOWN, counted, measured, number

if TYPE_CHECKING:
    from steelyard.figures.lanes import Lane, Lanes
    from steelyard.project.concurrent import Window

TITLE = "GPU memory"
NAME = "gpu-memory-together"
READS: Final = ("gpu_memory", "gpu_memory_needed", *(name for name, _, _ in PARTS))
MOST_WINDOWS = 6
LEAST_NAMED = 0.03
"""Parts below this share of the scale are drawn as one; the table has each."""

SMALL = "Smaller parts"


def curves(beside: Lanes) -> Figure:
    """Return a bar a window of time, the fullest of them named in the sentence; each card holds the same."""
    if not beside.lanes:
        return Figure(NAME, TITLE, missing="Nothing is asked yet, so nothing fills the memory.")
    first = beside.lanes[0].readings
    cards, held = len(first.cards), first.of("gpu_memory").value
    if not cards:
        return Figure(NAME, TITLE, missing="No GPU is in the build: the processor does the work in host memory.")
    sums = [sum(_needed(beside.lanes[each]) for each in window.places) for window in beside.windows]
    known = [total for total in sums if not math.isnan(total)]
    if math.isnan(held) or not known:
        unsure = [lane.readings.workload for lane in beside.lanes if math.isnan(_needed(lane))]
        whose = f"What {', '.join(unsure)} needs" if unsure else "What a card has"
        return Figure(NAME, TITLE, missing=f"{whose} of GPU memory is not known.")
    fullest = sums.index(max(known))
    drawn = _drawn(sums)
    scale = plain_scale(first.of("gpu_memory").label, "GB", (0.0, held, max(known)))
    bars: list[Bar] = []
    braces: list[Brace] = []
    for place, index in enumerate(drawn):
        more, over = _stack(place, beside, beside.windows[index], (sums[index], held), scale.high)
        bars += more
        braces += over
    return Figure(
        NAME,
        TITLE,
        f"on each of {counted(cards, 'card')}" if cards > 1 else "on the card",
        _sentence(beside, beside.windows[fullest], sums[fullest], held, several=cards > 1),
        scale,
        places=tuple(Place(WORDS[beside.windows[index].when]) for index in drawn),
        bars=tuple(bars),
        limits=(Limit(held, measured(held, "GB")),),
        table=_table(beside, sums, held),
        braces=tuple(braces),
    )


def _needed(lane: Lane) -> float:
    return lane.readings.of("gpu_memory_needed").value


def _drawn(sums: list[float]) -> list[int]:
    """The windows for which there is room, the fullest of them, in their order."""
    known = [index for index, total in enumerate(sums) if not math.isnan(total)]
    return sorted(sorted(known, key=lambda index: -sums[index])[:MOST_WINDOWS])


def _parts(lane: Lane) -> list[tuple[str, float, Role]]:
    """The parts of a workload and what they leave unnamed; they add up to its need."""
    parts = [(label, lane.readings.of(name).value, role) for name, label, role in PARTS]
    parts = [part for part in parts if part[1] > SMALLEST_PART]
    rest = _needed(lane) - sum(amount for _, amount, _ in parts)
    return [*parts, ("Other", rest, Role.OTHER)] if rest > SMALLEST_PART else parts


def _stack(
    place: int, beside: Lanes, window: Window, reach: tuple[float, float], end: float
) -> tuple[list[Bar], list[Brace]]:
    """The bars of one window, workload after workload, and a brace over each workload."""
    total, held = reach
    bars: list[Bar] = []
    braces: list[Brace] = []
    start = 0.0
    for each in window.places:
        lane = beside.lanes[each]
        begin = start
        small = 0.0
        for label, amount, role in _parts(lane):
            if amount < LEAST_NAMED * end or label == "Other":
                small += amount
                continue
            bars.append(Bar(place, start, start + amount, role, f"{label} {number(amount)}", name=label))
            start += amount
        if small > SMALLEST_PART:
            bars.append(Bar(place, start, start + small, Role.OTHER, f"{SMALL} {number(small)}", name=SMALL))
            start += small
        if start > begin:
            braces.append(Brace(place, begin, start, lane.readings.workload))
    free = held - total
    bars.append(
        Bar(place, total, held, Role.FREE, f"{measured(free, 'GB')} free", name="Free")
        if free >= 0
        else Bar(place, held, total, Role.SHORTFALL, f"{measured(-free, 'GB')} missing", name="Missing")
    )
    return bars, braces


def _table(beside: Lanes, sums: list[float], held: float) -> Table:
    """Every part of every workload in every window, the sum of each, and what a card has."""
    rows: list[tuple[str, str, str]] = []
    ends = []
    for window, total in zip(beside.windows, sums, strict=True):
        when = WORDS[window.when]
        for each in window.places:
            lane = beside.lanes[each]
            name = lane.readings.workload
            if math.isnan(_needed(lane)):
                rows.append((when, name, UNKNOWN))
            rows += [(when, f"{name}: {label}", number(amount)) for label, amount, _ in _parts(lane)]
        ends.append(len(rows))
        rows.append((when, "Together", number(total)))
    rows.append(("", "A card has", number(held)))
    return Table(("When", "Part", "GB"), tuple(rows), tuple(ends))


def _sentence(beside: Lanes, window: Window, total: float, held: float, *, several: bool) -> str:
    """The answer for the fullest window."""
    names = [beside.lanes[each].readings.workload for each in window.places if _needed(beside.lanes[each]) > 0]
    where = "each GPU" if several else "the GPU"
    if not names:
        return "No workload needs memory of a GPU."
    who = f"{names[0]} needs" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together need"
    spare = f"{measured(abs(held - total), 'GB')} {'stay free' if total <= held else 'are missing'}"
    return f"{WORDS[window.when]} {who} {measured(total, 'GB')} on {where}, which has {measured(held, 'GB')}: {spare}."
