"""The user's own parts: files in the format of the catalogue's, read by the same reader, kept in the library."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import delete, insert, select

from steelyard.catalog.complaint import Complaint
from steelyard.catalog.layers import IMPORTED, OWN
from steelyard.catalog.page import LARGEST_FILE, Page
from steelyard.catalog.part_file import read_part
from steelyard.errors import BadInputError, MissingFileError, did_you_mean
from steelyard.library.part_template import blank_part, free_id, like_part
from steelyard.library.tables import imported_part, own_part

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from steelyard.catalog import Catalog
    from steelyard.catalog.part import PartFile
    from steelyard.library.library import Library

__all__ = [
    "OwnPart",
    "ReadPart",
    "change_own_part",
    "document_of",
    "own_parts",
    "part_template",
    "read_own_part",
    "remove_own_part",
]

_DEPTH: Final = 3
"""kind/maker/model."""


class OwnPart(NamedTuple):
    """An own part as it is kept; `document` is the text of its file, `changed_at` in UTC."""

    part_id: str
    kind: str
    name: str
    manufacturer: str
    mpn: str
    document: str
    changed_at: str
    changed_by: str


class ReadPart(NamedTuple):
    """What a text says: a part, or every complaint about it with its line."""

    part: PartFile | None
    complaints: tuple[Complaint, ...]


def read_own_part(catalog: Catalog, text: str, name: str = "part.toml") -> ReadPart:
    """Read the text of an own part as strictly as a file of the catalogue; `name` is what complaints call it.

    The id must be free: parts of the catalogue and imported ones are adapted under another id.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_FILE:
        return ReadPart(None, (Complaint(name, 0, f"Larger than {LARGEST_FILE // 1024} kB.", "A part takes a few."),))
    complaints: list[Complaint] = []
    try:
        page = Page(_file_of(text), raw, complaints)
    except (ValueError, RecursionError) as trouble:
        why = "nested too deeply" if isinstance(trouble, RecursionError) else str(trouble)
        return ReadPart(None, (Complaint(name, 0, f"Not TOML: {why}.", "Mend it where it says."),))
    folder = page.file.split("/")[1]
    if folder not in catalog.schema:
        remedy = f'Write id = "kind/maker/model"; the kinds are {", ".join(catalog.schema)}.'
        page.complain(("id",), "The id names no kind of part.", remedy)
        return ReadPart(None, tuple(complaint._replace(file=name) for complaint in complaints))
    part = read_part(page, catalog.schema, catalog.sources)
    taken = "" if part is None else _taken(catalog, part.info.id)
    if part is not None and taken:
        free = free_id(part.info.id, catalog.parts)
        page.complain(("id",), taken, f'Take another one, such as "{free}"; for single values set an override instead.')
    named = tuple(sorted(complaint._replace(file=name) for complaint in complaints))
    return ReadPart(None if named else part, named)


def change_own_part(library: Library, catalog: Catalog, text: str, name: str = "part.toml") -> tuple[OwnPart, str]:
    """Keep an own part in the place of the one with its id; return it, and what was done: added, changed or nothing.

    BadInputError with the first complaint when the text has any; `read_own_part` gives all of them.
    """
    part, complaints = read_own_part(catalog, text, name)
    if part is None:
        more = f" There are {len(complaints)} complaints." if len(complaints) > 1 else ""
        raise BadInputError(f"The part is not kept. {complaints[0]}{more}")
    info = part.info
    found = OwnPart(info.id, info.kind, info.name, info.manufacturer, info.mpn, text, library.now(), library.who)
    with library.reading() as connection:
        before = _found(connection, info.id)
    if before is not None and before.document == text:
        return before, "nothing"
    done = "added" if before is None else "changed"
    detail: dict[str, object] = {"document": text}
    with library.changing(f"own part {done}", info.id, detail) as connection:
        before = _found(connection, info.id)
        detail |= {} if before is None else {"before": before.document}
        connection.execute(delete(own_part).where(own_part.c.part_id == info.id))
        connection.execute(insert(own_part).values(found._asdict()))
    return found, done


def own_parts(library: Library) -> tuple[OwnPart, ...]:
    """Return all own parts by id."""
    with library.reading() as connection:
        return tuple(OwnPart(*row) for row in connection.execute(select(own_part).order_by(own_part.c.part_id)))


def remove_own_part(library: Library, part_id: str) -> OwnPart:
    """Remove an own part and return it; the log keeps its text. MissingFileError when there is none."""
    detail: dict[str, object] = {}
    with library.changing("own part removed", part_id, detail) as connection:
        found = _found(connection, part_id)
        if found is None:
            known = [str(each) for each in connection.execute(select(own_part.c.part_id)).scalars()]
            hint = did_you_mean(part_id, known).strip() or 'See "steelyard catalog own list".'
            raise MissingFileError(f'There is no own part "{part_id[:80]}".', hint)
        detail["before"] = found.document
        connection.execute(delete(own_part).where(own_part.c.part_id == part_id))
    return found


def document_of(library: Library | None, catalog: Catalog, part_id: str) -> str:
    """Return the text of any part's file, of whatever layer; BadInputError when there is no such part.

    A part of the catalogue needs no library.
    """
    layer = catalog.part(part_id).layer
    kind, maker, model = part_id.split("/")
    if library is None or layer not in {OWN, IMPORTED}:
        return (catalog.root / "parts" / kind / f"{maker}-{model}.toml").read_text(encoding="utf-8")
    with library.reading() as connection:
        if layer == OWN:
            found = _found(connection, part_id)
            if found is not None:
                return found.document
        row = connection.execute(select(imported_part).where(imported_part.c.part_id == part_id)).first()
    if row is None:
        raise BadInputError(f'The part "{part_id}" is no longer in the library.', "Ask again.")
    from steelyard.library.opendb.part_text import part_text  # noqa: PLC0415  # only imported parts need it

    return part_text(row, catalog.schema)


def part_template(library: Library | None, catalog: Catalog, kind: str, like: str = "") -> str:
    """Return the text of a part's file to be adapted: blank, or filled as the part `like`, under an id that is free.

    BadInputError when there is no such kind or part, or when they disagree.
    """
    if not like:
        return blank_part(catalog, kind)
    if catalog.part(like).kind != kind:
        raise BadInputError(f'"{like}" is no part of the kind "{kind[:40]}".', f"Name a part of the kind {kind[:40]}.")
    return like_part(catalog, like, document_of(library, catalog, like))


def _found(connection: Connection, part_id: str) -> OwnPart | None:
    row = connection.execute(select(own_part).where(own_part.c.part_id == part_id)).first()
    return None if row is None else OwnPart(*row)


def _taken(catalog: Catalog, part_id: str) -> str:
    """Return why an id is not free for an own part; empty where it is."""
    info = catalog.parts.get(part_id)
    if info is None or info.layer == OWN:
        return ""
    return (
        f'The id "{part_id}" is that of {"an imported part" if info.layer == IMPORTED else "a part of the catalogue"}.'
    )


def _file_of(text: str) -> str:
    """Return where the part would lie among the catalogue's files: there its reader looks for its kind."""
    identity = tomllib.loads(text).get("id")
    parts = identity.split("/") if isinstance(identity, str) else []
    if len(parts) != _DEPTH:
        return f"parts/{parts[0] if parts else 'part'}/part.toml"
    kind, maker, model = parts
    return f"parts/{kind}/{maker}-{model}.toml"
