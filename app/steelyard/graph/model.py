"""Plan formulas by the names of their arguments and evaluate them over a batch of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.graph.evaluation import Evaluation
from steelyard.graph.order import circles, settled_order
from steelyard.graph.quantity import DeclarationError, Input, Need, Quantity, Rule
from steelyard.graph.settle import Loop, settle
from steelyard.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import ModuleType

    from steelyard.graph.explain import Origins
    from steelyard.units import Array

CHUNK = 16_384  # rows at a time: a chunk's arrays stay in the second-level cache


class Plan(NamedTuple):
    """What must be read and computed, in order, for what was asked."""

    reads: tuple[str, ...]
    steps: tuple[Quantity | Loop, ...]
    loops: dict[str, frozenset[str]]


class Model:
    """Inputs, quantities and rules that fit together; immutable once made."""

    def __init__(self, inputs: dict[str, Input], quantities: dict[str, Quantity], rules: dict[str, Rule]) -> None:
        """Use `Model.of`, which checks that everything fits."""
        self.inputs = inputs
        self.quantities = quantities
        self.rules = rules
        self._plans: dict[tuple[frozenset[str] | None, frozenset[str]], Plan] = {}

    @classmethod
    def of(cls, modules: Iterable[ModuleType], inputs: Iterable[Input]) -> Model:
        """Collect the formulas of `modules`.

        DeclarationError when names, units or axes do not fit, or a circle is left open.
        """
        known: dict[str, Input] = {}
        for entry in inputs:
            if entry.name in known:
                message = f"the input {entry.name!r} is declared twice; give one of them another name"
                raise DeclarationError(message)
            known[entry.name] = entry
        quantities: dict[str, Quantity] = {}
        rules: dict[str, Rule] = {}
        for declared in _declared(modules):
            if isinstance(declared, Rule):
                if declared.id in rules:
                    message = f"the rule {declared.id} is declared twice; every rule has its own id"
                    raise DeclarationError(message)
                rules[declared.id] = declared
            found = declared.margin if isinstance(declared, Rule) else declared
            if found.name in quantities or found.name in known:
                message = f"{found.name!r} is declared twice; one name stands for one quantity or one input"
                raise DeclarationError(message)
            quantities[found.name] = found
        model = cls(known, quantities, rules)
        for found in quantities.values():
            model._check(found)
        for residual in (entry for found in quantities.values() if found.settled for entry in [_residual(found)]):
            known[residual.name] = residual
        model.plan()
        return model

    def plan(self, want: Iterable[str] | None = None, given: Iterable[str] = ()) -> Plan:
        """Return what must be computed for the names in `want` (None: everything), with `given` quantities given."""
        key = (self._wanted(want), frozenset(self.quantities.keys() & set(given)))
        if key not in self._plans:
            self._plans[key] = self._plan(self.quantities if key[0] is None else key[0], key[1])
        return self._plans[key]

    def evaluate(
        self, values: Mapping[str, Array], want: Sequence[str] | None = None, origins: Origins | None = None
    ) -> Evaluation:
        """Compute a batch.

        values: for each input an array of shape (*axes, rows) or (*axes, 1) when all rows share it. A value for a
        computed quantity replaces its formula. want: names of quantities, None for all; with many rows ask for few.
        Raises KeyError for a name that is missing or unknown, ValueError for a shape that does not fit.
        """
        plan = self.plan(want, values.keys())
        given = {name: self._shaped(name, values) for name in plan.reads}
        rows = max((array.shape[-1] for array in given.values()), default=1)
        for name, array in given.items():
            if array.shape[-1] not in {1, rows}:
                message = f"{name} has {array.shape[-1]} rows where others have {rows}; give one row or {rows}"
                raise ValueError(message)
        kept = self._wanted(want)
        with np.errstate(all="ignore"):
            if rows <= CHUNK:
                computed, guesses = _run(plan, given, None)
            else:
                computed, guesses = _run_in_chunks(plan, given, rows, kept)
        return Evaluation(
            self, computed, rows, guesses, plan.loops, frozenset(self.quantities.keys() & values.keys()), origins
        )

    def unknown(self, name: str, otherwise: str = "") -> str:
        """Return the sentence for a name that the model does not have, with the nearest one."""
        if name in self.quantities or name in self.inputs:
            return f"{name!r} is not here: {otherwise}"
        from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

        near = get_close_matches(name, [*self.quantities, *self.inputs, *self.rules], n=1)
        return f"no quantity or input is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")

    def _wanted(self, want: Iterable[str] | None) -> frozenset[str] | None:
        """What is asked for, and with a margin over a small axis which positions are filled: it decides the worst."""
        if want is None:
            return None
        margins = {rule.margin.name: rule.margin.axes for rule in self.rules.values() if rule.margin.axes}
        names = frozenset(want)
        axes = {axis.presence for name in names & margins.keys() for axis in margins[name]}
        return names | (axes & (self.quantities.keys() | self.inputs.keys()))

    def _plan(self, want: Iterable[str], given: frozenset[str]) -> Plan:
        needed: dict[str, Quantity] = {}
        reads: dict[str, None] = {}
        pending = list(want)
        while pending:
            name = pending.pop()
            if name in needed or name in reads:
                continue
            if name in given or (name in self.inputs and not name.endswith("_residual")):
                reads[name] = None
                continue
            base = name.removesuffix("_residual")
            if name not in self.quantities and base in self.quantities:
                pending.append(base)
                continue
            if name not in self.quantities:
                raise KeyError(self.unknown(name))
            needed[name] = self.quantities[name]
            pending.extend(self._reads(self.quantities[name]))
        after = {name: [need for need in self._reads(item) if need in needed] for name, item in needed.items()}
        steps: list[Quantity | Loop] = []
        loops: dict[str, frozenset[str]] = {}
        for members in circles(after):
            if len(members) == 1 and members[0] not in after[members[0]]:
                steps.append(needed[members[0]])
                continue
            loop = self._loop([needed[name] for name in members])
            steps.append(loop)
            loops.update(loop.guessed_by)
        return Plan(tuple(reads), tuple(steps), loops)

    def _loop(self, members: list[Quantity]) -> Loop:
        names = {member.name for member in members}
        guessed = {member.name for member in members if member.settled}
        inside = {member.name: [need.name for need in member.needs if need.name in names] for member in members}
        order = settled_order(inside, guessed)
        if len(order) < len(members):
            left = names.difference(order)
            message = (
                f"these quantities need each other in a circle: {', '.join(sorted(left))}; "
                "mark the one that is guessed first with @settled"
            )
            raise DeclarationError(message)
        by_name = {member.name: member for member in members}
        in_order = tuple(by_name[name] for name in order)
        reads = dict.fromkeys(name for member in members for name in self._reads(member) if name not in names)
        return Loop(in_order, tuple(item for item in in_order if item.settled), tuple(reads))

    def _reads(self, item: Quantity) -> list[str]:
        """What must be there before: the arguments; for a settled quantity its start and the presence of its axes."""
        names = [need.name for need in item.needs]
        if item.settled and isinstance(item.settled.start, str):
            names.append(item.settled.start)
        if item.settled:
            names.extend(axis.presence for axis in item.axes)
        return names

    def _check(self, item: Quantity) -> None:
        wanted = list(item.needs)
        for need in wanted:
            made = self.quantities.get(need.name) or self.inputs.get(need.name)
            if made is None:
                message = f"{item.name} reads {need.name!r}, but {self.unknown(need.name)}"
                raise DeclarationError(message)
            if made.unit != need.unit or made.axes != need.axes:
                message = f"{item.name} reads {need.name} as {_words(need)}, but it is made as {_words(made)}"
                raise DeclarationError(message)
        for name in self._reads(item)[len(wanted) :]:
            if name not in self.quantities and name not in self.inputs:
                message = f"{item.name} is settled from {name!r}, but {self.unknown(name)}"
                raise DeclarationError(message)

    def _shaped(self, name: str, values: Mapping[str, Array]) -> Array:
        if name not in values:
            message = f"the model needs {name!r}, and no value was given for it"
            raise KeyError(message)
        array = np.asarray(values[name], dtype=np.float64)
        axes = (self.inputs.get(name) or self.quantities[name]).axes
        if array.ndim == 0:
            return array.reshape((1,) * (len(axes) + 1))
        if array.ndim != len(axes) + 1:
            shape = ", ".join([*(axis.name for axis in axes), "rows"])
            message = f"{name} has the shape {array.shape}; it must be ({shape})"
            raise ValueError(message)
        return array


def _declared(modules: Iterable[ModuleType]) -> Iterable[Quantity | Rule]:
    for module in modules:
        for value in vars(module).values():
            declared = getattr(value, "steelyard", None)
            if isinstance(declared, (Quantity, Rule)) and value.__module__ == module.__name__:
                yield declared


def _residual(item: Quantity) -> Input:
    unit = UNITS["K"] if item.unit.symbol == "°C" else item.unit
    return Input(f"{item.name}_residual", f"{item.label}: how far the last pass moved it", unit)


def _words(item: Need | Input | Quantity) -> str:
    over = "".join(f" per {axis.name.removesuffix('s')}" for axis in item.axes)
    return (item.unit.symbol or "ratio") + over


def _run(
    plan: Plan, given: Mapping[str, Array], kept: frozenset[str] | None
) -> tuple[dict[str, Array], dict[str, Array]]:
    values = dict(given)
    guesses: dict[str, Array] = {}
    for step in plan.steps:
        if isinstance(step, Loop):
            outcome = settle(step, values)
            values.update(outcome.values)
            guesses.update(outcome.guesses)
        else:
            values[step.name] = np.asarray(step.formula(*(values[need.name] for need in step.needs)))
    if kept is None:
        return values, guesses
    return {name: array for name, array in values.items() if name in kept}, {}


def _run_in_chunks(
    plan: Plan, given: Mapping[str, Array], rows: int, kept: frozenset[str] | None
) -> tuple[dict[str, Array], dict[str, Array]]:
    parts: list[tuple[dict[str, Array], dict[str, Array]]] = []
    for start in range(0, rows, CHUNK):
        chunk = slice(start, start + CHUNK)
        here = {name: array if array.shape[-1] == 1 else array[..., chunk] for name, array in given.items()}
        parts.append(_run(plan, here, kept))
    joined: list[dict[str, Array]] = []
    for side in (0, 1):
        pieces = [part[side] for part in parts]
        joined.append(
            {
                name: pieces[0][name]
                if pieces[0][name].shape[-1] == 1
                else np.concatenate([piece[name] for piece in pieces], axis=-1)
                for name in pieces[0]
            }
        )
    return {**(given if kept is None else {}), **joined[0]}, joined[1]
