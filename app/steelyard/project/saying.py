"""A number of the model in the words of a project: its currency, and what its workloads call a sample."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.money import minor_digits
from steelyard.wording import NO_LIMIT, UNKNOWN, number, plural

if TYPE_CHECKING:
    from steelyard.units import Unit

_MONEY = "¢"
_PER_SECOND = "samples/s"
_MOST_OF_A_SHARE = 10.0
_YES_OR_NO = "present"
_WITHOUT_AMOUNT = {_YES_OR_NO, "kind", "kinds"}


class Said(NamedTuple):
    """A number ready to be shown: the value scaled to `unit`, and its text without the unit."""

    value: float
    text: str
    unit: str

    def __str__(self) -> str:
        """Return the number with its unit."""
        if self.text in {UNKNOWN, NO_LIMIT} or not self.unit:
            return self.text
        return f"{self.text} {self.unit}"


class Voice(NamedTuple):
    """How numbers are said in one row: the currency, the workload's word for a sample, its stretch of time."""

    currency: str = "USD"
    sample: str = "sample"
    letter: str = "s"
    seconds: float = 1.0

    def say(self, value: float, unit: Unit, beside: float | None = None) -> Said:
        """Return a value of the model as people read it: ratios in per cent, money in major units, rates per hour.

        A ratio above ten is no share of anything and stays a bare number. beside: the value whose range this one ends,
        so that both are said alike.
        """
        symbol = unit.symbol
        if symbol == _YES_OR_NO:
            text = UNKNOWN if math.isnan(value) else "yes" if value > 0 else "no"
            return Said(value, text, "")
        if symbol == "":
            bare = abs(value if beside is None else beside) > _MOST_OF_A_SHARE
            return _said(value, "") if bare else _said(value * 100, "%")
        if symbol == "×":
            return _said(value, "")
        if symbol.startswith(_MONEY):
            major = value / 10 ** minor_digits(self.currency)
            whole = number(major, 2) if abs(major) < 1000 or symbol != _MONEY else number(major, 0)  # noqa: PLR2004
            return Said(major, whole, symbol.replace(_MONEY, self.currency))
        if symbol == _PER_SECOND:
            return _said(value * self.seconds, f"{plural(self.sample)}/{self.letter}")
        return _said(value, symbol.replace("samples", plural(self.sample)).replace("sample", self.sample))

    def room(self, margin: float, unit: Unit, *, beyond: bool = False) -> str:
        """Return a margin in words: how much to spare, or by how much it falls short; empty for a yes or no.

        beyond: what is missing is room for something that is too much, "over by".
        """
        if math.isnan(margin) or math.isinf(margin) or unit.symbol in _WITHOUT_AMOUNT:
            return ""
        said = self.say(abs(margin), unit)
        points = said.unit == "%" and unit.symbol == ""
        text = f"{said.text} percentage points" if points else str(said)
        return f"{text} to spare" if margin >= 0 else f"{'over' if beyond else 'short'} by {text}"


def _said(value: float, unit: str) -> Said:
    return Said(value, number(value), unit)
