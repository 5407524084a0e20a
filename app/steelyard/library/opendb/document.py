"""One record's bytes as a JSON object, or the reason why it is none: nothing in a file may stop an import."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

LARGEST_RECORD: Final = 256 * 1024
"""Bytes; the largest record of OpenDB has 3,539."""

DEEPEST: Final = 16
"""Levels of nesting; OpenDB has four."""


class NotARecordError(Exception):
    """A file is no record; its text says why."""


def read_document(raw: bytes) -> dict[str, Any]:
    """Return the JSON object of a record; NotARecordError when it is damaged, ambiguous or built to do harm."""
    if len(raw) > LARGEST_RECORD:
        raise NotARecordError(f"it has {len(raw)} bytes, more than {LARGEST_RECORD}")
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_object)
    except NotARecordError:
        raise
    except UnicodeDecodeError:
        raise NotARecordError("it is not UTF-8") from None
    except RecursionError:
        raise NotARecordError("it is nested too deeply") from None
    except ValueError as trouble:
        raise NotARecordError(f"it is not JSON ({str(trouble)[:60]})") from None
    if not isinstance(document, dict):
        raise NotARecordError("it is JSON, but no object")
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(document) > DEEPEST:
        raise NotARecordError(f"it is nested more than {DEEPEST} levels deep")
    return document


def _refuse(constant: str) -> NoReturn:
    raise NotARecordError(f"it holds {constant}, which is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotARecordError("it says the same key twice")
    return made


def _depth(document: dict[str, Any]) -> int:
    """Return the levels of nesting, without recursion."""
    level: list[Any] = [document]
    depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            break
        inner: list[Any] = []
        for each in level:
            inner += [child for child in (each.values() if isinstance(each, dict) else each) if _nests(child)]
        level = inner
    return depth


def _nests(value: object) -> bool:
    return isinstance(value, (dict, list))
