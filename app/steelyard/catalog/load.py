"""The catalogue: the parts as arrays, and behind every cell its datum with source, tier and reason."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.catalog.cache import cache_file, load_cache, save_cache
from steelyard.catalog.contents import read_contents
from steelyard.catalog.part import Datum, Price
from steelyard.catalog.tables import NONE, table_of
from steelyard.errors import BadInputError, MissingFileError, did_you_mean

if TYPE_CHECKING:
    from typing import Literal

    from steelyard.catalog.cache import Stamp
    from steelyard.catalog.contents import Contents
    from steelyard.catalog.part import PartFile, PartInfo, PriceText

_FOLDERS: Final = ("schema", "parts", "assumptions", "workloads")
_DEPTH: Final = 2
"""parts/gpu/nvidia-l4.toml: no file of the catalogue lies deeper."""


class Catalog:
    """The frozen catalogue of one folder.

    `schema` kind -> Kind; `tables` kind -> Table; `sources`, `assumptions`, `workloads` id -> definition; `parts` id ->
    PartInfo; `complaints` all that is wrong in the files (parts with complaints are in no table); `hash` over all
    files; `date` that of the newest price; `root` the folder.
    """

    __slots__ = (
        "_files", "_prices", "assumptions", "complaints", "date", "hash", "parts", "root", "schema", "sources",
        "tables", "workloads",
    )  # fmt: skip

    def __init__(self, root: Path, contents: Contents) -> None:
        """Make the arrays; the texts behind the cells stay in the files until they are asked for."""
        self.root = root
        self.schema = contents.schema
        self.tables = {name: table_of(kind, contents.rows[name]) for name, kind in contents.schema.items()}
        self.parts = contents.parts
        self.sources = contents.sources
        self.assumptions = contents.assumptions
        self.workloads = contents.workloads
        self.complaints = contents.complaints
        self.hash = contents.hash
        self.date = contents.date
        self._prices: dict[str, PriceText] = contents.prices
        self._files: dict[str, PartFile | None] = {}

    def part(self, part_id: str) -> PartInfo:
        """Return who makes a part and what it is called; BadInputError, naming the nearest id, when there is none."""
        info = self.parts.get(part_id)
        if info is None:
            message = f'There is no part "{part_id}" in the catalogue.'
            raise BadInputError(message, did_you_mean(part_id, tuple(self.parts)).strip())
        return info

    def price(self, part_id: str) -> Price | None:
        """Return a part's price with its date and origin, exact; None where the catalogue has none."""
        from decimal import Decimal  # noqa: PLC0415  # the first paint shows no exact price

        self.part(part_id)
        text = self._prices.get(part_id)
        if text is None:
            return None
        low, high = (Decimal(amount) if amount else None for amount in (text.low, text.high))
        return Price(
            Decimal(text.amount), text.currency, text.date, text.kind, low, high, text.source, text.where, text.note
        )

    def datum(self, part_id: str, field: str) -> Datum:
        """Return one value of one part with its origin, or why it is unknown.

        BadInputError when there is no such part or field.
        """
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
            if field.form != "slots"
        }
        said = {name: part.data[name].value if name in part.data else None for name in cells}
        return all(cell == said[name] if said[name] is not None else cell != cell for name, cell in cells.items())  # noqa: PLR0124  # NaN


def load_catalog(root: Path | None = None, *, cache: Path | Literal["user"] | None = "user") -> Catalog:
    """Load the catalogue from `root` (the program's own when None).

    `cache` is the folder of the cache file: the user's, another one, or None for no cache at all. Trouble in the files
    is in `complaints`; only a missing folder raises (MissingFileError).
    """
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
            return Catalog(root, contents)
    contents = read_contents(root, tuple(str(name) for name, _, _ in stamp))
    if file is not None:
        save_cache(file, stamp, contents)
    return Catalog(root, contents)


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
