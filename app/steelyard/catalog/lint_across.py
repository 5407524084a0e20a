"""What is plausible of a part only beside others: sockets that nothing fits, sizes no case takes, odd prices."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from steelyard.catalog.remark import Remark, knows, remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.catalog.load import Catalog

__all__ = ["misfits", "odd_prices"]

LARGEST: Final = (
    ("gpu", "length", "gpu_length"),
    ("gpu", "height", "gpu_height"),
    ("cooler", "height", "cooler_height"),
    ("cooler", "radiator_length", "radiator_length"),
    ("psu", "length", "psu_length"),
)
"""Kind and size of a part, and the room for it that some case must have."""

PRICED_BY: Final = (
    ("cpu", ("socket",), ("cores",)),
    ("memory", ("generation", "module_kind"), ("modules", "module_capacity")),
    ("drive", ("class", "interface"), ("capacity",)),
    ("gpu", ("segment", "architecture"), ("memory",)),
)
"""Kind, the fields that make its classes, and the fields whose product its price is divided by."""

OUTLIER: Final = 4.0
"""How often its class's median a price must be, or its median how often a price, to be looked at."""

SMALLEST_CLASS: Final = 5
"""Prices that a class needs before one of them can be called odd."""

SIXTEEN_PIN: Final = 600.0
"""Watt that a 12V-2x6 or 12VHPWR lead carries."""

EIGHT_PIN: Final = 150.0
"""Watt that a PCIe lead of eight pins carries."""

LEAST_FED: Final = 0.4
MOST_FED: Final = 2.5
"""The watts of a supply's graphics connectors, as a share of its rating; outside these one of the numbers is odd."""

SIBLINGS: Final = 4
"""CPUs of a socket that must agree on their lanes before another one is odd."""

TWICE: Final = 2.0


def misfits(catalog: Catalog) -> Iterator[Remark]:
    """Yield what does not go with the other parts of the catalogue."""
    yield from _sockets(catalog)
    yield from _memory(catalog)
    yield from _drives(catalog)
    yield from _sizes(catalog)
    yield from _connectors(catalog)
    yield from _lanes(catalog)
    yield from odd_prices(catalog)


def odd_prices(catalog: Catalog) -> Iterator[Remark]:
    """Yield the parts whose price a core or a gigabyte is far from the median of their class."""
    for kind, classes, amounts in PRICED_BY:
        if not knows(catalog, kind, *classes, *amounts):
            continue
        groups: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for part in _ids(catalog, kind):
            price = catalog.price(part)
            each = [catalog.datum(part, field).value or 0.0 for field in amounts]
            if price is not None and all(each):
                group = tuple(catalog.datum(part, field).words for field in classes)
                groups[group][part] = float(price.amount) / float(np.prod(each))
        for group, found in groups.items():
            if len(found) < SMALLEST_CLASS:
                continue
            middle = median(found.values())
            for part, paid in found.items():
                if not 1 / OUTLIER <= paid / middle <= OUTLIER:
                    unit = "core" if kind == "cpu" else "gigabyte"
                    what = f"{paid:,.2f} a {unit}; the median of {', '.join(group)} is {middle:,.2f}"
                    yield remark("price-outlier", part, what)


def _sockets(catalog: Catalog) -> Iterator[Remark]:
    cpus, boards, coolers = (
        _by_word(catalog, *at) for at in (("cpu", "socket"), ("board", "socket"), ("cooler", "sockets"))
    )
    for socket, parts in cpus.items():
        if socket not in boards:
            yield remark("socket-without-board", parts[0], f"{socket}, {len(parts)} CPUs")
        if socket not in coolers:
            yield remark("socket-without-cooler", parts[0], f"{socket}, {len(parts)} CPUs")
    for socket, parts in boards.items():
        if socket not in cpus:
            yield remark("socket-without-cpu", parts[0], f"{socket}, {len(parts)} boards")
    for part in _ids(catalog, "cooler") if knows(catalog, "cooler", "sockets") else ():
        sockets = catalog.datum(part, "sockets").words.split(", ")
        if sockets != [""] and not any(socket in cpus for socket in sockets):
            yield remark("cooler-without-cpu", part, f"it fits {', '.join(sockets)}")


def _memory(catalog: Catalog) -> Iterator[Remark]:
    taken = _by_word(catalog, "board", "memory_kinds")
    for kind, parts in _by_word(catalog, "memory", "module_kind").items():
        if kind not in taken:
            for part in parts:
                yield remark("memory-without-board", part, f"no board takes {kind}")


def _drives(catalog: Catalog) -> Iterator[Remark]:
    ports = {
        "M.2": "m2_sockets",
        "U.2": "u2_ports",
        "U.3": "u2_ports",
        "2.5 inch": "sata_ports",
        "3.5 inch": "sata_ports",
    }
    for part in _ids(catalog, "drive") if knows(catalog, "drive", "form_factor", "interface") else ():
        form, interface = (catalog.datum(part, field).words for field in ("form_factor", "interface"))
        port = ports.get(form.removesuffix(" 2280").removesuffix(" 22110"))
        if not form or not interface:
            continue
        if port is None or interface == "sas" or not _any(catalog, "board", port):
            yield remark("drive-without-board", part, f"no board has a place for {form}, {interface}")


def _sizes(catalog: Catalog) -> Iterator[Remark]:
    for kind, size, room in LARGEST:
        if not (knows(catalog, kind, size) and knows(catalog, "case", room)):
            continue
        rooms = catalog.tables["case"].columns[room][1:]
        known = rooms[np.isfinite(rooms)]
        if not known.size:
            continue
        sizes = catalog.tables[kind].columns[size]
        for row in np.flatnonzero(sizes > known.max()):
            part = catalog.tables[kind].ids[row]
            if row:
                what = f"{size} {sizes[row]:g} mm; the roomiest case takes {known.max():g} mm"
                yield remark("too-large", part, what)


def _connectors(catalog: Catalog) -> Iterator[Remark]:
    by_kind = ("connectors_12v2x6", "connectors_12vhpwr")
    fields = ("rated_power", "connectors_16pin", "connectors_8pin", "connectors_eps", *by_kind)
    if not knows(catalog, "psu", *fields):
        return
    columns = catalog.tables["psu"].columns
    fed = SIXTEEN_PIN * columns["connectors_16pin"] + EIGHT_PIN * columns["connectors_8pin"]
    for row, part in enumerate(_ids(catalog, "psu"), start=1):
        rated = columns["rated_power"][row]
        if not LEAST_FED <= fed[row] / rated <= MOST_FED and np.isfinite(fed[row]):
            what = f"its graphics connectors carry {fed[row]:g} W of {rated:g} W"
            yield remark("supply-connectors", part, what)
        if columns["connectors_eps"][row] == 0:
            yield remark("supply-connectors", part, "it has no EPS connector for a CPU")
        kinds = sum(columns[field][row] for field in by_kind)
        if np.isfinite(kinds) and np.isfinite(total := columns["connectors_16pin"][row]) and kinds != total:
            yield remark("supply-connectors", part, f"{kinds:g} connectors of 16 pins by kind, {total:g} in all")


def _lanes(catalog: Catalog) -> Iterator[Remark]:
    for socket, parts in _by_word(catalog, "cpu", "socket").items():
        if not knows(catalog, "cpu", "lanes"):
            return
        lanes = {part: value for part in parts if (value := catalog.datum(part, "lanes").value) is not None}
        counts = Counter(lanes.values())
        for part, value in lanes.items():
            others = [each for each, count in counts.items() if each != value and count >= SIBLINGS]
            if counts[value] == 1 and others and not any(1 / TWICE < value / each < TWICE for each in others):
                known = " or ".join(f"{each:g}" for each in sorted(others))
                yield remark("lanes-of-socket", part, f"{value:g} lanes; others of {socket} have {known}")


def _ids(catalog: Catalog, kind: str) -> tuple[str, ...]:
    return tuple(catalog.tables[kind].ids[1:])


def _by_word(catalog: Catalog, kind: str, field: str) -> dict[str, list[str]]:
    """Return word -> parts of a kind that have it, for a category or a set of categories."""
    found: dict[str, list[str]] = {}
    for part in _ids(catalog, kind) if knows(catalog, kind, field) else ():
        for word in filter(None, catalog.datum(part, field).words.split(", ")):
            found.setdefault(word, []).append(part)
    return found


def _any(catalog: Catalog, kind: str, field: str) -> bool:
    """Whether some part of a kind has more than none of a field."""
    if not knows(catalog, kind, field):
        return False
    return bool(np.any(np.nan_to_num(catalog.tables[kind].columns[field][1:]) > 0))
