"""The network by itself: against exact references, against closed forms, and what it says of what cannot be meant."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from steelyard.errors import BadInputError
from steelyard.transient.course import Schedule, energy_of, means, periodic, periodic_start, push_of, run
from steelyard.transient.modes import modes_of
from steelyard.transient.network import Network, System
from steelyard.units import Array

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"
needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference network lies beside the checkout, and is not there"
)


def one_node(resistance: float = 0.15, capacity: float = 400.0, around: float = 25.0) -> System:
    network = Network()
    network.node("die", capacity)
    network.fixed("air", around)
    network.resist("die", "air", resistance)
    return network.system()


def ladder() -> System:
    network = Network()
    network.node("die", 60)
    network.node("fins", 1200)
    network.fixed("air", 25)
    network.resist("die", "fins", 0.05)
    network.resist("fins", "air", 0.09)
    return network.system()


def loop_of_air(share: float = 0.7) -> Network:
    """A case: room air in, over two warm parts one after the other, and out again; heat goes with the air only."""
    network = Network()
    network.fixed("outside", 20)
    network.node("room", 60_000)
    network.node("lower", 1200)
    network.node("upper", 1500)
    network.node("leaving")
    network.node("part", 900)
    network.conduct("room", "outside", 80)
    for source, target, carried in (
        ("room", "lower", 30 * share),
        ("lower", "upper", 30 * share),
        ("room", "upper", 30 * (1 - share)),
        ("upper", "leaving", 30),
        ("leaving", "room", 30),
    ):
        network.blow(source, target, carried)
    network.mix("inlet", {"room": 0.4, "lower": 0.6})
    network.give("part", "inlet", 8, {"lower": 0.75, "room": 0.25})
    return network


# --- V1: the reference network


@needs_reference
def test_that_the_reference_network_is_met_within_a_millionth_of_a_kelvin_at_all_its_points() -> None:
    about = json.loads((REFERENCE / "rc_reference.json").read_text())
    network = Network()
    for name, capacity in zip(about["nodes"], about["C_J_per_K"], strict=True):
        network.node(name, capacity)
    network.fixed("amb", about["T_ambient_c"])
    for between, resistance in about["R_K_per_W"].items():
        network.resist(*between.split("-"), resistance)
    system = network.system()
    steps = np.array(about["schedule_t_Pdie_Pcase_Proom"])
    powers = np.array([system.powers(dict(zip(("die", "case_air", "room"), row[1:], strict=True))) for row in steps])
    with (REFERENCE / "rc_reference.csv").open() as file:
        rows = list(csv.DictReader(file))
    wanted = np.array([[float(row[f"T_{name}_exact_c"]) for name in system.names] for row in rows])
    times = np.array([float(row["t_s"]) for row in rows])

    found = run(system, np.full(6, about["T_initial_c"]), Schedule(steps[:, 0], powers), times)

    assert len(rows) == 1081
    assert np.abs(found - wanted).max() <= 1e-6
    assert np.allclose(modes_of(system).time_constants, about["time_constants_s"], rtol=1e-12)


# --- V2: closed forms


def test_that_a_step_on_one_node_is_its_exponential() -> None:
    system = one_node()
    found = run(system, np.array([25.0]), Schedule(np.zeros(1), np.array([[350.0]])), np.array([60.0, 300.0]))

    assert found[:, 0] == pytest.approx([58.18632933849928, 77.14625778254802], abs=1e-9)
    assert system.steady(np.array([350.0])) == pytest.approx([77.5], abs=1e-9)


def test_that_a_duty_cycle_on_one_node_ends_at_its_closed_peak_and_trough() -> None:
    cycle = Schedule(np.array([0.0, 30.0]), np.array([[350.0], [90.0]]))
    found = periodic(one_node(), cycle, 60.0, np.array([0.0, 30.0, 60.0, 6090.0]))

    assert found[:, 0] == pytest.approx([53.22408608312767, 62.77591391687233] * 2, abs=1e-9)


def test_that_a_ladder_of_two_nodes_has_its_closed_course() -> None:
    times = np.array([1.0, 5, 10, 60, 300, 1000])
    wanted = [
        (29.255935035810353, 25.037085432630278), (37.42815480700691, 25.61779269837772),
        (40.54319689310017, 26.6597675189926), (50.2290735935183, 35.67217629256761),
        (64.97417676335826, 50.027700802605146), (66.99574174832053, 51.99585425509106),
    ]  # fmt: skip

    found = run(ladder(), np.full(2, 25.0), Schedule(np.zeros(1), np.array([[300.0, 0.0]])), times)

    assert found == pytest.approx(np.array(wanted), abs=1e-9)
    assert modes_of(ladder()).time_constants == pytest.approx([113.5465446075905, 2.853455392409546], abs=1e-9)


def leaking(resistance: float, leak: float, slope: float) -> list[float]:
    """Temperatures of a die that leaks exponentially, its power held for five seconds at a time, for ten hours."""
    system = one_node(resistance, around=30.0)
    hold = modes_of(system).hold(5.0)
    state, found = np.array([30.0]), []
    for _ in range(7200):
        power = np.array([380.0 + leak * np.exp(min(slope * (state[0] - 60), 200.0))])
        state = hold.keep @ state + hold.add @ push_of(system, power)
        found.append(float(state[0]))
    return found


def test_that_exponential_leakage_settles_where_lambert_says() -> None:
    from scipy.special import lambertw

    ends = leaking(0.14, 40.0, 0.015)
    alone = 30 + 0.14 * 380
    argument = -0.015 * 0.14 * 40 * np.exp(0.015 * (alone - 60))

    assert ends[-1] == pytest.approx(alone - lambertw(argument).real / 0.015, abs=1e-9)
    assert ends[-1] == pytest.approx(92.2893863008656, abs=1e-9)


@pytest.mark.parametrize(("resistance", "settles"), [(0.242, True), (0.2421, False)])
def test_that_exponential_leakage_runs_away_from_the_resistance_on_that_lambert_says(resistance, settles) -> None:
    assert (leaking(resistance, 40.0, 0.015)[-1] < 250) is settles  # at the edge, 0.24202 K/W, it would hold at 188


def test_that_linear_leakage_settles_at_its_closed_form() -> None:
    system = one_node(0.13, around=30.0)
    hold = modes_of(system).hold(5.0)
    state = np.array([30.0])
    for _ in range(2000):
        state = hold.keep @ state + hold.add @ push_of(system, np.array([450 + 1.35 * (state[0] - 60)]))

    assert state[0] == pytest.approx(94.56640388114008, abs=1e-9)


def test_that_cards_in_a_row_are_preheated_as_the_closed_form_says() -> None:
    phi, power, flow = 0.6, 300.0, 35 * 0.3048**3 / 60
    carried = 1206 * flow
    network = Network()
    network.fixed("room", 25)
    for place in range(4):
        network.mix(f"inlet {place}", {"room": 1.0})
        network.node(f"fins {place}", 900)
    for place in range(4):
        network.give(
            f"fins {place}", f"inlet {place}", 6.0, {f"inlet {later}": phi / carried for later in range(place + 1, 4)}
        )
    system = network.system()
    found = system.steady(system.powers({f"fins {place}": power for place in range(4)}))

    step = phi * power / carried
    assert found[system.at("inlet 0") : system.at("inlet 3") + 1] == pytest.approx(
        [25 + place * step for place in range(4)], abs=1e-9
    )
    assert step == pytest.approx(8.99677301070012, rel=0.01)  # published with the heat of air at another temperature


# --- laws of every network


def random_system(seed: int, *, symmetric: bool) -> System:
    numbers = np.random.default_rng(seed)
    network = Network()
    count = int(numbers.integers(4, 12))
    for place in range(count):
        network.node(f"n{place}", 0.0 if place % 4 == 3 else float(10 ** numbers.uniform(0.5, 4.5)))
    network.fixed("air", 20)
    for place in range(count):
        network.conduct(f"n{place}", f"n{place - 1}" if place else "air", float(10 ** numbers.uniform(-0.5, 1.5)))
    if not symmetric:
        for _ in range(count // 2):
            one, other = numbers.choice(count, 2, replace=False)
            network.blow(f"n{one}", f"n{other}", float(10 ** numbers.uniform(-1, 1)))
    return network.system()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("symmetric", [True, False])
def test_that_modes_and_matrix_exponential_agree(seed, symmetric) -> None:
    system = random_system(seed, symmetric=symmetric)
    modes = modes_of(system)
    numbers = np.random.default_rng(seed)
    schedule = Schedule(np.array([0.0, 40.0, 700.0]), numbers.uniform(0, 200, (3, len(system.nodes))))
    times = np.array([0.0, 3.0, 40.0, 41.0, 500.0, 9000.0])
    start = np.full(len(system.names), 20.0)

    found = run(system, start, schedule, times, modes)
    other = run(system, start, schedule, times, modes._replace(usable=False))

    assert modes.usable
    assert np.abs(found - other).max() <= 1e-8
    assert np.allclose(run(system, start, schedule, np.array([1e9]), modes)[-1], system.steady(schedule.powers[-1]))


@pytest.mark.parametrize("usable", [True, False])
def test_that_a_cycle_that_has_run_long_is_the_periodic_one(usable) -> None:
    system = loop_of_air().system()
    modes = modes_of(system)._replace(usable=usable)
    cycle = Schedule(np.array([0.0, 200.0]), np.array([system.powers({"part": 400}), system.powers({"part": 50})]))
    rounds = 60
    long = Schedule(
        np.concatenate([cycle.starts + 600 * turn for turn in range(rounds)]), np.tile(cycle.powers, (rounds, 1))
    )
    times = np.array([10.0, 200.0, 450.0])

    found = periodic(system, cycle, 600.0, times, modes)
    run_up = run(system, np.full(len(system.names), 20.0), long, times + 600 * (rounds - 1), modes)

    assert np.abs(found - run_up).max() <= 1e-6
    start = periodic_start(system, cycle, 600.0, modes)
    assert run(system, start, cycle, np.array([600.0]), modes)[0, : len(start)] == pytest.approx(start, abs=1e-8)


def test_that_all_heat_is_kept_or_has_left() -> None:
    system = loop_of_air().system()
    schedule = Schedule(
        np.array([0.0, 300.0, 5000.0]),
        np.array([system.powers({"part": power, "upper": 90.0}) for power in (500, 20, 250)]),
    )
    energy = energy_of(system, np.full(len(system.names), 20.0), schedule, 20_000.0)

    assert energy.brought == pytest.approx(590 * 300 + 110 * 4700 + 340 * 15_000)
    assert energy.brought == pytest.approx(energy.kept + energy.left, rel=1e-9)
    assert min(energy.kept, energy.left) > 0


def test_that_mean_temperatures_are_those_of_many_times() -> None:
    system = loop_of_air().system()
    modes = modes_of(system)
    power = system.powers({"part": 300})[None]
    start = np.full((1, len(system.names)), 20.0)
    times = (np.arange(40_000) + 0.5) / 40_000 * 2000.0

    exact = means(modes, start, push_of(system, power), np.array([2000.0]))
    fine = run(system, start[0], Schedule(np.zeros(1), power), times).mean(axis=0)

    assert exact[0] == pytest.approx(fine[: len(system.names)], abs=1e-5)


def test_that_nodes_without_capacity_follow_as_tiny_ones_would() -> None:
    exact = loop_of_air()
    tiny = loop_of_air()
    tiny._capacity |= {"leaving": 1e-4, "inlet": 1e-7}
    power = {"part": 300.0}
    times = np.array([5.0, 50.0, 5000.0])
    found = {}
    for network in (exact, tiny):
        system = network.system()
        schedule = Schedule(np.zeros(1), system.powers(power)[None])
        values = run(system, np.full(len(system.names), 20.0), schedule, times)
        found[network] = np.array([values[:, system.at(name)] for name in sorted(system.nodes)])

    assert np.abs(found[exact] - found[tiny]).max() <= 1e-3


def test_that_modes_that_nearly_coincide_are_not_used() -> None:
    network = Network()
    network.fixed("air", 20)
    for place in range(24):  # air through a row of equal nodes: one mode, two dozen times
        network.node(f"n{place}", 100)
        network.blow(f"n{place - 1}" if place else "air", f"n{place}", 5.0)
    system = network.system()
    modes = modes_of(system)
    times = np.array([30.0, 100.0, 2000.0])
    found = run(system, np.full(24, 20.0), Schedule(np.zeros(1), system.powers({"n0": 100.0})[None]), times)

    assert not modes.usable
    assert "matrix exponential" in modes.said
    assert found[:, 1] == pytest.approx(20 + 20 * _gamma(2, times / 20), abs=1e-9)  # the row is Erlang's law
    assert found[:, 23] == pytest.approx(20 + 20 * _gamma(24, times / 20), abs=1e-9)


def _gamma(order: int, x: Array) -> Array:
    from scipy.special import gammainc

    return gammainc(order, x)


# --- what cannot be meant


def test_that_a_network_without_a_way_out_says_that_it_grows_without_end() -> None:
    network = Network()
    network.node("case", 100)
    network.node("card", 10)
    network.fixed("room", 20)
    network.conduct("case", "card", 3)
    system = network.system()

    with pytest.raises(BadInputError, match='"case" and "card" grows without end'):
        system.steady(system.powers({"card": 10}))
    with pytest.raises(BadInputError, match="grows without end"):
        periodic_start(system, Schedule(np.zeros(1), system.powers({"card": 10})[None]), 10.0)
    found = run(system, np.full(2, 20.0), Schedule(np.zeros(1), system.powers({"card": 11})[None]), np.array([100.0]))
    assert system.capacity @ (found[0] - 20) == pytest.approx(1100)  # all of the heat is still there


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda network: network.resist("part", "room", -0.1), 'from "part" to "room" is -0.1 K/W'),
        (lambda network: network.resist("part", "room", 0.0), "above 0 K/W"),
        (lambda network: network.resist("part", "room", np.nan), "not known"),
        (lambda network: network.conduct("part", "roam", 1.0), 'no node "roam". Did you mean "room"'),
        (lambda network: network.blow("part", "room", -3.0), "is -3 W/K"),
        (lambda network: network.conduct("part", "part", 1.0), "to itself"),
        (lambda network: network.node("part", 3.0), 'two nodes "part"'),
        (lambda network: network.node("spare", -3.0), "is -3 J/K"),
        (lambda network: network.fixed("spare", np.nan), "not known"),
        (lambda network: network.mix("spare", {"room": 0.5, "part": 0.4}), "add up to 0.9"),
        (lambda network: network.system().powers({"prat": 1.0}), 'no node "prat". Did you mean "part"'),
        (lambda network: (network.node("loose"), network.system()), '"loose" has neither'),
    ],
)
def test_that_what_cannot_be_meant_is_refused_in_words(spoil, said) -> None:
    with pytest.raises(BadInputError) as refused:
        spoil(loop_of_air())

    assert said in str(refused.value)


def test_that_times_and_schedules_out_of_order_are_refused() -> None:
    system, start = one_node(), np.array([25.0])
    with pytest.raises(BadInputError, match="rising times"):
        run(system, start, Schedule(np.zeros(1), np.ones((1, 1))), np.array([5.0, 4.0]))
    with pytest.raises(BadInputError, match="rising starts"):
        run(system, start, Schedule(np.zeros(2), np.ones((2, 1))), np.array([5.0]))
    with pytest.raises(BadInputError, match="period longer"):
        periodic_start(system, Schedule(np.array([0.0, 30.0]), np.ones((2, 1))), 20.0)
