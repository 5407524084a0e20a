"""The site's answer: it names what is missing or worst first, and never passes what a missing part would change."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from steelyard.gui.present.parts import candidates_view, preview_lines
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site_limits import limits_view
from steelyard.gui.present.site_words import OWN, sentence_of, worst_finding
from steelyard.gui.present.verdict import card_view
from steelyard.project.left_out import left_out
from steelyard.project.selection import Selection


@pytest.fixture
def partial(desk):
    desk.select(desk.selection.without("psu", "case"), "no supply, no case")
    return desk.evaluation


def test_that_the_answer_names_the_needed_parts_that_are_missing(partial):
    assert sentence_of(partial, 0) == "Supply and case are missing: what follows leaves them out."


def test_that_no_gauge_passes_what_rests_on_a_missing_part(partial):
    limits = limits_view(partial, 0, ranged=False)
    assert limits
    for limit in limits:
        assert limit.state == "unknown", limit.label
        assert limit.value is None
        assert not limit.reading.known
        assert "Supply" in limit.words or "Case" in limit.words


def test_that_only_sums_that_leave_a_part_out_lose_their_number(partial):
    figure = figures_of(partial, 0, ranged=False, names=("power-waterfall",))["power-waterfall"]
    said = {figure.places[bar.place].label: bar.text for bar in figure.bars}
    assert {said[name] for name in ("Supply loss", "At the wall", "On the circuit")} == {"?"}
    assert said["GPUs"] != "?"
    assert "without supply and case" in figure.subtitle


def test_that_a_part_that_may_be_empty_leaves_nothing_out(desk):
    desk.select(desk.selection.without("ups"), "no UPS")
    assert left_out(desk.evaluation, "circuit_power") == ()


def test_that_the_card_of_an_empty_build_has_no_temperature(desk):
    desk.select(Selection(), "nothing")
    figure = card_view(desk.evaluation, 0, ranged=False).figures[3]
    assert (figure.label, figure.value, figure.unit, figure.range) == ("Temp", "–", "", "")


def test_that_the_card_cannot_tell_a_temperature_without_the_case(partial):
    assert not card_view(partial, 0, ranged=False).figures[3].known


def test_that_the_answer_is_the_gravest_finding_of_the_view(conductor, desk):
    desk.edit(desk.project._replace(site=desk.project.site._replace(breaker_current=5)), "small breaker")
    worst = worst_finding(desk.evaluation)
    assert worst.verdict == "broken"
    assert worst.rule.id in OWN
    conductor.window.show_view("site")
    QApplication.processEvents()
    sentence = conductor.window.panes["site"].sentence
    assert sentence.startswith(worst.title)
    assert "can take it" not in sentence


def test_that_site_and_preview_say_under_which_workload(conductor, desk):
    conductor.window.show_view("site")
    conductor.settle()
    names = [desk.evaluation.engine.catalog.workloads[use.workload].name for use in desk.evaluation.uses]
    assert f"under {names[0]}" in conductor.window.panes["site"].overview._watts.text()
    line = next(line for line in candidates_view(desk.evaluation, "psu") if not line.held)
    remarks = [name for name, _, then, _ in preview_lines(desk.evaluation, line) if not then]
    assert len(names) > 1
    assert any(name in remark for name in names for remark in remarks)
