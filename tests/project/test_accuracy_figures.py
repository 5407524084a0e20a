"""Figures on accuracy are read whole or refused in a sentence, and a prediction knows the family that it rests on."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError
from steelyard.project import accuracy as figures
from steelyard.project.accuracy import FAMILY_OF_SOURCE, TITLES, families_of, load_accuracy
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

example = runpy.run_path(str(Path(__file__).with_name("accuracy_example.py")))["example"]


@pytest.fixture(scope="module")
def variant() -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    return Engine.of(load_catalog()).evaluate_variant(project, project.variants[0].name)


def written(tmp_path, found) -> Path:
    path = tmp_path / "accuracy.json"
    path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
    return path


def test_that_what_was_written_is_read(tmp_path) -> None:
    found = load_accuracy(written(tmp_path, example()))

    assert [family.name for family in found.families] == ["timm", "llama-cpp"]
    assert found.families[0].cases[0].error == pytest.approx(0.1)
    assert found.family("llama-cpp").worst[0].settings["quant"] == "f16"
    assert found.family("no such") is None


def test_that_missing_figures_are_one_sentence_with_the_way_out(tmp_path) -> None:
    with pytest.raises(BadInputError, match="missing") as told:
        load_accuracy(tmp_path / "accuracy.json")
    assert "make accuracy" in told.value.remedy


@pytest.mark.parametrize("text", ["", "[1, 2", "[]", "[" * 100_000, '{"families": []}'])
def test_that_what_holds_no_figures_is_refused(tmp_path, text) -> None:
    with pytest.raises(BadInputError, match=r"accuracy\.json"):
        load_accuracy(written(tmp_path, text))


@pytest.mark.parametrize(("name", "value"), [("measured", 0), ("measured", "1"), ("predicted", -5), ("on", 3)])
def test_that_a_case_that_cannot_be_is_refused_with_its_place(tmp_path, name, value) -> None:
    bad = example()
    bad["families"][0]["cases"][1][name] = value
    with pytest.raises(BadInputError, match=rf"cases\[1\]\.{name}"):
        load_accuracy(written(tmp_path, bad))


def test_that_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(figures, "MOST_BYTES", 100)
    with pytest.raises(BadInputError, match="larger"):
        load_accuracy(written(tmp_path, example()))


def test_that_throughput_on_a_card_is_a_prediction_and_names_its_family(variant) -> None:
    assert families_of(variant.explain("throughput", 0)) == ("timm",)


@pytest.mark.parametrize("name", ["build_price", "gpu_memory_needed", "site_limit", "cpu_cores"])
def test_that_what_nothing_was_fitted_for_is_no_prediction(variant, name) -> None:
    if name in variant.evaluation.values:
        assert families_of(variant.explain(name, 0)) is None


def test_that_a_stage_that_runs_no_layers_is_no_prediction_of_a_kernel(variant) -> None:
    assert families_of(variant.explain("stage_capacity", 0, 0)) is None


def test_that_every_source_that_stands_for_a_family_is_in_the_bibliography_and_has_a_title() -> None:
    known = load_catalog().sources

    assert set(FAMILY_OF_SOURCE) <= set(known)
    assert set(FAMILY_OF_SOURCE.values()) <= set(TITLES)
