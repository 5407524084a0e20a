"""What the seed on training infrastructure claims, acted out: data of every kind, tiers, checkpoints, sharing."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from project.needs_of import pretraining
from steelyard.project.content import WorkloadUse
from steelyard.project.parallelism import advice_of
from stories.weighing import RTX_6000, engine, lab, limits, stage, verdict, weigh, work

CASES = Path(__file__).parents[1] / "cases"
TRAINING = "nnunet-3d-training"
SATA = "drive/seagate/exos-x20-20tb-sata"

Act = Callable[..., Any]


def case(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def test_s2_01_that_images_records_genomes_and_outcomes_have_work_of_their_own(act: Act) -> None:
    families = {each.family for each in engine().catalog.workloads.values()}
    assert {"imaging", "records", "genomics", "statistics"} <= families
    listed = act("workloads", "list").out
    assert all(name in listed for name in (TRAINING, "ehr-transformer", "variant-calling-cpu", "statistics-in-memory"))


def test_s2_02_g6_that_many_small_files_take_longer_than_few_large_ones() -> None:
    few = weigh(lab(work("multimodal-imaging-text", file_size=0.01)))
    many = weigh(lab(work("multimodal-imaging-text", file_size=0.0005)))
    assert many.value("opens_needed") >= few.value("opens_needed") > 0
    assert "STO-010" in {each.rule.id for each in many.findings}
    g6 = case("G6-small-files")["expected"]
    assert [each["value"] for each in g6.values()] == [pytest.approx(366 * 250 / 10)]


def test_s2_04_g1_that_a_model_of_the_size_of_gpt_3_is_not_a_workstation() -> None:
    catalog = pretraining(engine().catalog, parameters=175e9, tokens=300e9, days=30)
    found = steelyard.size(lab(WorkloadUse("gpt", "pretraining")), catalog)
    assert found.compute_days == pytest.approx(3646, rel=0.001)
    assert found.least is None
    assert found.machines is not None
    assert found.machines.boxes > 1
    assert found.machines.reason
    assert any("network between the machines" in each for each in found.machines.adds)
    assert found.place not in {"laptop", "one workstation"}


def test_s2_10_that_the_tiers_hold_the_data_their_copies_and_their_growth() -> None:
    still, growing = (weigh(lab(work("pacs-archive"), growth=growth, life_years=4.0)) for growth in (0.0, 0.2))
    for found in (still, growing):
        tiers = sum(found.value(name) for name in ("hot_tier", "warm_tier", "cold_tier"))
        assert tiers == pytest.approx(found.value("stored_in_all"))
        assert tiers >= found.value("data_kept")
    assert growing.value("stored_in_all") > still.value("stored_in_all")
    names = {each.key: each.label for each in steelyard.size(lab(work("pacs-archive")), engine().catalog).needs}
    assert [names[key].partition(":")[0] for key in ("scratch", "warm", "cold")] == ["Hot", "Warm", "Cold"]


def test_s2_11_that_a_slow_drive_is_flagged_where_cards_stream_whole_volumes() -> None:
    project = lab(WorkloadUse("storage", "bench/mlperf-storage-unet3d"))
    slow = weigh(project, scratch_drive=(SATA, 1))
    fast = weigh(project)
    assert slow.value("scratch_read_rate") < fast.value("scratch_read_rate") / 5
    assert slow.value("throughput") < fast.value("throughput")
    assert "scratch drives" in limits(slow)[stage(slow)]


def test_s2_13_that_identified_and_released_data_lie_in_zones_of_their_own() -> None:
    small, large = (weigh(lab(work("de-identification", studies=count))) for count in (100_000, 200_000))
    for found in (small, large):
        assert found.value("identified_zone") > 0
        assert found.value("released_zone") > 0
    assert large.value("identified_zone") == pytest.approx(2 * small.value("identified_zone"), rel=0.01)
    method = engine().catalog.workloads["de-identification"].inputs["method"]
    assert method.required
    assert {"safe-harbor", "expert-determination", "pseudonymised"} == set(method.choices)


def test_s2_18_that_years_of_retention_size_the_cold_tier() -> None:
    five, ten = (weigh(lab(work("pacs-archive", retention=years, legacy=0), life_years=15.0)) for years in (5, 10))
    assert ten.value("retained_intake") > 1.5 * five.value("retained_intake")
    assert ten.value("cold_tier") > five.value("cold_tier")
    told = case("S2-18-retention")["expected"]
    assert told["warm_tier"]["value"] + told["cold_tier"]["value"] == 3 * 7 * 2


def test_s2_19_that_a_model_just_above_one_card_changes_the_advice() -> None:
    def method(parameters: float) -> str:
        found = steelyard.size(lab(work("llm-fine-tuning", method="full", parameters=parameters)), engine().catalog)
        return found.sharing[0].method

    assert method(70) == "sharded"
    advices = {}
    for parameters in (1.0, 2.0, 8.0):
        found = weigh(lab(work("llm-fine-tuning", method="full", parameters=parameters)), gpu=(RTX_6000, 2))
        (advice,) = advice_of(found)
        advices[parameters] = (advice.method, found.value("gpu_memory_needed"))
        assert advice.memory > 0
    assert advices[1.0][0] in {"one-card", "data-parallel"}
    assert advices[8.0][0] == "sharded"


def test_s2_20_that_imaging_copies_the_model_and_large_genomic_models_may_take_it_apart() -> None:
    def method(project: Any) -> str:
        return steelyard.size(project, engine().catalog).sharing[0].method

    assert method(lab(work(TRAINING))) in {"one-card", "data-parallel"}
    assert method(lab(work("imaging-pipeline"))) in {"one-card", "data-parallel"}
    assert method(lab(work("genomic-foundation-model", parameters=7))) in {"sharded", "both", "tensor-parallel"}


def test_s2_21_that_a_checkpoint_has_a_size_a_time_and_a_stall() -> None:
    found = weigh(lab(work("llm-fine-tuning", method="full", parameters=8)))
    assert found.value("checkpoint_size") == pytest.approx(8e9 * (2 + 12) / 1e9)
    stall = found.value("checkpoint_time") / (3600 * found.value("checkpoint_interval"))
    assert found.value("checkpoint_stall") == pytest.approx(stall, rel=0.01)
    assert found.value("checkpoint_interval_suggested") > 0
    kept = found.value("checkpoints_room") / found.value("checkpoint_size")
    assert kept == pytest.approx(found.value("checkpoints_kept"))


def test_s2_22_that_a_shared_machine_in_use_for_over_85_percent_is_warned_of(act: Act) -> None:
    few, many = (weigh(lab(work("multi-user-queue", users=users))) for users in (4, 12))
    assert few.value("queue_use") < 0.85 < many.value("queue_use")
    assert verdict(few, "BAL-007") == "holds"
    assert verdict(many, "BAL-007") == "broken"
    assert few.value("queue_wait") < many.value("queue_wait")
    assert "queue_use" in act("explain", "BAL-007").out


def test_s2_33_that_work_above_one_card_and_above_its_time_needs_both() -> None:
    catalog = pretraining(engine().catalog, parameters=7e9, tokens=3e10, days=10)
    found = steelyard.size(lab(WorkloadUse("large", "pretraining")), catalog)
    (advice,) = found.sharing
    assert advice.method in {"both", "sharded"}
    assert advice.reason
    slow = steelyard.size(
        lab(WorkloadUse("large", "pretraining")), pretraining(engine().catalog, parameters=7e9, tokens=3e11, days=10)
    )
    assert slow.sharing[0].method == "both"
    assert math.isfinite(slow.sharing[0].cards)
    assert "groups of" in slow.sharing[0].reason


MAKERS = {"proteinmpnn": (4, 8, 10, 3), "rfdiffusion": (4, 16, 15, 12), "boltz-2": (12, 64, 80, 48)}


@pytest.mark.parametrize("tool", sorted(MAKERS))
def test_g14_that_sizing_never_goes_below_what_the_maker_states(tool: str) -> None:
    cores, memory, room, card = MAKERS[tool]
    found = steelyard.size(lab(work("protein-structure", tool=tool, designs=10)), engine().catalog)
    least = {each.key: float(each.least.value or 0) for each in found.needs}
    assert least["cores"] >= cores
    assert least["memory"] >= memory
    assert least["scratch"] >= room
    assert least["card_memory"] >= card


GOLDEN = {
    "G4-nnunet-8-workers": {"step_time": 302.4, "gpu_busy": 0.399},
    "G12-pacs-archive": {"archive_capacity_needed": 10_000 * 0.2 * 5 / 0.75 / 1000},
    "G17-gemma-3-27b": {"kv_memory": 10.41},
    "G17-deepseek-v3-1": {"kv_memory": 10.72},
    "G17-qwen3-0-6b": {"kv_memory": 4.38},
}


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_g4_g12_g17_that_the_cases_hold_the_published_numbers(name: str) -> None:
    told = case(name)["expected"]
    for quantity, value in GOLDEN[name].items():
        assert told[quantity]["value"] == pytest.approx(value, abs=0.001), quantity
