"""What fills the memory of each GPU, against what it has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Gap, Limit, Place, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import measured, number

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "GPU memory"
PARTS = (
    ("weights_memory", "Weights", Role.FIRST),
    ("gradients_memory", "Gradients", Role.SECOND),
    ("optimiser_memory", "Optimiser", Role.THIRD),
    ("activations_memory", "Activations", Role.PART),
    ("kv_memory", "KV cache", Role.FOURTH),
    ("workspace_memory", "Workspace", Role.FIFTH),
    ("communication_memory", "Communication", Role.SIXTH),
    ("framework_use", "Framework", Role.OTHER),
)
SMALLEST_PART = 1e-3


def curves(readings: Readings) -> Figure:
    """Return a bar a card: what each kind of state takes, and what is free or missing."""
    held, needed = readings.of("gpu_memory").value, readings.of("gpu_memory_needed").value
    if math.isnan(held) or math.isnan(needed):
        return Figure("gpu-memory", TITLE, missing="What the workload needs of GPU memory is not known.")
    parts = [(label, readings.of(name).value, role) for name, label, role in PARTS]
    cards = readings.cards or ("GPU",)
    bars: list[Bar] = []
    gaps = []
    for place in range(len(cards)):
        start = 0.0
        for label, amount, role in parts:
            if amount > SMALLEST_PART:
                bars.append(Bar(place, start, start + amount, role, f"{label} {number(amount)}", name=label))
                start += amount
        if needed - start > SMALLEST_PART:
            bars.append(Bar(place, start, needed, Role.OTHER, f"Other {number(needed - start)}", name="Other"))
        free = held - needed
        bars.append(
            Bar(place, needed, held, Role.FREE, f"{measured(free, 'GB')} free", name="Free")
            if free >= 0
            else Bar(place, held, needed, Role.SHORTFALL, f"{measured(-free, 'GB')} missing", name="Missing")
        )
    if needed > held:
        gaps.append(Gap(0, held, needed, f"{measured(needed - held, 'GB')} missing", short=True))
    rest = needed - sum(amount for _, amount, _ in parts if amount > 0)
    rows = [(label, number(amount)) for label, amount, _ in parts if amount > 0]
    rows += [("Other", number(rest))] if rest > SMALLEST_PART else []
    rows += [("Needed on one GPU", number(needed)), ("One GPU has", number(held))]
    fits = needed <= held
    sentence = (
        f"{readings.workload or 'The workload'} needs {measured(needed, 'GB')} on each GPU, "
        f"which has {measured(held, 'GB')}: "
        + (f"{measured(held - needed, 'GB')} stay free." if fits else f"{measured(needed - held, 'GB')} are missing.")
    )
    return Figure(
        "gpu-memory",
        TITLE,
        "on one GPU",
        sentence,
        plain_scale(readings.of("gpu_memory").label, "GB", (0.0, held, needed)),
        places=tuple(Place(card) for card in cards),
        bars=tuple(bars),
        limits=(Limit(held, measured(held, "GB")),),
        gaps=tuple(gaps),
        table=Table(("Part", "GB"), tuple(rows), (len(rows) - 2,)),
    )


PLOT = Plot(
    "gpu-memory",
    TITLE,
    "gpu_memory",
    "",
    ("gpu_memory", "gpu_memory_needed", *(name for name, _, _ in PARTS)),
    curves,
)
