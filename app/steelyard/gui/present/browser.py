"""The workloads that can be added: found by words and tags, in families."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.workload_search import fits, rank, search_layers

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

MOST_TAGS = 8
FAMILIES: Final = {"llm": "LLM", "ehr": "EHR", "pacs": "PACS"}
TAGS: Final = {
    **{tag: tag.upper() for tag in ("llm", "ehr", "pacs", "rag", "nlp", "dicom", "ct", "mri", "2d", "3d")},
    "de-identification": "de-ID",
    "lora": "LoRA",
    "nnunet": "nnU-Net",
    "2d": "2-D",
    "3d": "3-D",
}
"""Tags that are written otherwise than they are spelled in the files."""


class Offered(NamedTuple):
    """A workload of the catalogue: whether the project has it, and the layers of words by which it is found."""

    id: str
    name: str
    family: str
    description: str
    added: bool
    tags: tuple[str, ...]
    words: tuple[str, ...]


class Shelf(NamedTuple):
    """A family with those of its workloads that were found."""

    family: str
    offered: tuple[Offered, ...]


def offered_view(variant: VariantEvaluation) -> tuple[Offered, ...]:
    """Every workload of labs there is, by family; benchmarks are not added to a project."""
    present = {use.workload for use in variant.project.workloads}
    lines = [
        Offered(each.id, each.name, each.family, each.description, each.id in present, each.tags, search_layers(each))
        for each in variant.engine.catalog.workloads.values()
        if each.bench is None
    ]
    return tuple(sorted(lines, key=lambda line: (line.family, line.name)))


def found(offered: tuple[Offered, ...], typed: str, tags: frozenset[str] = frozenset()) -> tuple[Shelf, ...]:
    """The families with what the words find among those that have all the tags; what is meant the most comes first."""
    lines = [each for each in offered if tags <= set(each.tags) | {each.family} and fits("".join(each.words), typed)]
    lines.sort(key=lambda each: rank(each.words, typed))
    families = dict.fromkeys(each.family for each in lines)
    return tuple(Shelf(family, tuple(each for each in lines if each.family == family)) for family in families)


def tags_view(offered: tuple[Offered, ...]) -> tuple[str, ...]:
    """The tags that part the list best: those of the most workloads, but none that all have, and no family's name."""
    counts = Counter(tag for each in offered for tag in each.tags)
    families = {each.family for each in offered}
    useful = [tag for tag, count in counts.items() if 1 < count < len(offered) and tag not in families]
    kept = sorted(useful, key=lambda tag: (-counts[tag], tag))[:MOST_TAGS]
    return tuple(sorted(kept))


def family_words(family: str) -> str:
    """A family as it is headed."""
    return FAMILIES.get(family, family.capitalize())


def tag_words(tag: str) -> str:
    """A tag as people write it."""
    return TAGS.get(tag, tag)
