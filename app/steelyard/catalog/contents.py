"""Everything that the catalogue's folder says, read and checked: the slow way, past the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.catalog.tables import Rows, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.catalog.assumptions import Assumption
    from steelyard.catalog.complaint import Complaint
    from steelyard.catalog.page import Page
    from steelyard.catalog.part import PartFile, PartInfo, PriceText
    from steelyard.catalog.schema import Kind
    from steelyard.catalog.sources import Source
    from steelyard.catalog.workloads import WorkloadDefinition


class Contents(NamedTuple):
    """The catalogue in plain values. `hash` is over all files; `date` is that of its newest price."""

    schema: dict[str, Kind]
    rows: dict[str, Rows]
    parts: dict[str, PartInfo]
    prices: dict[str, PriceText]
    sources: dict[str, Source]
    assumptions: dict[str, Assumption]
    workloads: dict[str, WorkloadDefinition]
    complaints: tuple[Complaint, ...]
    hash: str
    date: str


def read_contents(root: Path, files: tuple[str, ...]) -> Contents:
    """Read the named files (relative to `root`); what is wrong with them is in `complaints`, all of it.

    Nothing is said twice: where the bibliography or a kind's schema cannot be read, what rests on it is left out.
    """
    from hashlib import sha256  # noqa: PLC0415  # only a cold start pays for the readers

    from steelyard.catalog.assumptions import read_assumptions  # noqa: PLC0415
    from steelyard.catalog.complaint import Complaint  # noqa: PLC0415
    from steelyard.catalog.page import read_page  # noqa: PLC0415
    from steelyard.catalog.schema import read_kind  # noqa: PLC0415
    from steelyard.catalog.sources import read_sources  # noqa: PLC0415
    from steelyard.catalog.workloads import read_workload  # noqa: PLC0415

    complaints: list[Complaint] = []
    pages: dict[str, list[Page]] = {"schema": [], "parts": [], "workloads": [], "assumptions": [], "sources.toml": []}
    digest = sha256()
    for file in files:
        page = read_page(root / file, root, complaints)
        digest.update(f"{file}\n".encode())
        if page is not None:
            digest.update(page.raw)
            pages[file.split("/")[0]].append(page)
    kinds = {kind.name: kind for page in pages["schema"] if (kind := read_kind(page)) is not None}
    sources: dict[str, Source] = {}
    if "sources.toml" not in files:
        complaints.append(Complaint("sources.toml", 0, "The bibliography is missing.", "Put sources.toml back."))
    for page in pages["sources.toml"]:
        sources |= read_sources(page)
    if not sources:
        pages |= {"parts": [], "workloads": [], "assumptions": []}
    parts = _read_parts(pages["parts"], kinds, sources, frozenset(files))
    assumptions: dict[str, Assumption] = {}
    for page in pages["assumptions"]:
        found = read_assumptions(page, sources, kinds)
        for name in sorted(found.keys() & assumptions.keys()):
            page.complain((name,), f'The assumption "{name}" stands in another file too.', "Keep one of the two.")
        assumptions = found | assumptions
    workloads = {
        work.id: work for page in pages["workloads"] if (work := read_workload(page, sources, assumptions)) is not None
    }
    prices = {identity: part.price for identity, part in parts.items() if part.price is not None}
    return Contents(
        schema=kinds,
        rows={
            name: rows_of(kind, [part for part in parts.values() if part.info.kind == name])
            for name, kind in kinds.items()
        },
        parts={identity: part.info for identity, part in parts.items()},
        prices=prices,
        sources=sources,
        assumptions=assumptions,
        workloads=workloads,
        complaints=tuple(sorted(complaints)),
        hash=digest.hexdigest(),
        date=max((price.date for price in prices.values()), default=""),
    )


def _read_parts(
    pages: list[Page], kinds: dict[str, Kind], sources: dict[str, Source], files: frozenset[str]
) -> dict[str, PartFile]:
    """Read the parts in the order of their ids; those of a kind whose schema has complaints are left out."""
    from steelyard.catalog.part_file import read_part  # noqa: PLC0415

    parts = {}
    for page in pages:
        folder = page.file.split("/")[1]
        if folder in kinds or f"schema/{folder}.toml" not in files:
            part = read_part(page, kinds, sources, files)
            if part is not None:
                parts[part.info.id] = part
    return dict(sorted(parts.items()))
