"""A table of labs, one a row: read with the place of every cell, so that what is wrong is said by line and column.

Columns `lab` and `workload` are required (several workloads separated by ";"); `budget`, `currency`, `growth`, `life`,
`regulated` and `runs` are known; every other column is an input, `workload.input`, or `input` where only one workload
of the row has it. A wrong row becomes errors; the others go on. Nothing is taken for granted: a required input that is
empty is an error, unless the cell says "typical".
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.benchmarks import setting_of
from steelyard.project.content import Lab, Project, Site, Variant, WorkloadUse, checked
from steelyard.project.csv_cells import restored
from steelyard.project.file import content_of
from steelyard.project.selection import Selection
from steelyard.wording import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from steelyard.catalog import Catalog
    from steelyard.catalog.workload import WorkloadInput

__all__ = ["KNOWN_COLUMNS", "TYPICAL", "Labs", "RowError", "labs_of"]

KNOWN_COLUMNS: Final = ("lab", "workload", "budget", "currency", "growth", "life", "regulated", "runs")
TYPICAL: Final = "typical"
BUILD: Final = "As sized"
_MOST_ROWS, _MOST_COLUMNS, _LONGEST_CELL = 10_000, 400, 2_000
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_YES_NO: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


class RowError(NamedTuple):
    """What is wrong with a cell: the file, its line and column (from 1), the column's name, what stands there."""

    file: str
    line: int
    column: int
    field: str
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """As compilers say it, so that editors jump to it."""
        return f"{self.file}:{self.line}:{self.column}: {self.message} {self.remedy}".rstrip()


class Labs(NamedTuple):
    """The labs that can be sized, with the line of each, and what is wrong with the others."""

    projects: tuple[tuple[int, Project], ...]
    errors: tuple[RowError, ...]


class _Cell(NamedTuple):
    line: int
    column: int
    field: str
    text: str


class _CellError(Exception):
    """Trouble with one cell."""

    def __init__(self, cell: _Cell, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.cell, self.message, self.remedy = cell, message, remedy


def labs_of(path: Path, catalog: Catalog, as_of: str, *, typical: bool = False) -> Labs:
    """Read a table of labs.

    typical: take the typical value of every required input that is not given. Raises MissingFileError, and
    BadInputError for what is no table of labs at all.
    """
    content = content_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise BadInputError(
            f'"{path}" is not a text in UTF-8: byte {trouble.start + 1} is none of its letters.',
            'Save it as "CSV UTF-8".',
        ) from None
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = [restored(cell).strip() for cell in next(lines, [])]
    except csv.Error as trouble:
        raise BadInputError(f'"{path}" is no table: {trouble}.', "Save it as CSV.") from None
    reader = _Reader(str(path.name), head, catalog, as_of, typical=typical)
    missing = [name for name in ("lab", "workload") if name not in head]
    if missing:
        near = did_you_mean(missing[0], head).strip()
        raise BadInputError(
            f'{path.name}:1:1: the table has no column "{missing[0]}".', near or f"Columns: {', '.join(KNOWN_COLUMNS)}."
        )
    return reader.labs(lines)


def _delimiter(text: str) -> str:
    """What separates the cells: what the first line has most of, a comma where it has none."""
    first = text.split("\n", 1)[0]
    return max(",;\t", key=lambda sign: (first.count(sign), sign == ","))


class _Reader:
    def __init__(self, file: str, head: Sequence[str], catalog: Catalog, as_of: str, *, typical: bool) -> None:
        self.file, self.head, self.catalog, self.as_of, self.typical = file, head, catalog, as_of, typical
        self.workloads = {name: each for name, each in catalog.workloads.items() if each.bench is None}
        self.errors: list[RowError] = []
        self.names: dict[str, int] = {}

    def labs(self, lines: Iterator[list[str]]) -> Labs:
        for place, field in enumerate(self.head):
            self._check_column(_Cell(1, place + 1, field, field))
        found = []
        line = 2
        while True:
            try:
                row = next(lines, None)
            except csv.Error as trouble:
                self._note(_CellError(_Cell(line, 1, "", ""), f"The table cannot be read on: {trouble}."))
                break
            if row is None:
                break
            if any(cell.strip() for cell in row):
                project = self._row(line, row)
                if project is not None:
                    found.append((line, project))
            line = lines.line_num + 1  # type: ignore[attr-defined]  # the reader of csv has it
            if line > _MOST_ROWS:
                self._note(_CellError(_Cell(line, 1, "", ""), f"A table has {_MOST_ROWS:,} lines at the most."))
                break
        return Labs(tuple(found), tuple(self.errors))

    def _row(self, line: int, row: Sequence[str]) -> Project | None:
        """The lab of a row; None when something is wrong with it: the first thing is noted."""
        before = len(self.errors)
        cells = {
            field: _Cell(line, place + 1, field, restored(row[place]).strip() if place < len(row) else "")
            for place, field in enumerate(self.head[:_MOST_COLUMNS])
        }
        if len(row) > len(self.head):
            extra = _Cell(line, len(self.head) + 1, "", row[len(self.head)])
            self._note(_CellError(extra, f"The row has {len(row)} cells under {len(self.head)} columns."))
        try:
            project = self._project(cells)
        except _CellError as trouble:
            self._note(trouble)
            return None
        return project if len(self.errors) == before else None

    def _project(self, cells: Mapping[str, _Cell]) -> Project | None:
        lab = cells["lab"]
        if not lab.text or len(lab.text) > 200:  # noqa: PLR2004 - as long as a project's name
            raise _CellError(lab, "The lab has no name, or one of more than 200 letters.", "Name it.")
        if lab.text in self.names:
            message = f'"{lab.text[:60]}" stands in line {self.names[lab.text]} already.'
            raise _CellError(lab, message, "Give each lab its own name.")
        self.names[lab.text] = lab.line
        uses = self._uses(cells)
        given = Lab(
            budget=self._text(cells, "budget"),
            growth=self._share(cells, "growth"),
            life_years=self._number(cells, "life", Lab().life_years),
            regulated=self._yes_no(cells, "regulated"),
        )
        currency = self._text(cells, "currency") or self.catalog.prices.book.currency
        variants = (Variant(BUILD, Selection()),)
        project = Project(lab.text, "", self.as_of, currency, Site(), given, uses, variants)
        try:
            return checked(project)
        except BadInputError as trouble:
            field = next((name for name in ("budget", "currency", "growth", "life") if name in trouble.message), "lab")
            cell = cells.get(field, lab)
            raise _CellError(cell, trouble.message, trouble.remedy) from None

    def _uses(self, cells: Mapping[str, _Cell]) -> tuple[WorkloadUse, ...]:
        cell = cells["workload"]
        names = [name.strip() for name in cell.text.split(";") if name.strip()]
        if not names:
            raise _CellError(cell, "No workload is named.", f"Known: {', '.join(self.workloads)}.")
        for name in names:
            if name not in self.workloads:
                near = did_you_mean(name, tuple(self.workloads)).strip()
                message = f'There is no workload "{name[:60]}".'
                raise _CellError(cell, message, near or f"Known: {', '.join(self.workloads)}.")
            if names.count(name) > 1:
                raise _CellError(cell, f'"{name}" is named twice.', "Name each workload once.")
        runs = self._runs(cells, len(names))
        uses = {
            name: WorkloadUse(name, name, runs=runs[place])  # type: ignore[arg-type]  # checked with the project
            for place, name in enumerate(names)
        }
        for field, each in cells.items():
            if field not in KNOWN_COLUMNS and each.text:
                uses = self._with_input(uses, each)
        return tuple(self._complete(use, cell) for use in uses.values())

    def _runs(self, cells: Mapping[str, _Cell], count: int) -> list[str | None]:
        cell = cells.get("runs")
        if cell is None or not cell.text:
            return [None] * count
        words = [word.strip() for word in cell.text.split(";")]
        allowed = ("day", "night", "always", "turns")
        wrong = next((word for word in words if word not in allowed), None)
        if wrong is not None:
            raise _CellError(cell, f'"{wrong[:40]}" is no time at which work runs.', f"Known: {', '.join(allowed)}.")
        if len(words) not in {1, count}:
            raise _CellError(cell, f"{len(words)} times stand for {count} workloads.", "Give one for all, or one each.")
        return list(words * count if len(words) == 1 else words)

    def _with_input(self, uses: dict[str, WorkloadUse], cell: _Cell) -> dict[str, WorkloadUse]:
        workload, dot, name = cell.field.rpartition(".")
        if not dot:
            having = [each for each in uses if name in self.workloads[each].inputs]
            if len(having) > 1:
                ways = " or ".join(f'"{each}.{name}"' for each in having)
                raise _CellError(cell, f'"{name}" is an input of several of the row\'s workloads.', f"Write {ways}.")
            workload = having[0] if having else ""
        if workload not in uses or name not in self.workloads[workload].inputs:
            if self._is_known(cell.field):
                message = f'No workload of this row has the input "{cell.field[:60]}".'
                raise _CellError(cell, message, "Leave the cell empty, or name the workload.")
            raise _CellError(cell, *self._unknown_column(cell.field))
        definition = self.workloads[workload].inputs[name]
        if cell.text == TYPICAL and TYPICAL not in definition.choices:
            return {**uses, workload: uses[workload].with_input(name, self._usual(cell, definition), assumed=True)}
        value: float | str
        try:
            text = cell.text if definition.choices else self._plain_number(cell, _allowed(definition))
            value = setting_of(definition, text, workload)
        except BadInputError as trouble:
            raise _CellError(cell, trouble.message, f"{trouble.remedy} {_allowed(definition)}".strip()) from None
        return {**uses, workload: uses[workload].with_input(name, value)}

    def _complete(self, use: WorkloadUse, cell: _Cell) -> WorkloadUse:
        """The use with nothing required that is empty."""
        for name, definition in self.workloads[use.workload].inputs.items():
            if definition.required and name not in use.inputs:
                if not self.typical:
                    place = self._place_of(use.workload, name)
                    where = cell._replace(column=place + 1, field=self.head[place], text="") if place >= 0 else cell
                    message = f'"{use.workload}" needs "{name}" ({definition.label}), and it is empty.'
                    how = f'{_allowed(definition)} Or write "{TYPICAL}", in a column "{use.workload}.{name}".'
                    raise _CellError(where, message, how)
                use = use.with_input(name, self._usual(cell, definition), assumed=True)
        return use

    def _place_of(self, workload: str, name: str) -> int:
        """The place of the column that holds an input; -1 where the table has none."""
        return next((self.head.index(each) for each in (f"{workload}.{name}", name) if each in self.head), -1)

    def _usual(self, cell: _Cell, definition: WorkloadInput) -> float | str:
        usual = definition.usual
        if usual is None:
            raise _CellError(cell, f'"{definition.name}" has no typical value.', _allowed(definition))
        return usual

    def _check_column(self, cell: _Cell) -> None:
        if self.head.count(cell.field) > 1 and self.head.index(cell.field) + 1 < cell.column:
            self._note(_CellError(cell, f'Two columns are called "{cell.field[:60]}".', "Give each its own name."))
        elif not self._is_known(cell.field):
            self._note(_CellError(cell, *self._unknown_column(cell.field)))

    def _is_known(self, field: str) -> bool:
        workload, dot, name = field.rpartition(".")
        if dot:
            return workload in self.workloads and name in self.workloads[workload].inputs
        return field in KNOWN_COLUMNS or any(name in each.inputs for each in self.workloads.values())

    def _unknown_column(self, field: str) -> tuple[str, str]:
        inputs = {name for each in self.workloads.values() for name in each.inputs}
        inputs |= {f"{each.id}.{name}" for each in self.workloads.values() for name in each.inputs}
        near = did_you_mean(field, sorted({*KNOWN_COLUMNS, *inputs})).strip()
        known = f"Columns are {', '.join(KNOWN_COLUMNS)}, and inputs of the workloads."
        return f'"{field[:60]}" is no column of a table of labs.', near or known

    def _text(self, cells: Mapping[str, _Cell], field: str) -> str | None:
        return (cells[field].text or None) if field in cells else None

    def _number(self, cells: Mapping[str, _Cell], field: str, otherwise: float) -> float:
        cell = cells.get(field)
        return otherwise if cell is None or not cell.text else float(self._plain_number(cell, "A number of years."))

    def _share(self, cells: Mapping[str, _Cell], field: str) -> float:
        cell = cells.get(field)
        if cell is None or not cell.text:
            return 0.0
        per_cent = cell.text.endswith("%")
        text = cell.text.removesuffix("%").strip()
        number = float(self._plain_number(cell._replace(text=text), "A share such as 0.2, or 20 %."))
        return number / 100 if per_cent else number

    def _yes_no(self, cells: Mapping[str, _Cell], field: str) -> bool:
        cell = cells.get(field)
        if cell is None:
            return False
        if cell.text.lower() not in _YES_NO:
            raise _CellError(cell, f'"{cell.text[:40]}" is neither yes nor no.', "Write yes or no.")
        return _YES_NO[cell.text.lower()]

    def _plain_number(self, cell: _Cell, allowed: str) -> str:
        if len(cell.text) > _LONGEST_CELL or _NUMBER.fullmatch(cell.text):
            return cell.text[:_LONGEST_CELL]
        if re.fullmatch(r"[+-]?[\d.,' ]*\d[\d.,' ]*", cell.text):
            message = f'"{cell.text[:40]}" can be read as different numbers.'
            raise _CellError(cell, message, "Write digits with a point before decimals only: 1234.5.")
        raise _CellError(cell, f'"{cell.text[:40]}" is not a number.', allowed)

    def _note(self, trouble: _CellError) -> None:
        cell = trouble.cell
        self.errors.append(
            RowError(self.file, cell.line, cell.column, cell.field, cell.text[:200], trouble.message, trouble.remedy)
        )


def _allowed(definition: WorkloadInput) -> str:
    """What an input may be, in words."""
    if definition.choices:
        return f"Allowed: {', '.join(definition.choices)}."
    if definition.low is None or definition.high is None:
        return "A number."
    unit = definition.unit.replace("×", "")
    return f"Usual: {span(definition.low, definition.high)} {unit}".rstrip() + "."
