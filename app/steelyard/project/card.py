"""The build card: name, role, status, VRAM, cores, storage and temperature, all of them derived."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from steelyard.catalog import words_of
from steelyard.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.catalog import Catalog
    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.findings import Finding
    from steelyard.project.selection import Selection

Status = Literal["READY", "NEEDS ATTENTION", "BLOCKED", "INCOMPLETE"]

_SHORT: Final = (
    ("Threadripper PRO", "TR PRO"),
    ("Threadripper", "TR"),
    ("EPYC", "EPYC"),
    ("Xeon", "Xeon"),
    ("Ryzen", "Ryzen"),
)
_COOLING: Final = {"air": "Air", "liquid_closed": "Liquid", "liquid_custom": "Liquid"}
_TERABYTE: Final = 1000.0  # GB


class Card(NamedTuple):
    """The card's texts, and the numbers behind them (NaN is unknown)."""

    name: str
    role: str
    status: Status
    vram: str
    cores: str
    storage: str
    temp: str
    hottest: float
    hottest_name: str
    condition: str
    concerns: int


def status_of(findings: Sequence[Finding], missing: Sequence[str]) -> tuple[Status, int]:
    """Return the status word and how many findings stand behind it; unknown is never a pass."""
    blocks = sum(each.verdict == "broken" and each.rule.severity == "block" for each in findings)
    if blocks:
        return "BLOCKED", blocks
    cannot_tell = sum(each.verdict == "unknown" and each.rule.severity == "block" for each in findings) + len(missing)
    if cannot_tell:
        return "INCOMPLETE", cannot_tell
    warnings = sum(each.verdict != "holds" and each.rule.severity == "warn" for each in findings)
    return ("NEEDS ATTENTION", warnings) if warnings else ("READY", 0)


def card_of(
    name: str,
    role: str,
    status: tuple[Status, int],
    selection: Selection,
    catalog: Catalog,
    evaluation: Evaluation,
    workloads: Sequence[str],
) -> Card:
    """Return the card of one build. Row w runs the workload called `workloads[w]`; the hottest decides."""
    hottest, what, row = _hottest(evaluation, range(max(len(workloads), 1)))
    cooling = _word(catalog, selection, "cooler", "type")
    condition = ", ".join([_room(evaluation.at("room_air", row)), "sustained", *workloads[row : row + 1]])
    liquid = _COOLING.get(cooling, "")
    temp = f"{number(hottest, 0)}°C {what}, {condition}" + (f" ({liquid})" if liquid else "")
    return Card(
        name,
        role,
        status[0],
        _vram(selection, evaluation, row),
        _cores(catalog, selection, evaluation, row),
        _storage(catalog, selection, evaluation, row),
        temp if selection.part("cpu") else "none",
        hottest,
        what,
        condition + (f" ({liquid})" if liquid else ""),
        status[1],
    )


def _room(air: float) -> str:
    """The room as the build warms it, for that is what is sustained."""
    return "room warming without end" if math.isinf(air) else f"{number(air, 0)}°C room"


def _hottest(evaluation: Evaluation, rows: range) -> tuple[float, str, int]:
    best = (-math.inf, "CPU", rows.start)
    cards = evaluation.value("cards")
    temperatures = evaluation.value("card_temperature")
    for row in rows:
        for position in range(len(cards)):
            if cards[position, row] > 0:
                value = float(temperatures[position, row])
                if math.isnan(value):
                    return value, "GPU", row
                best = max(best, (value, "GPU", row))
    if best[1] == "GPU":
        return best
    return max((float(evaluation.at("cpu_temperature", row)), "CPU", row) for row in rows)


def _vram(selection: Selection, evaluation: Evaluation, row: int) -> str:
    count = selection.count("gpu")
    return f"{count}x {number(evaluation.at('gpu_memory', row))}GB" if count else "none"


def _cores(catalog: Catalog, selection: Selection, evaluation: Evaluation, row: int) -> str:
    part = selection.part("cpu")
    if part is None:
        return "none"
    name = catalog.part(part).name
    short = next((short for long, short in _SHORT if long.lower() in name.lower()), catalog.part(part).manufacturer)
    return f"{number(evaluation.at('cpu_cores', row))}-Core {short}"


def _storage(catalog: Catalog, selection: Selection, evaluation: Evaluation, row: int) -> str:
    role = "scratch_drive" if selection.part("scratch_drive") else "os_drive"
    if selection.part(role) is None:
        return "none"
    size = evaluation.at(f"{role}_capacity", row) * selection.count(role)
    words = {"nvme": "NVMe", "sata": "SATA", "sas": "SAS"}.get(_word(catalog, selection, role, "interface"), "")
    text = f"{number(size / _TERABYTE)}TB" if size >= _TERABYTE else f"{number(size)}GB"
    return f"{text} {words}".strip()


def _word(catalog: Catalog, selection: Selection, role: str, field: str) -> str:
    """The word of a category, from the arrays: no part's file is read for the card."""
    part = selection.part(role)
    if part is None:
        return ""
    table = catalog.tables[catalog.part(part).kind]
    return " ".join(words_of(catalog.schema[table.kind].fields[field], float(table.columns[field][table.row(part)])))
