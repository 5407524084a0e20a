"""The report of an import: what every rule did, in all and to each file, as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, select

from steelyard.errors import BadInputError
from steelyard.library.opendb.attribution import ATTRIBUTION
from steelyard.library.opendb.record import OURS
from steelyard.library.opendb.registry import RULES
from steelyard.library.tables import import_hit, imported_part
from steelyard.project.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
"""Beginnings that a spreadsheet takes for a formula."""

_HEADS: Final = ("file", "part", "name", "state", "same_as", "rule", "action", "field", "was", "now", "sentence")
_PAGE: Final = 2000


class RuleCount(NamedTuple):
    """What one rule did: to how many files, how often, and what."""

    rule: str
    family: str
    action: str
    files: int
    hits: int
    sentence: str


def rule_counts(connection: Connection) -> tuple[RuleCount, ...]:
    """Return every rule in the order of the registry, a line for each action that it took; those without one too."""
    query = select(
        import_hit.c.rule, import_hit.c.action, func.count(func.distinct(import_hit.c.file)), func.count()
    ).group_by(import_hit.c.rule, import_hit.c.action)
    found: dict[str, list[tuple[str, int, int]]] = {}
    for rule, action, files, hits in connection.execute(query.order_by(import_hit.c.rule, import_hit.c.action)):
        found.setdefault(rule, []).append((action, files, hits))
    return tuple(
        RuleCount(rule.id, rule.family, action, files, hits, rule.sentence)
        for rule in RULES
        for action, files, hits in found.get(rule.id, [(" or ".join(rule.actions), 0, 0)])
    )


def write_report(connection: Connection, path: Path, summary: dict[str, Any]) -> None:
    """Write the report as the ending of `path` says; BadInputError for another ending, CannotSaveError as for files."""
    match path.suffix.lower():
        case ".json":
            content = _as_json(connection, summary)
        case ".csv":
            content = _as_csv(connection, summary)
        case _:
            raise BadInputError(f'"{path.name}" is no report.', "Let its name end in .json or .csv.")
    write_atomically(path, content)


def _as_json(connection: Connection, summary: dict[str, Any]) -> bytes:
    files: dict[str, dict[str, Any]] = {}
    for line in _lines(connection):
        entry = files.setdefault(line["file"], {name: line[name] for name in ("part", "name", "state", "same_as")})
        entry.setdefault("hits", []).append({name: line[name] for name in ("rule", "action", "field", "was", "now")})
    report = {
        "attribution": ATTRIBUTION,
        "summary": summary,
        "rules": [count._asdict() for count in rule_counts(connection)],
        "files": files,
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


def _as_csv(connection: Connection, summary: dict[str, Any]) -> bytes:
    """The notice of the licence first, then what was passed over, then every hit: each a row under the same heads."""
    sentences = {rule.id: rule.sentence for rule in RULES}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    _write_row(writer, rule="licence", sentence=ATTRIBUTION)
    for passed in summary.get("passed_over", ()):
        _write_row(writer, file=passed["file"], action="passed over", sentence=passed["why"])
    for line in _lines(connection):
        _write_row(writer, **{**line, "sentence": sentences.get(line["rule"], "")})
    return ("\ufeff" + text.getvalue()).encode()


def _write_row(writer: Any, **cells: str) -> None:  # noqa: ANN401  # the type of a writer has no name
    writer.writerow([_inert(cells.get(head, "")) for head in _HEADS])


def _lines(connection: Connection) -> Iterator[dict[str, str]]:
    """Give every hit with its record, in the order of the files, a page at a time."""
    part = imported_part.c
    columns = (import_hit, part.part_id.label("part"), part.name, part.state, part.record)
    query = select(*columns).join(imported_part, part.file == import_hit.c.file)
    order = (import_hit.c.file, import_hit.c.rule, import_hit.c.field, import_hit.c.was, import_hit.c.id)
    files = select(import_hit.c.file).distinct().order_by(import_hit.c.file).limit(_PAGE)
    last = ""
    while page := connection.execute(files.where(import_hit.c.file > last)).scalars().all():
        within = (import_hit.c.file > last) & (import_hit.c.file <= page[-1])
        last = page[-1]
        for row in connection.execute(query.where(within).order_by(*order)):
            line = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's own name
            line["same_as"] = json.loads(line.pop("record"))[OURS].get("same_as", "")
            yield line


def _inert(cell: str) -> str:
    """Keep a spreadsheet from running what a record says."""
    return f"'{cell}" if cell.startswith(_LIVE) else cell
