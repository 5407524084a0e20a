"""How far the numbers of a requirements sheet can be trusted: ranges, and how near such predictions came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.errors import BadInputError
from steelyard.figures.accuracy import curves
from steelyard.figures.plot import Table
from steelyard.project.accuracy import accuracy, families_of

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.sized import Weighed

RANGES = (
    "Every number is an estimate by formulas. Its range holds four of five outcomes as what is uncertain varies, from "
    "the 10th to the 90th percentile."
)
MEASURED = (
    "The pace rests on fits to published measurements of the kinds below, each predicted without having seen its own "
    "card or host. The worst cases and what is believed to be their cause stand on the page on accuracy "
    "(resources/docs/accuracy.md; in the desk: Help, How accurate is this?)."
)
UNMEASURED = (
    "No published measurement of this kind of work lies behind the pace: it rests on stated assumptions, and the "
    "page on accuracy says nothing of it."
)
BEYOND = (
    "How pace grows over several boxes was not measured: their number is the least, with nothing lost between them."
)


def trust_of(lab: Weighed) -> tuple[str, Table]:
    """Return sentences on ranges and measurements, and a line for each family of measurements behind the pace."""
    if not lab.evaluated.uses or lab.found.unknown:
        return RANGES, Table((), ())
    if lab.found.boxes is not None and lab.found.boxes.needed > 1:
        return f"{RANGES} {BEYOND}", Table((), ())
    table = _families(lab.evaluated)
    return f"{RANGES} {MEASURED if table.rows else UNMEASURED}", table


def _families(evaluated: VariantEvaluation) -> Table:
    names: dict[str, None] = {}
    for row in evaluated.rows:
        names |= dict.fromkeys(families_of(evaluated.explain("throughput", row)) or ())
    try:
        known = accuracy()
    except BadInputError:
        return Table((), ())  # the sheet holds without figures that only stand beside it
    families = tuple(each for each in known.families if each.name in names)
    return curves(known._replace(families=families)).table if families else Table((), ())
