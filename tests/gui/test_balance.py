"""The balance view: what imbalance costs, the day of all workloads, and the numbers that open."""

from __future__ import annotations

import math
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt

from steelyard.gui.present.costs import costs_view
from steelyard.gui.present.together import day_figure
from steelyard.project.content import InputValue, checked


def shown(conductor):
    conductor.window.show_view("balance")
    conductor.settle()
    return conductor.window.panes["balance"]


def running(project, *runs):
    uses = tuple(use._replace(runs=when) for use, when in zip(project.workloads, runs, strict=True))
    return checked(project._replace(workloads=uses))


def lines_of(engine, project, row=0):
    variant = engine.evaluate_variant(project, project.variants[0].name)
    return variant, {line.reading.label: line for line in costs_view(variant, row)}


def test_that_nobody_who_is_in_time_costs_anything_even_without_a_price_of_the_hour(engine, project):
    _, lines = lines_of(engine, project)

    assert lines["Delay"].reading.value == "0"
    assert lines["Researchers' time"].reading.value in {"0", "0.00"}
    assert not lines["Delay"].state


def test_that_waiting_is_not_costed_until_the_hour_has_a_price(engine, project):
    crowded = running(project, "day", "day", "day")
    variant, lines = lines_of(engine, crowded)
    assert variant.value("queue_delay") > 0
    assert lines["Researchers' time"].reading.value == "not costed"
    assert "brief" in lines["Researchers' time"].note

    priced = checked(crowded._replace(lab=crowded.lab._replace(researcher_rate="80")))
    variant, lines = lines_of(engine, priced)
    cost = variant.value("queue_delay") * 80
    assert float(lines["Researchers' time"].reading.value.replace(",", "")) == pytest.approx(cost, abs=0.01)
    assert lines["Researchers' time"].reading.unit == "USD/yr"


def test_that_a_queue_of_users_shows_how_full_it_is_and_warns_above_the_limit(engine, project):
    catalog = engine.catalog.workloads["continual-learning"]
    use = project.workloads[0]._replace(id="queue", workload="continual-learning", inputs=MappingProxyType({}))
    for name, each in catalog.inputs.items():
        value = each.typical if each.required else None
        if value is not None:
            use = use._replace(inputs=MappingProxyType({**use.inputs, name: InputValue(value, assumed=True)}))
    variant, lines = lines_of(engine, checked(project._replace(workloads=(use,))))

    full = variant.value("queue_use") > variant.value("queue_use_limit")
    assert variant.value("queue_users") > 0
    assert lines["Use of the queue"].state == ("warn" if full else "")
    assert "Mean wait of a job" in lines
    assert not math.isnan(variant.value("queue_wait"))


def test_that_every_cell_of_the_day_that_opens_has_a_number_behind_it(engine, project):
    day = running(project, "day", "night", "always")
    variant = engine.evaluate_variant(day, day.variants[0].name)
    figure, addresses = day_figure(variant)

    assert len(addresses) == len(figure.table.rows)
    for row in addresses:
        for address in row:
            name = address.partition("@")[0]
            assert not name or name in variant.evaluation.values


def test_that_arrows_walk_the_day_and_enter_opens_the_number(conductor, qtbot):
    pane = shown(conductor)
    pane.day.setFocus()
    qtbot.keyClick(pane.day, Qt.Key.Key_Down)
    qtbot.keyClick(pane.day, Qt.Key.Key_Right)
    with qtbot.waitSignal(pane.day.asked) as heard:
        qtbot.keyClick(pane.day, Qt.Key.Key_Return)

    assert heard.args == ["engine_taken@1"]
    assert conductor.window.popover.isVisible()
    assert "nnU-Net" in pane.day.accessibleDescription()


def test_that_the_numbers_of_what_imbalance_costs_open(conductor, qtbot):
    pane = shown(conductor)
    figure = pane.costs.figures[1]
    with qtbot.waitSignal(pane.costs.asked) as heard:
        qtbot.keyClick(figure, Qt.Key.Key_Return)

    assert heard.args == ["queue_delay@0"]
    assert "Delay" in conductor.window.popover.current.label
