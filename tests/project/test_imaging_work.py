"""Work on images as labs do it: what its switches change, and what limits it where the seeds say it should."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.project.content import Lab, WorkloadUse
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

A100 = "gpu/nvidia/a100-80gb-pcie"
RTX_4090 = "gpu/nvidia/geforce-rtx-4090-founders"
INSTINCT = "gpu/amd/instinct-mi300x"
IMAGING = (
    "continual-learning",
    "de-identification",
    "detection-ct",
    "explainability",
    "federated-client",
    "image-reconstruction",
    "image-registration",
    "imaging-inference",
    "multimodal-imaging-text",
    "pacs-archive",
    "pathology-whole-slide",
    "radiograph-classification",
    "radiomics-boosting",
    "realtime-video",
    "swin-3d-training",
)

Doing = Callable[..., VariantEvaluation]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog(cache=None))


@pytest.fixture(scope="module")
def doing(engine: Engine) -> Doing:
    """Return what evaluates the first sample's machine with one workload, usual inputs, and so many of one card."""

    def run(
        workload: str, gpu: str = A100, count: int = 1, lab: Lab | None = None, **said: float | str
    ) -> VariantEvaluation:
        project = open_project(FIRST_SAMPLE).project
        use = WorkloadUse(workload, workload)
        for name, each in engine.catalog.workloads[workload].inputs.items():
            value = said.pop(name, each.usual)
            assert value is not None
            use = use.with_input(name, value)
        assert not said, f"{workload} has no input {', '.join(said)}"
        first = project.variants[0]
        variant = first._replace(selection=first.selection.with_(gpu=(gpu, count)))
        project = project._replace(workloads=(use,), variants=(variant,), lab=lab or project.lab)
        return engine.evaluate(project).variants[0]

    return run


def _verdict(found: VariantEvaluation, rule: str) -> str:
    return next((each.verdict for each in found.findings if each.rule.id == rule), "")


def _stage(found: VariantEvaluation, name: str) -> str:
    place = int(found.value(name))
    return found.engine.catalog.workloads[found.uses[0].workload].stages[place].id


@pytest.mark.parametrize("workload", IMAGING)
def test_that_each_workload_runs_on_a_large_card_with_usual_inputs(doing: Doing, workload: str) -> None:
    found = doing(workload)
    assert 0 < found.value("throughput") < math.inf
    assert 0 < found.value("asked_rate") < math.inf
    assert found.value("host_memory_needed") > 0


@pytest.mark.parametrize("workload", IMAGING)
def test_that_each_workload_runs_slowly_and_is_not_refused_without_a_card(doing: Doing, workload: str) -> None:
    alone, helped = doing(workload, count=0).value("throughput"), doing(workload).value("throughput")
    assert 0 < alone <= helped * (1 + 1e-9)


def test_that_radiomics_is_as_fast_without_a_card(doing: Doing) -> None:
    without = doing("radiomics-boosting", count=0)
    assert without.value("throughput") == doing("radiomics-boosting").value("throughput")
    assert without.value("gpu_memory_needed") == 0
    assert _verdict(without, "CLI-004") != "broken"


def test_that_more_filtered_images_and_structures_ask_for_more_cores(doing: Doing) -> None:
    plain = doing("radiomics-boosting", filters="original").value("cores_needed")
    assert doing("radiomics-boosting").value("cores_needed") > 2 * plain
    assert doing("radiomics-boosting", structures=6).value("cores_needed") > doing("radiomics-boosting").value(
        "cores_needed"
    )


def test_that_a_transformer_takes_more_memory_and_time_a_patch_than_a_convolutional_network(doing: Doing) -> None:
    said = {"cases": 300, "channels": 1, "batch": 2, "patch_edge": 96, "folds": 5}
    attention = doing("swin-3d-training", network="swin-unetr", steps=250_000, **said)
    convolution = doing("nnunet-3d-training", **{**said, "epochs": 1000})
    assert attention.value("gpu_memory_needed") > 1.5 * convolution.value("gpu_memory_needed")
    assert attention.value("throughput") < 0.6 * convolution.value("throughput")


def test_that_twice_the_patch_edge_takes_eight_times_the_activations(doing: Doing) -> None:
    small = doing("swin-3d-training", patch_edge=64).value("activations_memory")
    assert doing("swin-3d-training", patch_edge=128).value("activations_memory") == pytest.approx(8 * small)


def test_that_a_window_too_short_for_retraining_is_missed_and_a_longer_one_is_kept(doing: Doing) -> None:
    assert doing("detection-ct", retrain_window=4).value("throughput_multiple") < 1
    assert doing("detection-ct", retrain_window=24).value("throughput_multiple") > 1
    assert doing("detection-ct", retrain_window=12).value("job_time") > 0


def test_that_twice_the_training_cases_need_twice_the_window(doing: Doing) -> None:
    once, twice = (doing("detection-ct", cases=count).value("job_time") for count in (1000, 2000))
    assert twice == pytest.approx(2 * once, rel=0.02)


def test_that_explanations_add_time_and_memory_in_the_order_of_their_passes(doing: Doing) -> None:
    ways = [doing("explainability", method=word) for word in ("none", "gradient", "integrated", "shap")]
    times = [found.value("engine_time") for found in ways]
    memory = [found.value("gpu_memory_needed") for found in ways]
    assert times == sorted(times)
    assert times[1] == pytest.approx(4 * times[0], rel=0.01)
    assert times[2] > 30 * times[0]
    assert memory[0] < memory[1] <= memory[2] < memory[3]


def test_that_energy_follows_the_hours_a_day_in_proportion(doing: Doing) -> None:
    four, day = (doing("continual-learning", hours_day=hours) for hours in (4, 24))
    drawn = day.value("mains_power") / four.value("mains_power")
    assert day.value("work_energy") / four.value("work_energy") == pytest.approx(6 * drawn)
    assert day.value("asked_rate") == pytest.approx(four.value("asked_rate") / 6)
    assert doing("radiomics-boosting").value("work_energy") == 0


def test_that_a_narrow_line_to_the_outside_limits_a_federated_client_and_is_flagged(doing: Doing) -> None:
    wide, narrow = (doing("federated-client", outside=line, parameters=300, rounds=1000) for line in (10_000, 5))
    assert _stage(wide, "bottleneck_stage") != "exchange"
    assert _verdict(wide, "NET-001") == "holds"
    assert _stage(narrow, "bottleneck_stage") == "exchange"
    assert _verdict(narrow, "NET-001") == "broken"
    sent = 300e6 * 4 * 1000 * 8  # bits
    payload = narrow.value("network_payload_share")
    assert narrow.value("job_time") * 3600 == pytest.approx(sent / (5e6 * payload), rel=0.01)


def test_that_more_local_epochs_between_rounds_send_fewer_bytes_for_the_same_training(doing: Doing) -> None:
    often = doing("federated-client", rounds=200, local_epochs=1)
    seldom = doing("federated-client", rounds=50, local_epochs=4)
    assert seldom.value("network_needed") == pytest.approx(often.value("network_needed") / 4)
    assert seldom.value("engine_time") == pytest.approx(often.value("engine_time"))


def test_that_a_build_without_decoders_is_flagged_for_video_and_one_with_them_is_not(doing: Doing) -> None:
    card = doing("realtime-video", RTX_4090, streams=2)
    assert _verdict(card, "VID-001") == _verdict(card, "VID-002") == "holds"
    none = doing("realtime-video", count=0, streams=2)
    assert _verdict(none, "VID-001") == _verdict(none, "VID-002") == "broken"
    compute = doing("realtime-video", A100, streams=2)
    assert _verdict(compute, "VID-001") == "holds"
    assert _verdict(compute, "VID-002") == "broken"


def test_that_video_of_four_times_the_pixels_counts_four_times_and_quality_costs_encoders(doing: Doing) -> None:
    low = doing("realtime-video", resolution="1080p", streams=3, frame_rate=60)
    assert low.value("video_streams") == pytest.approx(3)
    assert doing("realtime-video", resolution="4k", streams=3, frame_rate=30).value("video_streams") == pytest.approx(6)
    fine = doing("realtime-video", resolution="1080p", streams=3, frame_rate=60, preset="quality")
    assert fine.value("video_streams_kept") > 3 * low.value("video_streams_kept")
    assert fine.value("video_streams") == low.value("video_streams")


def test_that_too_many_cameras_for_one_decoder_are_flagged(doing: Doing) -> None:
    assert _verdict(doing("realtime-video", RTX_4090, streams=16, resolution="4k"), "VID-001") == "broken"


def test_that_work_without_video_asks_nothing_of_decoders(doing: Doing) -> None:
    assert _verdict(doing("detection-ct", count=0), "VID-001") != "broken"


def test_that_de_identified_copies_and_originals_lie_in_zones_of_equal_size(doing: Doing) -> None:
    found = doing("de-identification", studies=10_000, study_size=0.1, method="safe-harbor")
    assert found.value("identified_zone") == pytest.approx(1000)
    assert found.value("released_zone") == pytest.approx(1000)


def test_that_an_archive_grows_by_studies_a_year_and_keeps_what_was_there(doing: Doing) -> None:
    lab = Lab(growth=0.0, life_years=5.0)
    said = {"studies_year": 100_000, "study_size": 0.1, "legacy": 20_000, "retention": 10, "compression": 2}
    found = doing("pacs-archive", lab=lab, copies=1, **said)
    assert found.value("data_kept") == pytest.approx(20_000 + 5 * 100_000 * 0.1 / 2)
    twice = doing("pacs-archive", lab=lab, copies=2, **said)
    assert twice.value("cold_tier") - found.value("cold_tier") == pytest.approx(found.value("data_kept"))


def test_that_answers_come_later_when_more_studies_arrive_in_the_peak_hour(doing: Doing) -> None:
    few, many = (doing("imaging-inference", studies_day=count) for count in (100, 2500))
    assert few.value("response_time_p95") < many.value("response_time_p95")
    assert many.value("request_use") == pytest.approx(25 * few.value("request_use"))


def test_that_a_lower_magnification_has_a_quarter_of_the_tiles(doing: Doing) -> None:
    found = [doing("pathology-whole-slide", magnification=word, epochs=10, trainings=1) for word in ("20x", "40x")]
    times = [each.value("stage_engine_time", position=2) for each in found]
    assert times[1] == pytest.approx(4 * times[0])


def test_that_learned_registration_trades_hours_of_cores_for_a_card(doing: Doing) -> None:
    learned, iterated = (doing("image-registration", method=word) for word in ("learned", "syn"))
    assert learned.value("cores_needed") < iterated.value("cores_needed") / 20
    assert learned.value("gpu_memory_needed") > 5
    assert iterated.value("engine_time") == 0


def test_that_a_card_of_another_maker_does_the_work_too(doing: Doing) -> None:
    assert doing("imaging-inference", INSTINCT).value("throughput") > 0


def test_that_training_steps_of_a_transformer_take_about_as_long_as_reported(doing: Doing) -> None:
    """120 steps of four patches in 75 s, mixed precision, one GPU of 32 GB (MONAI tutorials, pull request 774)."""
    said = {"cases": 30, "folds": 1, "steps": 120, "batch": 4, "patch_edge": 96}
    found = doing("swin-3d-training", "gpu/nvidia/tesla-v100-pcie-32gb", **said)
    assert 30 * found.value("stage_engine_time", position=3) == pytest.approx(75, rel=0.25)
    assert found.value("gpu_memory_needed") < 32


@pytest.mark.parametrize(("network", "batch", "reported"), [("resnet50", 512, 826), ("vit-base", 192, 391)])
def test_that_classifiers_train_about_as_fast_as_reported(
    doing: Doing, network: str, batch: int, reported: float
) -> None:
    """Images of 224 a second, mixed precision, RTX 3090 (timm)."""
    card = "gpu/nvidia/geforce-rtx-3090-founders"
    said = {"network": network, "batch": batch, "edge": 224, "epochs": 1, "trainings": 1}
    found = doing("radiograph-classification", card, **said)
    assert 1 / found.value("stage_engine_time", position=2) == pytest.approx(reported, rel=0.25)


@pytest.mark.parametrize(("card", "reported"), [("3090", 488), ("4090", 1040)])
def test_that_tiles_are_encoded_about_as_fast_as_reported(doing: Doing, card: str, reported: float) -> None:
    """Images a second of ViT Large, compiled (timm); 15,259 tiles of 256 are a gigapixel."""
    said = {"gigapixels": 1, "tissue": 1, "magnification": "40x"}
    found = doing("pathology-whole-slide", f"gpu/nvidia/geforce-rtx-{card}-founders", **said)
    assert 15_259 / found.value("stage_engine_time", position=2) == pytest.approx(reported, rel=0.25)


def test_that_a_whole_body_is_segmented_in_about_the_reported_time(doing: Doing) -> None:
    """Five networks over 295 x 259 x 219 voxels: 42 and 76 s from start to end, 7 GB on the card at the least."""
    said = {"volume": 295 * 259 * 219, "networks": 5, "classes": 24, "study_size": 0.1}
    found = doing("imaging-inference", "gpu/nvidia/rtx-pro-5000-blackwell-48gb", **said)
    assert 42 * 0.75 < found.value("sample_latency") < 76 * 1.25
    assert 4 < found.value("gpu_memory_needed") < 20


def test_that_recordings_of_a_year_are_hours_times_the_rate_of_the_stream(doing: Doing) -> None:
    said = {"resolution": "1080p", "streams": 1, "frame_rate": 60, "hours_day": 4, "preset": "balanced"}
    found = doing("realtime-video", **said)
    gigabytes_an_hour = 0.025 / 8 * 3600  # 25 Mbit/s
    assert found.value("yearly_intake") == pytest.approx(250 * 4 * gigabytes_an_hour, rel=0.01)
