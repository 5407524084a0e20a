"""On what was measured and where that stands, in words: ids and places in files are the project's own shorthand."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "geforce": "GeForce",
    "ti": "Ti",
    "super": "Super",
    "radeon": "Radeon",
    "instinct": "Instinct",
    "quadro": "Quadro",
    "tesla": "Tesla",
    "epyc": "EPYC",
    "xeon": "Xeon",
    "ryzen": "Ryzen",
    "core": "Core",
    "titan": "Titan",
    "blackwell": "Blackwell",
    "ada": "Ada",
    "nvidia": "NVIDIA",
    "intel": "Intel",
    "apple": "Apple",
    "founders": "Founders",
}
_PLACE: Final = re.compile(r"(?P<table>[\w.-]+)\.(csv|tsv|json|toml):(?P<row>\d+)")
_IDENTIFIER: Final = re.compile(r"[a-z0-9/]+(-[a-z0-9]+)+")


def device_words(said: str) -> str:
    """A card or host with ids made names: "2 x geforce-rtx-3080-10gb" is "2 x GeForce RTX 3080 10 GB"."""
    return " ".join(_name(part) if _IDENTIFIER.fullmatch(part) else part for part in said.split(" "))


def where_words(where: str) -> str:
    """Where a measurement stands: "a_b.csv:452" is "Line 452 of the table a_b"."""
    found = _PLACE.fullmatch(where)
    return f"Line {found['row']} of the table {found['table']}" if found else f"In {where}"


def _name(identifier: str) -> str:
    return " ".join(_word(part) for part in identifier.rpartition("/")[2].split("-"))


def _word(part: str) -> str:
    if size := re.fullmatch(r"(\d+)gb", part):
        return f"{size[1]} GB"
    return _WORDS.get(part, part.upper())
