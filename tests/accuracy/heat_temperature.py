"""V4 and what else was measured of cards' temperatures: by a datum of the card itself, and by its class alone.

Where no room is stated, the class's assumption of 25 °C stands in for it on both sides and nothing is learnt of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from accuracy.cards import assumed
from accuracy.heat import burnt
from accuracy.rows import Row
from accuracy.shared import table

PRO_6000 = "gpu/nvidia/rtx-pro-6000-blackwell-workstation"
MAX_Q = "gpu/nvidia/rtx-pro-6000-blackwell-max-q"
RTX_5090, RTX_3090 = "gpu/nvidia/geforce-rtx-5090-founders", "gpu/nvidia/geforce-rtx-3090-founders"
RTX_3090_TI, RTX_4090 = "gpu/nvidia/geforce-rtx-3090-ti-founders", "gpu/nvidia/geforce-rtx-4090-founders"
WITH_A_DATUM, WITHOUT, SWEEP = 3.0, 7.0, 2.0

UNSTATED: Final = 25.0
"""The room where none is stated, as `gpu_measured_room_class` has it."""

MISSES: Final = {
    "PRO 6000 Max-Q, 250 W": "The log has the same 69 °C at 250 and at 275 W: card or room was not yet steady.",
}


def rows() -> list[Row]:
    """Return the sweep of V4 as its root mean square, and every card by its datum and by its class."""
    sweep = workstation_sweep()
    errors = [row.error for row in sweep]
    found = [Row("PRO 6000 Workstation, 150 to 600 W, rms", 0, float(np.sqrt(np.mean(np.square(errors)))), "K", SWEEP)]
    found += [
        Row("5090 Founders in its case, 575 W", 76, hottest(RTX_5090, 25, case_rise=3), "°C", WITH_A_DATUM),
        Row("3090 Ti, 444 W", 90, hottest(RTX_3090_TI, UNSTATED, watts=444), "°C", WITH_A_DATUM),
        Row("3090 Founders, 317 W", 78, hottest(RTX_3090, UNSTATED, watts=317), "°C", WITH_A_DATUM),
    ]
    for row in table("thermal_rtxpro6000_powerlimit_summary"):
        if "Max-Q" in row["card"] and float(row["power_limit_w"]) <= assumed_board(MAX_Q):
            watts = float(row["power_draw_w"])
            name = f"PRO 6000 Max-Q, {watts:.0f} W"
            found.append(Row(name, float(row["gpu_temp_c"]), hottest(MAX_Q, UNSTATED, watts=watts), "°C", WITH_A_DATUM))
    found += [
        Row(f"4090, {watts:.0f} W", measured, hottest(RTX_4090, UNSTATED, watts=watts), "°C", WITHOUT)
        for watts, measured in _logged_4090()
    ]
    found += [
        Row(f"{name}, by its class alone", measured, by_class(part, room, cooling, case_rise), "°C", WITHOUT)
        for name, part, room, cooling, case_rise, measured in CLASSES
    ]
    return found


CLASSES: Final = (
    ("PRO 6000 Workstation, 600 W", PRO_6000, 21.0, "axial_flow_through", 0.0, 68.0),
    ("PRO 6000 Max-Q, 300 W", MAX_Q, UNSTATED, "blower", 0.0, 74.0),
    ("5090 Founders in its case, 575 W", RTX_5090, 25.0, "axial_flow_through", 3.0, 76.0),
    ("3090 Ti, 450 W", RTX_3090_TI, UNSTATED, "axial_open", 0.0, 90.0),
)
"""Name, part, room, cooling, air at the card above the room, and what was measured at board power."""


def _logged_4090() -> list[tuple[float, float]]:
    """Return watts and temperature of a card whose maker is not said, so that it is no datum of any."""
    rows = [row for row in table("gpu_power_sweeps") if row["metric"].startswith("tokens/s fraction (GPU temp")]
    return [(float(row["measured_draw_w"]), float(row["metric"].rpartition("temp ")[2].split()[0])) for row in rows]


def workstation_sweep() -> list[Row]:
    """Return the rows of both Workstation cards; their room is where a straight line through them meets no power."""
    return [
        Row(row["card"], float(row["gpu_temp_c"]), hottest(PRO_6000, 21, watts=float(row["power_draw_w"])), "°C", SWEEP)
        for row in table("thermal_rtxpro6000_powerlimit_summary")
        if "WS GPU" in row["card"]
    ]


def hottest(part: str, room: float, *, watts: float = 0, case_rise: float = 0, **given: float) -> float:
    """Return the temperature of one card alone in a room, at a power limit if one is said."""
    settings = {"room_temperature": room} | ({"power_limit": watts} if watts else {})
    air = {"card_inlet": room + case_rise} if case_rise else {}
    return burnt(part, ["gpu_temperature"], settings, {**air, **given}).at("gpu_temperature", 0)


def by_class(part: str, room: float, cooling: str, case_rise: float) -> float:
    """Return the temperature at board power as if nothing had been measured of this card."""
    given = {
        "gpu_measured_temperature": assumed("gpu_measured_temperature_class", cooling),
        "gpu_measured_room": assumed("gpu_measured_room_class"),
        "gpu_measured_case_rise": assumed("gpu_measured_case_rise_class"),
        "gpu_measured_power_share": assumed("gpu_measured_power_share_class"),
    }
    return hottest(part, room, case_rise=case_rise, **given)


def assumed_board(part: str) -> float:
    """Return the board power of a part."""
    return burnt(part, ["gpu_power_allowed"]).at("gpu_power_allowed", 0)
