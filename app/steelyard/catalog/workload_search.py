"""Finding workloads by what people type: every word of it must begin a word by which the workload is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.catalog.workload import WorkloadDefinition

__all__ = ["fits", "rank", "search_layers", "search_words", "workloads_found"]

_BETWEEN: Final = re.compile(r"[^\w]+")
_FILLERS: Final = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def search_layers(workload: WorkloadDefinition) -> tuple[str, ...]:
    """Return the words by which a workload is found: its name; its tags; what people call it; what is told of it.

    In small letters, with a space before and after each word.
    """
    told = ((workload.name,), (workload.family, *workload.tags), workload.search, (workload.description,))
    return tuple(f" {_plain(' '.join(words))} " for words in told)


def search_words(workload: WorkloadDefinition) -> str:
    """Return all words by which a workload is found."""
    return "".join(search_layers(workload))


def fits(words: str, typed: str) -> bool:
    """Whether what is typed finds a workload with these `search_words`; nothing typed finds all."""
    return all(f" {word}" in words for word in _wanted(typed))


def rank(layers: tuple[str, ...], typed: str) -> int:
    """Return how far down its `search_layers` the words of a workload are found: the fewer, the more it is meant."""
    return sum(
        next((depth for depth, words in enumerate(layers) if f" {word}" in words), len(layers))
        for word in _wanted(typed)
    )


def workloads_found(workloads: Iterable[WorkloadDefinition], typed: str) -> tuple[WorkloadDefinition, ...]:
    """Return the workloads of labs, not the benchmarks, that what is typed finds, the most meant first."""
    found = (each for each in workloads if each.bench is None and fits(search_words(each), typed))
    return tuple(sorted(found, key=lambda each: rank(search_layers(each), typed)))


def _wanted(typed: str) -> list[str]:
    return [word for word in _plain(typed).split() if word not in _FILLERS]


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", text.casefold()).strip()
