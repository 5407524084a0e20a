"""The line of a JSON text in which a value stands, from the place that a message names, such as `variants[0].name`."""

from __future__ import annotations

import json
import re

__all__ = ["line_of"]

_SPACE = re.compile(r"[ \t\r\n]*")
_INDEX = re.compile(r"\[(\d+)\]")
_PLACE = re.compile(r'^At "([^"]+)"')
_FIELD = re.compile(r'there is no field "([^"]+)"')
_DECODER = json.JSONDecoder()


def line_of(text: str, message: str) -> int | None:
    """Return the line of what a message of `shape` is about, counted from 1; None where it names no place."""
    found = _PLACE.match(message)
    if found is None:
        return None
    unknown = _FIELD.search(message)
    place = f"{found[1]}.{unknown[1]}" if unknown else found[1]
    try:
        return text.count("\n", 0, _position(text, place)) + 1
    except (ValueError, IndexError, KeyError):
        return None


def _position(text: str, place: str) -> int:
    """Go down the text, one step of the place after another. KeyError where the text has no such step."""
    at = _after_space(text, 0)
    while place:
        index = _INDEX.match(place)
        if index:
            at, place = _item(text, at, int(index[1])), place[index.end() :]
        else:
            at, place = _field(text, at, place)
        place = place.removeprefix(".")
    return at


def _item(text: str, at: int, wanted: int) -> int:
    at = _after_space(text, at + 1)
    for _ in range(wanted):
        at = _after_value(text, at)
    return at


def _field(text: str, at: int, place: str) -> tuple[int, str]:
    """Return where the value of the field starts that the place begins with, and what is left of the place."""
    at = _after_space(text, at + 1)
    found: list[tuple[int, int]] = []
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        at = _after_space(text, _after_space(text, end) + 1)
        if re.match(rf"{re.escape(key)}($|[.\[])", place):
            found.append((len(key), at))
        at = _after_value(text, at)
    if not found:
        raise KeyError(place)
    length, start = max(found)
    return start, place[length:]


def _after_value(text: str, at: int) -> int:
    """Return where the next entry of a list or an object starts, or where it ends."""
    _, end = _DECODER.raw_decode(text, at)
    at = _after_space(text, end)
    return _after_space(text, at + 1) if text[at] == "," else at


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
