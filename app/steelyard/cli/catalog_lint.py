"""`steelyard catalog lint`: what is wrong in the catalogue's files, and what a curator should look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.catalog.load import load_catalog
from steelyard.cli.printing import print_json, print_text
from steelyard.errors import ExitCode
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

__all__ = ["lint"]


def lint(options: argparse.Namespace) -> ExitCode:
    """Print every complaint with file and line; 2 when there is one."""
    root = Path(options.folder) if options.folder else None
    complaints = load_catalog(root, cache=None).complaints
    if options.json:
        print_json(complaints)
    else:
        for complaint in complaints:
            print_text(str(complaint))
        print_text(f"{counted(len(complaints), 'complaint')}." if complaints else "Nothing to complain about.")
    return ExitCode.BAD_INPUT if complaints else ExitCode.DONE
