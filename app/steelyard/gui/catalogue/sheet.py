"""What is known of one part, worded for its data sheet: every value with its unit, its trust and where it is from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.layers import OWN
from steelyard.wording import counted, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog import Catalog, Datum
    from steelyard.catalog.part import PartFile, Price

LAYER_WORDS: Final = {"curated": "Curated", "own": "Your own", "opendb": "BuildCores OpenDB"}
STATUS_WORDS: Final = {"active": "On sale", "eol": "No longer made", "server": "For servers", "": "Not stated"}
MULTIPLE: Final = "×"


class ValueLine(NamedTuple):
    """One value of the data sheet. `pinned` is what an override says of itself, empty without one."""

    field: str
    label: str
    value: str
    unit: str
    tier: str
    source: str
    note: str = ""
    pinned: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.tier != "unknown"

    def spoken(self) -> str:
        """The line in words, for a screen reader and for the tip."""
        value = f"{self.value} {self.unit}".strip() if self.known else "unknown"
        return ". ".join(each for each in (f"{self.label}: {value}", self.tier, self.source, self.note) if each)


class PriceLine(NamedTuple):
    """What a part costs: the amount, what kind of price it is and how old, and where it is from."""

    amount: str
    currency: str
    kind: str
    source: str
    note: str = ""


class Sheet(NamedTuple):
    """The data sheet of one part."""

    part_id: str
    name: str
    maker: str
    kind: str
    mpn: str
    layer: str
    status: str
    in_use: bool
    note: str
    price: PriceLine
    values: tuple[ValueLine, ...]

    @property
    def summary(self) -> str:
        """How much is known, in a sentence."""
        known = sum(line.known for line in self.values)
        pins = sum(bool(line.pinned) for line in self.values)
        words = f"{known} of {counted(len(self.values), 'value')} known"
        return f"{words}, {counted(pins, 'override')}" if pins else words


HOW_PRICED = "A price book of yours can give it one: Price books, Import prices..."
HOW_PRICED_OWN = "Change... asks for one."
"""What helps where a part has no price."""


def sheet_of(catalog: Catalog, part_id: str, today: str) -> Sheet:
    """The data sheet of a part that the catalogue holds; ages are counted to `today` (YYYY-MM-DD)."""
    info = catalog.part(part_id)
    fields = catalog.schema[info.kind].fields
    values = tuple(_line(catalog, part_id, name) for name in fields)
    price = _price(catalog, catalog.price(part_id), today, catalog.prices.why_none(part_id))
    if price.amount == "?":
        own = info.layer == OWN and (catalog.prices.shipped or catalog.prices.book.fills_gaps)
        price = price._replace(note=HOW_PRICED_OWN if own and part_id not in catalog.prices.indicative else HOW_PRICED)
    return Sheet(
        part_id,
        info.name,
        info.manufacturer,
        catalog.schema[info.kind].label,
        info.mpn,
        info.layer,
        info.status,
        True,  # what the catalogue holds can stand in a build
        info.note,
        price,
        values,
    )


def sheet_of_file(catalog: Catalog, part: PartFile) -> Sheet:
    """The data sheet of a part that is not in use, such as an imported one."""
    info = part.info
    missing = "not stated by this source"
    values = tuple(
        value_line(catalog, name, field.label, part.data.get(name), missing)
        for name, field in catalog.schema[info.kind].fields.items()
    )
    price = PriceLine("?", "", "no price", "", "It can have one once it is used in builds.")
    kind = catalog.schema[info.kind].label
    return Sheet(
        info.id, info.name, info.manufacturer, kind, info.mpn, info.layer, "", False, info.note, price, values
    )  # fmt: skip


def value_line(catalog: Catalog, name: str, label: str, datum: Datum | None, missing: str = "") -> ValueLine:
    """One value with its origin, or why it is unknown."""
    if datum is None or datum.value is None:
        why = missing if datum is None else datum.why_unknown
        note = "" if datum is None else datum.note
        return ValueLine(name, label, "?", "", "unknown", sentence(why), note)
    source = catalog.sources.get(datum.source)
    said = [] if source is None else [source.title, _beside(source.title, source.publisher), source.date]
    origin = ", ".join(each for each in (*said, datum.where) if each) or datum.source
    unit = "" if datum.words or datum.unit == MULTIPLE else datum.unit
    return ValueLine(name, label, datum.words or number(datum.value), unit, datum.tier, origin, datum.note)


def sentence(text: str) -> str:
    """A text with a capital and a full stop, as it stands alone; an id at its beginning stays as it is."""
    text = text.strip().rstrip(".")
    first = text.partition(" ")[0].rstrip(",;:")
    capital = text[:1].upper() if first.replace("-", "").isalpha() else text[:1]
    return f"{capital}{text[1:]}." if text else ""


def stopped(text: str) -> str:
    """A name as its owner writes it, with a full stop."""
    text = text.strip().rstrip(".")
    return f"{text}." if text else ""


def age_words(day: str, today: str) -> str:
    """How old a day (or a month, or a year) is, "37 days old"; empty where that cannot be told."""
    try:
        then = date.fromisoformat(f"{day}-01-01"[:10] if len(day) == len("2026") else f"{day}-01"[:10])
        days = (date.fromisoformat(today) - then).days
    except ValueError:
        return ""
    return f"{counted(days, 'day')} old" if days > 0 else "new"


def price_words(price: Price | None) -> Mapping[str, str]:
    """An amount and its currency, as the list shows them."""
    return {} if price is None else {"amount": f"{price.amount:,.2f}".removesuffix(".00"), "currency": price.currency}


def _beside(title: str, publisher: str) -> str:
    """A publisher, where the title does not name it already."""
    return "" if publisher.casefold() in title.casefold() else publisher


def _line(catalog: Catalog, part_id: str, name: str) -> ValueLine:
    label = catalog.schema[catalog.part(part_id).kind].fields[name].label
    line = value_line(catalog, name, label, catalog.datum(part_id, name))
    over = catalog.overrides.get((part_id, name))
    return line if over is None else line._replace(pinned=line.note, note="")


def _price(catalog: Catalog, price: Price | None, today: str, why_none: str) -> PriceLine:
    if price is None:
        return PriceLine("?", "", "no price", sentence(why_none))
    said = price_words(price)
    spread = f"{price.low:,.0f} to {price.high:,.0f}" if price.low is not None and price.high is not None else ""
    source = catalog.sources.get(price.source)
    title = price.source if source is None else source.title
    book = f"{catalog.prices.book.name}: " if catalog.prices.shipped else ""
    kind = ", ".join(each for each in (f"{price.kind} {price.date}", age_words(price.date, today), spread) if each)
    origin = ", ".join(each for each in (title, price.where) if each)
    return PriceLine(said["amount"], said["currency"], kind, f"{book}{origin}", price.note)
