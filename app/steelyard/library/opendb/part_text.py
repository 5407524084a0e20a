"""An imported part as TOML in the very format of components_db/parts: the one way by which it enters a build."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from steelyard.catalog.part_file import LONGEST
from steelyard.library.opendb.attribution import SOURCE
from steelyard.library.opendb.record import OURS, SOUND
from steelyard.library.opendb.registry import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Row

    from steelyard.catalog.schema import Field, Kind

MISSING: Final = "not in BuildCores OpenDB"
"""Why a field has no value."""

_LOW_TIER: Final = "recalled"
_BY_KIND: Final = {family.kind: family for family in FAMILIES.values()}


def part_text(row: Row[Any] | Mapping[str, Any], schema: Mapping[str, Kind] | None = None) -> str:
    """Return the TOML of a row of `imported_part`.

    A value of a record in which there is little trust is of a lower tier than the database, one that follows from a
    name is derived. `schema` is the shipped one when None.
    """
    part = dict(row) if not hasattr(row, "_mapping") else dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's own name
    kind = (schema or _shipped_schema())[part["kind"]]
    record = json.loads(part["record"]) if isinstance(part["record"], str) else dict(part["record"])
    beside = record.get(OURS, {})
    lines = [f"{key} = {_text(_cut(part[column], LONGEST[key]))}" for key, column in _HEAD]
    lines += [f"note = {_text(_note(part, beside))}", "", "[specs]"]
    place = _place(part["file"])
    for field in kind.fields.values():
        note = beside.get("notes", {}).get(field.name, "")
        if field.name in record:
            tier = _LOW_TIER if part["trust"] < SOUND else ""
            tier = "derived" if field.name in _BY_KIND[kind.name].derived else tier
            lines.append(f"{field.name} = {_datum(field, record[field.name], place, tier, note)}")
        elif field.required or note:
            lines.append(f"{field.name} = {{ unknown = {_text(_why(note))} }}")
    return "\n".join(lines) + "\n"


_HEAD: Final = (("id", "part_id"), ("name", "name"), ("manufacturer", "manufacturer"), ("mpn", "mpn"))


def _cut(text: str, most: int) -> str:
    """A name that is longer than a part's may be, as far as it may be; the record keeps it whole."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _datum(field: Field, value: object, place: str, tier: str, note: str) -> str:
    said = f"value = {_value(value)}"
    if field.form == "number":
        said += f", unit = {_text(field.unit)}"
    said += f", source = {_text(SOURCE)}, where = {_text(place)}"
    if tier:
        said += f", tier = {_text(tier)}"
    if note:
        said += f", note = {_text(note)}"
    return f"{{ {said} }}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(_text(str(word)) for word in value)}]"
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(text: str) -> str:
    """Write a text for TOML; the names of records were cleaned of control characters when they were read."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _place(file: str) -> str:
    family, _, name = file.removeprefix("open-db/").partition("/")
    return f"{family}/{name.removesuffix('.json')}"[:120]


def _note(part: Mapping[str, Any], beside: Mapping[str, Any]) -> str:
    said = ["Imported from BuildCores OpenDB; its values were put through quarantine rules and some were changed."]
    if not part["mpn"]:
        said.append("Known by its name only.")
    if beside.get("verified"):
        said.append(f"Verified by hand there on {str(beside['verified'])[:10]}.")
    return " ".join(said)


def _why(note: str) -> str:
    return note or MISSING


@cache
def _shipped_schema() -> Mapping[str, Kind]:
    from steelyard.catalog.load import load_catalog  # noqa: PLC0415  # the callers that matter give theirs

    return load_catalog().schema
