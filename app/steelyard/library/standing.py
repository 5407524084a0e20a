"""The catalogue as it stands for this user: the one that was applied, or the program's own, and the library over it.

Every start asks for it, and most find that nothing changed: then a plain JSON file beside the catalogue's cache says
what the library holds, and neither SQLite nor SQLAlchemy is needed.
"""

from __future__ import annotations

from binascii import crc32
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard import __version__
from steelyard.catalog.complaint import Complaint
from steelyard.catalog.kept import keep, kept
from steelyard.catalog.layers import Layers, Override
from steelyard.catalog.load import load_catalog
from steelyard.catalog.part import Datum, PartFile, PartInfo, PriceText, Slot
from steelyard.catalog.prices import Book, Line
from steelyard.errors import MissingFileError
from steelyard.library.location import library_file, stamp_of

if TYPE_CHECKING:
    from typing import Literal

    from steelyard.catalog.contents import Contents
    from steelyard.catalog.load import Catalog

_FORMAT: Final = 1
"""Raise it with every change of what is stored."""

LIBRARY: Final = "library"
"""Where a complaint is, in the place of a file, about the catalogue that a library stands on."""

_INSTEAD: Final = "the program's own because the signed one"
"""How the signature of a catalogue begins that stands in for an applied one that cannot serve."""


class Base(NamedTuple):
    """The catalogue that a library stands on: its folder (empty: the program's own), its hash, who signed it."""

    folder: str
    hash: str
    signature: str


class _Known(NamedTuple):
    """What the library said when it was last read: its base, and the layers over the catalogue of that hash."""

    base: Base
    hash: str
    layers: Layers


class _AlteredError(Exception):
    """The files of an applied catalogue are not those that were signed."""


def standing_catalog(
    library: Path | None = None, *, cache: Path | Literal["user"] | None = "user", shipped: Path | None = None
) -> Catalog:
    """Return the catalogue with all that the library lays over it; without a library that is the program's own.

    `cache` is as in `load_catalog`; `shipped` another folder than the program's own. An applied catalogue that is gone
    or altered is a complaint, and the program's own stands in: its signature says so wherever it is shown. A library
    that does not open raises as `open_library` does; what is wrong with a single part or value in it is among the
    complaints.
    """
    place = library_file() if library is None else library
    stamp = stamp_of(place)
    if stamp is None:
        return load_catalog(shipped, cache=cache)
    shelf = _Shelf(place, stamp, _cache_file(place, cache))
    if shelf.base.folder:
        try:
            found = load_catalog(Path(shelf.base.folder), cache=cache, layers=shelf.over_the_applied)
            why = shelf.why_unusable(cache)
            if not why:
                return found
            shelf.do_without("cannot be used", f": {why}")
        except MissingFileError:
            shelf.do_without("is gone")
        except _AlteredError:
            shelf.do_without("was altered")
    return load_catalog(shipped, cache=cache, layers=shelf.layers)


class _Shelf:
    """Gives the layers, from what was kept where that is still right."""

    def __init__(self, place: Path, stamp: list[object], file: Path | None) -> None:
        self._place = place
        self._file = file
        self._known = None if file is None else _kept(file, stamp)
        self.base = self._known.base if self._known is not None else self._read_base()
        self._trouble = ""
        self._signature = self.base.signature

    def do_without(self, what: str, why: str = "") -> None:
        """Note what is the matter with the applied catalogue: the program's own stands in, and every sheet says so."""
        self._trouble = f'The applied catalogue in "{self.base.folder}" {what}{why}; the program\'s own stands in.'
        self._signature = f"{_INSTEAD} {what}"

    def over_the_applied(self, contents: Contents) -> Layers:
        """Return the layers over the applied catalogue; _AlteredError unless it is to the byte what was applied."""
        if contents.hash != self.base.hash:
            raise _AlteredError
        return self.layers(contents)

    def why_unusable(self, cache: Path | Literal["user"] | None) -> str:
        """Return why this version of the program cannot use the applied files; asked whenever anything changed."""
        if self._known is not None and self._known.hash == self.base.hash:
            return ""
        from steelyard.library.bundle.laying import why_unusable  # noqa: PLC0415

        return why_unusable(load_catalog(Path(self.base.folder), cache=cache))

    def layers(self, contents: Contents) -> Layers:
        """Return the layers over any catalogue."""
        if self._known is not None and self._known.hash == contents.hash:
            found = self._known.layers
        else:
            from steelyard.library.reading import layers_of  # noqa: PLC0415  # only a change needs SQLAlchemy

            found = layers_of(self._place, contents)
            stamp = stamp_of(self._place)  # opening may have put a journal right
            if self._file is not None and stamp is not None:
                known = _Known(self.base, contents.hash, found)
                keep(self._file, {"format": [_FORMAT, __version__], "stamp": stamp, **known._asdict()})
        found = found._replace(signature=self._signature) if self.base.folder else found
        if not self._trouble:
            return found
        remedy = 'Apply it again, or go back with "steelyard catalog bundle rollback".'
        return found._replace(complaints=(Complaint(LIBRARY, 0, self._trouble, remedy), *found.complaints))

    def _read_base(self) -> Base:
        from steelyard.library.reading import base_of  # noqa: PLC0415

        return base_of(self._place)


def _cache_file(place: Path, cache: Path | Literal["user"] | None) -> Path | None:
    if cache is None:
        return None
    if cache == "user":
        from steelyard.places import user_cache  # noqa: PLC0415

        cache = user_cache()
    return Path(cache) / f"library-{crc32(str(place).encode()):08x}.json"


def _kept(file: Path, stamp: list[object]) -> _Known | None:
    document = kept(file)
    try:
        if document["format"] != [_FORMAT, __version__] or document["stamp"] != stamp:
            return None
        return _Known(Base(*document["base"]), document["hash"], _layers(document["layers"]))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _layers(row: list[Any]) -> Layers:
    parts, layer_of, overrides, book, complaints, signature, digest = row
    return Layers(
        tuple(_part(each) for each in parts),
        layer_of,
        tuple(Override(*each) for each in overrides),
        None if book is None else _book(book),
        tuple(Complaint(*each) for each in complaints),
        signature,
        digest,
    )


def _book(row: list[Any]) -> Book:
    book = Book(*row)
    return book._replace(lines={part: tuple(Line(*line) for line in lines) for part, lines in book.lines.items()})


def _part(row: list[Any]) -> PartFile:
    info, data, slots, price = row
    return PartFile(
        PartInfo(*info),
        {name: Datum(*datum) for name, datum in data.items()},
        None if slots is None else tuple(Slot(*slot) for slot in slots),
        None if price is None else PriceText(*price),
    )
