"""The figure of a run: every part by name, its limits, the speed below it, and what a reader says at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.catalog import load_catalog
from steelyard.figures.sustained_run import FIRST, REFERENCE, heat, lines_of, readings_at, speed
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.transient.run import Run, sustained_run
from steelyard.transient.spread import with_range

HOT = {"gpu": ("gpu/nvidia/geforce-rtx-3090-founders", 4)}


@pytest.fixture(scope="module")
def found():
    project = open_project(FIRST_SAMPLE).project
    variant = project.variant("Brute force")
    variant = variant._replace(selection=variant.selection.with_(**HOT))
    engine = Engine.of(load_catalog())
    return engine.evaluate_variant(project._replace(variants=(variant,)), variant.name)


@pytest.fixture(scope="module")
def run(found) -> Run:
    return with_range(sustained_run(found, 0, 336.0), found, 0, draws=16)


def test_that_every_card_the_processor_its_coolant_the_case_and_the_room_have_a_curve(run) -> None:
    labels = [curve.label for curve in heat(run).curves]

    assert labels == ["GPU 4", "GPU 3", "GPU 2", "GPU 1", "CPU", "Coolant", "Case air", "Room"]  # the slowest first
    assert len({curve.role for curve in heat(run).curves[3:]}) == 5


def test_that_the_axis_goes_from_a_minute_to_two_weeks_in_words(run) -> None:
    across = heat(run).across

    assert across.log
    assert (across.low, across.high) == (FIRST, 336.0)
    assert [tick.text for tick in across.ticks if tick.text] == ["1 min", "10 min", "1 h", "8 h", "1 d", "3 d", "14 d"]
    assert speed(run).across == across
    assert all(curve.xs[0] == pytest.approx(FIRST) for curve in heat(run).curves)


def test_that_limits_are_said_with_their_part(run) -> None:
    assert [(limit.value, limit.text) for limit in heat(run).limits] == [
        (93.0, "GPU limit 93\N{NO-BREAK SPACE}°C"),
        (95.0, "CPU limit 95\N{NO-BREAK SPACE}°C"),
        (27.0, "Room limit 27\N{NO-BREAK SPACE}°C"),
    ]
    up = heat(run).up
    assert up.low <= 22
    assert up.high >= 95


def test_that_bands_hold_the_curves_of_the_card_that_decides_of_the_room_and_of_the_speed(run) -> None:
    drawn = [curve for curve in (*heat(run).curves, *speed(run).curves) if curve.lows]

    assert [curve.label for curve in drawn] == ["GPU 4", "Room", "Slowest GPU"]
    for curve in drawn:
        assert len(curve.lows) == len(curve.highs) == len(curve.ys)
        for low, value, high in zip(curve.lows, curve.ys, curve.highs, strict=True):
            assert low <= value <= high
    assert max(np.subtract(drawn[1].highs, drawn[1].lows)) > 0.2


def test_that_the_strip_shows_what_is_lost_beside_what_is_reported(run) -> None:
    figure = speed(run)

    assert figure.zones == (REFERENCE,)
    assert (REFERENCE.low, REFERENCE.high) == (70, 90)
    kept = figure.curves[0]
    assert kept.ys[0] == pytest.approx(100)
    assert kept.ys[-1] == pytest.approx(100 * run.outcome.speed[-1])
    assert figure.up.low <= min(kept.lows)


def test_that_the_sentence_names_the_part_that_heat_holds_back_and_when(run) -> None:
    assert heat(run).sentence.startswith("GPU 4 is held back by heat after ")
    assert "min" in heat(run).sentence


def test_that_a_reader_says_what_the_curves_say(run) -> None:
    for hours in (0.25, 8.0, 336.0):
        said = {each.label: each for each in readings_at(run, hours)}
        for line in lines_of(run):
            wanted = np.interp(hours, run.times / 3600, run.temperatures[line.node])
            assert said[line.label].value == pytest.approx(wanted)
            assert said[line.label].low <= wanted <= said[line.label].high
        assert said["From the mains"].unit == "W"
        assert said["Slowest GPU"].text.endswith("%")


def test_that_the_tables_tell_the_same_times_as_the_axis(run) -> None:
    table = heat(run).table

    assert table.head == ("°C after", "1 min", "10 min", "1 h", "8 h", "1 d", "3 d", "14 d", "peak", "in the end")
    assert len(table.rows) == len(heat(run).curves)
    assert [row[0] for row in speed(run).table.rows] == list(table.head[1:-2])


def test_that_without_cards_the_work_alone_is_shown(found) -> None:
    project = found.project
    variant = project.variants[0]._replace(selection=project.variants[0].selection.without("gpu"))
    bare = found.engine.evaluate_variant(project._replace(variants=(variant,)), variant.name)
    run = sustained_run(bare, 0, 2.0)

    assert [curve.label for curve in speed(run).curves] == ["Work done"]
    assert not any(curve.lows for curve in heat(run).curves)
    assert all(math.isnan(each.low) for each in readings_at(run, 1.0))


def test_that_a_run_of_seconds_says_why_there_is_nothing_to_draw(found) -> None:
    run = sustained_run(found, 0, 0.005)

    assert "within a minute" in heat(run).missing
    assert "within a minute" in speed(run).missing
