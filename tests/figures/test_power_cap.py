"""The plot of the power limit: a band by kind of work, where the build stands, and what the limit leaves in words."""

from __future__ import annotations

import pytest

from steelyard.figures import power_cap


def test_that_the_band_holds_the_curve_and_ends_at_the_drivers_limits(hand_made) -> None:
    figure = power_cap.curves(hand_made())
    curve = figure.curves[0]
    assert all(low <= y <= high for low, y, high in zip(curve.lows, curve.ys, curve.highs, strict=True))
    assert curve.xs[0] >= 150
    assert curve.xs[-1] == 600
    assert [limit.value for limit in figure.uprights] == [150, 600]


def test_that_the_sentence_says_what_the_limit_leaves_and_for_which_work(hand_made) -> None:
    said = power_cap.curves(hand_made()).sentence
    assert "450" in said
    assert all(share in said for share in ("88", "80", "97"))


def test_that_a_card_without_a_limit_is_said_to_lose_nothing(hand_made) -> None:
    figure = power_cap.curves(hand_made(gpu_power_allowed=(600.0,), capped_speed_kept=(1.0,)))
    assert "holds nothing back" in figure.sentence
    assert figure.dots[0].y == pytest.approx(100)
