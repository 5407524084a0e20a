"""What bounds a stage is the greatest of its times, and who waits is counted in hours and money."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.graph.model import Model
from steelyard.units import Array
from steelyard.workstation.roofline import bound_words

WORDS = ("compute-bound", "bandwidth-bound", "power-bound", "launch-bound")


def given(**numbers: float) -> dict[str, Array]:
    return {name: np.array([float(number)]) for name, number in numbers.items()}


@pytest.mark.parametrize("greatest", range(4))
def test_that_the_longest_of_the_times_that_add_names_the_bound(model: Model, greatest: int) -> None:
    names = ("stage_arithmetic_time", "stage_traffic_time", "stage_energy_time", "stage_launch_time")
    times = {name: np.array([[3.0 if place == greatest else 2.0]]) for place, name in enumerate(names)}
    evaluation = model.evaluate({"stages": np.ones((1, 1)), **times}, ["stage_bound"])

    assert bound_words(evaluation.at("stage_bound", 0, 0)) == WORDS[greatest]


def test_that_a_stage_without_work_on_the_engine_has_no_bound() -> None:
    assert bound_words(0.0) == ""
    assert bound_words(math.nan) == ""
    assert bound_words(3.0) == "compute-bound and bandwidth-bound"


def test_that_generating_text_is_bound_by_bandwidth_and_reading_a_prompt_by_arithmetic(run) -> None:
    evaluation = run("private-llm-inference", ["stage_bound"])
    said = [bound_words(float(bound)) for bound in evaluation.value("stage_bound")[:, 0]]

    assert "bandwidth-bound" in said
    assert "compute-bound" in said


def delays(model: Model, **numbers: float) -> tuple[float, float]:
    values = given(
        queue_users=4, queue_jobs_per_week=5, working_weeks=46, hours_per_year=4000, researcher_rate=6000, **numbers
    )
    evaluation = model.evaluate(values, ["queue_delay", "waiting_cost"])
    return evaluation.at("queue_delay", 0), evaluation.at("waiting_cost", 0)


def test_that_jobs_that_queue_cost_their_wait_for_each_job_of_a_year(model: Model) -> None:
    hours, cents = delays(model, queue_wait=2, asked_rate=1, throughput=2)

    assert hours == pytest.approx(4 * 5 * 46 * 2)
    assert cents == pytest.approx(hours * 6000)


def test_that_work_that_takes_longer_than_asked_is_late_by_the_rest(model: Model) -> None:
    hours, _ = delays(model, queue_wait=0, asked_rate=3, throughput=2)

    assert hours == pytest.approx(2000)


def test_that_nobody_waits_for_a_machine_in_balance(model: Model) -> None:
    assert delays(model, queue_wait=0, asked_rate=2, throughput=2) == (0.0, 0.0)


def test_that_an_hour_without_a_price_costs_nothing_only_where_nobody_waits(model: Model) -> None:
    values = given(researcher_rate=math.nan, queue_delay=0)
    assert model.evaluate(values, ["waiting_cost"]).at("waiting_cost", 0) == 0.0
    values = given(researcher_rate=math.nan, queue_delay=5)
    assert math.isnan(model.evaluate(values, ["waiting_cost"]).at("waiting_cost", 0))


def test_that_no_delay_exceeds_the_hours_of_a_year(model: Model) -> None:
    growing, _ = delays(model, queue_wait=math.inf, asked_rate=1, throughput=2)
    slow, _ = delays(model, queue_wait=0, asked_rate=100, throughput=2)
    nothing, _ = delays(model, queue_wait=3, asked_rate=1, throughput=0)

    assert (growing, slow, nothing) == (4000, 4000, 4000)
