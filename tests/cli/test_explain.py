"""Why a number is what it is: down to the data, and of the workload and the place that decide."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("what", ["wall_power", "PWR-001", "pwr-001"])
def test_that_a_number_and_a_rule_are_explained_down_to_the_data(run: Run, what: str) -> None:
    said = run("explain", "workstation-a-1", what)
    assert said.code == 0
    assert " = " in said.out
    tree = run("explain", "workstation-a-1", what, "--json").json["explanation"]
    assert tree["because"]
    assert math.isfinite(tree["value"])


def test_that_a_rule_is_explained_without_a_project(run: Run) -> None:
    said = run("explain", "fit-005")
    assert said.code == 0
    assert "case_gpu_length − longest_card" in said.out
    told = run("explain", "FIT-005", "--json").json
    assert told["severity"] == "block"
    assert told["source"]


def test_that_an_explained_value_is_the_value_shown(run: Run, evaluated: dict[str, Any]) -> None:
    shown = evaluated["variants"][0]["quantities"]["wall_power"]
    for workload in ("imaging", "training"):
        why = run("explain", "workstation-a-1", "wall_power", "--workload", workload, "--json").json["explanation"]
        assert why["value"] == shown["by_workload"][workload]["value"]


@pytest.mark.parametrize("what", ["wall_power", "noise_level", "gpu_memory_needed", "card_temperature"])
def test_that_without_a_workload_the_one_is_explained_that_decides(
    run: Run, evaluated: dict[str, Any], what: str
) -> None:
    shown = evaluated["variants"][0]["quantities"][what]
    workload, greatest = max(shown["by_workload"].items(), key=lambda each: each[1]["value"])
    told = run("explain", "workstation-a-1", what, "--json").json
    assert told["workload"] == workload
    assert told["explanation"]["value"] == greatest["value"]
    first = run("explain", "workstation-a-1", what, "--depth", "0").out.splitlines()[0]
    assert first.startswith(f"Workstation A-1, Balanced, workload {workload} (")


def test_that_the_rate_that_is_explained_is_the_one_of_the_tightest_workload(
    run: Run, evaluated: dict[str, Any]
) -> None:
    quantities = evaluated["variants"][0]["quantities"]
    found = Engine.of(load_catalog()).evaluate(open_project("workstation-a-1").project).variants[0]
    carried = [found.value("throughput", row) / found.value("asked_rate", row) for row in found.rows]
    tightest = found.uses[carried.index(min(carried))].id
    assert run("explain", "workstation-a-1", "throughput", "--json").json["workload"] == tightest
    stage = run("explain", "workstation-a-1", "stage_capacity", "--json").json["explanation"]
    capacities = [
        run("explain", "workstation-a-1", "stage_capacity", "--json", "--place", str(at + 1)).json["explanation"]
        for at in range(len(quantities["stage_capacity"]["positions"]))
    ]
    assert stage == min(capacities, key=lambda each: each["value"])


def test_that_a_place_can_be_chosen_and_is_named(run: Run) -> None:
    words = ("explain", "workstation-a-1", "card_temperature", "--depth", "0", "--place")
    first, second = (run(*words, place).out for place in "12")
    assert first.splitlines()[0].endswith(", card 1")
    assert first != second


def test_that_a_finding_is_explained_under_the_workload_that_it_rests_on(run: Run, evaluated: dict[str, Any]) -> None:
    finding = next(each for each in evaluated["variants"][0]["findings"] if each["rule"] == "PWR-001")
    told = run("explain", "workstation-a-1", "PWR-001", "--json").json
    by_margin = run("explain", "workstation-a-1", told["explanation"]["name"], "--json").json
    assert told["explanation"]["value"] == by_margin["explanation"]["value"] == finding["margin"]
    assert told["workload"] == by_margin["workload"]


def test_that_an_explanation_can_be_cut_short(run: Run) -> None:
    short = run("explain", "workstation-a-1", "wall_power", "--depth", "0")
    assert len(short.out.splitlines()) < 6
