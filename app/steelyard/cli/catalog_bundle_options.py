"""The words behind `steelyard catalog bundle`, `catalog keys` and `catalog diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.cli.later import json_switch

if TYPE_CHECKING:
    import argparse

__all__ = ["bundle_options", "diff_options", "keys_options"]

_FILE_HELP = "a *.steelyard-catalogue file"


def bundle_options(parser: argparse.ArgumentParser) -> None:
    """Read make, preview, apply, rollback and list."""
    below = parser.add_subparsers(dest="step", metavar="make|preview|apply|rollback|list", required=True)
    made = below.add_parser("make", help="sign a catalogue's folder", allow_abbrev=False)
    made.add_argument("--key", required=True, metavar="PATH", help="a secret key that minisign -G made")
    made.add_argument("--password-file", metavar="PATH", help="the key's password, instead of a prompt")
    made.add_argument("--out", required=True, metavar="FILE", help=_FILE_HELP)
    made.add_argument("--version", required=True, metavar="N", help="higher than any before, such as 20261101")
    made.add_argument("--expires", required=True, metavar="DATE", help="the last day on which it may be applied")
    made.add_argument("--from", dest="folder", metavar="FOLDER", help="another catalogue than the program's own")
    shown = below.add_parser("preview", help="who signed a bundle, and what it would change", allow_abbrev=False)
    applied = below.add_parser("apply", help="use the catalogue of a bundle from now on", allow_abbrev=False)
    for each in (shown, applied):
        each.add_argument("file", metavar="FILE", help=_FILE_HELP)
    shown.add_argument("--all", action="store_true", help="every difference, however many there are")
    below.add_parser("rollback", help="use again what was in use before", allow_abbrev=False)
    below.add_parser("list", help="the catalogues that were applied, and which is in use", allow_abbrev=False)
    for each in below.choices.values():
        json_switch(each)


def keys_options(parser: argparse.ArgumentParser) -> None:
    """Read add, list and remove."""
    below = parser.add_subparsers(dest="step", metavar="add|list|remove", required=True)
    added = below.add_parser("add", help="trust a publisher's key from now on", allow_abbrev=False)
    added.add_argument("file", metavar="KEY.pub", help="a public key in minisign's format")
    below.add_parser("list", help="the keys whose signatures count", allow_abbrev=False)
    removed = below.add_parser("remove", help="trust a key no longer", allow_abbrev=False)
    removed.add_argument("key", metavar="NUMBER", help="the key's number, as the list shows it")
    for each in below.choices.values():
        json_switch(each)


def diff_options(parser: argparse.ArgumentParser) -> None:
    """Read the two catalogues."""
    for name in ("old", "new"):
        about = "a folder, a bundle, or the word shipped (the program's own) or current (the one in use)"
        parser.add_argument(name, metavar=name.upper(), help=about)
    parser.add_argument("--all", action="store_true", help="every difference, however many there are")
    json_switch(parser)
