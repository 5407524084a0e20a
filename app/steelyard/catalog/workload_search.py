"""Finding workloads by what people type: every word of it must begin a word by which the workload is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.catalog.workload import WorkloadDefinition

__all__ = ["fits", "search_words", "workloads_found"]

_BETWEEN: Final = re.compile(r"[^\w]+")
_FILLERS: Final = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def search_words(workload: WorkloadDefinition) -> str:
    """Return all words by which a workload is found, in small letters, with a space before and after each."""
    told = (workload.name, workload.family, *workload.tags, *workload.search, workload.description)
    return f" {_plain(' '.join(told))} "


def fits(words: str, typed: str) -> bool:
    """Whether what is typed finds a workload with these `search_words`; nothing typed finds all."""
    wanted = [word for word in _plain(typed).split() if word not in _FILLERS]
    return all(f" {word}" in words for word in wanted)


def workloads_found(workloads: Iterable[WorkloadDefinition], typed: str) -> tuple[WorkloadDefinition, ...]:
    """Return the workloads of labs, not the benchmarks, that what is typed finds, in their order."""
    return tuple(each for each in workloads if each.bench is None and fits(search_words(each), typed))


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", text.casefold()).strip()
