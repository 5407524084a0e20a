"""JSON Schema (draft 2020-12) of a project file and of what `evaluate` prints: made from the types."""

# ruff: noqa: ANN401 - a shape is any type, and what has that shape is any value

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Final, Literal, Union, get_args, get_origin

from steelyard.project.contract import Evaluated
from steelyard.project.file import ProjectFile
from steelyard.project.shape import Bounds, LeftOut, Most, Text, fields_of, taken_apart

__all__ = ["evaluate_schema", "project_schema", "schema_of"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: Final = {str: "string", float: "number", int: "integer", bool: "boolean"}


def project_schema() -> dict[str, Any]:
    """Return the schema of a project file."""
    return schema_of(ProjectFile, "Steelyard project", strict=True)


def evaluate_schema() -> dict[str, Any]:
    """Return the schema of `evaluate FILE --json`."""
    return schema_of(Evaluated, "Steelyard evaluation", strict=False)


def schema_of(kind: Any, title: str, *, strict: bool) -> dict[str, Any]:
    """Return the schema of a shape. strict: no other fields are allowed, and a field with a default may be missing.

    What we write is not strict: every field is there, and later versions may add some.
    """
    known: dict[str, Any] = {}
    top = _described(kind, known, strict=strict)
    return {"$schema": _DRAFT, "title": title, **top, "$defs": dict(sorted(known.items()))}


def _described(kind: Any, known: dict[str, Any], *, strict: bool) -> dict[str, Any]:
    bare, limits, optional = taken_apart(kind)
    described = _bare(bare, known, strict=strict)
    for limit in limits:
        described |= _limited(limit, described)
    if not optional or LeftOut() in limits:
        return described
    if isinstance(described.get("type"), str):
        return {**described, "type": [described["type"], "null"]}
    either = described.get("anyOf", [described])
    return {"anyOf": [*either, {"type": "null"}]}


def _bare(bare: Any, known: dict[str, Any], *, strict: bool) -> dict[str, Any]:
    if hasattr(bare, "plain_shape"):
        return _described(bare.plain_shape(), known, strict=strict)
    origin = get_origin(bare) or bare
    if origin in _SIMPLE:
        return {"type": _SIMPLE[origin]}
    if origin in {Union, Literal}:
        choices = get_args(bare)
        either = [_described(each, known, strict=strict) for each in choices] if origin is Union else []
        return {"anyOf": either} if either else {"enum": list(choices)}
    if origin is tuple:
        return {"type": "array", "items": _described(get_args(bare)[0], known, strict=strict)}
    if origin is Mapping:
        name, each = get_args(bare)
        names = _described(name, known, strict=strict)
        entries = {"type": "object", "additionalProperties": _described(each, known, strict=strict)}
        return entries if names == {"type": "string"} else {**entries, "propertyNames": names}
    if bare.__name__ not in known:
        known[bare.__name__] = {}  # stands while the fields are described, so that a circle would end
        known[bare.__name__] = _record(bare, known, strict=strict)
    return {"$ref": f"#/$defs/{bare.__name__}"}


def _record(kind: Any, known: dict[str, Any], *, strict: bool) -> dict[str, Any]:
    fields = {name: _described(each, known, strict=strict) for name, each in fields_of(kind).items()}
    defaults = kind._field_defaults
    left_out = {name for name, each in fields_of(kind).items() if LeftOut() in taken_apart(each).limits}
    may_lack = set(defaults) if strict else left_out
    for name, default in defaults.items():
        if strict and isinstance(default, str | int | float) and "$ref" not in fields[name]:
            fields[name] = {**fields[name], "default": default}
    record = {
        "type": "object",
        "description": " ".join((inspect.getdoc(kind) or "").split()),
        "properties": fields,
        "required": [name for name in fields if name not in may_lack],
    }
    return {**record, "additionalProperties": False} if strict else record


def _limited(limit: object, described: dict[str, Any]) -> dict[str, Any]:
    if isinstance(limit, Most):
        return {"maxItems" if described["type"] == "array" else "maxProperties": limit.count}
    if isinstance(limit, Bounds):
        return {"minimum": limit.low, "maximum": limit.high}
    if isinstance(limit, Text):
        pattern = {"pattern": f"^{limit.pattern}$", "description": limit.says} if limit.pattern else {}
        return {"maxLength": limit.longest, **pattern}
    return {}
