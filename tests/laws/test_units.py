"""Laws of dimension and scale: every formula, run on quantities with units, gives what its annotation says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pint
import pytest

from steelyard.graph.explain import trace
from steelyard.graph.quantity import Need, Quantity
from steelyard.graph.symbols import read
from steelyard.units import UNITS, Array

Sample = Callable[..., dict[str, Array]]

DEFINITIONS = """
meter = [length] = m
kilogram = [mass] = kg
second = [time] = s
kelvin = [temperature]; offset: 0 = K
ampere = [current] = A
byte = [information]
cent = [currency]
voxel = [voxel]
sample = [sample]
token = [token]
parameter = [parameter]
flop = [operation]
transfer = [transfer]
decibel_a = [sound_level]

milli- = 1e-3
kilo- = 1e3
mega- = 1e6
giga- = 1e9
tera- = 1e12
peta- = 1e15
gibi- = 1073741824

percent = 0.01
minute = 60 * second
hour = 3600 * second
day = 86400 * second
year = 31557600 * second
hertz = 1 / second
revolution_per_minute = 1 / minute
newton = kilogram * meter / second ** 2
pascal = newton / meter ** 2
joule = newton * meter
watt = joule / second
volt = watt / ampere
volt_ampere = volt * ampere
watt_hour = watt * hour
british_thermal_unit = 1055.05585262 * joule
refrigeration_ton = 12000 * british_thermal_unit / hour
foot = 0.3048 * meter
bit = byte / 8
degC = kelvin; offset: 273.15
"""
"""Our own dimensions: pint's defaults take bytes for pure numbers and know no samples."""


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    registry.load_definitions(DEFINITIONS.splitlines())
    return registry


def test_that_each_factor_is_the_size_in_coherent_units(registry: pint.UnitRegistry[float]) -> None:
    for unit in UNITS.values():
        if unit.pint != "degC":  # a scale with a zero of its own has no factor
            size = registry.Quantity(1.0, registry.Unit(unit.pint)).to_base_units().magnitude
            assert size == pytest.approx(unit.factor, rel=1e-12), unit.word


def test_that_pint_itself_agrees_on_the_units_of_physics() -> None:
    """An independent witness: pint's own definitions, where it has them and does not take the unit for a number."""
    witness = pint.UnitRegistry()
    asked = 0
    for unit in UNITS.values():
        try:
            size = witness.Quantity(1.0, witness.Unit(unit.pint)).to_base_units()
        except (pint.UndefinedUnitError, pint.OffsetUnitCalculusError):
            continue
        if size.dimensionless or "byte" in unit.pint or "bit" in unit.pint or unit.pint == "degC":
            continue
        if "revolution" in unit.pint:
            continue  # pint counts radians
        assert size.magnitude == pytest.approx(unit.factor, rel=1e-6), unit.word
        asked += 1
    assert asked > 20


def test_that_dimension_and_scale_are_as_annotated(
    formula: Quantity, sample: Sample, registry: pint.UnitRegistry[float]
) -> None:
    values = sample(formula)
    with np.errstate(all="ignore"):
        plain = np.asarray(formula.formula(*values.values()))
        measured = formula.formula(*(_measured(need, values[need.name], registry) for need in formula.needs))
    wanted = registry.Unit(formula.unit.pint)
    if not isinstance(measured, registry.Quantity):
        assert wanted.dimensionless or _is_a_level(formula), f"a pure number, declared as {formula.unit.symbol}"
        measured = registry.Quantity(measured, wanted)
    assert measured.is_compatible_with(wanted), f"made {measured.units}, declared {formula.unit.symbol}"
    assert np.allclose(measured.to(wanted).magnitude, plain, rtol=1e-9, atol=0, equal_nan=True)


def _measured(need: Need, values: Array, registry: pint.UnitRegistry[float]) -> object:
    return values if need.unit.pint == "dimensionless" else registry.Quantity(values, registry.Unit(need.unit.pint))


def _is_a_level(formula: Quantity) -> bool:
    """A level in decibels is by definition the logarithm of a pure number."""
    return formula.unit.symbol == "dB(A)" and "level of" in read(trace(formula), _Names())


class _Names(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return name
