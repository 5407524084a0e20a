"""`steelyard prices list|import|use|show|remove|export`: price books, brought in from price lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steelyard.catalog.load import load_catalog
from steelyard.catalog.prices import INDICATIVE
from steelyard.cli.printing import print_json, print_table, print_text
from steelyard.cli.standing import usable_catalog
from steelyard.errors import BadInputError, ExitCode
from steelyard.library.location import library_file
from steelyard.money import amount_text
from steelyard.wording import counted

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.library.library import Library
    from steelyard.library.prices.books import KeptBook
    from steelyard.library.prices.preview import Preview

__all__ = ["export_book", "import_book", "list_books", "remove_book", "show_book", "use_book"]


def list_books(options: argparse.Namespace) -> ExitCode:
    """Print the indicative prices and every book that was brought in, each with its age."""
    from steelyard.library.prices.ages import age_of, indicative_of

    library = _library() if library_file().exists() else None
    kept = () if library is None else _kept(library)
    today = _today(library)
    own = indicative_of(_base(), active=not any(book.active for book in kept))
    listed = [{**book._asdict(), "age": age_of(book.dated, today)} for book in (own, *kept)]
    if options.json:
        print_json(listed)
        return ExitCode.DONE
    heads = ("In use", "Book", "Kind", "Currency", "Of", "Age", "Parts", "Prices", "Source")
    print_table(heads, ((_mark(each["active"]), *_cells(each)) for each in listed))
    return ExitCode.DONE


def import_book(options: argparse.Namespace) -> ExitCode:
    """Bring a price list in; 2 when rows are refused, and then nothing is changed unless that was asked for."""
    from steelyard.library.prices.books import bring_in
    from steelyard.library.prices.preview import preview
    from steelyard.library.prices.report import report
    from steelyard.project.atomic import write_atomically

    about = {"name": options.name, "source": options.source, "dated": options.date}
    missing = [f"--{'date' if word == 'dated' else word}" for word, said in about.items() if not said]
    if missing and not options.preview:
        raise BadInputError(f"A price book needs {' and '.join(missing)}.", 'See "steelyard prices import --help".')
    catalog = usable_catalog()
    found = preview(
        Path(options.file),
        catalog.parts,
        options.currency,
        numbers=options.numbers,
        mapping=_mapping(options.map),
        sheet=options.sheet,
        indicative=catalog.prices.indicative,
    )
    if options.report:
        write_atomically(Path(options.report), report(found))
    refused = bool(found.refused) and not options.take_what_is_right
    kept = None
    if not options.preview and not refused:
        kept = bring_in(
            _library(),
            found,
            **about,
            kind=options.kind,
            fills_gaps=options.fill_gaps,
            take_what_is_right=options.take_what_is_right,
            replace=options.replace,
        )
    if options.json:
        print_json({"preview": found, "book": kept})
    else:
        _say(found)
        if kept is not None:
            print_text(
                f'The price book "{kept.name}" has {counted(kept.lines, "price")} of {counted(kept.parts, "part")}.'
            )
            print_text("It is in use." if kept.active else f'Use it with: steelyard prices use "{kept.name}"')
    if refused or not found.lines:
        print(_what_helps(found, preview=options.preview), file=sys.stderr)
        return ExitCode.BAD_INPUT
    return ExitCode.DONE


def use_book(options: argparse.Namespace) -> ExitCode:
    """Let builds take their prices from a book."""
    from steelyard.library.prices.books import use

    use(_library(), options.name)
    print_text(f'Builds take their prices from "{options.name}" now.')
    return ExitCode.DONE


def show_book(options: argparse.Namespace) -> ExitCode:
    """Print the prices of a book."""
    from steelyard.library.prices.ages import indicative_lines, indicative_of
    from steelyard.library.prices.books import book_named, lines_of

    catalog = usable_catalog()
    if options.name == INDICATIVE:
        base = _base()
        book, lines = indicative_of(base, active=catalog.prices.shipped), indicative_lines(base)
    else:
        library = _library()
        book, lines = book_named(library, options.name), lines_of(library, options.name)
    if options.json:
        print_json({"book": book, "lines": lines})
        return ExitCode.DONE
    words = "; parts without a line take their indicative price" if book.fills_gaps else ""
    print_text(f"{book.name}: {book.kind}, {book.currency}, of {book.dated}, from {book.source}{words}")
    names = {identity: info.name for identity, info in catalog.parts.items()}
    print_table(
        ("Part", "Name", "From", "Price", "Row", "Note"),
        (
            (
                line.part,
                names.get(line.part, "not in the catalogue"),
                str(line.least),
                line.amount,
                str(line.line or ""),
                line.note,
            )
            for line in lines
        ),
    )
    return ExitCode.DONE


def remove_book(options: argparse.Namespace) -> ExitCode:
    """Remove a book."""
    from steelyard.library.prices.books import remove

    was_active = remove(_library(), options.name)
    print_text(f'The price book "{options.name}" is removed.')
    if was_active:
        print_text(f"It was in use; builds take the {INDICATIVE.lower()} now.")
    return ExitCode.DONE


def export_book(options: argparse.Namespace) -> ExitCode:
    """Write a book as CSV; of the indicative prices a list to fill in, for they are nobody's quotes."""
    from steelyard.library.prices.ages import indicative_lines
    from steelyard.library.prices.books import exported
    from steelyard.library.prices.template import as_template
    from steelyard.project.atomic import write_atomically

    if options.name == INDICATIVE:
        base = _base()
        content = as_template(indicative_lines(base), base.prices.book.currency, base.parts)
    else:
        content = exported(_library(), options.name, usable_catalog().parts)
    write_atomically(Path(options.out), content)
    return ExitCode.DONE


def _base() -> Catalog:
    """Return the catalogue in use without what lies over it: the indicative prices are its own."""
    return load_catalog(usable_catalog().root)


def _library() -> Library:
    from steelyard.library.library import open_library

    return open_library()


def _kept(library: Library) -> tuple[KeptBook, ...]:
    from steelyard.library.prices.books import books

    return books(library)


def _today(library: Library | None) -> str:
    if library is not None:
        return library.now()[:10]
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


def _mark(active: object) -> str:
    return "*" if active else ""


def _cells(book: dict[str, Any]) -> tuple[str, ...]:
    words = ("name", "kind", "currency", "dated", "age", "parts", "lines", "source")
    return tuple(str(book[word]) for word in words)


def _mapping(pairs: list[str]) -> dict[str, str]:
    """Read `mpn=Artikelnummer` pairs."""
    found = {}
    for pair in pairs:
        field, equals, heading = pair.partition("=")
        if not equals:
            raise BadInputError(f'"{pair[:60]}" does not say what a column is.', "Write it as mpn=Artikelnummer.")
        found[field.strip()] = heading.strip()
    return found


def _say(found: Preview) -> None:
    """Print how the file was read, what is taken, and every row that is not."""
    print_text(f"{found.file}: {found.said}; numbers: {found.numbers}.")
    print_text("Read: " + ", ".join(f"{field} = {heading}" for field, heading in found.mapped))
    if found.unmapped:
        print_text(f"Not read: {', '.join(found.unmapped)}")
    if found.lines:
        heads = ("Row", "Part", "Name", "From", "Price", "As written")
        print_table(
            heads, ((*_place(line), amount_text(line.amount, found.currency), line.text) for line in found.lines)
        )
    print_text(f"Compared: {found.compared}.")
    if found.remarked:
        odd = ("Row", "Part", "Price", "As written", "Remark")
        print_table(
            odd,
            (
                (str(line.row), line.part, amount_text(line.amount, found.currency), line.text, line.remark)
                for line in found.remarked
            ),
        )
    if found.refused:
        blamed = ("Row", "Column", "Text", "Reason", "What helps")
        print_table(blamed, ((str(row), *rest) for row, *rest in found.refused))
    counts = found.counts
    print_text(
        f"{counted(counts.rows, 'row')}: {counts.above} up to the headings, {counts.blank} blank, {counts.taken} taken,"
        f" {counts.repeated} repeated, {counts.refused} refused."
    )
    if found.remarked:
        print_text(f"{counted(len(found.remarked), 'price')} with a remark: look before the book is used.")


def _place(line: Any) -> tuple[str, ...]:  # noqa: ANN401  # a taken line
    return str(line.row), line.part, line.name, str(line.least)


def _what_helps(found: Preview, *, preview: bool) -> str:
    if not found.lines:
        return f"No row of {found.file} can be taken. Nothing was changed."
    tense = "would not be taken" if preview else "cannot be taken, so nothing was changed"
    return f"{counted(found.counts.refused, 'row')} {tense}. Correct the file, or add --take-what-is-right."
