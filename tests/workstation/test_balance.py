"""What each stage can carry, which one sets the pace, and what the others wait for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.workstation.balance import RESOURCES, resources_of

Run = Callable[..., Evaluation]
WORKLOADS = ("imaging-pipeline", "nnunet-3d-training", "private-llm-retrieval")
SHARES = (
    "gpu_busy",
    "gpu_idle_share",
    "gpu_wait_share",
    "gpu_overlap_share",
    "cpu_busy",
    "scratch_busy",
    "network_busy",
)


def test_that_exactly_one_stage_of_the_imaging_pipeline_is_the_gpus(run: Run, catalog: Catalog) -> None:
    evaluation = run("imaging-pipeline", ["stage_limits"])
    stages = catalog.workloads["imaging-pipeline"].stages
    limits = [resources_of(evaluation.at("stage_limits", 0, place)) for place in range(len(stages))]
    assert [stage.id for stage, words in zip(stages, limits, strict=True) if "GPU" in words] == ["train"]
    assert [stage.id for stage in stages] == ["ingest", "augment", "features", "train", "statistics"]


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_each_workload_states_its_range(catalog: Catalog, workload: str) -> None:
    definition = catalog.workloads[workload]
    required = [entry for entry in definition.inputs.values() if entry.required]
    assert len(required) == 5
    for entry in required:
        assert entry.help
        assert entry.low is not None
        assert entry.typical is not None
        assert entry.high is not None
        assert entry.low <= entry.typical <= entry.high
    assert len(definition.stages) >= 2


def test_that_balance_beats_brute_force(run: Run) -> None:
    brute = run("imaging-pipeline", ["throughput", "gpu_idle_share"], gpu_count=4, cpu_cores=8)
    balanced = run("imaging-pipeline", ["throughput", "gpu_idle_share"], gpu_count=2, cpu_cores=32)
    assert balanced.at("throughput", 0) > brute.at("throughput", 0)
    assert balanced.at("gpu_idle_share", 0) < brute.at("gpu_idle_share", 0)


def test_that_more_cores_never_slow_the_pipeline_and_at_last_only_the_clock_rises(run: Run) -> None:
    pace = [
        run("nnunet-3d-training", ["throughput"], cpu_cores=cores).at("throughput", 0)
        for cores in (4, 8, 16, 32, 64, 96, 192)
    ]
    assert pace == sorted(pace)
    assert pace[0] < pace[2]
    assert pace[-1] < 1.25 * pace[-2], "twice the cores for the same workers"


def test_that_doubled_cores_shorten_the_work_until_something_else_limits_it(run: Run) -> None:
    found = [
        run("imaging-pipeline", ["job_time", "bottleneck_stage", "stage_limits"], cpu_cores=cores, gpu_count=1)
        for cores in (4, 8, 16, 32, 64, 128, 256)
    ]
    hours = [each.at("job_time", 0) for each in found]
    labels = [resources_of(each.at("stage_limits", 0, int(each.at("bottleneck_stage", 0)))) for each in found]
    assert labels[0] == ("processor",)
    assert labels[-1] != ("processor",)
    for (before, after), label in zip(pairwise(hours), labels[1:], strict=True):
        assert after <= before * (1 + 1e-9)
        assert label != ("processor",) or after < 0.7 * before


def test_that_data_that_memory_holds_are_not_read_again(run: Run) -> None:
    """Epochs after the first read from the cache of files, so that a slow drive no longer limits the work."""
    usual = run("imaging-pipeline", ["throughput", "cache_hit", "scratch_time"], scratch_drive_read_rate=0.2)
    read = {name: usual.value(name) for name in usual.values if name in usual.model.inputs}
    kept = dict.fromkeys(("gpu_speed_kept", "cpu_speed_kept", "narrowest_link"), read["prefetch"] * 0 + 1)
    once, small, large = (
        usual.model.evaluate(
            {**read, **kept, **{name: read["prefetch"] * 0 + number for name, number in numbers.items()}},
            ["throughput", "cache_hit", "scratch_time"],
        )
        for numbers in (
            {"reads_repeated": 0.0, "host_memory": 4000.0, "dataset_size": 100.0},
            {"reads_repeated": 0.99, "host_memory": 4000.0, "dataset_size": 1e6},
            {"reads_repeated": 0.99, "host_memory": 4000.0, "dataset_size": 100.0},
        )
    )
    assert large.at("cache_hit", 0) == 0.99
    assert large.at("scratch_time", 0) < 0.2 * once.at("scratch_time", 0)
    assert small.at("scratch_time", 0) > 0.9 * once.at("scratch_time", 0)
    assert large.at("throughput", 0) > once.at("throughput", 0)


def test_that_memory_channels_limit_the_cores(run: Run) -> None:
    fed = run("nnunet-3d-training", ["cores_fed"], memory_modules=2).at("cores_fed", 0)
    assert fed < 64
    assert run("nnunet-3d-training", ["cores_fed"]).at("cores_fed", 0) == 64


def test_that_the_cores_given_to_stages_are_never_more_than_there_are(run: Run) -> None:
    for cores in (1, 8, 64, 200):
        given = run("imaging-pipeline", ["stage_cores"], cpu_cores=cores).value("stage_cores").sum()
        assert given <= cores * (1 + 1e-12)


def test_that_shares_of_time_are_shares(run: Run) -> None:
    for workload in WORKLOADS:
        evaluation = run(workload, [*SHARES, "stage_capacity", "throughput"])
        assert all(0 <= evaluation.at(name, 0) <= 1 for name in SHARES)
        lost = evaluation.at("gpu_wait_share", 0) + evaluation.at("gpu_overlap_share", 0)
        assert evaluation.at("gpu_busy", 0) + lost == pytest.approx(1)
        assert evaluation.at("throughput", 0) <= evaluation.value("stage_capacity").min()


def test_that_heat_lowers_the_sustained_and_not_the_peak_figure(run: Run) -> None:
    want = ["throughput", "throughput_peak", "stage_capacity", "stage_capacity_peak"]
    cold, hot = run("imaging-pipeline", want), run("imaging-pipeline", want, gpu_speed_kept=0.7, cpu_speed_kept=0.9)
    assert hot.at("throughput", 0) < cold.at("throughput", 0) <= cold.at("throughput_peak", 0)
    assert hot.at("throughput_peak", 0) == cold.at("throughput_peak", 0)
    assert (hot.value("stage_capacity") <= hot.value("stage_capacity_peak")).all()


def test_that_without_a_card_training_is_slow_and_not_refused(run: Run) -> None:
    want = ["throughput", "gpu_busy", "gpu_idle_cost", "cpu_busy", "gpu_memory_free", "stage_limits"]
    with_cards, without = run("nnunet-3d-training", want, gpu_count=1), run("nnunet-3d-training", want, gpu_count=0)
    assert 5 < with_cards.at("throughput", 0) / without.at("throughput", 0) < 40
    assert [without.at(name, 0) for name in ("gpu_busy", "gpu_idle_cost", "gpu_memory_free")] == [0, 0, 0]
    assert without.at("cpu_busy", 0) > 0.9
    assert resources_of(without.at("stage_limits", 0, 3), gpus=0) == ("processor",)


def test_that_idle_cards_cost_their_share_of_price_over_life(run: Run) -> None:
    evaluation = run("nnunet-3d-training", ["gpu_idle_share", "gpu_idle_cost"], cpu_cores=16)
    expected = evaluation.at("gpu_idle_share", 0) * 2 * 700_000 / 4
    assert evaluation.at("gpu_idle_cost", 0) == pytest.approx(expected)
    assert evaluation.at("gpu_idle_share", 0) > 0.5


def test_that_a_card_more_gains_what_the_exchange_leaves(run: Run, catalog: Catalog) -> None:
    time = {
        count: run("imaging-pipeline", ["engine_time"], gpu_count=count).at("engine_time", 0) for count in (1, 2, 4)
    }
    link = 16 * catalog.assumptions["pcie_first_rate"].value * 2**5 * catalog.assumptions["link_share"].value
    steps = 4 * 300 * 5 / 4  # patches x epochs x folds over the batch
    exposed = 0.076 * steps / link * (1 - catalog.assumptions["exchange_overlap"].value)
    for count in (2, 4):
        around = exposed * 2 * (count - 1) / count
        assert time[count] == pytest.approx((time[1] + around) / count)
        assert 1 < time[1] / time[count] < count


def test_that_through_the_host_a_second_card_gains_less_and_over_a_bridge_more(run: Run) -> None:
    def speedup(**link: float) -> float:
        return run("imaging-pipeline", ["card_speedup"], gpu_count=2, **link).at("card_speedup", 0)

    assert speedup(gpu_peer_access=0) < speedup() < speedup(gpu_nvlink_bandwidth=600) < 2


def test_that_a_bridge_joins_two_cards_and_modules_are_all_joined(run: Run, catalog: Catalog) -> None:
    module = catalog.schema["gpu"].fields["form"].categories.index("SXM")

    def link(cards: int, form: int) -> float:
        given = {"gpu_count": cards, "gpu_form": form, "gpu_nvlink_bandwidth": 600}
        return run("imaging-pipeline", ["card_link_rate"], **given).at("card_link_rate", 0)

    bus = run("imaging-pipeline", ["card_link_rate"], gpu_count=4).at("card_link_rate", 0)
    assert link(2, form=0) == link(8, form=module) > link(4, form=0) == bus


def test_that_more_cards_do_not_shorten_an_epoch_of_a_fold(run: Run) -> None:
    epoch = [
        run("nnunet-3d-training", ["epoch_time"], gpu_count=count, cpu_cores=512).at("epoch_time", 0)
        for count in (1, 2)
    ]
    assert epoch[1] == pytest.approx(epoch[0], rel=0.02)


def test_that_layers_split_over_cards_do_not_decode_faster(run: Run) -> None:
    pace = [run("private-llm-retrieval", ["throughput"], gpu_count=count).at("throughput", 0) for count in (1, 2, 4)]
    assert pace[0] == pace[1] == pace[2]


def test_that_a_job_takes_its_samples_over_the_pace(run: Run) -> None:
    evaluation = run("imaging-pipeline", ["job_time", "throughput"], cases=600)
    assert evaluation.at("job_time", 0) == pytest.approx(600 / evaluation.at("throughput", 0) / 3600)
    assert run("private-llm-retrieval", ["job_time"]).at("job_time", 0) == np.inf


def test_that_a_gigabit_line_carries_at_most_six_tenths_of_a_study_a_second(run: Run) -> None:
    slow = run("imaging-pipeline", ["stage_network_time"], board_lan_rate=1)
    assert 1 / slow.at("stage_network_time", 0, 0) <= 0.6
    fast = run("imaging-pipeline", ["stage_limits"], board_lan_rate=10)
    assert "network" not in resources_of(fast.at("stage_limits", 0, 0))


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_an_empty_build_is_unable_and_not_unknown(run: Run, workload: str) -> None:
    evaluation = run(
        workload, ["throughput", "throughput_peak", "stage_capacity", *SHARES, "host_memory_needed"], "empty"
    )
    assert not any(np.isnan(evaluation.value(name)).any() for name in evaluation.values)
    assert evaluation.at("throughput", 0) == 0


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_a_card_alone_can_be_predicted_with_all_else_without_bound(run: Run, workload: str) -> None:
    unbound = run(workload, ["throughput", "gpu_busy", "epoch_time"], "unbound", gpu_count=1)
    assert 0 < unbound.at("throughput", 0) < np.inf
    assert unbound.at("gpu_busy", 0) > 0.9
    assert not np.isnan(unbound.at("epoch_time", 0))


def test_that_what_limits_a_stage_is_said_in_words() -> None:
    assert resources_of(2**1) == ("GPU",)
    assert resources_of(2**0 + 2**4) == ("processor", "network")
    assert resources_of(0) == resources_of(float("nan")) == ()
    assert resources_of(2**0 + 2**1, gpus=0) == ("processor",)
    assert len(RESOURCES) == 5
