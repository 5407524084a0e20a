"""Tab walks a view as it is read, and what is new stands where it is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


def walked(window):
    """What Tab reaches, from the rail on, in its order."""
    found, each = [], window.rail
    while True:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
            found.append(each)
        each = each.nextInFocusChain()
        if each is window.rail:
            return found


def shown(conductor, view):
    conductor.window.show_view(view)
    conductor.settle()
    QApplication.processEvents()
    return conductor.view(view)


def test_that_tab_walks_the_brief_from_the_search_to_the_needs(conductor):
    pane = shown(conductor, "brief")
    order = walked(conductor.window)
    tags = list(pane.browser.tags.values())
    enabled = [tag for tag in tags if tag.isVisible()]
    wanted = [
        pane.search,
        *enabled,
        pane.browser.list,
        *(box.first_field for box in pane.boxes.values()),
        pane.drop,
        pane.lab["budget"].field,
        pane.regulated,
        pane.needs,
    ]
    assert enabled
    assert [each for each in order if each in wanted] == wanted


def test_that_the_card_of_a_workload_that_is_added_comes_before_the_lab(conductor):
    pane = shown(conductor, "brief")
    pane.add("pacs-archive")
    QApplication.processEvents()
    order = walked(conductor.window)
    new = list(pane.boxes.values())[-1].first_field
    assert order.index(new) < order.index(pane.drop) < order.index(pane.lab["budget"].field)


def test_that_the_balance_is_walked_before_its_strip_and_the_verdict(conductor):
    pane = shown(conductor, "balance")
    order = walked(conductor.window)
    wanted = [pane.stages, pane.time, *pane.costs.figures, pane.memory, pane.day, pane.cores, pane.needs]
    assert [each for each in order if each in wanted] == wanted
    assert order.index(pane.needs) < order.index(conductor.window.verdict.card)


def test_that_the_table_of_requirements_comes_before_the_card(conductor):
    pane = shown(conductor, "requirements")
    order = walked(conductor.window)
    assert order.index(pane.table) < order.index(conductor.window.verdict.card)
