"""What the catalogue says of the cards that others trained on: the rates and links that the fits of training read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog import load_catalog

if TYPE_CHECKING:
    from steelyard.catalog import Catalog

VECTOR_ONLY: Final = ("Pascal",)
"""Architectures without matrix units: their dense products run at the vector rate."""


class Card(NamedTuple):
    """Rates of a card: GB, GB/s, TFLOP/s, W; NVLink counts both ways; peer: whether cards reach each other's memory."""

    architecture: str
    form: str
    memory: float
    bandwidth: float
    vector: float
    tensor: float
    power: float
    nvlink: float
    pcie: float
    peer: bool


@cache
def card(part: str) -> Card:
    """Return a card by its catalogue id; a rate that the catalogue does not know is NaN."""

    def say(field: str) -> float:
        value = _catalog().datum(part, field).value
        return float("nan") if value is None else float(value)

    architecture = _catalog().datum(part, "architecture").words
    vector = say("fp32_rate")
    tensor = vector if architecture in VECTOR_ONLY else say("tensor_rate")
    bus = say("pcie_lanes") * 2.0 ** say("pcie_generation") / 8
    return Card(
        architecture, _catalog().datum(part, "form").words, say("memory"), say("memory_bandwidth"), vector, tensor,
        say("board_power"), say("nvlink_bandwidth"), bus, bool(say("peer_access")),
    )  # fmt: skip


@cache
def _catalog() -> Catalog:
    return load_catalog(cache=None)


LINK_SHARE: Final = 0.75
HOST_SHARE: Final = 0.1
OVERLAP: Final = 0.5
LANE: Final = 0.1231 * 8
"""The catalogue's link_share, host_link_share, exchange_overlap and rate of a lane, as the engine takes them."""


def exchanged_each_way(on: Card, count: int) -> float:
    """Return the seconds in which a GB is exchanged between `count` cards, less what the backward pass hides."""
    if count == 1:
        return 0.0
    own = LINK_SHARE * on.nvlink / 2
    bus = LINK_SHARE * on.pcie * LANE if on.peer else HOST_SHARE * on.pcie * LANE * 2 / count
    joined = on.nvlink > 0 and (on.form in MODULES or (count == 2 and on.peer))
    return 2 * (1 - 1 / count) * (1 - OVERLAP) / (own if joined else bus)


MODULES: Final = ("SXM", "OAM", "superchip")
