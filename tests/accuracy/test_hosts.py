"""Processors, drives and genomes: what the engine says of hosts that its numbers were not fitted on."""

from __future__ import annotations

from types import ModuleType

import pytest

from accuracy import genomics, jpeg, storage_runs
from accuracy.judged import Family, family_of, judge
from accuracy.shared import present

pytestmark = pytest.mark.skipif(not present(), reason="the published tables are not beside the project")

MEDIAN, TENTH_WORST = 0.10, 0.25


def judged(module: ModuleType) -> Family:
    family = family_of(module.FAMILY, judge(module.cases(), module.fit))
    said = f"in sample {family.in_sample}; left out {family.left_out}; covered {family.coverage:.0%}"
    print(f"{family.name}: {said}")  # noqa: T201  # figures with n
    return family


@pytest.mark.parametrize("module", [jpeg, storage_runs], ids=["jpeg", "storage"])
def test_that_a_host_that_was_left_out_is_predicted(module: ModuleType) -> None:
    family = judged(module)
    assert family.left_out.median <= MEDIAN
    assert family.left_out.tenth_worst <= TENTH_WORST
    assert 0.70 <= family.coverage <= 0.95


def test_that_a_genome_is_predicted_though_versions_and_cards_differ() -> None:
    """Seven runs: leaving one out leaves another version, or another architecture; the median aim is out of reach."""
    family = judged(genomics)
    assert family.left_out.count == 7
    assert family.left_out.median <= 0.15
    assert family.left_out.tenth_worst <= TENTH_WORST
    assert family.coverage >= 0.75


def test_that_the_catalogue_holds_what_the_fits_say() -> None:
    from accuracy.engine import predict

    for module in (jpeg, genomics, storage_runs):
        cases = module.cases()
        for as_it_is, fitted in zip(predict(cases), predict(cases, module.fit(cases)), strict=True):
            assert as_it_is.value == pytest.approx(fitted.value, rel=0.01)


def test_that_eight_workers_on_sixteen_virtual_cores_give_two_to_four_times_one_process() -> None:
    from accuracy.case import Case
    from accuracy.engine import predict

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
    from accuracy.case import Case
    from accuracy.engine import predict

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
