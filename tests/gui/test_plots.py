"""The plots: words never meet, limits lie at their values, what is unknown is drawn, themes are switched live."""

from __future__ import annotations

import math
from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from steelyard.figures.plot import Bar, Curve, Dot, Figure, Gap, Limit, Place, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.gui.apart import spread, two_lines
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.look import colours, wear
from steelyard.gui.lying_bars import THIN, LyingBars
from steelyard.gui.waterfall import Waterfall
from steelyard.wording import number

NAN = math.nan
SIZES = [(1440, 900), (1024, 700), (1920, 1080)]
NAMES = ("GPUs", "CPU", "Display card", "Board, adapters", "Memory", "Fans, pump", "Drives", "DC load", "Supply loss",
         "At the wall", "UPS loss", "Other load", "On the circuit")  # fmt: skip
SUMS = (7, 9, 12)

pytestmark = pytest.mark.usefixtures("dressed")


# --- words keep apart


class Pushed(NamedTuple):
    """What `spread` is given."""

    starts: list[float]
    lengths: list[float]


@st.composite
def pushed(draw):
    count = draw(st.integers(1, 12))
    starts = draw(st.lists(st.floats(0, 500), min_size=count, max_size=count))
    return Pushed(sorted(starts), draw(st.lists(st.floats(0, 60), min_size=count, max_size=count)))


@given(pushed())
def test_that_what_is_spread_keeps_its_gap_its_order_and_its_bounds(case):
    placed = spread(case.starts, case.lengths, 4.0, 0.0, 1000.0)
    for at in range(1, len(placed)):
        assert placed[at] >= placed[at - 1] + case.lengths[at - 1] + 4.0 - 1e-6
    assert placed[0] >= -1e-6
    assert placed[-1] + case.lengths[-1] <= 1000.0 + 1e-6


def test_that_what_has_room_is_not_moved():
    assert spread([0.0, 50.0, 90.0], [20.0, 20.0, 20.0], 4.0, 0.0, 200.0) == pytest.approx([0.0, 50.0, 90.0])


def test_that_names_are_broken_at_the_space_that_leaves_the_narrowest_lines():
    assert two_lines("On the circuit", len, 8) == ("On the", "circuit")
    assert two_lines("Memory", len, 3) == ("Memory",)
    assert two_lines("DC load", len, 8) == ("DC load",)


# --- figures made by hand, as hard as they come


def watts(*amounts, limit, unknown=()):
    bars, reached = [], 0.0
    for place, amount in enumerate(amounts):
        summed = place in SUMS
        start = 0.0 if summed else reached
        reached = reached if summed else reached + amount
        end = NAN if place in unknown else reached
        role = Role.SUM if summed else Role.LOSS if "loss" in NAMES[place] else Role.PART
        bars.append(Bar(place, start, end, role, number(end - start, 0)))
    gap = Gap(12, reached, limit, f"{number(abs(limit - reached), 0)} W", "to spare" if limit > reached else "too much",
              short=limit < reached)  # fmt: skip
    return Figure(
        "power-waterfall", "Power", sentence="The circuit carries it.",
        up=plain_scale("circuit power", "W", (0.0, limit, reached)),
        places=tuple(Place(name, strong=place in SUMS) for place, name in enumerate(NAMES)),
        bars=tuple(bars), limits=(Limit(limit, f"{number(limit, 0)} W limit", "15 A × 120 V × 0.8 =", 10, 12),),
        gaps=(gap,), table=Table(("Step", "W"), tuple((name, "1") for name in NAMES)),
    )  # fmt: skip


def heat(*lines):
    return Figure(
        "temperatures", "Temperatures", sentence="The CPU is closest to its limit.",
        across=plain_scale("temperature", "°C", [0.0, *(value for _, value, _ in lines if value == value)]),  # noqa: PLR0124
        places=tuple(Place(name) for name, _, _ in lines),
        bars=tuple(Bar(at, 0.0, value, Role.PART, number(value, 0), value - 3, value + 3)
                   for at, (_, value, _) in enumerate(lines) if not math.isnan(value)),
        limits=tuple(Limit(limit, number(limit, 0), "", at, at) for at, (_, _, limit) in enumerate(lines) if limit),
        table=Table(("Part", "steady", "range", "limit", "to spare"), tuple((name,) * 5 for name, _, _ in lines)),
    )  # fmt: skip


def room(*labels, dot=22.0, limit=23.0):
    xs = tuple(100.0 * at for at in range(1, 15))
    curves = tuple(
        Curve(label, xs, tuple(dot + at / 10 + 800 / x for x in xs), role)
        for at, (label, role) in enumerate(zip(labels, (Role.SUM, Role.SECOND, Role.THIRD, Role.FOURTH), strict=False))
    )
    return Figure(
        "room-air", "Room", sentence="It settles.",
        across=plain_scale("fresh air", "m³/h", (0.0, *xs)),
        up=plain_scale("room air", "°C", [limit, *(y for curve in curves for y in curve.ys)], from_zero=False),
        curves=curves, limits=(Limit(limit, f"limit {number(limit, 0)} °C"),),
        dots=(Dot(700.0, dot + 800 / 700, "23.1 °C"),),
        table=Table(("Fresh air", "room"),
                    tuple((number(x, 0), number(y, 1)) for x, y in zip(xs, curves[0].ys, strict=True))),
    )  # fmt: skip


def assert_apart(widget):
    said = [(text, place) for text, place in widget.canvas.words() if text]
    assert len(said) > 4
    for (one, place), (other, beside) in combinations(said, 2):
        assert not place.intersects(beside), (one, place, other, beside)
    whole = widget.canvas.rect()
    for text, place in said:
        assert whole.contains(place.toRect()), (text, place, whole)


def drawn(qtbot, widget, figure, wide, high=250):
    qtbot.addWidget(widget)
    widget.show_figure(figure)
    widget.resize(wide, high)
    widget.show()
    QApplication.processEvents()
    widget.grab()
    return widget


WATTS = {
    "room to spare": watts(482, 117, 35, 50, 40, 48, 40, 0, 50, 0, 72, 90, 0, limit=1920),
    "just enough": watts(900, 250, 35, 50, 40, 48, 40, 0, 90, 0, 72, 90, 0, limit=1640),
    "too much": watts(1800, 350, 35, 50, 40, 48, 40, 0, 190, 0, 172, 90, 0, limit=1440),
}


@pytest.mark.parametrize("wide", [520, 640, 900])
@pytest.mark.parametrize("case", WATTS)
def test_that_the_words_of_the_waterfall_never_meet(qtbot, case, wide):
    assert_apart(drawn(qtbot, Waterfall({}), WATTS[case], wide))


@pytest.mark.parametrize("wide", [240, 300, 500])
def test_that_values_and_limits_of_temperatures_never_meet(qtbot, wide):
    bars = LyingBars("Temperatures", THIN, "card_temperature")
    drawn(qtbot, bars, heat(("GPU A", 83, 84), ("CPU", 94, 95), ("Case air", 33, 0), ("Room", 22, 23)), wide, 180)
    assert_apart(bars._thin)


@pytest.mark.parametrize("wide", [260, 420])
@pytest.mark.parametrize("labels", [("Room",), ("Room", "Case air", "Coolant", "Memory")])
def test_that_the_words_of_curves_never_meet(qtbot, labels, wide):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room(*labels), wide, 200)
    assert_apart(plot)
    said = [text for text, _ in plot.canvas.words()]
    assert (labels[0] in said) is (len(labels) > 1)
    assert "fresh air, m³/h" in said
    assert "°C" in said


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_no_words_of_the_sample_meet_at_any_size(conductor, dressed, size, theme):
    wear(dressed, theme)
    conductor.window.resize(*size)
    conductor.window.show_view("site")
    QApplication.processEvents()
    conductor.settle()
    QApplication.processEvents()
    site = conductor.window.panes["site"]
    conductor.window.grab()
    shown = {
        site.overview: site.overview.waterfall,
        site.power: site.power.supply,
        site.thermal: site.thermal.temperatures._thin,
        site.room: site.room.room,
    }
    for tab, plot in shown.items():
        site.segments.choose(site.tabs.index(tab))
        QApplication.processEvents()
        conductor.window.grab()
        assert_apart(plot)


# --- what is drawn


def colours_at(widget, place, reach=3):
    image = widget.grab().toImage()
    return {
        image.pixelColor(round(place.x()) + right, round(place.y()) + lower).name()
        for right in range(-reach, reach + 1)
        for lower in range(-reach, reach + 1)
    }


def test_that_limits_are_drawn_in_brass_at_their_values(qtbot):
    brass = colours().brass.name()
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room("Room", limit=24.0), 300, 200)
    assert brass in colours_at(plot, plot.canvas.point(200.0, 24.0), 1)
    falls = drawn(qtbot, Waterfall({}), WATTS["room to spare"], 640)
    assert brass in colours_at(falls, falls.canvas.point(11.5, 1920), 1)
    assert brass not in colours_at(falls, falls.canvas.point(5.0, 1920), 3)
    bars = LyingBars("Temperatures", THIN, "card_temperature")
    drawn(qtbot, bars, heat(("GPU A", 60, 80), ("CPU", 70, 0), ("Room", 22, 40)), 400, 150)
    canvas = bars._thin.canvas
    assert brass in colours_at(bars, canvas.point(80, -0.5), 1)
    assert brass not in colours_at(bars, canvas.point(80, -1.5), 3)
    assert brass in colours_at(bars, canvas.point(40, -2.5), 1)


def test_that_the_range_of_a_curve_is_a_faint_band_of_its_colour(qtbot):
    figure = room("Room")
    curve = figure.curves[0]
    ranged = curve._replace(lows=tuple(y - 2 for y in curve.ys), highs=tuple(y + 2 for y in curve.ys))
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), figure._replace(curves=(ranged,), dots=(), limits=()), 320, 200)
    inside = colours_at(plot, plot.canvas.point(400.0, 24.0 + 0.9), 0).pop()
    assert inside not in {colours().base.name(), colours().line.name(), colours().steel.name()}


def test_that_unknown_steps_and_temperatures_are_drawn_as_unknown(qtbot):
    figure = watts(482, 117, 35, 50, 40, 48, 40, 0, 50, 0, 72, 90, 0, limit=1920, unknown=(12,))
    figure = figure._replace(gaps=(), limits=())
    falls = drawn(qtbot, Waterfall({}), figure, 640)
    assert "?" in [text for text, _ in falls.canvas.words()]
    assert_apart(falls)
    assert colours().unknown.name() in colours_at(falls, falls.canvas.point(12.5, 2000), 2)
    bars = LyingBars("Temperatures", THIN, "card_temperature")
    drawn(qtbot, bars, heat(("GPU A", NAN, 84), ("CPU", 60, 95), ("Room", 22, 27)), 400, 150)
    assert "?" in [text for text, _ in bars._thin.canvas.words()]
    canvas = bars._thin.canvas
    assert colours().unknown.name() in colours_at(bars, canvas.point(30, -0.5), 6)


def test_that_what_cannot_be_drawn_is_said_and_drawn_again_when_it_can(qtbot):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), Figure("room-air", "Room", missing="Not known."), 300, 200)
    assert not plot.canvas.isVisible()
    assert "Not known." in plot.accessibleDescription()
    assert len({plot.grab().toImage().pixelColor(x, 10).name() for x in range(80)}) > 1
    plot.show_figure(room("Room"))
    QApplication.processEvents()
    assert plot.canvas.isVisible()


def test_that_a_switch_of_theme_restyles_the_same_plots(qtbot, dressed):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room("Room"), 300, 200)
    canvas, light = plot.canvas, colours()
    wear(dressed, "dark")
    QApplication.processEvents()
    dark = colours()
    seen = colours_at(plot, plot.canvas.point(1200.0, 23.0), 2)
    assert plot.canvas is canvas
    assert dark.brass.name() in seen
    assert light.brass.name() not in seen
    assert plot.grab().toImage().pixelColor(150, 60).name() == dark.base.name()


# --- what is pressed


def test_that_arrows_read_the_curve_and_escape_takes_the_reader_away(qtbot):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room("Room"), 320, 200)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert "100 m³/h: 30.0 °C" in [text for text, _ in plot.canvas.words()]
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "200 m³/h: 26.0 °C" in [text for text, _ in plot.canvas.words()]
    plot.grab()
    assert_apart(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert not any(": " in text for text, _ in plot.canvas.words())


def test_that_a_press_on_the_dot_asks_and_a_press_beside_it_reads(qtbot):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room("Room"), 320, 200)
    asked = []
    plot.asked.connect(asked.append)
    far = plot.canvas.point(300.0, 28.0).toPoint()
    qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=far)
    assert any(text.startswith("300 m³/h") for text, _ in plot.canvas.words())
    assert not asked
    dot = plot.canvas.point(700.0, 22 + 800 / 700).toPoint()
    qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=dot + QPoint(3, 3))
    assert asked == ["room_air"]
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked == ["room_air"] * 2


def test_that_zooming_stays_on_the_scale_and_a_double_click_shows_all_again(qtbot):
    plot = drawn(qtbot, CurvePlot("Room", "room_air"), room("Room"), 320, 200)
    whole = plot.canvas.box.viewRect()
    plot.canvas.box.scaleBy((0.3, 0.3))
    plot.grab()
    assert plot.canvas.box.viewRect().width() < whole.width()
    qtbot.mouseDClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert plot.canvas.box.viewRect().width() == pytest.approx(whole.width())


def test_that_the_waterfall_is_walked_and_asked_by_keys_and_presses(qtbot):
    falls = drawn(qtbot, Waterfall({"GPUs": "gpus_power", "CPU": "cpu_power"}), WATTS["just enough"], 640)
    asked = []
    falls.asked.connect(asked.append)
    qtbot.keyClick(falls, Qt.Key.Key_Return)
    qtbot.keyClick(falls, Qt.Key.Key_Right)
    qtbot.keyClick(falls, Qt.Key.Key_Return)
    first = falls.canvas.point(0.5, 200).toPoint()
    qtbot.mouseClick(falls.canvas.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert asked == ["gpus_power", "cpu_power", "gpus_power"]


def test_that_plots_are_not_loaded_before_the_site_is_shown():
    import os
    import subprocess
    import sys

    code = "import steelyard.gui.panes.made, sys; print('pyqtgraph' in sys.modules)"
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=where)
    assert done.stdout.strip() == "False"
