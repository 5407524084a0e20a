"""What the catalogue says of the cards that others inferred on: the rates that the fits of inference read."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

from accuracy.cards import rates_of
from steelyard.catalog import Catalog, load_catalog

ENERGY_KERNEL: Final = "kernel_inference_energy"
"""The assumption that says what an operation costs in energy, by the process of the architecture."""

OTHER_MAKERS: Final = ("RDNA 3", "RDNA 4", "Xe", "Xe2", "CDNA", "CDNA 2", "CDNA 3", "CDNA 4", "Gaudi 2")
LEANING: Final = {("architecture", word): math.log(0.6) for word in OTHER_MAKERS} | {
    ("architecture", "Pascal"): math.log(0.8)
}
"""Where an architecture's efficiency is held before it is measured: other makers' cards run ported code."""


class Card(NamedTuple):
    """Rates of a card a second: bytes, operations (vector, 16-bit, 8-bit and 32-bit matrix); watts, and its process."""

    architecture: str
    bandwidth: float
    vector: float
    matrix: float
    matrix8: float
    matrix32: float
    power: float
    process: float


@cache
def card_of(part: str) -> Card:
    """Return the rates of a GPU by its id, as the engine takes them."""
    rates = rates_of(part)
    word = rates.architecture
    matrix = max(rates.matrix, rates.vector)
    eight = max(matrix * _by(word, "eight_bit_multiple"), rates.vector * _by(word, "whole_number_multiple"))
    tf32 = max(rates.matrix * _by(word, "tf32_multiple"), rates.vector)
    return Card(word, rates.bandwidth, rates.vector, matrix, eight, tf32, rates.power, _by(word, ENERGY_KERNEL))


@cache
def _catalog() -> Catalog:
    return load_catalog(cache=None)


def _by(architecture: str, assumption: str) -> float:
    return _catalog().assumptions[assumption].values[architecture].value


def architectures() -> tuple[str, ...]:
    """Return every architecture of the catalogue."""
    return tuple(_catalog().assumptions[ENERGY_KERNEL].values)
