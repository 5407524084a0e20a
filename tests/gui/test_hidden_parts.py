"""The picker leaves out what is no longer made or made for servers, says how many, and shows them when asked."""

from __future__ import annotations

MODULE = "gpu/nvidia/h100-80gb-sxm5"


def offered(pane):
    return [line.part_id for line in pane.picker.model().lines]


def test_that_hidden_parts_are_counted_and_shown_when_asked(conductor, desk, window):
    window.show_view("parts")
    pane = conductor.parts
    pane.choose("gpu")
    conductor.settle()
    usual = offered(pane)
    catalog = desk.engine.catalog
    assert all(catalog.part(part).status == "active" for part in usual if part != desk.selection.part("gpu"))
    count = len(catalog.tables["gpu"]) - 1 - len(usual)
    assert pane.hidden.text() == f"{count} hidden: show"

    pane.hidden.click()
    assert len(offered(pane)) == len(usual) + count
    assert MODULE in offered(pane)

    pane.hidden.click()
    assert offered(pane) == usual


def test_that_a_hidden_part_of_the_build_is_shown_and_a_module_does_not_fit(conductor, window):
    window.show_view("parts")
    pane = conductor.parts
    pane.choose("gpu")
    conductor.settle()
    pane.hidden.click()
    line = next(line for line in pane.picker.model().lines if line.part_id == MODULE)
    assert not line.fits
    pane.take(MODULE)
    pane.hidden.click()
    conductor.settle()
    assert MODULE in offered(pane)


def test_that_nothing_is_said_where_nothing_is_hidden(conductor, window):
    window.show_view("parts")
    pane = conductor.parts
    pane.choose("case")
    conductor.settle()
    assert pane.hidden.isHidden()
