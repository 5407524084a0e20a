"""The keys of the desk as a page: those of the menus, and those of the widgets that are painted."""

from __future__ import annotations

from typing import Final

from steelyard.gui.menus import menus_words

OTHERS: Final = (
    ("Anywhere", (("Tab, Shift+Tab", "the next number, field or list; the one before"), ("Esc", "close what is open"))),
    (
        "On a number, a table, a plot",
        (
            ("Enter, Space or F1", "why it is what it is"),
            ("arrows, Home, End", "walk the cells, stages, points"),
            ("Alt+Left, Backspace", "back to the number before, in an explanation"),
            ("Ctrl+C", "copy an explanation as text"),
        ),
    ),
    (
        "Site",
        (
            ("E, F2", "change the limit of a gauge, of a curve or of the circuit"),
            ("Left, Right, Page Up, Page Down", "move the time of the sustained run"),
            ("Left, Right, then Enter", "cap the cards, on the curve of the power limit"),
        ),
    ),
    ("Brief", (("/", "find a workload"), ("Down, Enter", "into what was found; add it"))),
)
"""Keys that stand in no menu, by where they work."""


def keys_page() -> str:
    """All keys as Markdown, the menus' first."""
    parts = ["# Keys"]
    for title, commands in menus_words():
        rows = [f"| {words.removesuffix('...')} | {key} |" for words, key in commands if key]
        if rows:
            parts.append("\n".join((f"## {title}", "", "| What | Key |", "|---|---|", *rows)))
    for title, keys in OTHERS:
        rows = [f"| {words} | {key} |" for key, words in keys]
        parts.append("\n".join((f"## {title}", "", "| What | Key |", "|---|---|", *rows)))
    return "\n\n".join(parts) + "\n"
