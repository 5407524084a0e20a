"""Noise as bars by source and as a curve over distance, and the room's curve with what air would keep its limit."""

from __future__ import annotations

import math

import pytest

from steelyard.figures import noise, room_air

NAN = math.nan


def closet(hand_made, **changed):
    """1,630 W through 20 W/K of walls and the closet's air, in air of 27 °C."""
    made = hand_made(room_ventilation=(84.95,), room_air=(60.6,), room_rise=(33.6,), room_limit=(35.0,), **changed)
    points = tuple((x, 27 + 1630 / (20 + 1206 * x / 3600)) for x in range(0, 1201, 25))
    return made._replace(sweeps={("room_ventilation", "room_air"): points})


def test_that_the_closet_says_its_rise_in_both_units_of_air_and_what_would_keep_its_limit(hand_made) -> None:
    figure = room_air.curves(closet(hand_made))

    assert "85\N{NO-BREAK SPACE}m³/h (50\N{NO-BREAK SPACE}CFM)" in figure.sentence
    assert "33.6\N{NO-BREAK SPACE}K" in figure.sentence
    assert "25.6\N{NO-BREAK SPACE}K over its limit" in figure.sentence
    wanted = (1630 / 8 - 20) * 3600 / 1206  # 8 K from 27 to 35 °C
    assert figure.uprights[0].value == pytest.approx(wanted, rel=0.01)


def test_that_a_room_that_no_air_of_the_curve_cools_enough_is_told_no_figure(hand_made) -> None:
    figure = room_air.curves(closet(hand_made, inlet_limit=(26.0,)))

    assert not figure.uprights
    assert figure.sentence.endswith("over its limit.")


def test_that_the_lower_of_the_rooms_and_the_parts_limits_decides(hand_made) -> None:
    figure = room_air.curves(closet(hand_made, inlet_limit=(33.0,)))

    assert [limit.value for limit in figure.limits] == [33.0, 35.0]
    assert "27.6\N{NO-BREAK SPACE}K over its limit" in figure.sentence


def test_that_a_room_without_any_way_out_is_said_and_not_drawn(hand_made) -> None:
    figure = room_air.curves(hand_made(room_air=(math.inf,), room_rise=(math.inf,)))

    assert "warms without end" in figure.missing


def test_that_the_loudest_source_stands_first_and_the_sums_last(hand_made) -> None:
    figure = noise.sources(hand_made())

    assert [place.label for place in figure.places] == [
        "Cards", "CPU cooler", "Case fans", "Supply", "All, at 1 m", "Listener",
    ]  # fmt: skip
    assert [place.strong for place in figure.places] == [False] * 4 + [True] * 2
    assert "most of it from the cards" in figure.sentence
    assert "0.3\N{NO-BREAK SPACE}dB over the limit" in figure.sentence


def test_that_a_source_that_is_not_there_has_no_bar(hand_made) -> None:
    figure = noise.sources(hand_made(fans_noise=(-math.inf,)))

    assert "Case fans" not in [place.label for place in figure.places]


def test_that_a_door_adds_what_is_heard_behind_it(hand_made) -> None:
    figure = noise.sources(hand_made(door_loss=(20.0,), noise_behind_door=(20.3,)))

    assert figure.places[-1].label == "Behind door"
    assert "20\N{NO-BREAK SPACE}dB(A) behind the door" in figure.sentence
    assert "below the limit" in figure.sentence


def test_that_the_distance_is_said_from_which_the_limit_is_kept(hand_made) -> None:
    figure = noise.distance(hand_made())

    quiet = 10 ** ((43.9 - 40) / 12)  # m
    assert f"from {math.ceil(quiet * 4) / 4:.1f}\N{NO-BREAK SPACE}m on" in figure.sentence
    assert figure.dots[0].x == 2.0


@pytest.mark.parametrize("figure", [noise.sources, noise.distance])
def test_that_nothing_is_drawn_of_a_level_that_is_not_known(figure, hand_made) -> None:
    assert figure(hand_made(noise_behind_door=(NAN,))).missing
