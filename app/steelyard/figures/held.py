"""Whether a part is over its limit, or held at it: one that slows itself down settles on the limit within a hair."""

from __future__ import annotations

WITHIN = "settling_error"
"""The assumption that says how wide the hair is."""


def is_over(value: float, limit: float, within: float) -> bool:
    """Return whether a value is beyond its limit by more than coupled quantities settle within."""
    return value - limit > within


def is_held(value: float, limit: float, within: float) -> bool:
    """Return whether a value lies at its limit, as far as coupled quantities settle."""
    return abs(value - limit) <= within
