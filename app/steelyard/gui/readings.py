"""What the widgets are given: plain named values, already worded. No widget computes physics or money."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """A number as it is shown. `name` is what a click asks about; an empty name opens nothing."""

    name: str = ""
    value: str = "?"
    unit: str = ""
    range: str = ""
    label: str = ""
    known: bool = True
    asked: bool = False
    mark: str = ""
    """Nothing, "assumed" (typical value taken) or "overridden"."""

    def spoken(self) -> str:
        """The reading in words, for a screen reader."""
        if not self.known:
            return f"{self.label}: unknown".lstrip(": ")
        spread = self.range.replace("\n", ", ")
        words = " ".join(part for part in (self.value, self.unit, f"({spread})" if spread else "") if part)
        return f"{self.label}: {words}".lstrip(": ")


UNKNOWN = Reading(known=False)


class Weighed(NamedTuple):
    """Asked against sustained, for a beam. None where it is not known."""

    asked: float | None = None
    sustained: float | None = None
    low: float | None = None
    high: float | None = None
    asked_reading: Reading = UNKNOWN
    sustained_reading: Reading = UNKNOWN


class Card(NamedTuple):
    """The build card's six fields, its state's count, and the beam."""

    name: str
    role: str = ""
    status: str = ""
    reasons: int = 0
    figures: tuple[Reading, ...] = ()
    weighed: Weighed | None = None
    conditions: str = ""


class Budget(NamedTuple):
    """What the build costs against what may be spent."""

    share: float | None
    limit_share: float | None
    """Where on the track the budget stands; None where none is set."""

    spent: Reading
    limit_text: str
    currency: str = ""


class Counts(NamedTuple):
    """Findings that are not settled, by severity."""

    block: int = 0
    warn: int = 0
    note: int = 0
    unknown: int = 0
