"""Registered memory in a case of four units, with the case's own fans and with fans over the modules."""

from __future__ import annotations

from accuracy.rows import Row, predicted

MODULES, POWER, AIR = 12, 15.0, 37.0  # 12 to 18 W a module at full traffic; room of 25 °C and 12 K through the case


def rows() -> tuple[Row, ...]:
    """Twelve modules of 64 GB reached 119 °C; fans over them took off 49 K. Their power leaves a fifth open."""
    bare, aired = (_memory(fans) for fans in (0, 1))
    return (
        Row("twelve RDIMMs, no fans of their own", 119.0, bare, "°C", 0.2 * (119.0 - AIR)),
        Row("what fans over them take off", 49.0, bare - aired, "K", 0.2 * 49.0),
    )


def _memory(fans: int) -> float:
    given = {
        "memory_count": 1, "memory_modules": MODULES, "memory_power": MODULES * POWER, "upper_air": AIR,
        "memory_fans": fans,
    }  # fmt: skip
    return predicted("memory_temperature", given)
