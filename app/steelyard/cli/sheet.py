"""`steelyard sheet FILE --out X.pdf`: a project's build on paper.

`--kind site` prints the one page for those who run the building, `--kind bill --out X.csv` the bill as a table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.cli.builds import opened_project
from steelyard.cli.install import ask_for_reportlab
from steelyard.cli.standing import usable_catalog
from steelyard.errors import BadInputError, ExitCode
from steelyard.project.evaluate import Engine

if TYPE_CHECKING:
    import argparse

__all__ = ["sheet"]


def sheet(options: argparse.Namespace) -> ExitCode:
    """Write a document of the first variant, or of the one that `--variant` names."""
    out = Path(options.out)
    if options.kind == "bill":
        return _bill(options, out)
    if out.suffix.lower() != ".pdf":
        raise BadInputError(f'The sheet "{out}" must be a PDF.', "Give it a name that ends in .pdf.")
    ask_for_reportlab()
    if options.kind == "site":
        return _site(options, out)
    from steelyard.sheets.build_sheet import write

    evaluation = Engine.of(usable_catalog()).evaluate(opened_project(options, whole=True))
    write(evaluation, out, paper=options.paper, date=options.date, variant=options.variant, decimal=options.decimal)
    return ExitCode.DONE


def _site(options: argparse.Namespace, out: Path) -> ExitCode:
    """Write the site fitness sheet."""
    from steelyard.sheets.fitness_sheet import write

    evaluation = Engine.of(usable_catalog()).evaluate(opened_project(options, whole=True))
    write(evaluation, out, options.variant, paper=options.paper, date=options.date, decimal=options.decimal)
    return ExitCode.DONE


def _bill(options: argparse.Namespace, out: Path) -> ExitCode:
    """Write the bill as CSV."""
    if out.suffix.lower() != ".csv":
        raise BadInputError(f'The bill "{out}" must be a CSV file.', "Give it a name that ends in .csv.")
    from steelyard.sheets.bill_csv import write

    write(Engine.of(usable_catalog()).evaluate(opened_project(options, whole=True)), out, options.variant)
    return ExitCode.DONE
