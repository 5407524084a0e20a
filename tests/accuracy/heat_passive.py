"""V3: a card without fans in a tower: its temperature over minutes, and the power at which its clock falls.

The log runs from 300 to 450 W; what lies above, 500 to 600 W, is judged apart. The program's network of the card's two
nodes, with the air and metal of a chassis behind them, runs on the watts of the log, and in its gaps on the next limit.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from accuracy.heat import burnt
from accuracy.over_time import ladder
from accuracy.rows import Row, constant
from accuracy.shared import table
from steelyard.transient.course import Schedule, run

SERVER = "gpu/nvidia/rtx-pro-6000-blackwell-server"
ROOM, LIMIT = 20.0, 85.0
"""The room as a fit of two stages gives it, and where the clock fell."""

STARTED_AT = 38.0
GAP = 5.0
"""Seconds from which rows are no neighbours: the log has one about every 1.2 s."""

CHASSIS = 0.006
"""Kelvin that a watt warms the air of a chassis with all its fans, some 500 m³/h; the log does not say it."""

MISSES: Final[dict[str, str]] = {}


def rows() -> list[Row]:
    """Return the error over the log, the power at the limit, and the throughput at each power of the log."""
    held = burnt(SERVER, ["card_power", "gpu_temperature"], {"room_temperature": ROOM})
    found = [
        Row("Server card in a tower, 300 to 450 W, rms", 0, over_time(), "K", 2),
        Row("Server card in a tower, held back", 470, held.at("card_power", 0, 0), "W", 47),
        Row("Server card in a tower, its limit", LIMIT, held.at("gpu_temperature", 0), "°C", 3),
    ]
    for name in ("GPU8", "GPU5"):
        points = [row for row in table("thermal_rtxpro6000_powerlimit_summary") if row["card"].endswith(name)]
        watts, speed = ([float(row[key]) for row in points] for key in ("power_draw_w", "throughput"))
        kept = [_kept(each) for each in watts]
        for each, measured, predicted in zip(watts[:-1], speed[:-1], kept[:-1], strict=True):
            case = f"Server card {name}, throughput at {each:.0f} W of that at {watts[-1]:.0f} W"
            found.append(Row(case, 100 * measured / speed[-1], 100 * predicted / kept[-1], "%", 5))
    return found


def over_time() -> float:
    """Return the root mean square of predicted less measured, over every second of the log."""
    log = [row for row in table("thermal_rtxpro6000_powerlimit_timeseries") if "Server" in row["card"]]
    seconds, watts, limits, measured = (
        np.array([float(row[key]) for row in log]) for key in ("t_s", "power_draw_w", "power_limit_w", "gpu_temp_c")
    )
    want = ["card_die_resistance", "card_sink_resistance", "card_die_heat_capacity", "card_sink_heat_capacity"]
    found = burnt(SERVER, want, {"room_temperature": ROOM})
    die, sink = found.at(want[0], 0), found.at(want[1], 0, 0)
    capacities = (found.at(want[2], 0), found.at(want[3], 0), constant("chassis_heat_capacity"))
    system = ladder(ROOM, capacities, (die, sink - CHASSIS, CHASSIS))
    first = STARTED_AT - watts[0] * die
    start = np.array([STARTED_AT, first, ROOM + CHASSIS / sink * (first - ROOM)])
    gaps = np.diff(seconds) >= GAP
    powers = np.zeros((len(log) - 1, len(system.nodes)))
    powers[:, 0] = np.where(gaps, limits[1:], watts[1:])
    course = run(system, start, Schedule(seconds[:-1], powers), seconds[1:])[:, 0]
    return float(np.sqrt(np.mean(np.square(np.append(course - measured[1:], 0.0)))))


def _kept(watts: float) -> float:
    return burnt(SERVER, ["capped_speed_kept"], {"power_limit": watts}).at("capped_speed_kept", 0)
