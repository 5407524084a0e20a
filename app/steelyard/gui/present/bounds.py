"""By what each stage on the cards is bound: arithmetic, memory bandwidth, the power limit, or launches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

WORDS: Final = {
    "stage_matrix_time": "compute-bound",
    "bandwidth": "bandwidth-bound",
    "stage_energy_time": "power-bound",
    "gpu_launch_demand": "launch-bound",
}


def bounds_of(variant: VariantEvaluation, row: int) -> tuple[tuple[str, str], ...]:
    """The stages of a workload that take time of the cards, each with the word for what takes most of it."""
    stages = variant.engine.catalog.workloads[variant.uses[row].workload].stages
    found = []
    for place, stage in enumerate(stages):
        times = _times(variant, row, place)
        if sum(times.values()) > 0:
            found.append((stage.label, WORDS[max(times, key=lambda name: times[name])]))
    return tuple(found)


def bound_words(variant: VariantEvaluation, use: str) -> str:
    """The same as words, for the workload of this id; empty where nothing of it runs on cards."""
    row = next((row for row, each in enumerate(variant.uses) if each.id == use), None)
    if row is None:
        return ""
    return ", ".join(f"{label}: {word}" for label, word in bounds_of(variant, row))


def _times(variant: VariantEvaluation, row: int, place: int) -> dict[str, float]:
    """Seconds a sample of one stage, at peak rates; layers are the traffic and the vector work between products."""
    moved = variant.value("stage_layer_time", row, place) + variant.value("stage_stream_time", row, place)
    names = ("stage_matrix_time", "stage_energy_time", "gpu_launch_demand")
    return {name: variant.value(name, row, place) for name in names} | {"bandwidth": moved}
