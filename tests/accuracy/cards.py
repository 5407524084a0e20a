"""What the catalogue states of a card, in base units, for the fits that use the engine's formulas on plain numbers."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from steelyard.catalog import Catalog, load_catalog

GIGA, TERA = 1e9, 1e12
FIELDS = ("memory_bandwidth", "fp32_rate", "tensor_rate", "board_power")


class Rates(NamedTuple):
    """Bytes a second, operations a second (vector, 16-bit matrix), watts; and the word of the architecture."""

    bandwidth: float
    vector: float
    matrix: float
    power: float
    architecture: str


@cache
def rates_of(part: str) -> Rates:
    """Return the rates of a GPU by its id; UnknownPartError where the catalogue does not hold it."""
    bandwidth, vector, matrix, power = (_catalog().datum(part, name).value or 0.0 for name in FIELDS)
    architecture = _catalog().datum(part, "architecture").words
    return Rates(bandwidth * GIGA, vector * TERA, matrix * TERA, power, architecture)


@cache
def _catalog() -> Catalog:
    return load_catalog(cache=None)
