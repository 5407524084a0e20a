"""Price lists are brought in, used and given out from the command line; what is refused changes nothing."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steelyard.library import audit
from steelyard.library.library import open_library
from steelyard.library.location import library_file
from steelyard.library.prices.books import books, lines_of

if TYPE_CHECKING:
    from tests.cli.conftest import Run

KILLS = int(os.environ.get("STEELYARD_KILLS", "4"))
"""How often the import is killed; the long run of the release asks for 200."""

ABOUT = ("--currency", "USD", "--source", "quote 4711", "--date", "2026-01-15")
LIST = "MPN;Preis;ab\n900-2G193-0000-000;2.345,60;1\n900-2G193-0000-000;2.200,00;10\ngpu/nvidia/l40s;8.000;1\n"
WRONG = "gpu/nvidia/nothing;5,00;1\ngpu/nvidia/l4;auf Anfrage;5\n"


@pytest.fixture
def price_list(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_that_a_list_is_previewed_brought_in_used_shown_given_out_and_removed(
    run: Run, price_list: Path, tmp_path: Path
) -> None:
    preview = run("prices", "import", price_list, "--currency", "USD", "--preview")
    assert preview.code == 0
    assert "4 rows: 1 up to the headings, 0 blank, 3 taken, 0 repeated, 0 refused." in preview.out
    assert not library_file().exists()

    assert run("prices", "import", price_list, "--name", "Shop", *ABOUT).code == 0
    listed = {book["name"]: book for book in run("prices", "list", "--json").json}
    assert (listed["Shop"]["active"], listed["Indicative prices"]["active"]) == (False, True)
    assert (listed["Shop"]["parts"], listed["Shop"]["lines"], listed["Shop"]["currency"]) == (2, 3, "USD")

    assert run("prices", "use", "Shop").code == 0
    listed = {book["name"]: book for book in run("prices", "list", "--json").json}
    assert (listed["Shop"]["active"], listed["Indicative prices"]["active"]) == (True, False)
    shown = run("prices", "show", "Shop", "--json").json
    assert [(line["part"], line["least"], line["amount"]) for line in shown["lines"]] == [
        ("gpu/nvidia/l4", 1, "2345.60"),
        ("gpu/nvidia/l4", 10, "2200.00"),
        ("gpu/nvidia/l40s", 1, "8000.00"),
    ]
    part = next(
        each
        for each in run("catalog", "list", "--all", "--kind", "gpu", "--json").json
        if each["id"] == "gpu/nvidia/l4"
    )
    assert (part["price"], part["price_date"]) == (2345.6, "2026-01-15")

    out = tmp_path / "out.csv"
    assert run("prices", "export", "Shop", "--out", out).code == 0
    assert run("prices", "import", out, "--name", "Again", *ABOUT).code == 0
    library = open_library()
    assert [each[:3] for each in lines_of(library, "Again")] == [each[:3] for each in lines_of(library, "Shop")]

    removed = run("prices", "remove", "Shop")
    assert "It was in use; builds take the indicative prices now." in removed.out
    assert [book["name"] for book in run("prices", "list", "--json").json] == ["Indicative prices", "Again"]


def test_that_the_indicative_prices_show_their_age(run: Run) -> None:
    said = run("prices", "list")
    assert said.code == 0
    head, line = said.out.splitlines()
    assert head.split()[:3] == ["In", "use", "Book"]
    assert line.startswith("*       Indicative prices")
    assert " months " in line
    assert "estimates" in line


def test_that_no_indicative_price_becomes_a_quote_by_being_given_out_and_read_again(run: Run, tmp_path: Path) -> None:
    shown = {line["part"]: line for line in run("prices", "show", "Indicative prices", "--json").json["lines"]}
    out = tmp_path / "template.csv"
    assert run("prices", "export", "Indicative prices", "--out", out).code == 0
    head, *rows = rows_of(out)
    assert {row[0] for row in rows} == shown.keys()
    assert all(row[head.index("Price")] == row[head.index("Note")] == "" for row in rows)
    given = {row[0]: (row[-2], row[-1]) for row in rows}
    assert given == {part: (line["amount"], line["note"]) for part, line in shown.items()}

    unedited = run("prices", "import", out, "--name", "Mine", *ABOUT, "--take-what-is-right")
    assert (unedited.code, unedited.err) == (2, "No row of template.csv can be taken. Nothing was changed.\n")
    assert not books(open_library())

    filled(out, "gpu/nvidia/l4", price="2345.60")
    assert run("prices", "import", out, "--name", "Mine", *ABOUT).code == 2
    assert run("prices", "import", out, "--name", "Mine", *ABOUT, "--take-what-is-right").code == 0
    kept = lines_of(open_library(), "Mine")
    assert [(line.part, line.amount, line.note) for line in kept] == [("gpu/nvidia/l4", "2345.60", "")]


def filled(path: Path, *parts: str, price: str = "") -> None:
    """Fill in the list's prices: of the parts named or of all, the one given or the indicative one."""
    head, *rows = rows_of(path)
    for row in rows:
        if not parts or row[0] in parts:
            row[head.index("Price")] = price or (row[-2] if row[-2].strip("0.") else "free")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def test_that_a_price_a_thousand_times_off_is_remarked_on_everywhere(run: Run, tmp_path: Path) -> None:
    path, report = tmp_path / "list.csv", tmp_path / "report.csv"
    path.write_text("steelyard part;price\ngpu/nvidia/l4;2.50\ngpu/nvidia/l40s;8000.00\n", encoding="utf-8")
    said = run("prices", "import", path, "--currency", "EUR", "--preview", "--report", report)
    assert said.code == 0
    assert "of the indicative price of" in said.out
    assert "1 price with a remark" in said.out
    remarks = [row for row in rows_of(report)[1:] if row[8]]
    assert [(row[1], row[2]) for row in remarks] == [("taken", "gpu/nvidia/l4")]
    lines = run("prices", "import", path, "--currency", "EUR", "--preview", "--json").json["preview"]["lines"]
    assert [line["part"] for line in lines if line["remark"]] == ["gpu/nvidia/l4"]
    assert run("prices", "import", path, "--name", "Odd", *ABOUT).code == 0


def test_that_a_name_that_is_taken_names_the_switch_that_replaces_it(run: Run, price_list: Path) -> None:
    assert run("prices", "import", price_list, "--name", "Shop", *ABOUT).code == 0
    again = run("prices", "import", price_list, "--name", "Shop", *ABOUT)
    assert again.code == 2
    assert "--replace" in again.err
    assert run("prices", "import", price_list, "--name", "Shop", *ABOUT, "--replace").code == 0


def test_that_a_row_that_is_refused_changes_nothing_unless_what_is_right_is_asked_for(
    run: Run, price_list: Path, tmp_path: Path
) -> None:
    price_list.write_text(LIST + WRONG, encoding="utf-8")
    report = tmp_path / "report.csv"
    said = run("prices", "import", price_list, "--name", "Shop", *ABOUT, "--report", report)
    assert said.code == 2
    assert said.err == (
        "2 rows cannot be taken, so nothing was changed. Correct the file, or add --take-what-is-right.\n"
    )
    assert 'there is no part "gpu/nvidia/nothing"' in said.out or "gpu/nvidia/nothing" in said.out
    assert not library_file().exists()
    rows = rows_of(report)
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("2", "taken"), ("3", "taken"), ("4", "taken"), ("5", "refused"), ("6", "refused"),
    ]  # fmt: skip
    assert run("prices", "import", price_list, "--name", "Shop", *ABOUT, "--take-what-is-right").code == 0
    assert books(open_library())[0].lines == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--source", "x", "--date", "2026-01-15"], "A price book needs --name"),
        (["--name", "x", "--source", "x", "--date", "15.01.2026"], "not a day of the calendar"),
        (["--name", "x", "--source", "x", "--date", "2026-01-15", "--numbers", "german"], "is no number format"),
        (["--preview", "--map", "mpn"], "does not say what a column is"),
        (["--preview", "--map", "mpn=Nummer"], 'No row has the headings "Nummer"'),
        (["--preview", "--map", "colour=MPN"], 'A column cannot be "colour"'),
        (["--preview", "--currency", "EURO"], '"EURO" is no currency'),
    ],
)
def test_that_what_cannot_be_meant_is_refused_in_a_sentence(
    run: Run, price_list: Path, words: list[str], says: str
) -> None:
    said = run("prices", "import", price_list, *(["--currency", "USD"] if "--currency" not in words else []), *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert not library_file().exists() or not books(open_library())


@pytest.mark.parametrize("deed", [["use"], ["show"], ["remove"], ["export", "--out", "x.csv"]])
def test_that_a_book_that_is_not_there_is_refused(
    run: Run, deed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("prices", deed[0], "None", *deed[1:])
    assert said.code == 2
    assert 'There is no price book "None".' in said.err
    assert not (tmp_path / "x.csv").exists()


def test_that_an_import_that_is_killed_leaves_the_whole_book_or_none(
    environment: dict[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    template = tmp_path / "list.csv"
    base = {**environment, "STEELYARD_HOME": str(home)}
    command = [sys.executable, "-m", "steelyard", "prices"]
    subprocess.run([*command, "export", "Indicative prices", "--out", template], env=base, check=True)
    filled(template)
    subprocess.run([*command, "import", template, "--name", "First", *ABOUT], env=base, check=True, capture_output=True)
    place = home / "data" / "library.sqlite"
    whole = len(lines_of(open_library(place), "First"))
    start = time.monotonic()
    subprocess.run([*command, "import", template, "--name", "Timed", *ABOUT], env=base, check=True, capture_output=True)
    duration = time.monotonic() - start

    seeded = random.Random(4711)  # noqa: S311  # moments, no secrets
    confirmed = {"First", "Timed"}
    for number in range(KILLS):
        name = f"Book {number}"
        child = subprocess.Popen(
            [*command, "import", template, "--name", name, *ABOUT],
            env=base, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if number % 2:
            time.sleep(duration * seeded.uniform(0.2, 1.1))
        else:
            _wait_for_the_change(child, place)
            time.sleep(seeded.uniform(0, 0.004))
        child.send_signal(signal.SIGKILL)
        if child.wait() == 0:
            confirmed.add(name)
        library = open_library(place)
        kept = {book.name: book.lines for book in books(library)}
        assert confirmed <= kept.keys()
        assert set(kept.values()) == {whole}
        with library.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
            assert audit.broken_at(connection) is None
            said = [entry.subject for entry in audit.entries(connection)]
        assert sorted(said) == sorted(kept)


def _wait_for_the_change(child: subprocess.Popen[bytes], place: Path) -> None:
    """Wait until the library's journal says that it is being written to."""
    journal = place.with_name(f"{place.name}-journal")
    while child.poll() is None and not journal.exists():
        time.sleep(0.0002)
