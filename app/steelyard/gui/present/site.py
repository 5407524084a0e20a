"""The limits of the site as gauges, its settings as fields, and where everything sits in the case."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.taken import card_names
from steelyard.gui.lines import Limit, Place, Sitting, Slot
from steelyard.gui.present.missing import left_out
from steelyard.gui.present.numbers import reading_of, unit_of
from steelyard.gui.present.plots import filled_slots
from steelyard.gui.present.verdict import state_of
from steelyard.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.gui.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Unit

MOST_MODULES = 8
MOST_LISTED = 2


class Gauged(NamedTuple):
    """A gauge: its label, the value's quantity, the limit's, and the rule that weighs them."""

    label: str
    value: str
    limit: str
    rule: str
    strong: bool = False


GAUGES = (
    Gauged("Circuit, for hours", "circuit_power", "circuit_limit", "PWR-011", strong=True),
    Gauged("Supply, sustained", "dc_load", "psu_rating", "PWR-001"),
    Gauged("Hottest card", "gpu_temperature", "gpu_temperature_limit", "THM-001"),
    Gauged("CPU", "cpu_temperature", "cpu_temperature_limit", "THM-005"),
    Gauged("Room", "room_air", "room_limit", "THM-008"),
    Gauged("Noise at the listener", "noise_level", "noise_limit", "ACO-001"),
)


class Setting(NamedTuple):
    """A field of the site: its name in the project, label, unit, whether it may be empty, decimals scale."""

    name: str
    label: str
    unit: str
    optional: bool = False
    money: bool = False


SETTINGS = (
    Setting("supply_voltage", "Mains voltage", "V"),
    Setting("supply_voltage_low", "Lowest voltage", "V"),
    Setting("breaker_current", "Breaker", "A"),
    Setting("continuous_share", "Share for hours", "share"),
    Setting("other_load", "Other load", "W", optional=True),
    Setting("energy_price", "Energy", "a kWh", optional=True, money=True),
    Setting("hours_per_year", "Hours a year", "h"),
    Setting("room_temperature", "Room", "°C"),
    Setting("room_limit", "Room limit", "°C", optional=True),
    Setting("room_ventilation", "Fresh air", "m³/h", optional=True),
    Setting("ventilation_temperature", "Air let in", "°C", optional=True),
    Setting("room_conductance", "Heat through walls", "W/K", optional=True),
    Setting("noise_limit", "Noise limit", "dB(A)", optional=True),
    Setting("listening_distance", "Listener at", "m"),
    Setting("altitude", "Altitude", "m"),
)


def limits_view(variant: VariantEvaluation, chosen: int, *, ranged: bool) -> tuple[Limit, ...]:
    """A gauge for each limit that the build can meet or miss, each under the workload that leaves it the least room."""
    findings = {each.rule.id: each for each in variant.findings}
    gauges = []
    for gauged in GAUGES:
        if gauged.value == "gpu_temperature" and not variant.selection.count("gpu"):
            continue
        finding = findings.get(gauged.rule)
        row = chosen if finding is None else finding.row
        without, unlimited = left_out(variant, gauged.value), left_out(variant, gauged.limit)
        value = math.nan if without else variant.value(gauged.value, row)
        limit = math.nan if unlimited else variant.value(gauged.limit, row)
        reading = reading_of(variant, gauged.value, row, ranged=ranged)
        low, high = variant.range(gauged.value, row) if ranged and not without else (math.nan, math.nan)
        if without:
            reading = reading._replace(known=False, unit="", range="")
        said = variant.voice(row).say(limit, unit_of(variant, gauged.limit))
        state = (
            "unknown" if math.isnan(value) or math.isnan(limit) else _state(finding and state_of(finding), value, limit)
        )
        room = variant.voice(row).room(limit - value, _difference(variant, gauged))
        absent = dict.fromkeys((*without, *unlimited))
        words = (f"without {_listed(absent)}" if absent else "not known") if state == "unknown" else room
        if state != "unknown" and math.isfinite(high) and value <= limit < high:
            words = f"{room}; may reach {variant.voice(row).say(high, unit_of(variant, gauged.value))}"
        limit_text = "?" if unlimited else "no limit set" if math.isnan(limit) else str(said)
        gauges.append(
            Limit(
                gauged.label,
                reading._replace(range=""),
                _known(value),
                _known(low),
                _known(high),
                _known(limit),
                limit_text,
                state,
                words,
                gauged.strong,
            )
        )
    return tuple(gauges)


def _listed(labels: Iterable[str]) -> str:
    """Both labels, or the first and how many more."""
    told = list(labels)
    return ", ".join(told) if len(told) <= MOST_LISTED else f"{told[0]} and {len(told) - 1} more"


def _state(finding: str | None, value: float, limit: float) -> str:
    if value <= limit:
        return "ok"
    return finding if finding in {"block", "warn", "note"} else "warn"


def _difference(variant: VariantEvaluation, gauged: Gauged) -> Unit:
    rule = variant.evaluation.model.rules.get(gauged.rule)
    return rule.margin.unit if rule is not None else unit_of(variant, gauged.value)


def summary_of(variant: VariantEvaluation) -> tuple[Reading, ...]:
    """The site in a line: the settings that decide most."""
    names = ("supply_voltage", "breaker_current", "other_load", "room_temperature", "room_ventilation", "noise_limit")
    labels = dict(zip(names, ("Circuit", "Breaker", "Other load", "Room", "Fresh air", "Noise limit"), strict=True))
    return tuple(reading_of(variant, name, label=labels[name]) for name in names)


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
    over = variant.value("card_temperature", row, card) > limit
    size = f"{number(variant.value('gpu_thickness'))} slots, {number(variant.value('gpu_length'), 0)} mm"
    inlet = reading_of(variant, "card_inlet", row, card)
    power = reading_of(variant, "card_power", row, card)
    detail = f"{size}, air {number(variant.value('card_inlet', row, card), 0)} {inlet.unit}"
    value = number(variant.value("card_temperature", row, card), 0)
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


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
