"""A price list as rows of cells, read in a process of its own: a hostile file ends there, in one sentence.

The child gets limits of memory, time and size, and answers in JSON; nothing that it says is run.
"""

from __future__ import annotations

import json
import os
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LARGEST_FILE: Final = 20_000_000
"""Bytes. A list of every part that is sold fits many times."""

PATIENCE: Final = 60.0
"""Seconds until the child is stopped."""

PROCESSOR_TIME: Final = 40
"""Seconds of processor time that the child may use."""

MEMORY: Final = 768 * 2**20
"""Bytes that the child may take beyond what it starts with; its libraries alone reserve more than they use."""

TEXT: Final = "text"
NUMBER: Final = "number"
DATE: Final = "date"
FLAG: Final = "flag"
ERROR: Final = "error"
UNSAVED: Final = "unsaved"
"""Kinds of cells. A CSV file has texts only; `UNSAVED` is a formula whose result the workbook does not hold."""

_LONGEST_ANSWER: Final = 400_000_000


class Cell(NamedTuple):
    """What stands in a cell, and what it is: a number's text is its exact decimal text."""

    text: str
    kind: str = TEXT


class Row(NamedTuple):
    """A row with its number in the file: the line it begins at, or the row of the sheet; from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0; empty where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else Cell("")

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(not cell.text and cell.kind == TEXT for cell in self.cells)


class Table(NamedTuple):
    """All rows of a price list. `said`: how the file was read; `sheet` and `sheets` of a workbook, or none."""

    rows: tuple[Row, ...]
    said: str
    sheet: str
    sheets: tuple[str, ...]


def read_table(path: Path, sheet: str = "") -> Table:
    """Read a CSV or XLSX file; `sheet` names one of a workbook that has several with something in them.

    Raises MissingFileError, DamagedFileError, BadInputError for what is too large or is no table, and of these
    SeveralSheetsError, with their names, where several sheets hold something and none was named.
    """
    answer = _answer_of_child(_checked(path), sheet)
    if "of" in answer:
        from steelyard.library.prices.workbook import SeveralSheetsError  # noqa: PLC0415

        raise SeveralSheetsError(str(answer["refused"]), str(answer["remedy"]), [str(each) for each in answer["of"]])
    if "refused" in answer:
        kinds = {"damaged": DamagedFileError, "input": BadInputError}
        raise kinds[answer["kind"]](str(answer["refused"]), str(answer["remedy"]))
    rows = tuple(Row(number, tuple(map(_cell, cells))) for number, cells in answer["rows"])
    return Table(rows, answer["said"], answer["sheet"], tuple(answer["sheets"]))


def _cell(packed: str | list[str]) -> Cell:
    return Cell(packed) if isinstance(packed, str) else Cell(packed[1], packed[0])


def _checked(path: Path) -> Path:
    if not path.exists():
        raise MissingFileError(f'There is no file "{path}".', "Check the spelling of its name and folder.")
    if not path.is_file():
        raise BadInputError(f'"{path}" is no file.', "Name a CSV or XLSX file.")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BadInputError(
            f'"{path.name}" has {size / 1e6:.0f} MB; a price list may have {LARGEST_FILE / 1e6:.0f} MB.',
            "Keep the rows that are needed, and save it anew.",
        )
    if not size:
        raise BadInputError(f'"{path.name}" is empty.', "Name a CSV or XLSX file with a row of headings.")
    return path


def _answer_of_child(path: Path, sheet: str) -> dict[str, Any]:
    processes = get_context("spawn")
    ours, its = processes.Pipe(duplex=False)
    child = processes.Process(target=_work, args=(its, str(path), sheet), daemon=True, name="price list")
    child.start()
    its.close()
    try:
        if not ours.poll(PATIENCE):
            raise _too_much(path, f"it took longer than {PATIENCE:.0f} seconds to read")
        answer = json.loads(ours.recv_bytes(_LONGEST_ANSWER))
    except (EOFError, OSError):
        raise _too_much(path, "reading it took more memory or time than a price list may take") from None
    finally:
        ours.close()
        if child.is_alive():
            child.join(1.0)
            child.kill()
        child.join()
        child.close()
    return answer if isinstance(answer, dict) else {}


def _too_much(path: Path, why: str) -> BadInputError:
    return BadInputError(
        f'"{path.name}" was not read: {why}.', "Copy the rows that are needed into a new sheet, and save that."
    )


def _work(pipe: Connection, path: str, sheet: str) -> None:
    """Read the file within the limits and send what it holds, or why it is refused. Runs in the child."""
    from steelyard.library.prices.delimited import read_delimited  # noqa: PLC0415
    from steelyard.library.prices.workbook import SeveralSheetsError, is_workbook, read_workbook  # noqa: PLC0415

    _limit()
    file = Path(path)
    try:
        content = file.read_bytes()
        answer = (
            read_workbook(file.name, content, sheet) if is_workbook(content) else read_delimited(file.name, content)
        )
    except DamagedFileError as trouble:
        answer = {"refused": trouble.message, "remedy": trouble.remedy, "kind": "damaged"}
    except SeveralSheetsError as trouble:
        answer = {"refused": trouble.message, "remedy": trouble.remedy, "kind": "input", "of": trouble.sheets}
    except BadInputError as trouble:
        answer = {"refused": trouble.message, "remedy": trouble.remedy, "kind": "input"}
    except OSError as trouble:
        answer = {"refused": f'"{file.name}" cannot be read: {trouble.strerror}.', "remedy": "", "kind": "input"}
    pipe.send_bytes(json.dumps(answer, separators=(",", ":")).encode())
    pipe.close()


def _limit() -> None:
    """Silence the child, and take memory and time from it where the system knows such limits."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    if sys.platform == "win32":
        return  # the parent's patience is the limit there
    import resource  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_TIME, PROCESSOR_TIME))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    held = Path("/proc/self/statm")
    if held.exists():
        most = int(held.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
