"""Air in the case and the noise that it costs: fans that follow it, zones that balance, sources that add."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy.rows import constant, predicted

TOWER = {
    "case_count": 1.0, "gpu_count": 2.0, "gpu_needs_ducted_air": 0.0, "room_air": 24.0, "full_fan_airflow": 0.06,
    "case_draught": 0.006, "blown_out": 0.01, "lower_heat": 700.0, "upper_heat": 150.0, "cpu_case_heat": 250.0,
    "altitude": 0.0,
}  # fmt: skip


def tower(want: str, **changed: float) -> float:
    return predicted(want, {**TOWER, **changed})


@pytest.mark.parametrize("heat", [50.0, 400.0, 700.0, 1500.0])
@pytest.mark.parametrize("room", [15.0, 24.0, 35.0])
def test_that_fans_run_where_their_curve_meets_the_air_that_they_leave(heat: float, room: float) -> None:
    speed, air = (tower(name, lower_heat=heat, room_air=room) for name in ("case_fan_speed_share", "case_air"))
    least = constant("least_case_fan_speed")
    curve = least + constant("fan_curve_slope") * (air - constant("fan_curve_start"))
    assert speed == pytest.approx(np.clip(curve, least, 1), abs=1e-9)


def test_that_all_heat_left_in_the_case_leaves_with_its_air() -> None:
    carried = tower("case_rise") * tower("case_air_conductance")
    assert carried == pytest.approx(700 + 150 + 250)


def test_that_air_gets_warmer_on_its_way_and_most_of_all_at_the_cards_share_of_it() -> None:
    lower, upper, leaving = (tower(name) for name in ("lower_rise", "upper_rise", "case_rise"))
    share = constant("lower_air_share")
    mixed = share * lower + 150 / tower("case_air_conductance")
    assert upper == pytest.approx(mixed), "what passed the cards, mixed with fresh air, and warmed by the board"
    assert leaving > upper


def test_that_thin_air_carries_less_at_the_same_speed() -> None:
    given = {"case_fan_speed_share": 1.0}
    low, high = (tower("case_rise", **given, altitude=metres) for metres in (0.0, 2000.0))
    assert high / low == pytest.approx(1 / 0.822, abs=0.002), "standard atmosphere at 2,000 m"


def test_that_a_hotter_room_turns_the_fans_up_and_never_cools_the_case() -> None:
    rooms = np.arange(15.0, 45.0, 2.5)
    airs = [tower("case_air", room_air=float(room)) for room in rooms]
    speeds = [tower("case_fan_speed_share", room_air=float(room)) for room in rooms]
    assert airs == sorted(airs)
    assert speeds == sorted(speeds)
    assert speeds[-1] == 1


def test_that_cards_without_fans_do_not_wait_for_the_boards_curve() -> None:
    speed = tower("case_fan_speed_share", gpu_needs_ducted_air=1.0, room_air=15.0)
    assert speed == constant("fan_speed_share")


def test_that_a_case_without_fans_lives_on_its_draught() -> None:
    rise = tower("case_rise", full_fan_airflow=0.0, blown_out=0.0)
    assert rise == pytest.approx(1100 / (1206 * 0.006))


def test_that_an_open_build_has_no_case_to_warm() -> None:
    assert [tower(name, case_count=0.0) for name in ("lower_rise", "upper_rise", "case_rise")] == [0, 0, 0]


def test_that_air_of_unknown_heat_is_unknown() -> None:
    assert np.isnan(tower("case_air", cpu_case_heat=np.nan))


LEVELS = {"fans_noise": 30.0, "cards_noise": 40.0, "cooler_noise_level": 30.0, "psu_noise_level": -np.inf}


def test_that_two_equal_sources_are_three_decibels_louder_than_one() -> None:
    one = {**LEVELS, "fans_noise": -np.inf, "cooler_noise_level": -np.inf}
    alone, both = (predicted("noise_at_one_metre", each) for each in (one, {**one, "psu_noise_level": 40.0}))
    assert both - alone == pytest.approx(10 * np.log10(2))


def test_that_a_door_takes_off_what_it_is_said_to() -> None:
    given = {**LEVELS, "listening_distance": 1.0, "door_loss": 20.0}
    assert predicted("noise_level", given) - predicted("noise_behind_door", given) == pytest.approx(20)


@pytest.mark.parametrize("name", sorted(LEVELS))
def test_that_one_source_of_unknown_level_makes_the_sum_unknown(name: str) -> None:
    assert np.isnan(predicted("noise_at_one_metre", {**LEVELS, name: np.nan}))


def test_that_a_cooler_at_rest_is_quieter_than_at_work() -> None:
    cooler = {"cooler_count": 1.0, "cooler_noise": 38.0}
    quiet, loud = (predicted("cooler_noise_level", {**cooler, "cpu_fan_speed": share}) for share in (0.5, 1.0))
    assert loud == pytest.approx(38)
    assert loud - quiet == pytest.approx(45 * np.log10(2))
