"""Items that go round: what is exact, what bounds the rate, and what the model does with the unknown and the absent."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.graph.networks import closed_rate
from steelyard.units import Array

from .rings import Ring, random_ring

NAN, INF = math.nan, math.inf
RINGS = [random_ring(np.random.default_rng(seed)) for seed in range(300)]
SPREADS = (1.0, 0.3, 0.0)


def rows(*numbers: float) -> Array:
    return np.array(numbers, dtype=np.float64)


def column(*numbers: float) -> Array:
    return rows(*numbers)[:, None]


@pytest.mark.parametrize("items", [1, 2, 7, 128])
@pytest.mark.parametrize("stations", [1, 2, 6])
def test_that_equal_single_servers_are_exact(stations: int, items: int) -> None:
    ring = Ring((1,) * stations, (0.4,) * stations, items)
    balanced = items / (items + stations - 1) / 0.4
    assert ring.exact() == pytest.approx(balanced)
    assert ring.modelled(1.0) == pytest.approx(balanced, rel=1e-4)


def test_that_one_item_never_waits_and_many_keep_the_slowest_busy() -> None:
    for ring in RINGS:
        for spread in SPREADS:
            assert ring._replace(items=1).modelled(spread) == pytest.approx(1 / sum(ring.works))
            assert ring._replace(items=10**7).modelled(spread) == pytest.approx(1 / max(ring.times), rel=1e-3)


def test_that_a_pool_alone_works_on_as_many_as_it_has_servers() -> None:
    for items in (1, 3, 8, 20):
        assert Ring((8,), (2.0,), items).modelled(0.5) == pytest.approx(min(items, 8) / 2.0, rel=1e-3)


def test_that_the_bounds_bracket_the_rate() -> None:
    for ring in RINGS:
        for spread in SPREADS:
            assert ring.floor * (1 - 1e-9) <= ring.modelled(spread) <= ring.ceiling * (1 + 1e-12)
        assert ring.floor * (1 - 1e-9) <= ring.exact() <= ring.ceiling * (1 + 1e-9)


def test_that_balanced_jobs_bracket_single_servers() -> None:
    """Zahorjan, Sevcik, Eager and Galler (1982): with exponential service no ring beats the balanced one."""
    for ring in RINGS:
        single = Ring((1,) * len(ring.servers), ring.times, ring.items)
        work = sum(single.works)
        ceiling = min(single.ceiling, ring.items / (work + (ring.items - 1) * work / len(single.works)))
        assert single.floor * (1 - 1e-9) <= single.exact() <= ceiling * (1 + 1e-9)
        assert single.floor * (1 - 1e-9) <= single.modelled(1.0) <= ceiling * 1.01


def test_that_it_agrees_with_the_exact_rate_of_exponential_service() -> None:
    errors = np.array([abs(ring.modelled(1.0) / ring.exact() - 1) for ring in RINGS])
    assert errors.max() < 0.03
    assert np.median(errors) < 0.005


def test_that_more_items_more_servers_and_steadier_service_never_slow_it() -> None:
    for ring in RINGS[:100]:
        for spread in SPREADS:
            rate = ring.modelled(spread) * (1 - 1e-6)
            assert ring._replace(items=ring.items + 1).modelled(spread) >= rate
            assert ring.modelled(spread / 2) >= rate
            for place, servers in enumerate(ring.servers):
                more = (*ring.servers[:place], servers + 1, *ring.servers[place + 1 :])
                assert ring._replace(servers=more).modelled(spread) >= rate


def test_that_faster_stations_hardly_ever_slow_it() -> None:
    """A faster station may bunch the items that reach the next one; the model lets that cost next to nothing."""
    for ring in RINGS[:100]:
        for place, work in enumerate(ring.works):
            faster = ring.with_works((*ring.works[:place], 0.9 * work, *ring.works[place + 1 :]))
            assert faster.modelled(0.3) >= ring.modelled(0.3) * (1 - 1e-3)


def test_that_single_stations_are_pools_of_one() -> None:
    one = closed_rate(column(1, 1), column(2, 3), column(1, 1), rows(4), rows(0.5))
    other = closed_rate(column(0), column(NAN), column(NAN), rows(4), rows(0.5), rows(3), rows(2))
    assert one[0] == pytest.approx(other[0], rel=1e-12)


def test_that_empty_places_and_idle_stations_change_no_bit() -> None:
    lean = closed_rate(column(1), column(2), column(3), rows(4), rows(0.5), rows(1.5))
    padded = closed_rate(column(1, 0, 1), column(2, NAN, 0), column(3, NAN, NAN), rows(4), rows(0.5), rows(1.5))
    assert lean.tobytes() == padded.tobytes()


def test_that_a_batch_is_as_many_batches_of_one() -> None:
    random = np.random.default_rng(5)
    count = 3000  # more than are computed at a time
    times, servers = random.uniform(0, 2, (9, count)), random.integers(1, 64, (9, count)).astype(float)
    items, spread, single = (
        random.integers(1, 99, count) * 1.0,
        random.uniform(0, 1, count),
        random.uniform(0, 9, count),
    )
    together = closed_rate(np.ones((9, count)), times, servers, items, spread, single)
    for row in (0, 1, 2047, 2048, 2999):
        here = slice(row, row + 1)
        alone = closed_rate(np.ones((9, 1)), times[:, here], servers[:, here], items[here], spread[here], single[here])
        assert alone.tobytes() == together[here].tobytes()


def test_that_the_unknown_stays_unknown_and_the_absent_does_not_matter() -> None:
    known = column(1, 1), column(2, 3), column(1, 4)
    assert np.isnan(closed_rate(column(1, NAN), *known[1:], rows(4), rows(0.5))[0])
    assert np.isnan(closed_rate(known[0], column(2, NAN), known[2], rows(4), rows(0.5))[0])
    assert np.isnan(closed_rate(*known[:2], column(1, NAN), rows(4), rows(0.5))[0])
    assert np.isnan(closed_rate(*known, rows(NAN), rows(0.5))[0])
    assert np.isnan(closed_rate(*known, rows(4), rows(NAN))[0])
    assert np.isnan(closed_rate(*known, rows(4), rows(0.5), rows(NAN))[0])


def test_that_no_work_has_no_bound_and_a_station_that_never_ends_stops_all() -> None:
    assert closed_rate(column(1), column(0), column(2), rows(4), rows(0.5))[0] == INF
    assert closed_rate(column(1), column(INF), column(2), rows(4), rows(0.5), rows(1))[0] == 0
    assert closed_rate(column(1), column(1), column(2), rows(0), rows(0.5), rows(1))[0] == 0
    assert closed_rate(column(1), column(1), column(2), rows(INF), rows(0.5), rows(3))[0] == pytest.approx(1 / 3)
