"""How a small room gets rid of heat, as data: which method is usually enough for how many watts."""

from __future__ import annotations

from functools import cache
from typing import Annotated, NamedTuple

from steelyard.project.preset_file import preset_file
from steelyard.project.shape import Bounds

__all__ = ["Method", "cooling_methods", "enough_for"]


class Method(NamedTuple):
    """A method from the least to the most. up_to: W for which it is usually enough; None: it has no such end."""

    label: str
    how: str
    source: str
    up_to: Annotated[float, Bounds(1, 1e6)] | None = None


@cache
def cooling_methods() -> dict[str, Method]:
    """Return the methods by id, the least first. Raises DamagedFileError when the file cannot be read."""
    return preset_file("cooling_methods.toml", Method)


def enough_for(heat: float) -> str:
    """Return the id of the least method that is usually enough; the last one where none names so much heat.

    Comfort cooling depends on what the building has, so that it is offered and never chosen.
    """
    known = cooling_methods()
    named = (name for name, method in known.items() if method.up_to is not None and heat <= method.up_to)
    return next(named, list(known)[-1])
