"""What the widgets are given: plain named values, already worded. No widget computes physics or money."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """A number as it is shown. `name` is what a click asks about; an empty name opens nothing."""

    name: str = ""
    value: str = "?"
    unit: str = ""
    range: str = ""
    label: str = ""
    known: bool = True
    asked: bool = False
    mark: str = ""
    """Nothing, "assumed" (typical value taken) or "overridden"."""

    def spoken(self) -> str:
        """The reading in words, for a screen reader."""
        if not self.known:
            return f"{self.label}: unknown".lstrip(": ")
        words = " ".join(part for part in (self.value, self.unit, f"range {self.range}" if self.range else "") if part)
        return f"{self.label}: {words}".lstrip(": ")


UNKNOWN = Reading(known=False)


class Weighed(NamedTuple):
    """Asked against sustained, for a beam. None where it is not known."""

    asked: float | None = None
    sustained: float | None = None
    low: float | None = None
    high: float | None = None
    asked_reading: Reading = UNKNOWN
    sustained_reading: Reading = UNKNOWN


class Card(NamedTuple):
    """The build card's six fields, its state's count, and the beam."""

    name: str
    role: str = ""
    status: str = ""
    count: int = 0
    figures: tuple[Reading, ...] = ()
    weighed: Weighed | None = None
    conditions: str = ""


class Limit(NamedTuple):
    """One gauge: a value on a scale that begins at 0, and the limit on it. None is unknown."""

    label: str
    reading: Reading
    value: float | None
    low: float | None
    high: float | None
    limit: float | None
    limit_text: str
    state: str
    words: str
    strong: bool = False


class Found(NamedTuple):
    """One finding. `state` is block, unknown, warn, note or ok."""

    rule: str
    state: str
    word: str
    title: str
    detail: str = ""
    sentences: str = ""
    rows: tuple[Reading, ...] = ()
    views: tuple[str, ...] = ()
    accepted: str = ""


class RoleLine(NamedTuple):
    """A role of the build as the role table shows it."""

    role: str
    label: str
    state: str
    part: str = ""
    part_id: str = ""
    count: int = 0
    counts: tuple[int, ...] = ()
    price: str = ""
    words: str = ""
    """What an empty role says."""


class Candidate(NamedTuple):
    """A part that could fill the role, with what it would change. None is unknown."""

    part_id: str
    name: str
    state: str
    reason: str
    key_figure: str
    price: str
    price_change: str
    throughput_change: float | None
    throughput_text: str
    power_change: str
    count: int = 0
    fits: bool = True


class Slot(NamedTuple):
    """An expansion slot and the card in it."""

    position: int
    words: str
    lanes: int
    state: str
    """occupied, free or covered."""

    title: str = ""
    detail: str = ""
    temperature: Reading | None = None
    power: str = ""
    height: int = 1
    over: bool = False


class Place(NamedTuple):
    """A storage or memory place."""

    label: str
    part: str
    link: str = ""
    owner: str = ""


class Sitting(NamedTuple):
    """Where everything sits: processor, slots, drives, memory modules."""

    processor: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    drives: tuple[Place, ...] = ()
    memory: tuple[str, ...] = ()


class Cause(NamedTuple):
    """A line of an explanation's table of causes."""

    name: str
    label: str
    value: str
    range: str
    tier: str
    depth: int = 0


class Explained(NamedTuple):
    """One explanation as the popover shows it."""

    name: str
    label: str
    reading: Reading
    formula: str = ""
    numbers: str = ""
    causes: tuple[Cause, ...] = ()
    weakest: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


class Budget(NamedTuple):
    """What the build costs against what may be spent."""

    share: float | None
    limit_share: float
    spent: Reading
    limit_text: str


class Counts(NamedTuple):
    """Findings that are not settled, by severity."""

    block: int = 0
    warn: int = 0
    note: int = 0
    unknown: int = 0
