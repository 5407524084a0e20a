"""What a plot shows, as data: bars, poises, curves, limits and their words, before anybody draws them.

The desk draws a `Figure` with pyqtgraph and QPainter, the sheets with reportlab.graphics. Neither adds a number or a
word, so desk and paper agree. Colours and hatches are named by `Role`; `figures.style` says what each role looks like.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.figures.readings import Readings

NAN = math.nan


class Role(Enum):
    """What a bar stands for, and so how it looks: `figures.style` has one look for each."""

    ASKED = "asked"
    BUILD = "build"
    SHORTFALL = "shortfall"
    PART = "part"
    SUM = "sum"
    LOSS = "loss"
    OTHER = "other"
    FREE = "free"
    FIRST = "s1"
    SECOND = "s2"
    THIRD = "s3"
    FOURTH = "s4"
    FIFTH = "s5"
    SIXTH = "s6"


SERIES = (Role.FIRST, Role.SECOND, Role.THIRD, Role.FOURTH, Role.FIFTH, Role.SIXTH)


class Tick(NamedTuple):
    """A graduation: where, and its words (empty: a minor one)."""

    value: float
    text: str = ""


class Scale(NamedTuple):
    """One axis of numbers: the label and unit of the quantity it shows, its ends and graduations."""

    label: str
    unit: str
    low: float
    high: float
    ticks: tuple[Tick, ...]
    log: bool = False


class Place(NamedTuple):
    """A named position beside which bars stand: a stage, a card, a part. `strong` marks a sum."""

    label: str
    note: str = ""
    strong: bool = False


class Bar(NamedTuple):
    """A bar at a place from `start` to `end`; `low` and `high` are its whisker, NaN for none.

    text: the words on it, with its number. name: what it is, for a legend.
    """

    place: int
    start: float
    end: float
    role: Role
    text: str = ""
    low: float = NAN
    high: float = NAN
    name: str = ""


class Poise(NamedTuple):
    """The weight that hangs where the build is; the filled one is the bottleneck. NaN: unknown, inf: no limit."""

    place: int
    value: float
    low: float = NAN
    high: float = NAN
    filled: bool = False
    text: str = ""


class Limit(NamedTuple):
    """What is asked or allowed: a line in brass with its words and the arithmetic that made it."""

    value: float
    text: str
    working: str = ""
    first: int = 0
    last: int = -1


class Gap(NamedTuple):
    """The room between two values at a place, said in words; `short` when it is missing, not to spare."""

    place: int
    start: float
    end: float
    text: str
    note: str = ""
    short: bool = False


class Brace(NamedTuple):
    """What several bars beside each other are together, such as the work whose parts they are."""

    place: int
    start: float
    end: float
    text: str


class Scatter(NamedTuple):
    """A family of points, all with one look; hollow ones tell it from another family of the same role."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    role: Role
    hollow: bool = False


class Curve(NamedTuple):
    """A named line; `lows` and `highs` bound its band and are empty without one."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    role: Role
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()


class Zone(NamedTuple):
    """A forbidden stretch of the upright axis, in words."""

    low: float
    high: float
    text: str


class Dot(NamedTuple):
    """One reading on a plane, with its words."""

    x: float
    y: float
    text: str


class Table(NamedTuple):
    """The same numbers as text: for paper, for screen readers, for copying. The first column is text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[int, ...] = ()


class Figure(NamedTuple):
    """A whole plot. `across` is the horizontal scale, `up` the upright one; None where places stand instead.

    uprights: limits of what runs across, as upright lines. sentence: the answer in plain words. missing: why there is
    nothing to draw (then all else is empty).
    """

    name: str
    title: str
    subtitle: str = ""
    sentence: str = ""
    across: Scale | None = None
    up: Scale | None = None
    places: tuple[Place, ...] = ()
    bars: tuple[Bar, ...] = ()
    poises: tuple[Poise, ...] = ()
    limits: tuple[Limit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    curves: tuple[Curve, ...] = ()
    zones: tuple[Zone, ...] = ()
    dots: tuple[Dot, ...] = ()
    table: Table = Table((), ())
    missing: str = ""
    braces: tuple[Brace, ...] = ()
    scatters: tuple[Scatter, ...] = ()
    uprights: tuple[Limit, ...] = ()


class Plot(NamedTuple):
    """A kind of plot: the quantities on its axes (label and unit come with them), all it reads, and its curves."""

    name: str
    title: str
    across: str
    up: str
    reads: tuple[str, ...]
    curves: Callable[[Readings], Figure]
