"""What to type where a library is missing."""

from __future__ import annotations

from importlib.util import find_spec

from steelyard.errors import MissingLibraryError
from steelyard.places import is_checkout

__all__ = ["ask_for_reportlab", "how_to_install"]


def ask_for_reportlab() -> None:
    """Refuse to print where the library for it is missing. Raises MissingLibraryError."""
    if find_spec("reportlab") is None:
        raise MissingLibraryError("Sheets need reportlab, which is not installed.", how_to_install("reportlab"))


def how_to_install(wanted: str) -> str:
    """Return the remedy: a checkout sets up its own environment, anything else asks pip for what is wanted."""
    return "Set it up with: make setup" if is_checkout() else f"Install it with: pip install {wanted}"
