"""Large type and small windows: what is said stays whole, what has no room leaves in order."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from steelyard.gui.look import look
from steelyard.gui.needs_strip import NeedsStrip
from steelyard.gui.opening import application_for
from steelyard.gui.present.brief import needs_view
from steelyard.gui.window import LEAST_VIEW

SIZES = [(1440, 900), (1024, 700)]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def large(conductor, request):
    application_for("light", 1.75)
    conductor.window.resize(*request.param)
    QApplication.processEvents()
    conductor.wear_changed()
    QApplication.processEvents()
    return conductor


def rectangles(inside):
    shown = [each for each in inside.findChildren(QWidget) if each.isVisible() and each.parent() is inside]
    return [(each, each.geometry()) for each in shown]


@pytest.mark.parametrize("view", ["balance", "site"])
def test_that_nothing_in_the_header_overlaps_or_is_cut(large, view):
    large.window.show_view(view)
    QApplication.processEvents()
    header = large.window.header
    placed = rectangles(header)
    for index, (one, place) in enumerate(placed):
        assert header.rect().contains(place), one.accessibleName()
        for other, beside in placed[index + 1 :]:
            assert not place.intersects(beside), (one.accessibleName(), other.accessibleName())
    assert header.state.width() >= header.state.sizeHint().width()
    assert header.budget.width() >= header.budget.sizeHint().width()
    name = header.variants.itemText(header.variants.currentIndex())
    assert header.variants.width() >= look().metrics("medium").horizontalAdvance(name) + look().px(24)


@pytest.mark.parametrize("view", ["balance", "site"])
def test_that_the_answer_is_whole(large, view):
    large.window.show_view(view)
    QApplication.processEvents()
    answer = next(
        label for label in large.window.panes[view].findChildren(QLabel) if label.accessibleName() == "Answer"
    )
    assert answer.height() >= answer.heightForWidth(answer.width())


def test_that_the_view_keeps_its_room_beside_the_drawer(large):
    large.window.show_view("site")
    QApplication.processEvents()
    assert large.window.stack.height() >= LEAST_VIEW


@pytest.mark.usefixtures("large")
def test_that_needs_stand_in_two_rows_where_columns_are_narrow(desk):
    strip = NeedsStrip(tracks=True)
    strip.show_needs(needs_view(desk.evaluation))
    strip.resize(look().px(1000), 200)
    strip.show_needs(needs_view(desk.evaluation))
    one_row = strip.sizeHint().height()
    strip.resize(look().px(400), 200)
    strip.show_needs(needs_view(desk.evaluation))
    assert strip.sizeHint().height() == 2 * one_row
