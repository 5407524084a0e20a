"""Every plot draws the real model: what it reads is there, in the unit that its words assume."""

from __future__ import annotations

import math

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.figures import PLOTS, power_waterfall, psu_curve
from steelyard.figures.joined import joined
from steelyard.figures.taken import readings_of
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

UNITS = {
    "stage-balance": {"samples/s", "×", "kinds"},
    "gpu-time": {""},
    "gpu-memory": {"GB"},
    "power-waterfall": {"W", "A", "V", "", "×"},
    "psu-curve": {"W", "V", ""},
    "power-cap": {"W", ""},
    "temperatures": {"°C", "K", ""},
    "room-air": {"°C", "K", "m³/h"},
    "noise": {"dB(A)"},
    "noise-distance": {"dB(A)", "m"},
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def variants(engine) -> tuple[VariantEvaluation, ...]:
    return engine.evaluate(open_project(FIRST_SAMPLE).project).variants


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_the_model_has_what_a_plot_reads_in_the_units_it_draws(plot, engine) -> None:
    known = {**engine.model.inputs, **engine.model.quantities}

    assert set(plot.reads) <= set(known)
    assert {known[name].unit.symbol for name in plot.reads} <= UNITS[plot.name]
    assert {plot.across, plot.up} - {""} <= set(plot.reads)


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_every_plot_draws_every_workload_of_every_variant_of_the_sample(plot, variants) -> None:
    for variant in variants:
        for row in variant.rows:
            figure = plot.curves(readings_of(variant, row, plot.reads))

            assert not figure.missing
            assert figure.bars or figure.curves


def test_that_the_waterfall_of_the_sample_leaves_no_watt_unnamed(variants) -> None:
    for variant in variants:
        for row in variant.rows:
            figure = power_waterfall.curves(readings_of(variant, row, power_waterfall.PLOT.reads))

            assert "Other parts" not in [place.label for place in figure.places]
            assert figure.bars[-1].end == pytest.approx(variant.value("circuit_power", row))


def test_that_readings_hold_one_value_for_each_filled_position(variants) -> None:
    readings = readings_of(variants[1], 0, ("card_temperature", "stage_capacity", "dc_load"))

    assert readings.cards == ("GPU A", "GPU B", "GPU C", "GPU D")
    assert len(readings.of("card_temperature").values) == 4
    assert len(readings.of("stage_capacity").values) == len(readings.stages) == 5
    assert readings.of("dc_load").low() <= readings.of("dc_load").value <= readings.of("dc_load").high()


def test_that_the_room_sweep_passes_through_the_reading(variants) -> None:
    readings = readings_of(variants[0], 0, ("room_ventilation", "room_air"))
    points = readings.sweep("room_ventilation", "room_air")
    here = min(points, key=lambda point: abs(point[0] - readings.of("room_ventilation").value))

    assert here == (readings.of("room_ventilation").value, pytest.approx(readings.of("room_air").value))
    assert [air for _, air in points if math.isfinite(air)] == sorted((air for _, air in points), reverse=True)


def test_that_joined_plots_keep_a_place_for_each_and_their_parts_in_order(variants) -> None:
    memory = next(plot for plot in PLOTS if plot.name == "gpu-memory")
    figures = [memory.curves(readings_of(variants[0], row, memory.reads)) for row in variants[0].rows]
    one = joined(figures, ["first", "second", "third"])

    assert [place.label for place in one.places] == ["first", "second", "third"]
    assert {bar.place for bar in one.bars} == {0, 1, 2}
    assert one.table.head[-2:] == ("Needed on one GPU", "One GPU has")
    for row, workload in zip(one.table.rows, variants[0].rows, strict=True):
        assert float(row[-2]) == pytest.approx(variants[0].value("gpu_memory_needed", workload), rel=1e-2)


def test_that_the_curve_of_the_supply_passes_through_the_points_that_the_model_computes(variants) -> None:
    for variant in variants:
        readings = readings_of(variant, 0, psu_curve.PLOT.reads)
        figure = psu_curve.curves(readings)
        curve = figure.curves[0]

        for dot in figure.dots:
            beside = max(at for at, x in enumerate(curve.xs) if x <= dot.x)
            ends = sorted(curve.ys[beside : beside + 2])
            assert ends[0] - 0.02 <= dot.y <= ends[1] + 0.02


def test_that_a_given_efficiency_stands_beside_the_curve_of_its_class(engine) -> None:
    project = open_project(FIRST_SAMPLE).project
    name = project.variants[0].name
    plain = psu_curve.curves(readings_of(engine.evaluate_variant(project, name), 0, psu_curve.PLOT.reads))
    given = engine.evaluate_variant(project, name, {"psu_efficiency": 0.9})
    figure = psu_curve.curves(readings_of(given, 0, psu_curve.PLOT.reads))

    assert figure.table.rows[1][::2] == ("sustained", "90.0")
    assert figure.curves == plain.curves
