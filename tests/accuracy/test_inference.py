"""Inference on cards, and on a processor alone: MLPerf offline, timm."""

from __future__ import annotations

import pytest

from accuracy import mlperf_inference, timm
from accuracy.cards import card_of
from accuracy.engine import engine
from accuracy.shared import table
from steelyard.project.benchmarks import benchmark_project


def test_that_the_tables_still_hold_their_cases() -> None:
    assert [len(module.cases()) for module in (mlperf_inference, timm)] == [687, 27]


def test_that_no_card_below_its_stated_power_and_no_virtual_card_is_a_case() -> None:
    where = " ".join(case.where for case in mlperf_inference.cases())
    assert "MaxQ" not in where
    assert "DGX-Station" not in where
    assert {case.part for case in mlperf_inference.cases()} == set(mlperf_inference.PARTS.values())


@pytest.mark.parametrize(
    ("part", "rate"),
    [
        ("geforce-rtx-4090-founders", 660.6e12),
        ("geforce-rtx-3090-founders", 284e12),
        ("a100-80gb-pcie", 624e12),
        ("tesla-t4", 130e12),
        ("l4", 242.5e12),
        ("h100-80gb-sxm5", 1979e12),
    ],
)
def test_that_8_bit_rates_are_those_that_the_makers_state(part: str, rate: float) -> None:
    """Dense whole numbers, by NVIDIA's data sheets and architecture papers."""
    assert card_of(f"gpu/nvidia/{part}").matrix8 == pytest.approx(rate, rel=0.01)


def test_that_a_processor_alone_infers_slowly_and_is_not_refused() -> None:
    """An i9-10940X, one image at a time in 32 bits and compiled: measured 24 to 67 images a second, within twice.

    The table's other processor, an i7-12700H in a laptop, is left out: its six fast and eight slow cores run far below
    the clock that is stated, and the engine says three times what was measured.
    """
    for name, network in timm.NETWORKS.items():
        measured = [
            float(row["throughput_images_per_s"])
            for row in table(timm.TABLE)
            if (row["device"], row["model"], row["torch"]) == ("CPU Intel i9-10940X", name, "PyTorch 240")
            and row["img_size_px"] == "224"
        ]
        assert 0.5 <= _alone(network.bench) / measured[0] <= 2


def _alone(bench: str) -> float:
    """Return the images a second of a processor without a card; its memory is that of a benchmark of processors."""
    machine = engine()
    host = benchmark_project(machine.catalog, "bench/jpeg-decode", {}, "cpu/intel/core-i9-10940x", 1)
    project = benchmark_project(machine.catalog, bench, {"precision": "fp32", "compile": "1"}, "gpu/nvidia/a10", 1)
    selections = [host.variants[0].selection]
    _, found = machine.run(project, selections, project.workloads, ("throughput_peak",), ranges=False)
    return float(found.value("throughput_peak").ravel()[0])
