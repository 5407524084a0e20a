"""What a build sheet says, before it is laid out: words and exact amounts, taken from one evaluation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.plot import Table

if TYPE_CHECKING:
    from steelyard.figures.plot import Figure


class Measure(NamedTuple):
    """A figure of the card: its label, value, unit, and the condition it holds under."""

    label: str
    value: str
    unit: str = ""
    note: str = ""


class Finding(NamedTuple):
    """A rule's outcome in words. mark: block, warn, note or unknown. chapter: where it stands, site or findings."""

    rule: str
    mark: str
    title: str
    detail: str
    remedy: str = ""
    chapter: str = ""

    @property
    def place(self) -> str:
        """What references to this finding are called."""
        return f"finding {self.rule}"


class PartLine(NamedTuple):
    """One filled role. unit_price: minor units, None where no price is known. mark: how far the price is a fact."""

    slot: str
    part: str
    manufacturer: str
    mpn: str
    quantity: int
    unit_price: Decimal | None
    price_date: str
    price_source: str  # its number in the bibliography
    mark: str = ""
    note: str = ""
    spread: str = ""
    pinned: int = 0  # values of it that a user set

    @property
    def extended(self) -> Decimal | None:
        """Unit price times quantity."""
        return None if self.unit_price is None else self.unit_price * self.quantity


class Bill(NamedTuple):
    """All parts and their sum. digits: of the currency after the point. budget: minor units, None for none.

    likely: the range of the total in words, empty where nothing is uncertain.
    """

    lines: tuple[PartLine, ...]
    currency: str
    digits: int
    priced_on: str
    budget: Decimal | None = None
    likely: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of what has a price, exact."""
        return sum((line.extended for line in self.lines if line.extended is not None), Decimal(0))

    @property
    def estimated(self) -> str:
        """How many of the prices are estimates, and the range of the total; empty where none is."""
        count = sum(line.mark == "estimate" for line in self.lines)
        if not count:
            return ""
        likely = f": likely {self.likely}" if self.likely else ""
        return f"{count} of {len(self.lines)} prices are estimates{likely}"

    @property
    def known(self) -> Decimal | None:
        """The sum of what has a price; None where parts are chosen and none of them has one, for that is not zero."""
        return None if self.lines and len(self.unpriced) == len(self.lines) else self.total

    @property
    def unpriced(self) -> tuple[PartLine, ...]:
        """What has no price: as long as there is any, the total is incomplete."""
        return tuple(line for line in self.lines if line.unit_price is None)


class Requirement(NamedTuple):
    """What is asked beside what the build has; mark: holds, block, warn, note, unknown."""

    layer: str
    label: str
    asked: str
    has: str
    margin: str
    driver: str
    mark: str


class LevelLine(NamedTuple):
    """What the work needs of a resource at three levels beside what the build has; mark: as above, "" for none."""

    layer: str
    label: str
    least: str
    advised: str
    ample: str
    has: str
    driver: str
    mark: str
    spread: str = ""  # the 80 % range of the least, in its unit


class Assumed(NamedTuple):
    """A value that nobody stated: of which workload or model, and where it is from."""

    owner: str
    label: str
    value: str
    source: str


class Cause(NamedTuple):
    """One line of a because-tree: how deep it stands, what it is, its value, tier and the numbers of its sources.

    pinned: a user put the value in the place of the catalogue's.
    """

    depth: int
    label: str
    value: str
    tier: str
    sources: str
    pinned: bool = False


class Key(NamedTuple):
    """The explanation of one key number. more: causes that are not printed; command: what prints them all."""

    label: str
    value: str
    spread: str
    formula: str
    numbers: str
    reason: str
    causes: tuple[Cause, ...]
    more: int = 0
    name: str = ""
    command: str = ""
    sources: str = ""


class Source(NamedTuple):
    """An entry of the bibliography."""

    number: int
    title: str
    publisher: str
    address: str
    date: str
    tier: str
    notice: str = ""


class Pair(NamedTuple):
    """A line of a small table: what, how much, and whether it is a sum or the asked side."""

    label: str
    value: str
    kind: str = ""


class Block(NamedTuple):
    """A small table under a heading."""

    title: str
    pairs: tuple[Pair, ...]
    note: str = ""


class WorkloadBalance(NamedTuple):
    """The plots of one workload."""

    name: str
    asked: str
    stages: Figure
    time: Figure
    memory: Figure


class Swap(NamedTuple):
    """One part exchanged: what it costs more, the sustained rate with it, watts more, and what it newly breaks."""

    role: str
    part: str
    price: str
    rate: str
    multiple: str
    watts: str
    breaks: str
    warnings: int
    price_words: str


class OverrideLine(NamedTuple):
    """A value that a user set: of which part and field, what stands there now and stood before, and on what grounds."""

    part: str
    field: str
    value: str
    instead: str
    grounds: str


class BuildSheet(NamedTuple):
    """The whole sheet. status: READY, NEEDS ATTENTION, BLOCKED or INCOMPLETE. run: its heat and its speed over time."""

    project: str
    role: str
    variant: str
    date: str
    status: str
    counts: tuple[tuple[str, int], ...]
    card: tuple[Measure, ...]
    figures: tuple[Measure, ...]
    why: tuple[str, ...]
    limits: tuple[str, ...]
    balance: str
    balances: tuple[WorkloadBalance, ...]
    bottleneck: int
    swaps: tuple[Swap, ...]
    findings: tuple[Finding, ...]
    bill: Bill
    requirements: tuple[Requirement, ...]
    assumed: tuple[Assumed, ...]
    site: str
    site_verdict: tuple[str, str]
    waterfall: Figure
    temperatures: Figure
    room: Figure
    blocks: tuple[Block, ...]
    site_note: str
    keys: tuple[Key, ...]
    unknowns: tuple[Pair, ...]
    not_checked: tuple[str, ...]
    overrides: tuple[OverrideLine, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    catalogue: str
    prices: str
    rules: str
    hash: str
    attachment: bytes
    no_swaps: str = ""
    levels: tuple[LevelLine, ...] = ()
    growth: str = ""
    imbalance: Table = Table((), ())
    run: tuple[Figure, Figure] | None = None
