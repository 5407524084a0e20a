"""The file of one part, checked: whatever is wrong in it is a complaint, and then the part is not used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from steelyard.catalog.part import PRICE_KINDS, STATUSES, Datum, PartFile, PartInfo, PriceText, Slot
from steelyard.catalog.schema import LONGEST_TEXT, code_of
from steelyard.catalog.sources import check_source, read_tier, weakest
from steelyard.errors import did_you_mean
from steelyard.money import minor_digits, minor_units

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from steelyard.catalog.page import Page
    from steelyard.catalog.schema import Field, Kind
    from steelyard.catalog.sources import Source

_PART_KEYS: Final = ("id", "name", "manufacturer", "mpn", "status", "note", "specs", "price")
_DATUM_KEYS: Final = ("value", "unit", "source", "where", "tier", "note", "unknown")
_SLOT_KEYS: Final = ("position", "lanes", "generation", "mechanical", "via")
_PRICE_KEYS: Final = ("value", "currency", "date", "kind", "source", "where", "low", "high", "note")
LONGEST: Final = {"id": 120, "name": 120, "manufacturer": 120, "mpn": 80}
"""Letters of what a part is called. A project takes no longer id, and a row of a list or a page no longer name."""

INVISIBLE: Final = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Control characters, ends of line, and what turns the direction of writing: the letters then read as others."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ID = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,3})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_part(
    page: Page, schema: Mapping[str, Kind], sources: Mapping[str, Source], files: Container[str] = ()
) -> PartFile | None:
    """Read the file of one part; None when it has complaints: such a part is listed and never used.

    `files` are the catalogue's, so that an id that two files claim is named as such.
    """
    before = len(page.complaints)
    page.only(page.data, (), _PART_KEYS)
    identity = page.text(page.data, (), "id", required=True)
    folder = page.file.split("/")[1]
    kind = schema.get(folder)
    if kind is None:
        page.complain((), f'There is no kind of part "{folder}".', did_you_mean(folder, tuple(schema)).strip())
        return None
    if identity and _is_sayable(page, "id", identity):
        _check_identity(page, identity, files)
    texts = {name: page.text(page.data, (), name, required=True) for name in ("name", "manufacturer")}
    mpn, note = page.text(page.data, (), "mpn"), page.text(page.data, (), "note")
    for name, text in {**texts, "mpn": mpn}.items():
        _is_sayable(page, name, text)
    status = page.text(page.data, (), "status") or "active"
    if status not in STATUSES:
        page.complain(("status",), f'There is no status "{status}".', f"Choose one of {', '.join(STATUSES)}.")
    specs = page.table(page.data, (), "specs")
    page.only(specs, ("specs",), kind.fields)
    data, slots = {}, None
    for field in kind.fields.values():
        if field.name in specs:
            entry = page.table(specs, ("specs",), field.name)
            data[field.name], found = _read_datum(page, entry, field, sources)
            slots = found if field.form == "slots" else slots
        elif field.required:
            page.complain(
                ("specs",),
                f'"{field.name}" is missing.',
                f'Add {field.name} = {{ value = ..., source = "..." }}, or {{ unknown = "why" }}.',
            )
    price = _read_price(page, sources)
    if len(page.complaints) > before:
        return None
    tier = weakest(datum.tier for datum in data.values() if datum.value is not None)
    return PartFile(
        PartInfo(identity, folder, mpn=mpn, status=status, weakest_tier=tier, note=note, **texts), data, slots, price
    )


def _is_sayable(page: Page, name: str, text: str) -> bool:
    """Whether a text is short enough to be shown whole and shows itself as it is; otherwise complain."""
    most = LONGEST[name]
    hidden = _INVISIBLE.search(text)
    if len(text) > most:
        page.complain((name,), f'"{name}" has {len(text):,} letters; it may have {most}.', "Shorten it.")
    elif hidden is not None:
        code = f"U+{ord(hidden[0]):04X}"
        page.complain(
            (name,), f'"{name}" holds {code} at letter {hidden.start() + 1}, which cannot be seen.', "Take it out."
        )
    return len(text) <= most and hidden is None


def _check_identity(page: Page, identity: str, files: Container[str]) -> None:
    if not _ID.fullmatch(identity):
        page.complain(("id",), f'"{identity}" is no id.', 'Write kind/maker/model in small letters, digits and "-".')
        return
    kind, maker, model = identity.split("/")
    wanted = f"parts/{kind}/{maker}-{model}.toml"
    if wanted == page.file:
        return
    if wanted in files:
        page.complain(("id",), f'The id "{identity}" is that of {wanted} too.', "Give each part its own id.")
    else:
        page.complain(
            ("id",),
            f'The id "{identity}" does not belong to this file.',
            f"Rename the file to {wanted}, or mend the id.",
        )


def _read_datum(
    page: Page, entry: dict[str, object], field: Field, sources: Mapping[str, Source]
) -> tuple[Datum, tuple[Slot, ...] | None]:
    keys = ("specs", field.name)
    page.only(entry, keys, _DATUM_KEYS)
    why = page.text(entry, keys, "unknown")
    where, note = page.text(entry, keys, "where"), page.text(entry, keys, "note")
    if "unknown" in entry:
        if "value" in entry:
            page.complain(keys, f'"{field.name}" has a value and is unknown.', "Keep one of the two.")
        elif not why.strip():
            page.complain(keys, "The reason is empty.", 'Say why it is unknown: { unknown = "not published" }.')
        return Datum(None, field.unit, "", where, "", note, why, ""), None
    source = check_source(page, entry, keys, sources)
    tier = read_tier(page, entry, keys) or (sources[source].tier if source in sources else "")
    slots = None
    words = ""
    if "value" not in entry:
        page.complain(keys, '"value" is missing.', 'Add value = ..., or unknown = "why".')
        value = None
    elif field.form == "number":
        value = _read_number(page, entry, field)
    elif field.form == "slots":
        slots = _read_slots(page, entry["value"])
        value, words = float(len(slots)), f"{len(slots)} slots"
    else:
        value, words = _read_words(page, entry, field)
    return Datum(value, field.unit, source, where, tier, note, "", words), slots


def _read_number(page: Page, entry: dict[str, object], field: Field) -> float | None:
    keys = ("specs", field.name)
    value = page.number(entry, keys, "value")
    found = entry.get("unit", "×")
    if found != field.unit:
        said = f'is in "{found}"' if "unit" in entry else "has no unit"
        page.complain(
            (*keys, "unit"),
            f'"{field.name}" {said}; expected is "{field.unit}".',
            f'Convert the value and write unit = "{field.unit}".',
        )
    elif value is not None and not field.low <= value <= field.high:
        page.complain(
            (*keys, "value"),
            f'"{field.name}" = {value:g} {field.unit} is not plausible; expected are {field.low:g} to {field.high:g}.',
            "Check the value and its unit; if it is right, widen the range in the schema.",
        )
    return value


def _read_words(page: Page, entry: dict[str, object], field: Field) -> tuple[float | None, str]:
    keys = ("specs", field.name, "value")
    value = entry["value"]
    if "unit" in entry:
        page.complain((*keys[:2], "unit"), f'"{field.name}" has no unit.', "Take the unit out.")
    if field.form == "flag":
        if isinstance(value, bool):
            return float(value), "yes" if value else "no"
        page.complain(keys, f'"{field.name}" must be true or false.', "Write value = true, without quotation marks.")
        return None, ""
    if field.form == "text":
        return _read_text(page, keys, value)
    words: list[str] = []
    for word in value if field.form == "categories" and isinstance(value, list) else [value]:
        if isinstance(word, str) and word in field.categories:
            words.append(word)
        else:
            page.complain(
                keys,
                f'"{field.name}" cannot be "{word}".',
                did_you_mean(str(word), field.categories).strip() or f"Choose from {', '.join(field.categories)}.",
            )
            return None, ""
    if field.form == "category":
        return code_of(field, words[0]), words[0]
    return sum(2.0 ** code_of(field, word) for word in dict.fromkeys(words)), ", ".join(words)


def _read_text(page: Page, keys: tuple[str, ...], value: object) -> tuple[float | None, str]:
    if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT:
        return 1.0, value
    page.complain(keys, f'"{keys[1]}" must be text.', f"Write one to {LONGEST_TEXT} letters.")
    return None, ""


def _read_slots(page: Page, value: object) -> tuple[Slot, ...]:
    keys = ("specs", "slots")
    slots: list[Slot] = []
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict):
            page.complain(keys, "A slot must be a table.", "Write { position = 1, lanes = 16, generation = 5 }.")
            continue
        page.only(entry, keys, _SLOT_KEYS)
        numbers = [page.number(entry, keys, name) for name in Slot._fields]
        position, lanes, generation = (-1 if number is None else number for number in numbers)
        if not (1 <= position <= 16 and 1 <= lanes <= 16 and 1 <= generation <= 7):  # noqa: PLR2004  # a PCIe slot
            page.complain(
                keys,
                f"Slot {len(slots) + 1} needs a position from 1 to 16, lanes from 1 to 16, a generation from 1 to 7.",
                "Write { position = 1, lanes = 16, generation = 5 }, the uppermost first.",
            )
        elif slots and position <= slots[-1].position:
            page.complain(
                keys, f"Slot {len(slots) + 1} is not below the one before it.", "List the slots from the top."
            )
        slots.append(Slot(position, lanes, generation))
    return tuple(slots)


def _read_price(page: Page, sources: Mapping[str, Source]) -> PriceText | None:
    if "price" not in page.data:
        return None
    keys = ("price",)
    entry = page.table(page.data, (), "price")
    page.only(entry, keys, _PRICE_KEYS)
    kind = page.text(entry, keys, "kind", required=True)
    if kind and kind not in PRICE_KINDS:
        page.complain(
            (*keys, "kind"), f'There is no price of the kind "{kind}".', f"Choose one of {', '.join(PRICE_KINDS)}."
        )
    amounts = {name: _read_amount(page, entry, name) for name in ("value", "low", "high")}
    if not amounts["value"] and "value" not in entry:
        page.complain(keys, '"value" is missing.', 'Add value = "1299.00".')
    if kind == "estimate" and not (amounts["low"] and amounts["high"]):
        page.complain(keys, "An estimate needs a low and a high.", 'Add low = "..." and high = "...".')
    currency = page.text(entry, keys, "currency", required=True)
    if currency and not _CURRENCY.fullmatch(currency):
        page.complain((*keys, "currency"), f'"{currency}" is no currency.', 'Write its three letters: "USD".')
    digits = minor_digits(currency)
    given = [amounts[name] for name in ("low", "value", "high") if amounts[name]]
    if any(len(amount.partition(".")[2]) > digits for amount in given):
        page.complain(keys, f"The price is finer than {currency} is.", f"Give at most {digits} digits after the point.")
    elif given != sorted(given, key=lambda amount: minor_units(amount, currency)):
        page.complain(keys, "The price is not between its low and its high.", "Put low, value and high in order.")
    date = page.date(entry, keys, "date", required=True)
    source = check_source(page, entry, keys, sources)
    where, note = page.text(entry, keys, "where"), page.text(entry, keys, "note")
    return PriceText(amounts["value"], currency, date, kind, amounts["low"], amounts["high"], source, where, note)


def _read_amount(page: Page, entry: dict[str, object], name: str) -> str:
    value = entry.get(name)
    if value is None:
        return ""
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return value
    page.complain(
        ("price", name),
        f'"{name}" is not a decimal amount: {value!r}.',
        f'Write {name} = "1299.00", as text with a point.',
    )
    return ""
