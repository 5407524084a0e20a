"""What a day of four cards costs: against ngspice at the same error, and with fans and throttle."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np
import pytest

import steelyard.transient.build
from steelyard.transient.course import Schedule, run
from steelyard.transient.load import Phase
from steelyard.transient.modes import modes_of
from steelyard.transient.network import Network
from steelyard.transient.run import sustained_run
from transient.peer import needs_ngspice, netlist, solve

DAY = 86_400.0
FOUR_CARDS = ("gpu/nvidia/geforce-rtx-3090-founders", 4)
WITHIN = 1e-3  # K
TIMES_FASTER = 50


def least_seconds(work: Callable[[], object], times: int, clock: Callable[[], float] = perf_counter) -> float:
    best = float("inf")
    for _ in range(times):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


@needs_ngspice
@pytest.mark.alone
def test_that_a_day_of_four_cards_is_exact_at_a_fiftieth_of_the_time_of_ngspice(
    evaluated, monkeypatch, tmp_path, record_property
) -> None:
    """Open loop, the powers of cards and processor anew each minute, a temperature of every node each second."""
    made: list[Network] = []
    monkeypatch.setattr(steelyard.transient.build, "Network", lambda: made.append(Network()) or made[-1])
    build = steelyard.transient.build.network_of(evaluated(FOUR_CARDS), 0)
    system = build.system
    numbers = np.random.default_rng(24)
    starts = np.arange(0, DAY, 60.0)
    powers = np.tile(build.constant, (len(starts), 1))
    powers[:, build.coolers.dies] = numbers.uniform(30, 300, (len(starts), len(build.coolers.dies)))
    times, start = np.arange(0, DAY + 1), np.full(len(system.names), 22.0)

    def own() -> np.ndarray:
        return run(system, start, Schedule(starts, powers), times)

    exact = run(system, start, Schedule(starts, powers), times, modes_of(system)._replace(usable=False))
    lines, names = netlist(made[0], 22.0, starts, powers)
    peer = solve(lines, names, DAY, 1.0, 1.0, tmp_path, 0.3)
    seconds = least_seconds(own, 5)
    errors = {
        "own": float(np.abs(own() - exact).max()),
        "ngspice": float(np.abs(peer.temperatures - exact)[1:].max()),
    }
    record_property("nodes", len(system.nodes))
    record_property("own, s", seconds)
    record_property("ngspice, s", peer.seconds)
    record_property("errors, K", errors)

    assert len(system.nodes) >= 25
    assert np.array_equal(peer.times, times)
    assert max(errors.values()) <= WITHIN
    assert peer.seconds / seconds >= TIMES_FASTER


@pytest.mark.alone
def test_that_a_day_with_fans_and_throttle_takes_less_than_a_second(evaluated, record_property) -> None:
    found = evaluated(FOUR_CARDS)
    seconds = least_seconds(lambda: sustained_run(found, 0, 24.0, 60.0, fixed=True), 3, process_time)  # one thread
    record_property("a day at 5 s, s", seconds)

    assert sustained_run(found, 0, 24.0, 60.0, fixed=True).minutes_to_throttle < 60
    assert seconds < 1.0


@pytest.mark.parametrize("phases", [(Phase(3600.0),), (Phase(600.0, 1.0), Phase(300.0, 0.0))], ids=["steady", "cycle"])
def test_that_deciding_every_five_seconds_errs_little_against_every_tenth(phases, evaluated, record_property) -> None:
    found = evaluated(FOUR_CARDS)
    coarse, fine = (
        sustained_run(found, 0, 0.5, 5.0, interval=interval, phases=phases, fixed=True) for interval in (5.0, 0.1)
    )
    kelvin = max(np.abs(coarse.temperatures[name] - fine.temperatures[name]).max() for name in coarse.temperatures)
    share = np.abs(coarse.outcome.throughput - fine.outcome.throughput).max()
    mean = abs(coarse.outcome.throughput.mean() - fine.outcome.throughput.mean())
    record_property("error, K", float(kelvin))
    record_property("error of the work done, share", float(share))

    assert kelvin < 1.0
    assert mean < 0.002
