"""What a finding says where nothing can be told: it always names what is not known."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from steelyard.graph.model import Model
from steelyard.graph.quantity import WARN, Input, quantity, rule
from steelyard.project.findings import Finding, findings_of
from steelyard.project.saying import Voice
from steelyard.units import Ratio, unit_of


@quantity("Share of the time", source="zero-memory")
def share_left(part: Ratio, whole: Ratio) -> Ratio:
    """Nothing of nothing is no number."""
    return part / whole


@rule("XXX-001", "Some time is left", WARN, source="zero-memory", otherwise="No time is left", remedy="Wait")
def left_margin(share_left: Ratio) -> Ratio:
    """Any of it will do."""
    return share_left


def finding(part: float, whole: float) -> Finding:
    inputs = [Input(name, name.capitalize(), unit_of(Ratio)) for name in ("part", "whole")]
    model = Model.of([sys.modules[__name__]], inputs)
    evaluation = model.evaluate({"part": np.array([part]), "whole": np.array([whole])})
    return findings_of(evaluation, range(1), lambda _: Voice())[0]


@pytest.mark.filterwarnings("ignore:invalid value")
def test_that_a_number_that_follows_from_nothing_unknown_is_named_itself() -> None:
    assert (
        finding(0, 0).detail == 'Cannot tell: "Share of the time" is not known (no number follows from what it reads)'
    )


def test_that_the_datum_is_named_where_one_is_unknown() -> None:
    assert finding(float("nan"), 1).detail == 'Cannot tell: "Part" is not known'


def test_that_a_margin_of_which_only_the_sign_speaks_is_told_without_its_amount(monkeypatch) -> None:
    assert finding(0.8, 1).text == "Some time is left: 80 percentage points to spare."
    monkeypatch.setattr("steelyard.project.counted._BARE", frozenset({"left_margin"}))
    assert finding(0.8, 1).text == "Some time is left."
    assert finding(-0.8, 1).text == "No time is left."
