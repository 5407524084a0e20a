"""JSON Schema (draft 2020-12) of a part's file, its TOML read as JSON: made from the kinds that the catalogue knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from steelyard.catalog.part import PRICE_KINDS, STATUSES
from steelyard.catalog.part_file import INVISIBLE, LONGEST
from steelyard.catalog.schema import LONGEST_TEXT
from steelyard.catalog.sources import TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.schema import Field, Kind

__all__ = ["part_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_NO_UNIT: Final = "×"
_WORD: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_DATE: Final = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

_TEXT: Final = {"type": "string"}
_FULL_TEXT: Final = {"type": "string", "pattern": r"\S"}
_SAYABLE: Final = {"type": "string", "pattern": rf"^(?=.*\S)[^{INVISIBLE}]+$"}


def part_schema(kinds: Mapping[str, Kind], kind: str = "") -> dict[str, Any]:
    """Return the schema of the files of one kind of part, or of all of them with one alternative for each kind.

    What the program asks beyond it: that sources stand in sources.toml, that the file is named after the id, that a
    price lies between its low and its high, and that slots are listed from the top.
    """
    shared = {"price": _price(), "slot": _slot()}
    if kind:
        return {"$schema": _DRAFT, **_part(kinds[kind]), "$defs": shared}
    return {
        "$schema": _DRAFT,
        "title": "Steelyard part",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in kinds],
        "$defs": {**shared, **{name: _part(each) for name, each in kinds.items()}},
    }


def _part(kind: Kind) -> dict[str, Any]:
    specs = {name: _spec(field) for name, field in kind.fields.items()}
    return {
        "type": "object",
        "title": kind.label,
        "description": kind.description,
        "properties": {
            "id": {"type": "string", "pattern": f"^{kind.name}/{_WORD}/{_WORD}$", "maxLength": LONGEST["id"]},
            "name": {**_SAYABLE, "maxLength": LONGEST["name"]},
            "manufacturer": {**_SAYABLE, "maxLength": LONGEST["manufacturer"]},
            "mpn": {
                "type": "string",
                "pattern": f"^[^{INVISIBLE}]*$",
                "maxLength": LONGEST["mpn"],
                "description": "The maker's part number, as orders write it.",
            },
            "note": _TEXT,
            "status": {"enum": list(STATUSES)},
            "specs": {
                "type": "object",
                "properties": specs,
                "required": [name for name, field in kind.fields.items() if field.required],
                "additionalProperties": False,
            },
            "price": {"$ref": "#/$defs/price"},
        },
        "required": ["id", "name", "manufacturer", "specs"],
        "additionalProperties": False,
    }


def _spec(field: Field) -> dict[str, Any]:
    """Describe a value with its source, or the reason why there is none."""
    known = {
        "properties": {
            "value": _value(field),
            "unit": _unit(field),
            "source": {**_FULL_TEXT, "description": "An id of sources.toml."},
            "where": {**_TEXT, "description": "Where in the source: page, table, line."},
            "tier": {"enum": list(TIERS)},
            "note": _TEXT,
        },
        "required": ["value", "source", *(["unit"] if _has_unit(field) else [])],
        "additionalProperties": False,
    }
    unknown = {
        "properties": {"unknown": _FULL_TEXT, "where": _TEXT, "note": _TEXT},
        "required": ["unknown"],
        "additionalProperties": False,
    }
    return {"type": "object", "title": field.label, "description": _wording(field), "oneOf": [known, unknown]}


def _value(field: Field) -> dict[str, Any]:
    words = {"enum": list(field.categories)}
    values: dict[str, dict[str, Any]] = {
        "number": {"type": "number", "minimum": field.low, "maximum": field.high},
        "category": words,
        "categories": {"anyOf": [words, {"type": "array", "items": words}]},
        "flag": {"type": "boolean"},
        "slots": {"type": "array", "items": {"$ref": "#/$defs/slot"}},
        "text": {"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT},
    }
    return values[field.form]


def _has_unit(field: Field) -> bool:
    return field.form == "number" and field.unit != _NO_UNIT


def _unit(field: Field) -> Any:  # noqa: ANN401  # a schema, or false where no unit may stand
    return {"const": field.unit} if field.form == "number" else False


def _wording(field: Field) -> str:
    if field.form != "number":
        return field.description
    unit = f" {field.unit}" if _has_unit(field) else ""
    return f"{field.description} Plausible from {field.low:g} to {field.high:g}{unit}."


def _slot() -> dict[str, Any]:
    def whole(high: int, description: str) -> dict[str, Any]:
        return {"type": "number", "minimum": 1, "maximum": high, "description": description}

    return {
        "type": "object",
        "properties": {
            "position": whole(16, "Its place, counted from the top of the case."),
            "lanes": whole(16, "Its PCIe lanes."),
            "generation": whole(7, "Their PCIe generation."),
            "mechanical": {"description": "Its length, by lanes."},
            "via": {"description": "What its lanes come from."},
        },
        "required": ["position", "lanes", "generation"],
        "additionalProperties": False,
    }


def _price() -> dict[str, Any]:
    amount = {"type": "string", "pattern": r"^\d{1,9}(\.\d{1,3})?$"}
    return {
        "type": "object",
        "properties": {
            **dict.fromkeys(("value", "low", "high"), amount),
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "date": {"type": "string", "pattern": _DATE},
            "kind": {"enum": list(PRICE_KINDS)},
            "source": {**_FULL_TEXT, "description": "An id of sources.toml."},
            "where": _TEXT,
            "note": _TEXT,
        },
        "required": ["value", "currency", "date", "kind", "source"],
        "additionalProperties": False,
        "if": {"properties": {"kind": {"const": "estimate"}}},
        "then": {"required": ["low", "high"]},
    }
