"""V6 and G5: what cards lose to their neighbours; the second is a comparison of places, and not forced."""

from __future__ import annotations

from typing import Final

from accuracy.heat import burnt
from accuracy.rows import Row
from accuracy.shared import table

RTX_3090, TITAN = "gpu/nvidia/geforce-rtx-3090-founders", "gpu/nvidia/titan-rtx"
ROOM, DRAWN = 24.0, 315.0
"""Not stated in the log: a room in May; both cards draw less than their 350 W while tokens are written."""

BY_PLACE: Final = 0.1
"""Share of the measured ratio; room, case and slots of that machine are not stated, and nothing is fitted to it."""

DECODE: Final = {"traffic_share": 0.55, "launch_share": 0.05, "power_bound_share": 0.0, "card_asked_power": DRAWN}
TRAINING: Final = {"traffic_share": 0.3, "launch_share": 0.1, "power_bound_share": 0.0}
MISSES: Final[dict[str, str]] = {}
MISSES_BY_PLACE: Final = {
    "2080 Ti with a blower, between": "Open cards stood among the blowers of that machine and blew into the case what "
    "these breathed; a build here has cards of one style, and its display card.",
}


def rows() -> list[Row]:
    """Return throughput and temperature of the enclosed one of two RTX 3090, after three and a half minutes."""
    want = ["gpu_speed_kept", "card_temperature"]
    found = burnt(RTX_3090, want, {"room_temperature": ROOM, "gpu_temperature_limit": 93}, DECODE, count=2)
    bursts = table("thermal_stacked_dual3090_burst")
    first, last = bursts[0], bursts[-1]
    lost = 100 * (float(last["throughput"]) / float(first["throughput"]) - 1)
    return [
        Row("two 3090 side by side, throughput", lost, 100 * (found.at("gpu_speed_kept", 0) - 1), "%", 3),
        Row(
            "two 3090 side by side, the enclosed one at its limit", float(last["gpu1_end_c"]),
            found.at("card_temperature", 0, 1), "°C", 7,
        ),
    ]  # fmt: skip


def by_place() -> list[Row]:
    """Return how many times as long four cards take at their places (G5): a comparison of places."""
    measured = {row["card"]: float(row["ratio_B_over_A"]) for row in table("thermal_stacked_4gpu_position")}
    speeds = {}
    for name, cooling in (("open", 4), ("blower", 3)):
        speeds[name] = _slower(name, cooling)
    return [
        Row(case, measured[card], speeds[style], "×", BY_PLACE * measured[card])
        for case, card, style in (
            ("TITAN RTX, open, on top of three", "TITAN RTX open-air 280W", "open"),
            ("2080 Ti with a blower, between", "GIGABYTE blower RTX 2080 Ti #1", "blower"),
        )
    ]


def _slower(style: str, place: int) -> float:
    """Speed of the first card over that of one at a place, counted from one, in a stack of four."""
    given = {"card_exhaust_share": 0.88, "preheat_share": 0.15, "starvation": 0.3} if style == "blower" else {}
    settings = {"room_temperature": 27, "lower_rise": 9}
    found = burnt(TITAN, ["card_speed_kept"], settings, {**TRAINING, **given}, count=4)
    return found.at("card_speed_kept", 0, 0) / found.at("card_speed_kept", 0, place - 1)
