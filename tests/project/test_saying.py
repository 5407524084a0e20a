"""How numbers of the model are said: what is there or not is yes or no."""

from __future__ import annotations

import math

from steelyard.project.saying import Voice
from steelyard.units import Present, unit_of


def test_that_what_is_there_or_not_is_said_as_yes_or_no() -> None:
    voice = Voice()
    assert [str(voice.say(value, unit_of(Present))) for value in (1.0, 0.0, math.nan)] == ["yes", "no", "?"]
