"""Words and symbols of states: every state is a symbol and a word first, a colour second."""

from __future__ import annotations

STATUS_SYMBOLS = {
    "READY": ("ready", "ok"),
    "NEEDS ATTENTION": ("warn", "warn"),
    "BLOCKED": ("block", "block"),
    "INCOMPLETE": ("unknown", "unknown"),
}
"""The symbol and the colour's state for each status of a build."""

STATE_WORDS = {"ok": "OK", "note": "Note", "warn": "Warn", "block": "Block", "unknown": "Cannot tell"}
"""How a finding's state is called."""

STATE_ORDER = ("block", "unknown", "warn", "note", "ok")
"""The order of findings in every list."""


def worst(states: list[str]) -> str:
    """The gravest of some states; ok when there is none."""
    return min(states, key=STATE_ORDER.index, default="ok")
