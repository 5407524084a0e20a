"""Sizing without a build: which cards carry the work at the least price, or how many machines it takes.

Every card that the picker shows, one to eight of it and none at all, in one batch, in the same host (`rig`). A choice
carries the work when every workload keeps its pace and fits, beside those that run at the same time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.project.choice import LEVELS, WANTED, WHOLE, Candidate, Choice
from steelyard.project.demands import empty_inputs
from steelyard.project.ladder import Boxes, Place, Rungs, boxes_of, place_of
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


_RUNGS: Final = ("cards_of_server", "boxes_of_cluster", "boxes_of_cloud", "lateness_asked")


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
        batch, found = self.engine.run(project, builds, uses, WANTED, given=COOL)
        unknown = _unknown(self.engine, found, batch, uses)
        if unknown or not uses:
            return Sizing(
                self.rig.words, project.currency, None, None, None, None, Place.UNKNOWN, (), math.nan, unknown
            )
        judged = [
            Candidate(self.engine, project, build, found, range(batch.row(place, 0), batch.row(place, 0) + len(uses)))
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


def _least_priced(judged: Sequence[Candidate], level: str, *, protected: bool) -> Choice | None:
    """The least price, then the fewest cards, then the least power; what has no price comes last.

    protected: only cards whose memory corrects errors, as regulated data ask; others where no such card does.
    """
    carrying = [each for each in judged if each.carries(level)]

    def order(each: Candidate) -> tuple[object, ...]:
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
