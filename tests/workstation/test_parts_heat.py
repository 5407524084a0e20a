"""Memory, drives, regulators and the supply's air: what warms them, and what is said where something is missing."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy.rows import engine, predicted

BANK = {"memory_count": 1.0, "memory_modules": 8.0, "memory_power": 80.0, "upper_air": 35.0}


def test_that_modules_warm_each_other_and_a_fan_takes_most_of_it_away() -> None:
    alone, crowd = (
        predicted("memory_temperature", {**BANK, "memory_modules": count, "memory_power": 10 * count})
        for count in (1.0, 8.0)
    )
    aired = predicted("memory_temperature", {**BANK, "memory_fans": 1.0})
    assert 35 < alone < crowd
    assert aired - 35 < 0.5 * (crowd - 35)


def test_that_more_modules_than_were_ever_measured_in_a_row_make_none_warmer() -> None:
    twelve, many = (
        predicted("memory_temperature", {**BANK, "memory_modules": count, "memory_power": 10 * count})
        for count in (12.0, 64.0)
    )
    assert many == pytest.approx(twelve)


def test_that_a_build_without_memory_breaks_no_rule_of_memory() -> None:
    empty = {**BANK, "memory_count": 0.0, "memory_modules": 0.0, "memory_power": 0.0}
    for rule in ("THM-012", "THM-013"):
        assert predicted(engine().model.rules[rule].margin.name, empty) == np.inf


def test_that_memory_of_unknown_power_passes_no_rule() -> None:
    for rule in ("THM-012", "THM-013"):
        margin = predicted(engine().model.rules[rule].margin.name, {**BANK, "memory_power": np.nan})
        assert np.isnan(margin)


DRIVE = {
    "lower_air": 38.0, "scratch_drive_count": 1.0, "scratch_drive_active_power": 8.0, "scratch_drive_idle_power": 1.0,
    "scratch_drive_resistance": 4.5,
}  # fmt: skip


@pytest.mark.parametrize(("busy", "expected"), [(0.0, 42.5), (0.5, 58.25), (1.0, 74.0), (3.0, 74.0)])
def test_that_a_drive_is_as_warm_as_the_pipeline_keeps_it_busy(busy: float, expected: float) -> None:
    warm = predicted("scratch_drive_temperature", {**DRIVE, "scratch_busy": busy})
    assert warm == pytest.approx(expected)


def test_that_a_drive_slows_down_before_it_is_in_danger() -> None:
    slow, danger = (engine().model.rules[rule].margin.name for rule in ("THM-014", "THM-015"))
    assert predicted(slow, {"drives_room": -2.0}) == -2
    assert predicted(danger, {"drives_room": -2.0}) > 0
    assert predicted(danger, {"drives_room": -9.0}) < 0


def test_that_a_supply_breathes_the_room_and_little_of_the_case() -> None:
    assert predicted("psu_inlet_air", {"room_air": 25.0, "lower_rise": 20.0}) == pytest.approx(27)


def test_that_regulators_warm_with_the_processor() -> None:
    """350 W at nine tenths: 35 W, 31.5 K over air of 40 °C."""
    assert predicted("regulator_temperature", {"upper_air": 40.0, "cpu_power": 350.0}) == pytest.approx(71.5)
