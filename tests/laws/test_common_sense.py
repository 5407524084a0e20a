"""What everybody knows without a formula, held over hundreds of builds: peak is above sustained, heat warms."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model
from steelyard.graph.quantity import Quantity
from steelyard.project.assemble import assemble
from steelyard.project.content import InputValue, Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.selection import Selection
from steelyard.units import Array
from steelyard.workstation.roles import ROLES

BUILDS = 150
SHARES = ("_share", "_busy", "_kept", "_efficiency")
NEVER_NEGATIVE = {
    "W",
    "GB",
    "TB",
    "GB/s",
    "Gbit/s",
    "s",
    "s/sample",
    "samples/s",
    "TFLOP/s",
    "A",
    "V",
    "MT/s",
    "×",
    "mm",
    "¢/yr",
    "kWh/yr",
}
MAY_BE_NEGATIVE = ("_margin", "_left", "_free", "_gap")
ROUNDING = 1e-9
SETTLED = 1e-5  # what a settled loop leaves open
Judge = Callable[..., Evaluation]


@pytest.fixture(scope="module")
def builds(catalog: Catalog) -> list[Selection]:
    """Builds as chance makes them, most of which do not go together: physics must hold for them as well."""
    chance = random.Random(20_260_101)  # noqa: S311  # the same builds every time
    found = []
    for _ in range(BUILDS):
        roles = [role for role in ROLES if role.required or chance.random() < 0.7]
        chosen = {
            role.name: (chance.choice(catalog.tables[role.kind].ids[1:]), chance.randint(1, role.most))
            for role in roles
        }
        found.append(Selection.of(**chosen))
    return found


@pytest.fixture(scope="module")
def judge(model: Model, catalog: Catalog, builds: list[Selection]) -> Judge:
    """Return what evaluates all builds under all workloads; named inputs are changed by a function."""
    uses = tuple(
        WorkloadUse(name, name, inputs={key: InputValue(entry.usual) for key, entry in work.inputs.items()})
        for name, work in catalog.workloads.items()
    )
    nothing = Variant("Nothing", Selection())
    project = Project(
        "Sense", "", "2026-11-21", "USD", Site(energy_price="0.17"), Lab(budget="30000"), uses, (nothing,)
    )
    batch = assemble(catalog, project, builds, uses, model.plan().reads)

    def evaluate(**changed: Callable[[Array], Array]) -> Evaluation:
        return model.evaluate(
            {**batch.values, **{name: change(batch.values[name]) for name, change in changed.items()}}
        )

    return evaluate


@pytest.fixture(scope="module")
def usual(judge: Judge) -> Evaluation:
    return judge()


def filled(evaluation: Evaluation, formula: Quantity) -> Array:
    """The values at filled positions; unknown at the others."""
    value = evaluation.value(formula.name)
    if not formula.axes:
        return value
    presence = evaluation.value(formula.axes[0].presence)
    return np.where(presence > 0, value, np.nan)


def test_that_a_share_is_a_share(formula: Quantity, usual: Evaluation) -> None:
    if formula.unit.symbol == "" and formula.name.endswith(SHARES):
        value = filled(usual, formula)
        known = value[~np.isnan(value)]
        assert (known >= -ROUNDING).all()
        assert (known <= 1 + ROUNDING).all()


def test_that_no_amount_is_negative(formula: Quantity, usual: Evaluation) -> None:
    room = formula.name.startswith(("spare_", "together_")) or formula.name.endswith(MAY_BE_NEGATIVE)
    if formula.unit.symbol in NEVER_NEGATIVE and not room:
        value = filled(usual, formula)
        assert not (value < -ROUNDING).any(), f"{np.nanmin(value)} {formula.unit.symbol}"


def test_that_peak_is_not_below_sustained(model: Model, usual: Evaluation) -> None:
    pairs = [(name, f"{name}_peak") for name in model.quantities if f"{name}_peak" in model.quantities]
    pairs += [(name, f"peak_{name}") for name in model.quantities if f"peak_{name}" in model.quantities]
    assert len(pairs) >= 4
    for sustained, peak in pairs:
        if sustained.endswith(("_time", "efficiency", "pace", "_limit")):
            continue
        low, high = filled(usual, model.quantities[sustained]), filled(usual, model.quantities[peak])
        assert not (low > high * (1 + SETTLED)).any(), f"{sustained} above {peak}"


def test_that_the_wall_gives_more_than_the_parts_take(usual: Evaluation) -> None:
    wall, parts = usual.value("wall_power"), usual.value("dc_load")
    assert not (wall < parts - ROUNDING).any()


def never_falls(judge: Judge, usual: Evaluation, name: str, **changed: Callable[[Array], Array]) -> None:
    formula = usual.model.quantities[name]
    before, after = filled(usual, formula), filled(judge(**changed), formula)
    finite = np.isfinite(before) & np.isfinite(after)
    before, after = np.where(finite, before, 0.0), np.where(finite, after, 0.0)
    falls = after < before - 1e-3 * np.maximum(np.abs(before), 1)
    assert not falls.any(), f"{name} falls by {np.nanmax((before - after)[falls]):g} in {falls.sum()} rows"


def test_that_a_warmer_room_cools_nothing_and_speeds_nothing_up(judge: Judge, usual: Evaluation) -> None:
    def warmer(temperature: Array) -> Array:
        return temperature + 8

    never_falls(judge, usual, "case_air", room_temperature=warmer, ventilation_temperature=warmer)
    after = judge(room_temperature=warmer, ventilation_temperature=warmer)
    before, now = (filled(each, each.model.quantities["card_temperature"]) for each in (usual, after))
    as_busy = after.value("gpu_busy") >= usual.value("gpu_busy") - 1e-3  # else a hot CPU leaves the card less to do
    assert not ((now < before - 1e-3 * np.abs(before)) & as_busy).any()
    for name in ("gpu_speed_kept", "cpu_speed_kept"):
        assert not (after.value(name) > usual.value(name) + 1e-3).any(), name
    assert not (after.value("throughput") > usual.value("throughput") * (1 + 1e-3)).any()


def test_that_more_fans_do_not_warm_the_case(judge: Judge, usual: Evaluation) -> None:
    after = judge(case_fan_count=lambda count: count + 2)
    known = usual.value("case_fan_airflow") > 0
    assert not (after.value("case_rise") > usual.value("case_rise") + 1e-3)[known].any()


def test_that_energy_costs_what_it_costs(judge: Judge, usual: Evaluation) -> None:
    after = judge(energy_price=lambda price: 2 * price)
    np.testing.assert_allclose(after.value("energy_cost"), 2 * usual.value("energy_cost"), rtol=1e-9)


def test_that_more_memory_never_takes_room_away(judge: Judge, usual: Evaluation) -> None:
    def twice(size: Array) -> Array:
        return 2 * size

    for name in ("host_memory_margin", "gpu_memory_margin", "data_room_margin"):
        never_falls(
            judge, usual, name, memory_module_capacity=twice, gpu_memory=twice, scratch_drive_capacity=twice,
            os_drive_capacity=twice,
        )  # fmt: skip


def test_that_a_longer_context_never_needs_less_memory(judge: Judge, usual: Evaluation) -> None:
    never_falls(judge, usual, "gpu_memory_needed", kv_tokens=lambda tokens: 2 * tokens)


def test_that_fewer_bits_never_need_more_memory(judge: Judge) -> None:
    needed = [
        judge(weight_bytes=lambda size, bits=bits: size * 0 + bits).value("gpu_memory_needed") for bits in (4, 2, 1)
    ]
    assert not (needed[1] > needed[0] + ROUNDING).any()
    assert not (needed[2] > needed[1] + ROUNDING).any()


def test_that_the_price_is_the_sum_of_the_prices_to_the_cent(
    usual: Evaluation, catalog: Catalog, builds: list[Selection]
) -> None:
    uses = len(catalog.workloads)
    for place, build in enumerate(builds):
        total = Decimal(0)
        for role, filling in build.items():
            price = catalog.price(filling.part)
            assert price is not None, role
            total += filling.count * price.amount
        assert Decimal(usual.value("build_price")[place * uses]) == total.scaleb(2)
