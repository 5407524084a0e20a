"""How numbers of the model are said: what is there or not is yes or no."""

from __future__ import annotations

import math

from steelyard.project.saying import Voice
from steelyard.units import Kelvin, Present, Watt, unit_of


def test_that_what_is_there_or_not_is_said_as_yes_or_no() -> None:
    voice = Voice()
    assert [str(voice.say(value, unit_of(Present))) for value in (1.0, 0.0, math.nan)] == ["yes", "no", "?"]


def test_that_what_is_too_much_is_over_and_what_lacks_is_short() -> None:
    voice = Voice()
    assert voice.room(-33.5, unit_of(Kelvin), beyond=True) == "over by 33.5 K"
    assert voice.room(-100, unit_of(Watt)) == "short by 100 W"
    assert voice.room(140, unit_of(Watt), beyond=True) == "140 W to spare"
