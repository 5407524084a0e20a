"""Words on drawings never overlap and never leave the page, whatever the numbers are."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import NamedTuple

import pytest
from reportlab.graphics.shapes import Drawing, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from steelyard.catalog.load import load_catalog
from steelyard.figures import PLOTS
from steelyard.figures.joined import joined
from steelyard.figures.sustained_taken import run_figures
from steelyard.figures.taken import readings_of
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.sheets.draw_balance import balance_drawing
from steelyard.sheets.draw_bars import STACK, THIN, bars_drawing
from steelyard.sheets.draw_curves import curves_drawing
from steelyard.sheets.draw_run import run_drawing
from steelyard.sheets.draw_waterfall import waterfall_drawing
from steelyard.sheets.paper import COLUMN, columns

DRAWN = {
    "stage-balance": lambda figure: balance_drawing(figure, COLUMN),
    "gpu-time": lambda figure: bars_drawing(joined([figure], ["nnU-Net training, 3-D"]), COLUMN, STACK),
    "gpu-memory": lambda figure: bars_drawing(joined([figure], ["nnU-Net training, 3-D"]), COLUMN, STACK),
    "power-waterfall": partial(waterfall_drawing, wide=COLUMN),
    "temperatures": lambda figure: bars_drawing(figure, columns(8), THIN),
    "room-air": lambda figure: curves_drawing(figure, columns(4)),
    "psu-curve": lambda figure: curves_drawing(figure, columns(4)),
    "power-cap": lambda figure: curves_drawing(figure, columns(8)),
    "noise": lambda figure: bars_drawing(figure, columns(8), THIN),
    "noise-distance": lambda figure: curves_drawing(figure, columns(4)),
}
TOUCHING = 0.6  # points: anti-aliased edges may meet


class Words(NamedTuple):
    text: str
    left: float
    foot: float
    right: float
    top: float


def words_of(drawing: Drawing) -> list[Words]:
    found = []
    for shape in drawing.contents:
        if isinstance(shape, String):
            wide = stringWidth(shape.text, shape.fontName, shape.fontSize)
            found.append(
                Words(
                    shape.text, shape.x, shape.y - 0.1 * shape.fontSize, shape.x + wide, shape.y + 0.7 * shape.fontSize
                )
            )
    return found


def overlapping(words: list[Words]) -> list[tuple[str, str]]:
    return [
        (one.text, other.text)
        for one, other in combinations(words, 2)
        if min(one.right, other.right) - max(one.left, other.left) > TOUCHING
        and min(one.top, other.top) - max(one.foot, other.foot) > TOUCHING
    ]


def outside(drawing: Drawing, words: list[Words]) -> list[str]:
    return [
        each.text
        for each in words
        if each.left < -TOUCHING or each.right > drawing.width + 2 or each.foot < -2 or each.top > drawing.height + 2
    ]


@pytest.fixture(scope="module")
def variants():
    return Engine.of(load_catalog()).evaluate(open_project(FIRST_SAMPLE).project).variants


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_no_words_of_the_sample_overlap_or_leave_the_drawing(plot, variants) -> None:
    for variant in variants:
        for row in variant.rows:
            drawing = DRAWN[plot.name](plot.curves(readings_of(variant, row, plot.reads)))
            words = words_of(drawing)

            assert words
            assert not overlapping(words)
            assert not outside(drawing, words)


@pytest.mark.parametrize(
    "changed",
    [
        {"circuit_power": (1439.0,), "circuit_limit": (1440.0,)},
        {"circuit_power": (2600.0,), "circuit_limit": (1440.0,)},
        {"circuit_power": (2159.0,), "circuit_limit": (1920.0,), "wall_power": (1848.0,), "mains_power": (2009.0,)},
        {"psu_loss": (2.0,), "wall_power": (1092.0,), "mains_power": (1092.0,), "circuit_power": (1182.0,)},
        {"gpu_memory_needed": (47.9,), "activations_memory": (44.0,)},
        {"gpu_memory_needed": (96.0,), "activations_memory": (92.0,)},
        {"card_temperature": (104.0, 99.0)},
        {"room_air": (60.6,), "room_rise": (33.6,), "room_limit": (24.0,)},
        {"noise_behind_door": (52.0,), "noise_level": (72.0,), "door_loss": (20.0,), "noise_limit": (35.0,)},
        {"room_air": (38.0,)},
        {"psu_capacity": (3200.0,), "dc_load": (2560.0,), "psu_efficiency": (0.94,)},
        {"peak_dc_load": (1092.0,), "peak_psu_efficiency": (1090 / 1177,)},
        {"psu_capacity": (400.0,), "psu_load_limit": (0.15,)},
        {"gpu_busy": (0.01,), "gpu_idle_share": (0.99,), "gpu_wait_share": (0.985,), "gpu_overlap_share": (0.005,)},
        {"asked_rate": (1000 / 3600,), "bottleneck_stage": (4.0,)},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_that_no_words_overlap_at_the_edges_of_what_may_come(plot, changed, example) -> None:
    drawing = DRAWN[plot.name](plot.curves(example.hand_made(**changed)))
    words = words_of(drawing)

    assert not overlapping(words)
    assert not outside(drawing, words)


@pytest.mark.parametrize("wide", [8, 12])
@pytest.mark.parametrize("high", [96.0, 150.0])
def test_that_a_run_names_every_curve_beside_its_end_and_no_words_overlap(variants, wide, high) -> None:
    for variant in variants:
        heat, speed = run_figures(variant, 0)
        drawing = run_drawing(heat, speed, columns(wide), high)
        words = words_of(drawing)

        assert not overlapping(words)
        assert not outside(drawing, words)
        shown = [each.text for each in words]
        curves = (*heat.curves, *speed.curves)
        named = [curve.label for curve in curves if curve.label in shown]
        assert len(named) >= min(len(curves), 6)
        assert {heat.curves[0].label, speed.curves[0].label} <= set(named)


def test_that_a_run_of_a_build_that_is_not_known_says_why(variants) -> None:
    variant = variants[0]
    project = variant.project._replace(site=variant.project.site._replace(room_conductance=None), workloads=())
    heat, speed = run_figures(variant.engine.evaluate_variant(project, variant.variant.name), 0)

    assert heat.missing == speed.missing == "No workload is chosen, so nothing runs. Choose one first."
    assert not run_drawing(heat, speed, columns(8), 120.0).contents
