"""A published measurement as a case: which benchmark, on what, and the number that was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Case(NamedTuple):
    """One measurement that `steelyard predict` can be held against.

    `settings` as `--set` takes them; `part` the catalogue's id of the GPU, processor or drive, empty for none; `count`
    GPUs, 0 where there is none; `measured` in the unit of the benchmark; `held` the GPU or host that is left out
    together; `where` the row of the table.
    """

    family: str
    bench: str
    settings: Mapping[str, str]
    part: str
    count: int
    measured: float
    held: str
    where: str


class Numbers(NamedTuple):
    """A fitted number with its 10 % and 90 % points."""

    value: float
    low: float
    high: float


def exact(value: float) -> Numbers:
    """Return a number without a range of its own: the family's spread holds what is not known."""
    return Numbers(value, value, value)


class Fitted(NamedTuple):
    """What a fit puts in the place of the catalogue's numbers.

    `demands` by (workload, stage or "" for the whole workload, word); `factors` by (workload, stage, word, choice, its
    word); `assumptions` by (name, word of its category or "").
    """

    demands: Mapping[tuple[str, str, str], Numbers]
    factors: Mapping[tuple[str, str, str, str, str], float]
    assumptions: Mapping[tuple[str, str], Numbers]


def joined(parts: list[Fitted]) -> Fitted:
    """Return the numbers of several fits as one; a number that two of them claim is an error of theirs."""
    demands: dict[tuple[str, str, str], Numbers] = {}
    factors: dict[tuple[str, str, str, str, str], float] = {}
    assumptions: dict[tuple[str, str], Numbers] = {}
    for part in parts:
        for mine, theirs in ((demands, part.demands), (factors, part.factors), (assumptions, part.assumptions)):
            twice = mine.keys() & theirs.keys()  # type: ignore[attr-defined]
            if twice:
                raise ValueError(f"Two fits claim {min(twice)}.")
            mine.update(theirs)  # type: ignore[arg-type]
    return Fitted(demands, factors, assumptions)
