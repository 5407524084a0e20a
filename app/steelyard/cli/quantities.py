"""`steelyard predict bench/... --of NAMES`: quantities of a measured machine, with their ranges."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json, print_text
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.contract import QuantityLine
from steelyard.project.findings import reasons_unknown

if TYPE_CHECKING:
    import argparse

    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine, VariantEvaluation

__all__ = ["print_quantities"]


def print_quantities(engine: Engine, project: Project, options: argparse.Namespace) -> ExitCode:
    """Print the quantities that `--of` names, one a line; over cards one a card, the first is 1. Raises BadInputError.

    As JSON the position is an index, from zero.
    """
    names = [name.strip() for name in options.of.split(",") if name.strip()]
    known = engine.model.quantities
    for name in names:
        if name not in known:
            hint = did_you_mean(name, tuple(known)) or " The glossary lists all names."
            raise BadInputError(f'There is no quantity "{name[:60]}".{hint}')
    found = engine.evaluate_variant(project, project.variants[0].name)
    lines = tuple(line for name in names for line in _lines(found, name))
    if options.json:
        print_json(lines)
        return ExitCode.DONE
    voice = found.voice()
    for line in lines:
        unit = known[line.quantity].unit
        value, low, high = (str(voice.say(math.nan if each is None else each, unit)) for each in line[3:])
        place = ""
        if line.position is not None:
            place = f", {known[line.quantity].axes[0].name.rstrip('s')} {line.position + 1}"
        if math.isnan(found.value(line.quantity, 0, line.position)):
            reasons = ", ".join(reasons_unknown(found.explain(line.quantity, 0, line.position)))
            print(f"{line.quantity} is not known: {reasons or 'data are missing'}.", file=sys.stderr)
        print_text(f"{known[line.quantity].label}{place}: {value} ({low} to {high})  [{line.quantity}]")
    return ExitCode.DONE


def _lines(found: VariantEvaluation, name: str) -> list[QuantityLine]:
    quantity = found.engine.model.quantities[name]
    places: list[int | None] = [None]
    if quantity.axes:
        filled = found.evaluation.value(quantity.axes[0].presence)
        places = [place for place in range(len(filled)) if filled[place, 0] > 0]
    lines = []
    for place in places:
        numbers = (found.value(name, 0, place), *found.range(name, 0, place))
        value, low, high = (each if math.isfinite(each) else None for each in numbers)
        lines.append(QuantityLine(name, quantity.unit.symbol, place, value, low, high))
    return lines
