"""`steelyard transient`: a build under load for hours or days, as a table over time and as a summary."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.cli.builds import opened_project
from steelyard.cli.printing import print_json, print_text
from steelyard.cli.standing import usable_catalog
from steelyard.cli.tables import long_table, write_table
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.evaluate import Engine
from steelyard.transient.day import day_of
from steelyard.transient.load import CONSTANT, Phase
from steelyard.transient.run import sustained_run
from steelyard.transient.summary import runs_away, summary_of
from steelyard.wording import counted, lasting, measured, share

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.transient.run import Run

__all__ = ["transient"]

DAY_PLAN: Final = "day"


def transient(options: argparse.Namespace) -> ExitCode:
    """Write the table, and print what it comes to; 1 where heat runs away or a card switches off."""
    cycle = None if options.cycle == DAY_PLAN else _phases(options.cycle)
    project = opened_project(options)
    variant = project.variants[0]
    found = Engine.of(usable_catalog()).evaluate_variant(project, variant.name)
    phases = day_of(found) if cycle is None else cycle
    row = _row(found, options.workload)
    run = sustained_run(found, row, options.hours, options.every, interval=options.interval, phases=phases)
    write_table(long_table(_lines(run), tuple(_columns(run))), Path(options.out))
    summary = summary_of(run, found, row)
    if options.json:
        print_json(summary)
    told = sys.stderr if options.json else sys.stdout
    for line in _said(run, found, row, phases):
        print(line, file=told) if options.json else print_text(line)
    print(f"{counted(len(run.times), 'line')} in {options.out}", file=told)
    return ExitCode.BLOCKED if runs_away(found, row) or math.isfinite(run.minutes_to_shutdown) else ExitCode.DONE


def _phases(cycle: str | None) -> tuple[Phase, ...]:
    """Seconds of work and of rest, written as 600:300."""
    if cycle is None:
        return CONSTANT
    try:
        busy, idle = (float(part) for part in cycle.split(":"))
    except ValueError:
        busy = idle = math.nan
    if not (0 < busy < math.inf and 0 < idle < math.inf):
        message = f'"{cycle[:60]}" is no cycle of work and rest.'
        raise BadInputError(message, "Write seconds of each, such as --cycle 600:300, or --cycle day.")
    return (Phase(busy, 1.0), Phase(idle, 0.0))


def _row(found: VariantEvaluation, named: str | None) -> int:
    """The workload that is named, or the one that draws the most. Raises BadInputError."""
    known = [use.id for use in found.uses]
    if named and named not in known:
        message = f'The project has no workload "{named[:60]}".'
        raise BadInputError(message, did_you_mean(named, known).strip() or f"Workloads: {', '.join(known)}.")
    if named:
        return known.index(named)
    drawn = [found.value("mains_power", row) for row in found.rows]
    return max(found.rows, key=lambda row: -math.inf if math.isnan(drawn[row]) else drawn[row])


def _said(run: Run, found: VariantEvaluation, row: int, phases: Sequence[Phase]) -> list[str]:
    """What it comes to, in sentences."""
    swings = len(phases) > 1
    steady = "in the steady state of work without a pause" if swings else "in the steady state"
    lines = [f"{found.variant.name} under {found.uses[row].id} for {lasting(run.hours)}, from a cold start", *run.notes]
    if math.isfinite(run.minutes_to_throttle):
        lines.append(f"Heat holds {run.throttled} back after {lasting(run.minutes_to_throttle / 60)}.")
    else:
        lines.append("Heat holds nothing back.")
    if math.isfinite(run.minutes_to_shutdown):
        after = lasting(run.minutes_to_shutdown / 60)
        lines.append(f"A card passes the temperature at which it switches off after {after}. Cool it better.")
    if runs_away(found, row):
        lines.append("The cards' heat runs away: each kelvin brings more than another. Cool them better, or cap them.")
    for name, end in run.steady.items():
        last = float(run.temperatures[name][-1])
        lines.append(
            f"  {name}: peak {measured(run.peak[name], '°C', 1)}, at the end {measured(last, '°C', 1)}, "
            f"{steady} {measured(end, '°C', 1)}"
        )
    done = run.work_done if swings else float(run.outcome.throughput[-1])
    lines.append(
        f"  Work done {'in all' if swings else 'at the end'}: {share(done, 1)} of a cool machine's; "
        f"energy {measured(run.energy / 3.6e6, 'kWh')}"
    )
    return lines


def _columns(run: Run) -> dict[str, object]:
    """Heads with their units, and the numbers below them."""
    outcome = run.outcome
    found: dict[str, object] = {"Time (s)": run.times}
    found |= {f"{name} temperature (°C)": values.round(4) for name, values in run.temperatures.items()}
    for place, card in enumerate(run.cards):
        found |= {
            f"{card} power (W)": outcome.card_power[place].round(3),
            f"{card} fan speed (% of full)": (100 * outcome.card_fan[place]).round(3),
            f"{card} clock (% of full)": (100 * outcome.card_clock[place]).round(3),
            f"{card} speed kept (%)": (100 * outcome.card_speed[place]).round(3),
        }
    return found | {
        "CPU power (W)": outcome.cpu_power.round(3),
        "CPU fan speed (% of full)": (100 * outcome.cpu_fan).round(3),
        "CPU speed kept (%)": (100 * outcome.cpu_speed).round(3),
        "Drawn from the mains (W)": outcome.mains_power.round(3),
        "Work done (% of a cool machine)": (100 * outcome.throughput).round(3),
    }


def _lines(run: Run) -> list[dict[str, object]]:
    columns = _columns(run)
    return [dict(zip(columns, line, strict=True)) for line in zip(*columns.values(), strict=True)]
