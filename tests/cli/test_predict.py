"""`steelyard predict` of published benchmarks: listed, on the part that they are about, with their settings."""

from __future__ import annotations

import math
import time

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import ExitCode
from steelyard.project.benchmarks import benchmark_project, in_its_unit
from steelyard.project.evaluate import Engine

LLAMA = "bench/llama-3-8b-decode"
CARD = "gpu/nvidia/geforce-rtx-4090-founders"
PARTS = {"gpu": CARD, "cpu": "cpu/amd/threadripper-9980x", "drive": "drive/micron/9550-max-6400gb", "none": ""}
IN = {
    "throughput_peak": {"samples/s", "samples/h"},
    "epoch_time_peak": {"s", "min", "h"},
    "job_time_peak": {"s", "min", "h"},
    "gpu_temperature": {"°C"},
}
"""The units in which what a benchmark predicts may be said."""


SETTABLE = ("power_limit", "display_place", "room_temperature", "room_ventilation", "gpu_busy", "leakage_slope")
"""A number of each kind that may be set: of the build, of the site (one may be empty), given, and an assumption."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def benchmarks(engine: Engine):
    return [each for each in engine.catalog.workloads.values() if each.bench is not None]


def part_for(engine: Engine, kind: str) -> str:
    part = PARTS[kind]
    return (
        part
        if not part or part in engine.catalog.parts
        else next(each for each in engine.catalog.parts if each.startswith(f"{kind}/"))
    )


def test_that_the_list_names_quantity_unit_part_and_settings(run) -> None:
    lines = {line["id"]: line for line in run("predict", "--list", "--json").json}
    assert lines[LLAMA]["quantity"] == "throughput_peak"
    assert lines[LLAMA]["part"] == "gpu"
    settings = {each["name"]: each for each in lines[LLAMA]["settings"]}
    assert settings["quant"]["choices"] == ["q4_k_m", "f16"]
    assert settings["tokens"]["choices"] == []
    said = run("predict", "--list").out
    assert f"{LLAMA}  throughput_peak in samples/s" in said
    assert "--set quant=q4_k_m|f16" in said


def test_that_every_benchmark_predicts_with_its_defaults_and_all_its_words(engine) -> None:
    assert benchmarks(engine)
    for work in benchmarks(engine):
        part = part_for(engine, work.bench.part)
        every = [{}, *({name: word} for name, each in work.inputs.items() for word in each.choices)]
        for settings in every:
            project = benchmark_project(engine.catalog, work.id, settings, part, 1)
            selections = [project.variants[0].selection]
            _, found = engine.run(project, selections, project.workloads, (work.bench.quantity,))
            value = float(in_its_unit(work, engine.model, found.value(work.bench.quantity))[0])
            assert math.isfinite(value), (work.id, settings)
            assert value > 0, (work.id, settings)
        assert work.bench.unit in IN[work.bench.quantity], work.id


def test_that_a_benchmark_answers_in_words_and_in_json_with_its_range(run) -> None:
    said = run("predict", LLAMA, "--gpu", CARD, "--set", "quant=f16", "--json").json
    assert (said["workload"], said["gpu"], said["gpus"], said["unit"]) == (LLAMA, CARD, 1, "samples/s")
    assert said["settings"]["quant"] == "f16"
    assert 0 < said["low"] < said["value"] < said["high"]
    usual = run("predict", "--workload", LLAMA, "--gpu", CARD, "--json").json
    assert usual["value"] > said["value"], "four bits are read faster than sixteen"
    assert "With quant f16" in run("predict", LLAMA, "--gpu", CARD, "--set", "quant=f16").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([LLAMA], "is measured on a GPU, and none is named"),
        ([LLAMA, "--gpu", "cpu/amd/threadripper-9980x"], "is no GPU"),
        ([LLAMA, "--gpu", CARD, "--gpus", "0"], "one GPU or more"),
        ([LLAMA, "--gpu", CARD, "--set", "quant=q8"], "one of q4_k_m, f16"),
        ([LLAMA, "--gpu", CARD, "--set", "quants=f16"], 'Did you mean "quant"?'),
        ([LLAMA, "--gpu", CARD, "--set", "quant"], "is not a setting"),
        ([LLAMA, "--gpu", CARD, "--set", "tokens=many"], "is not a setting of"),
        (["bench/llama-3-8b-decod", "--gpu", CARD], f'Did you mean "{LLAMA}"?'),
        ([LLAMA, "--workload", "nnunet-3d-training", "--gpu", CARD], "Two workloads are named"),
        (["--gpu", CARD], "No workload is named"),
        (["nnunet-3d-training", "--gpus", "2"], "2 GPUs are asked for, and none is named"),
        ([LLAMA, "--gpu", CARD, "--gpus", "1000000"], "at most"),
    ],
)
def test_that_what_cannot_be_predicted_is_said_in_a_sentence(run, words, says) -> None:
    said = run("predict", *words)
    assert said.code == 2
    assert says in said.err


def test_that_a_model_that_does_not_fit_is_said_in_json_too(run) -> None:
    words = ("predict", "bench/llama-3-70b-decode", "--json", "--gpu")
    assert run(*words, "gpu/nvidia/geforce-gtx-1070").json["fits"] is False
    assert run(*words, "gpu/nvidia/h100-80gb-sxm5").json["fits"] is True


def test_that_a_part_that_the_benchmark_is_not_about_is_ignored_aloud(run) -> None:
    words = ("predict", LLAMA, "--gpu", CARD, "--json")
    plain, with_processor = run(*words), run(*words, "--cpu", "cpu/amd/threadripper-9980x")
    assert plain.json["value"] == with_processor.json["value"]
    assert "--cpu changes nothing" in with_processor.err


def test_that_a_machine_of_more_cards_than_a_workstation_holds_is_predicted(engine) -> None:
    project = benchmark_project(engine.catalog, LLAMA, {}, CARD, 16)
    assert project.variants[0].selection.count("gpu") == 16


def test_that_a_benchmark_is_predicted_at_once(engine) -> None:
    start = time.perf_counter()
    project = benchmark_project(engine.catalog, LLAMA, {}, CARD, 1)
    selections = [project.variants[0].selection]
    for ranges in (False, True):
        engine.run(project, selections, project.workloads, ("throughput_peak",), ranges=ranges)
    assert time.perf_counter() - start < 0.5


def test_that_quantities_of_a_measured_machine_come_with_their_ranges(run) -> None:
    """A passive card in a tower of three fans: its power is held, and what it was told is said."""
    told = ("predict", "bench/gpu-burn", "--gpu", "gpu/nvidia/rtx-pro-6000-blackwell-server", "--set")
    asked = ("room_temperature=20", "--with", "case=case/corsair/9000d-rgb-airflow", "--with",
             "case_fan=fan/arctic/p14-pwm-pst:3", "--of", "gpus_power,card_temperature")  # fmt: skip
    lines = run(*told, *asked, "--json").json
    assert [(line["quantity"], line["unit"], line["position"]) for line in lines] == [
        ("gpus_power", "W", None),
        ("card_temperature", "°C", 0),
    ]
    assert all(line["low"] <= line["value"] <= line["high"] for line in lines)
    assert lines[0]["value"] < 600
    assert "room_air is taken as 20" in run(*told, *asked).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--with", "casing=x"], 'no role "casing"'),
        (["--with", "case"], "names no part"),
        (["--of", "gpu_temprature"], "gpu_temperature"),
        (["--set", "xyz=1"], "room_temperature"),
        (["--set", "power_limit=much"], "is not a setting"),
        *((["--set", f"{name}=nan"], f'"{name}=nan" is not a setting') for name in SETTABLE),
        *((["--set", f"{name}=-inf"], f'"{name}=-inf" is not a setting') for name in SETTABLE),
        (["--set", "power_limit=0"], 'At "--set power_limit" stands 0; it must be a number from 1 to 5,000.'),
        (["--set", "room_temperature=900"], 'At "--set room_temperature" stands 900; it must be a number from -10'),
        (["--set", "display_place=1.5"], 'At "--set display_place" stands 1.5; it must be a whole number.'),
    ],
)
def test_that_a_word_about_a_measured_machine_that_cannot_be_meant_is_named(run, words, said) -> None:
    done = run("predict", "bench/gpu-burn", "--gpu", CARD, *words)
    assert done.code == ExitCode.BAD_INPUT
    assert said in done.err


@pytest.mark.parametrize("setting", ["cases=nan", "cases=inf", "altitude=nan", "altitude=9999"])
def test_that_what_is_no_number_is_refused_of_work_too(run, setting) -> None:
    done = run("predict", "nnunet-3d-training", "--gpu", CARD, "--set", setting)
    assert done.code == ExitCode.BAD_INPUT
    assert setting.partition("=")[0] in done.err
    assert "variants" not in done.err


def test_that_a_power_limit_that_the_card_refuses_is_said(run) -> None:
    asked = ("predict", "bench/gpu-burn", "--gpu", "gpu/nvidia/rtx-6000-ada", "--of", "card_power")
    refused = run(*asked, "--set", "power_limit=20")  # its driver takes 100 to 300 W
    assert refused.code == ExitCode.DONE
    assert "PWR-019: The cards refuse this power limit" in refused.err
    assert "between 100" in refused.err
    assert refused.out.startswith("Card power, sustained, card 1: 300 W"), "it stays at its own"
    assert "PWR-019" not in run(*asked, "--set", "power_limit=200").err
    assert "PWR-019" not in run(*asked).err


def test_that_cards_count_from_one_in_words(run) -> None:
    asked = ("predict", "bench/gpu-burn", "--gpu", CARD, "--gpus", "2", "--of", "card_power,gpus_power")
    said = [line.partition(":")[0] for line in run(*asked).out.splitlines()]
    assert said == ["Card power, sustained, card 1", "Card power, sustained, card 2", "GPUs, sustained"]


def test_that_a_quantity_that_is_not_known_says_why(run) -> None:
    said = run("predict", "bench/gpu-burn", "--gpu", CARD, "--of", "energy_cost,gpus_power")
    assert ": ?" in said.out.splitlines()[0]
    assert "energy_cost is not known: " in said.err
    assert "Price of energy" in said.err
    assert "gpus_power is not known" not in said.err
