"""Predicted against measured: a point for every case, a series for every family, and how far they are off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from steelyard.figures.plot import SERIES, Curve, Figure, Role, Scatter, Table
from steelyard.figures.scales import decade_scale
from steelyard.wording import MINUS, UNBREAKABLE, number, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.project.accuracy import Accuracy, Case, Check, Family, WorstCase

TITLE = "Predicted against measured"
NAME = "accuracy"
NEAR: Final = 0.25
"""The band around what was measured that the plot shows."""

MOST_WORST: Final = 12
LEAST_SAID: Final = 0.001
"""Below this a number is written with its power of ten."""

NO_ERROR = f"as measured, ± {share(NEAR)}"
HEAD = (
    "Family",
    "n",
    "median error",
    "90th percentile",
    "bias",
    "coverage",
    "in sample, median",
    "in sample, 90th",
)


def curves(found: Accuracy) -> Figure:
    """Return the plot on two logarithmic scales, the diagonal with its band, and the families as a table."""
    cases = [case for family in found.families for case in family.cases]
    if not cases:
        return Figure(NAME, TITLE, missing="No measured case is known.")
    ends = [end for case in cases for end in (case.measured, case.predicted)]
    across = decade_scale("Measured", "in the unit of each benchmark", ends)
    up = decade_scale("Predicted", "predicted", ends)
    line = (across.low, across.high)
    near = Curve(
        NO_ERROR,
        line,
        line,
        Role.OTHER,
        tuple(end * (1 - NEAR) for end in line),
        tuple(end * (1 + NEAR) for end in line),
    )
    return Figure(
        NAME,
        TITLE,
        f"each left out of its own prediction; the band is {share(NEAR)} to either side",
        sentence(found),
        across,
        up,
        curves=(near,),
        scatters=tuple(_scatter(place, family) for place, family in enumerate(found.families)),
        table=Table(HEAD, tuple(_row(family) for family in found.families)),
    )


def sentence(found: Accuracy) -> str:
    """The answer in plain words: how many, how far off, how honest the ranges are."""
    count = sum(len(family.cases) for family in found.families)
    ranked = sorted(found.families, key=lambda family: family.left_out.median)
    least, most = (f"{share(each.left_out.median, 1)} ({each.title})" for each in (ranked[0], ranked[-1]))
    return (
        f"{count:,} published measurements, each on a card or host that its prediction had not seen. The median error "
        f"is {least} to {most}, and {share(found.pooled_coverage)} of all lie inside the 80{UNBREAKABLE}% range."
    )


def signed(error: float, decimals: int = 1) -> str:
    """Return an error in per cent with its sign."""
    text = share(abs(error), decimals)
    return text if text == share(0.0, decimals) else f"{MINUS if error < 0 else '+'}{text}"


def _scatter(place: int, family: Family) -> Scatter:
    """As many families as there are looks are filled, the rest hollow."""
    return Scatter(
        family.title,
        tuple(case.measured for case in family.cases),
        tuple(case.predicted for case in family.cases),
        SERIES[place % len(SERIES)],
        hollow=place >= len(SERIES),
    )


def _row(family: Family) -> tuple[str, ...]:
    out, inside = family.left_out, family.in_sample
    return (
        family.title,
        number(out.count),
        share(out.median, 1),
        share(out.tenth_worst, 1),
        signed(out.bias),
        share(family.coverage),
        share(inside.median, 1),
        share(inside.tenth_worst, 1),
    )


def worst_rows(families: Sequence[Family]) -> Table:
    """Return the cases that are furthest off, the worst first, with what is believed to be the cause."""
    cases = sorted(
        (case for family in families for case in family.worst),
        key=lambda case: -abs(math.log(case.predicted / case.measured)),
    )
    rows = [
        (
            case_name(case),
            case.on,
            number(case.measured),
            number(case.predicted),
            f"{number(case.low)} to {number(case.high)}",
            signed(case.error, 0),
            case.cause,
            case.where,
        )
        for case in cases[:MOST_WORST]
    ]
    head = ("What", "On", "measured", "predicted", "80 % range", "error", "What we believe is the cause", "Row")
    return Table(head, tuple(rows))


def case_name(case: Case | WorstCase) -> str:
    """Return a benchmark with its settings, as `predict` takes them."""
    settings = " ".join(f"{name}={word}" for name, word in case.settings.items())
    return f"{case.bench.removeprefix('bench/')} {settings}".strip()


CHECK_HEAD = ("Check", "Cases", "Outside", "Measured", "Predicted", "Error", "Tolerance", "Worst case", "Believed")


def check_rows(checks: Sequence[Check]) -> Table:
    """Return the checks of power, heat and noise, each by the case that uses most of its tolerance."""
    return Table(CHECK_HEAD, tuple(_check_row(check) for check in checks))


def _check_row(check: Check) -> tuple[str, ...]:
    worst = check.worst
    believed = " ".join(f"{each.case}: {each.cause.rstrip('.')}." for each in check.missed)
    numbers = (_with_unit(each, worst.unit) for each in (worst.measured, worst.predicted))
    name = f"{check.name}  {check.title}" if check.name else check.title
    limits = (small(worst.error, signed=True), small(worst.tolerance))
    return (name, number(check.cases), number(len(check.missed)), *numbers, *limits, worst.case, believed)


def _with_unit(value: float, unit: str) -> str:
    return f"{number(value)}{UNBREAKABLE}{unit}".rstrip(UNBREAKABLE)


def small(value: float, *, signed: bool = False) -> str:
    """Return a number that may be far below one, with its sign if that is asked for."""
    text = f"{abs(value):.1e}".replace("e-0", "e-") if 0 < abs(value) < LEAST_SAID else number(abs(value))
    sign = "" if not signed or not value else MINUS if value < 0 else "+"
    return f"{sign}{text}"
