"""The exact solution of a thermal network while its powers are constant, at any time, without steps.

A network whose heat takes every way in both directions has modes at right angles: one symmetric eigenproblem. Air that
moves one way makes the matrix lopsided: its modes may lie almost on each other, and what is computed from them loses as
many digits as their condition says. Where that is too many, the matrix exponential itself is taken instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from steelyard.transient.network import System
    from steelyard.units import Array

__all__ = ["MOST_CONDITION", "Hold", "Modes", "grown", "modes_of"]

MOST_CONDITION: Final = 1e6
"""Condition of the modes up to which they are used: ten of sixteen digits are left, a millionth of a kelvin is safe."""

_TERMS: Final = 20  # of the series, at a norm of a half: what is left out is below the last digit
_HALF: Final = 0.5


class Hold(NamedTuple):
    """What a stretch of constant powers does: T after it is `keep` @ T before + `add` @ (heat flow over capacity)."""

    keep: Array
    add: Array


class Modes(NamedTuple):
    """How a network forgets: `rates` (1/s, at most 0) of its modes, `out` from modes to temperatures and `back`.

    matrix: of dT/dt = matrix @ T + push. usable: the modes are far enough apart; else only `matrix` is.
    """

    matrix: Array
    rates: Array
    out: Array
    back: Array
    condition: float
    usable: bool

    @property
    def said(self) -> str:
        """How it is solved, as a sentence."""
        if self.usable:
            return f"Solved by its {len(self.rates)} modes, of condition {self.condition:.3g}."
        return f"Its modes are of condition {self.condition:.3g}, so the matrix exponential is taken instead."

    @property
    def time_constants(self) -> Array:
        """The time constants in seconds, the slowest first; infinite for heat that never leaves."""
        with np.errstate(divide="ignore"):
            return np.sort(-1 / np.minimum(np.real(self.rates), 0))[::-1]

    def hold(self, seconds: float) -> Hold:
        """Return what a stretch of constant powers does."""
        if not self.usable:
            return _exponential(self.matrix, seconds)
        decayed = np.expm1(self.rates * seconds)
        keep = (self.out * (decayed + 1)) @ self.back
        add = (self.out * grown(self.rates, decayed, seconds)) @ self.back
        return Hold(np.real(keep), np.real(add))


def modes_of(system: System) -> Modes:
    """Return the modes of a network."""
    root = np.sqrt(system.capacity)
    matrix = -system.loss / system.capacity[:, None]
    even = system.loss / np.outer(root, root)
    if system.symmetric:
        values, vectors = np.linalg.eigh((even + even.T) / 2)
        return Modes(matrix, _settled(-values), vectors / root[:, None], vectors.T * root, 1.0, usable=True)
    values, vectors = np.linalg.eig(even)
    condition = float(np.linalg.cond(vectors))
    usable = condition <= MOST_CONDITION
    back = np.linalg.inv(vectors) * root if usable else np.zeros_like(vectors)
    return Modes(matrix, _settled(-values), vectors / root[:, None], back, condition, usable=usable)


def _settled(rates: Array) -> Array:
    """Rates so near to none that only rounding tells them from it are none: that heat never leaves."""
    scale = np.abs(rates).max(initial=0)
    return np.where(np.abs(rates) <= 1e-15 * scale, 0, rates)


def grown(rates: Array, decayed: Array, seconds: float | Array) -> Array:
    """Return the integral of each mode's decay: (exp(rate t) - 1) / rate, and t where the rate is none."""
    still = rates == 0
    return np.where(still, seconds, decayed / np.where(still, 1, rates))


def _exponential(matrix: Array, seconds: float) -> Hold:
    """The matrix exponential and its integral, by halving the stretch until a short series is exact, then doubling."""
    norm = float(np.linalg.norm(matrix, 1)) * seconds
    halvings = max(0, int(np.ceil(np.log2(norm / _HALF)))) if norm > 0 else 0
    short = seconds / 2.0**halvings
    step = matrix * short
    one = np.eye(len(matrix))
    term, series, integral = one, one, one
    for power in range(1, _TERMS):
        term = term @ step / power
        series = series + term
        integral = integral + term / (power + 1)
    add = integral * short
    for _ in range(halvings):
        add = add + series @ add
        series = series @ series
    return Hold(series, add)
