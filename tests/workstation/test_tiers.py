"""Tiers over the years, checkpoints, the cache of files, ingest over a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model

Run = Callable[..., Evaluation]
TIERS = ("hot_tier", "warm_tier", "cold_tier")
KEPT: Mapping[str, float] = {
    "yearly_intake": 2000,
    "retention": 10,
    "copies": 2,
    "archive_size": 500,
    "archive_beside": 0,
    "life": 5,
    "growth": 0.2,
    "growth_period": 1,
    "warm_period": 1,
    "dataset_size": 800,
    "dataset_beside": 0,
    "vector_index_size": 20,
    "checkpoints_room": 30,
}


def evaluated(model: Model, want: list[str], **numbers: float) -> dict[str, float]:
    found = model.evaluate({name: np.array([float(number)]) for name, number in numbers.items()}, want=want)
    return {name: found.at(name, 0) for name in want}


@settings(max_examples=200, deadline=None)
@given(
    intake=st.floats(0, 1e5),
    retention=st.floats(0, 30),
    copies=st.integers(1, 4),
    legacy=st.floats(0, 1e6),
    life=st.floats(1, 10),
    growth=st.just(0) | st.floats(0.001, 1),
    dataset=st.floats(0, 1e5),
    warm=st.floats(0, 3),
)
def test_that_the_tiers_hold_the_data_their_copies_and_their_growth(
    model: Model,
    intake: float,
    retention: float,
    copies: int,
    legacy: float,
    life: float,
    growth: float,
    dataset: float,
    warm: float,
) -> None:
    numbers = {
        "yearly_intake": intake,
        "retention": retention,
        "copies": copies,
        "archive_size": legacy,
        "archive_beside": 0,
        "life": life,
        "growth": growth,
        "growth_period": 1,
        "warm_period": warm,
        "dataset_size": dataset,
        "dataset_beside": 0,
        "vector_index_size": 0,
        "checkpoints_room": 0,
    }
    found = evaluated(model, [*TIERS, "stored_in_all"], **numbers)
    years = int(min(retention, life))
    at_least = legacy + sum(intake * (1 + growth) ** (int(life) - 1 - year) for year in range(years))
    wanted = dataset * (1 + growth) ** life + copies * at_least
    assert all(found[tier] >= -1e-6 for tier in TIERS)
    assert found["stored_in_all"] == pytest.approx(sum(found[tier] for tier in TIERS))
    assert found["stored_in_all"] >= wanted * (1 - 1e-9)


def test_that_growth_adds_up_year_by_year(model: Model) -> None:
    found = evaluated(model, ["retained_intake"], **KEPT)
    assert found["retained_intake"] == pytest.approx(sum(2000 * 1.2**year for year in range(5)))


def test_that_only_what_must_be_kept_is_kept(model: Model) -> None:
    found = evaluated(model, ["retained_intake"], **{**KEPT, "retention": 2})
    assert found["retained_intake"] == pytest.approx(2000 * (1.2**3 + 1.2**4))


def test_that_a_mirror_halves_the_room_of_the_archive(model: Model) -> None:
    found = evaluated(model, ["archive_usable"], archive_capacity=48_000, archive_redundancy=0.5)
    assert found["archive_usable"] == 24_000


def test_that_what_fits_the_fast_cache_is_written_fast(model: Model) -> None:
    rates = {"scratch_cache": 100, "scratch_burst_rate": 5, "scratch_write_rate": 1}
    assert evaluated(model, ["checkpoint_time"], checkpoint_size=100, **rates)["checkpoint_time"] == 20
    assert evaluated(model, ["checkpoint_time"], checkpoint_size=150, **rates)["checkpoint_time"] == 70


def test_that_the_suggested_interval_costs_as_much_as_a_failure(model: Model) -> None:
    given = {"checkpoint_time": 30, "failure_interval": 1000}
    hours = evaluated(model, ["checkpoint_interval_suggested"], **given)["checkpoint_interval_suggested"]
    written, repeated = 30 / (hours * 3600), (hours / 2) / 1000
    assert written == pytest.approx(repeated)


def test_that_a_second_epoch_of_data_that_fit_in_memory_reads_no_drive(run: Run, model: Model) -> None:
    first = run("imaging-pipeline", ["cache_hit", "scratch_read_needed"])
    assert first.at("cache_hit", 0) == 0
    fits = _again(model, dataset_size=100.0)
    assert fits["cache_hit"] == 1
    assert fits["scratch_read_needed"] == 0
    ten_times = _again(model, dataset_size=5_000.0)
    assert 0 < ten_times["cache_hit"] < 0.01


def _again(model: Model, dataset_size: float) -> dict[str, float]:
    """What a machine with 512 GB reads of a data set in a later epoch."""
    numbers = {
        "cache_room": 450.0,
        "dataset_size": dataset_size,
        "reads_repeated": 1.0,
        "asked_rate": 10.0,
    }
    values = {name: np.array([number]) for name, number in numbers.items()}
    values |= {"stages": np.array([[1.0]]), "scratch_read_demand": np.array([[0.1]])}
    found = model.evaluate(values, want=["cache_hit", "scratch_read_needed"])
    return {name: found.at(name, 0) for name in ("cache_hit", "scratch_read_needed")}


def test_that_the_cache_answers_as_a_simulated_one_does(model: Model) -> None:
    """A list that drops what was read longest ago, through shuffled epochs."""
    random, size, kept = np.random.default_rng(1), 2000, 1200
    cache: dict[int, None] = {}
    hits = 0
    for epoch in range(12):
        for datum in random.permutation(size).tolist():
            if datum in cache:
                del cache[datum]
                hits += epoch > 1
            elif len(cache) == kept:
                del cache[next(iter(cache))]
            cache[datum] = None
    found = evaluated(model, ["cache_hit"], cached_share=kept / size, reads_repeated=1)
    assert found["cache_hit"] == pytest.approx(hits / (10 * size), abs=0.02)


def test_that_a_wider_line_moves_the_bottleneck_elsewhere(run: Run) -> None:
    studies = {"study_size": 0.2, "network_payload_share": 0.94}
    narrow = run("imaging-pipeline", ["network_rate"], board_lan_rate=1, **studies).at("network_rate", 0) / 0.2
    assert narrow <= 0.6
    slow, fast = (
        run("imaging-pipeline", ["bottleneck_stage", "throughput"], board_lan_rate=line, study_size=2.0)
        for line in (0.1, 10)
    )
    assert slow.at("bottleneck_stage", 0) == 0
    assert fast.at("bottleneck_stage", 0) != 0
    assert fast.at("throughput", 0) > slow.at("throughput", 0)


def test_that_a_slow_drive_is_flagged_where_accelerators_stream_whole_volumes(model: Model) -> None:
    """BAL-003 is broken for a SATA drive under an A100, and holds for a fast one."""
    fed = {"scratch_read_needed": np.array([11.006 * 0.146600628])}
    for rate, holds in ((0.55, False), (6.8, True)):
        found = model.evaluate({**fed, "scratch_read_rate": np.array([0.7 * rate])}, want=["scratch_read_margin"])
        assert (found.margin("BAL-003")[0] >= 0) == holds


def test_that_training_data_that_fit_beside_the_work_are_hardly_read_again(run: Run) -> None:
    small, large = (run("nnunet-3d-training", ["cache_hit", "cached_share"], cases=cases) for cases in (20, 20_000))
    assert small.at("cached_share", 0) == 1
    assert small.at("cache_hit", 0) > 0.9
    assert large.at("cache_hit", 0) < 0.1
