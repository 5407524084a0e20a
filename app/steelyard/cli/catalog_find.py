"""`steelyard catalog find WORDS`: the parts of all layers, also those that were imported and not yet taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import standing_catalog
from steelyard.errors import BadInputError, ExitCode, did_you_mean

if TYPE_CHECKING:
    import argparse

    from steelyard.library.search import Found

__all__ = ["find"]

_HEADS: Final = ("Part", "Maker", "Name", "Number", "Layer", "In builds")


def find(options: argparse.Namespace) -> ExitCode:
    """Print the parts that have every word, what is trusted most first."""
    from steelyard.library import search
    from steelyard.library.library import open_library

    if options.max < 1:
        raise BadInputError(f"{options.max} parts cannot be shown.", "Give --max a number of at least 1.")
    catalog = standing_catalog()
    if options.kind and options.kind not in catalog.schema:
        hint = did_you_mean(options.kind, tuple(catalog.schema)) or f" Kinds: {', '.join(catalog.schema)}."
        raise BadInputError(f'There is no kind of part "{options.kind[:40]}".{hint}')
    library = open_library()
    with library.reading() as connection:
        in_step = search.is_indexed(connection, catalog)
    if not in_step:
        with library.working() as connection:
            search.index_curated(connection, catalog)
    with library.reading() as connection:
        found = search.find(
            connection, " ".join(options.words), kind=options.kind, layer=options.layer, limit=options.max
        )
    if options.json:
        print_json({"total": found.total, "parts": [entry._asdict() for entry in found.rows]})
    else:
        _print(found)
    return ExitCode.DONE


def _print(found: Found) -> None:
    if not found.total:
        print_text("No part has all of these words. The beginning of a word is enough; leave one out.")
        return
    print_table(
        _HEADS,
        (
            (each.part_id, each.manufacturer, each.name, each.mpn, each.layer, "yes" if each.in_use else "not taken")
            for each in found.rows
        ),
    )
    if found.total > len(found.rows):
        print_text(f"{len(found.rows):,} of {found.total:,}: add a word or --kind, or show more with --max N.")
    if not all(each.in_use for each in found.rows):
        print_text('"steelyard catalog take PART" lets one that is not taken stand in builds.')
