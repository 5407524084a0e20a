"""`steelyard schema evaluate|project|part`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json
from steelyard.errors import ExitCode

if TYPE_CHECKING:
    import argparse

__all__ = ["schema"]


def schema(options: argparse.Namespace) -> ExitCode:
    """Print a JSON Schema (2020-12)."""
    from steelyard.project.schema import evaluate_schema, part_schema, project_schema

    if options.what == "part":
        from steelyard.library.standing import standing_catalog

        print_json(part_schema(standing_catalog().schema))
    else:
        print_json(evaluate_schema() if options.what == "evaluate" else project_schema())
    return ExitCode.DONE
