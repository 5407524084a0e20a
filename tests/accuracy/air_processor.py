"""Processors under closed loops, and radiators on their own: measured by others, with the classes' own constants."""

from __future__ import annotations

from accuracy.rows import Row, predicted
from accuracy.shared import table

DESKTOP = {"cpu_compute_dies": 2, "cooler_count": 1, "altitude": 0}
THICK, FAST = 45.0, 2800.0  # where the table says neither depth nor speed, only "high-performance fan"


def rows() -> tuple[Row, ...]:
    return (slope(), at_its_limit(), *radiators())


def slope() -> Row:
    """Ryzen 9 9950X on a closed loop of 360 mm, fans at full speed: temperature = 18.4 °C + 0.191 K/W."""
    given = {**DESKTOP, "cooler_radiator_length": 360}
    found = predicted("cpu_resistance", given, cpu_core_design="Zen 5", cooler_type="liquid_closed")
    return Row("Ryzen 9 9950X, die to air", 0.191, found, "K/W", 0.1 * 0.191)


def at_its_limit() -> Row:
    """Ryzen 9 7950X on 280 mm, fans at full speed, held at 95 °C: 231 W; its room is not stated, 22 °C is taken."""
    given = {
        **DESKTOP, "cooler_radiator_length": 280, "cooler_fan_size": 140, "cpu_temperature_limit": 95, "cpu_inlet": 22,
        "cpu_asked_power": 400, "cpu_package_power": 400,
    }  # fmt: skip
    found = predicted("cpu_power", given, cpu_core_design="Zen 4", cooler_type="liquid_closed")
    return Row("Ryzen 9 7950X, power at 95 °C", 231.0, found, "W", 0.1 * 231)


def radiators() -> tuple[Row, ...]:
    """Watts for ten kelvin between coolant and air; the older table names no fans, so a quarter is allowed."""
    found = []
    for row in table("thermal_radiator_w_per_10c"):
        count, size = (float(part) for part in row["fans_mm"].split("x"))
        if size < 120:
            continue  # a class of its own: server fans on small cores
        stated = row["rpm"].isdigit()
        given = {
            "cooler_count": 1, "cooler_radiator_length": count * size, "cooler_fan_size": size,
            "cooler_fan_speed": float(row["rpm"]) if stated else FAST,
            "cooler_radiator_thickness": 60 if stated else THICK,
        }  # fmt: skip
        watts = float(row["w_per_10C"])
        carried = 10 * predicted("radiator_conductance", given, cooler_type="liquid_custom")
        found.append(Row(row["radiator"], watts, carried, "W", (0.1 if stated else 0.25) * watts))
    return tuple(found)
