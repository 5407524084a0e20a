"""The library of workloads: what people call their work finds it, and every file keeps to the rules of the library."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.catalog.workload import WorkloadDefinition
from steelyard.catalog.workload_search import fits, search_words, workloads_found

PHRASES: Mapping[str, str] = {
    # S3-01, S3-60: medical imaging
    "medical image analysis": "imaging-inference",
    "image analysis": "radiograph-classification",
    "automated image analysis": "imaging-inference",
    "computer vision": "radiograph-classification",
    "segmentation": "nnunet-3d-training",
    "image segmentation": "swin-3d-training",
    "brain MRI segmentation": "imaging-inference",
    "tumour segmentation": "nnunet-3d-training",
    "anomaly detection": "imaging-inference",
    "image classification": "radiograph-classification",
    "classification": "radiograph-classification",
    "pathology": "pathology-whole-slide",
    "digital pathology": "pathology-whole-slide",
    "radiology research": "radiograph-classification",
    "radiology workflow": "imaging-inference",
    "radiology workflow support": "pacs-archive",
    "imaging workflow automation": "imaging-inference",
    "multimodal": "multimodal-imaging-text",
    "multimodal clinical research": "multimodal-imaging-text",
    # S3-01: language
    "clinical summarization": "private-llm-inference",
    "summarisation": "private-llm-inference",
    "documentation assistant": "private-llm-inference",
    "policy search": "private-llm-retrieval",
    "knowledge assistant": "private-llm-retrieval",
    "private LLM inference": "private-llm-inference",
    "fine-tuning": "llm-fine-tuning",
    "RAG": "private-llm-retrieval",
    "retrieval-augmented generation": "private-llm-retrieval",
    "clinical notes": "clinical-notes-nlp",
    # S3-01, S2-13: privacy and decision support
    "de-identification": "de-identification",
    "clinical decision support research": "imaging-inference",
    "CDS research": "imaging-inference",
    # S3-01, S2-01, S2-03: life science and records
    "life-science pipelines": "variant-calling-cpu",
    "genomics": "variant-calling-gpu",
    "genomic sequences": "genomic-foundation-model",
    "drug discovery": "protein-structure",
    "EHR": "ehr-transformer",
    "electronic health records": "ehr-transformer",
    "patient outcomes": "statistics-in-memory",
    "population health": "ehr-transformer",
    "diagnostic imaging": "detection-ct",
    # S1-15, S1-10, S1-16, S1-24, S1-25, S1-27: reviews of computing in radiology
    "disease detection": "detection-ct",
    "AAA detection": "detection-ct",
    "image reconstruction": "image-reconstruction",
    "radiomics": "radiomics-boosting",
    "feature engineering": "radiomics-boosting",
    "federated learning": "federated-client",
    "explainable AI": "explainability",
    "continual learning": "continual-learning",
    "rapid model updates": "continual-learning",
    "point of care": "imaging-inference",
    "CT": "detection-ct",
    "radiology": "imaging-inference",
    "3D CNN": "nnunet-3d-training",
    "transformer segmentation": "swin-3d-training",
    # the issue's own list
    "nnU-Net": "nnunet-3d-training",
    "whole slide": "pathology-whole-slide",
    "gradient boosting": "radiomics-boosting",
    "registration": "image-registration",
    "PACS": "pacs-archive",
    "archive growth": "pacs-archive",
    "batch inference": "imaging-inference",
    "endoscopy 4K": "realtime-video",
    "real-time video": "realtime-video",
    "LoRA": "llm-fine-tuning",
    "protein structure": "protein-structure",
    "simulation": "simulation",
    "multi-user queue": "multi-user-queue",
    "statistics": "statistics-in-memory",
}
"""What the seeds and people call their work -> a workload that must be among those found."""

NO_CARD = ("radiomics-boosting", "pacs-archive", "variant-calling-cpu", "statistics-in-memory", "simulation")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(cache=None)


def _of_labs(catalog: Catalog) -> list[WorkloadDefinition]:
    return [each for each in catalog.workloads.values() if each.bench is None]


@pytest.mark.parametrize(("phrase", "expected"), PHRASES.items())
def test_that_what_the_seeds_call_work_finds_it(catalog: Catalog, phrase: str, expected: str) -> None:
    found = [each.id for each in workloads_found(catalog.workloads.values(), phrase)]
    assert expected in found, f"{phrase!r} finds {found}"


def test_that_a_word_is_found_by_its_beginning_and_not_inside_others(catalog: Catalog) -> None:
    words = search_words(catalog.workloads["detection-ct"])
    assert fits(words, "aneur")
    assert fits(words, "  Aneurysm,  CT ")
    assert not fits(words, "neurysm")
    assert not fits(words, "aneurysm xylophone")


def test_that_short_words_without_meaning_do_not_hide_anything(catalog: Catalog) -> None:
    found = {each.id for each in workloads_found(catalog.workloads.values(), "detection of an aneurysm in the CT")}
    assert found == {"detection-ct"}


def test_that_nothing_typed_finds_all_and_never_a_benchmark(catalog: Catalog) -> None:
    found = workloads_found(catalog.workloads.values(), "")
    assert [each.id for each in found] == [each.id for each in _of_labs(catalog)]
    assert not workloads_found(catalog.workloads.values(), "mlperf")


def test_that_each_workload_asks_for_exactly_five_numbers_or_words(catalog: Catalog) -> None:
    counts = {each.id: sum(entry.required for entry in each.inputs.values()) for each in _of_labs(catalog)}
    assert {name for name, count in counts.items() if count != 5} == set()


def test_that_each_input_has_a_usual_value_help_and_a_range(catalog: Catalog) -> None:
    for workload in _of_labs(catalog):
        for each in workload.inputs.values():
            assert each.help, f"{workload.id}: {each.name} has no help"
            assert each.usual is not None, f"{workload.id}: {each.name} has no usual value"
            if not each.choices:
                assert each.low is not None
                assert each.high is not None
                assert each.low <= float(str(each.usual)) <= each.high, f"{workload.id}: {each.name}"


def test_that_each_input_moves_something(catalog: Catalog) -> None:
    for workload in _of_labs(catalog):
        demands = [*workload.demands.values(), *(each for stage in workload.stages for each in stage.demands.values())]
        if workload.asked is not None:
            demands.append(workload.asked)
        used = {name for each in demands for name in (*each.scales_with, *each.factors)}
        used |= {stage.kernel.by for stage in workload.stages if stage.kernel is not None}
        assert set(workload.inputs) <= used, f"{workload.id}: {set(workload.inputs) - used} change nothing"


def test_that_each_demand_has_a_source_and_lies_within_its_range(catalog: Catalog) -> None:
    for workload in _of_labs(catalog):
        demands = [*workload.demands.values(), *(each for stage in workload.stages for each in stage.demands.values())]
        for each in demands:
            assert each.source in catalog.sources, f"{workload.id}: {each.name}"
            if each.low is not None and each.value is not None and each.high is not None:
                assert each.low <= each.value <= each.high, f"{workload.id}: {each.name}"


def test_that_work_is_a_pipeline_of_two_to_six_stages(catalog: Catalog) -> None:
    for workload in _of_labs(catalog):
        assert 2 <= len(workload.stages) <= 6, workload.id
        assert len(workload.search) >= 5, f"{workload.id} is hardly found"


@pytest.mark.parametrize("identity", NO_CARD)
def test_that_work_for_processors_asks_nothing_of_a_card(catalog: Catalog, identity: str) -> None:
    workload = catalog.workloads[identity]
    words = {name for stage in workload.stages for name in stage.demands} | set(workload.demands)
    assert not {word for word in words if word.startswith("gpu_") or word == "weight_reads_demand"}
    assert all(stage.kernel is None for stage in workload.stages)


@pytest.mark.parametrize(
    ("typed", "meant", "only_told"),
    [
        ("radiomics", "radiomics-boosting", "imaging-pipeline"),
    ],
)
def test_that_name_and_search_words_come_before_what_is_only_told(catalog, typed, meant, only_told):
    found = [each.id for each in workloads_found(catalog.workloads.values(), typed)]
    assert found.index(meant) < found.index(only_told)
