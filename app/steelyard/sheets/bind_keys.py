"""Why the key numbers are what they are: formula, numbers and the first levels of their causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.catalog.layers import OVERRIDDEN
from steelyard.figures.taken import card_names
from steelyard.project.known_price import known_price
from steelyard.sheets.content import Cause, Key
from steelyard.wording import plural, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.graph.explain import Explanation
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.bibliography import Bibliography

DEEPEST = 1
MOST_CAUSES = 7
LONGEST_FORMULA, LONGEST_NUMBERS = 420, 240
BARE_UNITS = {"present", "kind", "kinds"}
COUNTED = "×"


def key_of(evaluated: VariantEvaluation, name: str, row: int, place: int | None, bibliography: Bibliography) -> Key:
    """Return the explanation of one number; what lies deeper is a call of `steelyard explain` away."""
    told = evaluated.explain(name, row, place)
    voice, low_high = evaluated.voice(row), evaluated.range(name, row, place)
    low, high = (voice.say(end, told.unit, told.value).value for end in low_high)
    numbers = told.numbers.replace("samples/", f"{plural(voice.sample)}/")
    causes, more = _shown(tuple(_causes(evaluated, told, (row, place), 0, bibliography)))
    return Key(
        told.label if place is None else f"{told.label}, {card_names(evaluated, row)[place]}",
        str(voice.say(told.value, told.unit)),
        span(low, high) if low != high else "",
        told.formula.replace("_", " ") if len(told.formula) <= LONGEST_FORMULA else "",
        numbers.replace("/sample", f"/{voice.sample}") if len(numbers) <= LONGEST_NUMBERS else "",
        _incomplete(evaluated, name) or told.reason,
        causes,
        more,
        name,
        _command(evaluated, name, row, place),
        bibliography.numbers(told.source),
    )


def _incomplete(evaluated: VariantEvaluation, name: str) -> str:
    """Say of a price that is not known what is known of it."""
    words = known_price(evaluated).incomplete if name == "build_price" else ""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _command(evaluated: VariantEvaluation, name: str, row: int, place: int | None) -> str:
    """What to type for the whole tree of this very number, from the project that is attached to the sheet."""
    words = ["steelyard explain project.json", name]
    if evaluated.uses:
        words.append(f"--workload {evaluated.uses[row].id}")
    if place is not None:
        words.append(f"--place {place + 1}")
    if evaluated.variant.name != evaluated.project.variants[0].name:
        words.append(f'--variant "{evaluated.variant.name}"')
    return " ".join(words)


def _shown(causes: tuple[Cause, ...]) -> tuple[tuple[Cause, ...], int]:
    """Every direct cause, and of what lies beneath them as much as there is room for; and how many are left out."""
    room = MOST_CAUSES - sum(cause.depth == 0 for cause in causes)
    shown = []
    for cause in causes:
        if cause.depth:
            room -= 1
        if cause.depth == 0 or room >= 0:
            shown.append(cause)
    return tuple(shown), len(causes) - len(shown)


def _causes(
    evaluated: VariantEvaluation, told: Explanation, at: tuple[int, int | None], depth: int, bibliography: Bibliography
) -> Iterator[Cause]:
    row, place = at
    model = evaluated.engine.model
    for cause in told.because:
        if cause.unit.symbol in BARE_UNITS and not cause.text:
            continue
        entry = model.quantities.get(cause.name) or model.inputs.get(cause.name)
        spread_out = place is None and entry is not None and bool(entry.axes)
        if depth and (spread_out or cause.unit.symbol == COUNTED):
            continue
        said = cause.text or str(evaluated.voice(row).say(cause.value, cause.unit))
        if spread_out:
            said = "one for each, as above"
        sources, pinned = bibliography.numbers(cause.source), cause.note.startswith(OVERRIDDEN)
        yield Cause(depth, cause.label, said, cause.tier or "derived", sources, pinned)
        if depth < DEEPEST:
            yield from _causes(evaluated, cause, at, depth + 1, bibliography)
