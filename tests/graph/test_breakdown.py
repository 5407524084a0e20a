"""Numbers taken apart: parts that add up, read from the formula itself."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest

from steelyard.graph.breakdown import Breakdown, breakdown
from steelyard.graph.model import Model
from steelyard.graph.quantity import Input, quantity
from steelyard.graph.tables import greatest_over, total_over, when
from steelyard.units import UNITS, Count, Money, PerStage, Present, Ratio, Stages

MODULE = ModuleType("kitchen")


@quantity("Price of the flour", source="kitchen")
def flour(bags: Count, bag_price: Money) -> Money:
    """As many bags as are bought."""
    return bags * bag_price


@quantity("Price of the courses", source="kitchen")
def courses(stages: PerStage[Present], course_price: PerStage[Money]) -> Money:
    """One after the other."""
    return total_over(stages, course_price)


@quantity("Bill", source="kitchen")
def bill(flour: Money, courses: Money, guests: Count, tip: Ratio) -> Money:
    """A tip on what each guest eats."""
    return (flour + courses) * guests * when(tip - 1, 1, 1 + tip)


@quantity("Dearest course", source="kitchen")
def dearest(stages: PerStage[Present], course_price: PerStage[Money]) -> Money:
    """One of them."""
    return greatest_over(stages, course_price)


@quantity("Change", source="kitchen")
def change(note: Money, bill: Money) -> Money:
    """What comes back."""
    return note - bill


for formula in (flour, courses, bill, dearest, change):
    formula.__module__ = MODULE.__name__
    setattr(MODULE, formula.__name__, formula)

CENT, COUNT, RATIO = UNITS["¢"], UNITS["×"], UNITS[""]
GIVEN = {
    "bags": 3.0, "bag_price": 0.1, "guests": 7.0, "tip": 0.1, "note": 100.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def taken():
    inputs = [
        Input("bags", "Bags", COUNT),
        Input("bag_price", "Price of a bag", CENT),
        Input("guests", "Guests", COUNT),
        Input("tip", "Tip", RATIO),
        Input("note", "Note", CENT),
        Input("stages", "Courses", UNITS["present"], (Stages,)),
        Input("course_price", "Price of a course", CENT, (Stages,)),
    ]
    values = {name: np.array([number]) for name, number in GIVEN.items()}
    values["stages"] = np.array([[1.0], [1.0], [0.0]])
    values["course_price"] = np.array([[1.7], [2.9], [9.0]])
    evaluation = Model.of([MODULE], inputs).evaluate(values)
    return lambda name: breakdown(evaluation, name, 0)


def sums(node: Breakdown) -> None:
    if node.parts:
        assert math.fsum(part.value for part in node.parts) == node.value
    for part in node.parts:
        sums(part)


def test_that_a_total_is_its_filled_positions(taken) -> None:
    found = taken("courses")
    assert [(part.label, part.value) for part in found.parts] == [
        ("Price of a course, stage 1", pytest.approx(1.7)),
        ("Price of a course, stage 2", pytest.approx(2.9)),
    ]


def test_that_a_product_is_shared_out_over_the_factor_that_is_a_sum(taken) -> None:
    found = taken("bill")
    assert [part.label for part in found.parts] == ["Price of the flour", "Price of the courses"]
    assert found.parts[0].value == pytest.approx(0.3 * 7 * 1.1)
    assert [part.label for part in found.parts[1].parts] == ["Price of a course, stage 1", "Price of a course, stage 2"]
    sums(found)
    assert next(line.label for line in found.lines()) == "Price of the flour"


def test_that_what_is_no_sum_stays_whole(taken) -> None:
    assert taken("dearest").parts == ()
    assert taken("flour").parts == ()
    assert taken("bags").parts == ()


def test_that_a_difference_has_a_part_below_zero(taken) -> None:
    found = taken("change")
    assert [part.value < 0 for part in found.parts] == [False, True]
    sums(found)


def test_that_a_name_that_is_not_there_is_refused(taken) -> None:
    with pytest.raises(KeyError):
        taken("bil")
