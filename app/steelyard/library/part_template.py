"""A part's file to begin with: empty but for the fields and what they take, or filled as a part that is like it."""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from steelyard.catalog.sources import OWN_SOURCES
from steelyard.errors import BadInputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.catalog import Catalog, Field, Kind

__all__ = ["blank_part", "free_id", "like_part", "quoted"]

_REMARK: Final = (
    "# An own part. Each value names its source: one of the bibliography, or of your own",
    f"# {', '.join(OWN_SOURCES)}; `where` says where in it, or how it was measured.",
    '# What you do not know is { unknown = "why" }, never zero.',
)

_WIDEST: Final = 116
"""Letters of a comment's line."""

_IDENTITY: Final = re.compile(r"\s*id\s*=")
_NOTE: Final = re.compile(r"\s*note\s*=")
_NUMBER: Final = re.compile(r"\s*mpn\s*=")

_DELETE: Final = "\x7f"


def blank_part(catalog: Catalog, kind: str) -> str:
    """Return the text of a part's file in which nothing is known yet, in the format of the catalogue's own files.

    Every required field stands as unknown, every other one as a comment with an example. BadInputError when there is
    no such kind.
    """
    if kind not in catalog.schema:
        hint = did_you_mean(kind, tuple(catalog.schema)).strip() or f"Kinds: {', '.join(catalog.schema)}."
        raise BadInputError(f'There is no kind of part "{kind[:40]}".', hint)
    head = [f'id = "{kind}/maker/model"', 'name = "Model"', 'manufacturer = "Maker"', 'mpn = ""', 'status = "active"']
    return "\n".join([*_REMARK, *head, *_blank(catalog.schema[kind]), ""])


def like_part(catalog: Catalog, part_id: str, document: str) -> str:
    """Return the text of a part's file under an id that is free, to be adapted; `document` is the text of the part.

    It has no order number: that is the other part's, and what is quoted for the number would mean both.
    """
    lines = document.splitlines()
    above = list(takewhile(lambda line: not line.startswith("["), lines))
    lines = [line for line in above if not _IDENTITY.match(line) and not _NUMBER.match(line)] + lines[len(above) :]
    head = [f"id = {quoted(free_id(part_id, catalog.parts))}", 'mpn = ""']
    if not any(_NOTE.match(line) for line in above):
        head.append(f"note = {quoted(f'adapted from {part_id}')}")
    return "\n".join([*_REMARK, *head, *lines, ""])


def free_id(part_id: str, taken: Mapping[str, object]) -> str:
    """Return an id for a part that is like another one, one that no part has."""
    number = 1
    while (found := f"{part_id}-own{'' if number == 1 else f'-{number}'}") in taken:
        number += 1
    return found


def quoted(text: str) -> str:
    """Return a text as TOML writes it on one line."""
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")


def _blank(kind: Kind) -> Iterable[str]:
    yield from ("", "[specs]")
    for name, field in kind.fields.items():
        yield from _commented(f"{field.label}: {field.description} {_takes(field)}")
        if field.required:
            yield f'{name} = {{ unknown = "not filled in yet" }}'
        else:
            yield f"# {name} = {{ {_example(field)}, source = {quoted(OWN_SOURCES[1])}, where = {quoted('p. 1')} }}"
    yield from ("", "# [price]", '# value = "1299.00"', '# currency = "USD"', '# date = "2026-11-21"')
    yield from ('# kind = "quote"', f"# source = {quoted(OWN_SOURCES[2])}", '# where = "who quoted it"', "")


def _takes(field: Field) -> str:
    match field.form:
        case "number":
            return f"From {field.low:g} to {field.high:g}{f' {field.unit}' if field.unit != '×' else ''}."
        case "category":
            return f"One of {', '.join(field.categories)}."
        case "categories":
            return f"Some of {', '.join(field.categories)}."
        case "flag":
            return "true or false."
        case _:
            return ""


def _example(field: Field) -> str:
    match field.form:
        case "number":
            return f"value = {_number(field.low)}{_unit(field)}"
        case "category":
            return f"value = {quoted(field.categories[0])}"
        case "categories":
            return f"value = [{quoted(field.categories[0])}]"
        case "flag":
            return "value = true"
        case "slots":
            return "value = [{ position = 1, lanes = 16, generation = 5 }]"
        case _:
            return 'value = "..."'


def _number(value: float) -> str:
    return repr(int(value)) if value.is_integer() else repr(value)


def _unit(field: Field) -> str:
    return f", unit = {quoted(field.unit)}" if field.form == "number" and field.unit != "×" else ""


def _commented(text: str) -> list[str]:
    lines, line = [], "#"
    for word in text.split():
        if len(line) + len(word) >= _WIDEST:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]
