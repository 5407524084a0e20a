"""Overrides as a file: exported from one library, looked through and applied in another, and taken back as one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

from steelyard.errors import BadInputError, SteelyardError
from steelyard.library.overrides import (
    Kept,
    Wish,
    checked,
    overrides,
    put,
    replaced_by,
    said_value,
    take_back,
    value_of,
)
from steelyard.project.atomic import write_atomically
from steelyard.project.file import content_of, strict_json
from steelyard.project.shape import Most, Text, plain, typed

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.catalog import Catalog
    from steelyard.library.library import Library

__all__ = [
    "APPLICABLE",
    "Change",
    "Patch",
    "PatchFile",
    "Previewed",
    "Reverted",
    "apply_patch",
    "export_patch",
    "preview_patch",
    "read_patch",
    "revert_patch",
]

PATCH_VERSION: Final = 1

_Name = Annotated[str, Text(300)]
_Words = Annotated[str, Text(2000)]

_NEW: Final = "new"
_SAME: Final = "same"
_REPLACES: Final = "replaces"
_CONFLICT: Final = "conflict"
_REFUSED: Final = "refused"

APPLICABLE: Final = (_NEW, _SAME, _REPLACES)
"""What can be applied without another word: nothing there, the same there already, another override there."""


class Change(NamedTuple):
    """A value in the place of the catalogue's, as people read it: with its unit, words with commas, yes or no.

    `was` is what the catalogue said when the patch was written ("" where it did not know).
    """

    part: _Name
    field: _Name
    value: _Words
    source: _Name
    where: _Words
    why: _Words
    set_at: _Name
    set_by: _Name
    was: _Words = ""


class Patch(NamedTuple):
    """What a patch says: when and by whom it was written, and the changes."""

    written_at: _Name
    written_by: _Name
    changes: Annotated[tuple[Change, ...], Most(10_000)]


class PatchFile(NamedTuple):
    """The file around a patch."""

    format: Literal["steelyard-patch"]
    schema_version: Literal[1]
    patch: Patch


class Previewed(NamedTuple):
    """What a change would do here: `state` is new, same, replaces, conflict or refused, and `says` why.

    `stands` is the value that stands now, with an override where there is one.
    """

    change: Change
    state: str
    stands: str
    says: str


class Reverted(NamedTuple):
    """The changes that were taken back, and those that no longer stand as the patch has them and were left alone."""

    undone: tuple[Change, ...]
    left: tuple[Change, ...]


def export_patch(library: Library, catalog: Catalog, path: Path) -> Patch:
    """Write all overrides in force to a file and return what it says. BadInputError when there are none."""
    kept = overrides(library)
    if not kept:
        raise BadInputError("There is no override that could be exported.", 'See "steelyard catalog override --help".')
    patch = Patch(library.now(), library.who, tuple(_change(catalog, each) for each in kept))
    file = PatchFile("steelyard-patch", PATCH_VERSION, patch)
    text = json.dumps(plain(file), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_atomically(path, text.encode())
    return patch


def read_patch(path: Path) -> Patch:
    """Read a patch. MissingFileError, DamagedFileError, or BadInputError that names the place in it."""
    raw = strict_json(content_of(path), str(path))
    if not isinstance(raw, dict) or raw.get("format") != "steelyard-patch":
        raise BadInputError(
            f'"{path}" is no patch of Steelyard.', 'One is written by "steelyard catalog patch export".'
        )
    version = raw.get("schema_version")
    if isinstance(version, int) and version > PATCH_VERSION:
        raise BadInputError(
            f'"{path}" was written by a newer Steelyard (schema {str(version)[:12]}; this one reads {PATCH_VERSION}).',
            "Apply it with the newer version.",
        )
    try:
        file: PatchFile = typed(PatchFile, raw)
    except BadInputError as trouble:
        raise BadInputError(
            f'"{path}" cannot be read: {trouble.message}', trouble.remedy or "Correct it in a text editor."
        ) from None
    cells = [(each.part, each.field) for each in file.patch.changes]
    twice = next((cell for cell in cells if cells.count(cell) > 1), None) if len(set(cells)) < len(cells) else None
    if twice is not None:
        raise BadInputError(f'"{path}" changes "{twice[1]}" of "{twice[0]}" twice.', "Keep one of the two.")
    return file.patch


def preview_patch(library: Library, catalog: Catalog, patch: Patch) -> tuple[Previewed, ...]:
    """Return what each change would do to this library over this catalogue; nothing is changed."""
    standing = {(each.part, each.field): each for each in overrides(library)}
    return tuple(_previewed(catalog, change, standing.get((change.part, change.field))) for change in patch.changes)


def apply_patch(library: Library, catalog: Catalog, patch: Patch, *, despite_conflicts: bool = False) -> int:
    """Apply all changes or none; return how many values are now others than before.

    BadInputError when one is refused, or when the catalogue says something else by now than when the patch was
    written, unless `despite_conflicts`.
    """
    lines = preview_patch(library, catalog, patch)
    allowed = (*APPLICABLE, _CONFLICT) if despite_conflicts else APPLICABLE
    refused = [line for line in lines if line.state not in allowed]
    if refused:
        first = refused[0]
        raise BadInputError(
            f"The patch is not applied: {len(refused)} of {len(lines)} changes cannot be made, the first to "
            f'"{first.change.field}" of "{first.change.part}": {first.says}',
            'See "steelyard catalog patch preview".',
        )
    wanted = [line.change for line in lines if line.state != _SAME]
    if wanted:
        detail = {"written_at": patch.written_at, "written_by": patch.written_by, "changes": plain(tuple(wanted))}
        with library.changing("patch applied", f"{len(wanted)} values", detail) as connection:
            for change in wanted:
                put(library, connection, checked(catalog, _wish(catalog, change)))
    return len(wanted)


def revert_patch(library: Library, catalog: Catalog, patch: Patch) -> Reverted:
    """Take back all changes of a patch that stand as it has them, in one step; what was changed since is left.

    Where the patch had put a value in the place of another override, that one stands again.
    """
    standing = {(each.part, each.field): each for each in overrides(library)}
    undone = [change for change in patch.changes if _stands(catalog, change, standing)]
    if not undone:
        raise BadInputError("Nothing of this patch stands in the library.", 'See "steelyard catalog patch preview".')
    with library.changing("patch reverted", f"{len(undone)} values", {"changes": plain(tuple(undone))}) as connection:
        for change in undone:
            kept = standing[change.part, change.field]
            take_back(library, connection, kept)
            before = replaced_by(connection, kept)
            if before is not None:
                put(library, connection, Wish(*before[1:7]))
    return Reverted(tuple(undone), tuple(change for change in patch.changes if change not in undone))


def _change(catalog: Catalog, kept: Kept) -> Change:
    unit, was = "", ""
    if kept.part in catalog.parts:
        field = catalog.schema[catalog.parts[kept.part].kind].fields.get(kept.field)
        unit = field.unit if field is not None and field.form == "number" else ""
        was = _said(catalog, kept.part, kept.field) if field is not None else ""
    value = said_value(kept.value, unit)
    return Change(
        kept.part, kept.field, value, kept.source, kept.where, kept.why, kept.set_at, kept.set_by, was
    )  # fmt: skip


def _said(catalog: Catalog, part: str, field: str) -> str:
    """Return what the catalogue itself says, as a patch writes it."""
    datum = catalog.stated(part, field)
    if datum.value is None:
        return ""
    number = catalog.schema[catalog.parts[part].kind].fields[field].form == "number"
    return said_value(datum.value, datum.unit) if number else datum.words


def _wish(catalog: Catalog, change: Change) -> Wish:
    info = catalog.part(change.part)
    catalog.stated(change.part, change.field)
    value: Any = value_of(catalog.schema[info.kind].fields[change.field], change.value)
    return Wish(change.part, change.field, value, change.source, change.where, change.why)


def _previewed(catalog: Catalog, change: Change, standing: Kept | None) -> Previewed:
    try:
        wish = checked(catalog, _wish(catalog, change))
    except SteelyardError as trouble:
        return Previewed(change, _REFUSED, "", str(trouble))
    stated = _said(catalog, change.part, change.field)
    if standing is not None and _agrees(standing, wish):
        return Previewed(change, _SAME, said_value(standing.value), "It stands here already.")
    if stated != change.was:
        says = f'The catalogue says "{stated or "unknown"}"; when the patch was written, "{change.was or "unknown"}".'
        return Previewed(change, _CONFLICT, stated, says)
    if standing is not None:
        says = f"{standing.set_by} put {said_value(standing.value)} there on {standing.set_at[:10]}."
        return Previewed(change, _REPLACES, said_value(standing.value), says)
    return Previewed(change, _NEW, stated, f"The catalogue says {stated or 'unknown'}.")


def _agrees(kept: Kept, wish: Wish) -> bool:
    return (kept.value, kept.source, kept.where, kept.why) == (wish.value, wish.source, wish.where, wish.why)


def _stands(catalog: Catalog, change: Change, standing: dict[tuple[str, str], Kept]) -> bool:
    kept = standing.get((change.part, change.field))
    if kept is None:
        return False
    try:
        return _agrees(kept, checked(catalog, _wish(catalog, change)))
    except SteelyardError:  # the catalogue has lost the part or the field since; the words still tell
        return (said_value(kept.value), kept.source, kept.why) == (change.value, change.source, change.why)
