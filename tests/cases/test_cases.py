"""Golden cases: published figures and closed forms that the model must give. README.md says how to add one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from steelyard.catalog import Catalog
from steelyard.graph.model import Model
from steelyard.units import UNITS, Array, Unit

KEYS = {"id", "title", "source", "note", "given", "assumed", "expected"}
EXPECTED_KEYS = {"value", "unit", "absolute", "relative", "position"}
DIGITS = 1e-9


def test_that_the_model_gives_what_is_published(
    case_file: Path, model: Model, catalog: Catalog, numbers: Callable[[Mapping[str, object]], dict[str, Array]]
) -> None:
    case = tomllib.loads(case_file.read_text())
    assert case["id"] == case_file.stem
    assert set(case) <= KEYS
    assert case["source"] in catalog.sources, f"add {case['source']} to components_db/sources.toml"
    given = numbers({**case.get("given", {}), **case.get("assumed", {})})
    evaluation = model.evaluate({**_assumptions(catalog), **given}, want=list(case["expected"]))
    for name, expected in case["expected"].items():
        assert set(expected) <= EXPECTED_KEYS
        unit = model.quantities[name].unit
        factor = _factor(UNITS[expected["unit"]], unit) if "unit" in expected else 1.0
        value = evaluation.at(name, 0, expected.get("position"))
        assert value * factor == _about(expected), f"{name} is {value * factor:g}, not {expected['value']:g}"


def _about(expected: Mapping[str, Any]) -> object:
    if "absolute" in expected:
        return pytest.approx(expected["value"], abs=expected["absolute"], rel=0, nan_ok=True)
    return pytest.approx(expected["value"], rel=expected.get("relative", DIGITS), nan_ok=True)


def _factor(wanted: Unit, made: Unit) -> float:
    assert wanted == made or "degC" not in {wanted.pint, made.pint}, "state temperatures in the quantity's own unit"
    return made.factor / wanted.factor


def _assumptions(catalog: Catalog) -> dict[str, Array]:
    """The constants that are the same for every part; those that differ by category a case has to give."""
    import numpy as np

    return {name: np.array([entry.value]) for name, entry in catalog.assumptions.items() if not entry.by}
