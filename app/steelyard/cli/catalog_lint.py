"""`steelyard catalog lint`: what is wrong in the catalogue's files, and what a curator should look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from steelyard.catalog.lint import newest_day, remarks
from steelyard.catalog.load import load_catalog
from steelyard.catalog.remark import CHECKS, ERROR
from steelyard.cli.printing import print_json, print_text
from steelyard.errors import BadInputError, ExitCode
from steelyard.library.standing import standing_catalog
from steelyard.project.cooling_methods import cooling_methods
from steelyard.project.model import model_of
from steelyard.project.rooms import rooms
from steelyard.project.rule_sets import cited
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.remark import Remark

__all__ = ["lint"]

_SHOWN: Final = 5
"""Remarks of one check that are printed unless all are asked for."""


def lint(options: argparse.Namespace) -> ExitCode:
    """Print every complaint with file and line, then what each check found; 2 when there is a complaint or an error.

    Without a folder it is about the catalogue as it stands, with all that the library lays over it.
    """
    if options.date and not _is_day(options.date):
        raise BadInputError(f'"{options.date[:20]}" is no day.', "Write it as 2026-11-21.")
    catalog = load_catalog(Path(options.folder), cache=None) if options.folder else standing_catalog(cache=None)
    day = options.date or newest_day(catalog)
    by_formulas = {formula.source for formula in model_of(load_catalog()).quantities.values()}
    also_cited = by_formulas | cited() | {each.source for each in rooms().values()}
    also_cited |= {each.source for each in cooling_methods().values()}
    found = remarks(catalog, day, options.price_age, also_cited)
    wrong = bool(catalog.complaints) or any(each.severity == ERROR for each in found)
    if options.json:
        print_json({"date": day, "complaints": catalog.complaints, "remarks": found})
    else:
        for complaint in catalog.complaints:
            print_text(str(complaint))
        _print_remarks(found, most=len(found) if options.all else _SHOWN)
        errors = sum(each.severity == ERROR for each in found)
        counts = (len(catalog.complaints), "complaint"), (errors, "error"), (len(found) - errors, "remark")
        if not catalog.parts:
            print_text(f'There is no part in "{catalog.root}" that can be used.')
        as_of = f", as of {day}" if day else ""
        print_text(f"{', '.join(counted(count, word) for count, word in counts)}{as_of}.")
    return ExitCode.BAD_INPUT if wrong else ExitCode.DONE


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _print_remarks(found: tuple[Remark, ...], most: int) -> None:
    for name, check in CHECKS.items():
        of_check = [each for each in found if each.id == name]
        if not of_check:
            continue
        print_text(f"{check.title}: {counted(len(of_check), check.severity)} [{name}]. {check.remedy}")
        for each in of_check[:most]:
            print_text(f"    {each}")
        if len(of_check) > most:
            print_text(f"    and {len(of_check) - most} more: --all")
