"""Explanations speak as the rest of the desk does: one currency, one word for a sample, names for stages and cards."""

from __future__ import annotations

import pytest

from steelyard.gui.causes import Causes
from steelyard.gui.present.explained import explained_view, said_in, source_title
from steelyard.gui.present.numbers import Address


@pytest.fixture
def told(desk):
    return lambda *address: explained_view(desk.evaluation, Address(*address))


def test_that_no_number_of_an_explanation_is_in_minor_units(desk, told):
    for name in ("build_price", "gpu_idle_cost", "energy_cost"):
        numbers = told(name, None, 0).numbers
        assert "¢" not in numbers
        assert desk.project.currency in numbers


def test_that_numbers_and_table_call_a_sample_alike(desk, told):
    explained = told("stage_capacity", 0, 0)
    assert "sample" not in explained.numbers
    assert "s/case" in explained.numbers
    assert said_in(desk.evaluation, 0, "0.5 samples/s") == "1,800 cases/h"


def test_that_a_stage_and_a_card_have_their_names(told):
    assert told("stage_capacity", 0, 0).label == "Capacity of the stage, sustained, Ingest"
    assert told("card_temperature", 1, 0).label == "Card temperature, GPU B"


def test_that_the_size_of_a_card_is_explained_with_their_number(told):
    assert any(cause.name.startswith("gpu_count") for cause in told("gpu_memory", None, 0).causes)


def test_that_no_source_ends_in_empty_brackets(desk):
    for source in desk.evaluation.engine.catalog.sources:
        assert "()" not in source_title(desk.evaluation, source)


def test_that_causes_have_a_range_where_they_are_uncertain(told):
    assert any(cause.range for cause in told("throughput", None, 0).causes)


@pytest.mark.usefixtures("dressed")
def test_that_the_columns_of_causes_do_not_meet(told):
    for name in ("throughput", "card_temperature", "build_price"):
        causes = Causes(told(name, 0, 0).causes, 342)
        columns = causes._columns
        assert columns.name < columns.value <= columns.range < columns.tier
        assert all(1 <= len(lines) <= 2 for lines in causes._names)
