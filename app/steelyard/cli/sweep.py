"""`steelyard sweep`: a project over ranges of settings, one number a line, with the units in the heads of columns."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.cli.builds import opened_project
from steelyard.cli.printing import print_text
from steelyard.cli.standing import usable_catalog
from steelyard.cli.tables import long_table, write_table
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.answers import number_of
from steelyard.project.evaluate import Engine
from steelyard.project.sweeping import Swept, axis_of, points_of, swept
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from steelyard.graph.model import Model

__all__ = ["SHOWN", "sweep"]

SHOWN: Final = (
    "throughput", "throughput_peak", "asked_rate", "gpu_busy", "cpu_busy", "wall_power", "card_temperature",
    "noise_level", "heat_output", "energy_cost", "build_price", "gpu_memory_needed", "host_memory_needed",
)  # fmt: skip
"""What is shown unless `--show` says otherwise, as far as the model has it."""


def sweep(options: argparse.Namespace) -> ExitCode:
    """Write the table: for every point, variant and workload a line for each quantity, equal to what evaluate says."""
    engine = Engine.of(usable_catalog())
    project = opened_project(options)
    axes = [axis_of(text, project, engine.catalog) for text in options.vary]
    repeated = next((axis.name for axis in axes if [each.name for each in axes].count(axis.name) > 1), None)
    if repeated:
        raise BadInputError(f'"{repeated[:60]}" is varied twice.', "Give each setting one range.")
    names = _names(engine.model, options.show)
    heads = [f"{axis.name} ({axis.unit.symbol})" if axis.unit.symbol else axis.name for axis in axes]
    points = math.prod(len(axis.values) for axis in axes)
    rows: list[dict[str, object]] = []
    for variant in project.variants:
        done = 0
        for batch in swept(engine, points_of(project, variant.name, axes), names):
            for place, values in enumerate(batch.values):
                said = {"variant": variant.name, **dict(zip(heads, values, strict=True))}
                rows += [said | line for line in _lines(batch, place, names, project.currency)]
            done += len(batch.values)
            if done < points:
                print(f"{variant.name}: {done:,} of {points:,} points", file=sys.stderr, flush=True)
        print(f"{variant.name}: {counted(len(rows), 'line')}", file=sys.stderr)
    columns = ("variant", *heads, "workload", "quantity", "value", "unit")
    write_table(long_table(rows, columns), Path(options.out))
    print_text(f"{counted(len(rows), 'line')} in {options.out}")
    return ExitCode.DONE


def _lines(batch: Swept, place: int, names: Sequence[str], currency: str) -> Iterator[dict[str, object]]:
    """A line for each workload and quantity; over cards or stages the greatest; what is unknown stays empty."""
    for workload, use in enumerate(batch.workloads or ("",)):
        for name in names:
            value, unit = number_of(batch.evaluation, currency, name, batch.row(place, workload))
            yield {"workload": use, "quantity": name, "value": value, "unit": unit}


def _names(model: Model, text: str | None) -> list[str]:
    if not text:
        return [name for name in SHOWN if name in model.quantities]
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in model.quantities:
            hint = did_you_mean(name, list(model.quantities))
            raise BadInputError(
                f'"{name[:60]}" is no quantity of the model.{hint}', "" if hint else "See the glossary."
            )
    return names
