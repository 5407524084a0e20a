"""Where everything sits: the processor, the slots with their cards, the drives and the memory modules."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.held import WITHIN, is_held, is_over
from steelyard.figures.taken import card_names
from steelyard.gui.lines import Place, Sitting, Slot
from steelyard.gui.present.numbers import reading_of
from steelyard.gui.present.plots import filled_slots
from steelyard.project.left_out import left_out
from steelyard.wording import number, share

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

MOST_MODULES = 8


def sitting_view(variant: VariantEvaluation, row: int) -> Sitting:
    """The processor, the slots from the top of the case, the drives and the memory modules."""
    return Sitting(_processor(variant), _slots(variant, row), _drives(variant), _memory(variant))


def _processor(variant: VariantEvaluation) -> tuple[str, ...]:
    part = variant.selection.part("cpu")
    if part is None:
        return ()
    cores, power, lanes = (variant.value(f"cpu_{field}") for field in ("cores", "package_power", "lanes"))
    channels = (
        variant.value("memory_channels")
        if "memory_channels" in variant.evaluation.values
        else variant.value("cpu_memory_channels")
    )
    return (
        variant.engine.catalog.part(part).name,
        f"{number(cores)} cores, {number(power)} W",
        f"{number(channels)} memory channels",
        f"{number(lanes)} usable lanes",
    )


def _slots(variant: VariantEvaluation, row: int) -> tuple[Slot, ...]:
    if "board" not in variant.selection:
        return ()
    evaluation = variant.evaluation
    wired = evaluation.value("board_slots")[..., row]
    places, lanes, generations, held = (
        evaluation.value(name)[..., row]
        for name in ("board_slot_position", "board_slot_lanes", "board_slot_generation", "card_slots")
    )
    order = filled_slots(variant, row)
    thick = variant.value("gpu_thickness")
    height = max(1, math.ceil(thick)) if math.isfinite(thick) else 1
    lines, covered = [], 0
    for index in range(len(places)):
        if not wired[index] > 0:
            continue
        place = int(places[index])
        words = f"PCIe {number(generations[index])}.0 ×{number(lanes[index])}"
        if held[index] > 0:
            lines.append(_occupied(variant, row, order.index(place), place, words, int(lanes[index]), height))
            covered = place + height - 1
        elif place <= covered:
            lines.append(Slot(place, words, int(lanes[index]), "covered", detail="under the card above"))
        else:
            lines.append(Slot(place, words, int(lanes[index]), "free", detail="free"))
    return tuple(lines)


def _occupied(variant: VariantEvaluation, row: int, card: int, place: int, words: str, lanes: int, height: int) -> Slot:
    part = variant.engine.catalog.part(variant.selection.part("gpu") or "")
    letter = card_names(variant, row)[card].removeprefix("GPU").strip()
    temperature = reading_of(variant, "card_temperature", row, card)
    limit = variant.value("gpu_temperature_limit", row)
    hot, within = variant.value("card_temperature", row, card), variant.value(WITHIN, row)
    over, kept = is_over(hot, limit, within), variant.value("card_speed_kept", row, card)
    size = f"{number(variant.value('gpu_thickness'))} slots, {number(variant.value('gpu_length'), 0)} mm"
    inlet = reading_of(variant, "card_inlet", row, card)
    power = reading_of(variant, "card_power", row, card)
    air = f"air {number(variant.value('card_inlet', row, card), 0)} {inlet.unit}"
    held = kept < 1 and is_held(hot, limit, within)
    detail = f"{air}, held at its limit: keeps {share(kept)}" if held else f"{size}, {air}"
    value = number(hot, 0)
    temperature = temperature._replace(value=value, known=not left_out(variant, "card_temperature"))
    over = over and temperature.known
    return Slot(
        place,
        words,
        lanes,
        "occupied",
        f"{part.name} {letter}".strip(),
        detail,
        temperature,
        f"{number(variant.value('card_power', row, card), 0)} {power.unit}",
        height,
        over,
    )


def _drives(variant: VariantEvaluation) -> tuple[Place, ...]:
    lines = []
    for role, label in (("os_drive", "OS"), ("scratch_drive", "Scratch"), ("archive_drive", "Archive")):
        part = variant.selection.part(role)
        if part is None:
            continue
        catalog = variant.engine.catalog
        form, kind = (catalog.datum(part, field).words for field in ("form_factor", "interface"))
        count = variant.selection.count(role)
        lines.append(
            Place(
                label, catalog.part(part).name, kind.replace("_", " "), f"{form}" + (f" × {count}" if count > 1 else "")
            )
        )
    return tuple(lines)


def _memory(variant: VariantEvaluation) -> tuple[str, ...]:
    if "memory" not in variant.selection:
        return ()
    count, size = (
        variant.value("memory_modules") * variant.selection.count("memory"),
        variant.value("memory_module_capacity"),
    )
    return tuple(f"{number(size)} GB" for _ in range(min(MOST_MODULES, int(count))))
