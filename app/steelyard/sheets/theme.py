"""The light theme's colours and the symbols of states, as the desk has them, for paper."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

from reportlab.lib.colors import Color, HexColor

from steelyard.places import resources

PATH_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")
POINTS_OF = {"M": 1, "L": 1, "C": 3, "Z": 0}


class Stroke(NamedTuple):
    """One command of a symbol's path: its letter and its coordinates on the 16 x 16 grid, y down."""

    command: str
    numbers: tuple[float, ...]


class Symbol(NamedTuple):
    """A symbol: a filled shape, strokes in the colour of the ground over it, and plain strokes."""

    fill: tuple[Stroke, ...]
    knock: tuple[Stroke, ...]
    line: tuple[Stroke, ...]


@lru_cache(maxsize=1)
def _tokens() -> dict[str, Color]:
    with (resources() / "themes" / "light.toml").open("rb") as file:
        return {name: HexColor(value) for name, value in tomllib.load(file)["tokens"].items()}


@lru_cache(maxsize=1)
def _symbols() -> dict[str, Symbol]:
    with (resources() / "themes" / "symbols.toml").open("rb") as file:
        return {
            name: Symbol(*(_strokes(paths.get(part, "")) for part in ("fill", "knock", "line")))
            for name, paths in tomllib.load(file).items()
        }


def _strokes(path: str) -> tuple[Stroke, ...]:
    strokes = []
    for letter, text in PATH_COMMAND.findall(path):
        numbers = tuple(float(word) for word in text.split())
        size = 2 * POINTS_OF[letter]
        strokes += [Stroke(letter, numbers[i : i + size]) for i in range(0, max(len(numbers), 1), max(size, 1))]
    return tuple(strokes)


def colour(token: str) -> Color:
    """Return the light theme's colour for a token."""
    return _tokens()[token]


def symbol(name: str) -> Symbol:
    """Return a symbol's drawing."""
    return _symbols()[name]
