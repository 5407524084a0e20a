"""Users who share cards, and requests that come at random: waits against closed forms and a simulation."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest

from steelyard.graph.model import Model
from steelyard.units import Array

JOBS = 60_000


def given(**numbers: float) -> dict[str, Array]:
    return {name: np.array([float(number)]) for name, number in numbers.items()}


def wait_of(model: Model, use: float, cards: int, spread: float) -> float:
    values = given(queue_job_time=10, queue_use=use, queue_places=cards, job_spread=spread)
    return model.evaluate(values, ["queue_wait"]).at("queue_wait", 0)


def test_that_one_card_with_exponential_jobs_waits_as_the_closed_form_says(model: Model) -> None:
    for use in (0.3, 0.7, 0.85, 0.95):
        assert wait_of(model, use, 1, 1.0) == pytest.approx(10 * use / (1 - use))
        assert wait_of(model, use, 1, 0.0) == pytest.approx(10 * use / (1 - use) / 2)


def test_that_more_cards_in_one_queue_wait_as_erlang_says(model: Model) -> None:
    for cards in (2, 4, 8):
        for use in (0.7, 0.85, 0.95):
            assert wait_of(model, use, cards, 1.0) == pytest.approx(10 * _erlang_wait(use, cards), rel=0.1, abs=0.25)


def _erlang_wait(use: float, cards: int) -> float:
    """Mean wait in jobs, M/M/c."""
    load = use * cards
    below = sum(load**count / math.factorial(count) for count in range(cards))
    full = load**cards / math.factorial(cards) / (1 - use)
    return full / (below + full) / (cards * (1 - use))


@pytest.mark.parametrize(("cards", "spread"), [(1, 1.5), (2, 1.5), (4, 0.5)])
def test_that_the_wait_agrees_with_a_simulation(model: Model, cards: int, spread: float) -> None:
    random = np.random.default_rng(7)
    shape = spread**-2
    lengths = random.gamma(shape, 10 / shape, JOBS)
    arrivals = np.cumsum(random.exponential(10 / (0.8 * cards), JOBS))
    free = [0.0] * cards
    waits = []
    for arrival, length in zip(arrivals, lengths, strict=True):
        start = max(arrival, heapq.heappop(free))
        waits.append(start - arrival)
        heapq.heappush(free, start + length)
    assert wait_of(model, 0.8, cards, spread) == pytest.approx(float(np.mean(waits)), rel=0.15)


def test_that_a_queue_that_asks_for_more_than_there_is_never_ends(model: Model) -> None:
    assert wait_of(model, 1.0, 2, 1.5) == math.inf
    assert wait_of(model, 1.2, 2, 1.5) == math.inf
    assert wait_of(model, 0.0, 2, 1.5) == 0


def queue_of(users: float, **changed: float) -> dict[str, Array]:
    """Jobs of 12 h on two of four cards, each user four a week, and nothing else that they wait for."""
    usual = {
        "queue_jobs_per_week": 4, "queue_job_time": 12, "machine_week": 160, "gpu_count": 4, "queue_cards": 2,
        "engine_beside": 0, "asked_rate": 1, "throughput": 100, "job_spread": 1,
    }  # fmt: skip
    return given(queue_users=users, **{**usual, **changed})


def test_that_users_jobs_and_hours_make_the_use(model: Model) -> None:
    values = queue_of(6)
    found = model.evaluate(values, ["queue_use", "queue_places"])
    assert found.at("queue_places", 0) == 2
    assert found.at("queue_use", 0) == pytest.approx(6 * 4 * 12 / (160 * 2))
    alone = model.evaluate({**values, **given(gpu_count=0)}, ["queue_places"])
    assert alone.at("queue_places", 0) == 1


def test_that_what_the_cards_do_for_others_leaves_less_for_the_queue(model: Model) -> None:
    alone, beside = (
        model.evaluate(queue_of(3, engine_beside=share), ["queue_use", "queue_wait"]) for share in (0.0, 0.25)
    )
    assert beside.at("queue_use", 0) == pytest.approx(alone.at("queue_use", 0) / 0.75)
    assert beside.at("queue_wait", 0) > alone.at("queue_wait", 0)


def test_that_a_queue_that_gets_more_than_is_served_is_over_full_and_has_no_mean_wait(model: Model) -> None:
    found = model.evaluate(queue_of(3, asked_rate=4.57, throughput=3.67), ["queue_use", "queue_wait"])
    assert found.at("queue_use", 0) == pytest.approx(4.57 / 3.67)
    assert found.at("queue_wait", 0) == math.inf


def test_that_without_users_there_is_no_queue_however_full_the_cards_are(model: Model) -> None:
    full = queue_of(0, engine_beside=1, asked_rate=4, throughput=math.nan)
    found = model.evaluate(full, ["queue_use", "queue_wait"])
    assert (found.at("queue_use", 0), found.at("queue_wait", 0)) == (0, 0)


def answers(model: Model, **changed: float) -> tuple[float, float]:
    usual = {
        "peak_rate": 8.0, "throughput": 10.0, "request_spread": 1.0, "one_request": 1.0, "sample_latency": 0.1,
        "late_share": 0.05,
    }  # fmt: skip
    found = model.evaluate(given(**{**usual, **changed}), ["response_time", "response_time_p95"])
    return found.at("response_time", 0), found.at("response_time_p95", 0)


def test_that_waits_of_random_requests_follow_the_closed_form(model: Model) -> None:
    """M/M/1: the share that waits longer than t is the use times exp(-(rate answered - rate asked) t)."""
    half, late = answers(model)
    assert half - 0.1 == pytest.approx(math.log(0.8 / 0.5) / (10 - 8))
    assert late - 0.1 == pytest.approx(math.log(0.8 / 0.05) / (10 - 8))


def test_that_without_requests_or_with_few_nobody_waits_and_with_too_many_for_ever(model: Model) -> None:
    assert answers(model, peak_rate=0) == (0.1, 0.1)
    half, late = answers(model, peak_rate=4)
    assert half == 0.1 < late
    assert answers(model, peak_rate=10) == (math.inf, math.inf)
    assert answers(model, peak_rate=1, throughput=0) == (math.inf, math.inf)


def test_that_the_peak_hour_makes_no_answer_faster(model: Model) -> None:
    times = [answers(model, peak_rate=rate) for rate in (0, 1, 4, 6, 8, 9, 9.9, 10, 12)]
    assert times == sorted(times)
    assert all(half <= late for half, late in times)
