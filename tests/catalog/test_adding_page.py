"""What the page on adding tells people to write loads, predicts, holds and draws as it stands."""

from __future__ import annotations

import ast
import re
import runpy
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.catalog.workload_search import workloads_found
from steelyard.places import components_db, resources
from steelyard.project.benchmarks import benchmark_project
from steelyard.project.evaluate import Engine
from steelyard.workstation.rules import memory

PAGE = (resources() / "docs" / "adding.md").read_text(encoding="utf-8")
TOML = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
WORKLOAD, BENCHMARK, KERNEL, NUMBERS = TOML
RULE, PLOT, READINGS, _ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
FILES = {
    "workloads/sleep-staging.toml": WORKLOAD,
    "workloads/bench/sleep-net.toml": BENCHMARK,
    "assumptions/kernels_signals.toml": KERNEL,
}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("adding") / "components_db"
    shutil.copytree(components_db(), root)
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return load_catalog(root, cache=None)


def test_that_workload_benchmark_and_kernel_load_without_a_complaint(catalog: Catalog) -> None:
    assert [each for each in catalog.complaints if each.file in FILES] == []
    assert [each.id for each in workloads_found(catalog.workloads.values(), "polysomnography")] == ["sleep-staging"]
    assert sum(each.required for each in catalog.workloads["sleep-staging"].inputs.values()) == 5


def test_that_twice_the_work_takes_twice_the_time(catalog: Catalog) -> None:
    engine, name = Engine.of(catalog), "bench/sleep-net"
    rates = [
        engine.evaluate(benchmark_project(catalog, name, {"precision": word}, "gpu/nvidia/rtx-6000-ada", 1))
        .variants[0]
        .value("throughput_peak")
        for word in ("amp", "fp32")
    ]
    assert rates[0] == pytest.approx(2 * rates[1], rel=0.01)


def test_that_the_rule_holds_and_breaks_at_the_numbers_given() -> None:
    known: dict[str, Any] = dict(vars(memory))
    exec(compile(RULE, "adding.md", "exec"), known)  # noqa: S102 - the page's own text
    margin, numbers = known["host_against_card_margin"], tomllib.loads(NUMBERS)
    assert margin(**numbers["holds"]["given"]) == numbers["holds"]["margin"]
    assert margin(**numbers["breaks"]["given"]) < 0


def test_that_the_plot_draws_what_it_reads_and_says_when_it_cannot() -> None:
    tests = Path(__file__).parents[1]
    example: dict[str, Any] = runpy.run_path(str(tests / "sheets" / "example.py"))
    example["NUMBERS"].update(ast.literal_eval(f"{{{READINGS}}}"))
    plot: dict[str, Any] = {"__name__": "core_use"}
    exec(compile(PLOT, "adding.md", "exec"), plot)  # noqa: S102 - the page's own text
    figure = plot["PLOT"].curves(example["hand_made"]())
    assert figure.sentence == "The work takes 41.0 of 64 cores."
    assert [bar.end for bar in figure.bars] == [41.0, 64.0]
    assert plot["PLOT"].curves(example["hand_made"](cores_taken=(float("nan"),))).missing
