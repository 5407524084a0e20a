"""The grid of paper: A4 and Letter carry the same column, 180 mm wide, in 12 columns; only the height differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.rule_sets import rule_sets
from steelyard.wording import POINT

if TYPE_CHECKING:
    from steelyard.project.content import Site

COLUMN: Final = 180 * mm
GUTTER: Final = 6.5 * mm
HEAD: Final = 23 * mm
FOOT: Final = 17 * mm
PAPERS: Final = {"a4": A4, "letter": LETTER}
COLUMNS: Final = 12


class Paper(NamedTuple):
    """A sheet of paper in points, with the margin that centres the column."""

    name: str
    wide: float
    high: float

    @property
    def margin(self) -> float:
        """Points at the left and right of the column."""
        return (self.wide - float(COLUMN)) / 2

    @property
    def room(self) -> float:
        """Points between the running head and the foot."""
        return self.high - float(HEAD) - float(FOOT)


def paper_named(name: str) -> Paper:
    """Return the paper called "a4" or "letter". Raises BadInputError."""
    if name.lower() not in PAPERS:
        raise BadInputError(
            f'There is no paper "{name[:40]}".', f"Choose a4 or letter.{did_you_mean(name.lower(), list(PAPERS))}"
        )
    return Paper(name.lower(), *PAPERS[name.lower()])


def usual_there(site: Site, paper: str | None, decimal: str | None) -> tuple[Paper, str]:
    """Return the paper and the mark in numbers: those told, else what is usual under the site's electrical rules."""
    usual = rule_sets().get(site.rule_set)
    chosen = paper or (usual.paper if usual else "a4")
    return paper_named(chosen), decimal or (usual.decimal if usual else POINT)


def columns(count: int) -> float:
    """Return the width of so many grid columns with the gutters between them, in points."""
    gutter = float(GUTTER)
    one = (float(COLUMN) - (COLUMNS - 1) * gutter) / COLUMNS
    return count * one + (count - 1) * gutter
