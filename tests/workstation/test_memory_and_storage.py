"""What models, workers and data take, on the card, in the host and on drives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from steelyard.graph.evaluation import Evaluation

Run = Callable[..., Evaluation]
PARTS = (
    "weights_memory",
    "gradients_memory",
    "optimiser_memory",
    "activations_memory",
    "kv_memory",
    "workspace_memory",
    "communication_memory",
    "framework_use",
)


@pytest.mark.parametrize("workload", ["imaging-pipeline", "nnunet-3d-training", "private-llm-retrieval"])
def test_that_the_parts_of_gpu_memory_add_up(run: Run, workload: str) -> None:
    evaluation = run(workload, [*PARTS, "gpu_memory_needed", "gpu_memory_free"])
    assert sum(evaluation.at(name, 0) for name in PARTS) == pytest.approx(evaluation.at("gpu_memory_needed", 0))
    assert evaluation.at("gpu_memory_free", 0) == pytest.approx(48 - evaluation.at("gpu_memory_needed", 0))


def test_that_the_standard_network_takes_what_was_measured(run: Run) -> None:
    assert run("nnunet-3d-training", ["gpu_memory_needed"]).at("gpu_memory_needed", 0) == pytest.approx(7.70, rel=0.05)
    larger = run("nnunet-3d-training", ["gpu_memory_needed"], network="resenc-xl").at("gpu_memory_needed", 0)
    assert larger == pytest.approx(36.6, rel=0.1)


def test_that_training_copies_the_model_to_each_card_and_serving_splits_it(run: Run) -> None:
    one, two = (
        run("nnunet-3d-training", ["weights_memory"], gpu_count=count).at("weights_memory", 0) for count in (1, 2)
    )
    assert one == two
    one, two = (
        run("private-llm-retrieval", ["weights_memory"], gpu_count=count).at("weights_memory", 0) for count in (1, 2)
    )
    assert one == 16
    assert two == 8


def test_that_more_context_and_more_users_never_take_less(run: Run) -> None:
    needs = [
        run("private-llm-retrieval", ["gpu_memory_needed"], context=context, users=users).at("gpu_memory_needed", 0)
        for context, users in ((4096, 1), (16384, 1), (16384, 4), (65536, 4))
    ]
    assert needs == sorted(needs)


def test_that_a_cache_of_a_known_model_is_exact(run: Run) -> None:
    evaluation = run("private-llm-retrieval", ["kv_memory"], context=8192, users=1, gpu_count=1)
    assert evaluation.at("kv_memory", 0) == pytest.approx(2 * 32 * 8 * 128 * 2 * 8192 / 1e9, rel=0.01)


def test_that_a_model_without_a_card_lies_in_host_memory(run: Run) -> None:
    with_card, without = (
        run("private-llm-retrieval", ["host_memory_needed"], gpu_count=count).at("host_memory_needed", 0)
        for count in (1, 0)
    )
    assert without - with_card > 16


def test_that_workers_take_memory(run: Run) -> None:
    few, many = (
        run("nnunet-3d-training", ["workers_memory"], workers=count).at("workers_memory", 0) for count in (8, 32)
    )
    assert many - few == pytest.approx(24 * 0.8)


def test_that_without_scratch_drives_the_work_lies_on_the_system_drive(run: Run) -> None:
    evaluation = run("imaging-pipeline", ["scratch_read_rate", "scratch_write_rate"], scratch_drive_count=0)
    assert evaluation.at("scratch_read_rate", 0) == pytest.approx(0.7 * 7.4)
    assert evaluation.at("scratch_write_rate", 0) == pytest.approx(0.7 * 1.5)


def test_that_the_fastest_port_carries_a_transfer(run: Run) -> None:
    assert run("imaging-pipeline", ["network_link"], nic_count=1, nic_port_rate=25).at("network_link", 0) == 25
    unknown = run("imaging-pipeline", ["network_link"], nic_count=1, nic_port_rate=np.nan)
    assert np.isnan(unknown.at("network_link", 0))
    assert run("imaging-pipeline", ["network_link"]).at("network_link", 0) == 10


def test_that_an_archive_is_planned_with_room(run: Run) -> None:
    evaluation = run("imaging-pipeline", ["archive_capacity_needed"], cases=50_000, study_size=0.2)
    assert evaluation.at("archive_capacity_needed", 0) == pytest.approx(1.5 * 50_000 * 0.2 / 0.75)


def test_that_twice_the_hours_halve_what_is_asked_of_drives_and_line(run: Run) -> None:
    want = ["scratch_read_needed", "scratch_write_needed", "network_needed", "cores_needed"]
    slow, fast = (run("imaging-pipeline", want, finish_within=hours) for hours in (48, 24))
    assert all(fast.at(name, 0) == pytest.approx(2 * slow.at(name, 0)) for name in want)
