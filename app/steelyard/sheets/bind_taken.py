"""What a site's answer rests on that nobody measured: assumptions by how much they move it, and given numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.figures.taken import values_of
from steelyard.project.origins import OriginsOf
from steelyard.sheets.fitness_content import Taken
from steelyard.wording import DASH, UNBREAKABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steelyard.catalog.assumptions import Spread
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.bibliography import Bibliography

EQUAL = {"circuit_power": 100.0, "room_air": 1.0, "noise_level": 1.0}
"""What a reader minds alike: so many watts on the circuit, kelvins in the room, decibels at the listener."""
NEGLIGIBLE = 0.01
"""Of these amounts: what moves nothing by more is not told."""


class Weight(NamedTuple):
    """An assumption behind the answer: the input's name, its range and source, and how far it moves the answer."""

    name: str
    spread: Spread
    moves: float


def weighed(evaluated: VariantEvaluation, row: int) -> tuple[Weight, ...]:
    """Return the assumptions behind circuit, room and noise, those that move them most over their ranges first."""
    origins = OriginsOf(evaluated.batch)
    found = {
        name: spread
        for name in _leaves(evaluated, tuple(EQUAL))
        if name not in evaluated.evaluation.given
        and (spread := origins.spread(name, row)) is not None
        and spread.low < spread.high
    }
    if not found:
        return ()
    moved = _moved(evaluated, row, found)
    weights = (Weight(name, spread, moved[name]) for name, spread in found.items() if moved[name] > NEGLIGIBLE)
    return tuple(sorted(weights, key=lambda each: (-each.moves, each.name)))


def taken_of(
    evaluated: VariantEvaluation, row: int, weights: Sequence[Weight], bibliography: Bibliography
) -> tuple[Taken, ...]:
    """Return these assumptions in words, each with the number of its source."""
    return tuple(_taken(evaluated, row, each, bibliography) for each in weights)


def given_of(evaluated: VariantEvaluation) -> tuple[Taken, ...]:
    """Return what the user put in the place of the model's numbers, with where it is from."""
    model = evaluated.engine.model
    found = []
    for name, given in evaluated.variant.given.items():
        entry = model.quantities.get(name) or model.inputs[name]
        said = evaluated.voice().say(given.value, entry.unit)
        found.append(Taken(entry.label, str(said), "", f"given: {given.note}", given=True))
    return tuple(found)


def _leaves(evaluated: VariantEvaluation, names: Sequence[str]) -> Iterator[str]:
    """The plain inputs that these numbers rest on, each once; behind what is given stands nothing."""
    model, given = evaluated.engine.model, evaluated.evaluation.given
    waiting, seen = list(names), set(names)
    while waiting:
        name = waiting.pop()
        quantity = model.quantities.get(name)
        if quantity is None:
            if not model.inputs[name].axes:
                yield name
        elif name not in given:
            needs = {need.name for need in quantity.needs} - seen
            seen |= needs
            waiting += sorted(needs)


def _moved(evaluated: VariantEvaluation, row: int, found: dict[str, Spread]) -> dict[str, float]:
    """How far each moves the answer from its low to its high end, in what a reader minds alike: one batch."""
    values = values_of(evaluated, row)
    for place, (name, spread) in enumerate(found.items()):
        varied = np.full(2 * len(found), float(values[name][..., 0]))
        varied[2 * place : 2 * place + 2] = spread.low, spread.high
        values[name] = varied
    swept = evaluated.engine.model.evaluate(values, list(EQUAL))
    moved = dict.fromkeys(found, 0.0)
    for target, amount in EQUAL.items():
        ends = np.broadcast_to(swept.value(target), (2 * len(found),)).reshape(-1, 2)
        for name, (low, high) in zip(found, ends, strict=True):
            far = abs(float(high) - float(low)) / amount
            moved[name] = max(moved[name], 0.0 if math.isnan(far) else far)
    return moved


def _taken(evaluated: VariantEvaluation, row: int, weight: Weight, bibliography: Bibliography) -> Taken:
    entry, spread, voice = evaluated.engine.model.inputs[weight.name], weight.spread, evaluated.voice(row)
    amount = evaluated.value(weight.name, row)
    value = voice.say(amount, entry.unit)
    low, high = (voice.say(end, entry.unit, beside=amount).text for end in (spread.low, spread.high))
    ends = f"{low}{UNBREAKABLE}{DASH}{UNBREAKABLE}{high}"
    return Taken(entry.label, str(value), ends, bibliography.numbers(spread.source))
