"""What the first seed claims of balance, acted out: pipelines, starving cards, memory that must not err."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import steelyard
from steelyard.project.content import Project
from stories.weighing import engine, lab, limits, stage, verdict, weigh, work

PIPELINE, TRAINING = "imaging-pipeline", "nnunet-3d-training"
FEW_CORES = {
    "cpu": "cpu/intel/xeon-w3-2525",
    "board": "board/supermicro/x13swa-tf",
    "cooler": "cooler/noctua/nh-u14s-dx-4677",
}
MANY_CORES = {"cpu": "cpu/amd/threadripper-9970x", "board": "board/gigabyte/trx50-ai-top"}
SLIM = "gpu/nvidia/rtx-a4000"
ONE_GIGABIT = "board/supermicro/h12ssl-i"
TEN_GIGABIT = "board/asrock-rack/romed8-2t"


def protection(project: Project) -> float:
    """Whether error correction is advised: 1, or 0 where it is not even in the list."""
    return next((float(each.advised.value) for each in steelyard_size(project).needs if each.key == "protection"), 0.0)


def steelyard_size(project: Project) -> Any:
    return steelyard.size(project, engine().catalog)


Act = Callable[..., Any]


def plain_machine() -> dict[str, str]:
    """A desktop processor, board and memory of which none corrects errors all the way."""
    table = engine().catalog.tables["memory"]
    kit = next(each for row, each in enumerate(table.ids) if row and table.columns["ecc"][row] == 0)
    return {"cpu": "cpu/amd/ryzen-7-9700x", "board": "board/asrock/x870e-taichi", "memory": kit}


def test_s0_01_that_balance_beats_brute_force_at_the_same_price() -> None:
    project = lab(work(PIPELINE))
    force = weigh(project, **FEW_CORES, gpu=(SLIM, 4))
    balance = weigh(project, **MANY_CORES, gpu=(SLIM, 2))
    assert (force.value("cpu_cores"), balance.value("cpu_cores")) == (8, 32)
    assert balance.value("build_price") == pytest.approx(force.value("build_price"), rel=0.01)
    assert not any(each.rule.severity == "block" and each.verdict != "holds" for each in force.findings)
    assert balance.value("throughput") > force.value("throughput")
    assert balance.value("gpu_busy") > 2 * force.value("gpu_busy")
    assert stage(force) == "augment"
    assert force.value("gpu_wait_share") > 0.5
    assert balance.value("gpu_wait_share") < 0.01
    assert force.value("gpu_idle_cost") > 10 * balance.value("gpu_idle_cost")


@pytest.mark.parametrize(
    "workload", sorted(name for name, each in engine().catalog.workloads.items() if not each.bench)
)
def test_s0_06_that_work_is_a_pipeline_of_stages(workload: str) -> None:
    stages = engine().catalog.workloads[workload].stages
    assert len(stages) >= 2
    assert len({each.id for each in stages}) == len(stages)
    assert all(each.description for each in stages)


def test_s0_07_that_a_gigabit_line_carries_no_more_than_six_studies_in_ten_seconds() -> None:
    project = lab(work(PIPELINE, study_size=0.2))
    narrow, wide = weigh(project, board=ONE_GIGABIT), weigh(project, board=TEN_GIGABIT)
    assert 0.3 < 1 / narrow.value("stage_network_time", 0, 0) <= 0.6
    assert narrow.value("stage_network_time", 0, 0) == pytest.approx(10 * wide.value("stage_network_time", 0, 0))


def test_s0_07_that_a_wider_line_moves_the_bottleneck_elsewhere() -> None:
    project = lab(work("pacs-archive", studies_year=2_000_000))
    narrow, wide = weigh(project, board=ONE_GIGABIT), weigh(project, board=TEN_GIGABIT)
    assert limits(narrow)["receive"] == ("network",)
    assert stage(narrow) == "receive"
    assert "network" not in limits(wide)[stage(wide)]


def test_s0_09_that_more_cores_shorten_features_until_something_else_limits() -> None:
    project = lab(work("radiomics-boosting"))
    cores = ("cpu/intel/xeon-w3-2525", "cpu/amd/threadripper-9970x", "cpu/amd/threadripper-9980x")
    found = [weigh(project, cpu=cpu) for cpu in cores]
    rates = [each.value("throughput") for each in found]
    assert rates[0] < rates[1] <= rates[2]
    assert rates[1] / rates[0] > 2
    assert limits(found[0])["features"] == ("processor",)
    served = lab(work("pacs-archive", studies_year=2_000_000))
    few, many = (weigh(served, cpu=cpu, board=ONE_GIGABIT) for cpu in (cores[0], cores[2]))
    assert "processor" in limits(few)["compress"]
    assert stage(many) != "compress"


def test_s0_11_that_statistics_in_memory_raise_the_memory_needed_and_ask_for_a_screen() -> None:
    small, large = (weigh(lab(work("statistics-in-memory", rows=rows))) for rows in (1_000_000, 10_000_000))
    assert large.value("memory_least") > small.value("memory_least")
    assert large.value("memory_least") - large.value("system_memory") > 10_000_000 * 60 * 8 / 1e9
    blind = weigh(lab(work("statistics-in-memory")), gpu=None)
    assert verdict(blind, "FIT-019") == "broken"
    assert verdict(weigh(lab(work("statistics-in-memory"))), "FIT-019") == "holds"


def test_s0_12_that_one_stage_of_the_default_pipeline_is_the_cards() -> None:
    found = weigh(lab(work(PIPELINE)))
    words = limits(found)
    assert len(words) == 5
    assert [name for name, what in words.items() if "GPU" in what] == ["train"]
    labelled = [each.id for each in engine().catalog.workloads[PIPELINE].stages if each.resource == "GPU"]
    assert labelled == ["train"]


def test_s0_14_that_more_cores_never_slow_the_work_and_stop_helping() -> None:
    cores = [
        "cpu/intel/xeon-w3-2525",
        "cpu/amd/threadripper-9960x",
        "cpu/amd/threadripper-9970x",
        "cpu/amd/threadripper-9980x",
    ]
    found = [weigh(lab(work(PIPELINE)), cpu=cpu) for cpu in cores]
    rates = [each.value("throughput_peak") for each in found]
    assert rates == sorted(rates)
    assert rates[1] / rates[0] > 1.5
    assert rates[3] == pytest.approx(rates[2], rel=0.02)
    assert stage(found[0]) == "augment"
    assert stage(found[3]) == "train"


def test_s0_15_that_radiomics_is_sized_without_a_card() -> None:
    found = weigh(lab(work("radiomics-boosting")), gpu=None)
    assert found.value("throughput_multiple") > 1
    assert not any(each.rule.id == "CLI-004" and each.verdict == "broken" for each in found.findings)
    needs = steelyard_size(lab(work("radiomics-boosting")))
    assert needs.least.cards == 0
    assert needs.least.held == "processor"


def test_s0_16_that_jobs_at_the_same_time_add_up_and_by_turns_do_not() -> None:
    def holding(runs: str) -> Any:
        there = weigh(lab(work(PIPELINE))).value("host_memory")
        taken = 0.6 * there
        uses = [work("simulation", runs, name, runs=100, cores=4, memory=taken, at_once=1) for name in ("one", "two")]
        return weigh(lab(*uses))

    alone, together = holding("turns"), holding("night")
    assert verdict(alone, "MEM-014") == "holds"
    assert verdict(together, "MEM-014") == "broken"
    assert together.card.status == "BLOCKED"


def test_s0_17_that_idle_cards_have_a_price_a_year() -> None:
    found = weigh(lab(work(PIPELINE), life_years=4.0), **FEW_CORES, gpu=(SLIM, 4))
    idle, price = found.value("gpu_idle_share"), found.value("gpu_price")
    assert idle > 0.5
    assert found.value("gpu_idle_cost") == pytest.approx(idle * 4 * price / 4)


def test_s0_18_that_long_runs_and_large_memories_advise_error_correction(act: Act) -> None:
    plain = plain_machine()
    long_run = weigh(lab(work(TRAINING, finish_within=48)), **plain)
    assert verdict(long_run, "CLI-002") != "holds"
    assert "Why Balance Beats Brute Force" in act("explain", "CLI-002").out
    short = protection(lab(work("radiomics-boosting", finish_within=6, cases=50)))
    large = protection(lab(work("statistics-in-memory", rows=50_000_000)))
    assert short == 0
    assert large == 1


def test_s0_19_that_the_missing_link_of_error_correction_is_named() -> None:
    project = lab(work(TRAINING), regulated=True)
    whole = weigh(project)
    assert {verdict(whole, rule) for rule in ("MEM-008", "MEM-009", "MEM-010", "MEM-011")} == {"holds"}
    unchecked = weigh(project, cpu="cpu/intel/core-i9-10980xe")
    assert {rule: verdict(unchecked, rule) for rule in ("MEM-008", "MEM-009")} == {
        "MEM-008": "broken",
        "MEM-009": "holds",
    }
    bare = weigh(project, memory=plain_machine()["memory"])
    assert {rule: verdict(bare, rule) for rule in ("MEM-008", "MEM-010")} == {"MEM-008": "holds", "MEM-010": "broken"}
    gaming = weigh(project, gpu=("gpu/nvidia/geforce-rtx-5070-ti", 2))
    assert verdict(gaming, "MEM-011") == "broken"
    assert verdict(gaming, "MEM-008") == "holds"


def test_s0_20_that_patient_data_turn_advice_into_a_block_and_back() -> None:
    plain = plain_machine()
    free = weigh(lab(work(TRAINING)), **plain)
    bound = weigh(lab(work(TRAINING), regulated=True), **plain)
    again = weigh(lab(work(TRAINING)), **plain)
    assert verdict(free, "CLI-001") == "holds"
    assert verdict(bound, "CLI-001") == "broken"
    assert next(each.rule.severity for each in bound.findings if each.rule.id == "CLI-001") == "block"
    assert verdict(free, "CLI-002") == verdict(again, "CLI-002") == "broken"
    assert [each.verdict for each in free.findings] == [each.verdict for each in again.findings]


def test_s0_26_that_a_machine_in_balance_loses_no_money_and_no_time() -> None:
    found = weigh(lab(work(PIPELINE), researcher_rate="60"))
    assert found.value("queue_delay") == 0
    assert found.value("waiting_cost") == 0
    assert found.value("gpu_wait_share") == pytest.approx(0, abs=1e-3)
    handed_over = found.value("gpu_overlap_share") * found.value("gpu_count") * found.value("gpu_price") / 4
    assert found.value("gpu_idle_cost") == pytest.approx(handed_over, rel=0.02)
    late = weigh(lab(work(PIPELINE, finish_within=4), researcher_rate="60"), **FEW_CORES, gpu=(SLIM, 4))
    assert late.value("queue_delay") > 0
    assert late.value("waiting_cost") == pytest.approx(late.value("queue_delay") * 6000)
