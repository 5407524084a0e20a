"""Texts of others, where Qt would take them for rich text: tool tips have no plain mode, so theirs are escaped."""

from __future__ import annotations

from html import escape


def tip(text: str) -> str:
    """Return a text as a tool tip that shows it letter by letter."""
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if any(sign in text for sign in "<>&") else text
