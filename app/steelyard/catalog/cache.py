"""The catalogue as one plain JSON file, so that a start need not read some hundreds of TOML files.

The first line holds a checksum of the second; the second holds which files it was made from (name, size, time) and
everything that they said. Whatever does not fit (another format, other files, a damaged byte) is no cache: the files
are read again and the cache is written anew. Nothing in it can run.
"""

from __future__ import annotations

from binascii import crc32
from typing import TYPE_CHECKING, Any, Final

from steelyard.catalog.assumptions import Assumption, Spread
from steelyard.catalog.complaint import Complaint
from steelyard.catalog.contents import Contents
from steelyard.catalog.kept import keep, kept
from steelyard.catalog.part import PartInfo, PriceText
from steelyard.catalog.schema import Field, Kind
from steelyard.catalog.sources import Source
from steelyard.catalog.tables import Rows
from steelyard.catalog.workload import Bench, Demand, Kernel, Stage, WorkloadDefinition, WorkloadInput

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT: Final = 3
"""Raise it with every change of what is stored."""

Stamp = list[list[object]]
"""The files of a catalogue: name, size in bytes, time of change in nanoseconds."""


def cache_file(folder: Path, root: Path) -> Path:
    """Return the cache file of the catalogue at `root`: one a catalogue, so that two never fight over one file."""
    return folder / f"catalogue-{crc32(str(root).encode()):08x}.json"


def load_cache(file: Path, stamp: Stamp) -> Contents | None:
    """Return what the cache holds if it was made from exactly these files; else None, whatever the reason."""
    document = kept(file)
    try:
        if document["format"] != _FORMAT or document["files"] != stamp:
            return None
        return _contents(document)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def save_cache(file: Path, stamp: Stamp, contents: Contents) -> None:
    """Keep what was read from these files."""
    keep(file, {"format": _FORMAT, "files": stamp, **contents._asdict()})


def _contents(document: dict[str, Any]) -> Contents:
    """Put the named types back around the lists of the JSON document."""
    return Contents(
        schema={name: _kind(row) for name, row in document["schema"].items()},
        rows={name: Rows(tuple(row[0]), row[1], row[2]) for name, row in document["rows"].items()},
        parts={name: PartInfo(*row) for name, row in document["parts"].items()},
        prices={name: PriceText(*row) for name, row in document["prices"].items()},
        sources={name: Source(*row) for name, row in document["sources"].items()},
        assumptions={name: _assumption(row) for name, row in document["assumptions"].items()},
        workloads={name: _workload(row) for name, row in document["workloads"].items()},
        complaints=tuple(Complaint(*row) for row in document["complaints"]),
        hash=document["hash"],
        date=document["date"],
    )


def _kind(row: list[Any]) -> Kind:
    fields = {name: Field(*field)._replace(categories=tuple(field[-1])) for name, field in row[3].items()}
    return Kind(row[0], row[1], row[2], fields)


def _assumption(row: list[Any]) -> Assumption:
    assumption = Assumption(*row)
    return assumption._replace(values={word: Spread(*spread) for word, spread in assumption.values.items()})


def _workload(row: list[Any]) -> WorkloadDefinition:
    work = WorkloadDefinition(*row)
    return work._replace(
        tags=tuple(work.tags),
        inputs={name: WorkloadInput(*entry) for name, entry in work.inputs.items()},
        asked=None if work.asked is None else Demand(*work.asked),
        demands=_demands(work.demands),
        stages=tuple(
            Stage(*stage[:4], _demands(stage[4]), None if stage[5] is None else Kernel(*stage[5]))
            for stage in work.stages
        ),
        bench=None if work.bench is None else Bench(*work.bench),
        search=tuple(work.search),
    )


def _demands(rows: dict[str, Any]) -> dict[str, Demand]:
    return {name: Demand(*row) for name, row in rows.items()}
