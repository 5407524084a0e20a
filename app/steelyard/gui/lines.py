"""What the lists, tables and pictures of a filled window are given: plain named values, already worded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from steelyard.gui.readings import Reading


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
    edits: bool = False
    """Whether its limit is the project's own, or a part's fact, and so can be changed."""

    noted: str = ""
    """Where the user has the limit from, where that was said."""


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
    held: int = 0
    counts: tuple[int, ...] = ()
    price: str = ""
    words: str = ""
    """What an empty role says."""

    pinned: bool = False
    """Whether the user put a value of the part in the place of the catalogue's."""


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
    held: int = 0
    fits: bool = True
    pinned: bool = False


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
    unseated: int = 0
    """Cards that find no slot."""


class Cause(NamedTuple):
    """A line of an explanation's table of causes."""

    name: str
    label: str
    value: str
    range: str
    tier: str
    depth: int = 0
    note: str = ""

    @property
    def pinned(self) -> bool:
        """Whether the user put this value in the place of the catalogue's."""
        from steelyard.catalog.layers import OVERRIDDEN

        return self.note.startswith(OVERRIDDEN)


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
    rests_on: tuple[str, ...] | None = None
    """The families of measurements that a prediction rests on, may be empty; None where it is no prediction."""

    unheld: bool = False
    """Whether it is a prediction that no measurement is held against."""

    @property
    def pinned(self) -> bool:
        """Whether the user put this value in the place of the catalogue's."""
        from steelyard.catalog.layers import OVERRIDDEN

        return self.note.startswith(OVERRIDDEN)
