"""What a curator asks of a catalogue without complaints: is it old, double, contradictory, how well is it known?

Complaints make a part unusable; remarks do not. Nothing here is needed to evaluate a build.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from steelyard.catalog.lint_across import misfits
from steelyard.catalog.lint_sources import dead_sources
from steelyard.catalog.remark import CHECKS, Remark, knows, remark

if TYPE_CHECKING:
    from collections.abc import Collection

    from steelyard.catalog.load import Catalog

__all__ = [
    "ORDERED",
    "PRICE_AGE",
    "contradictions",
    "missing_clearances",
    "newest_day",
    "old_prices",
    "remarks",
    "shared_names",
    "shared_numbers",
    "tier_counts",
]

PRICE_AGE: Final = 365
"""Days after which a price is called old, unless another number is asked for."""

MOVED_AGE: Final = 183
"""Days after which a price fact of a class that moved says little: DRAM and NAND rose several times over in 2026."""

ORDERED: Final = (
    ("cpu", "cores", "threads"),
    ("cpu", "base_clock", "boost_clock"),
    ("cpu", "sustained_clock", "boost_clock"),
    ("cpu", "lanes_gen5", "lanes"),
    ("cpu", "memory_rate_two", "memory_rate"),
    ("cpu", "power_floor", "power_ceiling"),
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
    ("psu", "connectors_12v2x6", "connectors_16pin"),
    ("psu", "connectors_12vhpwr", "connectors_16pin"),
    ("case", "included_fans", "fan_mounts"),
    ("fan", "least_speed", "speed"),
    ("ups", "real_power", "apparent_power"),
    ("ups", "runtime_full", "runtime_half"),
)
"""Of these pairs of fields the first is never the greater one."""

CLEARANCES: Final = {
    "case": ("gpu_length", "cooler_height", "psu_length"),
    "gpu": ("length", "height", "thickness"),
    "psu": ("length",),
    "cooler": ("height", "radiator_length"),
}
"""The sizes without which nobody can say whether parts fit; of a closed loop the radiator's, of a tower its height."""


def remarks(
    catalog: Catalog, as_of: str = "", price_age: int = PRICE_AGE, also_cited: Collection[str] = ()
) -> tuple[Remark, ...]:
    """Return all that a curator should look at, in the order of the checks.

    Ages are counted to the day `as_of` (YYYY-MM-DD), that of the newest price when empty: the same files give the same
    remarks on every day. `also_cited` are sources that formulas and rules rest on.
    """
    day = as_of or newest_day(catalog)
    found = [
        *contradictions(catalog),
        *shared_numbers(catalog),
        *shared_names(catalog),
        *misfits(catalog),
        *old_prices(catalog, day, price_age),
        *missing_clearances(catalog),
        *dead_sources(catalog, also_cited),
    ]
    order = list(CHECKS)
    return tuple(sorted(found, key=lambda each: order.index(each.id)))


def newest_day(catalog: Catalog) -> str:
    """Return the day of the newest price, the last of its month where only that is known; empty where there is none.

    Today's date is not asked: the same files give the same answer on every day.
    """
    prices = (catalog.price(part) for part in (catalog.parts if not catalog.date else ()))
    newest = catalog.date or max((price.date for price in prices if price is not None), default="")
    return newest and _last_day(newest).isoformat()


def contradictions(catalog: Catalog) -> tuple[Remark, ...]:
    """Return the parts of which one value contradicts another."""
    found = []
    for kind, lesser, greater in ORDERED:
        if not knows(catalog, kind, lesser, greater):
            continue
        columns = catalog.tables[kind].columns
        for row in np.flatnonzero(columns[lesser] > columns[greater]):
            part = catalog.tables[kind].ids[row]
            what = f"{lesser} {columns[lesser][row]:g} > {greater} {columns[greater][row]:g}"
            found.append(remark("contradiction", part, what))
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
                found.append(remark("number-twice", part.id, f"part number {part.mpn} is that of {other} too"))
    return tuple(found)


def shared_names(catalog: Catalog) -> tuple[Remark, ...]:
    """Return the parts that are called as another part of the same maker and kind, however the names are spelled."""
    first: dict[tuple[str, str, str], str] = {}
    found = []
    for part in catalog.parts.values():
        maker, name = ("".join(filter(str.isalnum, text)).casefold() for text in (part.manufacturer, part.name))
        other = first.setdefault((part.kind, maker, name), part.id)
        if other != part.id:
            found.append(remark("name-twice", part.id, f'it is called "{part.name}" as {other} is'))
    return tuple(found)


def old_prices(catalog: Catalog, as_of: str, oldest_days: int = PRICE_AGE) -> tuple[Remark, ...]:
    """Return the parts without a price, and those whose price was too old on the day `as_of` (YYYY-MM-DD).

    Too old is more than `oldest_days`; for memory and flash, of which prices moved, a fact is after half a year.
    """
    found = []
    for part in catalog.parts.values():
        price = catalog.price(part.id)
        if price is None:
            found.append(remark("price-missing", part.id, "no price"))
            continue
        age = (_last_day(as_of) - _last_day(price.date)).days
        if age > oldest_days:
            found.append(remark("price-old", part.id, f"price of {price.date}, {age} days old"))
        if age > MOVED_AGE and not price.is_estimate and _has_moved(catalog, part.id):
            what = f"{price.kind} price of {price.date}, {age} days old on {as_of}, of a class that moved"
            found.append(remark("price-moved", part.id, what))
    return tuple(found)


def missing_clearances(catalog: Catalog) -> tuple[Remark, ...]:
    """Return the parts of which a size is not known that decides what fits."""
    found = []
    for part in catalog.parts.values():
        fields = [field for field in CLEARANCES.get(part.kind, ()) if knows(catalog, part.kind, field)]
        unknown = [field for field in fields if catalog.stated(part.id, field).value is None]
        if (
            part.kind == "gpu"
            and knows(catalog, "gpu", "form")
            and catalog.stated(part.id, "form").words not in {"card", ""}
        ):
            continue  # a module has no place in a case, and a rule says so
        if unknown and part.kind == "cooler" and knows(catalog, "cooler", "type"):
            air = catalog.stated(part.id, "type").words == "air"
            unknown = [field for field in unknown if (field == "height") is air]
        if unknown:
            found.append(remark("clearance-missing", part.id, f"not known: {', '.join(unknown)}"))
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


def _has_moved(catalog: Catalog, part: str) -> bool:
    """Whether a part is memory or flash."""
    kind = catalog.parts[part].kind
    if kind == "drive" and not knows(catalog, kind, "class"):
        return False
    return kind == "memory" or (kind == "drive" and catalog.stated(part, "class").words != "hard disk")


def _last_day(text: str) -> date:
    """Return the last day of a date that may leave out its day or its month (the 28th of a month will do)."""
    year, month, day = (int(part) for part in (*text.split("-"), *("12", "28")[text.count("-") :]))
    return date(year, month, day)
