"""The controls by themselves, on one card with closed answers: limit, floor, leakage, fans, growing intervals."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.transient.build import CONTENTS, Build
from steelyard.transient.control import Controlled
from steelyard.transient.coolers import Coolers
from steelyard.transient.load import Demand, Phase, Supply
from steelyard.transient.network import Network
from steelyard.transient.reading import Row
from steelyard.transient.trace import Trace, traced

COLDEST, A_KELVIN, POINTS = -40.0, 4, 1201
TEMPERATURES = COLDEST + np.arange(POINTS) / A_KELVIN
NEVER = 1e6


def one_card(inlet: float, resistance: float, *, limit: float, target: float = NEVER, gain: float = 1.0) -> Controlled:
    """A card of die and fins in air of a fixed temperature, and a processor that draws nothing."""
    network = Network()
    network.fixed("Surroundings", inlet)
    network.node("Room air", 1e4)
    network.node(CONTENTS, 1e4)
    network.conduct("Room air", CONTENTS, 10)
    network.conduct("Room air", "Surroundings", 100)
    for name, conductance in (("GPU", 1 / (0.8 * resistance)), ("CPU", 10.0)):
        network.mix(f"{name} inlet", {"Surroundings": 1.0})
        network.node(f"{name} die", 60)
        network.node(f"{name} fins", 900)
        network.resist(f"{name} die", f"{name} fins", 0.2 * resistance)
        network.give(f"{name} fins", f"{name} inlet", conductance, {"Room air": 1.0})
    system = network.system()

    def places(what: str) -> np.ndarray:
        return np.array([system.at(f"{name} {what}") for name in ("GPU", "CPU")])

    handed = np.zeros((len(system.nodes), 2))
    handed[system.at("Room air")] = 1
    handed[places("fins"), [0, 1]] -= 1
    quiet = np.array([1 / (0.8 * resistance), 10.0])
    coolers = Coolers(
        places("die"), places("fins"), places("fins"), places("inlet"), quiet, quiet * [gain, 1],
        np.full(2, 1 / (0.2 * resistance)), np.full(2, 900.0), handed, np.array([target, NEVER]),
        np.array([limit, NEVER]), np.full(2, 20.0), np.full(2, 0.8), np.zeros(2),
    )  # fmt: skip
    room = system.at("Room air")
    build = Build(system, ("GPU",), coolers, np.zeros(len(system.nodes)), room, room, 0.0, 100.0, ())
    return Controlled(build, Supply(0.0, 0.0, 1000.0, [0.0] * 9, [1000.0 * place for place in range(9)]))


def asking(power: np.ndarray | float, floor: float = 0.0) -> Demand:
    asked = np.broadcast_to(power, POINTS).tolist()
    return Demand([asked], [[floor] * POINTS], 0.0, 0.0, 1.0, 1.0, 0.0, Row(None, 0, 1))


def ended(controlled: Controlled, demand: Demand, hours: float = 4.0, *, fixed: bool = True) -> Trace:
    start = np.full(len(controlled.build.system.names), 20.0)
    return traced(controlled, start, [(Phase(3600.0), demand)], hours * 3600, 5.0, fixed=fixed)


@pytest.mark.parametrize("inlet", [20.0, 25.0, 30.0, 35.0])
@pytest.mark.parametrize("cap", [400.0, 500.0, 600.0])
def test_that_a_card_at_its_limit_draws_what_leaves_through_its_cooler(inlet, cap) -> None:
    """A4: at 85 °C through 0.14 K/W, or at its cap where that is less."""
    for fixed in (True, False):
        trace = ended(one_card(inlet, 0.14, limit=85.0), asking(cap), fixed=fixed)

        assert trace.inputs[-1, 0] == pytest.approx(min(cap, (85 - inlet) / 0.14), abs=1e-9)
        assert trace.states[-1, trace.controlled.build.coolers.dies[0]] == pytest.approx(
            min(85.0, inlet + 0.14 * cap), abs=1e-9
        )


def test_that_a_die_never_passes_its_limit_at_the_end_of_an_interval() -> None:
    trace = ended(one_card(30.0, 0.14, limit=85.0), asking(600.0))

    dies = trace.states[:, trace.controlled.build.coolers.dies[0]]
    assert dies.max() <= 85 + 1e-9
    assert (np.diff(dies[: int(np.argmax(dies > 84.9))]) > 0).all()


def test_that_below_its_floor_a_card_cannot_go_and_gets_hotter_than_its_limit() -> None:
    trace = ended(one_card(60.0, 0.2, limit=85.0), asking(600.0, floor=150.0))

    assert trace.inputs[-1, 0] == 150
    assert trace.states[-1, trace.controlled.build.coolers.dies[0]] == pytest.approx(60 + 0.2 * 150, abs=1e-6)


def test_that_linear_leakage_settles_at_its_closed_form() -> None:
    """A3b: 450 W at 60 °C, 1.35 W more a kelvin, 0.13 K/W into air of 30 °C."""
    trace = ended(one_card(30.0, 0.13, limit=NEVER), asking(450 + 1.35 * (TEMPERATURES - 60)))

    assert trace.states[-1, trace.controlled.build.coolers.dies[0]] == pytest.approx(94.56640388114008, abs=1e-9)


def test_that_leakage_beyond_what_the_cooler_carries_runs_away() -> None:
    runaway = asking(450 + 8.0 * (TEMPERATURES - 60))  # 0.13 K/W times 8 W/K is more than one
    trace = ended(one_card(30.0, 0.13, limit=NEVER), runaway, 1.0)

    dies = trace.states[:, trace.controlled.build.coolers.dies[0]]
    assert dies[-1] > 200
    assert trace.inputs[-1, 0] == pytest.approx(450 + 8.0 * (TEMPERATURES[-1] - 60))  # the end of its table


@pytest.mark.parametrize("fixed", [True, False])
def test_that_fans_hold_the_target_while_they_can(fixed) -> None:
    controlled = one_card(25.0, 0.15, limit=NEVER, target=80.0, gain=1.5)
    held, beyond, below = (ended(controlled, asking(power), fixed=fixed) for power in (400.0, 600.0, 300.0))
    die = controlled.build.coolers.dies[0]

    assert held.states[-1, die] == pytest.approx(80.0, abs=1e-3)  # 85 °C with slow fans
    assert held.states[:, die].max() <= 80.2
    assert beyond.states[-1, die] == pytest.approx(25 + 600 * (0.03 + 0.12 / 1.5), abs=1e-3)
    assert below.states[-1, die] == pytest.approx(25 + 300 * 0.15, abs=1e-3)


def test_that_intervals_grow_only_while_nothing_changes() -> None:
    controlled = one_card(25.0, 0.15, limit=85.0)
    demands = [(Phase(7200.0, 1.0), asking(380.0)), (Phase(7200.0, 0.0), asking(20.0))]
    start = np.full(len(controlled.build.system.names), 25.0)
    trace = traced(controlled, start, demands, 8 * 3600, 5.0, fixed=False)
    lengths = np.diff(trace.starts)

    assert lengths.max() > 100
    for edge in (0.0, 7200.0, 14_400.0, 21_600.0):
        first = int(np.argmin(np.abs(trace.starts - edge)))
        assert trace.starts[first] == edge  # an interval never reaches over a change of the load
        assert lengths[first] == 5.0
