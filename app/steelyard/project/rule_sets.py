"""Electrical rule sets as data: what each lets a long load take, and the circuits that are common under it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError, did_you_mean
from steelyard.places import components_db
from steelyard.project.shape import typed

if TYPE_CHECKING:
    from steelyard.project.content import Site

__all__ = ["Circuit", "RuleSet", "on_circuit", "rule_sets"]


class Circuit(NamedTuple):
    """A common circuit: volts (nominal, and the low end at the outlet), the breaker's amperes, plug and receptacle."""

    label: str
    plug: str
    receptacle: str
    supply_voltage: float
    supply_voltage_low: float
    breaker_current: float


class RuleSet(NamedTuple):
    """A code's share of the breaker for a load of many hours, with its source and tier, and its circuits.

    decimal, paper: the mark in numbers, "point" or "comma", and the paper, "a4" or "letter", that sheets have there.
    """

    label: str
    decimal: Literal["point", "comma"]
    paper: Literal["a4", "letter"]
    continuous_share: float
    source: str
    tier: str
    note: str
    circuits: tuple[Circuit, ...]


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the rule sets by id. Raises DamagedFileError when the program's own file cannot be read."""
    import tomllib  # noqa: PLC0415  # read only where a site is edited

    try:
        raw = tomllib.loads((components_db() / "rule_sets.toml").read_text(encoding="utf-8"))
        return {name: typed(RuleSet, entry, name) for name, entry in raw.items()}
    except (OSError, ValueError, BadInputError) as trouble:
        raise DamagedFileError(f"The rule sets cannot be read: {trouble}", "Install the program again.") from None


def on_circuit(site: Site, rule_set: str, label: str) -> Site:
    """Return the site on a circuit of a rule set. Raises BadInputError that names the nearest one."""
    known = rule_sets()
    if rule_set not in known:
        raise BadInputError(f'There is no rule set "{rule_set[:40]}".{did_you_mean(rule_set, list(known))}')
    labels = [circuit.label for circuit in known[rule_set].circuits]
    if label not in labels:
        hint = did_you_mean(label, labels) or f" Circuits: {'; '.join(labels)}."
        raise BadInputError(f'{known[rule_set].label} has no circuit "{label[:40]}" here.{hint}')
    circuit = known[rule_set].circuits[labels.index(label)]
    return site._replace(
        rule_set=rule_set,  # type: ignore[arg-type]  # a test holds the names of the file to the names of the type
        continuous_share=known[rule_set].continuous_share,
        supply_voltage=circuit.supply_voltage,
        supply_voltage_low=circuit.supply_voltage_low,
        breaker_current=circuit.breaker_current,
    )
