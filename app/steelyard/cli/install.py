"""What to type where a library is missing."""

from __future__ import annotations

from steelyard.places import is_checkout

__all__ = ["how_to_install"]


def how_to_install(wanted: str) -> str:
    """Return the remedy: a checkout sets up its own environment, anything else asks pip for what is wanted."""
    return "Set it up with: make setup" if is_checkout() else f"Install it with: pip install {wanted}"
