"""Plots say what the readings say: what is asked, what is reached, what is missing, and nothing else."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from steelyard.errors import SteelyardError
from steelyard.figures import (
    PLOTS,
    gpu_memory,
    gpu_time,
    power_waterfall,
    psu_curve,
    room_air,
    stage_balance,
    temperatures,
)
from steelyard.figures.plot import Role
from steelyard.figures.style import LOOKS

HOUR = 3600.0
NAN = math.nan


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_every_plot_draws_known_readings_with_a_table_twin_and_a_sentence(plot, hand_made) -> None:
    figure = plot.curves(hand_made())

    assert figure.name == plot.name
    assert not figure.missing
    assert figure.sentence.endswith(".")
    assert len(figure.table.rows) >= 2
    assert all(len(row) == len(figure.table.head) for row in figure.table.rows)


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_every_plot_says_why_it_is_empty_when_all_is_unknown(plot, hand_made) -> None:
    unknown = hand_made(**dict.fromkeys(hand_made().quantities, (NAN,)))
    figure = plot.curves(unknown)

    assert figure.missing.endswith(".")
    assert not figure.bars
    assert not figure.curves


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_a_plot_reads_only_what_it_declares(plot, hand_made) -> None:
    readings = hand_made()
    declared = readings._replace(quantities={name: readings.of(name) for name in plot.reads})

    assert plot.curves(declared) == plot.curves(readings)


def test_that_every_role_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(Role)
    assert len({(look.fill, look.hatch, look.outline) for look in LOOKS.values()}) == len(Role)


def test_that_the_beam_is_in_the_pace_that_people_read(hand_made) -> None:
    figure = stage_balance.curves(hand_made())

    assert figure.across.unit == "cases/h"
    assert figure.limits[0].value == pytest.approx(6.25)
    assert figure.table.rows[3] == ("Train and evaluate", "11.4", "9.9\u00a0–\u00a012.6", "1.8×")
    assert [poise.filled for poise in figure.poises] == [False, False, False, True, False]


def test_that_a_stage_that_falls_short_shows_what_is_missing(hand_made) -> None:
    slow = (410 / HOUR, 3 / HOUR, 176 / HOUR, 11.4 / HOUR, 95 / HOUR)
    figure = stage_balance.curves(
        hand_made(stage_capacity=slow, throughput=(3 / HOUR,), bottleneck_stage=(1.0,), asked_rate=(6.25 / HOUR,))
    )
    short = [bar for bar in figure.bars if bar.role is Role.SHORTFALL]

    assert [(bar.place, bar.start, bar.end) for bar in short] == [
        (1, pytest.approx(3), pytest.approx(6.25)),
        (5, pytest.approx(3), pytest.approx(6.25)),
    ]
    assert "cannot carry" in figure.sentence


def test_that_an_unknown_stage_has_no_bar_and_an_unlimited_one_goes_to_the_end(hand_made) -> None:
    mixed = (math.inf, NAN, 176 / HOUR, 11.4 / HOUR, 95 / HOUR)
    figure = stage_balance.curves(hand_made(stage_capacity=mixed))

    assert figure.table.rows[0][1] == "no limit"
    assert figure.table.rows[1][1] == "?"
    assert max(bar.end for bar in figure.bars if bar.place == 0) == figure.across.high
    assert [bar.role for bar in figure.bars if bar.place == 1] == [Role.ASKED]
    assert "cannot be told" in figure.sentence


def test_that_gpu_time_fills_the_whole(hand_made) -> None:
    figure = gpu_time.curves(hand_made())

    assert [bar.end for bar in figure.bars] == pytest.approx([88, 95, 100])
    assert [row[0] for row in figure.table.rows][1:3] == ["Waiting for a slower stage", "Handing over between stages"]


def test_that_a_ups_shows_its_own_loss_before_the_circuit(hand_made) -> None:
    figure = power_waterfall.curves(hand_made(mains_power=(1270.0,), other_load=(0.0,), circuit_power=(1270.0,)))

    assert [place.label for place in figure.places][-2:] == ["UPS loss", "On the circuit"]
    assert figure.bars[-2].end == figure.bars[-1].end == 1270


def test_that_memory_stacks_to_the_need_and_what_is_over_is_free(hand_made) -> None:
    figure = gpu_memory.curves(hand_made())
    first = [bar for bar in figure.bars if bar.place == 0]

    assert all(before.end == pytest.approx(after.start) for before, after in pairwise(first))
    assert first[-1].role is Role.FREE
    assert first[-1].end == 48
    assert "24.5 GB stay free" in figure.sentence.replace("\u00a0", " ")


def test_that_memory_beyond_the_card_is_called_missing(hand_made) -> None:
    figure = gpu_memory.curves(hand_made(gpu_memory_needed=(60.0,)))

    assert figure.bars[-1].role is Role.SHORTFALL
    assert figure.gaps[0].short
    assert "12 GB are missing" in figure.sentence.replace("\u00a0", " ")


def test_that_the_waterfall_steps_join_and_its_sums_stand_on_the_floor(hand_made) -> None:
    figure = power_waterfall.curves(hand_made())
    reached = 0.0
    for bar in figure.bars:
        assert bar.start == (0.0 if bar.role is Role.SUM else reached)
        reached = bar.end

    assert reached == 1267
    assert figure.limits[0].working.replace("\u00a0", " ") == "15 A × 120 V × 0.8 ="
    assert figure.gaps[0].text.replace("\u00a0", " ") == "173 W"


def test_that_a_part_of_the_load_that_has_no_name_is_still_a_step(hand_made) -> None:
    figure = power_waterfall.curves(hand_made(dc_load=(1190.0,)))

    assert ("Other parts", "100") in figure.table.rows


def test_that_an_overloaded_circuit_is_said_and_marked(hand_made) -> None:
    figure = power_waterfall.curves(hand_made(circuit_power=(1500.0,)))

    assert figure.gaps[0].short
    assert figure.sentence.replace("\u00a0", " ") == "The circuit is overloaded: 1,500 W on 1,440 W, 60 W too much."


def test_that_the_part_over_its_limit_is_named_before_all_others(hand_made) -> None:
    figure = temperatures.curves(hand_made(card_temperature=(93.0, 77.0)))

    assert figure.sentence.replace("\u00a0", " ") == "Over the limit: GPU A by 3 K."
    assert [bar.role for bar in figure.bars][:2] == [Role.SHORTFALL, Role.PART]


def test_that_a_card_held_at_its_limit_is_not_over_it_and_says_what_it_keeps(hand_made) -> None:
    figure = temperatures.curves(
        hand_made(card_temperature=(90.0000000627, 90.02), card_speed_kept=(0.57, 0.5), settling_error=(0.01,))
    )

    assert figure.sentence.replace("\u00a0", " ") == (
        "Over the limit: GPU B by 0.02 K. Held at the limit: GPU A keeps 57 % of its speed."
    )
    assert [bar.role for bar in figure.bars][:2] == [Role.PART, Role.SHORTFALL]


def test_that_the_closest_to_its_limit_is_named_when_all_are_below(hand_made) -> None:
    figure = temperatures.curves(hand_made())

    assert figure.sentence.replace("\u00a0", " ") == "Room is closest to its limit, 2 K below."


def test_that_the_room_shows_where_the_site_stands_on_the_curve(hand_made) -> None:
    figure = room_air.curves(hand_made())

    assert figure.dots[0][:2] == (420.0, 24.9)
    assert figure.limits[0].value == 27.0


def test_that_a_reading_nobody_made_is_a_clear_error(hand_made) -> None:
    with pytest.raises(SteelyardError, match="no_such_thing"):
        hand_made().of("no_such_thing")


def test_that_the_supply_says_what_arrives_what_is_lost_and_its_limits(hand_made) -> None:
    figure = psu_curve.curves(hand_made())

    assert figure.table.rows == (
        ("idle", "160", "82.0", "35"),
        ("sustained", "1,090", "92.6", "87"),
        ("peak", "1,960", "94.0", "125"),
    )
    assert [(each.value, each.text, each.working) for each in figure.uprights] == [
        (2560.0, "advised 80\u00a0%", "2,560\u00a0W"),
        (3000.0, "at this voltage", "3,000\u00a0W"),
        (3200.0, "rated", "3,200\u00a0W"),
    ]
    assert figure.sentence == "92.6\u00a0% arrives at 34\u00a0% of its rating: 87\u00a0W warm the supply."


def test_that_a_supply_that_gives_its_label_at_this_voltage_has_no_line_of_its_own_for_it(hand_made) -> None:
    figure = psu_curve.curves(hand_made(psu_capacity=(3200.0,)))

    assert [each.text for each in figure.uprights] == ["advised 80\u00a0%", "rated"]


def test_that_a_build_on_two_circuits_is_weighed_by_its_share_of_each(hand_made) -> None:
    figure = power_waterfall.curves(hand_made(circuits_used=(2.0,), circuit_power=(1177 / 2 + 90,)))

    assert ("On each of 2", "588") in figure.table.rows
    assert figure.bars[-1].end == pytest.approx(1177 / 2 + 90)
    assert figure.bars[-2].start == pytest.approx(1177 / 2)


def test_that_a_waterfall_ends_where_a_load_is_not_known_and_says_so(hand_made) -> None:
    figure = power_waterfall.curves(hand_made(other_load=(NAN,), circuit_power=(NAN,)))

    assert [each.label for each in figure.places[-3:]] == ["At the wall", "Other load: ?", "On the circuit: ?"]
    assert figure.bars[-1].end == 1177.0
    assert not figure.gaps
    assert figure.sentence == "Whether the circuit carries it cannot be told."
