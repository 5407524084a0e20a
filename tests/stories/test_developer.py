"""Story E: a developer supports forty labs, and has a CSV of what they do."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import steelyard
from steelyard.errors import BadInputError
from steelyard.project.file import save_project

ROOT = Path(__file__).parents[2]
Act = Callable[..., Any]
HEAD = (
    "lab,workload,runs,budget,growth,life,regulated,nnunet-3d-training.cases,nnunet-3d-training.channels,"
    "volume,folds,finish_within,parameters,context,users,speed,documents"
)
SCANS = "nnunet-3d-training,,25000,20%,4,yes,300,{channels},typical,5,48,,,,,"
WORDS = "private-llm-retrieval,,30000,0.1,5,no,,,,,,{parameters},typical,typical,typical,typical"


def table_of_labs(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def forty_labs(path: Path, count: int = 40) -> Path:
    rows = [
        f"Lab {place}," + (SCANS.format(channels=1 + place % 4) if place % 2 else WORDS.format(parameters=3 + place))
        for place in range(count)
    ]
    return table_of_labs(path, *rows)


def cells(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


# --- E1: pip install --no-index --find-links wheelhouse steelyard


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The wheel that a wheelhouse holds, built without a network from this checkout."""
    folder = tmp_path_factory.mktemp("wheelhouse")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return next(folder.glob("steelyard-*.whl"))


def test_e1_that_the_core_installs_offline_and_asks_for_qt_only_as_an_extra(
    wheel: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        about = packed.read(next(name for name in names if name.endswith("METADATA"))).decode()
    wanted = [line for line in about.splitlines() if line.startswith("Requires-Dist:")]
    qt = [line for line in wanted if "pyside" in line.lower() or "shiboken" in line.lower() or "pyqtgraph" in line]
    assert qt
    assert all("extra == 'gui'" in line for line in qt)
    assert not any(name.startswith("tests/") for name in names)
    target = tmp_path / "installed"
    folder = str(wheel.parent)
    command = ["-m", "pip", "install", "--no-index", "--no-deps", "--find-links", folder, "--target", str(target)]
    done = subprocess.run(
        [sys.executable, *command, "steelyard"], env=environment, capture_output=True, cwd=tmp_path, check=False
    )
    if b"No module named pip" in done.stderr:
        with zipfile.ZipFile(wheel) as packed:  # an environment without pip: what it would do
            packed.extractall(target)
    else:
        assert done.returncode == 0, done.stderr.decode()
    program = (
        "import sys, steelyard;"
        "found = steelyard.evaluate(steelyard.open_project('workstation-a-1').project, steelyard.load_catalog());"
        "print(found.variants[0].card.status, steelyard.__file__, any('PySide6' in name for name in sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"PYTHONPATH": str(target)},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr.decode()
    status, place, has_qt = told.stdout.decode().split()
    assert (status, has_qt) == ("READY", "False")
    assert Path(place).is_relative_to(target)


# --- E2: size labs.csv


def test_e2_that_every_lab_gets_a_line_and_a_second_run_the_same_bytes(act: Act, tmp_path: Path) -> None:
    labs = forty_labs(tmp_path / "labs.csv", 6)
    first = act("size", labs, "--out", tmp_path / "one", "--format", "json,csv")
    assert first.code == 0, first.err
    assert [line.split(":")[0] for line in first.out.splitlines()] == [f"Lab {place}" for place in range(6)]
    assert first.err.splitlines()[0].startswith("[1/6] Lab 0")
    second = act("size", labs, "--out", tmp_path / "two", "--format", "json,csv")
    assert second.out == first.out
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert len(list((tmp_path / "one").glob("*.json"))) == 6


def test_e2_that_what_is_written_is_complete_and_adds_up(act: Act, tmp_path: Path) -> None:
    labs = table_of_labs(tmp_path / "labs.csv", "Scans," + SCANS.format(channels=2))
    assert act("size", labs, "--out", tmp_path / "out").code == 0
    answer = json.loads(next((tmp_path / "out").glob("*.json")).read_text(encoding="utf-8"))
    assert answer["lab"] == "Scans"
    assert answer["growth"] == 0.2
    assert len(answer["hash"]) == 64
    assert {each["layer"] for each in answer["needs"]} == {"Compute", "Storage", "Network", "Operations"}
    for need in answer["needs"]:
        assert math.fsum(line["value"] for line in need["lines"]) == need["least"]["value"]
        assert need["least"]["value"] <= need["advised"]["value"] <= need["ample"]["value"]
    assert "volume" in {each["input"] for each in answer["taken"]}
    lines = cells(tmp_path / "out" / "requirements.csv")
    assert len(lines) == 3 * len(answer["needs"])
    assert {each["unit"] for each in lines} >= {"GB", "×", "GB/s"}
    by_key = {(each["key"], each["level"]): float(each["value"]) for each in lines}
    for need in answer["needs"]:
        assert by_key[need["key"], "least"] == need["least"]["value"]


def test_e2_that_a_project_file_is_sized_as_well(act: Act, tmp_path: Path) -> None:
    done = act("size", "workstation-a-1", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert done.out.startswith("Workstation A-1: ")


# --- E3: a wrong row


def wrong(act: Act, tmp_path: Path, row: str) -> list[dict[str, str]]:
    """The errors of a table with one good lab and this row in line 3."""
    labs = table_of_labs(tmp_path / "labs.csv", "Good," + WORDS.format(parameters=8), row)
    done = act("size", labs, "--out", tmp_path / "out")
    assert done.code == 2
    assert done.out.startswith("Good: ")
    assert len(done.out.splitlines()) == 1
    assert "Traceback" not in done.err
    found = cells(tmp_path / "out" / "errors.csv")
    assert f"labs.csv:{found[0]['line']}:{found[0]['column']}: " in done.err
    return found


def test_e3_that_channels_below_zero_are_an_error_with_their_place_and_range(act: Act, tmp_path: Path) -> None:
    (error,) = wrong(act, tmp_path, "Bad," + SCANS.format(channels=-1))
    assert (error["line"], error["column"], error["field"]) == ("3", "9", "nnunet-3d-training.channels")
    assert "1\xa0–\xa09" in error["message"]


def test_e3_that_an_unknown_workload_is_an_error_with_those_that_are_known(act: Act, tmp_path: Path) -> None:
    (error,) = wrong(act, tmp_path, "Bad,nnunet-4d-training" + "," * 15)
    assert (error["line"], error["column"]) == ("3", "2")
    assert "nnunet-3d-training" in error["remedy"]


@pytest.mark.parametrize("text", ["1,5", "1.234.567", "1 000", "1'000"])
def test_e3_that_a_number_that_can_be_read_in_two_ways_is_an_error(act: Act, tmp_path: Path, text: str) -> None:
    (error,) = wrong(act, tmp_path, "Bad," + SCANS.format(channels=f'"{text}"'))
    assert "different numbers" in error["message"]
    assert "1234.5" in error["remedy"]


def test_e3_that_a_required_input_is_never_filled_in_silently(act: Act, tmp_path: Path) -> None:
    (error,) = wrong(act, tmp_path, "Bad," + WORDS.format(parameters=""))
    assert "needs" in error["message"]
    assert (error["field"], error["column"]) == ("parameters", "13")
    assert "typical" in error["remedy"]


def test_e3_that_an_unknown_column_is_named_and_rows_that_use_it_fail(act: Act, tmp_path: Path) -> None:
    labs = tmp_path / "labs.csv"
    rows = ["Good," + WORDS.format(parameters=8) + ",", "Bad," + WORDS.format(parameters=8) + ",3"]
    labs.write_text("\n".join((f"{HEAD},parametres", *rows)) + "\n", encoding="utf-8")
    done = act("size", labs, "--out", tmp_path / "out")
    assert done.code == 2
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["Good"]
    head, row = cells(tmp_path / "out" / "errors.csv")
    assert (head["line"], row["line"]) == ("1", "3")
    assert "parameters" in head["remedy"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Good," + WORDS.format(parameters=8), "stands in line 2 already"),
        ("," + WORDS.format(parameters=8), "no name"),
        ("Bad,private-llm-retrieval;private-llm-retrieval" + "," * 15, "twice"),
        ("Bad," + WORDS.format(parameters=8).replace("llm-retrieval,,", "llm-retrieval,noon,"), "no time"),
        ("Bad," + WORDS.format(parameters=8).replace(",no,", ",perhaps,"), "neither yes nor no"),
        ("Bad," + WORDS.format(parameters=8).replace(",0.1,", ",20,"), "growth"),
        ("Bad," + WORDS.format(parameters=8).replace("30000", "plenty"), "budget"),
        ("Bad," + WORDS.format(parameters=8) + ",more", "cells under"),
    ],
)
def test_e3_that_whatever_is_wrong_is_said_and_the_others_go_on(act: Act, tmp_path: Path, row: str, said: str) -> None:
    assert any(said in error["message"] for error in wrong(act, tmp_path, row))


def test_e3_that_names_of_labs_are_neither_paths_nor_formulas(act: Act, tmp_path: Path) -> None:
    names = ["../../etc/passwd", "=1+1", "CON", "con", "Größe & Co."]
    labs = table_of_labs(tmp_path / "labs.csv", *(f"{name}," + WORDS.format(parameters=8) for name in names))
    done = act("size", labs, "--out", tmp_path / "deep" / "out")
    assert done.code == 0, done.err
    found = list((tmp_path / "deep" / "out").glob("*.json"))
    assert len(found) == len(names)
    assert len({each.name.lower() for each in found}) == len(names)
    assert not any(each.stem in {"con", "aux", "nul"} for each in found)
    assert {json.loads(each.read_text(encoding="utf-8"))["lab"] for each in found} == set(names)
    assert {each["lab"] for each in cells(tmp_path / "deep" / "out" / "requirements.csv")} >= {"'=1+1"}


# --- E4: check build.json


def test_e4_that_findings_are_lines_of_json_and_a_block_ends_with_1(act: Act, tmp_path: Path) -> None:
    good = act("check", "workstation-a-1", "--variant", "Balanced")
    lines = [json.loads(line) for line in good.out.splitlines()]
    assert good.code == 0
    assert {"rule", "severity", "verdict", "margin", "text"} <= lines[0].keys()
    project = steelyard.open_project("workstation-a-1").project
    save_project(project._replace(site=project.site._replace(breaker_current=3.0)), tmp_path / "build.json")
    bad = act("check", tmp_path / "build.json")
    assert bad.code == 1, bad.err
    blocked = [json.loads(line) for line in bad.out.splitlines()]
    assert any(line["severity"] == "block" and line["verdict"] == "broken" for line in blocked)


# --- E6: Python


def test_e6_that_a_number_is_a_tree_that_sums() -> None:
    found = steelyard.evaluate(steelyard.open_project("workstation-a-1").project, steelyard.load_catalog())
    tree = found.breakdown("gpu_busy")
    assert tree.value == found.variants[0].value("gpu_busy")
    assert len(tree.parts) > 1

    def check(node: object) -> None:
        if node.parts:
            assert math.fsum(part.value for part in node.parts) == node.value
        for part in node.parts:
            check(part)

    check(tree)
    assert math.fsum(line.value for line in tree.lines()) == pytest.approx(tree.value, rel=1e-12)


def test_e6_that_size_is_there_typed_and_without_qt(environment: dict[str, str]) -> None:
    assert steelyard.size.__doc__
    assert set(steelyard.size.__annotations__) == {"project", "catalog", "return"}
    program = (
        "import sys; from steelyard import load_catalog, open_project, size;"
        "found = size(open_project('workstation-a-1').project, load_catalog());"
        "assert found.needs and (found.least or found.machines);"
        "sys.exit(any(name.startswith(('PySide6', 'reportlab', 'pandas')) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_e6_that_what_has_no_such_name_is_told_the_nearest() -> None:
    found = steelyard.evaluate(steelyard.open_project("workstation-a-1").project, steelyard.load_catalog())
    with pytest.raises(BadInputError, match="gpu_busy"):
        found.breakdown("gpu_bussy")


# --- E7: sweep


def test_e7_that_a_sweep_is_long_has_units_and_equals_evaluate(act: Act, tmp_path: Path) -> None:
    ranges = ["--vary", "room_temperature=18:35:17", "--vary", "gpu=1:4:3"]
    done = act("sweep", "workstation-a-1", "--variant", "Balanced", *ranges, "--out", tmp_path / "x.csv")
    assert done.code == 0, done.err
    lines = cells(tmp_path / "x.csv")
    assert "room_temperature (°C)" in lines[0]
    assert "gpu (×)" in lines[0]
    points = {(each["room_temperature (°C)"], each["gpu (×)"]) for each in lines}
    assert len(points) == 4
    project = steelyard.open_project("workstation-a-1").project
    variant = project.variant("Balanced")
    cards = variant.selection.part("gpu") or ""
    four = variant._replace(selection=variant.selection.with_(gpu=(cards, 4)))
    warm = project._replace(site=project.site._replace(room_temperature=35.0), variants=(four,))
    save_project(warm, tmp_path / "warm.json")
    told = act("evaluate", tmp_path / "warm.json", "--json")
    quantities = json.loads(told.out)["variants"][0]["quantities"]
    here = [each for each in lines if (each["room_temperature (°C)"], each["gpu (×)"]) == ("35.0", "4.0")]
    assert here
    for each in here:
        asked = quantities[each["quantity"]]
        by_workload = asked.get("by_workload", {}).get(each["workload"], asked)
        value = by_workload["value"]
        assert (float(each["value"]) if each["value"] else None) == value, each
        assert each["unit"] == asked["unit"]


def test_e7_that_a_setting_that_is_not_there_is_refused_with_the_nearest(act: Act, tmp_path: Path) -> None:
    done = act("sweep", "workstation-a-1", "--vary", "room_temprature=18:35", "--out", tmp_path / "x.csv")
    assert done.code == 2
    assert "room_temperature" in done.err
    assert not (tmp_path / "x.csv").exists()


# --- E8: explain RULE-ID


def test_e8_that_a_rule_is_explained_with_formula_source_example_and_tests(act: Act) -> None:
    done = act("explain", "MEM-012")
    assert done.code == 0, done.err
    said = dict(line.strip().split(": ", 1) for line in done.out.splitlines() if ": " in line)
    assert "fits the memory of a card" in said["MEM-012 block"]
    assert "gpu_memory" in said["margin"]
    assert said["source"]
    assert "Workstation A-1" in said["example"]
    assert "48 GB" in said["example"]
    named = said["tests"].partition(",")[0]
    assert (ROOT / named).is_file()
    told = json.loads(act("explain", "MEM-012", "--json").out)
    assert told["tests"] == named


# --- E11: a catalogue that is not there


def test_e11_that_a_missing_catalogue_is_one_sentence_with_the_path_and_exit_3(
    act: Act, wheel: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    catalogue = installed / "steelyard" / "_data" / "components_db"
    shutil.rmtree(catalogue)
    labs = forty_labs(tmp_path / "labs.csv", 2)
    done = act("size", labs, "--out", tmp_path / "out", PYTHONPATH=str(installed))
    assert done.code == 3
    assert str(catalogue) in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1


# --- E12: kill -9


def test_e12_that_a_killed_run_leaves_whole_files_and_resumes(
    act: Act, tmp_path: Path, environment: dict[str, str]
) -> None:
    labs = forty_labs(tmp_path / "labs.csv", 8)
    folder = tmp_path / "out"
    command = [sys.executable, "-m", "steelyard", "size", str(labs), "--out", str(folder)]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.readline()
    running.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    running.wait()
    running.stdout.close()
    done = list(folder.glob("*.json"))
    assert 2 <= len(done) < 8
    for each in done:
        json.loads(each.read_text(encoding="utf-8"))
    written = {each.name: each.stat().st_mtime_ns for each in done}
    again = act("size", labs, "--out", folder, "--resume")
    assert again.code == 0, again.err
    assert len(again.out.splitlines()) == 8
    assert {name: (folder / name).stat().st_mtime_ns for name in written} == written
    act("size", labs, "--out", tmp_path / "whole")
    left = {name: content for name, content in files_of(folder).items() if not name.endswith(".unfinished")}
    assert left == files_of(tmp_path / "whole")


def test_e12_that_what_is_damaged_or_of_other_inputs_is_made_anew(act: Act, tmp_path: Path) -> None:
    labs = table_of_labs(tmp_path / "labs.csv", "Scans," + SCANS.format(channels=2))
    assert act("size", labs, "--out", tmp_path / "out").code == 0
    (answer,) = (tmp_path / "out").glob("*.json")
    good = answer.read_bytes()
    answer.write_bytes(good[: len(good) // 2])
    assert act("size", labs, "--out", tmp_path / "out", "--resume").code == 0
    assert answer.read_bytes() == good
    table_of_labs(tmp_path / "labs.csv", "Scans," + SCANS.format(channels=4))
    assert act("size", labs, "--out", tmp_path / "out", "--resume").code == 0
    assert answer.read_bytes() != good
