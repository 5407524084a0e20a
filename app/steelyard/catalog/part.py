"""A part as the program knows it: who makes it, every value with its source, its dated price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

STATUSES: Final = ("active", "eol", "server")
"""Sold, no longer made, or made for servers (present for comparison and for the rules that refuse it)."""

PRICE_KINDS: Final = ("list", "order", "street", "quote", "estimate")


class Datum(NamedTuple):
    """One value of one part, with its origin.

    `value` is in `unit` (a code for categories, a bit mask for sets, 1 or 0 for flags, a number of slots), None when
    unknown: then `why_unknown` says why. `words` is the value as people read it where it is not a number.
    """

    value: float | None
    unit: str
    source: str
    where: str
    tier: str
    note: str
    why_unknown: str
    words: str


class Slot(NamedTuple):
    """An expansion slot: its place from the top of the case (from 1), its lanes and their PCIe generation."""

    position: float
    lanes: float
    generation: float


class Price(NamedTuple):
    """A dated price. An estimate has `low` and `high`; a fact (list, order, street) may have none."""

    amount: Decimal
    currency: str
    date: str
    kind: str
    low: Decimal | None
    high: Decimal | None
    source: str
    where: str
    note: str

    @property
    def is_estimate(self) -> bool:
        """Whether the price is a class estimate and no fact."""
        return self.kind == "estimate"


class PriceText(NamedTuple):
    """A price with its amounts as the file writes them, exact and without a need for Decimal."""

    amount: str
    currency: str
    date: str
    kind: str
    low: str
    high: str
    source: str
    where: str
    note: str


class PartInfo(NamedTuple):
    """Who makes a part, what it is called and ordered as, the weakest tier among its known values, and its layer."""

    id: str
    kind: str
    name: str
    manufacturer: str
    mpn: str
    status: str
    weakest_tier: str
    note: str
    layer: str = "curated"

    @property
    def is_hidden(self) -> bool:
        """Whether lists leave it out unless asked: the catalogue's own parts that are no longer made or for servers."""
        return self.status != "active" and self.layer == "curated"


class PartFile(NamedTuple):
    """All that the file of one part says."""

    info: PartInfo
    data: dict[str, Datum]
    slots: tuple[Slot, ...] | None
    price: PriceText | None
