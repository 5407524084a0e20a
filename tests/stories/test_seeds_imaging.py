"""What the seed on imaging claims, acted out: processors that train slowly, cards that share, work of every kind."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.catalog.workload_search import workloads_found
from steelyard.wording import lasting
from stories.weighing import A100, engine, lab, stage, verdict, weigh, work

ROOT = Path(__file__).parents[2]
TRAINING = "nnunet-3d-training"
WIDE = {"cpu": "cpu/amd/threadripper-pro-9975wx", "board": "board/asus/pro-ws-wrx90e-sage-se"}
NARROW = {"cpu": "cpu/amd/threadripper-9970x", "board": "board/gigabyte/trx50-ai-top"}
FOUR = ("gpu/nvidia/rtx-pro-4000-blackwell", 4)
NOT_REPEATED = ("4 to 8 cores", "4-8 cores", "seven high-end desktop", "large embedding tables")
WRITTEN = (".py", ".toml", ".md", ".qss", ".json", ".txt")

Act = Callable[..., Any]


@pytest.mark.parametrize("claim", NOT_REPEATED)
def test_s1_02_s4_05_s4_21_that_claims_that_do_not_hold_are_nowhere_said(claim: str) -> None:
    folders = ("app", "components_db", "resources")
    files = (each for folder in folders for each in (ROOT / folder).rglob("*") if each.suffix in WRITTEN)
    assert [str(each) for each in files if claim in each.read_text(encoding="utf-8", errors="replace").lower()] == []


def test_s1_03_that_a_training_without_a_card_takes_weeks_and_is_not_refused() -> None:
    found = weigh(lab(work(TRAINING)), gpu=None)
    days = found.value("job_time") / 24
    low, high = (each / 24 for each in found.range("job_time"))
    assert 7 < low < days < high < 365
    assert found.card.status == "NEEDS ATTENTION"
    assert verdict(found, "CLI-004") == "broken"
    assert verdict(found, "BAL-001") == "broken"


def test_s1_05_that_an_a100_has_6912_shader_cores(act: Act) -> None:
    table = engine().catalog.tables["gpu"]
    assert table.columns["shader_cores"][table.row(A100)] == 6912
    assert "6,912" in act("catalog", "show", A100).out


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.75, "45 min"), (8.5, "8.5 h"), (180, "7.5 days"), (638.4, "3.8 weeks"), (math.inf, "no limit")],
)
def test_s1_06_that_times_are_said_in_the_unit_that_people_use(hours: float, said: str) -> None:
    assert lasting(hours).replace("\xa0", " ").replace("\u202f", " ") == said


def test_s1_06_s1_11_that_cards_and_processor_stand_side_by_side_with_what_is_reported(act: Act) -> None:
    found = weigh(lab(work(TRAINING)))
    without = weigh(lab(work(TRAINING)), gpu=None)
    gain = found.value("card_gain")
    assert gain == pytest.approx(without.value("engine_time") / found.value("engine_time"), rel=1e-3)
    assert without.value("card_gain") == 1
    said = act("evaluate", "workstation-a-1", "--variant", "Balanced").out.replace("\xa0", " ")
    (line,) = (each for each in said.splitlines() if "instead of" in each and "weeks" in each)
    assert f"{gain:.0f}× as fast as the processor alone" in line
    assert "up to 15×" in line
    assert "more than is reported" in line
    (inside,) = (each for each in said.splitlines() if "as fast as the processor" in each and "instead" not in each)
    assert "up to 15×" in inside
    assert "more than" not in inside


def test_s1_07_that_twice_a_patch_axis_is_about_twice_the_activations() -> None:
    one, two = (weigh(lab(work(TRAINING, patch_edge=edge))) for edge in (96, 96 * 2 ** (1 / 3)))
    ratio = two.value("activations_memory") / one.value("activations_memory")
    assert ratio == pytest.approx(2, rel=0.05)
    channels = [weigh(lab(work(TRAINING, channels=count))).value("cpu_demand", 0, 2) for count in (1, 4)]
    assert channels[1] > 2 * channels[0]


def test_s1_08_that_a_retraining_that_misses_its_window_says_how_much_faster_it_must_be() -> None:
    short = weigh(lab(work("detection-ct", retrain_window=1)))
    finding = next(each for each in short.findings if each.rule.id == "BAL-001")
    assert finding.verdict == "broken"
    needed = 1 / short.value("throughput_multiple")
    assert needed > 2
    assert f"{needed:.3g}" in finding.remedy
    wide = weigh(lab(work("detection-ct", retrain_window=12)))
    assert verdict(wide, "BAL-001") == "holds"


def test_s1_09_that_the_peak_hour_shows_how_long_answers_take() -> None:
    calm, busy = (weigh(lab(work("imaging-inference", studies_day=count))) for count in (50, 400))
    assert 0 < calm.value("request_use") < busy.value("request_use")
    assert calm.value("request_wait") < busy.value("request_wait")
    assert calm.value("response_time_p95") <= busy.value("response_time_p95") < math.inf
    crowded = weigh(lab(work("imaging-inference", studies_day=20_000)), gpu=("gpu/nvidia/rtx-a400", 1))
    assert crowded.value("response_time_p95") == math.inf
    assert verdict(crowded, "BAL-008") == "broken"


def test_s1_10_that_detection_on_ct_is_retrained_on_a_cadence() -> None:
    inputs = engine().catalog.workloads["detection-ct"].inputs
    assert {"retrain_days", "retrain_window"} <= {name for name, each in inputs.items() if each.required}


def test_s1_12_that_a_transformer_costs_other_memory_and_work_than_a_convolution() -> None:
    swin = weigh(lab(work("swin-3d-training", cases=100)))
    unet = weigh(lab(work(TRAINING, cases=100, channels=1)))
    for name in ("activations_memory", "engine_time"):
        assert swin.value(name) != pytest.approx(unet.value(name), rel=0.1), name
    assert swin.value("activations_memory") / 96**3 > unet.value("activations_memory") / 128**3


@pytest.mark.parametrize("workload", ["imaging-pipeline", "multimodal-imaging-text", "ehr-transformer"])
def test_s1_13_that_four_cards_on_narrow_slots_do_less_where_they_exchange(workload: str) -> None:
    narrow, wide = (weigh(lab(work(workload)), **host, gpu=FOUR) for host in (NARROW, WIDE))
    assert min(narrow.value("card_link_lanes", 0, place) for place in range(4)) == 8
    assert min(wide.value("card_link_lanes", 0, place) for place in range(4)) == 16
    assert narrow.value("card_speedup") < wide.value("card_speedup") < 4
    assert narrow.value("engine_time") > wide.value("engine_time")


def test_s1_13_that_cards_without_anything_to_exchange_do_not_mind() -> None:
    narrow, wide = (weigh(lab(work(TRAINING)), **host, gpu=FOUR) for host in (NARROW, WIDE))
    assert narrow.value("card_speedup") == wide.value("card_speedup") == 4


def test_s1_14_g16_that_28_days_in_2_are_14_times_as_fast() -> None:
    case = tomllib.loads((ROOT / "tests" / "cases" / "G16-lung-nodule-training.toml").read_text(encoding="utf-8"))
    assert case["expected"]["speedup_needed"]["value"] == pytest.approx(28 / 2)
    assert case["given"]["asked_rate"] / case["given"]["throughput"] == pytest.approx(14, rel=0.001)


@pytest.mark.parametrize(
    ("typed", "workload"),
    [
        ("disease detection", "detection-ct"),
        ("segmentation", TRAINING),
        ("image reconstruction", "image-reconstruction"),
        ("radiomics", "radiomics-boosting"),
        ("federated", "federated-client"),
        ("CT", "detection-ct"),
        ("3D CNN", TRAINING),
        ("radiology", "imaging-inference"),
    ],
)
def test_s1_10_s1_15_s1_27_that_the_words_people_use_find_the_workload(typed: str, workload: str) -> None:
    found = workloads_found(engine().catalog.workloads.values(), typed)
    assert workload in {each.id for each in found if not each.bench}


def test_s1_16_that_a_thin_line_holds_up_a_federated_client() -> None:
    thin, thick = (weigh(lab(work("federated-client", outside=rate))) for rate in (1, 1000))
    assert stage(thin) == "exchange"
    assert stage(thick) == "train"
    assert thin.value("throughput") < thick.value("throughput") / 5


def test_s1_23_that_an_accelerator_of_another_maker_is_sized_and_says_what_it_can_run() -> None:
    for part in ("gpu/amd/instinct-mi300x", "gpu/intel/arc-pro-b60"):
        found = weigh(lab(work(TRAINING), work("private-llm-inference", parameters=70)), gpu=(part, 1))
        assert all(0 < found.value("throughput", row) < math.inf for row in found.rows)
        fits = [found.value("gpu_memory_margin", row) >= 0 for row in found.rows]
        assert fits == [True, part.startswith("gpu/amd")]
    kept = steelyard.size(lab(work("radiograph-classification")), engine().catalog)
    assert kept.least is not None


def test_s1_24_that_explanations_add_work_and_memory() -> None:
    without, with_them = (weigh(lab(work("explainability", method=method))) for method in ("none", "integrated"))
    assert with_them.value("engine_time") > without.value("engine_time")
    assert with_them.value("gpu_memory_needed") > without.value("gpu_memory_needed")


def test_s1_25_that_energy_is_in_proportion_to_the_hours() -> None:
    little, much = (weigh(lab(work("continual-learning", hours_day=hours))) for hours in (4, 24))
    assert much.value("work_energy") == pytest.approx(6 * little.value("work_energy"))
    site = [weigh(lab(work(TRAINING), site={"hours_per_year": hours})) for hours in (365 * 4, 365 * 24)]
    energy = [each.value("energy_per_year") for each in site]
    assert energy[1] == pytest.approx(6 * energy[0])
    assert site[1].value("energy_cost") == pytest.approx(6 * site[0].value("energy_cost"))


def test_s1_29_that_work_on_images_is_both_learned_and_applied() -> None:
    imaging = [each for each in engine().catalog.workloads.values() if each.family == "imaging" and not each.bench]
    applied = ("evaluate", "validate", "infer", "reconstruct", "gate", "maps", "explain", "look", "statistics")
    alone = [
        each.id
        for each in imaging
        if "training" in each.tags
        and not any(stage.id in applied for stage in each.stages)
        and each.id not in {"radiomics-boosting", "federated-client"}  # these evaluate within a stage
    ]
    assert alone == []
