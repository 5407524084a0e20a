"""What a part is found by: the words of its facts, and what somebody typed taken apart the same way.

Nothing that is typed is a command: only letters and digits pass from here into a query.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TEXT: Final = 200
MOST_TERMS: Final = 12
"""What somebody types is cut to so much; nobody sees more of it in the field."""

SYNONYMS: Final = {
    "board": "board motherboard mainboard",
    "case": "case chassis tower",
    "cooler": "cooler heatsink",
    "cpu": "cpu processor",
    "drive": "drive ssd disk storage",
    "fan": "fan",
    "gpu": "gpu graphics card",
    "memory": "memory ram",
    "nic": "nic network card ethernet",
    "psu": "psu power supply",
    "ups": "ups uninterruptible",
}
"""How people call a kind."""

FIGURES: Final = {
    "case": {"radiator_length": "mm"},
    "cooler": {"radiator_length": "mm", "fan_size": "mm"},
    "cpu": {"cores": "core", "package_power": "W"},
    "drive": {"capacity": "GB"},
    "fan": {"size": "mm"},
    "gpu": {"memory": "GB", "board_power": "W"},
    "memory": {"module_capacity": "GB", "rate": "MT/s"},
    "nic": {"port_rate": "Gbit"},
    "psu": {"rated_power": "W"},
    "ups": {"apparent_power": "VA", "real_power": "W"},
}
"""The numbers that people search a kind by, with the unit as they write it."""

_TERA: Final = 1000
_LEAST_PIECE: Final = 2
_UNITS: Final = frozenset({"gb", "tb", "mb", "w", "mm", "ghz", "mhz", "va", "mt", "core", "cores", "gbit", "gbe"})
_SEAM: Final = re.compile(r"([a-z]+)(\d+)|(\d+)([a-z]+)")


class Term(NamedTuple):
    """One thing that must be there: all of `words`, or all of them in one, `joined`."""

    words: tuple[str, ...]
    joined: str


def folded(text: str) -> str:
    """Return a text in small letters without accents, as the index holds it."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def terms_of(text: str) -> tuple[Term, ...]:
    """Return what a typed text asks for, in the order typed; an order number is one term, with dashes or without."""
    terms = []
    for chunk in folded(text[:LONGEST_TEXT]).split():
        words = tuple(re.findall(r"[^\W_]+", chunk))
        seam = _SEAM.fullmatch(words[0]) if len(words) == 1 else None
        if seam is not None:
            pieces = tuple(piece for piece in seam.groups() if piece)
            apart = min(map(len, pieces)) >= _LEAST_PIECE and not _UNITS.intersection(pieces)
            terms.append(Term(pieces if apart else words, words[0]))
        elif words:
            terms.append(Term(words, "".join(words)))
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def number_of(mpn: str) -> str:
    """Return an order number in capitals without punctuation, for comparisons."""
    return "".join(re.findall(r"[^\W_]+", mpn)).upper()


def found_by(kind: str, manufacturer: str, name: str, mpn: str, record: Mapping[str, object]) -> str:
    """Return the words that a part is also found by: its kind, its categories, its main figures, its names in one.

    `record` maps a field to its value: words, a list of words, or a number in the unit of the schema.
    """
    words = [SYNONYMS.get(kind, kind)]
    for value in record.values():
        if isinstance(value, str):
            words.append(value)
        elif isinstance(value, list):
            words.extend(word for word in value if isinstance(word, str))
    for field, unit in FIGURES.get(kind, {}).items():
        value = record.get(field)
        if isinstance(value, (int, float)):
            words += _figure(float(value), unit)
    if kind == "memory":
        words += _kit(record)
    short = name.removeprefix(manufacturer)
    joined = [number_of(folded(text)).lower() for text in (manufacturer + short, short, mpn)]
    return folded(" ".join(dict.fromkeys([*words, *joined])))


def _figure(value: float, unit: str) -> list[str]:
    said = [f"{value:g} {unit}", f"{value:g}{unit}"]
    if unit == "GB" and value >= _TERA:
        said += [f"{value / _TERA:g} TB", f"{value / _TERA:g}TB"]
    return said


def _kit(record: Mapping[str, object]) -> list[str]:
    modules, each = record.get("modules"), record.get("module_capacity")
    if isinstance(modules, (int, float)) and isinstance(each, (int, float)) and modules > 1:
        return [*_figure(float(modules * each), "GB"), f"{modules:g}x{each:g}", f"{modules:g}x{each:g}GB"]
    return []
