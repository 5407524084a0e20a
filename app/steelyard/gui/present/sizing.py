"""What sizing without a build says: the least-priced cards that carry the work, or how many machines it takes."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from steelyard.money import minor_digits
from steelyard.project.ladder import LADDER, Place
from steelyard.project.parallelism import METHODS
from steelyard.wording import counted, measured, money, number, times

if TYPE_CHECKING:
    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine, VariantEvaluation
    from steelyard.project.parallelism import Advice
    from steelyard.project.sizing import Choice, Sizer, Sizing


class Rungs(NamedTuple):
    """The ladder of scale: its rungs from small to large, the one where the project stands (-1: not known)."""

    words: tuple[str, ...]
    current: int
    sentence: str


class Answer(NamedTuple):
    """One line of the sizing answer: at which level, and what carries the work there."""

    level: str
    text: str
    detail: str = ""


class Shared(NamedTuple):
    """How several cards should share one workload, in words."""

    name: str
    method: str
    memory: str
    traffic: str
    reason: str
    warns: bool


class Sized:
    """Sizes a project anew only when what is asked changed: the parts of a build have no say in it."""

    def __init__(self) -> None:
        self._sizer: Sizer | None = None
        self._key: object = None
        self._sizing: Sizing | None = None

    def of(self, variant: VariantEvaluation) -> Sizing:
        """The sizing of the project of an evaluation."""
        from steelyard.project.sizing import Sizer

        engine, project = variant.engine, variant.project
        if self._sizer is None or self._sizer.engine is not engine:
            self._sizer, self._key = Sizer.of(engine, project), None
        key = (project.workloads, project.lab, project.site, project.currency)
        if self._sizing is None or key != self._key:
            self._key, self._sizing = key, self._sizer.size(project)
        return self._sizing

    def known(self, engine: Engine, project: Project) -> Sizing | None:
        """The sizing as far as it is there already; None where it would have to be computed."""
        key = (project.workloads, project.lab, project.site, project.currency)
        fresh = self._sizer is not None and self._sizer.engine is engine and key == self._key
        return self._sizing if fresh else None


def rungs_view(sizing: Sizing | None) -> Rungs:
    """Where the project stands between a laptop and a cluster."""
    words = tuple(str(place) for place in LADDER)
    if sizing is None or sizing.place is Place.UNKNOWN:
        missing = len(sizing.unknown) if sizing is not None else 0
        waits = f"not known until {counted(missing, 'workload')} {'is' if missing == 1 else 'are'} filled in"
        return Rungs(words, -1, waits if missing else "nothing to place yet")
    said = {
        Place.LAPTOP: "a good laptop is enough",
        Place.WORKSTATION: "one workstation is enough",
        Place.SERVER: "one server is enough",
        Place.CLUSTER: "one machine is not enough",
        Place.CLOUD: "more than a department can house",
    }
    sentence = said[sizing.place]
    if sizing.boxes is not None and sizing.boxes.needed > 1:
        some = "a few servers are enough" if sizing.place is Place.SERVER else sentence
        sentence = f"{some}: {sizing.boxes.needed:,} machines"
    return Rungs(words, LADDER.index(sizing.place), sentence)


def answer_sentence(sizing: Sizing | None) -> str:
    """The sizing answer in one sentence."""
    if sizing is None:
        return "Nothing is asked yet."
    if sizing.unknown:
        return f"Cannot be sized yet: inputs of {_listed(sizing.unknown)} are empty."
    if sizing.least is not None:
        said = f"{_cards(sizing.least)} {_is(sizing.least)} the least-priced choice that carries it."
        if sizing.least.held == "split":
            said += f" The model is split: {measured(sizing.least.memory, 'GB')} on each card."
        return said
    if sizing.boxes is not None and sizing.boxes.needed == 1:
        return f"One box of {sizing.boxes.box} does, late: {sizing.boxes.reason}.".replace(" x ", " × ")
    if sizing.boxes is not None:
        said = f"This needs {sizing.boxes.needed:,} boxes of {sizing.boxes.box}, because {sizing.boxes.reason}."
        return said.replace(" x ", " × ")
    return "No box of the catalogue carries it, and it cannot be told how many would."


def answers_view(sizing: Sizing | None) -> tuple[Answer, ...]:
    """What carries the work at each level."""
    if sizing is None or sizing.unknown:
        return ()
    levels = (
        ("At the least", sizing.least),
        ("Recommended, with reserve", sizing.advised),
        ("Comfortable, grown over the life", sizing.ample),
    )
    lines = []
    for level, choice in levels:
        if choice is None:
            lines.append(Answer(level, "no single box of the catalogue"))
        else:
            lines.append(Answer(level, _cards(choice), _carries(choice, sizing.currency)))
    return tuple(lines)


def shared_view(sizing: Sizing | None) -> tuple[Shared, ...]:
    """How the cards should share each workload, and what it costs."""
    return tuple(_shared(each) for each in sizing.advice) if sizing is not None else ()


def _shared(advice: Advice) -> Shared:
    memory = "" if not advice.cards else measured(advice.memory, "GB on each card")
    traffic = "" if not advice.traffic else measured(advice.traffic, "GB exchanged a step")
    if math.isnan(advice.traffic):
        traffic = "what they exchange is not known"
    return Shared(
        advice.name, METHODS[advice.method], memory, traffic, advice.reason.replace(" x ", " × "), advice.lacks_nvlink
    )


def _cards(choice: Choice) -> str:
    return f"{choice.cards} × {choice.name}" if choice.cards else "The processor alone"


def _is(choice: Choice) -> str:
    return "are" if choice.cards > 1 else "is"


def _carries(choice: Choice, currency: str) -> str:
    pace = "no pace is asked" if math.isinf(choice.pace) else f"{times(choice.pace)} the asked pace"
    if not choice.cards:
        return pace
    digits = minor_digits(currency)
    price = "price not known"
    if math.isfinite(choice.price):
        price = money(Decimal(round(choice.price)), currency, digits).replace(f".{'0' * digits}", "")
    copies = f"{choice.copies} copies of the model, " if choice.copies > 1 else ""
    split = "the model split over them, " if choice.held == "split" else ""
    return f"{copies}{split}{number(choice.memory)} of {measured(choice.room, 'GB')} on each, {pace}, {price}"


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
