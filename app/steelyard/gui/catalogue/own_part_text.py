"""The text of an own part's file, made from what stands in a form, and the form's entries from a text.

Every field stands on one line, so that a complaint with a line belongs to a field.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from steelyard.catalog import Field, Kind

PRICE = "price"
LONGEST_WORD = 48
"""Letters of the maker's and of the name's piece of an id that is made: an id has at most 120."""

DELETE = "\x7f"
TEXTS = ("name", "manufacturer", "mpn")


class Said(NamedTuple):
    """One value as the form has it: its text (empty: unknown), source, and the place in the source or why unknown."""

    text: str = ""
    source: str = ""
    where: str = ""


class Form(NamedTuple):
    """All that stands in the form of an own part. `rest` are lines that the form does not show, such as slots.

    `price` are the entries of the price by name, none where the part has no price.
    """

    part_id: str
    texts: Mapping[str, str]
    status: str
    note: str
    values: Mapping[str, Said]
    rest: Mapping[str, str]
    price: Mapping[str, str]


class Written(NamedTuple):
    """The text of a part's file, and which field stands on which line (from 1)."""

    text: str
    lines: Mapping[int, str]


def written(kind: Kind, form: Form) -> Written:
    """The text of the file that says what the form says. Values that are no such numbers stand as they were typed."""
    text = [f"id = {quoted(form.part_id)}"]
    lines = {1: "id"}
    for name, value in {**form.texts, "status": form.status, "note": form.note}.items():
        text.append(f"{name} = {quoted(value)}")
        lines[len(text)] = name
    text.append("[specs]")
    for name, field in kind.fields.items():
        line = form.rest.get(name) or _line(field, form.values.get(name, Said()))
        if line:
            text.append(f"{name} = {line}")
            lines[len(text)] = name
    for line in ("[price]", *(f"{name} = {quoted(value)}" for name, value in form.price.items())) if form.price else ():
        text.append(line)
        lines[len(text)] = PRICE
    return Written("\n".join([*text, ""]), lines)


def form_of(kind: Kind, text: str) -> Form:
    """The form that says what a part's file says; TOML that cannot be read raises ValueError."""
    page = tomllib.loads(text)
    specs = page.get("specs", {})
    values, rest = {}, {}
    for name, field in kind.fields.items():
        entry = specs.get(name)
        if not isinstance(entry, dict):
            continue
        if field.form == "slots":
            rest[name] = _inline(entry)
        elif "value" in entry:
            values[name] = Said(_typed(entry["value"]), str(entry.get("source", "")), str(entry.get("where", "")))
        else:
            values[name] = Said(where=str(entry.get("unknown", "")))
    texts = {name: str(page.get(name, "")) for name in TEXTS}
    entry = page.get(PRICE, {})
    price = {name: str(value) for name, value in entry.items()} if isinstance(entry, dict) else {}
    status, note = str(page.get("status", "active")), str(page.get("note", ""))
    return Form(str(page.get("id", "")), texts, status, note, values, rest, price)


def id_of(kind: str, manufacturer: str, name: str, taken: Container[str] = ()) -> str:
    """An id that no part has, made of the kind, the maker and the name, in small letters, digits and dashes.

    What has no letter of these stands as a word with a number.
    """
    model = _slug(name)
    base = f"{kind}/{_slug(manufacturer) or 'own'}/{model or 'part'}"
    if model and base not in taken:
        return base
    number = 2 if model else 1
    while (found := f"{base}-{number}") in taken:
        number += 1
    return found


def makes_id(name: str) -> bool:
    """Whether a name has letters or digits that an id can have."""
    return bool(_slug(name))


def quoted(text: str) -> str:
    """A text as TOML writes it on one line."""
    return json.dumps(text, ensure_ascii=False).replace(DELETE, "\\u007f")


def _line(field: Field, said: Said) -> str:
    if not said.text:
        if not (field.required or said.where):
            return ""
        return f"{{ unknown = {quoted(said.where or 'not filled in')} }}"
    unit = f", unit = {quoted(field.unit)}" if field.form == "number" and field.unit != "×" else ""
    where = f", where = {quoted(said.where)}" if said.where else ""
    return f"{{ value = {_value(field, said.text)}{unit}, source = {quoted(said.source)}{where} }}"


def _value(field: Field, text: str) -> str:
    from steelyard.library.overrides import value_of

    if field.form == "number":
        try:
            return repr(value_of(field, text))
        except SteelyardError:
            return quoted(text)  # the reader says what is wrong with it
    if field.form == "flag":
        return {"yes": "true", "no": "false"}.get(text.casefold(), quoted(text))
    if field.form == "categories":
        return f"[{', '.join(quoted(word.strip()) for word in text.split(',') if word.strip())}]"
    return quoted(text)


def _typed(value: Any) -> str:  # noqa: ANN401  # whatever TOML holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _inline(value: Any) -> str:  # noqa: ANN401  # whatever TOML holds
    """A value of TOML on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_inline(each)}' for name, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else repr(value)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_WORD].strip("-")
