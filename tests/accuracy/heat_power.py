"""V5: the share of the throughput that is kept at a share of the power, by the phase of the work; G9 as a band.

The phase is what the work itself shows at full power, not what fits its curve: bytes of weights times tokens a second
over the bandwidth of the card is its share in traffic. Launches are an estimate for the mixture of experts, whose
tokens are thousands of small kernels.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from accuracy.heat import burnt
from accuracy.rows import Row
from accuracy.shared import table

RTX_3090, RTX_5090 = "gpu/nvidia/geforce-rtx-3090-founders", "gpu/nvidia/geforce-rtx-5090-founders"
PRO_6000 = "gpu/nvidia/rtx-pro-6000-blackwell-workstation"
TOLERANCE: Final = 3.0
"""Points of the throughput at full power."""


class Phase(NamedTuple):
    """Shares of the cards' time: in memory traffic, in launches, held by the power limit."""

    traffic: float
    launches: float
    power: float


class Sweep(NamedTuple):
    """A sweep of power limits: its rows by device and workload, the card, the phase, the shares of power judged."""

    name: str
    device: str
    workload: str
    part: str
    phase: Phase
    shares: tuple[float, ...]


READING, BURNING = Phase(0.05, 0, 0), Phase(0, 0, 1)
SWEEPS: Final = (
    Sweep("3090 prefill", "RTX 3090", "LLM prefill 27B", RTX_3090, READING, (0.9, 0.8, 0.7, 0.6)),
    Sweep("3090 decode, dense", "RTX 3090", "LLM decode single", RTX_3090, Phase(0.55, 0.05, 0), (0.9, 0.8, 0.7, 0.6)),
    Sweep("3090 decode, experts", "RTX 3090", "LLM decode MoE", RTX_3090, Phase(0.25, 0.6, 0), (0.9, 0.8, 0.7, 0.6)),
    Sweep("5090 prefill", "RTX 5090", "LLM prefill 50K", RTX_5090, Phase(0.1, 0, 0), (0.9, 0.8, 0.7)),
    Sweep("5090 speculative decode", "RTX 5090", "LLM decode n-max4", RTX_5090, Phase(0.4, 0.05, 0), (0.9, 0.8, 0.7)),
)
"""Weights of 14.4 GB at 36 tokens a second of 936 GB/s; 1.8 GB at 137; 16.5 GB at 54 passes a second of 1,792 GB/s."""

MISSES: Final = {
    "3090 decode, experts, 60 %": "The knee of this work lies at a lower clock than that of the other three kinds.",
    "Puget, four 3090, 280 of 350 W": "These cards draw 327 to 334 W at limits of 340 to 370 W (the same boards in the "
    "sweep above), so that 280 W take less from them than the limits say; what they drew is not stated.",
    "gpu-burn, three 3090, 250 of 300 W": "More is lost than a share of power in step with the clock can cost: "
    "a warm chassis, whose temperatures are not stated.",
}
"""Cells that are off by more than the tolerance, and why we believe that they are."""


def rows() -> list[Row]:
    """Return every cell of the table of retained throughput, and the two ends of the band of G9."""
    found = [row for sweep in SWEEPS for row in _rows_of(sweep, *_points(sweep))]
    watts, speed = _burn_points()
    burn = Sweep("PRO 6000 gpu-burn", "", "", PRO_6000, BURNING, (0.9, 0.8, 0.7, 0.6))
    found += _rows_of(burn, watts, speed)
    training = Phase(0.25, 0.1, 0)
    found.append(Row("Puget, four 3090, 280 of 350 W", 95, kept(RTX_3090, training, 350, 280), "%", TOLERANCE))
    found.append(Row("gpu-burn, three 3090, 250 of 300 W", 73, kept(RTX_3090, BURNING, 300, 250), "%", TOLERANCE))
    return found


def kept(part: str, phase: Phase, full: float, limit: float) -> float:
    """Return the % of the speed at `full` watts that a cool card keeps at `limit` watts."""
    given = {
        "traffic_share": phase.traffic,
        "launch_share": phase.launches,
        "power_bound_share": phase.power,
        "card_asked_power": full,
        "gpu_power_allowed": limit,
    }
    return 100 * burnt(part, ["capped_speed_kept"], given=given).at("capped_speed_kept", 0)


def _rows_of(sweep: Sweep, watts: list[float], speed: list[float]) -> list[Row]:
    full, most = watts[-1], speed[-1]
    found = []
    for share in sweep.shares:
        measured = 100 * float(np.interp(share * full, watts, speed)) / most
        predicted = kept(sweep.part, sweep.phase, full, share * full)
        found.append(Row(f"{sweep.name}, {share:.0%}".replace("%", " %"), measured, predicted, "%", TOLERANCE))
    return found


def _points(sweep: Sweep) -> tuple[list[float], list[float]]:
    """Watts drawn and throughput, by rising watts."""
    points = sorted(
        (float(row["actual_w"]), float(row["throughput"]))
        for row in table("power_limit_vs_throughput")
        if row["device"].startswith(sweep.device) and row["workload"].startswith(sweep.workload)
    )
    return [watts for watts, _ in points], [speed for _, speed in points]


def _burn_points() -> tuple[list[float], list[float]]:
    points = sorted(
        (float(row["power_draw_w"]), float(row["throughput"]))
        for row in table("thermal_rtxpro6000_powerlimit_summary")
        if row["card"].endswith("WS GPU3")
    )
    return [watts for watts, _ in points], [speed for _, speed in points]
