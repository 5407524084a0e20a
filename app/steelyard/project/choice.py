"""A candidate of sizing: so many of one card in the rig, and whether it carries the work at a level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.project.ladder import Box
from steelyard.workstation.balance import resources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine
    from steelyard.project.selection import Selection

__all__ = ["LEVELS", "WANTED", "WHOLE", "Candidate", "Choice"]

LEVELS: Final = ("least", "advised", "ample")
PROCESSOR, WHOLE, SPLIT = "processor", "whole", "split"
WANTED: Final = (
    "throughput", "asked_rate", "gpu_memory", "gpu_memory_at_peak", "gpu_memory_needed", "host_memory", "memory_least",
    "host_memory_at_peak", "cores_there", "trains", "gpu_memory_reserve", "host_memory_reserve", "busy_limit",
    "growth_over_life", "card_memory_asked", "stated_card_memory", "gpu_board_power", "queue_cards",
    "training_compute_days", "cores_least", "cores_advised", "cores_ample", "engine_time", "streams_least",
    "streams_advised", "streams_ample", "video_decode_capacity", "laptop_use", "parts_least", "cards_least",
    "cards_advised", "cards_ample", "held_least", "held_advised", "held_ample", "cards_of_server",
    "boxes_of_cluster", "boxes_of_cloud", "lateness_asked", "stage_limits", "bottleneck_stage",
)  # fmt: skip
"""What is asked of the model for every candidate."""


class Choice(NamedTuple):
    """Cards that carry the work. part: the GPU's id, empty for the processor alone.

    price: of the cards, or of the part of the rig's processor that takes their place, in minor units; NaN unknown.
    held: how the model lies on them: "whole" on each, "split" over them, or "processor". copies: of a model that only
    answers, side by side. memory and room: GB needed and there on each card, for the workload that needs most. pace:
    sustained over asked, for the workload that is slowest.
    """

    part: str
    name: str
    cards: int
    price: float
    held: str
    copies: int
    memory: float
    room: float
    pace: float


class Candidate:
    """One candidate: its numbers for every workload, and whether it carries them at a level."""

    def __init__(self, engine: Engine, project: Project, build: Selection, found: Evaluation, rows: range) -> None:
        self.part = build.part("gpu") or ""
        self.count = build.count("gpu")
        self.found = found
        self.rows = rows
        self.name = engine.catalog.part(self.part).name if self.part else "the processor alone"
        self.protects = not self.part or _protects(engine, self.part)
        self.price = self._price(engine, project, build)
        self.watts = self.count * self._at("gpu_board_power", rows[0]) if self.part else 0.0
        self.paces = [self._pace(row) for row in rows]
        self.alone = tuple(self.paces)
        self.copies = 1
        self.room = self._at("gpu_memory", rows[0]) if self.part else 0.0
        self.group = int(max(max(self._at("parts_least", row), self._at("queue_cards", row)) for row in rows))
        apart = max(self._at("parts_least", row) for row in rows) > 1
        self.held = PROCESSOR if not self.part else SPLIT if apart else WHOLE

    @property
    def pace(self) -> float:
        """Sustained over asked, for the workload that is slowest."""
        return min(self.paces)

    def memory(self, level: str) -> float:
        """GB on each card, of the workload that needs most, those beside it included."""
        return max(self._held(level, row) for row in self.rows) if self.part else 0.0

    def copy(self, fewer: Sequence[Candidate]) -> None:
        """Let models that only answer stand in copies side by side, where the processor keeps up with them."""
        on_cards = [place for place, row in enumerate(self.rows) if self._at("engine_time", row) > 0]
        answering = [place for place in on_cards if not self._at("trains", self.rows[place])]
        cores = max(self._at("cores_least", row) for row in self.rows)
        if not answering or not self.part or cores > self._at("cores_there", self.rows[0]):
            return
        for other in fewer:
            copies = self.count // other.count
            paces = [
                max(pace, copies * other.alone[place]) if place in answering else pace
                for place, pace in enumerate(self.paces)
            ]
            if other.group <= other.count and other.memory(LEVELS[0]) <= self.room and min(paces) > self.pace:
                self.paces, self.copies, self.held = paces, copies, other.held

    def carries(self, level: str) -> bool:
        """Whether every workload keeps its pace and fits, with the reserves of the level."""
        row = self.rows[0]
        free, host_free = 1 - self._at("gpu_memory_reserve", row), 1 - self._at("host_memory_reserve", row)
        pace, memory, host = 1.0, 1.0, 1.0
        if level != LEVELS[0]:
            pace, memory, host = 1 / self._at("busy_limit", row), 1 / free, 1 / host_free
        if level == LEVELS[2]:
            growth = self._at("growth_over_life", row)
            pace, memory, host = pace * growth, memory / free, host * growth
        name = "memory_least" if self.part else "host_memory_at_peak"  # without a card the host holds the model
        needed = max(self._at(name, each) for each in self.rows)
        if self.part:
            cards = max(self._at(f"cards_{level}", each) for each in self.rows)
            if not (cards <= self.count and self.memory(level) * memory <= self.room):  # unknown never fits
                return False
        elif (
            max(max(self._at("queue_cards", each) - 1, self._at("stated_card_memory", each)) for each in self.rows) > 0
        ):
            return False  # the software's maker, or a job, asks for cards
        streams = max(self._at(f"streams_{level}", each) for each in self.rows)
        if streams > max(self._at("video_decode_capacity", each) for each in self.rows):
            return False  # what no card decodes keeps a processor from all else
        return self.pace >= pace and needed * host <= self._at("host_memory", row)

    def may_count(self) -> bool:
        """Whether several such machines do: a part of the model fits a card, and what asks for cards has some."""
        if self.part:
            return self.memory(LEVELS[0]) <= self.room
        return not any(self._at(name, row) > 0 for name in ("held_least", "stated_card_memory") for row in self.rows)

    def choice(self, level: str) -> Choice:
        """As it is shown."""
        return Choice(
            self.part,
            self.name,
            self.count,
            self.price,
            self.held,
            self.copies,
            self.memory(level),
            self.room,
            self.pace,
        )

    def box(self) -> Box:
        """What the work asks, counted in machines like this one."""
        slow = min(range(len(self.rows)), key=lambda place: self.paces[place])
        return Box(
            self.name,
            self.count,
            self.group if self.part else 1,
            max(self._at("cards_least", row) for row in self.rows) if self.part else 0.0,
            max(self._at("cores_least", row) for row in self.rows) / self._at("cores_there", self.rows[0]),
            max(self._at("memory_least", row) for row in self.rows) / self._at("host_memory", self.rows[0]),
            1 / self.pace if self.pace > 0 else math.inf,
            self._limits(self.rows[slow]),
            int(max(self._at("queue_cards", row) for row in self.rows)) if self.part else 0,
            self.price,
        )

    def _at(self, name: str, row: int) -> float:
        return self.found.at(name, row)

    def _held(self, level: str, row: int) -> float:
        beside = self._at("gpu_memory_at_peak", row) - self._at("gpu_memory_needed", row)
        return self._at(f"held_{level}", row) + beside

    def _limits(self, row: int) -> str:
        stage = self._at("bottleneck_stage", row)
        if math.isnan(stage):
            return ""
        limits = float(self.found.values["stage_limits"][int(stage)][row])
        return " and ".join(f"the {each}" for each in resources_of(limits, self.count))

    def _price(self, engine: Engine, project: Project, build: Selection) -> float:
        """The cards' price; without cards the share of the processor's that the work of cards takes of its time."""
        prices = engine.catalog.prices
        if prices.book.currency != project.currency:
            return math.nan
        if self.part:
            return self.count * prices.minor(self.part, self.count)
        taken = max(self._at("asked_rate", row) * self._at("engine_time", row) for row in self.rows)
        return round(taken * prices.minor(build.part("cpu") or "", 1)) if taken > 0 else 0.0

    def _pace(self, row: int) -> float:
        asked, sustained = self._at("asked_rate", row), self._at("throughput", row)
        if math.isnan(sustained):
            return 0.0  # cannot tell is never a pass
        return sustained / asked if asked > 0 else math.inf


def _protects(engine: Engine, part: str) -> bool:
    """Whether the card's memory is known to correct errors."""
    table = engine.catalog.tables["gpu"]
    return float(table.columns["memory_ecc"][table.row(part)]) == 1
