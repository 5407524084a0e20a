"""What the seed on workload types and planning claims, acted out: what binds, what fits, what may share."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from project.needs_of import pretraining
from steelyard.project.content import WorkloadUse
from steelyard.project.ladder import LADDER
from steelyard.workstation.roofline import bound_words
from stories.weighing import RTX_6000, engine, lab, limits, stage, verdict, weigh, work

HARD_DISK = "drive/seagate/exos-x20-20tb-sata"
CASES = Path(__file__).parents[1] / "cases"
Act = Callable[..., Any]


def expected(name: str) -> dict[str, Any]:
    """What a golden case expects."""
    return dict(tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["expected"])


def bounds(found: Any) -> dict[str, str]:
    """What binds each stage on the card."""
    stages = engine().catalog.workloads[found.uses[0].workload].stages
    return {each.id: bound_words(found.value("stage_bound", 0, place)) for place, each in enumerate(stages)}


def test_s4_02_that_a_project_climbs_the_ladder_with_its_parameters() -> None:
    places = [
        steelyard.size(lab(work("llm-fine-tuning", method="full", parameters=billions)), engine().catalog).place
        for billions in (1, 8, 70)
    ]
    rungs = [[str(each) for each in LADDER].index(place) for place in places]
    assert rungs == sorted(rungs)
    assert rungs[0] < rungs[2]


def test_s4_03_that_writing_text_is_bound_by_bandwidth_and_reading_it_by_arithmetic() -> None:
    found = bounds(weigh(lab(work("private-llm-inference"))))
    assert "bandwidth" in found["weights"] or "memory" in found["weights"]
    assert found["read"] != found["weights"]
    assert "arithmetic" in found["read"] or "compute" in found["read"]


def test_s4_04_that_an_h200_module_takes_700_watts_and_its_card_is_another_part(act: Act) -> None:
    table = engine().catalog.tables["gpu"]
    module, card = (table.row(f"gpu/nvidia/{name}") for name in ("h200-141gb-sxm5", "h200-nvl"))
    assert table.columns["board_power"][module] == 700
    assert table.columns["board_power"][card] == 600
    assert table.columns["form"][module] != table.columns["form"][card]
    found = weigh(lab(work("private-llm-inference")), gpu=("gpu/nvidia/h200-141gb-sxm5", 1))
    assert verdict(found, "FIT-021") == "broken"
    assert "700" in act("catalog", "show", "gpu/nvidia/h200-141gb-sxm5").out


def test_s4_09_g2_that_a_hundred_billion_parameters_take_what_their_bytes_say() -> None:
    full = weigh(lab(work("private-llm-inference", parameters=100, precision="f16")), gpu=(RTX_6000, 1))
    assert full.value("weights_memory") == pytest.approx(200, rel=0.01)
    numbers = {name: expected(f"G2-100b-{name}") for name in ("fp32", "fp16", "int8", "int4", "mixed-adam")}
    weights = {name: each["weights_memory"]["value"] for name, each in numbers.items()}
    assert weights == {"fp32": 400, "fp16": 200, "int8": 100, "int4": 50, "mixed-adam": 200}
    binary = {name: each.get("model_state_binary", {}).get("value") for name, each in numbers.items()}
    assert binary["fp32"] == pytest.approx(400e9 / 2**30, abs=0.001)
    assert binary["fp16"] == pytest.approx(200e9 / 2**30, abs=0.001)
    assert numbers["mixed-adam"]["model_state_memory"]["value"] == 16 * 100
    train = weigh(lab(work("llm-fine-tuning", method="full", parameters=100)), gpu=(RTX_6000, 1))
    assert train.value("model_state_memory") == pytest.approx(1600, rel=0.01)


def test_s4_11_that_inference_says_latency_concurrency_and_cost() -> None:
    found = weigh(lab(work("private-llm-inference", users=4)))
    assert 0 < found.value("first_token_half") <= found.value("first_token_late") < math.inf
    assert found.value("sequences_room") >= 4
    images = weigh(lab(work("imaging-inference")))
    assert 0 < images.value("response_time") <= images.value("response_time_p95") < math.inf
    thousand = images.value("thousand_cost")
    seconds = 3600 * images.value("hours_per_year") * 4
    assert thousand == pytest.approx(1000 * images.value("life_cost") / (images.value("asked_rate") * seconds))
    assert verdict(weigh(lab(work("imaging-inference")), gpu=("gpu/nvidia/h200-141gb-sxm5", 1)), "FIT-021") == "broken"


def test_s4_12_that_latency_has_four_presets() -> None:
    choices = engine().catalog.workloads["image-triage"].inputs["latency"].choices
    limits_of = {}
    for word in choices:
        found = weigh(lab(work("image-triage", latency=word)))
        limits_of[word] = found.value("response_limit")
    assert limits_of == {"100ms": 0.1, "500ms": 0.5, "2s": 2.0, "batch": 0.0}
    slow = {"gpu": None}
    assert verdict(weigh(lab(work("image-triage", latency="100ms")), **slow), "BAL-008") == "broken"
    assert verdict(weigh(lab(work("image-triage", latency="batch")), **slow), "BAL-008") == "holds"


def test_s4_13_g2b_that_half_a_billion_parameters_train_on_a_card_of_16_gb() -> None:
    assert expected("G2b-500m-mixed-adam")["model_state_memory"]["value"] == 16 * 0.5
    found = weigh(lab(work("ehr-transformer", parameters=500)), gpu=("gpu/nvidia/rtx-2000-ada", 1))
    assert found.value("gpu_memory") == 16
    assert found.value("model_state_memory") == pytest.approx(8, rel=0.02)
    assert verdict(weigh(lab(work("ehr-transformer", parameters=500)), gpu=(RTX_6000, 1)), "MEM-012") == "holds"


def test_s4_16_g1_that_gpt_3_takes_3640_petaflop_days() -> None:
    catalog = pretraining(engine().catalog, parameters=175e9, tokens=300e9, days=30)
    found = steelyard.size(lab(WorkloadUse("gpt", "pretraining")), catalog)
    assert found.compute_days == pytest.approx(3640, rel=0.002)
    assert expected("G1-gpt-3-compute")["training_compute_days"]["value"] == 3640
    assert found.least is None
    assert found.machines is not None


def test_s4_19_that_a_build_without_decoders_is_flagged_for_video() -> None:
    project = lab(work("realtime-video"))
    without, with_them = weigh(project, gpu=None), weigh(project)
    assert verdict(without, "VID-001") == "broken"
    assert verdict(with_them, "VID-001") == "holds"
    table = engine().catalog.tables["gpu"]
    assert {"video_encoders", "video_decoders"} <= set(table.columns)


def test_s4_22_that_fused_attention_turns_the_square_into_a_line() -> None:
    def growth(attention: str) -> float:
        short, long = (
            weigh(lab(work("llm-fine-tuning", parameters=8, sequence=length, scores=attention)))
            for length in (16384, 32768)
        )
        return math.log2(long.value("transformer_activations") / short.value("transformer_activations"))

    assert growth("fused") == pytest.approx(1, abs=0.1)
    assert growth("stored") > 1.6
    cache = [weigh(lab(work("private-llm-inference", context=length))).value("kv_memory") for length in (8192, 16384)]
    assert cache[1] == pytest.approx(2 * cache[0])


def test_s4_23_that_cutting_notes_into_tokens_asks_for_cores() -> None:
    words = limits(weigh(lab(work("clinical-notes-nlp"))))
    assert words["tokenise"] == ("processor",)
    few, many = (
        weigh(lab(work("clinical-notes-nlp")), cpu=cpu)
        for cpu in ("cpu/intel/xeon-w3-2525", "cpu/amd/threadripper-9980x")
    )
    assert many.value("stage_capacity", 0, 2) > 2 * few.value("stage_capacity", 0, 2)


def test_s4_30_that_512_gb_is_a_mark_and_not_a_rule() -> None:
    needs = steelyard.size(lab(work("nnunet-3d-training")), engine().catalog).needs
    memory = next(each for each in needs if each.key == "memory")
    assert memory.ample.value is not None
    assert memory.ample.value < 512
    assert verdict(weigh(lab(work("nnunet-3d-training"))), "MEM-014") == "holds"


def test_s4_33_that_real_time_work_beside_training_on_the_same_cards_is_warned_of() -> None:
    apart = weigh(lab(work("realtime-video"), work("nnunet-3d-training", "night")))
    beside = weigh(lab(work("realtime-video"), work("nnunet-3d-training", "day")))
    assert verdict(apart, "CLI-005") == "holds"
    assert verdict(beside, "CLI-005") == "broken"


def test_s4_34_that_batch_work_may_share_the_cards() -> None:
    beside = weigh(lab(work("clinical-notes-nlp", "night"), work("nnunet-3d-training", "night")))
    assert verdict(beside, "CLI-005") == "holds"
    inputs = engine().catalog.workloads["private-llm-inference"].inputs
    assert "batch" in inputs["service"].choices


def test_s4_36_that_the_second_epoch_of_data_that_fit_in_memory_reads_no_drive() -> None:
    small, large = (
        weigh(lab(work("swin-3d-training", cases=cases, cached_share=0.0, volume=volume)), scratch_drive=(HARD_DISK, 1))
        for cases, volume in ((100, 8e6), (2000, 1e8))
    )
    assert small.value("dataset_size") < small.value("host_memory") < large.value("dataset_size")
    assert small.value("cache_hit") > 0.9 > large.value("cache_hit")
    assert "scratch drives" not in limits(small)[stage(small)]


def test_s4_11_that_the_answers_are_in_what_scripts_read(act: Act) -> None:
    told = json.loads(act("evaluate", "workstation-a-1", "--json").out)
    quantities = told["variants"][0]["quantities"]
    assert {"first_token_half", "first_token_late", "response_time_p95", "sequences_room"} <= quantities.keys()
