"""Power factor of whole servers at the wall, from watts, volts and the number of their supplies."""

from __future__ import annotations

from typing import Final

from accuracy.rows import Row, predicted
from accuracy.shared import table

TITLE = "Power factor at the wall"
TABLES = ("power_mlperf_wall_summary",)
TOLERANCE = 0.01

SUPPLIES: Final = {
    "A100-PCIe-80GBx8_TRT_MaxQ": 3,  # Gigabyte G482-Z54
    "H100-PCIe-80GBx8_TRT_MaxQ": 3,  # the same
    "GX2570M6_A100-SXM-80GBx8_TRT_MaxQ": 4,
    "H200-SXM-141GBx8_TRT_MaxQ": 6,  # DGX H200
    "XR4520c_MaxQ_A2x1_TRT_MaxQ": 1,  # a sled; its chassis has two supplies for its sleds together
    "XR5610_L4x1_TRT_MaxQ": 2,
}
"""How many supplies share the load: as the makers sell the chassis, for the submissions do not say."""


def rows() -> list[Row]:
    """Return every run whose power factor was logged, each once."""
    found = {}
    for row in table("power_mlperf_wall_summary"):
        measured = float(row["power_factor_median"] or -1)
        if measured > 0:
            name = f"{row['system']}, {row['model']}, {row['scenario']}"
            given = {
                "wall_power": float(row["wall_W_median"]),
                "supply_voltage": float(row["volts_mean"]),
                "psu_count": SUPPLIES[row["system"]],
            }
            found[name] = Row(name, measured, predicted("power_factor", given), "", TOLERANCE)
    return list(found.values())
