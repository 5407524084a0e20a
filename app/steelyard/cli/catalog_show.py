"""`steelyard catalog show PART [--sources]`: all that is known of a part, of whatever layer, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.catalog.layers import CURATED, IMPORTED, OWN
from steelyard.catalog.part import Datum
from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import standing_catalog
from steelyard.errors import BadInputError, ExitCode
from steelyard.library.location import library_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from steelyard.catalog.layers import Override
    from steelyard.catalog.load import Catalog
    from steelyard.catalog.part import PartInfo, Price

__all__ = ["show"]

_LAYERS: Final = {CURATED: "of the catalogue", OWN: "your own part", IMPORTED: "imported"}


class _Shown(NamedTuple):
    """A part as it is shown; `overridden` field -> what stands in its place; `note` says more of the layer."""

    info: PartInfo
    data: dict[str, Datum]
    stated: dict[str, Datum]
    overridden: dict[str, Override]
    price: Price | None
    no_price: str
    book: str
    layer: str


def show(options: argparse.Namespace) -> ExitCode:
    """Print a part: each value with its tier and source, each gap with its reason, the price with its book."""
    found = standing_catalog()
    shown = _standing(found, options.part) if options.part in found.parts else _imported(found, options.part)
    if options.json:
        print_json(_as_json(found, shown, with_sources=options.sources))
    else:
        _print_head(shown)
        if options.sources:
            _print_sources(found, shown)
        else:
            _print_table(found, shown)
        _print_price(found, shown)
    return ExitCode.DONE


def _standing(found: Catalog, part: str) -> _Shown:
    info = found.part(part)
    fields = found.schema[info.kind].fields
    return _Shown(
        info,
        {name: found.datum(part, name) for name in fields},
        {name: found.stated(part, name) for name in fields},
        {field: each for (whose, field), each in found.overrides.items() if whose == part},
        found.price(part),
        found.prices.why_none(part),
        found.prices.book.name,
        _LAYERS[info.layer] + (", in use" if info.layer == IMPORTED else ""),
    )


def _imported(found: Catalog, part: str) -> _Shown:
    """Return an imported part that is not in use; the trouble of an unknown part where there is none of that id."""
    place = library_file()
    if not place.exists():
        found.part(part)  # says which part was meant
    from steelyard.library.imported import imported_file
    from steelyard.library.library import open_library

    with open_library(place).reading() as connection:
        try:
            file = imported_file(connection, found, part)
        except BadInputError as trouble:
            if "no imported part" in trouble.message:
                found.part(part)
            raise
    fields = found.schema[file.info.kind].fields
    nothing = {
        name: Datum(None, each.unit, "", "", "", "", "not in BuildCores OpenDB", "") for name, each in fields.items()
    }
    data = nothing | file.data
    return _Shown(file.info, data, data, {}, None, "an imported part has none", "", "imported, not in use")


# --- as JSON


def _as_json(found: Catalog, shown: _Shown, *, with_sources: bool) -> dict[str, Any]:
    price = None if shown.price is None else {**_texts(shown.price._asdict()), "book": shown.book}
    specs = {name: _datum_json(datum) for name, datum in shown.data.items()}
    if with_sources:
        for name, spec in specs.items():
            spec["cited"] = _cited(found, shown.data[name].source)
            override = shown.overridden.get(name)
            spec["override"] = None if override is None else override._asdict()
            spec["stated"] = None if override is None else _datum_json(shown.stated[name])
    return {**shown.info._asdict(), "in_words": shown.layer, "specs": specs, "price": price}


def _datum_json(datum: Datum) -> dict[str, Any]:
    return {**datum._asdict(), "words": datum.words or None}


def _cited(found: Catalog, source: str) -> dict[str, str] | None:
    """Return the entry of the bibliography; None for a value that is unknown."""
    return found.sources[source]._asdict() if source in found.sources else None


def _texts(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep money exact: an amount is written as a text."""
    return {name: str(value) if name in {"amount", "low", "high"} and value is not None else value
            for name, value in fields.items()}  # fmt: skip


# --- as text


def _print_head(shown: _Shown) -> None:
    info = shown.info
    print_text(f"{info.manufacturer} {info.name} ({info.mpn or 'no maker part number'}), {info.status}, {shown.layer}")
    if info.note:
        print_text(info.note)


def _print_table(found: Catalog, shown: _Shown) -> None:
    fields = found.schema[shown.info.kind].fields
    rows = [
        (fields[name].label, _said(datum) + (" *" if name in shown.overridden else ""), datum.tier, _place(datum))
        for name, datum in shown.data.items()
    ]
    print_table(("Field", "Value", "Tier", "Source"), rows)
    if shown.overridden:
        print_text("* put in the place of the catalogue's value: --sources says by whom and why.")


def _print_sources(found: Catalog, shown: _Shown) -> None:
    """Print each value with all that is known of where it comes from, one below the other."""
    fields = found.schema[shown.info.kind].fields
    notices: dict[str, None] = {}
    for name, datum in shown.data.items():
        tier = f" ({datum.tier})" if datum.tier else ""
        print_text(f"{fields[name].label}: {_said(datum)}{tier}")
        override = shown.overridden.get(name)
        for line in _origin(found, datum) if override is None else _overridden(found, override, shown.stated[name]):
            print_text(f"    {line}")
        for source in (datum.source, shown.stated[name].source):
            if source in found.sources and found.sources[source].notice:
                notices[found.sources[source].notice] = None
    for notice in notices:
        print_text(notice)


def _origin(found: Catalog, datum: Datum) -> Iterator[str]:
    if datum.value is None:
        yield datum.why_unknown
        return
    yield _entry(found, datum.source)
    if datum.where:
        yield f"there: {datum.where}"
    if datum.note:
        yield f"note: {datum.note}"


def _overridden(found: Catalog, override: Override, stated: Datum) -> Iterator[str]:
    yield f"put there by {override.who} on {override.at[:10]}: {override.why}"
    yield _entry(found, override.source)
    yield f"there: {override.where}"
    yield f"the catalogue itself says: {_said(stated)}{f' ({stated.tier})' if stated.tier else ''}"
    for line in _origin(found, stated):
        yield f"    {line}"


def _entry(found: Catalog, source: str) -> str:
    cited = found.sources.get(source)
    if cited is None:
        return source
    return ", ".join(filter(None, (cited.title, cited.publisher, cited.date, cited.address))) + f" [{source}]"


def _print_price(found: Catalog, shown: _Shown) -> None:
    price = shown.price
    if price is None:
        print_text(f"Price: none ({shown.no_price})")
        return
    span = "" if price.low is None else f", {price.low} to {price.high}"
    print_text(f"Price: {price.amount} {price.currency} ({price.kind}{span}), {price.date}, {shown.book}")
    for line in filter(None, (_entry(found, price.source), price.where, price.note)):
        print_text(f"    {line}")


def _said(datum: Datum) -> str:
    if datum.value is None:
        return "unknown"
    return datum.words or f"{datum.value:,g} {datum.unit}".replace("×", "").rstrip()


def _place(datum: Datum) -> str:
    return datum.why_unknown if datum.value is None else ", ".join(filter(None, (datum.source, datum.where)))
