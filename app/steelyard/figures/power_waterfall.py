"""Where the watts go: from the parts to DC, to the wall, to the circuit and its limit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Gap, Limit, Place, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import UNKNOWN, measured, number

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Power, from part to circuit"
PARTS = (
    ("gpus_power", "GPUs"),
    ("cpu_power", "CPU"),
    ("display_power", "Display card"),
    ("platform_power", "Board, adapters"),
    ("memory_power", "Memory"),
    ("cooling_power", "Fans, pump"),
    ("drives_power", "Drives"),
)


def curves(readings: Readings) -> Figure:
    """Return the steps up to the circuit's load, sums in full height, and the limit over them."""
    parts = [(label, readings.of(name).value) for name, label in PARTS]
    direct, loss, wall, mains = (
        readings.of(name).value for name in ("dc_load", "psu_loss", "wall_power", "mains_power")
    )
    other, circuit, limit = (readings.of(name).value for name in ("other_load", "circuit_power", "circuit_limit"))
    if math.isnan(direct):
        return Figure("power-waterfall", TITLE, missing="A part's power is not known, so the sum is not.")
    rest = direct - sum(amount for _, amount in parts if not math.isnan(amount))
    steps: list[tuple[str, float, Role]] = [(label, amount, Role.PART) for label, amount in parts if amount > 0]
    steps += [("Other parts", rest, Role.PART)] if rest > _whole(direct) else []
    steps += [("DC load", direct, Role.SUM), ("Supply loss", loss, Role.LOSS), ("At the wall", wall, Role.SUM)]
    if mains > wall:
        steps += [("UPS loss", mains - wall, Role.LOSS)]
    circuits = readings.of("circuits_used").value
    if circuits > 1:
        steps += [(f"On each of {number(circuits)}", mains / circuits, Role.SUM)]
    if other != 0:
        steps += [("Other load", other, Role.OTHER)]
    steps += [("On the circuit", circuit, Role.SUM)]
    bars, places, reached = [], [], 0.0
    for place, (label, amount, role) in enumerate(steps):
        start = 0.0 if role is Role.SUM else reached
        reached = amount if role is Role.SUM else start + amount
        known = not math.isnan(reached)
        places.append(Place(label if known else f"{label}: {UNKNOWN}", strong=role is Role.SUM))
        if known:
            bars.append(Bar(place, start, reached, role, number(amount, 0)))
    spare = limit - circuit
    working = (
        f"{measured(readings.of('breaker_current').value, 'A')} × {measured(readings.of('supply_voltage').value, 'V')} "
        f"× {number(readings.of('continuous_share').value)} ="
    )
    limits: tuple[Limit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    if math.isfinite(limit):
        limits = (Limit(limit, f"{measured(limit, 'W', 0)} limit", working, len(steps) - 3, len(steps) - 1),)
    if not math.isnan(spare) and limits:
        words = "to spare" if spare >= 0 else "too much"
        gaps = (Gap(len(steps) - 1, circuit, limit, measured(abs(spare), "W", 0), words, short=spare < 0),)
    sums = tuple(i for i, (_, _, role) in enumerate(steps) if role is Role.SUM)
    beyond = (("everything at full load", "peak_dc_load"), ("peaks for 100 µs", "peak_excursion_power"))
    full = [
        f"{words} {measured(amount, 'W', 0)}"
        for words, name in beyond
        if not math.isnan(amount := readings.of(name).value)
    ]
    return Figure(
        "power-waterfall",
        TITLE,
        "; ".join(["sustained watts", ", ".join(full)]) if full else "sustained watts",
        _sentence(circuit, limit, spare),
        up=plain_scale(readings.of("circuit_power").label, "W", (0.0, limit, *(bar.end for bar in bars))),
        places=tuple(places),
        bars=tuple(bars),
        limits=limits,
        gaps=gaps,
        table=Table(("Step", "W"), tuple((label, number(amount, 0)) for label, amount, _ in steps), sums),
    )


def _whole(load: float) -> float:
    """Half a watt: less than that is rounding of the parts' shown figures, not a part of its own."""
    return 0.5 if load else 0.0


def _sentence(circuit: float, limit: float, spare: float) -> str:
    """The answer in plain words."""
    if math.isnan(circuit) or math.isnan(limit):
        return "Whether the circuit carries it cannot be told."
    if math.isinf(limit):
        return f"It draws {measured(circuit, 'W', 0)}; no circuit limit is set."
    asked, allowed, room = (measured(amount, "W", 0) for amount in (circuit, limit, abs(spare)))
    if spare >= 0:
        return f"The circuit carries it: {asked} of {allowed}, {room} to spare."
    return f"The circuit is overloaded: {asked} on {allowed}, {room} too much."


PLOT = Plot(
    "power-waterfall",
    TITLE,
    "",
    "circuit_power",
    (
        *(name for name, _ in PARTS),
        "dc_load",
        "psu_loss",
        "wall_power",
        "mains_power",
        "circuits_used",
        "other_load",
        "circuit_power",
        "circuit_limit",
        "breaker_current",
        "supply_voltage",
        "continuous_share",
        "peak_dc_load",
        "peak_excursion_power",
    ),
    curves,
)
