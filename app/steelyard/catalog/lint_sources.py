"""Sources that nobody cites, that nobody can look up, or whose age nobody can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from steelyard.catalog.remark import Remark, remark
from steelyard.catalog.sources import LAYER_SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection

    from steelyard.catalog.load import Catalog

__all__ = ["cited_sources", "dead_sources"]

_WEB: Final = re.compile(r"https?://[^\s/.]+\.[^\s]+")


def dead_sources(catalog: Catalog, also_cited: Collection[str] = ()) -> tuple[Remark, ...]:
    """Return what is wrong with the bibliography; `also_cited` are sources that formulas and rules rest on."""
    by_parts = cited_sources(catalog)
    cited = by_parts | _cited_elsewhere(catalog) | set(also_cited) | set(LAYER_SOURCES)
    found = []
    for source in catalog.sources.values():
        if source.address and not _WEB.fullmatch(source.address):
            found.append(remark("source-address", source.id, f'"{source.address}" is no web address'))
        if source.id not in cited:
            found.append(
                remark(
                    "source-unused",
                    source.id,
                    "cited by no part, price, assumption, workload or formula (a golden case may)",
                )
            )
        elif source.id in by_parts:
            if not source.address and not source.publisher:
                found.append(
                    remark("source-nameless", source.id, f'"{source.title}" has neither publisher nor address')
                )
            if source.address and not source.date:
                found.append(remark("source-undated", source.id, f"{source.address} has no date"))
    return tuple(found)


def cited_sources(catalog: Catalog) -> set[str]:
    """Return the sources that parts and their prices name."""
    cited = set()
    for part in catalog.parts.values():
        cited |= {catalog.stated(part.id, field).source for field in catalog.schema[part.kind].fields}
        price = catalog.price(part.id)
        cited |= {price.source} if price is not None else set()
    return cited - {""}


def _cited_elsewhere(catalog: Catalog) -> set[str]:
    cited = set()
    for assumption in catalog.assumptions.values():
        cited |= {assumption.source, *(spread.source for spread in assumption.values.values())}
    for work in catalog.workloads.values():
        cited |= {each.source for each in work.inputs.values()}
        cited |= {each.source for each in work.demands.values()}
        cited |= {each.source for stage in work.stages for each in stage.demands.values()}
        cited |= {work.asked.source} if work.asked else set()
        cited |= {work.bench.source} if work.bench else set()
    return cited
