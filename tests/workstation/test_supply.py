"""Supplies lose what their class allows, and give what their label says at the voltage that it says it for."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.model import Model
from steelyard.units import Array

CLASSES: dict[str, dict[int, tuple[float | None, ...]]] = {
    "standard": {115: (None, 0.80, 0.80, 0.80), 230: (None, 0.82, 0.85, 0.82)},
    "bronze": {115: (None, 0.82, 0.85, 0.82), 230: (None, 0.85, 0.88, 0.85)},
    "silver": {115: (None, 0.85, 0.88, 0.85), 230: (None, 0.87, 0.90, 0.87)},
    "gold": {115: (None, 0.87, 0.90, 0.87), 230: (None, 0.90, 0.92, 0.89)},
    "platinum": {115: (None, 0.90, 0.92, 0.89), 230: (None, 0.92, 0.94, 0.90)},
    "titanium": {115: (0.90, 0.92, 0.94, 0.90), 230: (0.90, 0.94, 0.96, 0.94)},
}
"""80 PLUS, at 10, 20, 50 and 100 % of the label; 115 V internal and 230 V EU internal."""
LOADS = (0.1, 0.2, 0.5, 1.0)


def of_class(catalog: Catalog, name: str) -> dict[str, Array]:
    """The constants of the loss curve for a class, and all that are the same for every class."""
    plain = {key: np.array([entry.value]) for key, entry in catalog.assumptions.items() if not entry.by}
    curve = {key: entry for key, entry in catalog.assumptions.items() if entry.by == "psu_efficiency_class"}
    plain["redundant_supply"] = np.array([0.0])
    return {**plain, **{key: np.array([entry.values[name].value]) for key, entry in curve.items()}}


def efficiency(catalog: Catalog, model: Model, name: str, volts: float, load: float) -> float:
    given = {"psu_count": 1.0, "supply_voltage": volts, "psu_rated_power": 1000.0, "dc_load": 1000.0 * load}
    values = {**of_class(catalog, name), **{key: np.array([number]) for key, number in given.items()}}
    return model.evaluate(values, want=["psu_efficiency"]).at("psu_efficiency", 0)


@pytest.mark.parametrize("volts", [115, 230])
@pytest.mark.parametrize("name", CLASSES)
def test_that_each_class_reaches_its_certified_efficiencies_exactly(
    catalog: Catalog, model: Model, name: str, volts: int
) -> None:
    for load, certified in zip(LOADS, CLASSES[name][volts], strict=True):
        if certified is not None:
            assert efficiency(catalog, model, name, volts, load) == pytest.approx(certified, abs=1e-9)


@pytest.mark.parametrize("name", CLASSES)
def test_that_the_curve_stays_an_efficiency_at_every_load(catalog: Catalog, model: Model, name: str) -> None:
    for volts in (115, 230):
        found = [efficiency(catalog, model, name, volts, load) for load in np.linspace(0, 1.2, 25)]
        assert all(0.3 < value < 0.97 for value in found)


def test_that_a_measured_titanium_supply_lies_within_the_range(catalog: Catalog, model: Model) -> None:
    """A Corsair AX1500i at 115 V: 90.99, 92.81 and 93.62 % at 10, 20 and 30 % load."""
    ratio = catalog.assumptions["psu_loss_ratio"]
    for load, measured in ((0.1, 0.9099), (0.2, 0.9281), (0.3, 0.9362)):
        floor = efficiency(catalog, model, "titanium", 115, load)
        loss = (1 / measured - 1) / (1 / floor - 1)
        assert ratio.low <= loss <= ratio.high


def capacity(model: Model, volts: float, low_line: float) -> float:
    given = {"psu_count": 1, "psu_rated_power": 2500, "psu_low_line_power": low_line, "supply_voltage": volts}
    values = {name: np.array([float(number)]) for name, number in {**given, "high_line_voltage": 180}.items()}
    return model.evaluate(values, want=["psu_capacity"]).at("psu_capacity", 0)


def test_that_a_large_supply_gives_less_on_low_line(model: Model) -> None:
    assert capacity(model, 120, 1650) == 1650
    assert capacity(model, 208, 1650) == 2500


def test_that_an_unknown_low_line_rating_matters_on_low_line_only(model: Model) -> None:
    assert np.isnan(capacity(model, 120, np.nan))
    assert capacity(model, 230, np.nan) == 2500


def idle(catalog: Catalog, model: Model, name: str, load: float) -> float:
    return efficiency(catalog, model, name, 230, load)


@pytest.mark.parametrize("name", CLASSES)
def test_that_a_light_load_is_not_judged_by_a_curve_that_ends_above_it(
    catalog: Catalog, model: Model, name: str
) -> None:
    """The ATX guide asks for 60 % at 2 % of the label; a class without a point at 10 % is then no worse than that."""
    assert idle(catalog, model, name, 0.02) >= 0.6
    found = [idle(catalog, model, name, load) for load in (0.02, 0.05, 0.1, 0.15, 0.2)]
    assert found == sorted(found)


def hold_up(catalog: Catalog, model: Model, edition: str, load: float) -> float:
    plain = {key: np.array([entry.value]) for key, entry in catalog.assumptions.items() if not entry.by}
    named = {key: catalog.assumptions[key].values[edition].value for key in ("hold_up_full", "hold_up_eased")}
    values = {**plain, **{key: np.array([float(number)]) for key, number in {**named, "psu_load": load}.items()}}
    return model.evaluate(values, want=["psu_hold_up"]).at("psu_hold_up", 0)


def test_that_a_supply_bridges_what_its_edition_asks(catalog: Catalog, model: Model) -> None:
    """ATX 3.1: 12 ms at full load, 17 ms at four fifths of it; the editions before: 17 ms at full load."""
    assert hold_up(catalog, model, "3.1", 1.0) == 12
    assert hold_up(catalog, model, "3.1", 0.8) == 17
    assert hold_up(catalog, model, "3.1", 0.9) == pytest.approx(14.5)
    assert [hold_up(catalog, model, edition, 1.0) for edition in ("2.x", "2.4", "3.0")] == [17, 17, 17]
