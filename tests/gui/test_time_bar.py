"""GPU time: every cause of idle time has its share and cost, and the legends stand clear of the strip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton

from steelyard.gui.present.asked import asked_words
from steelyard.gui.present.idle import idle_costs
from steelyard.gui.present.plots import figures_of


def test_that_the_causes_share_out_the_whole_cost_of_idle_time(desk):
    for row in desk.evaluation.rows:
        figure = figures_of(desk.evaluation, row, ranged=False, names=("gpu-time",))["gpu-time"]
        costs = idle_costs(desk.evaluation, row, figure)
        assert set(costs) == {bar.name for bar in figure.bars[1:]}
        total = sum(float(text.split(" ")[0].replace(",", "")) for text in costs.values())
        assert total == pytest.approx(desk.evaluation.value("gpu_idle_cost", row) / 100, abs=1.0)


def test_that_no_legend_is_under_the_strip_at_the_common_size(conductor):
    conductor.window.resize(1440, 900)
    conductor.window.show_view("balance")
    conductor.settle()
    QApplication.processEvents()
    pane = conductor.window.panes["balance"]
    strip = pane._strip.mapTo(pane, QPoint(0, 0)).y()
    for bars in (pane.time, pane.memory):
        assert bars.mapTo(pane, QPoint(0, bars.height())).y() <= strip


def test_that_what_is_asked_is_said_as_it_was_asked(desk):
    said = [asked_words(desk.evaluation, row) for row in desk.evaluation.rows]
    assert said[0] == "300 cases within 12 h"
    assert "" in said


def test_that_an_empty_balance_offers_one_main_action_and_a_second(conductor, desk):
    desk.edit(desk.project._replace(workloads=()), "nothing asked")
    conductor.window.show_view("balance")
    conductor.settle()
    pane = conductor.window.panes["balance"]
    assert pane.empty.isVisible()
    assert not pane.workload.isVisible()
    buttons = [each.text() for each in pane.empty.findChildren(QPushButton)]
    assert buttons == ["Go to the brief", "Open sample"]
