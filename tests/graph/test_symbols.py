"""Running on symbols reads a formula aloud, and refuses what a formula may not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from steelyard.graph.symbols import ImpureFormulaError, Symbol, literals, read, replay
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import Hour, Second

A, B, C = Symbol("a"), Symbol("b"), Symbol("c")
NAMES = {"a": "a", "b": "b", "c": "c"}


def _in_place(one: Any) -> Any:
    one += 1
    return one


@pytest.mark.parametrize(
    "formula",
    [
        lambda: A if A > 0 else B,
        lambda: bool(A),
        lambda: [each for each in A],  # noqa: C416
        lambda: A[0],
        lambda: A == B,
        lambda: float(A),
        lambda: max(A, B),
        lambda: np.where(A, B, C),
        lambda: np.sum(A),
        lambda: np.add.reduce(A),
        lambda: np.nanmax(A),
        lambda: np.fmax(A, B),
        lambda: np.cumsum(A),
        lambda: _in_place(A),
    ],
)
def test_that_branches_loops_reductions_and_changes_are_refused(formula: Callable[[], Any]) -> None:
    with pytest.raises(ImpureFormulaError):
        formula()


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (A + B * C, "a + b × c"),
        ((A + B) * C, "(a + b) × c"),
        (A - (B - C), "a − (b − c)"),
        (A / (B * C), "a / (b × c)"),
        (-(A + B), "−(a + b)"),
        (A**2, "a ^ 2"),
        (1 - A, "1 − a"),
        (np.minimum(A, B) * C, "(least(a, b)) × c"),
        (when(A - B, A, B), "a if (a − b) ≥ 0, else b"),
        (total_over(A, B), "total of b over a"),
        (convert(A, Hour, Second), "a in s"),
    ],
)
def test_that_a_formula_reads_as_people_write_it(expression: Symbol, text: str) -> None:
    assert read(expression, NAMES) == text


def test_that_numbers_are_found_and_exponents_are_not() -> None:
    assert literals(A * 2 + B**3 - when(A, 0, 1)) == {0.0, 1.0, 2.0}


def test_that_replay_gives_the_bits_of_the_formula() -> None:
    values = {name: np.random.default_rng(7).uniform(-3, 3, 50) for name in NAMES}
    formula = (A - B) / (1 + A**2) * np.exp(C) + np.minimum(A, 2 * B)
    a, b, c = (values[name] for name in NAMES)
    direct = (a - b) / (1 + a**2) * np.exp(c) + np.minimum(a, 2 * b)
    assert replay(formula, values).tobytes() == direct.tobytes()
