"""V1 and V2: the network over time against an exact solution of another kind, and against closed forms."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np

from accuracy.rows import Row
from accuracy.shared import REFERENCE, rows_of
from steelyard.transient.course import Schedule, periodic, run
from steelyard.transient.network import Network, System

EXACT, CLOSED = 1e-6, 1e-9


@cache
def about(name: str) -> dict[str, Any]:
    """Return a description that lies beside the checkout."""
    found: dict[str, Any] = json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def reference_system() -> System:
    """Return the network of six nodes that the reference describes."""
    said = about("rc_reference")
    network = Network()
    for name, capacity in zip(said["nodes"], said["C_J_per_K"], strict=True):
        network.node(name, capacity)
    network.fixed("amb", said["T_ambient_c"])
    for between, resistance in said["R_K_per_W"].items():
        network.resist(*between.split("-"), resistance)
    return network.system()


def reference() -> list[Row]:
    """Return each node at the time at which it is furthest from the exact solution."""
    system, said = reference_system(), about("rc_reference")
    steps = np.array(said["schedule_t_Pdie_Pcase_Proom"])
    powers = np.array([system.powers(dict(zip(("die", "case_air", "room"), row[1:], strict=True))) for row in steps])
    exact = rows_of(REFERENCE / "rc_reference.csv")
    times = np.array([float(row["t_s"]) for row in exact])
    wanted = np.array([[float(row[f"T_{name}_exact_c"]) for name in system.names] for row in exact])
    found = run(system, np.full(len(system.names), said["T_initial_c"]), Schedule(steps[:, 0], powers), times)
    worst = np.abs(found - wanted).argmax(axis=0)
    return [
        Row(f"{name} at {times[place]:,.0f} s", wanted[place, node], found[place, node], "°C", EXACT)
        for node, (name, place) in enumerate(zip(system.names, worst, strict=True))
    ]


def closed_forms() -> list[Row]:
    """Return step and duty cycle of one node, and the course of two."""
    one, two = about("rc_reference_analytic")["A1_single_rc"], about("rc_reference_analytic")["A2_two_node"]
    step = Schedule(np.zeros(1), np.array([[one["P_hi"]]]))
    cycle = Schedule(np.array([0.0, one["t_on"]]), np.array([[one["P_hi"]], [one["P_lo"]]]))
    single = ladder(one["T_amb"], (one["C_J_per_K"],), (one["R_K_per_W"],))
    rise = run(single, np.array([one["T_amb"]]), step, np.array([60.0, 300.0]))[:, 0]
    turns = periodic(single, cycle, one["t_on"] + one["t_off"], np.array([0.0, one["t_on"]]))[:, 0]
    found = [
        Row("step, 60 s", one["T_step_60s"], rise[0], "°C", CLOSED),
        Row("step, 300 s", one["T_step_300s"], rise[1], "°C", CLOSED),
        Row("cycle, trough", one["periodic_trough"], turns[0], "°C", CLOSED),
        Row("cycle, peak", one["periodic_peak"], turns[1], "°C", CLOSED),
    ]
    double = ladder(two["T_amb"], (two["C1"], two["C2"]), (two["R1"], two["R2"]))
    times = np.array([float(time) for time in two["T"]])
    course = run(double, np.full(2, two["T_amb"]), Schedule(np.zeros(1), np.array([[two["P"], 0.0]])), times)
    for time, wanted, here in zip(times, two["T"].values(), course, strict=True):
        for name, exact, own in zip(("first", "second"), wanted, here, strict=True):
            found.append(Row(f"ladder, {name} node, {time:g} s", exact, own, "°C", CLOSED))
    return found


def ladder(around: float, capacities: tuple[float, ...], resistances: tuple[float, ...]) -> System:
    """Return nodes in a row, the last of which meets the air."""
    network = Network()
    network.fixed("air", around)
    names = [f"node {place}" for place in range(len(capacities))]
    for name, capacity in zip(names, capacities, strict=True):
        network.node(name, capacity)
    for name, after, resistance in zip(names, [*names[1:], "air"], resistances, strict=True):
        network.resist(name, after, resistance)
    return network.system()
