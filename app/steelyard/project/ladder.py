"""Where a project stands between a laptop and a cluster, and how many machines it takes when one does not do."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CLUSTER_ADDS", "LADDER", "Box", "Boxes", "Place", "Rungs", "boxes_of", "place_of"]


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

CLUSTER_ADDS: Final = (
    "A network between the machines that lets cards write into each other's memory (InfiniBand, or Ethernet with RDMA)",
    "Switches in two layers, so that every machine reaches every other at the full rate",
    "Storage that all machines read at once, with the data spread over several servers",
    "A scheduler that gives out machines, starts jobs on all of them and starts them again when one fails",
    "Checkpoints at short intervals, for with every machine a failure becomes more likely",
    "Power and cooling of tens of kilowatts, in a room that is made for it",
)
"""What a cluster needs that a machine does not; topologies themselves are not planned here."""


class Rungs(NamedTuple):
    """Where rungs begin, from the assumptions: cards that a workstation holds, machines of a cluster and of a cloud.

    late: how many times as long as asked the work may take on one machine before a second one is advised.
    """

    cards: float
    cluster: float
    cloud: float
    late: float


class Box(NamedTuple):
    """One machine that might be bought several times, and what the work asks in such machines.

    group: cards that hold one copy of the model, or one job. asked: cards of the kind that pace and groups ask for.
    cores, host: shares of one machine's processor and memory. pace: asked over sustained, and what limits it. together:
    cards that a job holds, which must stand in one machine.
    """

    name: str
    cards: int
    group: int
    asked: float
    cores: float
    host: float
    pace: float
    limits: str = ""
    together: int = 0
    price: float = math.nan

    @property
    def words(self) -> str:
        """As it is said."""
        return f"{self.cards} x {self.name}" if self.cards else self.name

    @property
    def by_memory(self) -> int:
        """Machines whose cards hold one copy."""
        return max(1, math.ceil(self.group / self.cards)) if self.cards else 1

    @property
    def by_cards(self) -> int:
        """Machines whose cards keep the pace, in whole groups."""
        if not self.cards:
            return 1
        if self.group > self.cards:
            return self.by_memory * math.ceil(self.asked / self.group)
        return max(1, math.ceil(self.asked / (self.cards // self.group * self.group)))

    @property
    def by_pace(self) -> int:
        """Machines whose cards, and whose processors, keep the pace; more where something else holds both up."""
        known = max(self.by_cards, math.ceil(self.cores))
        return known if known > 1 else max(1, math.ceil(self.pace))

    @property
    def needed(self) -> int:
        """The greatest of all."""
        return max(self.by_pace, self.by_memory, math.ceil(self.host))

    @property
    def fits(self) -> bool:
        """Whether it can be told, and whole machines make whole groups."""
        whole = not self.cards or self.group <= self.cards or self.group % self.cards == 0
        known = math.isfinite(self.asked + self.cores + self.host + self.pace)
        return known and whole and self.together <= self.cards


class Boxes(NamedTuple):
    """How many machines it takes. box: what one of them holds. by_*: what each resource alone would ask for.

    needed is 1 where one machine does it a little later than asked.
    """

    needed: int
    box: str
    by_pace: int
    by_memory: int
    by_host: int
    reason: str
    adds: tuple[str, ...]


def boxes_of(boxes: Sequence[Box], rungs: Rungs) -> tuple[Boxes, Box] | None:
    """Return how many of the best machine it takes, and that machine; None where of none it can be told."""
    known = [each for each in boxes if each.fits]
    if not known:
        return None
    best = min(known, key=_worth)
    late = max(best.pace, best.cores)
    if late <= rungs.late and best.by_cards == best.by_memory == 1 and best.host <= 1:
        reason = f"{best.words} takes a little longer than asked, {max(1, round(100 * (late - 1)))} %"
        return Boxes(1, best.words, 1, 1, 1, reason, ()), best
    needed = max(2, best.needed)  # no single machine does, so it is two at the least
    adds = CLUSTER_ADDS if needed >= rungs.cluster else ()
    by_host = max(1, math.ceil(best.host))
    return Boxes(needed, best.words, best.by_pace, best.by_memory, by_host, _reason(best), adds), best


def _worth(box: Box) -> tuple[object, ...]:
    """Fewest machines, then fewest that cards ask for, fewest cards, least price; what has no price comes last."""
    unknown = math.isnan(box.price)
    return box.needed, box.by_cards, box.cards, unknown, 0.0 if unknown else box.price, box.name


def _reason(box: Box) -> str:
    """What limits: the processor, the cards, their memory, the host's memory, or what else holds the pace up."""
    by_host, by_cores = math.ceil(box.host), math.ceil(box.cores)
    groups = f" in groups of {box.group}" if box.group > 1 else ""
    if box.needed == 1:
        return f"pace and memory together leave no room on {box.words}"
    if box.by_memory == box.needed:
        return f"one copy of the model takes {box.group} cards of the kind in {box.words}"
    if box.by_cards == box.needed:
        return f"the asked pace takes {math.ceil(box.asked)} cards{groups} and a box of {box.words} has {box.cards}"
    if by_cores == box.needed:
        return f"the processor limits: the asked pace takes {box.cores:.3g} times the cores of the largest host"
    if by_host == box.needed:
        return f"the work holds {box.host:.3g} times the memory of the largest host"
    return (
        f"the asked pace is {box.pace:.3g} times that of {box.words}{f', limited by {box.limits}' * bool(box.limits)}"
    )


def place_of(boxes: Boxes | None, cards: int, laptop: float, rungs: Rungs) -> Place:
    """Return the rung: from the number of machines, or of cards in one. laptop: the share of a good one that is taken.

    A card for a desktop machine makes it a workstation, however small the card.
    """
    if boxes is not None and boxes.needed > 1:
        if boxes.needed >= rungs.cloud:
            return Place.CLOUD
        return Place.CLUSTER if boxes.needed >= rungs.cluster else Place.SERVER
    if not cards and laptop <= 1:
        return Place.LAPTOP
    return Place.WORKSTATION if cards <= rungs.cards else Place.SERVER
