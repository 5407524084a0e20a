"""The one list of units: arrays annotated with what they measure.

`Watt` is the type of a float64 array of watts. The annotation is read by `steelyard.graph`: a consumer and its
producer must agree on the unit, and the tests run every formula on pint quantities made from the `pint` names here.
The factor of a unit is its size in the coherent unit of its dimension (kWh: 3.6e6 J); a test holds it against pint.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Unit(NamedTuple):
    """A unit of measure.

    symbol: as people read it. pint: as the test registry knows it. factor: size in the coherent unit of its
    dimension. word: the unit spelt out, for screen readers.
    """

    symbol: str
    pint: str
    factor: float
    word: str


class Axis(NamedTuple):
    """A small fixed axis that stands before the rows of a batch; the array named `presence` says what is filled."""

    name: str
    presence: str


Cards = Axis("cards", "cards")
Stages = Axis("stages", "stages")
Slots = Axis("slots", "board_slots")

_T = TypeVar("_T")
PerCard = Annotated[_T, Cards]
PerStage = Annotated[_T, Stages]
PerSlot = Annotated[_T, Slots]

# --- pure numbers
Ratio = Annotated[Array, Unit("", "dimensionless", 1.0, "ratio")]
Count = Annotated[Array, Unit("×", "dimensionless", 1.0, "count")]
Present = Annotated[Array, Unit("present", "dimensionless", 1.0, "one where there is one, else zero")]
Category = Annotated[Array, Unit("kind", "dimensionless", 1.0, "code of a category")]
Categories = Annotated[Array, Unit("kinds", "dimensionless", 1.0, "set of category codes")]

# --- time
Second = Annotated[Array, Unit("s", "second", 1.0, "second")]
Minute = Annotated[Array, Unit("min", "minute", 60.0, "minute")]
Millisecond = Annotated[Array, Unit("ms", "millisecond", 1e-3, "millisecond")]
Hour = Annotated[Array, Unit("h", "hour", 3600.0, "hour")]
Year = Annotated[Array, Unit("yr", "year", 31_557_600.0, "year")]
HourPerYear = Annotated[Array, Unit("h/yr", "hour / year", 3600.0 / 31_557_600.0, "hours a year")]
PerYear = Annotated[Array, Unit("1/yr", "1 / year", 1.0 / 31_557_600.0, "per year")]
PerSecond = Annotated[Array, Unit("1/s", "1 / second", 1.0, "per second")]
Gigahertz = Annotated[Array, Unit("GHz", "gigahertz", 1e9, "gigahertz")]

# --- power, heat, electricity
Watt = Annotated[Array, Unit("W", "watt", 1.0, "watt")]
KilowattHour = Annotated[Array, Unit("kWh", "kilowatt_hour", 3.6e6, "kilowatt hour")]
KilowattHourPerYear = Annotated[
    Array, Unit("kWh/yr", "kilowatt_hour / year", 3.6e6 / 31_557_600.0, "kilowatt hours a year")
]
KilogramPerKilowattHour = Annotated[
    Array, Unit("kg/kWh", "kilogram / kilowatt_hour", 1.0 / 3.6e6, "kilograms a kilowatt hour")
]
KilogramPerYear = Annotated[Array, Unit("kg/yr", "kilogram / year", 1.0 / 31_557_600.0, "kilograms a year")]
BtuPerHour = Annotated[Array, Unit("BTU/h", "british_thermal_unit / hour", 1055.05585262 / 3600.0, "BTU an hour")]
TonOfCooling = Annotated[
    Array, Unit("tons", "refrigeration_ton", 12_000 * 1055.05585262 / 3600.0, "tons of refrigeration")
]
Volt = Annotated[Array, Unit("V", "volt", 1.0, "volt")]
Ampere = Annotated[Array, Unit("A", "ampere", 1.0, "ampere")]
Milliampere = Annotated[Array, Unit("mA", "milliampere", 1e-3, "milliampere")]
VoltAmpere = Annotated[Array, Unit("VA", "volt_ampere", 1.0, "volt-ampere")]
Celsius = Annotated[Array, Unit("°C", "degC", 1.0, "degree Celsius")]
Kelvin = Annotated[Array, Unit("K", "delta_degC", 1.0, "kelvin")]
KelvinPerWatt = Annotated[Array, Unit("K/W", "delta_degC / watt", 1.0, "kelvin per watt")]
KelvinPerMetre = Annotated[Array, Unit("K/m", "delta_degC / meter", 1.0, "kelvin per metre")]
WattPerKelvin = Annotated[Array, Unit("W/K", "watt / delta_degC", 1.0, "watt per kelvin")]
JoulePerKelvin = Annotated[Array, Unit("J/K", "joule / delta_degC", 1.0, "joule per kelvin")]
PerKelvin = Annotated[Array, Unit("1/K", "1 / delta_degC", 1.0, "per kelvin")]
VolumetricHeat = Annotated[
    Array, Unit("J/(m³·K)", "joule / meter ** 3 / delta_degC", 1.0, "joule per cubic metre and kelvin")
]
Flow = Annotated[Array, Unit("m³/s", "meter ** 3 / second", 1.0, "cubic metre per second")]
FlowPerHour = Annotated[Array, Unit("m³/h", "meter ** 3 / hour", 1.0 / 3600.0, "cubic metre per hour")]
CubicFootPerMinute = Annotated[Array, Unit("CFM", "foot ** 3 / minute", 0.3048**3 / 60.0, "cubic feet a minute")]
CubicMetre = Annotated[Array, Unit("m³", "meter ** 3", 1.0, "cubic metre")]
Density = Annotated[Array, Unit("kg/m³", "kilogram / meter ** 3", 1.0, "kilogram per cubic metre")]
Pascal = Annotated[Array, Unit("Pa", "pascal", 1.0, "pascal")]
Decibel = Annotated[Array, Unit("dB(A)", "decibel_a", 1.0, "decibel, A-weighted")]

# --- geometry and mass
Metre = Annotated[Array, Unit("m", "meter", 1.0, "metre")]
Millimetre = Annotated[Array, Unit("mm", "millimeter", 1e-3, "millimetre")]
Kilogram = Annotated[Array, Unit("kg", "kilogram", 1.0, "kilogram")]
RevolutionPerMinute = Annotated[Array, Unit("rpm", "revolution_per_minute", 1.0 / 60.0, "revolutions a minute")]

# --- information and computing
Byte = Annotated[Array, Unit("B", "byte", 1.0, "byte")]
Gigabyte = Annotated[Array, Unit("GB", "gigabyte", 1e9, "gigabyte")]
Gibibyte = Annotated[Array, Unit("GiB", "gibibyte", 1_073_741_824.0, "gibibyte")]
Terabyte = Annotated[Array, Unit("TB", "terabyte", 1e12, "terabyte")]
Megabyte = Annotated[Array, Unit("MB", "megabyte", 1e6, "megabyte")]
GigabytePerSecond = Annotated[Array, Unit("GB/s", "gigabyte / second", 1e9, "gigabyte per second")]
GigabitPerSecond = Annotated[Array, Unit("Gbit/s", "gigabit / second", 1.25e8, "gigabit per second")]
Megatransfer = Annotated[Array, Unit("MT/s", "megatransfer / second", 1e6, "megatransfers a second")]
Flop = Annotated[Array, Unit("TFLOP", "teraflop", 1e12, "teraflop")]
FlopPerSecond = Annotated[Array, Unit("TFLOP/s", "teraflop / second", 1e12, "teraflop per second")]
GigaflopPerSecond = Annotated[Array, Unit("GFLOP/s", "gigaflop / second", 1e9, "gigaflop per second")]
Operation = Annotated[Array, Unit("FLOP", "flop", 1.0, "floating-point operation")]
PetaflopDay = Annotated[Array, Unit("PFLOP/s·d", "petaflop / second * day", 8.64e19, "petaflop a second, for a day")]
FlopPerParameterToken = Annotated[
    Array, Unit("FLOP/(param·token)", "flop / parameter / token", 1.0, "operations a parameter and token")
]
BytePerTransfer = Annotated[Array, Unit("B/T", "byte / transfer", 1.0, "bytes a transfer")]
GigabytePerYear = Annotated[Array, Unit("GB/yr", "gigabyte / year", 1e9 / 31_557_600.0, "gigabytes a year")]
MegabytePerSecond = Annotated[Array, Unit("MB/s", "megabyte / second", 1e6, "megabyte per second")]
Parameter = Annotated[Array, Unit("params", "parameter", 1.0, "model parameters")]
BytePerParameter = Annotated[Array, Unit("B/param", "byte / parameter", 1.0, "bytes a parameter")]
Voxel = Annotated[Array, Unit("voxels", "voxel", 1.0, "voxels")]
Token = Annotated[Array, Unit("tokens", "token", 1.0, "tokens")]
BytePerToken = Annotated[Array, Unit("B/token", "byte / token", 1.0, "bytes a token")]

# --- work done: a sample is what a workload counts (a case, a study, a token)
Sample = Annotated[Array, Unit("samples", "sample", 1.0, "samples")]
SamplePerHour = Annotated[Array, Unit("samples/h", "sample / hour", 1.0 / 3600.0, "samples an hour")]
SamplePerSecond = Annotated[Array, Unit("samples/s", "sample / second", 1.0, "samples a second")]
SecondPerSample = Annotated[Array, Unit("s/sample", "second / sample", 1.0, "seconds a sample")]
GigabytePerSample = Annotated[Array, Unit("GB/sample", "gigabyte / sample", 1e9, "gigabytes a sample")]
FlopPerSample = Annotated[Array, Unit("TFLOP/sample", "teraflop / sample", 1e12, "teraflops a sample")]
JoulePerSample = Annotated[Array, Unit("J/sample", "joule / sample", 1.0, "joules a sample")]
PerSample = Annotated[Array, Unit("1/sample", "1 / sample", 1.0, "per sample")]

# --- money: a whole number of minor units (cents), exact in float64
Money = Annotated[Array, Unit("¢", "cent", 1.0, "minor units of the project's currency")]
MoneyPerYear = Annotated[Array, Unit("¢/yr", "cent / year", 1.0 / 31_557_600.0, "minor units a year")]
MoneyPerHour = Annotated[Array, Unit("¢/h", "cent / hour", 1.0 / 3600.0, "minor units an hour")]
MoneyPerKilowattHour = Annotated[
    Array, Unit("¢/kWh", "cent / kilowatt_hour", 1.0 / 3.6e6, "minor units a kilowatt hour")
]


def unit_of(alias: object) -> Unit:
    """Return the `Unit` in an annotated alias such as `Watt`; TypeError when there is none."""
    for note in getattr(alias, "__metadata__", ()):
        if isinstance(note, Unit):
            return note
    message = f"{alias!r} carries no unit; use a type of steelyard.units, such as Watt or Celsius"
    raise TypeError(message)


def axes_of(alias: object) -> tuple[Axis, ...]:
    """Return the small axes of an annotated alias, outermost first; empty for a plain row quantity."""
    return tuple(note for note in reversed(getattr(alias, "__metadata__", ())) if isinstance(note, Axis))


UNITS: dict[str, Unit] = {
    unit.symbol: unit
    for alias in tuple(globals().values())
    for unit in getattr(alias, "__metadata__", ())
    if isinstance(unit, Unit)
}
"""Every unit by its symbol."""
