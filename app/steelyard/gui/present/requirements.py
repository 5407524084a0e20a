"""The requirements of a project as the view shows them: three levels of each resource beside what the build has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.gui.present.levels import has_reading, level_reading
from steelyard.gui.present.numbers import reading_of
from steelyard.project.levels import NOTHING_CHOSEN, reached, state_of
from steelyard.project.requirements import LAYERS, requirements_of
from steelyard.wording import counted, measured, number, share, times

if TYPE_CHECKING:
    from steelyard.gui.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.requirements import Requirement

SEED_GUIDE: Final = 512.0
"""GB of system memory that guides name for large projects: a mark to compare with, and no rule."""

SEED_WORDS: Final = "512 GB: common guide"
LEVEL_WORDS: Final = {
    "short": "short",
    "least": "the least",
    "recommended": "recommended",
    "comfortable": "comfortable",
    "unknown": "cannot tell",
    "nothing": NOTHING_CHOSEN,
    "": "",
}


class NeedLine(NamedTuple):
    """A resource: its levels, what the build has, up to which level that does, and whose the greatest share is."""

    key: str
    label: str
    least: Reading
    advised: Reading
    ample: Reading
    has: Reading
    reached: str
    state: str
    driver: str
    driver_id: str
    why: str

    @property
    def cells(self) -> tuple[Reading, Reading, Reading, Reading]:
        """What can be asked about, from left to right."""
        return self.least, self.advised, self.ample, self.has

    @property
    def word(self) -> str:
        """The level that the build reaches; what is present or absent has said so already."""
        return "" if self.key == "protection" or self.reached == NOTHING_CHOSEN else self.reached


class NeedGroup(NamedTuple):
    """A layer with its resources."""

    layer: str
    lines: tuple[NeedLine, ...]


class MemoryScale(NamedTuple):
    """Host memory on one scale, in GB: the three levels, what the build has (None: not known), a mark to compare."""

    levels: tuple[tuple[str, float], ...]
    has: float | None
    guide: float
    guide_words: str
    sentence: str


def groups_view(variant: VariantEvaluation, *, ranged: bool) -> tuple[NeedGroup, ...]:
    """Every resource that is asked for, in layers."""
    found = requirements_of(variant, ranges=ranged)
    groups = ((layer, [each for each in found if each.layer == layer]) for layer in LAYERS)
    return tuple(NeedGroup(layer, tuple(_line(variant, each) for each in lines)) for layer, lines in groups if lines)


def _line(variant: VariantEvaluation, requirement: Requirement) -> NeedLine:
    least, advised, ample = (
        level_reading(requirement, level) for level in (requirement.least, requirement.advised, requirement.ample)
    )
    word = reached(requirement)
    return NeedLine(
        requirement.key,
        requirement.label,
        least,
        advised,
        ample,
        has_reading(requirement, own=True),
        LEVEL_WORDS[word],
        state_of(requirement, variant.findings),
        requirement.driver,
        requirement.driver_id,
        requirement.why,
    )


def sentence_of(groups: tuple[NeedGroup, ...]) -> str:
    """Whether the build does, in one sentence."""
    lines = [line for group in groups for line in group.lines if line.reached]
    if not groups:
        return "Nothing is asked yet."
    short = [line.label for line in lines if line.reached == LEVEL_WORDS["short"]]
    unknown = sum(line.reached == LEVEL_WORDS["unknown"] for line in lines)
    bare = sum(line.reached == LEVEL_WORDS["nothing"] for line in lines)
    cannot = f"; of {unknown} it cannot be told" if unknown else ""
    if bare:
        cannot += f"; for {bare} nothing is chosen yet"
    if short:
        names = ", ".join(short)
        return f"This build is short of {counted(len(short), 'resource')} of {len(lines)}: {names}{cannot}."
    advised = sum(line.reached in {"recommended", "comfortable"} for line in lines)
    ample = sum(line.reached == "comfortable" for line in lines)
    met = len(lines) - unknown - bare
    if not met and bare:
        return f"Nothing is chosen yet, so none of the {len(lines)} resources is there."
    if not met:
        return f"Of none of the {len(lines)} resources it can be told whether this build has enough."
    if advised == met == len(lines):
        return f"This build has what is recommended of all {met} resources, and is comfortable with {ample}."
    return f"This build has the least of {counted(met, 'resource')}, what is recommended of {advised}{cannot}."


def growth_words(variant: VariantEvaluation) -> str:
    """How the work grows over the life, and that it counts in what is comfortable."""
    lab = variant.project.lab
    grown = variant.value("growth_over_life")
    years = measured(lab.life_years, "year" if lab.life_years == 1 else "years")
    if grown <= 1:
        return f"No growth over {years}: comfortable is recommended with nothing on top, but for the memory of a card."
    return (
        f"Grows by {share(lab.growth)} a year over {years}: comfortable is {times(grown)} recommended where data count."
    )


def growth_reading(variant: VariantEvaluation) -> Reading:
    """How many times today's work that of the last year is."""
    reading = reading_of(variant, "growth_over_life", label="Growth over the life")
    return reading._replace(value=times(variant.value("growth_over_life")), unit="")


def memory_scale(variant: VariantEvaluation) -> MemoryScale | None:
    """The levels of host memory against what the build has and the seeds' guide; None where none is asked."""
    found = (each for each in requirements_of(variant, ranges=False) if each.key == "memory")
    memory = next(found, None)
    if memory is None or math.isnan(memory.ample.value):
        return None
    levels = (
        ("least", memory.least.value),
        ("recommended", memory.advised.value),
        ("comfortable", memory.ample.value),
    )
    has = None if math.isnan(memory.has) else memory.has
    side = "below" if memory.ample.value < SEED_GUIDE else "above"
    sentence = (
        f"Comfortable is {number(memory.ample.value)} GB, {side} the {number(SEED_GUIDE)} GB "
        "that guides name for large projects."
    )
    return MemoryScale(levels, has, SEED_GUIDE, SEED_WORDS, sentence)
