"""What the catalogue says of the cards that others measured on: the rates and links that the fits read."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from accuracy.engine import engine

GIGA, TERA = 1e9, 1e12

ENERGY_KERNEL: Final = "kernel_inference_energy"
"""The assumption that says what an operation costs in energy, by the process of the architecture."""


class Card(NamedTuple):
    """Rates of a card a second: bytes, operations (vector; 16, 8 and 32 bits wide in matrices); watts.

    process: operations a joule against the leanest process; memory in bytes; nvlink (both ways) and lanes (first
    generation's) in bytes a second; peer: whether cards reach each other's memory. A rate that the catalogue does not
    know is zero.
    """

    architecture: str
    form: str
    memory: float
    bandwidth: float
    vector: float
    matrix: float
    matrix8: float
    matrix32: float
    power: float
    process: float
    nvlink: float
    bus: float
    peer: bool


@cache
def card_of(part: str) -> Card:
    """Return a GPU by its id, with the rates as the engine takes them; UnknownPartError where there is none."""

    def say(field: str) -> float:
        return float(engine().catalog.datum(part, field).value or 0.0)

    word = engine().catalog.datum(part, "architecture").words
    vector, tensor = say("fp32_rate") * TERA, say("tensor_rate") * TERA
    matrix = max(tensor, vector)
    return Card(
        architecture=word,
        form=engine().catalog.datum(part, "form").words,
        memory=say("memory") * GIGA,
        bandwidth=say("memory_bandwidth") * GIGA,
        vector=vector,
        matrix=matrix,
        matrix8=max(matrix * assumed("eight_bit_multiple", word), vector * assumed("whole_number_multiple", word)),
        matrix32=max(tensor * assumed("tf32_multiple", word), vector),
        power=say("board_power"),
        process=assumed(ENERGY_KERNEL, word),
        nvlink=say("nvlink_bandwidth") * GIGA,
        bus=say("pcie_lanes") * 2.0 ** say("pcie_generation") * assumed("pcie_first_rate") * GIGA,
        peer=_peer(part),
    )


def _peer(part: str) -> bool:
    """Whether cards of this part reach each other's memory: as stated, else as the cards of its segment."""
    stated = engine().catalog.datum(part, "peer_access").value
    segment = engine().catalog.datum(part, "segment").words
    return bool(assumed("peer_access_class", segment) if stated is None else stated)


def exchanged_each_way(on: Card, count: int) -> float:
    """Return the seconds in which a byte is exchanged between `count` cards, less what the backward pass hides."""
    if count == 1:
        return 0.0
    own = assumed("link_share") * on.nvlink / 2
    through_host = assumed("host_link_share") * on.bus * 2 / count
    bus = assumed("link_share") * on.bus if on.peer else through_host
    joined = on.nvlink > 0 and (on.form in MODULES or (count == 2 and on.peer))
    return 2 * (1 - 1 / count) * (1 - assumed("exchange_overlap")) / (own if joined else bus)


MODULES: Final = ("SXM", "OAM", "superchip")
"""Forms on a board that joins all of them."""


def architectures() -> tuple[str, ...]:
    """Return every architecture of the catalogue."""
    return tuple(engine().catalog.assumptions[ENERGY_KERNEL].values)


def assumed(name: str, word: str = "") -> float:
    """Return an assumption of the catalogue, that of a word of its category where it is given by one."""
    assumption = engine().catalog.assumptions[name]
    return assumption.values[word].value if word else assumption.value
