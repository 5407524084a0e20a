"""What the seed on private models and patient data asks of sizing, acted out."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.catalog.workload_search import workloads_found
from steelyard.project.content import WorkloadUse
from stories.weighing import RTX_6000, engine, lab, verdict, weigh, work

Act = Callable[..., Any]

PHRASES = (
    "image analysis", "clinical decision support", "private LLM inference", "fine-tuning", "de-identification",
    "RAG", "life science", "segmentation", "anomaly detection", "pathology", "radiology workflow", "multimodal",
    "summarisation", "documentation assistant", "policy search", "knowledge assistant",
)  # fmt: skip
FOR_A_GPU = sorted(
    name
    for name, each in engine().catalog.workloads.items()
    if not each.bench and any(stage.kernel for stage in each.stages)
)


@pytest.mark.parametrize("phrase", PHRASES)
def test_s3_01_that_every_phrase_finds_work(phrase: str) -> None:
    assert [each for each in workloads_found(engine().catalog.workloads.values(), phrase) if not each.bench]


@pytest.mark.parametrize("workload", FOR_A_GPU)
def test_s3_12_that_five_inputs_are_required_and_a_missing_one_is_incomplete(workload: str) -> None:
    inputs = engine().catalog.workloads[workload].inputs
    required = [name for name, each in inputs.items() if each.required]
    assert len(required) == 5
    assert weigh(lab(work(workload))).card.status != "INCOMPLETE"
    for name in required:
        assert weigh(lab(work(workload).with_input(name, None))).card.status == "INCOMPLETE", name


def test_s3_12_that_a_missing_input_makes_the_build_incomplete() -> None:
    use = work("private-llm-inference")
    found = weigh(lab(use.with_input("context", None)))
    assert found.card.status == "INCOMPLETE"
    assert math.isnan(found.value("gpu_memory_needed"))
    assert steelyard.size(lab(use.with_input("service", None)), engine().catalog).unknown
    told = [each for each in found.findings if each.verdict == "unknown" and each.rule.severity == "block"]
    assert any("Context" in each.text for each in told)


def test_s3_12_that_a_table_with_an_empty_cell_is_an_error_and_nothing_is_taken_for_it(
    act: Act, tmp_path: Path
) -> None:
    table = tmp_path / "labs.csv"
    table.write_text(
        "lab,workload,parameters,context,precision,users,service\n"
        "Whole,private-llm-inference,8,16384,f16,4,interactive\n"
        "Empty,private-llm-inference,8,,f16,4,interactive\n",
        encoding="utf-8",
    )
    done = act("size", table, "--out", tmp_path / "out")
    assert done.code == 2
    assert done.out.startswith("Whole: ")
    (error,) = csv.DictReader(io.StringIO((tmp_path / "out" / "errors.csv").read_text(encoding="utf-8-sig")))
    assert (error["line"], error["field"]) == ("3", "context")
    (answer,) = (tmp_path / "out").glob("*.json")
    assert json.loads(answer.read_text(encoding="utf-8"))["lab"] == "Whole"


def test_s3_13_that_the_cache_is_linear_in_context_and_in_users() -> None:
    inputs = engine().catalog.workloads["private-llm-inference"].inputs
    assert {"parameters", "context", "precision", "users", "service"} == {k for k, v in inputs.items() if v.required}
    assert {"interactive", "batch"} == set(inputs["service"].choices)
    assert "cache" in inputs
    assert "documents" in engine().catalog.workloads["private-llm-retrieval"].inputs
    small, large, many = (
        weigh(lab(work("private-llm-inference", context=context, users=users))).value("kv_memory")
        for context, users in ((8192, 4), (16384, 4), (8192, 8))
    )
    assert large == pytest.approx(2 * small)
    assert many == pytest.approx(2 * small)


@pytest.mark.parametrize(("precision", "share"), [("f16", 1.0), ("int8", 0.5)])
def test_s3_13_g2_that_weights_follow_precision(precision: str, share: float) -> None:
    found = weigh(lab(work("private-llm-inference", parameters=100, precision=precision)), gpu=(RTX_6000, 1))
    assert found.value("weights_memory") == pytest.approx(200 * share, rel=0.07)


def test_s3_15_that_an_index_is_documents_times_passages_times_numbers() -> None:
    one = weigh(lab(work("private-llm-retrieval", documents=100_000, passages=20, dimension=1024, vector_bytes=4)))
    raw = 100_000 * 20 * 1024 * 4 / 1e9
    overhead = one.value("vector_index_size") / raw
    assert 1 <= overhead <= 2
    for said in ({"documents": 200_000}, {"passages": 40}, {"dimension": 2048}):
        settings = {"documents": 100_000, "passages": 20, "dimension": 1024, "vector_bytes": 4} | said
        other = weigh(lab(work("private-llm-retrieval", **settings)))
        assert other.value("vector_index_size") == pytest.approx(2 * one.value("vector_index_size"), rel=0.02), said


def test_s3_47_that_a_single_workload_gets_a_note_and_two_do_not() -> None:
    one = weigh(lab(work("nnunet-3d-training")))
    two = weigh(lab(work("nnunet-3d-training"), work("private-llm-inference")))
    assert verdict(one, "BAL-009") == "broken"
    assert verdict(two, "BAL-009") == "holds"
    (note,) = (each for each in one.findings if each.rule.id == "BAL-009")
    assert note.rule.severity == "note"
    assert weigh(lab(WorkloadUse("off", "simulation", enabled=False))).card.status
