"""What a kind of part may say of itself: its fields, with unit, plausible range, and what an empty role holds."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from steelyard.catalog.page import Page

FORMS: Final = ("number", "category", "categories", "flag", "slots", "text")
"""A number with a unit; one word; a set of words; yes or no; the list of a board's expansion slots; words to read."""

LONGEST_TEXT: Final = 400
"""Letters of a text field: a line or two of a data sheet, not a page."""

_UNIT_OF_FORM: Final = {
    "category": "kind",
    "categories": "kinds",
    "flag": "present",
    "slots": "present",
    "text": "present",
}
_KEYS: Final = ("label", "form", "unit", "range", "categories", "required", "absent", "description")


class Field(NamedTuple):
    """One field of a kind of part.

    `low` and `high` bound what is plausible, in `unit`; `absent` is what the `none` row holds, 0 or inf;
    the code of a category is its place in `categories`.
    """

    name: str
    label: str
    form: str
    unit: str
    low: float
    high: float
    required: bool
    absent: float
    description: str
    categories: tuple[str, ...]


class Kind(NamedTuple):
    """A kind of part and its fields by name, in the order of the schema's file."""

    name: str
    label: str
    description: str
    fields: dict[str, Field]


def read_kind(page: Page) -> Kind | None:
    """Read one file of `components_db/schema`; None when it is not usable."""
    before = len(page.complaints)
    page.only(page.data, (), ("kind", "label", "description", "fields"))
    name = page.text(page.data, (), "kind", required=True)
    if f"schema/{name}.toml" != page.file:
        page.complain(("kind",), f'The file names the kind "{name}".', "Give file and kind the same name.")
    label = page.text(page.data, (), "label", required=True)
    description = page.text(page.data, (), "description", required=True)
    entries = page.table(page.data, (), "fields")
    fields = {key: _read_field(page, key, page.table(entries, ("fields",), key)) for key in entries}
    return Kind(name, label, description, fields) if len(page.complaints) == before else None


def _read_field(page: Page, name: str, entry: dict[str, object]) -> Field:
    keys = ("fields", name)
    page.only(entry, keys, _KEYS)
    label = page.text(entry, keys, "label", required=True)
    description = page.text(entry, keys, "description", required=True)
    form = page.text(entry, keys, "form", required=True)
    if form not in FORMS:
        page.complain((*keys, "form"), f'There is no form "{form}".', f"Choose one of {', '.join(FORMS)}.")
    unit = page.unit(entry, keys) if form == "number" else _UNIT_OF_FORM.get(form, "×")
    low, high = _read_range(page, entry, keys) if form == "number" else (-inf, inf)
    categories = entry.get("categories", [])
    if not isinstance(categories, list) or not all(isinstance(word, str) for word in categories):
        page.complain((*keys, "categories"), '"categories" must be a list of words.', 'Write ["one", "two"].')
        categories = []
    if form in {"category", "categories"} and not 0 < len(categories) <= 52:  # noqa: PLR2004  # bits of a float64
        page.complain(keys, "A category needs one to 52 words.", 'Add categories = ["one", "two"].')
    absent = entry.get("absent")
    if not isinstance(absent, (int, float)) or absent not in {0, inf}:
        page.complain(keys, '"absent" must be 0 or inf.', "Zero for what a part takes, inf for what it allows.")
        absent = 0
    required = entry.get("required", False) is True
    return Field(name, label, form, unit, low, high, required, float(absent), description, tuple(map(str, categories)))


def _read_range(page: Page, entry: dict[str, object], keys: tuple[str, ...]) -> tuple[float, float]:
    match entry.get("range"):
        case [int() | float() as low, int() | float() as high] if low < high:
            return float(low), float(high)
    page.complain(keys, "A number needs a plausible range.", f"Add range = [low, high], in {entry.get('unit')}.")
    return -inf, inf


def code_of(field: Field, word: str) -> float:
    """Return the code of a category's word; ValueError when the field has no such word."""
    return float(field.categories.index(word))


def cell_of(field: Field, value: object) -> tuple[float, str]:
    """Return what a cell holds for a value as a file states it, and how people read it where it is no number.

    ValueError, a sentence, when the field does not take it; a board's slots are no single value.
    """
    match field.form, value:
        case "number", int() | float() if not isinstance(value, bool) and field.low <= value <= field.high:
            return float(value), ""
        case "number", int() | float() if not isinstance(value, bool):
            message = f"{field.label} is plausible from {field.low:g} to {field.high:g} {field.unit}, not {value!r}."
            raise ValueError(message)
        case "flag", bool():
            return float(value), "yes" if value else "no"
        case "text", str() if 0 < len(value.strip()) <= LONGEST_TEXT:
            return 1.0, value
        case "category", str() if value in field.categories:
            return code_of(field, value), value
        case "categories", list() if value and all(word in field.categories for word in value):
            return sum(2.0 ** code_of(field, word) for word in dict.fromkeys(value)), ", ".join(value)
    hint = f" Choose from {', '.join(field.categories)}." if field.categories else ""
    message = f"{field.label} cannot be {str(value)[:60]!r}.{hint}"
    raise ValueError(message)


def words_of(field: Field, code: float) -> tuple[str, ...]:
    """Return the words behind a cell of a category, or of a set of categories; none for an unknown or absent one."""
    if not 0 <= code < inf:
        return ()
    if field.form == "category":
        return (field.categories[int(code)],)
    return tuple(word for place, word in enumerate(field.categories) if int(code) >> place & 1)
