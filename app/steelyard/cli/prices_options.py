"""The words behind `steelyard prices`: one function a sub-command, and the table that names what does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.cli.later import Later, json_switch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

__all__ = ["prices_options"]

_BOOK = "the name of a price book"
_EXPORT = (
    "write a book as CSV: its prices read back, its day, source and kind are stated anew; of "
    '"Indicative prices" a list to fill in'
)


class _SubCommand(NamedTuple):
    help: str
    options: Callable[[argparse.ArgumentParser], None]
    function: str


def prices_options(parser: argparse.ArgumentParser) -> None:
    """Add every sub-command; each names the function that does it."""
    below = parser.add_subparsers(dest="what", metavar="|".join(_SUB_COMMANDS), required=True)
    for name, entry in _SUB_COMMANDS.items():
        command = below.add_parser(name, help=entry.help, description=entry.help, allow_abbrev=False)
        entry.options(command)
        command.set_defaults(run=Later("steelyard.cli.prices", entry.function))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a price list, CSV or XLSX")
    parser.add_argument("--currency", required=True, metavar="EUR", help="the currency of its prices")
    parser.add_argument("--name", metavar="NAME", help="what to call the book")
    parser.add_argument("--source", metavar="WORDS", help="where the prices are from: shop, quote number, maker")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of which they are")
    parser.add_argument(
        "--kind", choices=["quote", "list", "order", "street"], default="quote", help="what they are; else quote"
    )
    parser.add_argument(
        "--numbers", default="", metavar="de", help="how numbers are written: en, de, fr, de_CH, en_IN ...; else found"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="mpn=HEADING",
        help="what a column is, by heading or number: part, mpn, manufacturer, price, price@10, quantity, currency ...",
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook that has several")
    parser.add_argument("--fill-gaps", action="store_true", help="parts without a line keep their indicative price")
    parser.add_argument("--take-what-is-right", action="store_true", help="although some rows are refused")
    parser.add_argument("--replace", action="store_true", help="the book of this name")
    parser.add_argument("--preview", action="store_true", help="only say what would be taken; nothing is changed")
    parser.add_argument("--report", metavar="OUT.csv", help="write what became of every row")
    json_switch(parser)


def _book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=_BOOK)


def _show(parser: argparse.ArgumentParser) -> None:
    _book(parser)
    json_switch(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    _book(parser)
    parser.add_argument("--out", required=True, metavar="OUT.csv", help="the file to write")


_SUB_COMMANDS: Final = {
    "list": _SubCommand("every price book with its age, and which is in use", json_switch, "list_books"),
    "import": _SubCommand("bring in a price list as a book", _import, "import_book"),
    "use": _SubCommand('take prices from a book, or from "Indicative prices"', _book, "use_book"),
    "show": _SubCommand("the prices of a book", _show, "show_book"),
    "remove": _SubCommand("remove a book", _book, "remove_book"),
    "export": _SubCommand(_EXPORT, _export, "export_book"),
}
