"""One file of OpenDB becomes one row of the library: read, put through the rules, mapped, held against our schema."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.library.opendb.document import NotARecordError, read_document
from steelyard.library.opendb.draft import Draft, Hit, said
from steelyard.library.opendb.families.common import COMMON_RULES
from steelyard.library.opendb.names import main_number, number_of, part_id, without_maker
from steelyard.library.opendb.registry import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.schema import Field, Kind
    from steelyard.library.opendb.families.family import Family

OURS: Final = "opendb"
"""The key of a record under which stands what is no field of the schema: order numbers, notes, what was removed."""

UNNAMED: Final = "unknown"
"""The maker of a record that names none."""

_MILD: Final = frozenset({"R7", "maker", "X2", "C5", "G1", "G2", "G3", "G4", "M4", "E7", "range"})
"""Rules that meet gaps and habits of the database rather than mistakes: they, and warnings, take no trust away."""

VERIFIED, SOUND, MENDED, NAME_ONLY = 3, 2, 1, 0
"""Trust in a record: verified by hand, no hard rule hit, mended or cut by one, known by name only."""


class Record(NamedTuple):
    """A row of `imported_part` as far as its own file decides it, and the hits of its file."""

    row: dict[str, Any]
    hits: tuple[Hit, ...]


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return sha256(raw).hexdigest()


def record_of(file: str, raw: bytes, schema: Mapping[str, Kind], this_year: int) -> Record:
    """Return what becomes of a file such as "open-db/PSU/<uuid>.json"; nothing that it holds raises."""
    family = FAMILIES[file.split("/")[-2]]
    try:
        document = read_document(raw)
    except NotARecordError as trouble:
        return refused(file, digest_of(raw), str(trouble))
    draft = Draft(family.folder, file, document, family.facts, this_year)
    for rule in (*COMMON_RULES, *family.rules):
        draft.apply(rule)
    values = _checked(schema[family.kind], family.values(draft), draft)
    numbers = draft.texts("mpns")
    name = draft.text("name") or f"without a name, {file.rpartition('/')[2][:60]}"
    maker = draft.text("maker") or UNNAMED
    beside: dict[str, Any] = {"notes": dict(sorted(draft.notes.items())), "numbers": numbers}
    if draft.text("verified"):
        beside["verified"] = draft.text("verified")
    if draft.is_quarantined:
        beside["refused"] = True
    row = _row(family, file, digest_of(raw), name, maker, numbers)
    row |= {"trust": _trust(draft, numbers), "state": "quarantined" if draft.is_quarantined else "taken"}
    return Record(row | {"record": as_text(values | {OURS: beside})}, tuple(draft.hits))


def refused(file: str, digest: str, why: str) -> Record:
    """Return the record of a file that cannot be read at all."""
    family = FAMILIES[file.split("/")[-2]]
    row = _row(family, file, digest, f"unreadable, {file.rpartition('/')[2][:60]}", UNNAMED, [])
    row |= {"trust": NAME_ONLY, "state": "quarantined", "record": as_text({OURS: {"refused": True}})}
    return Record(row, (Hit("file", "quarantined", "", why, ""),))


def as_text(record: Mapping[str, Any]) -> str:
    """Return a record as canonical JSON, so that equal records are equal texts."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _row(family: Family, file: str, digest: str, name: str, maker: str, numbers: list[str]) -> dict[str, Any]:
    mpn = main_number(numbers, name)
    return {
        "part_id": part_id(family.kind, maker, name, file),
        "file": file,
        "digest": digest,
        "kind": family.kind,
        "name": without_maker(name, maker),
        "manufacturer": maker,
        "mpn": mpn,
        "number": number_of(mpn),
    }


def _trust(draft: Draft, numbers: list[str]) -> int:
    if draft.is_quarantined or not numbers:
        return NAME_ONLY
    if draft.text("verified"):
        return VERIFIED
    mended = any(hit.action != "warned" and hit.rule not in _MILD for hit in draft.hits)
    return MENDED if mended else SOUND


def _checked(kind: Kind, values: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return the values that our schema takes; each other one is a hit of the rule "range"."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if value is None:
            continue
        field = kind.fields[name]
        taken = _taken(field, value)
        if taken is not None:
            kept[name] = taken
        if taken is None or (isinstance(value, list) and len(taken) < len(set(value))):
            draft.hits.append(Hit("range", "nulled", name, said(value), said(taken)))
            draft.notes.setdefault(name, _why(field, value))
    return kept


def _taken(field: Field, value: Any) -> Any:  # noqa: ANN401  # a value of any form
    match field.form:
        case "number":
            return value if field.low <= value <= field.high else None
        case "category":
            return value if value in field.categories else None
        case "categories":
            return [word for word in dict.fromkeys(value) if word in field.categories] or None
    return value


def _why(field: Field, value: object) -> str:
    if field.form == "number":
        unit = f" {field.unit}".replace(" ×", "")
        return f"OpenDB says {said(value)}{unit}; plausible are {field.low:g} to {field.high:g}{unit}"
    return f'OpenDB says "{said(value)}", which this catalogue does not know'
