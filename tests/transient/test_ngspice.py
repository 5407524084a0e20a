"""ngspice, which knows nothing of this program, finds the same temperatures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from steelyard.transient.course import Schedule, run
from transient.peer import Twin, needs_ngspice, solve
from transient.test_network import REFERENCE, needs_reference

pytestmark = needs_ngspice

WITHIN = 1e-3  # K


@needs_reference
def test_that_the_reference_netlist_gives_the_reference_temperatures(tmp_path: Path) -> None:
    text = (REFERENCE / "rc_reference.cir").read_text()
    lines = [line for line in text.partition(".options")[0].splitlines()[1:] if line.strip()]
    names = ["die", "coldplate", "coolant", "radiator", "case_air", "room"]
    rows = np.loadtxt(REFERENCE / "rc_reference.csv", delimiter=",", skiprows=1)

    found = solve(lines, names, 5400.0, 5.0, 0.05, tmp_path, 7.0)

    assert np.abs(found.temperatures[1:] - rows[1:, 4:10]).max() <= WITHIN


@pytest.mark.parametrize("seed", range(10))
def test_that_random_networks_come_out_as_ngspice_has_them(seed, tmp_path) -> None:
    numbers = np.random.default_rng(100 + seed)
    twin = Twin()
    twin.fixed("air", float(numbers.uniform(15, 35)))
    count = int(numbers.integers(3, 16))
    for place in range(count):
        follows = place > 0 and numbers.random() < 0.2
        twin.node(f"n{place}", 0.0 if follows else float(10 ** numbers.uniform(1.3, 4)), 20.0)
    for place in range(count):
        twin.conduct(
            f"n{place}", f"n{numbers.integers(place)}" if place else "air", float(10 ** numbers.uniform(0, 1.5))
        )
    for _ in range(count // 2):
        one, other = (f"n{each}" for each in numbers.choice(count, 2, replace=False))
        if numbers.random() < 0.5:
            twin.conduct(one, other, float(10 ** numbers.uniform(-0.5, 1)))
        else:
            twin.blow(one, other, float(10 ** numbers.uniform(-0.5, 1)))
    starts = np.append(0.0, np.sort(numbers.choice(np.arange(20, 900), 5, replace=False)).astype(float))
    system = twin.network.system()
    powers = np.zeros((len(starts), len(system.nodes)))
    for name in numbers.choice(twin.names, 2, replace=False):
        powers[:, system.at(name)] = numbers.uniform(0, 300, len(starts))
        twin.power(name, starts, powers[:, system.at(name)])

    peer = solve(twin.lines, list(system.nodes), 1000.0, 1.0, 0.5, tmp_path, 0.05)
    own = run(system, np.full(len(system.names), 20.0), Schedule(starts, powers), peer.times)

    smooth = np.abs(peer.times[:, None] - starts).min(axis=1) > 0.5  # a node without capacity jumps at an edge
    assert np.abs(peer.temperatures - own)[smooth].max() <= WITHIN
