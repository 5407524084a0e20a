"""Air, processors, radiators and memory against what others measured, each within its stated tolerance."""

from __future__ import annotations

import pytest

from accuracy import air_flow, air_memory, air_processor
from accuracy.rows import Row, constant, predicted
from accuracy.shared import present

SOURCES = (air_processor.rows, air_memory.rows, air_flow.rows, air_flow.working_points)
ROWS = tuple(row for rows in SOURCES for row in rows()) if present() else ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.case)
def test_that_what_was_measured_is_met_within_its_tolerance(row: Row) -> None:
    assert abs(row.error) <= row.tolerance, f"{row.predicted:.4g} against {row.measured:.4g} {row.unit}"


def test_that_a_card_needs_more_air_the_warmer_it_is_and_at_last_all_of_it() -> None:
    flows = [row.predicted for row in air_flow.needed_air()]
    assert flows == sorted(flows)
    given = {
        "card_inlet": 85, "gpu_temperature_limit": 85, "card_asked_power": 66, "card_die_resistance": 0.1,
        "card_design_resistance": 0.8, "card_fan_floor": 1, "card_wanted_air": 1, "altitude": 0,
    }  # fmt: skip
    assert predicted("card_air_needed", given) == float("inf")


def test_that_ordinary_fans_work_at_55_to_70_percent_of_their_free_flow() -> None:
    """The range of the rule of thumb, for two fans at its ends: 120 mm of much pressure, 140 mm of little."""
    shares = [
        predicted(
            "fan_working_share",
            {
                "case_fan_count": 1,
                "case_fan_airflow": flow,
                "case_fan_size": size,
                "case_fan_static_pressure": pressure,
            },
        )
        for flow, size, pressure in ((107.3, 120, 30.8), (95.7, 120, 21.6), (165.7, 140, 35.7), (156, 140, 25.1))
    ]
    assert all(0.55 <= share <= 0.7 for share in shares), shares
    assert constant("included_fan_share") == pytest.approx(sum(shares) / len(shares), abs=0.05)
