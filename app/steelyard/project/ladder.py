"""Where a project stands between a laptop and a cluster, and how many machines it takes when one does not do."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CLUSTER_ADDS", "LADDER", "Boxes", "Place", "boxes_of", "place_of"]


class Place(StrEnum):
    """A rung of the ladder of scale."""

    UNKNOWN = "unknown"
    LAPTOP = "laptop"
    WORKSTATION = "one workstation"
    SERVER = "server"
    CLUSTER = "cluster"
    CLOUD = "cloud-sized"


LADDER: Final = (Place.LAPTOP, Place.WORKSTATION, Place.SERVER, Place.CLUSTER, Place.CLOUD)
"""From small to large."""

LAPTOP_CARD, LAPTOP_CORES, LAPTOP_MEMORY, LAPTOP_STORE = 16.0, 8.0, 64.0, 4000.0
"""GB of a card, cores, GB of memory and GB of drives up to which a good laptop does."""

WORKSTATION_CARDS: Final = 4
"""Cards of two slots that a workstation's seven or eight slots hold."""

CLUSTER_BOXES: Final = 16
"""Boxes that a department can house and feed; more are rented, or stand in a computing centre."""

CLUSTER_ADDS: Final = (
    "A network between the machines that lets cards write into each other's memory (InfiniBand, or Ethernet with RDMA)",
    "Switches in two layers, so that every machine reaches every other at the full rate",
    "Storage that all machines read at once, with the data spread over several servers",
    "A scheduler that gives out machines, starts jobs on all of them and starts them again when one fails",
    "Checkpoints at short intervals, for with every machine a failure becomes more likely",
    "Power and cooling of tens of kilowatts, in a room that is made for it",
)
"""What a cluster needs that a machine does not; topologies themselves are not planned here."""


class Boxes(NamedTuple):
    """How many machines it takes. box: what one of them holds. by_*: what each resource alone would ask for."""

    needed: int
    box: str
    by_pace: int
    by_memory: int
    by_host: int
    reason: str
    adds: tuple[str, ...]


def boxes_of(boxes: Sequence[tuple[str, int, float, float, float]]) -> Boxes | None:
    """Return how many of the best box it takes; None where of no box it can be told.

    boxes: name of the card, how many of it, and the shares of one box that pace, card memory and host memory ask for.
    """
    known = [each for each in boxes if math.isfinite(sum(each[2:]))]
    if not known:
        return None
    name, count, *shares = min(known, key=lambda each: (math.ceil(max(each[2:])), each[1], sum(each[2:]), each[0]))
    by_pace, by_memory, by_host = (max(1, math.ceil(share)) for share in shares)
    needed = max(2, by_pace, by_memory, by_host)  # no single box does, so it is two at the least
    box = f"{count} x {name}" if count else name
    reasons = {
        by_host: f"the work holds {shares[2]:.3g} times the memory of the largest host",
        by_memory: f"the model takes {shares[1]:.3g} times the memory of {box}",
        by_pace: f"the asked pace is {shares[0]:.3g} times that of {box}",
    }
    tightest = max(by_pace, by_memory, by_host)
    reason = reasons[tightest] if tightest > 1 else f"pace and memory together leave no room on {box}"
    return Boxes(needed, box, by_pace, by_memory, by_host, reason, CLUSTER_ADDS)


def place_of(
    boxes: Boxes | None, cards: int, card_memory: float, cores: float, memory: float, stored: float = 0.0
) -> Place:
    """Return the rung: from the number of boxes, or of cards in one, and what else the work needs (GB, cores)."""
    if boxes is not None:
        return Place.CLUSTER if boxes.needed <= CLUSTER_BOXES else Place.CLOUD
    small = cards <= 1 and card_memory <= LAPTOP_CARD and cores <= LAPTOP_CORES
    if small and memory <= LAPTOP_MEMORY and stored <= LAPTOP_STORE:
        return Place.LAPTOP
    return Place.WORKSTATION if cards <= WORKSTATION_CARDS else Place.SERVER
