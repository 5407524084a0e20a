"""Processors and drives: how workers and accelerators share a host."""

from __future__ import annotations

import pytest

from accuracy import jpeg
from accuracy.case import Case
from accuracy.engine import predict


def test_that_eight_workers_on_sixteen_virtual_cores_give_two_to_four_times_one_process() -> None:
    cases = [
        Case("", jpeg.BENCH, {"workers": workers, "library": "opencv"}, part, 0, 1.0, "", "")
        for part in ("cpu/amd/epyc-9b14", "cpu/intel/xeon-platinum-8581c")
        for workers in ("0", "1", "8", "16")
    ]
    rates = [found.value for found in predict(cases)]
    for main, one, eight, sixteen in (rates[:4], rates[4:]):
        assert one <= main
        assert 2.0 <= eight / main <= 4.0
        assert eight <= sixteen <= 1.1 * eight


def test_that_a_drive_feeds_only_as_many_accelerators_as_it_can_read_for() -> None:
    bench, fast, slow = "bench/mlperf-storage-unet3d", "micron/9550-pro-u-2-7-68tb", "micron/6500-ion-u-3-30-72tb"
    cases = [
        Case("", bench, {"accelerator": "h100", "accelerators": count}, f"drive/{part}", 0, 1.0, "", "")
        for part in (fast, slow)
        for count in ("1", "2", "16")
    ]
    one, two, many, slow_one, slow_two, slow_many = (found.value for found in predict(cases))
    assert two == pytest.approx(2 * one, rel=0.02)
    assert many < 16 * one
    assert many * 0.1466 <= 14
    assert slow_one == pytest.approx(one, rel=0.02)
    assert slow_two < 2 * slow_many <= many * 2
