"""A catalogue bundle in words: what it is, what it would change, and which catalogues were applied before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.gui.catalogue.rows import Line
from steelyard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.catalog.diff import Change, Changed, Differences, Section
    from steelyard.library.bundle.previewing import Preview
    from steelyard.library.bundle.snapshots import Snapshot

OWN = "The program's own catalogue"
NOTHING = "nothing"


class Group(NamedTuple):
    """One sort of differences, with a title that says how many there are."""

    title: str
    lines: tuple[Line, ...]


def facts_of(found: Preview) -> tuple[tuple[str, str], ...]:
    """What a bundle says of itself, beside what is in use."""
    now = OWN.lower() if found.version_now is None else str(found.version_now)
    parts = [count for name, count in found.counts.items() if name.startswith("parts/")]
    rest = [f"{count:,} of {name}" for name, count in found.counts.items() if not name.startswith("parts/")]
    counts = ", ".join([f"{counted(sum(parts), 'part')} of {counted(len(parts), 'kind')}", *rest])
    return (
        ("Signature", found.signature),
        ("Version", f"{found.version}; in use is {now}"),
        ("Valid until", found.expires),
        ("Made", found.created.replace("T", " ").removesuffix("+00:00")),
        ("Newest price", f"{found.price_date}; in use {found.price_date_now}"),
        ("Holds", counts),
    )


def groups_of(differences: Differences) -> tuple[Group, ...]:
    """What would change, what would come, what would go, and all that is not a part."""
    parts = differences.parts
    rest = [
        line
        for word in ("assumptions", "workloads", "sources")
        for line in _section(word.removesuffix("s"), getattr(differences, word))
    ]
    changed = tuple(_changed(parts.changed))
    return (
        Group(f"{counted(len(parts.changed), 'part')} changed", changed),
        Group(f"{len(parts.added):,} new", tuple(_entry("+", each.name, each.id, new=True) for each in parts.added)),
        Group(f"{len(parts.removed):,} gone", tuple(_entry("-", e.name, e.id, new=False) for e in parts.removed)),
        Group(f"{len(rest):,} others", tuple(rest)),
    )


def history_lines(kept: Iterable[Snapshot], now: Snapshot | None) -> tuple[Line, ...]:
    """The catalogues that were applied, the newest first, and the program's own at the end."""
    lines = [
        Line(
            (
                f"Catalogue {each.version}\n{each.signature}",
                each.expires,
                f"{each.applied_at[:16].replace('T', ' ')}\nby {each.applied_by}",
            ),
            "ok" if now is not None and each.id == now.id else "",
            each.id,
            dim=not each.folder,
        )
        for each in kept
    ]
    own = Line((f"{OWN}\ncame with the program", "–", "–"), "ok" if now is None else "", 0)
    return (*lines, own)


def state_sentence(state: str, warnings: Iterable[str]) -> str:
    """Which catalogue is in use, and what to be wary of."""
    return " ".join([f"In use: {state}.", *warnings])


def _changed(found: Iterable[Changed]) -> Iterable[Line]:
    for each in found:
        for change in each.changes:
            yield Line((f"{each.name}\n{change.label}", *_sides(change)), "", (each.id, change.field))


def _sides(change: Change) -> tuple[str, str]:
    return f"{change.was or NOTHING}\n{change.was_source}", f"{change.now or NOTHING}\n{change.now_source}"


def _entry(sign: str, name: str, identity: str, *, new: bool) -> Line:
    return Line((f"{sign} {name}\n{identity}", "" if new else "there", "new" if new else "gone"), "", identity)


def _section(word: str, section: Section) -> Iterable[Line]:
    for each in section.added:
        yield _entry(f"+ {word}", each.name, each.id, new=True)
    for each in section.removed:
        yield _entry(f"- {word}", each.name, each.id, new=False)
    for changed in section.changed:
        for change in changed.changes:
            yield Line((f"{word} {changed.name}\n{change.label}", *_sides(change)), "", (changed.id, change.field))
