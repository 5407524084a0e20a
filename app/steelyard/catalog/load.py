"""The catalogue: the parts as arrays, and behind every cell its datum with source, tier and reason."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.catalog.cache import cache_file, load_cache, save_cache
from steelyard.catalog.contents import read_contents
from steelyard.catalog.layers import BARE, OVERRIDDEN
from steelyard.catalog.part import Datum
from steelyard.catalog.prices import BOOK_SOURCE, Prices
from steelyard.catalog.sources import Source, weakest
from steelyard.catalog.tables import NONE, joined, replaced, rows_of, table_of
from steelyard.errors import BadInputError, MissingFileError, UnknownPartError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from steelyard.catalog.cache import Stamp
    from steelyard.catalog.contents import Contents
    from steelyard.catalog.layers import Layers, Override
    from steelyard.catalog.part import PartFile, PartInfo, Price
    from steelyard.catalog.schema import Kind
    from steelyard.catalog.tables import Table

_FOLDERS: Final = ("schema", "parts", "assumptions", "workloads")
_DEPTH: Final = 2
"""parts/gpu/nvidia-l4.toml: no file of the catalogue lies deeper."""


class Catalog:
    """The frozen catalogue of one folder, and what the user laid over it.

    `schema` kind -> Kind; `tables` kind -> Table; `sources`, `assumptions`, `workloads` id -> definition; `parts` id ->
    PartInfo; `prices` those in force; `overrides` (part, field) -> Override; `complaints` all that is wrong in the
    files (parts with complaints are in no table); `hash` over all files and layers; `date` that of the newest
    indicative price; `signature` who signed the files, in words; `root` the folder.
    """

    __slots__ = (
        "_files", "assumptions", "complaints", "date", "hash", "overrides", "parts", "prices", "root", "schema",
        "signature", "sources", "tables", "workloads",
    )  # fmt: skip

    def __init__(self, root: Path, contents: Contents, layers: Layers = BARE) -> None:
        """Make the arrays; the texts behind the cells stay in the files until they are asked for."""
        self.root = root
        self.schema = contents.schema
        self.overrides: dict[tuple[str, str], Override] = {(each.part, each.field): each for each in layers.overrides}
        over = {part.info.id: part.info._replace(layer=layers.layer_of[part.info.id]) for part in layers.parts}
        self.parts = self._with_tiers({**contents.parts, **over})
        own_prices = {part.info.id: part.price for part in layers.parts if part.price is not None}
        self.prices = Prices({**contents.prices, **own_prices}, layers.book)
        self.tables = {name: self._table(kind, contents, layers) for name, kind in contents.schema.items()}
        self.sources = contents.sources if layers.book is None else {**contents.sources, **_source_of(self.prices)}
        self.assumptions = contents.assumptions
        self.workloads = contents.workloads
        self.complaints = contents.complaints + layers.complaints
        self.hash = _joined_hash(contents.hash, layers.digest)
        self.date = contents.date
        self.signature = layers.signature
        self._files: dict[str, PartFile | None] = {part.info.id: part for part in layers.parts}

    def _with_tiers(self, parts: dict[str, PartInfo]) -> dict[str, PartInfo]:
        """Count the tiers of overrides among those of their parts."""
        for (part, _), each in self.overrides.items():
            if part in parts:
                parts[part] = parts[part]._replace(weakest_tier=weakest((parts[part].weakest_tier, each.tier)))
        return parts

    def _table(self, kind: Kind, contents: Contents, layers: Layers) -> Table:
        rows = contents.rows[kind.name]
        more = [part for part in layers.parts if part.info.kind == kind.name]
        if more:
            rows = joined(rows, rows_of(kind, more))
        if self.overrides:
            rows = replaced(kind, rows, {cell: each.value for cell, each in self.overrides.items()})
        return table_of(kind, rows, [0.0, *(self.prices.minor(part) for part in rows.ids[1:])])

    def part(self, part_id: str) -> PartInfo:
        """Return who makes a part and what it is called; BadInputError, naming the nearest id, when there is none."""
        info = self.parts.get(part_id)
        if info is None:
            message = f'There is no part "{part_id}" in the catalogue.'
            raise UnknownPartError(part_id, message, did_you_mean(part_id, tuple(self.parts)).strip())
        return info

    def price(self, part_id: str, quantity: int = 1) -> Price | None:
        """Return the price of one of a part when `quantity` are bought, exact, with its date and origin; None: none."""
        self.part(part_id)
        return self.prices.price(part_id, quantity)

    def datum(self, part_id: str, field: str) -> Datum:
        """Return one value of one part with its origin, or why it is unknown; an override is said in the note.

        BadInputError when there is no such part or field.
        """
        stated = self.stated(part_id, field)
        override = self.overrides.get((part_id, field))
        return stated if override is None else _overridden(override, stated)

    def stated(self, part_id: str, field: str) -> Datum:
        """Return one value as the part's own file states it, whatever was put in its place."""
        kind = self.schema[self.part(part_id).kind]
        entry = kind.fields.get(field)
        if entry is None:
            message = f'A {kind.label.lower()} has no field "{field}".'
            raise BadInputError(message, did_you_mean(field, tuple(kind.fields)).strip())
        if part_id not in self._files:
            self._files[part_id] = self._read(part_id)
        part = self._files[part_id]
        if part is None:
            return Datum(None, entry.unit, "", "", "", "", "its file changed after the catalogue was loaded", "")
        missing = Datum(None, entry.unit, "", "", "", "", "not stated in the part's file", "")
        return part.data.get(field, missing)

    def _read(self, part_id: str) -> PartFile | None:
        from steelyard.catalog.page import read_page  # noqa: PLC0415
        from steelyard.catalog.part_file import read_part  # noqa: PLC0415

        kind, maker, model = part_id.split("/")
        page = read_page(self.root / "parts" / kind / f"{maker}-{model}.toml", self.root, [])
        part = None if page is None else read_part(page, self.schema, self.sources)
        return part if part is not None and self._agrees(part) else None

    def _agrees(self, part: PartFile) -> bool:
        """Whether the file still says what the arrays hold: an explanation must not show another value."""
        table = self.tables[part.info.kind]
        row = table.row(part.info.id)
        cells = {
            name: table.columns[name][row]
            for name, field in self.schema[table.kind].fields.items()
            if field.form != "slots" and (part.info.id, name) not in self.overrides
        }
        said = {name: part.data[name].value if name in part.data else None for name in cells}
        return all(cell == said[name] if said[name] is not None else cell != cell for name, cell in cells.items())  # noqa: PLR0124  # NaN


def load_catalog(
    root: Path | None = None,
    *,
    cache: Path | Literal["user"] | None = "user",
    layers: Callable[[Contents], Layers] | None = None,
) -> Catalog:
    """Load the catalogue from `root` (the program's own when None), with what `layers` lays over its contents.

    `cache` is the folder of the cache file: the user's, another one, or None for no cache at all. Trouble in the files
    is in `complaints`; only a missing folder raises (MissingFileError).
    """
    root, contents = _loaded(root, cache)
    return Catalog(root, contents, BARE if layers is None else layers(contents))


def _loaded(root: Path | None, cache: Path | Literal["user"] | None) -> tuple[Path, Contents]:
    if root is None:
        from steelyard.places import components_db  # noqa: PLC0415

        root = components_db()
    root = root.absolute()
    if not root.is_dir():
        message = f"The catalogue's folder {root} is not there."
        raise MissingFileError(message, "Install the program again, or name another folder.")
    stamp = _stamp(root)
    file = None
    if cache is not None:
        if cache == "user":
            from steelyard.places import user_cache  # noqa: PLC0415

            cache = user_cache()
        file = cache_file(Path(cache), root)
        contents = load_cache(file, stamp)
        if contents is not None:
            return root, contents
    contents = read_contents(root, tuple(str(name) for name, _, _ in stamp))
    if file is not None:
        save_cache(file, stamp, contents)
    return root, contents


def _overridden(override: Override, stated: Datum) -> Datum:
    said = stated.words or (f"{stated.value:g} {stated.unit}" if stated.value is not None else "")
    instead = f"The catalogue says {said}." if said else f"The catalogue does not know it: {stated.why_unknown}."
    note = f"{OVERRIDDEN} {override.who} on {override.at[:10]}: {override.why.rstrip('.')}. {instead}"
    return Datum(override.value, stated.unit, override.source, override.where, override.tier, note, "", override.words)


def _source_of(prices: Prices) -> dict[str, Source]:
    book = prices.book
    title = f'Price book "{book.name}"'
    return {BOOK_SOURCE: Source(BOOK_SOURCE, title, book.source, "", book.date, "database", "", "", "")}


def _joined_hash(files: str, layers: str) -> str:
    if not layers:
        return files
    from hashlib import sha256  # noqa: PLC0415

    return sha256(f"{files}\n{layers}".encode()).hexdigest()


def _stamp(root: Path) -> Stamp:
    """Return name, size and time of every file of the catalogue, in the order of the names."""
    found: Stamp = []
    for folder in _FOLDERS:
        _scan(str(root / folder), f"{folder}/", _DEPTH, found)
    sources = root / "sources.toml"
    if sources.is_file():
        state = sources.stat()
        found.append(["sources.toml", state.st_size, state.st_mtime_ns])
    return sorted(found)


def _scan(folder: str, prefix: str, depth: int, found: Stamp) -> None:
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            name = entry.name
            if name.endswith(".toml"):
                state = entry.stat()
                found.append([prefix + name, state.st_size, state.st_mtime_ns])
            elif depth > 1 and entry.is_dir():
                _scan(entry.path, f"{prefix}{name}/", depth - 1, found)


__all__ = ["NONE", "Catalog", "load_catalog"]
