"""A thermal network by name: heat capacities, conductances, air that carries heat one way, fixed temperatures, powers.

Nodes without capacity follow the others at once and are eliminated exactly, so that what is left is a linear system of
the nodes with capacity: see `steelyard.transient.modes` for its solution.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from steelyard.errors import BadInputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from steelyard.units import Array

__all__ = ["Flags", "Network", "System"]

Flags = np.ndarray[Any, np.dtype[np.bool_]]


class System(NamedTuple):
    """The network as matrices: capacity * dT/dt = gain @ powers + drift - loss @ T for the nodes with capacity.

    names: of the nodes with capacity. others: of those without, whose temperature is follow @ T + lift @ powers +
    offset. Powers are in the order names, others: power into a node without capacity reaches the rest at once.
    fixed: names and temperatures of the surroundings, with `leak`, the conductance from every node to each of them.
    """

    names: tuple[str, ...]
    others: tuple[str, ...]
    capacity: Array
    loss: Array
    gain: Array
    drift: Array
    follow: Array
    lift: Array
    offset: Array
    fixed: Mapping[str, float]
    leak: Array

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes whose temperature is computed, in the order of powers and of results."""
        return self.names + self.others

    @property
    def symmetric(self) -> bool:
        """Heat takes every way in both directions, so that the modes are at right angles."""
        return bool(np.allclose(self.loss, self.loss.T, rtol=1e-12, atol=1e-12 * np.abs(self.loss).max(initial=0)))

    def powers(self, powers: Mapping[str, float]) -> Array:
        """Return powers by name as an array. Raises BadInputError for a name that is not there."""
        array = np.zeros(len(self.nodes))
        for name, power in powers.items():
            array[self.at(name)] = power
        return array

    def at(self, name: str) -> int:
        """Return the place of a node. Raises BadInputError for a name that is not there."""
        if name not in self.nodes:
            raise BadInputError(f'The network has no node "{name[:60]}".', did_you_mean(name, self.nodes).strip())
        return self.nodes.index(name)

    def whole(self, states: Array, powers: Array) -> Array:
        """Return the temperatures of all nodes, shape (..., nodes), from those with capacity and the powers."""
        others = states @ self.follow.T + powers @ self.lift.T + self.offset
        return np.concatenate([states, others], axis=-1)

    def steady(self, powers: Array) -> Array:
        """Return the temperatures of all nodes that constant powers end at.

        Raises BadInputError where there is no end: some node has no way to a fixed temperature.
        """
        stuck = self.stuck()
        if stuck:
            raise BadInputError(
                f"The temperature of {_listed(stuck)} grows without end: no way leads its heat out.",
                "Give the network a fixed temperature, and a conductance or moving air that leads to it.",
            )
        states = np.linalg.solve(self.loss, self.gain @ powers + self.drift)
        return self.whole(np.asarray(states, dtype=float), powers)

    def stuck(self) -> tuple[str, ...]:
        """Return the nodes with capacity from which no heat ever gets to a fixed temperature."""
        reached = self._leaves()
        while True:
            more = reached | ((np.abs(self.loss) > 0) & reached).any(axis=1)
            if (more == reached).all():
                return tuple(name for name, out in zip(self.names, reached, strict=True) if not out)
            reached = more

    def _leaves(self) -> Flags:
        """Rows of the loss that do not add up to nothing: those nodes lose heat to what is outside the network."""
        scale = np.abs(self.loss).sum(axis=1)
        leaves: Flags = np.abs(self.loss.sum(axis=1)) > 1e-12 * np.where(scale > 0, scale, 1)
        return leaves


class Network:
    """A network that is put together node by node; `system` is what is solved."""

    def __init__(self) -> None:
        """Start without a node."""
        self._capacity: dict[str, float] = {}
        self._fixed: dict[str, float] = {}
        self._links: list[tuple[str, str, float]] = []  # heat that a node gets for each kelvin of another

    def node(self, name: str, capacity: float = 0.0) -> None:
        """Add a node of a heat capacity in J/K; without one its temperature follows the others at once."""
        self._new(name)
        self._capacity[name] = _counted(capacity, f'The heat capacity of "{name}"', "J/K")

    def fixed(self, name: str, temperature: float) -> None:
        """Add surroundings that keep their temperature, in °C."""
        self._new(name)
        if not math.isfinite(temperature):
            raise BadInputError(f'The temperature of "{name}" is not known.', "Give it in °C.")
        self._fixed[name] = temperature

    def conduct(self, one: str, other: str, conductance: float) -> None:
        """Lead heat between two nodes in both directions, W/K."""
        amount = _counted(conductance, f'The conductance from "{one}" to "{other}"', "W/K")
        self._link(one, other, amount)
        self._link(other, one, amount)

    def resist(self, one: str, other: str, resistance: float) -> None:
        """Lead heat between two nodes through a resistance, K/W."""
        if not resistance > 0 or math.isinf(resistance):
            found = "not known" if math.isnan(resistance) else f"{resistance:g} K/W"
            raise BadInputError(
                f'The resistance from "{one}" to "{other}" is {found}.',
                "It must be a number above 0 K/W: heat flows from warm to cold.",
            )
        self.conduct(one, other, 1 / resistance)

    def blow(self, source: str, target: str, conductance: float) -> None:
        """Let air come from one node into another: what it carries for each kelvin, flow times heat, W/K.

        Heat goes one way. The air that comes in must also leave: add a link for every way that it takes.
        """
        self._link(target, source, _counted(conductance, f'The air from "{source}" to "{target}"', "W/K"))

    def mix(self, name: str, shares: Mapping[str, float]) -> None:
        """Add air that is mixed from that of other nodes, whose shares add up to one; it takes no heat from them."""
        if not math.isclose(sum(shares.values()), 1, abs_tol=1e-9):
            raise BadInputError(f'The shares of air in "{name}" add up to {sum(shares.values()):g}.', "Let them be 1.")
        self.node(name)
        for source, share in shares.items():
            self._link(name, source, share)

    def give(self, source: str, around: str, conductance: float, into: Mapping[str, float]) -> None:
        """Let a node give its heat to air of the temperature of `around`, W/K; shares of it end up in other nodes."""
        amount = _counted(conductance, f'The conductance from "{source}" to the air', "W/K")
        self._link(source, around, amount)
        for target, share in into.items():
            if not math.isfinite(share):
                raise BadInputError(f'The share of heat from "{source}" to "{target}" is not known.')
            self._flow(target, source, around, amount * share)

    def system(self) -> System:
        """Return the network as matrices, without the nodes that have no capacity."""
        names = tuple(name for name, amount in self._capacity.items() if amount > 0)
        others = tuple(name for name, amount in self._capacity.items() if amount == 0)
        if not names:
            raise BadInputError("The network has no node with a heat capacity.", "Give one of them a capacity in J/K.")
        order = {name: at for at, name in enumerate((*names, *others, *self._fixed))}
        count, inside = len(names), len(names) + len(others)
        full = np.zeros((inside, len(order)))
        for target, source, amount in self._links:
            if target not in self._fixed:
                full[order[target], order[source]] += amount
        coupling, leak = full[:, :inside], full[:, inside:]
        matrix = np.diag(self._lost(order, inside)) - coupling
        surroundings = leak @ np.array([*self._fixed.values()]) if self._fixed else np.zeros(inside)
        keep, drop = slice(0, count), slice(count, inside)
        hidden = matrix[drop, drop]
        _check_followers(hidden, others)
        inverse = np.linalg.inv(hidden) if others else np.zeros((0, 0))
        back = matrix[keep, drop] @ inverse
        return System(
            names,
            others,
            np.array([self._capacity[name] for name in names]),
            matrix[keep, keep] - back @ matrix[drop, keep],
            np.hstack([np.eye(count), -back]),
            surroundings[keep] - back @ surroundings[drop],
            -inverse @ matrix[drop, keep],
            np.hstack([np.zeros((len(others), count)), inverse]),
            inverse @ surroundings[drop],
            dict(self._fixed),
            leak,
        )

    def _lost(self, order: Mapping[str, int], inside: int) -> Array:
        """What each node loses for each kelvin of its own: the sum of its links, but for what is given as a flow."""
        lost = np.zeros(inside)
        for target, source, amount in self._links:
            if target not in self._fixed and target != source:
                lost[order[target]] += amount
        return lost

    def _link(self, target: str, source: str, amount: float) -> None:
        if target == source:
            raise BadInputError(f'A link leads from "{target}" to itself.', "Name two nodes.")
        self._links.append((self._known(target), self._known(source), amount))

    def _flow(self, target: str, source: str, around: str, amount: float) -> None:
        """Heat into a target in step with how much warmer the source is than the air around it."""
        for name, part in ((source, amount), (around, -amount)):
            if self._known(name) != target:
                self._links.append((self._known(target), name, part))

    def _known(self, name: str) -> str:
        known = (*self._capacity, *self._fixed)
        if name not in known:
            raise BadInputError(f'The network has no node "{name[:60]}".', did_you_mean(name, known).strip())
        return name

    def _new(self, name: str) -> None:
        if name in self._capacity or name in self._fixed:
            raise BadInputError(f'The network has two nodes "{name[:60]}".', "Give one of them another name.")


def _counted(amount: float, what: str, unit: str) -> float:
    """Return an amount that can be meant. Raises BadInputError for a negative, endless or unknown one."""
    if math.isnan(amount):
        raise BadInputError(f"{what} is not known.", f"Give it in {unit}.")
    if amount < 0 or math.isinf(amount):
        raise BadInputError(f"{what} is {amount:g} {unit}.", f"It must be 0 {unit} or more, and have an end.")
    return amount


def _check_followers(hidden: Array, others: Sequence[str]) -> None:
    """Raise BadInputError for nodes without capacity that hang on nothing: no temperature could be named."""
    loose = [name for name, row in zip(others, hidden, strict=True) if not row.any()]
    if loose or (others and np.linalg.matrix_rank(hidden) < len(others)):
        raise BadInputError(
            f"{_listed(loose or others)} has neither a heat capacity nor a link, so its temperature is not defined.",
            "Give it a capacity in J/K, or a conductance to another node.",
        )


def _listed(names: Iterable[str]) -> str:
    *others, last = (f'"{name}"' for name in names)
    return f"{', '.join(others)} and {last}" if others else last
