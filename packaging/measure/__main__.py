"""Measure what pieces of medical-AI work cost a processor's core, and write it into the catalogue's table.

cd packaging && python -m measure augmentation dicom ...
"""

from __future__ import annotations

import csv
import importlib
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from measure.timing import ONE_THREAD, load, processor

TABLE: Final = Path(__file__).resolve().parents[2] / "components_db" / "measured" / "cpu_work.csv"
COLUMNS: Final = (
    "measurement", "what", "value", "low", "high", "unit", "repeats", "conditions", "software", "cpu", "load", "date",
)  # fmt: skip
MEASUREMENTS: Final = (
    "augmentation", "dicom", "pictures", "volumes", "tokens", "radiomics", "registration", "boosting", "regression",
)  # fmt: skip


def measured(name: str) -> list[dict[str, str]]:
    """Run one measurement and return its lines."""
    lines = []
    before, cpu, today = load(), processor(), datetime.now(UTC).date().isoformat()
    for row in importlib.import_module(f"measure.{name}").measure():
        numbers = {key: f"{getattr(row, key):.4g}" for key in ("value", "low", "high")}
        texts = {"what": row.what, "unit": row.unit, "conditions": row.conditions, "software": row.software}
        after = load()
        jobs = f"{before:.1f} to {after:.1f}"
        lines.append(
            {
                "measurement": name,
                **texts,
                **numbers,
                "repeats": str(row.repeats),
                "cpu": cpu,
                "load": jobs,
                "date": today,
            }
        )
        before = after
        print(name, row.what, *numbers.values(), row.unit, f"({row.conditions})", f"load {jobs}", flush=True)
    return lines


def written(lines: list[dict[str, str]], names: tuple[str, ...], table: Path = TABLE) -> None:
    """Replace the lines of these measurements in the table; the others stay."""
    table.parent.mkdir(exist_ok=True)
    kept = []
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            kept = [line for line in csv.DictReader(file) if line["measurement"] not in names]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*kept, *lines], key=lambda line: MEASUREMENTS.index(line["measurement"])))
    beside = table.with_suffix(".new")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(table)


def main(names: tuple[str, ...]) -> int:
    """Measure what is named and write each as soon as it is done; without a name, say which there are."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown or not names:
        print(f"Name one or more of: {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    for name in names:
        written(measured(name), (name,))
    return 0


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    raise SystemExit(main(tuple(sys.argv[1:])))
