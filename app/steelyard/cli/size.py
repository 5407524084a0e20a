"""`steelyard size`: what one lab needs, or a table of labs, without a build of their own.

A line a lab on standard output, progress on standard error; in the folder a JSON a lab, a sheet where it is asked
for, and tables of all. The same labs and the same catalogue give the same files, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from steelyard.cli.install import ask_for_reportlab
from steelyard.cli.printing import print_text
from steelyard.cli.standing import usable_catalog
from steelyard.cli.tables import long_table, write_table
from steelyard.errors import BadInputError, CannotSaveError, ExitCode, SteelyardError
from steelyard.project.atomic import write_atomically
from steelyard.project.evaluate import Engine
from steelyard.project.lab_cells import RowError
from steelyard.project.labs import Labs, labs_of
from steelyard.project.provenance import provenance_hash
from steelyard.project.samples import open_project
from steelyard.project.shape import plain
from steelyard.project.sized import SIZED_VERSION, Sized, answer_of, weighed
from steelyard.project.sizing import Sizer
from steelyard.wording import measured, number

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog import Catalog
    from steelyard.project.content import Project
    from steelyard.project.sized import Weighed

__all__ = ["FORMATS", "file_name", "size"]

FORMATS: Final = ("json", "csv", "pdf")
USUAL: Final = "json,csv"
FIRST_DAY: Final = "2026-01-01"
ERRORS: Final = "errors.csv"
TABLE: Final = "requirements.csv"
_COLUMNS: Final = ("lab", "layer", "resource", "key", "level", "value", "low", "high", "unit", "driver")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LEVELS: Final = ("least", "advised", "ample")


def size(options: argparse.Namespace) -> ExitCode:
    """Size a project file or every lab of a table; 2 when a row of it was wrong."""
    formats = _formats(options.format or USUAL)
    if "pdf" in formats:
        _can_print(options)
    folder = Path(options.out)
    catalog = usable_catalog()
    labs = _labs(Path(options.file), catalog, options)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        reason = trouble.strerror or "the disk did not answer"
        raise CannotSaveError(f'The folder "{folder}" cannot be made: {reason}.', "Choose another folder.") from trouble
    errors = list(labs.errors)
    for error in errors:
        print(error, file=sys.stderr)
    sizer = None
    answers: list[dict[str, Any]] = []
    for place, (line, project) in enumerate(labs.projects):
        print(f"[{place + 1}/{len(labs.projects)}] {project.name}", file=sys.stderr)
        path = folder / f"{file_name(project.name)}.json"
        sheet = path.with_suffix(".pdf") if "pdf" in formats else None
        finished = options.resume and (sheet is None or _is_printed(sheet, project, catalog, options))
        answer = _kept(path, project, catalog) if finished else None
        if answer is None:
            sizer = sizer or Sizer.of(Engine.of(catalog), project)
            try:
                lab = weighed(sizer, project)
                answer = plain(answer_of(lab))
                if sheet is not None:
                    _print(lab, sheet, options)
            except BadInputError as trouble:
                error = RowError(Path(options.file).name, line, 1, "", "", trouble.message, trouble.remedy)
                print(error, file=sys.stderr)
                errors.append(error)
                continue
            if "json" in formats:
                write_atomically(path, _json_bytes(answer))
        answers.append(answer)
        print_text(_line(answer))
    if "csv" in formats:
        write_table(long_table([row for answer in answers for row in _rows(answer)], _COLUMNS), folder / TABLE)
    records = [each._asdict() for each in errors]
    write_table(long_table(records, RowError._fields), folder / ERRORS)
    return ExitCode.BAD_INPUT if errors else ExitCode.DONE


def file_name(lab: str) -> str:
    """Return a name for the lab's file that every system takes, and that no other lab's is."""
    plainly = re.sub(r"[^a-z0-9]+", "-", lab.lower()).strip("-")[:60]
    if plainly == lab and not _RESERVED.fullmatch(plainly):
        return plainly
    mark = hashlib.sha256(lab.encode()).hexdigest()[:8]
    return f"{plainly or 'lab'}-{mark}"


def _formats(text: str) -> frozenset[str]:
    wanted = frozenset(word.strip().lower() for word in text.split(",") if word.strip())
    unknown = sorted(wanted - set(FORMATS))
    if unknown:
        raise BadInputError(f'"{unknown[0][:40]}" is no format of size.', f"Known: {', '.join(FORMATS)}.")
    return wanted or frozenset(USUAL.split(","))


def _labs(path: Path, catalog: Catalog, options: argparse.Namespace) -> Labs:
    """The labs of a table, or the one of a project file or sample."""
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return labs_of(path, catalog, options.date or FIRST_DAY, typical=options.typical)
    opened = open_project(options.file)
    for notice in opened.notices:
        print(notice, file=sys.stderr)
    return Labs(((1, opened.project),), ())


def _kept(path: Path, project: Project, catalog: Catalog) -> dict[str, Any] | None:
    """What an earlier run wrote for the same lab from the same catalogue; None where there is none or it is damaged."""
    try:
        answer = json.loads(path.read_bytes())
    except (OSError, ValueError, SteelyardError):
        return None
    if not isinstance(answer, dict) or answer.keys() != set(Sized._fields):
        return None
    if answer["schema_version"] != SIZED_VERSION:
        return None
    return answer if answer["hash"] == provenance_hash(project, catalog) else None


def _can_print(options: argparse.Namespace) -> None:
    """Refuse before anything is sized what no sheet can be printed with."""
    ask_for_reportlab()
    from steelyard.sheets.document import calendar_day

    if options.date is not None:
        calendar_day(options.date)


def _is_printed(sheet: Path, project: Project, catalog: Catalog, options: argparse.Namespace) -> bool:
    """Whether an earlier run printed the whole sheet of the same lab, from the same catalogue, as it is asked for."""
    from steelyard.sheets.requirements_sheet import is_sheet_of

    try:
        content = sheet.read_bytes()
    except OSError:
        return False
    return is_sheet_of(content, project, catalog, paper=options.paper, date=options.date)


def _print(lab: Weighed, sheet: Path, options: argparse.Namespace) -> None:
    from steelyard.sheets.requirements_sheet import requirements_sheet

    write_atomically(sheet, requirements_sheet(lab, paper=options.paper, date=options.date))


def _json_bytes(answer: dict[str, Any]) -> bytes:
    return (json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _rows(answer: dict[str, Any]) -> list[dict[str, object]]:
    """A line for each level of each need."""
    return [
        {
            "lab": answer["lab"],
            "layer": need["layer"],
            "resource": need["label"],
            "key": need["key"],
            "level": level,
            **{name: need[level][name] for name in ("value", "low", "high")},
            "unit": need["unit"],
            "driver": need["driver"],
        }
        for need in answer["needs"]
        for level in _LEVELS
    ]


def _line(answer: dict[str, Any]) -> str:
    """The lab in one line: where it stands, which cards, and the three needs that people ask about first."""
    if answer["unknown"]:
        return f"{answer['lab']}: cannot be told, inputs are missing: {', '.join(answer['unknown'])}"
    if answer["machines"]:
        cards = f"needs {answer['machines']['boxes']} boxes: {answer['machines']['reason']}"
    else:
        least = answer["least"]
        cards = f"{least['cards']} x {least['name']}" if least["cards"] else least["name"]
    needs = {need["key"]: need["least"]["value"] for need in answer["needs"]}
    said = [f"{answer['lab']}: {answer['place']}", cards]
    if answer["least"] and answer["least"]["cards"]:
        said.append(f"{measured(answer['least']['memory'], 'GB')} on each")
    if needs.get("cores"):
        said.append(f"{number(math.ceil(needs['cores']))} cores")
    if needs.get("memory"):
        said.append(f"{measured(needs['memory'], 'GB')} of memory")
    return ", ".join(said)
