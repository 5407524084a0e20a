"""What a curator asks of a catalogue without complaints: is it old, double, contradictory, how well is it known?

Complaints make a part unusable; remarks do not. Nothing here is needed to evaluate a build.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from steelyard.catalog.load import Catalog


class Remark(NamedTuple):
    """Something about one part that a curator should look at."""

    part: str
    what: str


ORDERED: Final = (
    ("cpu", "cores", "threads"),
    ("cpu", "base_clock", "boost_clock"),
    ("cpu", "sustained_clock", "boost_clock"),
    ("cpu", "lanes_gen5", "lanes"),
    ("cpu", "memory_rate_two", "memory_rate"),
    ("board", "memory_channels", "memory_slots"),
    ("board", "memory_rate_two", "memory_rate"),
    ("board", "m2_chipset_sockets", "m2_sockets"),
    ("gpu", "power_floor", "power_ceiling"),
    ("gpu", "idle_power", "board_power"),
    ("gpu", "temperature_limit", "slowdown_temperature"),
    ("gpu", "slowdown_temperature", "shutdown_temperature"),
    ("memory", "jedec_rate", "rate"),
    ("drive", "sustained_write_rate", "write_rate"),
    ("drive", "idle_power", "active_power"),
    ("psu", "low_line_power", "rated_power"),
    ("psu", "input_voltage_low", "input_voltage_high"),
    ("case", "included_fans", "fan_mounts"),
    ("ups", "real_power", "apparent_power"),
    ("ups", "runtime_full", "runtime_half"),
)
"""Of these pairs of fields the first is never the greater one."""


def remarks(catalog: Catalog, as_of: str, oldest_days: int = 365) -> tuple[Remark, ...]:
    """Return all remarks: contradictions, numbers used twice, prices older than `oldest_days` on the day `as_of`."""
    return (*contradictions(catalog), *shared_numbers(catalog), *old_prices(catalog, as_of, oldest_days))


def contradictions(catalog: Catalog) -> tuple[Remark, ...]:
    """Return the parts of which one value contradicts another."""
    found = []
    for kind, lesser, greater in ORDERED:
        columns = catalog.tables[kind].columns
        for row in np.flatnonzero(columns[lesser] > columns[greater]):
            part = catalog.tables[kind].ids[row]
            found.append(Remark(part, f"{lesser} {columns[lesser][row]:g} > {greater} {columns[greater][row]:g}"))
    return tuple(found)


def shared_numbers(catalog: Catalog) -> tuple[Remark, ...]:
    """Return the parts whose maker part number another part of the same maker has too."""
    first: dict[tuple[str, str], str] = {}
    found = []
    for part in catalog.parts.values():
        number = "".join(filter(str.isalnum, part.mpn)).upper()
        if number:
            other = first.setdefault((part.manufacturer, number), part.id)
            if other != part.id:
                found.append(Remark(part.id, f"part number {part.mpn} is that of {other} too"))
    return tuple(found)


def old_prices(catalog: Catalog, as_of: str, oldest_days: int) -> tuple[Remark, ...]:
    """Return the parts whose price was older than `oldest_days` on the day `as_of` (YYYY-MM-DD), or that have none."""
    found = []
    for part in catalog.parts:
        price = catalog.price(part)
        if price is None:
            found.append(Remark(part, "no price"))
        elif (age := (_last_day(as_of) - _last_day(price.date)).days) > oldest_days:
            found.append(Remark(part, f"price of {price.date}, {age} days old"))
    return tuple(found)


def tier_counts(catalog: Catalog) -> dict[str, dict[str, int]]:
    """Return kind -> tier -> how many values have it; `unknown` counts the fields without a value."""
    counts: dict[str, dict[str, int]] = {kind: {} for kind in catalog.schema}
    for part in catalog.parts.values():
        of_kind = counts[part.kind]
        for field in catalog.schema[part.kind].fields:
            tier = catalog.datum(part.id, field).tier or "unknown"
            of_kind[tier] = of_kind.get(tier, 0) + 1
    return counts


def _last_day(text: str) -> date:
    """Return the last day of a date that may leave out its day or its month (the 28th of a month will do)."""
    year, month, day = (int(part) for part in (*text.split("-"), *("12", "28")[text.count("-") :]))
    return date(year, month, day)
