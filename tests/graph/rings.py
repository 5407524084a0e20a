"""Rings of stations for tests: random ones, their exact rate where service is exponential, and a simulation of them."""

from __future__ import annotations

import math
from collections.abc import Generator
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import simpy
from numpy.random import Generator as Random

from steelyard.graph.networks import closed_rate

SURE = 0.01
"""Half of the 95 % interval at which a simulation is long enough."""
MOST_ROUNDS = 30_000


class Ring(NamedTuple):
    """Stations with so many servers, each of which takes so long; so many items go round."""

    servers: tuple[int, ...]
    works: tuple[float, ...]
    items: int

    def with_works(self, works: tuple[float, ...]) -> Ring:
        return self._replace(works=works)

    @property
    def times(self) -> tuple[float, ...]:
        return tuple(work / servers for work, servers in zip(self.works, self.servers, strict=True))

    @property
    def ceiling(self) -> float:
        return min(self.items / sum(self.works), 1 / max(self.times))

    @property
    def floor(self) -> float:
        return self.items / (sum(self.works) + (self.items - 1) * max(self.times))

    def modelled(self, spread: float) -> float:
        count = len(self.servers)
        times, servers = (np.array(numbers, dtype=float)[:, None] for numbers in (self.times, self.servers))
        return float(closed_rate(np.ones((count, 1)), times, servers, np.array([self.items]), np.array([spread]))[0])

    def exact(self) -> float:
        """The rate with exponential service, by convolution of the stations' product forms (Buzen 1973)."""
        scale = max(self.times)
        ways = np.zeros(self.items + 1)
        ways[0] = 1.0
        for servers, work in zip(self.servers, self.works, strict=True):
            own = np.ones(self.items + 1)
            for count in range(1, self.items + 1):
                own[count] = own[count - 1] * work / scale / min(count, servers)
            ways = np.convolve(ways, own)[: self.items + 1]
            ways /= ways.max()
        return float(ways[-2] / ways[-1] / scale)


def random_ring(random: Random) -> Ring:
    """2 to 6 stations, half of them pools of 1 to 64; 2 to 128 items; a quarter with stations that are equally fast."""
    count = int(random.integers(2, 7))
    pool = random.random(count) < 0.5
    servers = np.where(pool, np.rint(2 ** random.uniform(0, 6, count)), 1).astype(int)
    times = np.ones(count) if random.random() < 0.25 else 10 ** random.uniform(-1, 0, count)
    return Ring(
        tuple(int(each) for each in servers),
        tuple(float(each) for each in times * servers),
        round(float(2 ** random.uniform(1, 7))),
    )


class Run(NamedTuple):
    """A simulated run: the rate, half its 95 % interval as a share, and the ring with the works that were drawn."""

    rate: float
    unsure: float
    drawn: Ring


def simulated(ring: Ring, spread: float, rounds: int, random: Random) -> Run:
    """Let the items go round in a discrete-event simulation, first come, first served; longer until that is sure.

    The works that were really drawn come with the rate, so that a model is asked about the same works: what is left of
    the chance is small. The interval is that of the rate over the model's in ten batches.
    """
    while True:
        run = _simulated(ring, spread, rounds, random)
        if run.unsure < SURE or rounds > MOST_ROUNDS:
            return run
        rounds = round(rounds * min(max(1.3 * (run.unsure / SURE) ** 2, 1.5), 8))


def _simulated(ring: Ring, spread: float, rounds: int, random: Random) -> Run:
    draws = [_services(work, spread, rounds + 2 * ring.items, random) for work in ring.works]
    return _measured(ring, spread, _gone_round(ring, rounds, draws), draws)


class Rounds(NamedTuple):
    """When each round ended, and how many services each station had begun until then."""

    ends: list[float]
    marks: list[tuple[int, ...]]


def _gone_round(ring: Ring, rounds: int, draws: list[list[float]]) -> Rounds:
    """Do what SimPy does in `by_simpy`, to the same bits and some ten times as fast: all items are alike, so count."""
    last = len(ring.servers) - 1
    free, waiting, places = list(ring.servers), [0] * (last + 1), [0] * (last + 1)
    going: list[tuple[float, int]] = []
    ends: list[float] = []
    marks: list[tuple[int, ...]] = []

    def begin(station: int, now: float) -> None:
        heappush(going, (now + draws[station][places[station]], station))
        places[station] += 1

    def arrive(station: int, now: float) -> None:
        if free[station]:
            free[station] -= 1
            begin(station, now)
        else:
            waiting[station] += 1

    for _ in range(ring.items):
        arrive(0, 0.0)
    while True:
        now, station = heappop(going)
        if station == last:
            ends.append(now)
            marks.append(tuple(places))
            if len(ends) == rounds:
                return Rounds(ends, marks)
        if waiting[station]:
            waiting[station] -= 1
            begin(station, now)
        else:
            free[station] += 1
        arrive(0 if station == last else station + 1, now)


def both_ways(ring: Ring, spread: float, rounds: int, random: Random) -> tuple[Rounds, Rounds]:
    """Let the items go round with the same services, once by our own counting and once in SimPy."""
    draws = [_services(work, spread, rounds + 2 * ring.items, random) for work in ring.works]
    return _gone_round(ring, rounds, draws), by_simpy(ring, rounds, draws)


def by_simpy(ring: Ring, rounds: int, draws: list[list[float]]) -> Rounds:
    """The ring in SimPy's words: processes that ask for resources, first come, first served."""
    environment = simpy.Environment()
    stations = [simpy.Resource(environment, capacity=servers) for servers in ring.servers]
    places = [0] * len(ring.servers)
    ends: list[float] = []
    marks: list[tuple[int, ...]] = []

    def circulate() -> Generator[Any, Any, None]:
        while True:
            for station, resource in enumerate(stations):
                request = resource.request()
                yield request
                service = draws[station][places[station]]
                places[station] += 1
                yield environment.timeout(service)
                resource.release(request)
            ends.append(environment.now)
            marks.append(tuple(places))
            if len(ends) == rounds:
                done.succeed()

    done = environment.event()
    for _ in range(ring.items):
        environment.process(circulate())
    environment.run(done)
    return Rounds(ends, marks)


def _services(work: float, spread: float, count: int, random: Random) -> list[float]:
    if spread == 1:
        return (work * random.exponential(1.0, count)).tolist()  # type: ignore[no-any-return]
    shape = spread**-2
    return (work * random.gamma(shape, 1 / shape, count)).tolist()  # type: ignore[no-any-return]


def _measured(ring: Ring, spread: float, gone: Rounds, draws: list[list[float]]) -> Run:
    ends, marks = gone
    batches = 10
    first = len(ends) // 10
    edges = np.linspace(first, len(ends) - 1, batches + 1).astype(int)

    def between(start: int, stop: int) -> tuple[float, Ring]:
        works = tuple(
            float(np.mean(draw[begin:end])) if end > begin else work
            for draw, begin, end, work in zip(draws, marks[start], marks[stop], ring.works, strict=True)
        )
        return (stop - start) / (ends[stop] - ends[start]), ring.with_works(works)

    shares = []
    for start, stop in pairwise(edges):
        rate, drawn = between(int(start), int(stop))
        shares.append(rate / drawn.modelled(spread))
    rate, drawn = between(int(edges[0]), int(edges[-1]))
    unsure = 2.26 * float(np.std(shares, ddof=1)) / math.sqrt(batches)  # Student's t with nine degrees of freedom
    return Run(rate, unsure, drawn)
