"""V3: a card without fans in a tower: its temperature over minutes, and the power at which its clock falls.

The log runs from 300 to 450 W; what lies above, 500 to 600 W, is judged apart. Two nodes of the card and one of the
chassis are integrated here, each step exactly, on the watts of the log; where the log has gaps the next limit holds.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from accuracy.heat import burnt
from accuracy.rows import Row
from accuracy.shared import table

SERVER = "gpu/nvidia/rtx-pro-6000-blackwell-server"
ROOM, LIMIT = 20.0, 85.0
"""The room as a fit of two stages gives it, and where the clock fell."""

STARTED_AT = 38.0
GAP = 5.0
"""Seconds from which rows are no neighbours: the log has one about every 1.2 s."""

CHASSIS, CHASSIS_CAPACITY = 0.006, 5000.0
"""Kelvin that a watt warms the air of a chassis with all its fans, and what its metal takes up for a kelvin."""

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
    network = _network(die, sink - CHASSIS, found.at(want[2], 0), found.at(want[3], 0))
    nodes = np.array([STARTED_AT, STARTED_AT - watts[0] * die, 0.0]) - ROOM
    nodes[2] = CHASSIS / sink * nodes[1]
    errors = [0.0]
    values, vectors = np.linalg.eig(network)
    back = np.linalg.inv(vectors)
    for place in range(1, len(log)):
        step = seconds[place] - seconds[place - 1]
        power = watts[place] if step < GAP else limits[place]
        steady = -np.linalg.solve(network, np.array([power / found.at(want[2], 0), 0, 0]))
        nodes = steady + (vectors @ np.diag(np.exp(values * step)) @ back @ (nodes - steady)).real
        errors.append(float(nodes[0] + ROOM - measured[place]))
    return float(np.sqrt(np.mean(np.square(errors))))


def _network(die: float, sink: float, die_capacity: float, sink_capacity: float) -> np.ndarray:
    """Slopes of die, fins and chassis, all against the room."""
    inner, outer, chassis = 1 / die, 1 / sink, 1 / CHASSIS
    return np.array(
        [
            [-inner / die_capacity, inner / die_capacity, 0],
            [inner / sink_capacity, -(inner + outer) / sink_capacity, outer / sink_capacity],
            [0, outer / CHASSIS_CAPACITY, -(outer + chassis) / CHASSIS_CAPACITY],
        ]
    )


def _kept(watts: float) -> float:
    return burnt(SERVER, ["capped_speed_kept"], {"power_limit": watts}).at("capped_speed_kept", 0)
