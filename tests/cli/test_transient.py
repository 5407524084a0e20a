"""`steelyard transient`: a table with units, a summary beside the steady state, and a sentence for all else."""

from __future__ import annotations

import csv
import math
import re
from copy import copy
from pathlib import Path

import numpy as np
import pytest

from steelyard.catalog import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.evaluate import Engine
from steelyard.project.file import save_project
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.transient.run import sustained_run

SAMPLE = FIRST_SAMPLE


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "run.csv"


@pytest.fixture
def changed(tmp_path: Path):
    """Write the sample with other numbers of its site, or without some parts, and return the file."""

    def change(*without: str, **site: float | None) -> str:
        project = open_project(SAMPLE).project
        variants = tuple(each._replace(selection=each.selection.without(*without)) for each in project.variants)
        file = tmp_path / "changed.json"
        save_project(project._replace(site=project.site._replace(**site), variants=variants), file)
        return str(file)

    return change


def read(path: Path) -> dict[str, list[float]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def test_that_the_table_has_a_line_a_minute_and_its_unit_in_every_head(run, out) -> None:
    said = run("transient", SAMPLE, "--hours", "2", "--out", str(out))

    assert said.code == 0, said.err
    assert "121 lines" in said.out
    table = read(out)
    assert table["Time (s)"] == [60.0 * minute for minute in range(121)]
    assert all(name.rpartition(" ")[2].endswith(")") for name in table)
    assert {"GPU 1 die temperature (°C)", "Room air temperature (°C)", "Drawn from the mains (W)"} <= set(table)
    assert table["GPU 2 die temperature (°C)"][0] == 22.0
    assert not any(math.isnan(value) for values in table.values() for value in values)


def test_that_the_summary_sets_the_end_beside_the_steady_state(run, out) -> None:
    said = run("transient", SAMPLE, "--hours", "336", "--every", "3600", "--out", str(out), "--json")

    assert said.code == 0, said.err
    found = said.json
    assert found["variant"] == "Balanced"
    assert found["minutes_to_throttle"] is None
    for name in ("GPU 1 die", "CPU die", "Room air"):
        course = found["temperatures"][name]
        assert course["end"] == pytest.approx(course["steady"], abs=0.1)
        assert course["peak"] >= course["mean"]
    assert found["mains_power"]["end"] == pytest.approx(found["mains_power"]["steady"], rel=0.005)
    assert found["energy_kilowatt_hours"] == pytest.approx(found["mains_power"]["mean"] * 0.336, rel=1e-6)


def test_that_variant_workload_and_cycle_are_taken_as_named(run, out) -> None:
    words = ("transient", SAMPLE, "--hours", "4", "--out", str(out), "--json", "--variant", "Brute force")
    always = run(*words, "--workload", "training").json
    cycled = run(*words, "--workload", "training", "--cycle", "600:300").json

    assert (always["variant"], always["workload"]) == ("Brute force", "training")
    assert cycled["work_done"] == pytest.approx(2 / 3, abs=0.02)
    assert cycled["energy_kilowatt_hours"] < always["energy_kilowatt_hours"]
    cycle = ("--workload", "training", "--cycle", "600:300", "--every", "3600")  # each hour falls in the same minute
    told = run(*[word for word in words if word != "--json"], *cycle).out
    done = re.search(r"Work done in all: (\S+)", told)
    assert float(done[1]) == pytest.approx(100 * cycled["work_done"], abs=0.06)
    assert "in the steady state of work without a pause" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hours", "0"), "A run of 0 hours"),
        (("--hours", "-3"), "A run of -3 hours"),
        (("--hours", "337"), "up to 336 hours"),
        (("--hours", "nan"), "A run of nan hours"),
        (("--hours", "soon"), "is not a number"),
        (("--hours", "1", "--variant", "Balance"), 'Did you mean "Balanced"?'),
        (("--hours", "1", "--workload", "trainin"), 'Did you mean "training"?'),
        (("--hours", "1", "--interval", "0"), "A control interval of 0 s"),
        (("--hours", "1", "--every", "0"), "An output every 0 s"),
        (("--hours", "336", "--every", "0.1"), "2,000,000 lines"),
        (("--hours", "1", "--cycle", "600"), "--cycle 600:300"),
        (("--hours", "1", "--cycle", "600:-5"), "--cycle 600:300"),
    ],
)
def test_that_what_cannot_be_meant_gets_a_sentence_and_no_file(words, said, run, out) -> None:
    answer = run("transient", SAMPLE, "--out", str(out), *words)

    assert answer.code == 2
    assert said in answer.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("without", "site", "said"),
    [
        ((), {"room_ventilation": 0.0, "room_conductance": 0.0}, "Room air grows without limit. Let air move"),
        ((), {"room_ventilation": None}, '"Ventilation" is not known'),
        (("cpu",), {}, "has no CPU yet"),
    ],
)
def test_that_air_that_stands_still_and_unknowns_are_named(without, site, said, run, changed, out) -> None:
    answer = run("transient", changed(*without, **site), "--hours", "1", "--out", str(out))

    assert answer.code == 2
    assert said in answer.err
    assert not out.exists()


def test_that_a_missing_board_power_is_named_and_never_taken_for_nought() -> None:
    catalog = load_catalog()
    table = copy(catalog.tables["gpu"])
    unknown = np.full_like(table.columns["board_power"], np.nan)
    unknown[0] = table.columns["board_power"][0]  # an empty role has no card whose power could be missing
    table.columns = {**table.columns, "board_power": unknown}
    catalog.tables = {**catalog.tables, "gpu": table}
    found = Engine.of(catalog).evaluate_variant(open_project(SAMPLE).project, "Balanced")

    with pytest.raises(BadInputError, match="the GPU's board power is not known") as refused:
        sustained_run(found, 0, 1.0)
    assert "cannot be told" in str(refused.value)


def test_that_heat_that_feeds_itself_is_said_and_blocks(run, changed, out) -> None:
    file = changed(room_ventilation=0.0, room_conductance=1.0)
    said = run("transient", file, "--hours", "24", "--out", str(out))

    assert said.code == 1
    assert "runs away" in said.out
    assert "switches off" in said.out
    summary = run("transient", file, "--hours", "24", "--out", str(out), "--json").json
    assert summary["runs_away"]
    assert summary["minutes_to_shutdown"] > summary["minutes_to_throttle"]
    assert out.exists()


@pytest.mark.parametrize("role", ["case", "cooler", "psu", "gpu", "memory", "case_fan"])
def test_that_a_build_that_lacks_a_part_runs_all_the_same(role, run, changed, out) -> None:
    said = run("transient", changed(role), "--hours", "1", "--out", str(out), "--json")

    assert said.code == 0, said.err
    assert said.json["temperatures"]["CPU die"]["end"] > 22
