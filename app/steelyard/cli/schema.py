"""`steelyard schema evaluate|project|part|patch [KIND]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json
from steelyard.errors import BadInputError, ExitCode, did_you_mean

if TYPE_CHECKING:
    import argparse

__all__ = ["schema"]


def schema(options: argparse.Namespace) -> ExitCode:
    """Print a JSON Schema (2020-12)."""
    if options.kind and options.what != "part":
        raise BadInputError("Only parts have kinds.", f"Write: steelyard schema part {options.kind}")
    if options.what == "part":
        _print_part(options.kind)
    elif options.what == "patch":
        from steelyard.library.patch import PatchFile
        from steelyard.project.schema import schema_of

        print_json(schema_of(PatchFile, "Steelyard patch", strict=True))
    else:
        from steelyard.project.schema import evaluate_schema, project_schema

        print_json(evaluate_schema() if options.what == "evaluate" else project_schema())
    return ExitCode.DONE


def _print_part(kind: str) -> None:
    from steelyard.catalog.part_schema import part_schema
    from steelyard.cli.standing import standing_catalog

    kinds = standing_catalog().schema
    if kind and kind not in kinds:
        hint = did_you_mean(kind, tuple(kinds)).strip() or f"Kinds: {', '.join(kinds)}."
        raise BadInputError(f'There is no kind of part "{kind[:40]}".', hint)
    print_json(part_schema(kinds, kind))
