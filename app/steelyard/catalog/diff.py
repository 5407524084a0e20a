"""What differs between two catalogues: parts, assumptions, workloads and sources, value by value with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.part import Datum, PartInfo, Price
    from steelyard.catalog.schema import Field

SHOWN: Final = 25
"""Entries of a section that are listed unless all are asked for."""

_SHOWN_CHANGES: Final = 12
_TEXTS: Final = {"name": "Name", "manufacturer": "Maker", "mpn": "Number", "status": "Status", "note": "Note"}


class Change(NamedTuple):
    """One thing that is said differently: the field or key, its label, and both sides with their origin."""

    field: str
    label: str
    was: str
    now: str
    was_source: str
    now_source: str


class Entry(NamedTuple):
    """Something that only one of the catalogues has."""

    id: str
    name: str


class Changed(NamedTuple):
    """Something that both have and say differently."""

    id: str
    name: str
    changes: tuple[Change, ...]


class Section(NamedTuple):
    """What was added, removed and changed among the parts, or among the rest of one sort; each in the order of ids."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]

    @property
    def summary(self) -> str:
        """How many there are of each, "+3, ~5, -1"."""
        return f"+{len(self.added)}, ~{len(self.changed)}, -{len(self.removed)}"


class Differences(NamedTuple):
    """All that differs from an old to a new catalogue; `was` and `now` are their hashes."""

    was: str
    now: str
    parts: Section
    assumptions: Section
    workloads: Section
    sources: Section

    @property
    def is_none(self) -> bool:
        """Whether the catalogues say the same."""
        return not any(any(section) for section in (self.parts, self.assumptions, self.workloads, self.sources))


def differences(old: Catalog, new: Catalog) -> Differences:
    """Compare two catalogues."""
    return Differences(
        old.hash,
        new.hash,
        _parts(old, new),
        _named(old.assumptions, new.assumptions, "label"),
        _named(old.workloads, new.workloads, "name"),
        _named(old.sources, new.sources, "title"),
    )


def lines(found: Differences, most: int | None = SHOWN) -> Iterator[str]:
    """Say it for people, a line at a time; at most `most` entries of each sort and section, None for all."""
    if found.is_none:
        yield "Nothing differs."
        return
    for name in ("parts", "assumptions", "workloads", "sources"):
        section: Section = getattr(found, name)
        if not any(section):
            continue
        yield f"{name.capitalize()}: {section.summary}"
        for mark, entries in (("+", section.added), ("-", section.removed)):
            for entry in entries[:most]:
                yield f"  {mark} {entry.id}  {entry.name}"
            yield from _more(len(entries), most, f"{mark} ")
        for changed in section.changed[:most]:
            yield f"  ~ {changed.id}  {changed.name}"
            limit = None if most is None else _SHOWN_CHANGES
            for change in changed.changes[:limit]:
                yield f"      {change.label}: {_side(change.was, change.was_source)} -> " + _side(
                    change.now, change.now_source
                )
            yield from _more(len(changed.changes), limit, "    ")
        yield from _more(len(section.changed), most, "~ ")


def _more(count: int, most: int | None, mark: str) -> Iterator[str]:
    if most is not None and count > most:
        yield f"  {mark}... and {count - most:,} more; --all shows them"


def _side(said: str, source: str) -> str:
    return f"{said or 'nothing'} [{source}]" if source else said or "nothing"


# --- parts


def _parts(old: Catalog, new: Catalog) -> Section:
    changed = []
    for identity in sorted(old.parts.keys() & new.parts.keys()):
        changes = tuple(_part_changes(old, new, identity))
        if changes:
            changed.append(Changed(identity, _called(new.parts[identity]), changes))
    return Section(
        tuple(Entry(each, _called(new.parts[each])) for each in sorted(new.parts.keys() - old.parts.keys())),
        tuple(Entry(each, _called(old.parts[each])) for each in sorted(old.parts.keys() - new.parts.keys())),
        tuple(changed),
    )


def _called(info: PartInfo) -> str:
    return f"{info.manufacturer} {info.name}"


def _part_changes(old: Catalog, new: Catalog, identity: str) -> Iterator[Change]:
    before, after = old.parts[identity], new.parts[identity]
    for name, label in _TEXTS.items():
        if getattr(before, name) != getattr(after, name):
            yield Change(name, label, getattr(before, name), getattr(after, name), "", "")
    was, now = old.price(identity), new.price(identity)
    if was != now:
        yield Change("price", "Price", _priced(was), _priced(now), was.source if was else "", now.source if now else "")
    if _same_file(old, new, identity):
        return
    fields = {**old.schema[before.kind].fields, **new.schema[after.kind].fields}
    for field in fields.values():
        yield from _field_changes(old, new, identity, field)


def _same_file(old: Catalog, new: Catalog, identity: str) -> bool:
    """Whether the part's file is the same to the byte and nothing lies over it; then no value need be read."""
    if any(part == identity for part, _ in (*old.overrides, *new.overrides)):
        return False
    kind, maker, model = identity.split("/")
    files = [catalog.root / "parts" / kind / f"{maker}-{model}.toml" for catalog in (old, new)]
    try:
        return files[0].read_bytes() == files[1].read_bytes()
    except OSError:
        return False


def _field_changes(old: Catalog, new: Catalog, identity: str, field: Field) -> Iterator[Change]:
    before, after = _datum(old, identity, field.name), _datum(new, identity, field.name)
    was, now = _said(before), _said(after)
    if field.form == "slots":
        was, now = _slots(old, identity, was), _slots(new, identity, now)
    was_source, now_source = _origin(before), _origin(after)
    if (was, was_source) != (now, now_source):
        yield Change(field.name, field.label, was, now, was_source, now_source)
    was_note, now_note = (each.note if each else "" for each in (before, after))
    if was_note != now_note:
        yield Change(field.name, f"{field.label} (note)", was_note, now_note, "", "")


def _datum(catalog: Catalog, identity: str, name: str) -> Datum | None:
    return catalog.datum(identity, name) if name in catalog.schema[catalog.parts[identity].kind].fields else None


def _said(datum: Datum | None) -> str:
    if datum is None:
        return "not stated in the part's file"
    if datum.value is None:
        return datum.why_unknown if datum.why_unknown.startswith("not stated") else f"unknown: {datum.why_unknown}"
    return datum.words or f"{_number(datum.value)} {datum.unit}".removesuffix(" ×")


def _origin(datum: Datum | None) -> str:
    return "" if datum is None else ", ".join(filter(None, (datum.source, datum.where, datum.tier)))


def _slots(catalog: Catalog, identity: str, said: str) -> str:
    """Return the slots one by one: their number alone does not tell a rewired board."""
    table = catalog.tables[catalog.parts[identity].kind]
    row = table.row(identity)
    names = ("slots", "slot_position", "slot_lanes", "slot_generation")
    if any(name not in table.columns for name in names):
        return said
    cells = zip(*(table.columns[name][:, row].tolist() for name in names), strict=True)
    listed = [f"{place:g}: x{lanes:g} gen {gen:g}" for there, place, lanes, gen in cells if there == 1]
    return f"{said} ({'; '.join(listed)})" if listed else said


def _priced(price: Price | None) -> str:
    if price is None:
        return "none"
    span = "" if price.low is None else f", {price.low} to {price.high}"
    return f"{price.amount} {price.currency} ({price.kind}{span}, {price.date})"


# --- all that has an id and plain fields


def _named(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Section:
    changed = []
    for identity in sorted(old.keys() & new.keys()):
        if old[identity] == new[identity]:
            continue
        before, after = dict(_leaves(old[identity], "")), dict(_leaves(new[identity], ""))
        origins = (getattr(old[identity], "source", ""), getattr(new[identity], "source", ""))
        changes = tuple(
            Change(key, key, before.get(key, ""), after.get(key, ""), *origins)
            for key in {**before, **after}
            if before.get(key, "") != after.get(key, "")
        )
        if changes:
            changed.append(Changed(identity, str(getattr(new[identity], name)), changes))
    return Section(
        tuple(Entry(each, str(getattr(new[each], name))) for each in sorted(new.keys() - old.keys())),
        tuple(Entry(each, str(getattr(old[each], name))) for each in sorted(old.keys() - new.keys())),
        tuple(changed),
    )


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Return every plain value within, with the way to it; what has an id is known by it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, tuple) and hasattr(value, "_asdict"):
        yield from _leaves(value._asdict(), path)
    elif isinstance(value, tuple):
        for place, each in enumerate(value, start=1):
            yield from _leaves(each, f"{path}.{getattr(each, 'id', place)}")
    elif isinstance(value, float):
        yield path, _number(value)
    else:
        yield path, "" if value is None else str(value)


def _number(value: float) -> str:
    return "unknown" if value != value else f"{value:,.12g}"  # noqa: PLR0124  # NaN
