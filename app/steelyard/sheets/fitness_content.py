"""What a site fitness sheet says, before it is laid out: one page for those who run the building."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from steelyard.figures.plot import Figure, Table
    from steelyard.sheets.content import Block, Finding, Source


class Taken(NamedTuple):
    """A number that nobody measured here: an assumption with its range, or one that the user gave with a note.

    source: its number in the list of sources, or the note.
    """

    label: str
    value: str
    spread: str
    source: str
    given: bool = False


class FitnessSheet(NamedTuple):
    """The whole sheet. ready: nothing of the build is open, so that it is no draft. verdict: mark and words.

    answer: the circuit's budget in a sentence. findings: those that decide, worst first; others: how many more the
    build has. heat, speed: of a sustained run over time; room: in its place where that is not known. more: how many
    assumptions move the answer less and are left out.
    """

    project: str
    variant: str
    date: str
    ready: bool
    site: str
    verdict: tuple[str, str]
    answer: str
    findings: tuple[Finding, ...]
    others: int
    waterfall: Figure
    heat: Figure
    speed: Figure
    room: Figure
    power: Table
    blocks: tuple[Block, ...]
    under: str
    taken: tuple[Taken, ...]
    more: int
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    catalogue: str
    prices: str
    rules: str
    hash: str
    attachment: bytes
