"""Sizing without a build: which cards carry the work at the least price, or how many machines it takes.

Every card that the picker shows, one to eight of it and none at all, in one batch, in the same host (`rig`). A choice
carries the work when every workload keeps its pace and fits, beside those that run at the same time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.project.demands import empty_inputs
from steelyard.project.ladder import Boxes, Place, boxes_of, place_of
from steelyard.project.parallelism import MOST_CARDS, Advice, advice_of
from steelyard.project.rig import COOL, Rig, rig_of

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
    "throughput", "asked_rate", "gpu_memory", "gpu_memory_at_peak", "gpu_memory_needed", "card_memory_held",
    "activations_whole", "memory_fragmentation", "framework_memory", "host_memory", "memory_least",
    "host_memory_at_peak", "cores_there", "trains", "gpu_memory_reserve", "host_memory_reserve", "busy_limit",
    "growth_over_life", "card_memory_least", "card_memory_asked", "stated_card_memory", "gpu_board_power",
    "training_compute_days", "cores_least", "engine_time", "streams_least", "streams_advised", "streams_ample",
    "video_decode_capacity", "scratch_least", "warm_least", "cold_least",
)  # fmt: skip


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
        choices = {level: _least_priced(judged, level) for level in LEVELS}
        boxes = None if choices["least"] else boxes_of([each.box() for each in judged])
        days = sum(found.at("training_compute_days", row) for row in range(len(uses)))
        cores, memory, *stored = (
            max(found.at(name, row) for row in range(len(uses)))
            for name in ("cores_least", "memory_least", "scratch_least", "warm_least", "cold_least")
        )
        shown = choices["least"]
        count, room = (shown.cards, shown.room if shown.cards else 0.0) if shown else (MOST_CARDS, math.inf)
        place = place_of(boxes, count, room, cores, memory, sum(stored))
        return Sizing(
            self.rig.words,
            project.currency,
            choices["least"],
            choices["advised"],
            choices["ample"],
            boxes,
            place,
            self._advice(project, choices["least"], judged),
            days,
            (),
        )

    def _builds(self) -> list[Selection]:
        catalog, host = self.engine.catalog, self.rig.selection
        parts = [part for part in catalog.tables["gpu"].ids[1:] if not catalog.part(part).is_hidden]
        return [host, *(host.with_(gpu=(part, count)) for part in parts for count in COUNTS)]

    def _advice(self, project: Project, chosen: Choice | None, judged: Sequence[_Judged]) -> tuple[Advice, ...]:
        """On the card that is chosen; where none is, on the box that comes nearest."""
        if chosen and not chosen.cards:
            return ()
        part, count = (chosen.part, chosen.cards) if chosen else _nearest(judged)
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
        self.price = self._price(engine, project, build)
        self.watts = self.count * self._at("gpu_board_power", rows[0]) if self.part else 0.0
        self.paces = [self._pace(row) for row in rows]
        self.alone = tuple(self.paces)
        self.copies = 1
        whole = max(self._at("gpu_memory_at_peak", row) for row in rows)
        self.room = self._at("gpu_memory", rows[0]) if self.part else 0.0
        self.held = PROCESSOR if not self.part else WHOLE
        self.stated = max(self._at("stated_card_memory", row) for row in rows)  # of one card: no splitting helps
        self.memory = max(whole, self.stated) if self.part else 0.0
        if self.part and self.memory > self.room and self.count > 1:
            self.held = SPLIT
            self.memory = max(self.stated, *(self._split(row) for row in rows))

    @property
    def pace(self) -> float:
        """Sustained over asked, for the workload that is slowest."""
        return min(self.paces)

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
            if other.memory <= self.room and min(paces) > self.pace:
                self.paces, self.copies, self.memory, self.held = paces, copies, other.memory, other.held

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
        fits = not self.part or self.memory * memory <= self.room
        streams = max(self._at(f"streams_{level}", each) for each in self.rows)
        if streams > max(self._at("video_decode_capacity", each) for each in self.rows):
            return False  # what no card decodes keeps a processor from all else
        if self.stated > self.room:
            return False  # the software's maker asks for such a card, whatever is shared out
        return self.pace >= pace and fits and needed * host <= self._at("host_memory", row)

    def choice(self) -> Choice:
        """As it is shown."""
        return Choice(
            self.part, self.name, self.count, self.price, self.held, self.copies, self.memory, self.room, self.pace
        )

    def box(self) -> tuple[str, int, float, float, float]:
        """Return name, count, and the shares of one box that pace, card memory and host memory ask for."""
        model = max(self._at("card_memory_least", row) for row in self.rows)
        host = max(self._at("memory_least", row) for row in self.rows) / self._at("host_memory", self.rows[0])
        memory = model / (self.count * self.room) if self.count else math.inf if model else 0.0
        return self.name, self.count, 1 / self.pace if self.pace > 0 else math.inf, memory, host

    def _at(self, name: str, row: int) -> float:
        return self.found.at(name, row)

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

    def _split(self, row: int) -> float:
        """Memory of a card when the state of this workload is shared out: what a step holds stays whole."""
        gaps = 1 + self._at("memory_fragmentation", row)
        whole = self._at("activations_whole", row)
        state = self._at("card_memory_held", row) - whole
        beside = self._at("gpu_memory_at_peak", row) - self._at("gpu_memory_needed", row)
        shared = gaps * (state / self.count + whole) + self._at("framework_memory", row) + beside
        return min(shared, self._at("gpu_memory_at_peak", row))


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


def _least_priced(judged: Sequence[_Judged], level: str) -> Choice | None:
    """The least price, then the fewest cards, then the least power; what has no price comes last."""
    carrying = [each for each in judged if each.carries(level)]

    def order(each: _Judged) -> tuple[object, ...]:
        return (
            math.isnan(each.price),
            0.0 if math.isnan(each.price) else each.price,
            each.count,
            each.watts,
            each.part,
        )

    return min(carrying, key=order).choice() if carrying else None


def _nearest(judged: Sequence[_Judged]) -> tuple[str, int]:
    """The box that comes nearest to the work: the greatest share of pace and memory together."""
    with_cards = [each for each in judged if each.count]
    if not with_cards:
        return "", 0
    best = min(with_cards, key=lambda each: (max(each.box()[2:4]), each.count, each.part))
    return best.part, best.count
