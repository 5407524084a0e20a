"""The sustained run: its words never meet, one scrubber moves run and case, and a run of another build is dimmed."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from steelyard.figures.plot import Curve, Figure, Limit, Role, Scale, Tick, Zone
from steelyard.figures.scales import plain_scale
from steelyard.gui.look import colours
from steelyard.gui.present.times import time_words, value_at
from steelyard.gui.sustained_plot import SustainedPlot

HOURS = tuple(10 ** (at / 20) / 60 for at in range(87))
MARKS = ((1 / 60, "1 min"), (1 / 6, "10 min"), (1.0, "1 h"), (8.0, "8 h"), (24.0, "1 d"), (336.0, "14 d"))
AXIS = Scale("Time", "", HOURS[0], HOURS[-1], tuple(Tick(at, text) for at, text in MARKS), log=True)


def warming(label, role, start, end, lag, band=0.0):
    ys = tuple(start + (end - start) * (1 - math.exp(-hour / lag)) for hour in HOURS)
    lows, highs = (tuple(y + way * band for y in ys) if band else () for way in (-1, 1))
    return Curve(label, HOURS, ys, role, lows, highs)


def run(*, apart=1.0):
    curves = (
        warming("GPU A", Role.FIRST, 45, 82, 0.15, 3.0), warming("GPU B", Role.SIXTH, 43, 82 - apart, 0.15),
        warming("CPU", Role.SECOND, 55, 82 - 2 * apart, 0.4, 2.0), warming("Coolant", Role.THIRD, 23, 24 + apart, 0.5),
        warming("Case air", Role.FOURTH, 21, 24 + apart / 2, 0.6), warming("Room", Role.FIFTH, 20.5, 24, 1.5),
    )  # fmt: skip
    limits = (Limit(91, "GPU limit 91 °C"), Limit(95, "CPU limit 95 °C"), Limit(27, "Room limit 27 °C"))
    heat = Figure("heat", "Run", sentence="It holds.", across=AXIS, curves=curves, limits=limits,
                  up=plain_scale("temperature", "°C", (20, 95), from_zero=False))  # fmt: skip
    kept = (warming("Slowest GPU", Role.FIRST, 100, 98.5, 2), warming("Work done", Role.SECOND, 100, 98, 2))
    speed = Figure("speed", "Speed", across=AXIS, up=plain_scale("speed", "%", (60, 100), from_zero=False), curves=kept,
                   zones=(Zone(70, 90, "10 to 30 % slower"),))  # fmt: skip
    return heat, speed, {"GPU A": "card_temperature[0]@0", "CPU": "cpu_temperature@0"}


def drawn(qtbot, wide=540, high=340, **how):
    plot = SustainedPlot()
    qtbot.addWidget(plot)
    plot.show_run(*run(**how))
    plot.resize(wide, high)
    plot.show()
    QApplication.processEvents()
    plot.grab()
    return plot


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("apart", [0.0, 0.5, 6.0])
@pytest.mark.parametrize("size", [(440, 300), (540, 340), (900, 340)])
def test_that_the_words_of_the_run_never_meet_and_none_is_cut(qtbot, size, apart):
    plot = drawn(qtbot, *size, apart=apart)
    for (one, place), (other, beside) in combinations(plot.said, 2):
        assert not place.intersects(beside), (one, place, other, beside)
    for text, place in plot.said:
        assert plot.rect().contains(place.toRect()), (text, place)
    said = [text for text, _ in plot.said]
    assert {"GPU A", "GPU B", "CPU", "Coolant", "Case air", "Room", "Slowest GPU", "8 h", "10 to 30 % slower"} <= {
        *said
    }


@pytest.mark.usefixtures("dressed")
def test_that_the_scrubber_begins_at_eight_hours_and_tells_every_curve(qtbot):
    plot = drawn(qtbot)
    assert (plot.time_words, plot.hours) == ("8 h", 8.0)
    told = plot.readings
    assert told["GPU A"] == pytest.approx(82, abs=0.1)
    assert told["Room"] == pytest.approx(20.5 + 3.5 * (1 - math.exp(-8 / 1.5)), abs=0.01)
    assert f"Room {told['Room']:.1f}" in plot.accessibleDescription()


@pytest.mark.usefixtures("dressed")
def test_that_arrows_move_the_time_and_stop_at_both_ends(qtbot):
    plot = drawn(qtbot)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.time_words == "1 min"
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.time_words == "1 min"
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.hours == pytest.approx(HOURS[1])
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.time_words == "14 d"


@pytest.mark.usefixtures("dressed")
def test_that_a_press_moves_the_scrubber_and_a_drag_takes_it_along(qtbot):
    plot = drawn(qtbot)
    heat, _ = plot._plots()
    qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(heat.left()), 120))
    assert plot.time_words == "1 min"
    held, end = Qt.MouseButton.LeftButton, QPointF(heat.right(), 120)
    plot.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, end, end, Qt.MouseButton.NoButton, held, Qt.KeyboardModifier.NoModifier)
    )
    assert plot.time_words == "14 d"
    image = plot.grab().toImage()
    x = round(plot._x(heat, plot.hours))
    seen = {image.pixelColor(x + step, 200).name() for step in (-1, 0, 1)}
    assert colours().ink.name() in seen


@pytest.mark.usefixtures("dressed")
def test_that_a_press_on_a_name_asks_and_enter_asks_for_the_hottest(qtbot):
    plot = drawn(qtbot)
    asked = []
    plot.asked.connect(asked.append)
    place = next(place for text, place in plot.said if text == "CPU")
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked == ["cpu_temperature@0", "card_temperature[0]@0"]


@pytest.mark.usefixtures("dressed")
def test_that_what_cannot_be_run_is_said(qtbot):
    plot = drawn(qtbot)
    plot.show_run(Figure("heat", "Run", missing="A run needs supply."), Figure("speed", "Speed"), {})
    plot.grab()
    assert "A run needs supply." in plot.accessibleDescription()
    assert (plot.readings, plot.time_words) == ({}, "")


def test_that_times_are_said_in_the_unit_that_people_use():
    said = [time_words(hours) for hours in (1 / 60, 0.5, 1.0, 1.5, 8.0, 47.0, 48.0, 336.0)]
    assert said == ["1 min", "30 min", "1 h", "1.5 h", "8 h", "47 h", "2 d", "14 d"]


def test_that_between_two_points_a_curve_is_straight():
    curve = Curve("", (1.0, 3.0, 5.0), (10.0, 20.0, 0.0), Role.FIRST)
    assert [value_at(curve, x) for x in (0.0, 1.0, 2.0, 4.0, 9.0)] == [10.0, 10.0, 15.0, 10.0, 0.0]


# --- on the desk


def test_that_run_and_case_show_the_same_time_and_follow_the_scrubber(conductor, qtbot):
    conductor.window.show_view("site")
    conductor.settle()
    site = conductor.view("site")
    overview = site.overview
    assert overview._case_words.text() == "In the case, after 8 h"
    then = float(overview.case.case.cpu.value)
    assert then == pytest.approx(overview.run.readings["CPU"], abs=0.5)
    qtbot.keyClick(overview.run, Qt.Key.Key_Home)
    assert overview._case_words.text() == "In the case, after 1 min"
    hottest = max(float(card.temperature.value) for card in overview.case.case.cards if not card.free)
    assert hottest == pytest.approx(max(overview.run.readings[name] for name in ("GPU A", "GPU B")), abs=0.5)
    assert site.thermal.run.hours == overview.run.hours


def test_that_the_end_of_the_run_is_the_steady_state_of_the_gauges(conductor, qtbot):
    conductor.window.show_view("site")
    conductor.settle()
    run = conductor.view("site").overview.run
    qtbot.keyClick(run, Qt.Key.Key_End)
    found = conductor.desk.evaluation
    for name, behind in {"CPU": "cpu_temperature", "Room": "room_air", "Case air": "case_air"}.items():
        assert run.readings[name] == pytest.approx(found.value(behind, conductor.row), abs=0.2)


def test_that_a_run_of_the_build_as_it_was_is_dimmed_until_the_next_one_is_there(conductor, desk):
    conductor.window.show_view("site")
    conductor.settle()
    overview = conductor.view("site").overview
    desk.edit(desk.project._replace(site=desk.project.site._replace(room_temperature=30.0)), "a warmer room")
    assert overview.run.stale
    assert overview._case_words.text() == "In the case, sustained"
    before = overview.run.readings["Room"]
    conductor.settle()
    assert not overview.run.stale
    assert overview.run.readings["Room"] > before + 5


def test_that_a_run_comes_by_itself_once_the_build_has_come_to_rest(conductor, desk, qtbot):
    conductor.window.show_view("site")
    conductor.settle()
    runs = conductor.view("site").runs
    desk.edit(desk.project._replace(site=desk.project.site._replace(room_temperature=25.0)), "a warmer room")
    qtbot.waitUntil(lambda: not conductor.view("site").overview.run.stale, timeout=10_000)
    assert runs.current


def test_that_the_words_of_a_limit_in_the_run_change_it(conductor, qtbot):
    conductor.window.show_view("site")
    conductor.settle()
    site = conductor.view("site")
    run = site.overview.run
    run.grab()
    place = next(place for text, place in run.said if text.startswith("Room limit"))
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert site.sheet.isVisible()
    assert list(site.sheet.fields) == ["room_limit"]


def test_that_bands_are_shown_once_they_are_computed_and_hold_their_curve(conductor):
    conductor.window.show_view("site")
    conductor.settle()
    site = conductor.view("site")
    assert not any(curve.lows for curve in site.overview.run.heat.curves)
    site.complete()
    banded = [curve for curve in site.overview.run.heat.curves if curve.lows]
    assert banded
    for curve in banded:
        assert all(low <= y <= high for low, y, high in zip(curve.lows, curve.ys, curve.highs, strict=True))
    assert site.overview.run.time_words == "8 h"
