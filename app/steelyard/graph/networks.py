"""Closed queueing networks: what a ring of stations carries when a fixed number of items circulates in it.

A station is a pool of equal servers with one queue. The helper serves the three interpreters as `graph/tables` does.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from steelyard.graph.tables import at_position, bare, traced

if TYPE_CHECKING:
    from steelyard.units import Array

# Shapes of the approximation below, fitted once on 3,000 random rings: the exact convolution where service is
# exponential, a simulation where it is less variable (tests/graph/test_networks.py holds others against it).
_POOLING: Final = 1.37  # how much later a pool queues than one server that is as fast as all of it
_BARELY: Final = 2.17  # ... and later still where few items are left over to wait
_EARLY: Final = 0.80  # how much later regular service queues than irregular, shared out over the items
_MIXING: Final = 0.09  # how far servers side by side put items out of step
_MIXED: Final = 0.83  # variability that items out of step bring back

_FIRST_PASS, _SECOND_PASS = 4, 4  # Newton steps; quadratic, so that the last leaves rounding alone
_STARTING: Final = 0.3  # how far between the bounds on the rate the steps begin
_STEEPEST: Final = 20  # times that a step may divide the rate at most
_MANY: Final = 1e9  # items; more do not change a result
_CHUNK: Final = 2048  # rows
_TINY: Final = 1e-300


@traced("rate of {3} items going round pools of {2} servers with {1}, and what they share, at a spread of {4}")
def closed_rate(presence: Array, times: Array, servers: Array, items: Array, spread: Array, *single: Array) -> Array:
    """Return the rate at which items circulate: approximate mean-value analysis, for service of any variability.

    presence, times, servers: pools over a small axis; `times` is the mean time between departures of a pool that
    never lacks work (a server's time over the number of servers). items: how many circulate; spread: coefficient of
    variation of each service; single: times of further stations with one server each.
    The rate x makes the mean numbers at the stations add up to the items (Schweitzer 1979), a station's number being
    x w + f M q / (f + M (1 - x t)): in service, and waiting. M corrects for the item that does not see itself, at
    first by the item's even share, then by how the number answers to one item less (Chandy and Neuse 1982). q is the
    chance that all servers are busy in the form of Sakasegawa (1977), f the squared spread, more where pools put
    items out of step (Whitt 1983). Exact for one station and for equal single servers with exponential service.
    No work anywhere gives inf, a station that never ends one 0.
    """
    unit = next((time for time in (times, *single) if hasattr(time, "units")), None)
    marks = bare(presence)
    stations = [(np.atleast_1d(_magnitude(time, unit)), np.ones(1)) for time in single]
    for place in range(len(marks)):
        filled = marks[place] > 0
        time = np.where(filled, _magnitude(at_position(presence, times, place), unit), 0.0 * marks[place])
        pool = np.where(filled & (time > 0), np.maximum(bare(at_position(presence, servers, place)), 1.0), 1.0)
        stations.append((time, pool))
    rate = _rate(stations, np.minimum(np.atleast_1d(bare(items)), _MANY), np.atleast_1d(bare(spread)))
    return rate if unit is None else type(unit)(rate, 1 / unit.units)


def _rate(stations: list[tuple[Array, Array]], items: Array, spread: Array) -> Array:
    """Return the rate of each row; what cannot be told, never ends, or never begins is sorted out at the end."""
    with np.errstate(all="ignore"):
        longest = reduce(np.maximum, [time for time, _ in stations])
        known = items + spread + reduce(np.add, [time * pool for time, pool in stations])
        lines = [line for line in stations if np.any(line[0] > 0)]
        rate = _in_chunks(lines, np.maximum(items, 1.0), spread * spread, np.shape(known)[-1])
        rate = np.where(longest == 0, np.inf, np.where(longest == np.inf, 0.0, rate * np.minimum(items, 1.0)))
        return np.where(np.isnan(known), np.nan, np.where(items > 0, rate, 0.0))


def _in_chunks(lines: list[tuple[Array, Array]], items: Array, regular: Array, rows: int) -> Array:
    """Return the rates of all rows, so many at a time that the arrays stay in the cache; zeros without a station."""
    rates = np.zeros(rows)
    for start in range(0, rows if lines else 0, _CHUNK):
        count = min(_CHUNK, rows - start)
        here = slice(start, start + count)
        cut = [tuple(array if array.shape[-1] == 1 else array[here] for array in line) for line in lines]
        counts, spreads = (array if array.shape[-1] == 1 else array[here] for array in (items, regular))
        # of one row NumPy might add the stations up in another order
        rates[here] = _circulated(cut, counts, spreads, max(count, 2))[:count]
    return rates


def _circulated(lines: list[tuple[Array, ...]], items: Array, regular: Array, rows: int) -> Array:
    """Return the rate at which the mean numbers at all stations add up to the items; regular: the squared spread."""
    times, pools = (np.stack([np.broadcast_to(line[part], (rows,)) for line in lines]) for part in (0, 1))
    times = np.where(np.isfinite(times), times, 0.0)
    works = times * pools
    work = works.sum(axis=0)
    ceiling: Array = np.minimum(items / work, 1 / times.max(axis=0))
    served = ceiling * works
    mixing = _MIXING * np.sqrt(np.maximum(served - 1, 0.0)).sum(axis=0)
    uneven = regular + (1 - regular) * _MIXED * mixing / (mixing + (np.minimum(served, 1.0) ** 2).sum(axis=0))
    left = np.where(times > 0, np.maximum(items - pools, 0.0), 0.0)
    late = _POOLING * (np.sqrt((pools + 1) / 2) - 1) * (1 + _BARELY / np.maximum(left, _TINY))
    late = late + _EARLY * (1 - uneven) / items
    start = _STARTING * uneven
    rate: Array = (1 - start) * ceiling + start * items / (work + (items - 1) * times.max(axis=0))
    for _ in range(_FIRST_PASS):
        rate = _nearer(rate, *_waiting(rate, times, left, late, uneven), work, items, ceiling)
    queues, slopes = _waiting(rate, times, left, late, uneven)
    answer = (work + slopes.sum(axis=0)) * (queues + rate * times) / np.maximum(slopes + times, _TINY)
    left = np.where(left > 0, np.maximum(answer - 1, _TINY), 0.0)
    for _ in range(_SECOND_PASS):
        rate = _nearer(rate, *_waiting(rate, times, left, late, uneven), work, items, ceiling)
    return np.where(works.max(axis=0) == work, ceiling, rate)  # a station alone reaches its bound


def _waiting(rate: Array, times: Array, left: Array, late: Array, uneven: Array) -> tuple[Array, Array]:
    """Return how many items wait at each station, and how that answers to the rate.

    u M (x t)² / (1 + l (1 - x t))⁴ / (u + M (1 - x t)) and its slope; in place, for this is where the time goes.
    """
    busy = rate * times
    free = 1 - busy
    delayed = late * free
    delayed += 1
    room = left * free
    room += uneven + _TINY
    pressing = left / room
    queues = busy / delayed
    queues /= delayed
    queues *= queues
    queues *= pressing
    queues *= uneven
    slopes = late / delayed
    slopes *= 4
    slopes += pressing
    slopes *= times
    slopes += 2 / rate
    slopes *= queues
    return queues, slopes


def _nearer(rate: Array, queues: Array, slopes: Array, work: Array, items: Array, ceiling: Array) -> Array:
    """Return the rate after a Newton step on the reciprocal of the number, which near a bottleneck is a line."""
    number = rate * work + queues.sum(axis=0)
    step = (number - items) * number / (items * (work + slopes.sum(axis=0)))
    nearer: Array = np.minimum(np.maximum(rate - step, ceiling / _STEEPEST), ceiling)
    return nearer


def _magnitude(value: Any, unit: Any) -> Array:
    return value.to(unit.units).magnitude if hasattr(value, "to") else value  # type: ignore[no-any-return]
