"""What real data cost over dummy ones: the pace that is kept at handing over, and the waits beside it."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard.graph.evaluation import Evaluation

Run = Callable[..., Evaluation]
TABLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "measured" / "nnunet_v1_epoch_times.csv"
KEYS = ("software", "dataset", "configuration", "gpu")
WORKLOAD = "nnunet-3d-training"


def loading_over_dummy(run: Run, **host: float) -> float:
    """Time of an epoch over that of a card which is never kept waiting."""
    found = run(WORKLOAD, ["throughput", "engine_time"], gpu_count=1, **host)
    return 1 / (found.at("throughput", 0) * found.at("engine_time", 0))


@pytest.mark.skipif(not TABLE.exists(), reason="the published tables are not beside the project")
def test_that_a_good_host_costs_what_the_published_pairs_say(run: Run) -> None:
    pairs: dict[tuple[str, ...], dict[bool, float]] = defaultdict(dict)
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        if row["epoch_time_s"]:
            pairs[tuple(row[key] for key in KEYS)][row["data_loading"] == "yes"] = float(row["epoch_time_s"])
    ratios = [pair[True] / pair[False] for pair in pairs.values() if len(pair) == 2]
    assert len(ratios) >= 15
    assert loading_over_dummy(run, cpu_cores=64) == pytest.approx(statistics.median(ratios), abs=0.015)


def test_that_a_poor_host_costs_more_and_the_network_says_how_much(run: Run) -> None:
    shares = [loading_over_dummy(run, cpu_cores=cores) for cores in (4, 8, 16, 32, 64)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 2


def test_that_bounds_bracket_the_throughput(run: Run) -> None:
    names = ["throughput", "throughput_ceiling", "throughput_floor"]
    for workload in (WORKLOAD, "imaging-pipeline", "private-llm-retrieval"):
        for cores in (2, 8, 32, 128):
            found = run(workload, names, cpu_cores=cores)
            rate, ceiling, floor = (found.at(name, 0) for name in names)
            assert floor * (1 - 1e-9) <= rate <= ceiling * (1 + 1e-12)


def test_that_irregular_times_and_few_items_in_flight_cost_throughput(run: Run) -> None:
    usual = run(WORKLOAD, ["throughput"], cpu_cores=28)
    read = {name: usual.value(name) for name in usual.values if name in usual.model.inputs}
    values = {**read, **dict.fromkeys(("gpu_speed_kept", "cpu_speed_kept", "narrowest_link"), read["prefetch"] * 0 + 1)}
    rates = [
        usual.model.evaluate({**values, "service_spread": read["prefetch"] * 0 + spread}, ["throughput"])
        for spread in (0.1, 0.3, 1.0)
    ]
    ordered = [each.at("throughput", 0) for each in rates]
    assert ordered == sorted(ordered, reverse=True)
    flights = [
        usual.model.evaluate({**values, "prefetch": read["prefetch"] * 0 + items}, ["throughput"])
        for items in (1, 8, 32, 128)
    ]
    ordered = [each.at("throughput", 0) for each in flights]
    assert ordered == sorted(ordered)
    assert ordered[0] < 0.5 * ordered[-1]
