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
    power_peaks,
    power_supply,
    power_units,
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
    Check("V1", "A network of six nodes against its exact solution at 1,081 times", over_time.reference),
    Check("V2", "Networks against closed forms: step, cycle, ladder", over_time.closed_forms),
    Check("V3", "A card without fans in a tower", heat_passive.rows, heat_passive.MISSES),
    Check("V4", "Temperature of cards, by a datum and by class", heat_temperature.rows, heat_temperature.MISSES),
    Check("V5", "Throughput kept under a power limit", heat_power.rows, heat_power.MISSES),
    Check("V6", "Two cards side by side", heat_stack.rows, heat_stack.MISSES),
    Check("", "Four cards in one machine, by place", heat_stack.by_place, heat_stack.MISSES_BY_PLACE),
    Check("V7", power_wall.TITLE, power_wall.rows, power_wall.MISSES),
    Check("V7", power_factor.TITLE, power_factor.rows),
    Check("V8", "Form of the curve of time on battery", power_ups.fits),
    Check("", power_ups.TITLE, power_ups.rows),
    Check("V9", power_supply.TITLE, power_supply.rows),
    Check("V10", power_excursions.TITLE, power_excursions.rows),
    Check("V11", "Air that a card without fans needs", air_flow.needed_air),
    Check("", power_units.TITLE, power_units.rows),
    Check("", power_peaks.TITLE, power_peaks.rows, power_peaks.MISSES),
    Check("", "Fans: flow and level by speed", air_flow.fans),
    Check("", "Processors and radiators", air_processor.rows),
    Check("", "Registered memory, with and without fans of its own", air_memory.rows),
)  # fmt: skip
"""The validations by the names that they are known by, and more of the same kind."""

TABLES = (
    "gpu_power_sweeps", "power_80plus_table", "power_gpu_transients", "power_limit_vs_throughput",
    "power_mlperf_gpucap_vs_wall", "power_mlperf_wall_summary", "power_multigpu_wall",
    "power_psu_efficiency_measured", "power_ups_runtime_apc",
    "thermal_airflow_vs_inlet_intelpac", "thermal_radiator_w_per_10c", "thermal_rtxpro6000_powerlimit_summary",
    "thermal_rtxpro6000_powerlimit_timeseries", "thermal_stacked_4gpu_position", "thermal_stacked_dual3090_burst",
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
    said += [_line(each) for each in found]
    missed = [(each["title"], row) for each in found for row in each["missed"]]
    if missed:
        said += ["", "What lies outside its tolerance, and what we believe is the cause:", ""]
    said += [_told(title, row) for title, row in missed]
    return [*said, ""]


def _line(check: Mapping[str, Any]) -> str:
    worst = check["worst"]
    measured, predicted = (f"{worst[name]:.6g} {worst['unit']}".strip() for name in ("measured", "predicted"))
    cells = (
        check["name"], check["title"], f"{check['cases']:,}", f"{len(check['missed'])}", worst["case"], measured,
        predicted, f"{worst['error']:+.3g}", f"{worst['tolerance']:.3g}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _told(title: str, row: Mapping[str, Any]) -> str:
    numbers = f"{row['measured']:.4g} {row['unit']}".strip() + f" measured, {row['predicted']:.4g} predicted"
    return f"- **{row['case']}** ({title}): {numbers}. {row['cause'].rstrip('.')}."
