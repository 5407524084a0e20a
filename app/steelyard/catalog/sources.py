"""The bibliography: where a value of the catalogue comes from, and how much that place is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.catalog.page import Page

TIERS: Final = ("measured", "maker", "database", "recalled", "derived", "estimate")
"""Trust in a value, strongest first; a value that is `unknown` has none."""

OWN_SOURCES: Final = ("own-measurement", "own-reading", "own-statement")
"""What a user's own values may name beside the sources that are there already."""

IMPORTED_SOURCE: Final = "buildcores-opendb"
"""What every value of an imported part names; its licence wants its notice wherever such a part is shown."""

LAYER_SOURCES: Final = (*OWN_SOURCES, IMPORTED_SOURCE)
"""Cited by what lies over the files, own values and imported parts; no file has to."""


class Source(NamedTuple):
    """A place that values come from. `notice` is what its licence wants printed beside them, or empty."""

    id: str
    title: str
    publisher: str
    address: str
    date: str
    tier: str
    licence: str
    notice: str
    note: str


def read_sources(page: Page) -> dict[str, Source]:
    """Read `sources.toml`: one table a source, its name the id; complaints go to the page."""
    sources: dict[str, Source] = {}
    for name in page.data:
        entry = page.table(page.data, (), name)
        page.only(entry, (name,), Source._fields[1:])
        title = page.text(entry, (name,), "title", required=True)
        texts = {key: page.text(entry, (name,), key) for key in ("publisher", "address", "licence", "notice", "note")}
        tier = read_tier(page, entry, (name,)) or "recalled"
        sources[name] = Source(name, title, date=page.date(entry, (name,), "date"), tier=tier, **texts)
    return sources


def read_tier(page: Page, table: Mapping[str, object], keys: tuple[str, ...]) -> str:
    """Return the tier that `table` states, or an empty text; complain when there is no such tier."""
    tier = page.text(table, keys, "tier")
    if tier and tier not in TIERS:
        page.complain((*keys, "tier"), f'There is no tier "{tier}".', f"Choose one of {', '.join(TIERS)}.")
        return ""
    return tier


def check_source(page: Page, table: Mapping[str, object], keys: tuple[str, ...], sources: Mapping[str, Source]) -> str:
    """Return the source id that `table` names; complain when it names none or one that is not in sources.toml."""
    name = page.text(table, keys, "source", required=True)
    if name and name not in sources:
        hint = did_you_mean(name, tuple(sources))
        page.complain(
            (*keys, "source"),
            f'There is no source "{name}" in sources.toml.',
            f"{hint.strip()} Else add it to sources.toml." if hint else "Add it to sources.toml.",
        )
    return name


def weakest(tiers: Iterable[str]) -> str:
    """Return the weakest of some tiers, or `unknown` where there are none."""
    return max(tiers, key=TIERS.index, default="unknown")
