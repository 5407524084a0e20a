"""The words behind `steelyard catalog`: one function a sub-command, and the table that names what does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.cli.catalog_bundle_options import bundle_options, diff_options, keys_options
from steelyard.cli.catalog_import_options import import_options, leave_options, take_options
from steelyard.cli.later import Later, json_switch
from steelyard.cli.library_options import override_options, own_options, patch_options

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["catalog_options"]


_BUNDLE: Final = "steelyard.cli.catalog_bundle"
_OWN: Final = "steelyard.cli.catalog_own"
_IMPORT: Final = "steelyard.cli.catalog_import"


class _SubCommand(NamedTuple):
    help: str
    options: Callable[[argparse.ArgumentParser], None]
    module: str
    function: str


def catalog_options(parser: argparse.ArgumentParser) -> None:
    """Add every sub-command; each names the function that does it."""
    below = parser.add_subparsers(dest="what", metavar="|".join(_SUB_COMMANDS), required=True)
    for name, entry in _SUB_COMMANDS.items():
        command = below.add_parser(name, help=entry.help, allow_abbrev=False)
        entry.options(command)
        command.set_defaults(run=Later(entry.module, entry.function))


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="also parts that are no longer made or made for servers")
    parser.add_argument("--kind", help="only parts of this kind")
    layers = ("curated", "own", "opendb")
    parser.add_argument("--layer", choices=layers, help="only the catalogue's, your own, or imported parts in use")
    json_switch(parser)


def _find(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="beginnings of words of maker, name or order number")
    parser.add_argument("--kind", help="only parts of this kind")
    layers = ("curated", "own", "opendb")
    parser.add_argument("--layer", choices=layers, help="only the catalogue's, your own, or all imported parts")
    parser.add_argument("--max", type=int, default=50, metavar="N", help="show at most so many (50)")
    json_switch(parser)


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("part", metavar="PART", help="a part id such as gpu/maker/model")
    parser.add_argument("--sources", action="store_true", help="where each value stands, with title, date and address")
    json_switch(parser)


def _lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="another catalogue than the one in use")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="ages are counted to it, not to the newest price's day")
    parser.add_argument("--price-age", type=int, default=365, metavar="DAYS", help="older prices are remarked on")
    parser.add_argument("--all", action="store_true", help="every remark, not only the first of each check")
    json_switch(parser)


_SUB_COMMANDS: Final = {
    "list": _SubCommand("every part with its price and weakest source", _list, "steelyard.cli.catalog", "catalog"),
    "find": _SubCommand("parts by their words, imported ones too", _find, "steelyard.cli.catalog_find", "find"),
    "show": _SubCommand("all that is known of a part, with sources", _show, "steelyard.cli.catalog_show", "show"),
    "lint": _SubCommand("what is wrong in the catalogue's files", _lint, "steelyard.cli.catalog_lint", "lint"),
    "own": _SubCommand("parts of your own: add, begin from a template, remove", own_options, _OWN, "own"),
    "override": _SubCommand("single values in the place of the catalogue's", override_options, _OWN, "override"),
    "patch": _SubCommand("overrides as a file: export, preview, apply, revert", patch_options, _OWN, "patch"),
    "bundle": _SubCommand("signed catalogues: make, apply, go back", bundle_options, _BUNDLE, "bundle"),
    "keys": _SubCommand("whose signatures count", keys_options, _BUNDLE, "keys"),
    "import": _SubCommand("parts of another database, as a lower layer", import_options, _IMPORT, "bring_in"),
    "take": _SubCommand("let imported parts stand in builds", take_options, _IMPORT, "take"),
    "leave": _SubCommand("let imported parts no longer stand in builds", leave_options, _IMPORT, "leave"),
    "diff": _SubCommand("what differs between two catalogues", diff_options, _BUNDLE, "diff"),
}
