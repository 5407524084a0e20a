"""What a requirements sheet says, before it is laid out: the answer for one lab that has no build yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from steelyard.figures.plot import Table
    from steelyard.sheets.content import Assumed, LevelLine, Measure, Pair, Source


class Rung(NamedTuple):
    """A step of the ladder of scale: its name, what it means, and whether the lab stands on it."""

    name: str
    meaning: str
    here: bool


class CardsLine(NamedTuple):
    """The least-priced cards that carry the work at a level; memory: taken of one card."""

    level: str
    cards: str
    price: str
    memory: str
    pace: str


class SharingLine(NamedTuple):
    """How the cards should share a workload. memory: on each card. reason: why so."""

    workload: str
    method: str
    cards: str
    memory: str
    reason: str


SIZED, MISSING, NO_WORK = "Sized", "Inputs missing", "No work yet"
"""Whether a lab could be sized; one that could not is a draft."""


class RequirementsSheet(NamedTuple):
    """The whole sheet. state: whether it could be sized. answer: what carries the work, in sentences.

    cards: a line for each level, empty where no single box does; machines: how many boxes each resource asks for, and
    adds: what several boxes need beside. families: how far predictions of this kind were from measurements.
    """

    lab: str
    role: str
    date: str
    state: str
    answer: str
    rungs: tuple[Rung, ...]
    first: tuple[Measure, ...]
    second: tuple[Measure, ...]
    levels: tuple[LevelLine, ...]
    growth: str
    cards: tuple[CardsLine, ...]
    compared: str
    machines: tuple[Pair, ...]
    adds: tuple[str, ...]
    sharing: tuple[SharingLine, ...]
    trust: str
    families: Table
    assumed: tuple[Assumed, ...]
    sources: tuple[Source, ...]
    catalogue: str
    prices: str
    rules: str
    hash: str
    attachment: bytes
