"""The page of requirements: what the work needs at three levels, as the engine says it, and what else is asked."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.levels import level_amount, reached, state_of
from steelyard.project.requirements import requirements_of
from steelyard.project.samples import open_project
from steelyard.sheets.bind_needs import growth_of, levels_of
from steelyard.sheets.bind_needs import requirements_of as asked_of
from steelyard.sheets.build_sheet import content_of
from steelyard.sheets.compose import compose
from steelyard.sheets.paper import paper_named


@pytest.fixture(scope="module")
def variant():
    project = open_project("workstation-a-1").project
    return Engine.of(load_catalog()).evaluate_variant(project, project.variants[0].name)


def test_that_each_resource_stands_with_its_three_levels_and_its_driver(variant):
    lines = {line.label: line for line in levels_of(variant)}
    needed = requirements_of(variant, ranges=False)
    assert list(lines) == [each.label for each in needed]
    for each in needed:
        line = lines[each.label]
        levels = (each.least, each.advised, each.ample)
        assert (line.least, line.advised, line.ample) == tuple(str(level_amount(each, level)) for level in levels)
        assert line.driver == each.driver
        assert (line.mark == "") == (not each.resource.has)


def test_that_what_has_levels_is_not_asked_twice_and_the_rest_still_is(variant):
    labels = {each.label for each in asked_of(variant)}
    assert "Sustained rate, end to end" in labels
    assert not labels & {line.label for line in levels_of(variant)}
    assert not any("memory" in label.lower() for label in labels)


def test_that_what_is_not_chosen_is_neither_there_nor_short(variant):
    one = variant.selection.without("memory")
    bare = variant.engine.evaluate_variant(variant.project.with_selection(variant.variant.name, one), "Balanced")
    lines = {line.label: line for line in levels_of(bare)}
    for label in ("Host memory", "Error correction (ECC)"):
        assert (lines[label].has, lines[label].mark) == ("nothing chosen", "unknown")


def test_that_what_is_short_is_marked_as_gravely_as_the_finding_on_it(variant):
    memory = next(each for each in requirements_of(variant, ranges=False) if each.key == "memory")
    short = memory._replace(has=memory.least.value / 2)
    assert reached(short) == "short"
    assert state_of(short, variant.findings) == "warn"  # nothing is broken
    rule = variant.engine.model.rules["MEM-014"]
    found = next(each for each in variant.findings if each.rule.id == rule.id)
    assert state_of(short, [found._replace(verdict="broken")]) == str(rule.severity)


def test_that_nothing_is_levelled_where_nothing_is_asked(variant):
    without = variant.engine.evaluate_variant(variant.project._replace(workloads=()), "Balanced")
    assert levels_of(without) == ()
    assert growth_of(without) == ""


def test_that_the_page_prints_levels_growth_and_every_assumed_value(variant, pdf):
    content = content_of(variant)
    seen = pdf.read(compose(content, paper_named("a4")))
    page = " ".join(next(text for text in seen.text if "Comfortable" in text).split())
    assert all(word in page for word in ("Least", "Recommended", "Comfortable", "Driven by"))
    for line in content.levels:
        assert line.label in page
    lab = variant.project.lab
    assert f"{(1 + lab.growth) ** lab.life_years:.1f}×" in page
    whole = " ".join(seen.whole.split())
    for each in content.assumed:
        assert each.label in whole
