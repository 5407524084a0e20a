"""A card more may do less: workers that crowd each other, and exchange through the host (nnU-Net issue 795)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model
from steelyard.units import Array

ONE_CARD, FOUR_CARDS = 49.0, 82.0  # seconds an epoch, as reported
STEPS = 250
Epoch = Callable[..., float]


@pytest.fixture
def epoch(model: Model, catalog: Catalog) -> Epoch:
    """Return what tells the seconds of 250 steps: a stage of workers, and one of training, in steps as samples."""
    assumed = {name: np.array([entry.value]) for name, entry in catalog.assumptions.items() if not entry.by}

    def seconds(cards: int, cores: float, exchanged: float = 0.12, **changed: float) -> float:
        numbers = {
            "gpu_count": cards, "cards_at_work": cards, "parallel_runs": 1, "cores_fed": cores, "cpu_cores": cores,
            "cores_beside": 0, "card_processes": 1, "core_speed": 1, "model_spread": 1, "gpu_speed_kept": 1,
            "cpu_speed_kept": 1, "engine_beside": 0, "card_exchange": 1, "step_weight": 1, "overlap_kept": 0.944,
            "prefetch": 0, "card_link_rate": 1.2, "exchange_overlap": 0, "epoch_samples": STEPS,
            "core_collect_work": 1, **changed,
        }  # fmt: skip
        stages = {
            "stages": (1, 1), "stage_workers": (12, 0), "cpu_demand": (1.9, 0), "stage_card_time": (0, 0.12),
            "collect_demand": (0, 0), "sync_demand": (0, exchanged),
            "stage_scratch_time": (0, 0), "stage_archive_time": (0, 0), "stage_network_time": (0, 0),
        }  # fmt: skip
        values: dict[str, Array] = {name: np.array([float(number)]) for name, number in numbers.items()}
        values |= {name: np.array(column, dtype=float)[:, None] for name, column in stages.items()}
        return model.evaluate({**assumed, **values}, ["epoch_time"]).at("epoch_time", 0)

    return seconds


def test_that_four_cards_are_slower_than_one_on_few_cores_and_a_slow_link(epoch: Epoch) -> None:
    one, four = epoch(1, cores=12), epoch(4, cores=12)
    assert one == pytest.approx(ONE_CARD, rel=0.1)
    assert four > 1.1 * one
    assert four < 1.5 * FOUR_CARDS


def test_that_four_cards_are_faster_where_cores_and_link_suffice(epoch: Epoch) -> None:
    assert epoch(4, cores=96, card_link_rate=200) < 0.4 * epoch(1, cores=96)


def test_that_each_condition_alone_makes_a_card_more_a_loss(epoch: Epoch) -> None:
    crowded = [epoch(cards, cores=12, card_link_rate=200) for cards in (1, 2, 4)]
    assert crowded == sorted(crowded)
    assert crowded[0] < crowded[-1]
    exchanging = [epoch(cards, cores=96, exchanged=0.8) for cards in (1, 4)]
    assert exchanging[0] < exchanging[1]


def test_that_more_cores_never_slow_the_workers(epoch: Epoch) -> None:
    for cards in (1, 4):
        times = [epoch(cards, cores=cores) for cores in (1, 2, 4, 8, 12, 16, 24, 48, 96)]
        assert all(later <= earlier * (1 + 1e-9) for earlier, later in pairwise(times))


def test_that_workers_shared_by_all_cards_do_not_crowd(run: Callable[..., Evaluation]) -> None:
    kept = [run("imaging-pipeline", ["workers_kept"], gpu_count=cards, cpu_cores=8) for cards in (1, 4)]
    assert [each.at("workers_kept", 0) for each in kept] == [1, 1]


def test_that_many_small_files_keep_a_drive_busy(run: Callable[..., Evaluation]) -> None:
    """366 openings a step and 25 steps a second are 9,150 openings; three reads each of a drive of 1,000,000."""
    few = run("imaging-pipeline", ["scratch_time", "open_rate"])
    rate = few.at("open_rate", 0)
    opens = np.array([[0.0], [366.0], [0.0], [0.0], [0.0]])
    values = {name: few.value(name) for name in few.values if name in few.model.inputs}
    many = few.model.evaluate({**values, "file_open_demand": opens}, ["scratch_time"])
    assert many.at("scratch_time", 0) - few.at("scratch_time", 0) == pytest.approx(366 / rate)
