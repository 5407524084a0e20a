"""A table of labs, one a row: read with the place of every cell, so that what is wrong is said by line and column.

Columns `lab` and `workload` are required (several workloads separated by ";"); `budget`, `currency`, `growth`, `life`,
`regulated` and `runs` are known; every other column is an input, `workload.input`, or `input` where only one workload
of the row has it. A wrong row becomes errors; the others go on. Nothing is taken for granted: a required input that is
empty is an error, unless the cell says "typical".
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.benchmarks import setting_of
from steelyard.project.content import Lab, Project, Site, Variant, WorkloadUse, checked
from steelyard.project.csv_cells import restored
from steelyard.project.file import content_of
from steelyard.project.lab_cells import (
    Cell,
    CellError,
    RowError,
    allowed_of,
    number_of,
    plain_number,
    share_of,
    text_of,
    yes_no_of,
)
from steelyard.project.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from steelyard.catalog import Catalog
    from steelyard.catalog.workload import WorkloadInput

__all__ = ["KNOWN_COLUMNS", "TYPICAL", "Labs", "RowError", "labs_of"]

KNOWN_COLUMNS: Final = ("lab", "workload", "budget", "currency", "growth", "life", "regulated", "runs")
TYPICAL: Final = "typical"
BUILD: Final = "As sized"
_MOST_ROWS, _MOST_COLUMNS = 10_000, 400


class Labs(NamedTuple):
    """The labs that can be sized, with the line of each, and what is wrong with the others."""

    projects: tuple[tuple[int, Project], ...]
    errors: tuple[RowError, ...]


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
            self._check_column(Cell(1, place + 1, field, field))
        found = []
        line = 2
        while True:
            try:
                row = next(lines, None)
            except csv.Error as trouble:
                self._note(CellError(Cell(line, 1, "", ""), f"The table cannot be read on: {trouble}."))
                break
            if row is None:
                break
            if any(cell.strip() for cell in row):
                project = self._row(line, row)
                if project is not None:
                    found.append((line, project))
            line = lines.line_num + 1  # type: ignore[attr-defined]  # the reader of csv has it
            if line > _MOST_ROWS:
                self._note(CellError(Cell(line, 1, "", ""), f"A table has {_MOST_ROWS:,} lines at the most."))
                break
        return Labs(tuple(found), tuple(self.errors))

    def _row(self, line: int, row: Sequence[str]) -> Project | None:
        """The lab of a row; None when something is wrong with it: the first thing is noted."""
        before = len(self.errors)
        cells = {
            field: Cell(line, place + 1, field, restored(row[place]).strip() if place < len(row) else "")
            for place, field in enumerate(self.head[:_MOST_COLUMNS])
        }
        if len(row) > len(self.head):
            extra = Cell(line, len(self.head) + 1, "", row[len(self.head)])
            self._note(CellError(extra, f"The row has {len(row)} cells under {len(self.head)} columns."))
        try:
            project = self._project(cells)
        except CellError as trouble:
            self._note(trouble)
            return None
        return project if len(self.errors) == before else None

    def _project(self, cells: Mapping[str, Cell]) -> Project | None:
        lab = cells["lab"]
        if not lab.text or len(lab.text) > 200:  # noqa: PLR2004 - as long as a project's name
            raise CellError(lab, "The lab has no name, or one of more than 200 letters.", "Name it.")
        if lab.text in self.names:
            message = f'"{lab.text[:60]}" stands in line {self.names[lab.text]} already.'
            raise CellError(lab, message, "Give each lab its own name.")
        self.names[lab.text] = lab.line
        uses = self._uses(cells)
        given = Lab(
            budget=text_of(cells, "budget"),
            growth=share_of(cells, "growth"),
            life_years=number_of(cells, "life", Lab().life_years),
            regulated=yes_no_of(cells, "regulated"),
        )
        currency = text_of(cells, "currency") or self.catalog.prices.book.currency
        variants = (Variant(BUILD, Selection()),)
        project = Project(lab.text, "", self.as_of, currency, Site(), given, uses, variants)
        try:
            return checked(project)
        except BadInputError as trouble:
            field = next((name for name in ("budget", "currency", "growth", "life") if name in trouble.message), "lab")
            cell = cells.get(field, lab)
            raise CellError(cell, trouble.message, trouble.remedy) from None

    def _uses(self, cells: Mapping[str, Cell]) -> tuple[WorkloadUse, ...]:
        cell = cells["workload"]
        names = [name.strip() for name in cell.text.split(";") if name.strip()]
        if not names:
            raise CellError(cell, "No workload is named.", f"Known: {', '.join(self.workloads)}.")
        for name in names:
            if name not in self.workloads:
                near = did_you_mean(name, tuple(self.workloads)).strip()
                message = f'There is no workload "{name[:60]}".'
                raise CellError(cell, message, near or f"Known: {', '.join(self.workloads)}.")
            if names.count(name) > 1:
                raise CellError(cell, f'"{name}" is named twice.', "Name each workload once.")
        runs = self._runs(cells, len(names))
        uses = {
            name: WorkloadUse(name, name, runs=runs[place])  # type: ignore[arg-type]  # checked with the project
            for place, name in enumerate(names)
        }
        for field, each in cells.items():
            if field not in KNOWN_COLUMNS and each.text:
                uses = self._with_input(uses, each)
        return tuple(self._complete(use, cell) for use in uses.values())

    def _runs(self, cells: Mapping[str, Cell], count: int) -> list[str | None]:
        cell = cells.get("runs")
        if cell is None or not cell.text:
            return [None] * count
        words = [word.strip() for word in cell.text.split(";")]
        allowed = ("day", "night", "always", "turns")
        wrong = next((word for word in words if word not in allowed), None)
        if wrong is not None:
            raise CellError(cell, f'"{wrong[:40]}" is no time at which work runs.', f"Known: {', '.join(allowed)}.")
        if len(words) not in {1, count}:
            raise CellError(cell, f"{len(words)} times stand for {count} workloads.", "Give one for all, or one each.")
        return list(words * count if len(words) == 1 else words)

    def _with_input(self, uses: dict[str, WorkloadUse], cell: Cell) -> dict[str, WorkloadUse]:
        workload, dot, name = cell.field.rpartition(".")
        if not dot:
            having = [each for each in uses if name in self.workloads[each].inputs]
            if len(having) > 1:
                ways = " or ".join(f'"{each}.{name}"' for each in having)
                raise CellError(cell, f'"{name}" is an input of several of the row\'s workloads.', f"Write {ways}.")
            workload = having[0] if having else ""
        if workload not in uses or name not in self.workloads[workload].inputs:
            if self._is_known(cell.field):
                message = f'No workload of this row has the input "{cell.field[:60]}".'
                raise CellError(cell, message, "Leave the cell empty, or name the workload.")
            raise CellError(cell, *self._unknown_column(cell.field))
        definition = self.workloads[workload].inputs[name]
        if cell.text == TYPICAL and TYPICAL not in definition.choices:
            return {**uses, workload: uses[workload].with_input(name, self._usual(cell, definition), assumed=True)}
        value: float | str
        try:
            text = cell.text if definition.choices else plain_number(cell, allowed_of(definition))
            value = setting_of(definition, text, workload)
        except BadInputError as trouble:
            raise CellError(cell, trouble.message, f"{trouble.remedy} {allowed_of(definition)}".strip()) from None
        return {**uses, workload: uses[workload].with_input(name, value)}

    def _complete(self, use: WorkloadUse, cell: Cell) -> WorkloadUse:
        """The use with nothing required that is empty."""
        for name, definition in self.workloads[use.workload].inputs.items():
            if definition.required and name not in use.inputs:
                if not self.typical:
                    place = self._place_of(use.workload, name)
                    where = cell._replace(column=place + 1, field=self.head[place], text="") if place >= 0 else cell
                    message = f'"{use.workload}" needs "{name}" ({definition.label}), and it is empty.'
                    how = f'{allowed_of(definition)} Or write "{TYPICAL}", in a column "{use.workload}.{name}".'
                    raise CellError(where, message, how)
                use = use.with_input(name, self._usual(cell, definition), assumed=True)
        return use

    def _place_of(self, workload: str, name: str) -> int:
        """The place of the column that holds an input; -1 where the table has none."""
        return next((self.head.index(each) for each in (f"{workload}.{name}", name) if each in self.head), -1)

    def _usual(self, cell: Cell, definition: WorkloadInput) -> float | str:
        usual = definition.usual
        if usual is None:
            raise CellError(cell, f'"{definition.name}" has no typical value.', allowed_of(definition))
        return usual

    def _check_column(self, cell: Cell) -> None:
        if self.head.count(cell.field) > 1 and self.head.index(cell.field) + 1 < cell.column:
            self._note(CellError(cell, f'Two columns are called "{cell.field[:60]}".', "Give each its own name."))
        elif not self._is_known(cell.field):
            self._note(CellError(cell, *self._unknown_column(cell.field)))

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

    def _note(self, trouble: CellError) -> None:
        cell = trouble.cell
        self.errors.append(
            RowError(self.file, cell.line, cell.column, cell.field, cell.text[:200], trouble.message, trouble.remedy)
        )
