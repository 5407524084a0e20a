"""Sizing without a build: which cards carry the work at the least price, or how many machines it takes.

Every card that the picker shows, one to eight of it and none at all, in one batch, in the same host (`rig`). A choice
carries the work when every workload keeps its pace and fits, beside those that run at the same time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.project.demands import empty_inputs
from steelyard.project.ladder import Box, Boxes, Place, Rungs, boxes_of, place_of
from steelyard.project.parallelism import MOST_CARDS, Advice, advice_of
from steelyard.project.rig import COOL, Rig, rig_of
from steelyard.workstation.balance import resources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.assemble import Batch
    from steelyard.project.content import Project, WorkloadUse
    from steelyard.project.evaluate import Engine
    from steelyard.project.selection import Selection

__all__ = ["COUNTS", "LEVELS", "WHOLE", "Choice", "Sizer", "Sizing"]

COUNTS: Final = (1, 2, 3, 4, MOST_CARDS)
LEVELS: Final = ("least", "advised", "ample")
PROCESSOR, WHOLE, SPLIT = "processor", "whole", "split"
_WANTED: Final = (
    "throughput", "asked_rate", "gpu_memory", "gpu_memory_at_peak", "gpu_memory_needed", "host_memory", "memory_least",
    "host_memory_at_peak", "cores_there", "trains", "gpu_memory_reserve", "host_memory_reserve", "busy_limit",
    "growth_over_life", "card_memory_asked", "stated_card_memory", "gpu_board_power", "queue_cards",
    "training_compute_days", "cores_least", "cores_advised", "cores_ample", "engine_time", "streams_least",
    "streams_advised", "streams_ample", "video_decode_capacity", "laptop_use", "parts_least", "cards_least",
    "cards_advised", "cards_ample", "held_least", "held_advised", "held_ample", "cards_of_server",
    "boxes_of_cluster", "boxes_of_cloud", "lateness_asked", "stage_limits", "bottleneck_stage",
)  # fmt: skip


_RUNGS: Final = ("cards_of_server", "boxes_of_cluster", "boxes_of_cloud", "lateness_asked")


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


class Sizing(NamedTuple):
    """What a project needs to be built of. A level is None where no single box of the catalogue carries it.

    unknown: names of workloads with inputs that are missing; then nothing else is told. compute_days: what training
    takes in all, in petaflop-days. boxes: how many machines it takes when no single one does the least.
    counted: the card, and how many of it in one machine, in which cards are counted; "" where no card is asked for.
    """

    rig: str
    currency: str
    least: Choice | None
    advised: Choice | None
    ample: Choice | None
    boxes: Boxes | None
    place: Place
    advice: tuple[Advice, ...]
    compute_days: float
    unknown: tuple[str, ...]
    counted: tuple[str, int] = ("", 0)


class Sizer(NamedTuple):
    """An engine and the rig of its catalogue: finds the rig once, sizes any number of projects."""

    engine: Engine
    rig: Rig

    @classmethod
    def of(cls, engine: Engine, project: Project) -> Sizer:
        """Find the rig; the project lends its site, which has no say in it."""
        return cls(engine, rig_of(engine, project))

    def size(self, project: Project) -> Sizing:
        """Return the least-priced choices at each level, or the number of boxes. Raises BadInputError as evaluate."""
        uses = self.engine.uses_of(project)
        builds = self._builds()
        batch, found = self.engine.run(project, builds, uses, _WANTED, given=COOL)
        unknown = _unknown(self.engine, found, batch, uses)
        if unknown or not uses:
            return Sizing(
                self.rig.words, project.currency, None, None, None, None, Place.UNKNOWN, (), math.nan, unknown
            )
        judged = [
            _Judged(self.engine, project, build, found, range(batch.row(place, 0), batch.row(place, 0) + len(uses)))
            for place, build in enumerate(builds)
        ]
        for each in judged:
            each.copy([other for other in judged if other.part == each.part and other.count < each.count])
        choices = {level: _least_priced(judged, level, protected=project.lab.regulated) for level in LEVELS}
        rungs = Rungs(*(found.at(name, 0) for name in _RUNGS))
        least = choices["least"]
        several = None if least else boxes_of([each.box() for each in judged if each.may_count()], rungs)
        days = sum(found.at("training_compute_days", row) for row in range(len(uses)))
        shown, count = (least.part, least.cards) if least else ("", 0)
        if several:
            shown, count = next((e.part, e.count) for e in judged if (e.name, e.count) == several[1][:2])
        of_shown = next(each for each in judged if (each.part, each.count) == (shown, count))
        laptop = max(found.at("laptop_use", row) for row in of_shown.rows)
        boxes = several[0] if several else None
        return Sizing(
            self.rig.words,
            project.currency,
            least,
            choices["advised"],
            choices["ample"],
            boxes,
            place_of(boxes, count, laptop, rungs) if least or boxes else Place.CLOUD,
            self._advice(project, shown, count),
            days,
            (),
            (shown, count),
        )

    def _builds(self) -> list[Selection]:
        catalog, host = self.engine.catalog, self.rig.selection
        parts = [part for part in catalog.tables["gpu"].ids[1:] if not catalog.part(part).is_hidden]
        return [host, *(host.with_(gpu=(part, count)) for part in parts for count in COUNTS)]

    def _advice(self, project: Project, part: str, count: int) -> tuple[Advice, ...]:
        """On the cards that are chosen; where one machine does not do, on those of the machine that is counted."""
        if not count:
            return ()
        variant = project.variants[0]._replace(selection=self.rig.selection.with_(gpu=(part, count)))
        evaluated = self.engine.evaluate_variant(project._replace(variants=(variant,)), variant.name)
        return advice_of(evaluated)


class _Judged:
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

    def copy(self, fewer: Sequence[_Judged]) -> None:
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


def _unknown(engine: Engine, found: Evaluation, batch: Batch, uses: Sequence[WorkloadUse]) -> tuple[str, ...]:
    """Workloads with a required input that is empty, or of which pace or memory cannot be told on any card."""
    names = ("asked_rate", "card_memory_asked", "memory_least")
    missing = [
        place
        for place, use in enumerate(uses)
        if empty_inputs(use, engine.catalog.workloads[use.workload])
        or any(math.isnan(found.at(name, batch.row(0, place))) for name in names)
    ]
    return tuple(engine.catalog.workloads[uses[place].workload].name for place in missing)


def _least_priced(judged: Sequence[_Judged], level: str, *, protected: bool) -> Choice | None:
    """The least price, then the fewest cards, then the least power; what has no price comes last.

    protected: only cards whose memory corrects errors, as regulated data ask; others where no such card does.
    """
    carrying = [each for each in judged if each.carries(level)]

    def order(each: _Judged) -> tuple[object, ...]:
        return (
            protected and not each.protects,
            math.isnan(each.price),
            0.0 if math.isnan(each.price) else each.price,
            each.count,
            each.watts,
            each.part,
        )

    if not carrying:
        return None
    best = min(carrying, key=order)
    choice = best.choice(level)
    plain = protected and not best.protects
    return choice._replace(name=f"{choice.name} (no error correction in its memory)") if plain else choice
