"""Each rule has a case in which it holds and one in which it is broken. README.md says how to write them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from steelyard.graph.evaluation import verdict_of
from steelyard.graph.model import Model
from steelyard.graph.quantity import Rule
from steelyard.units import Array, Axis

FOLDER = Path(__file__).parent / "rules"
Reader = Callable[[Mapping[str, object]], dict[str, Array]]


def test_that_it_holds_and_breaks_where_it_should(rule: Rule, model: Model, numbers: Reader) -> None:
    file = FOLDER / f"{rule.id}.toml"
    assert file.exists(), f"write tests/cases/rules/{rule.id}.toml, see tests/cases/README.md"
    cases = tomllib.loads(file.read_text())
    assert set(cases) == {"holds", "breaks"}
    _check(rule, model, numbers, cases["holds"], "holds")
    _check(rule, model, numbers, cases["breaks"], "broken")


def test_that_no_case_is_left_without_its_rule(model: Model) -> None:
    left = {file.stem for file in FOLDER.glob("*.toml")} - set(model.rules)
    assert not left


def _check(rule: Rule, model: Model, numbers: Reader, case: Mapping[str, Any], verdict: str) -> None:
    given = numbers(case["given"])
    wanted = {need.name for need in rule.margin.needs}
    assert set(given) == wanted, f"give exactly {', '.join(sorted(wanted))}"
    filled = {axis.presence: np.ones((_positions(rule, given, axis), 1)) for axis in rule.margin.axes}
    presence = numbers(case.get("presence", {}))
    evaluation = model.evaluate({**filled, **given, **presence}, want=[rule.margin.name])
    margin = float(evaluation.margin(rule.id)[0])
    assert verdict_of(margin) == verdict, f"the margin is {margin:g}"
    if "margin" in case:
        assert margin == pytest.approx(case["margin"])


def _positions(rule: Rule, given: Mapping[str, Array], axis: Axis) -> int:
    return max(len(given[need.name]) for need in rule.margin.needs if axis in need.axes)
