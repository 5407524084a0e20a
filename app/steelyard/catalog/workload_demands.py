"""The demands of a workload file: a coefficient, the numbers it grows with, and the factors of chosen words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.catalog.sources import check_source, read_tier
from steelyard.catalog.workload import Demand
from steelyard.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.page import Page
    from steelyard.catalog.sources import Source
    from steelyard.catalog.workload import WorkloadInput

__all__ = ["check_words", "choice_named", "read_demand", "read_demands"]

_KEYS: Final = (
    "value",
    "low",
    "high",
    "unit",
    "source",
    "where",
    "tier",
    "note",
    "scales_with",
    "factors",
    "unknown",
)


def read_demands(
    page: Page,
    table: Mapping[str, object],
    keys: tuple[str, ...],
    inputs: Mapping[str, WorkloadInput],
    sources: Mapping[str, Source],
) -> dict[str, Demand]:
    """Read the table `demands` in `table`, which stands at `keys`."""
    entries = page.table(table, keys, "demands")
    keys = (*keys, "demands")
    return {
        name: read_demand(page, page.table(entries, keys, name), (*keys, name), inputs, sources) for name in entries
    }


def read_demand(
    page: Page,
    entry: dict[str, object],
    keys: tuple[str, ...],
    inputs: Mapping[str, WorkloadInput],
    sources: Mapping[str, Source],
) -> Demand:
    """Read one demand, which stands at `keys`; its name is the last of them."""
    page.only(entry, keys, _KEYS)
    why = page.text(entry, keys, "unknown")
    value, low, high = (page.number(entry, keys, key) for key in ("value", "low", "high"))
    if "value" not in entry and not why:
        page.complain(keys, f'"{keys[-1]}" has no value.', 'Add value = ..., or unknown = "why".')
    source = "" if why else check_source(page, entry, keys, sources)
    tier = read_tier(page, entry, keys) or (sources[source].tier if source in sources else "")
    scales, factors = _read_scales(page, entry, keys, inputs), _read_factors(page, entry, keys, inputs)
    where, note = page.text(entry, keys, "where"), page.text(entry, keys, "note")
    unit = page.unit(entry, keys)
    return Demand(keys[-1], value, low, high, unit, source, where, tier, note, scales, why, factors)


def choice_named(
    page: Page, keys: tuple[str, ...], name: str, inputs: Mapping[str, WorkloadInput]
) -> WorkloadInput | None:
    """Return the choice input of this name; None, and a complaint at `keys`, when there is no such choice."""
    if name not in inputs:
        hint = did_you_mean(name, tuple(inputs)).strip() or "Add it under [inputs]."
        page.complain(keys, f'There is no input "{name}".', hint)
        return None
    if not inputs[name].choices:
        page.complain(keys, f'"{name}" is a number, not a choice.', f"Write scales_with = {{ {name} = 1 }}.")
        return None
    return inputs[name]


def _read_scales(
    page: Page, entry: dict[str, object], keys: tuple[str, ...], inputs: Mapping[str, WorkloadInput]
) -> dict[str, float]:
    keys, given = (*keys, "scales_with"), page.table(entry, keys, "scales_with")
    scales = {}
    for name in given:
        power = page.number(given, keys, name)
        if name not in inputs:
            hint = did_you_mean(name, tuple(inputs)).strip() or "Add it under [inputs]."
            page.complain(keys, f'There is no input "{name}".', hint)
        elif inputs[name].choices:
            page.complain(keys, f'"{name}" is a choice, not a number.', f"Write factors.{name} = {{ word = 1.0 }}.")
        elif power is not None:
            scales[name] = power
    return scales


def _read_factors(
    page: Page, entry: dict[str, object], keys: tuple[str, ...], inputs: Mapping[str, WorkloadInput]
) -> dict[str, dict[str, float]]:
    keys, given = (*keys, "factors"), page.table(entry, keys, "factors")
    return {name: _read_factor(page, given, (*keys, name), inputs) for name in given}


def _read_factor(
    page: Page, given: dict[str, object], keys: tuple[str, ...], inputs: Mapping[str, WorkloadInput]
) -> dict[str, float]:
    name = keys[-1]
    entries, choice = page.table(given, keys[:-1], name), choice_named(page, keys, name, inputs)
    if choice is None:
        return {}
    check_words(page, keys, entries, choice)
    factors = {}
    for word in entries:
        factor = page.number(entries, keys, word)
        if factor is not None and factor < 0:
            page.complain((*keys, word), f'The factor of "{word}" is negative.', "A factor is zero or more.")
        elif factor is not None:
            factors[word] = factor
    return factors


def check_words(page: Page, keys: tuple[str, ...], entries: Mapping[str, object], choice: WorkloadInput) -> None:
    """Complain about words that are no choice, and about choices without an entry."""
    for word in entries:
        if word not in choice.choices:
            near = did_you_mean(word, tuple(choice.choices)).strip()
            remedy = near or f"Choices: {', '.join(choice.choices)}."
            page.complain((*keys, word), f'"{word}" is no choice of "{choice.name}".', remedy)
    missing = [word for word in choice.choices if word not in entries]
    if missing:
        what = f'Nothing is said for {", ".join(missing)} of "{choice.name}".'
        page.complain(keys, what, "Give every word of the choice its entry.")
