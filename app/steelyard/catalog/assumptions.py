"""The constants of the models: every one with a value, a low and a high, a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.sources import check_source, read_tier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.page import Page
    from steelyard.catalog.schema import Field, Kind
    from steelyard.catalog.sources import Source

_KEYS: Final = (
    "label",
    "value",
    "low",
    "high",
    "unit",
    "source",
    "where",
    "tier",
    "note",
    "by",
    "values",
    "fills",
    "group",
    "of",
    "words",
)
_VALUE_KEYS: Final = ("value", "low", "high", "source", "where", "tier", "note", "unknown")


class Spread(NamedTuple):
    """A value with its 10 % and 90 % points, and its origin where it differs from the assumption's; NaN is unknown."""

    value: float
    low: float
    high: float
    source: str
    where: str
    tier: str
    note: str


class Assumption(NamedTuple):
    """A constant of a model.

    `by` names the category input (such as `gpu_cooling`) that chooses among `values`, by its words; empty for a plain
    constant. `fills` names the part field (such as `gpu_temperature_limit`) that it stands in for where that is
    unknown. Assumptions of one `group` are drawn together. `low` and `high` are the 10 % and 90 % points. In the file
    `words` of the category input `of` state a set of categories; its value is the set of their codes.
    """

    name: str
    label: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    where: str
    tier: str
    note: str
    by: str
    values: dict[str, Spread]
    fills: str
    group: str


def read_assumptions(page: Page, sources: Mapping[str, Source], schema: Mapping[str, Kind]) -> dict[str, Assumption]:
    """Read one file of `components_db/assumptions`: one table an assumption, its name the input's name."""
    found = {}
    for name in page.data:
        before = len(page.complaints)
        assumption = _read_one(page, name, page.table(page.data, (), name), sources, schema)
        if len(page.complaints) == before:
            found[name] = assumption
    return found


def field_behind(name: str, schema: Mapping[str, Kind]) -> Field | None:
    """Return the field behind a model input such as `scratch_drive_class`, or None.

    The role (scratch_drive) ends with its kind (drive), so the kind and field are the end of the name.
    """
    best: tuple[int, Field] | None = None
    for kind in schema.values():
        for field in kind.fields.values():
            end = f"{kind.name}_{field.name}"
            if (name == end or name.endswith(f"_{end}")) and (best is None or len(end) > best[0]):
                best = (len(end), field)
    return best[1] if best else None


def values_by_code(assumption: Assumption, schema: Mapping[str, Kind], which: str = "value") -> tuple[float, ...]:
    """Return the values (or lows, or highs) of a `by` assumption by the codes of its category; NaN where none."""
    field = field_behind(assumption.by, schema)
    unknown = float("nan")
    words = field.categories if field else ()
    return tuple(getattr(assumption.values[word], which) if word in assumption.values else unknown for word in words)


def _read_one(
    page: Page, name: str, entry: dict[str, object], sources: Mapping[str, Source], schema: Mapping[str, Kind]
) -> Assumption:
    keys = (name,)
    page.only(entry, keys, _KEYS)
    label = page.text(entry, keys, "label", required=True)
    unit = page.unit(entry, keys)
    by, fills = page.text(entry, keys, "by"), page.text(entry, keys, "fills")
    group = page.text(entry, keys, "group")
    source = check_source(page, entry, keys, sources)
    tier = read_tier(page, entry, keys) or (sources[source].tier if source in sources else "")
    where, note = page.text(entry, keys, "where"), page.text(entry, keys, "note")
    values: dict[str, Spread] = {}
    given = page.table(entry, keys, "values")
    if by:
        values = _read_values(page, name, by, given, sources, schema)
    elif given:
        page.complain(keys, '"values" without "by".', 'Add by = "gpu_cooling", the category that chooses.')
    if fills and field_behind(fills, schema) is None:
        page.complain(
            (*keys, "fills"),
            f'There is no part field behind "{fills}".',
            "Write role_field, such as gpu_temperature_limit.",
        )
    if "words" in entry:
        value = low = high = _read_words(page, entry, keys, schema)
    else:
        value, low, high = _read_spread(page, entry, keys, required=not by)
    return Assumption(name, label, value, low, high, unit, source, where, tier, note, by, values, fills, group)


def _read_values(
    page: Page, name: str, by: str, given: dict[str, object], sources: Mapping[str, Source], schema: Mapping[str, Kind]
) -> dict[str, Spread]:
    field = field_behind(by, schema)
    if field is None or field.form != "category":
        page.complain((name, "by"), f'"{by}" is no category of a part.', "Write role_field, such as gpu_cooling.")
        return {}
    page.only(given, (name, "values"), field.categories)
    values = {}
    for word in given:
        keys = (name, "values", word)
        entry = page.table(given, (name, "values"), word)
        page.only(entry, keys, _VALUE_KEYS)
        source = check_source(page, entry, keys, sources) if "source" in entry else ""
        tier = read_tier(page, entry, keys)
        value, low, high = _read_spread(page, entry, keys, required="unknown" not in entry)
        note = page.text(entry, keys, "note") or page.text(entry, keys, "unknown")
        values[word] = Spread(value, low, high, source, page.text(entry, keys, "where"), tier, note)
    return values


def _read_words(page: Page, entry: dict[str, object], keys: tuple[str, ...], schema: Mapping[str, Kind]) -> float:
    """Return a set of categories as the sum of 2**code, as a part's field of that form holds it."""
    of = page.text(entry, keys, "of", required=True)
    field = field_behind(of, schema)
    words = entry["words"]
    if field is None or field.form not in {"category", "categories"} or not isinstance(words, list):
        page.complain((*keys, "of"), f'"{of}" is no category of a part.', "Write role_field and a list of its words.")
        return float("nan")
    for word in words:
        if word not in field.categories:
            page.complain((*keys, "words"), f'"{word}" is no {field.label.lower()}.', f"Known: {field.categories}.")
    return float(sum(2 ** field.categories.index(word) for word in set(words) & set(field.categories)))


def _read_spread(
    page: Page, entry: dict[str, object], keys: tuple[str, ...], *, required: bool
) -> tuple[float, float, float]:
    numbers = [page.number(entry, keys, name) for name in ("value", "low", "high")]
    missing = [name for name, number in zip(("value", "low", "high"), numbers, strict=True) if number is None]
    if required and missing and not any(name in entry for name in missing):
        page.complain(keys, f"Missing: {', '.join(missing)}.", "An assumption has a value, a low and a high.")
    value, low, high = (float("nan") if number is None else number for number in numbers)
    if low > value or value > high:
        page.complain(keys, "The value is not between its low and its high.", "Put low, value and high in order.")
    return value, low, high
