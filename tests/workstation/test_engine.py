"""The engine's time of a sample: terms that add up, a share of the peak rates, launches, and what stands beside."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from steelyard.graph.model import Model

CARD: Mapping[str, float] = {
    "gpu_count": 1,
    "gpu_tensor_rate": 300,
    "gpu_fp32_rate": 20,
    "gpu_memory_bandwidth": 2000,
    "gpu_board_power": 400,
    "eight_bit_multiple": 2,
    "whole_number_multiple": 8,
    "tf32_multiple": 0.5,
    "core_layer_rate": 2,
    "memory_bandwidth": 200,
    "cpu_layer_efficiency": 0.5,
    "step_weight": 1,
    "model_weights": 0,
    "model_spread": 1,
}
WORK = (
    "gpu_compute_demand",
    "gpu_compute8_demand",
    "gpu_compute32_demand",
    "gpu_vector_demand",
    "gpu_traffic_demand",
    "gpu_stream_demand",
    "weight_reads_demand",
    "gpu_energy_demand",
    "gpu_launch_demand",
)


def card_time(model: Model, **given: float) -> float:
    """Return the seconds of a sample on one card; what is not given is no work."""
    values = {name: np.array([given.get(name, number)], dtype=np.float64) for name, number in CARD.items()}
    values |= {name: np.array([[given.get(name, 0.0)]]) for name in WORK}
    values["kernel_efficiency"] = np.array([[given.get("kernel_efficiency", 1.0)]])
    return model.evaluate(values, want=["stage_card_time"]).at("stage_card_time", 0, 0)


@pytest.mark.parametrize(
    ("work", "amount", "seconds"),
    [
        ("gpu_compute_demand", 300, 1),
        ("gpu_compute8_demand", 300, 0.5),
        ("gpu_compute32_demand", 300, 2),
        ("gpu_vector_demand", 20, 1),
        ("gpu_traffic_demand", 2000, 1),
        ("gpu_stream_demand", 2000, 1),
        ("gpu_energy_demand", 400, 1),
        ("gpu_launch_demand", 1, 1),
    ],
)
def test_that_each_word_is_work_over_its_own_rate(model: Model, work: str, amount: float, seconds: float) -> None:
    assert card_time(model, **{work: amount}) == pytest.approx(seconds)


def test_that_the_terms_add_and_the_share_reached_stretches_all_but_launches(model: Model) -> None:
    work = {"gpu_compute_demand": 300, "gpu_traffic_demand": 2000, "gpu_energy_demand": 400, "gpu_launch_demand": 1}
    assert card_time(model, **work) == pytest.approx(4)
    assert card_time(model, **work, kernel_efficiency=0.5) == pytest.approx(7)
    assert card_time(model, **work, kernel_efficiency=0.5, model_spread=1.1) == pytest.approx(7.7)


def test_that_a_card_that_halves_fp32_sums_takes_whole_numbers_at_full_rate(model: Model) -> None:
    assert card_time(model, gpu_compute8_demand=800, gpu_fp32_rate=100, whole_number_multiple=8) == pytest.approx(1)
    assert card_time(model, gpu_compute8_demand=800, gpu_fp32_rate=100, whole_number_multiple=0) == pytest.approx(4 / 3)


def test_that_a_card_without_tf32_does_32_bit_work_on_its_vector_units(model: Model) -> None:
    assert card_time(model, gpu_compute32_demand=300, tf32_multiple=0) == pytest.approx(15)


def test_that_a_card_whose_matrix_rate_is_not_known_says_so_for_matrix_work_alone(model: Model) -> None:
    assert np.isnan(card_time(model, gpu_compute_demand=1, gpu_tensor_rate=np.nan))
    assert card_time(model, gpu_traffic_demand=2000, gpu_tensor_rate=np.nan) == pytest.approx(1)


def test_that_without_a_card_the_processor_works_at_its_own_share(model: Model) -> None:
    alone = {"gpu_count": 0, "kernel_efficiency": 0.01}
    for word in ("gpu_compute_demand", "gpu_compute8_demand", "gpu_compute32_demand", "gpu_vector_demand"):
        assert card_time(model, **alone, **{word: 2}) == pytest.approx(1)
    assert card_time(model, **alone, gpu_traffic_demand=100) == pytest.approx(1)
    assert card_time(model, **alone, gpu_stream_demand=200) == pytest.approx(1)


def test_that_an_unknown_share_is_unknown_only_where_there_is_work(model: Model) -> None:
    assert np.isnan(card_time(model, gpu_traffic_demand=1, kernel_efficiency=np.nan))
    assert card_time(model, gpu_launch_demand=1, kernel_efficiency=np.nan) == 1


def test_that_work_beside_takes_its_share_of_the_cards(model: Model) -> None:
    given = {name: np.array([1.0]) for name in ("cards_at_work", "gpu_count", "gpu_speed_kept", "cpu_speed_kept")}
    given |= {"stage_card_time": np.array([[3.0]]), "stage_exchange_time": np.array([[0.0]])}
    for beside, seconds in ((0.0, 3.0), (0.25, 4.0)):
        values = {**given, "engine_beside": np.array([beside])}
        found = model.evaluate(values, want=["stage_engine_time", "stage_engine_time_peak"])
        assert found.at("stage_engine_time", 0, 0) == found.at("stage_engine_time_peak", 0, 0) == seconds
