"""Which part of the catalogue a row of a price list means: by its id or by its maker's number, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from steelyard.catalog.layers import OWN
from steelyard.errors import did_you_mean
from steelyard.library.prices.amounts import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.catalog.part import PartInfo

_NEAR_LETTERS: Final = 6
"""Letters at the start that two numbers share before one is named for the other."""

_SHORT: Final = 6
"""Letters and digits; shorter numbers are given by several makers."""

_MOST_NAMED: Final = 3

_MOST_HINTS: Final = 200
"""Rows for which near parts are looked for; a list in which more are unknown is one of other things."""

_SAME_MAKER: Final = (
    {"amd", "advancedmicrodevices"},
    {"westerndigital", "wd", "wdc", "sandisk"},
    {"micron", "crucial"},
    {"solidigm", "intel"},
    {"skhynix", "hynix"},
    {"nvidia", "pny"},
    {"apc", "schneider", "schneiderelectric"},
    {"tripplite", "eaton"},
)
"""Makers whose parts are also sold under another name."""


def number_of(text: str) -> str:
    """Return a maker's number for comparisons: capitals and digits alone."""
    return re.sub(r"[\W_]+", "", text).upper()


class PartFinder:
    """The parts of a catalogue by id and by number."""

    def __init__(self, parts: Mapping[str, PartInfo]) -> None:
        """Sort the parts by what price lists call them."""
        self._parts = parts
        self._ids = {identity.casefold(): identity for identity in parts}
        self._by_number: dict[str, list[str]] = {}
        self._names: list[tuple[str, str]] = []
        for identity, info in parts.items():
            number = number_of(info.mpn)
            if number:
                self._by_number.setdefault(number, []).append(identity)
            name = number_of(info.name)
            if len(name) >= _NEAR_LETTERS:
                self._names.append((name, identity))
        self._numbers = sorted(self._by_number)
        self._hints = 0

    def find(self, part: str, mpn: str, maker: str, name: str) -> str | Refused:
        """Return the id of the part that a row means, or why it means none or more than one."""
        for text in (part, mpn):
            identity = self._ids.get(text.casefold())
            if identity is not None:
                return identity
        if part:
            self._hints += 1
            hint = did_you_mean(part, tuple(self._parts)).strip() if self._hints <= _MOST_HINTS // 10 else ""
            return Refused(f'there is no part "{part[:60]}"', hint or "It is not in the catalogue.")
        if not number_of(mpn):
            return Refused("the row names no part", "Fill in the manufacturer's part number, or the part's id here.")
        return self._of_number(mpn, maker, name)

    def _of_number(self, mpn: str, maker: str, name: str) -> str | Refused:
        """Return the part of a maker's number."""
        number = number_of(mpn)
        found = self._by_number.get(number, [])
        if not found:
            return Refused(f'no part has the number "{mpn[:60]}"', self._near(number, number_of(name)))
        if not maker and len(number) < _SHORT:
            return Refused(
                f'the number "{mpn[:60]}" is too short to tell without a maker',
                f"Give the maker, or the id if it is {_listed(found)}.",
            )
        of_maker = [each for each in found if not maker or _is_same_maker(maker, self._parts[each].manufacturer)]
        if any(self._parts[each].layer != OWN for each in of_maker):  # an own part is like the one that has the number
            of_maker = [each for each in of_maker if self._parts[each].layer != OWN]
        if len(of_maker) == 1:
            return of_maker[0]
        if not of_maker:
            makers = " and ".join(sorted({self._parts[each].manufacturer for each in found}))
            return Refused(
                f'the number "{mpn[:60]}" is one of {makers}, not of {maker[:40]}',
                f"If it is that part, give its id: {_listed(found)}.",
            )
        return Refused(
            f'{len(of_maker)} parts have the number "{mpn[:60]}"', f"Give the id of the one: {_listed(of_maker)}."
        )

    def _near(self, number: str, name: str) -> str:
        """Name the parts that a number or a description comes near to; they are not taken for it."""
        place = bisect_left(self._numbers, number)
        near = [
            identity
            for other in self._numbers[max(place - 1, 0) : place + 2]
            if other[:_NEAR_LETTERS] == number[:_NEAR_LETTERS] and len(number) >= _NEAR_LETTERS
            for identity in self._by_number[other]
        ]
        self._hints += 1
        if name and self._hints <= _MOST_HINTS:
            near += [identity for called, identity in self._names if called in name and identity not in near]
        if not near:
            return "It is not in the catalogue."
        return f"Near to it: {_listed(near)}. If it is one of these, give its id."


def _is_same_maker(one: str, other: str) -> bool:
    ours, theirs = number_of(one).lower(), number_of(other).lower()
    if ours.startswith(theirs) or theirs.startswith(ours):
        return True
    return any(
        any(ours.startswith(name) for name in group) and any(theirs.startswith(name) for name in group)
        for group in _SAME_MAKER
    )


def _listed(parts: Iterable[str]) -> str:
    names = list(parts)
    return ", ".join(names[:_MOST_NAMED]) + (" ..." if len(names) > _MOST_NAMED else "")
