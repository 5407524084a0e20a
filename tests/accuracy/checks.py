"""Power, heat and noise as they stand on the page: every check with its greatest miss, and what is believed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from accuracy import (
    air_flow,
    air_memory,
    air_processor,
    heat_passive,
    heat_power,
    heat_stack,
    heat_temperature,
    over_time,
    power_excursions,
    power_factor,
    power_supply,
    power_ups,
    power_wall,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from accuracy.rows import Row


class Check(NamedTuple):
    """What is checked, by cases; `misses` are the cases outside their tolerance, with what is believed of them."""

    name: str
    title: str
    cases: Callable[[], Sequence[Row]]
    misses: Mapping[str, str] = {}


CHECKS = (
    Check("V1", "A network of six nodes, 1,081 times, against its exact solution", over_time.reference),
    Check("V2", "Closed forms: step, cycle, ladder, leakage, throttle, preheat", over_time.closed_forms),
    Check("V3", "A card without fans in a tower", heat_passive.rows, heat_passive.MISSES),
    Check("V4", "Temperature of cards, by a measurement of the card and by its class", heat_temperature.rows, heat_temperature.MISSES),
    Check("V5", "Throughput kept under a power limit", heat_power.rows, heat_power.MISSES),
    Check("V6", "Two cards side by side", heat_stack.rows, heat_stack.MISSES),
    Check("V7", "Power at the wall of whole machines", power_wall.rows, power_wall.MISSED),
    Check("V7", "Power factor at the wall", power_factor.rows),
    Check("V8", "Time on battery, from two of a table's runtimes", power_ups.rows),
    Check("V9", "Efficiency of supplies at the points of their class", power_supply.rows),
    Check("V10", "Peaks that a supply rides out, by window", power_excursions.rows),
    Check("V11", "Air that a card without fans needs", air_flow.needed_air),
    Check("", "Fans: flow and level by speed", air_flow.fans),
    Check("", "Processors and radiators", air_processor.rows),
    Check("", "Registered memory, with and without fans of its own", air_memory.rows),
)  # fmt: skip


def checked() -> list[dict[str, Any]]:
    """Return every check with its worst case, as plain values for page and desk."""
    return [_checked(check) for check in CHECKS]


def _checked(check: Check) -> dict[str, Any]:
    rows = check.cases()
    worst = max(rows, key=lambda row: abs(row.error) / row.tolerance)
    return {
        "name": check.name,
        "title": check.title,
        "cases": len(rows),
        "worst": _plain(worst),
        "missed": [{**_plain(row), "cause": check.misses[row.case]} for row in rows if not row.holds],
    }


def _plain(row: Row) -> dict[str, Any]:
    return {
        "case": row.case,
        "measured": float(f"{row.measured:.6g}"),
        "predicted": float(f"{row.predicted:.6g}"),
        "unit": row.unit,
        "error": float(f"{row.error:.3g}"),
        "tolerance": float(f"{row.tolerance:.3g}"),
    }


def lines(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the section of the page, as Markdown."""
    said = [
        "## Power, heat and noise",
        "",
        "Each check holds the model against published measurements, certified points or closed forms; the error is",
        "predicted less measured, of the case that uses most of its tolerance.",
        "",
        "| | Check | Cases | Outside | Worst case | Measured | Predicted | Error | Tolerance |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in found:
        worst = each["worst"]
        unit = f" {worst['unit']}" if worst["unit"] else ""
        cells = (
            each["name"], each["title"], f"{each['cases']:,}", str(len(each["missed"])), worst["case"],
            f"{worst['measured']:.6g}{unit}", f"{worst['predicted']:.6g}{unit}", f"{worst['error']:+.2g}", f"{worst['tolerance']:.2g}",
        )  # fmt: skip
        said.append(f"| {' | '.join(cells)} |")
    missed = [(each["title"], row) for each in found for row in each["missed"]]
    if missed:
        said += ["", "What lies outside its tolerance, and what we believe is the cause:", ""]
    said += [
        f"- **{row['case']}** ({title.lower()}): {row['measured']:.4g} {row['unit']} measured, {row['predicted']:.4g} predicted. {row['cause'].rstrip('.')}."
        for title, row in missed
    ]
    return [*said, ""]
