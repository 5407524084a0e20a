"""Names made comparable: order numbers, makers, sockets, and the ids of imported parts."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Final

LONGEST_NAME: Final = 200
"""Letters that are kept of a name, an order number or a word of a record."""

_LONGEST_MAKER, _LONGEST_MODEL, _SHORTER_MODEL = 30, 60, 40
"""Letters of the pieces of an id; an id in a project has at most 120."""

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")
_LEAST_NUMBER: Final = 5
"""Letters and digits of an order number: what is shorter ("OC", "16", "CSM") is on many parts."""

_BAR_CODES: Final = (12, 13, 14)
_NO_NUMBERS: Final = re.compile(
    r"\d{1,6}(G|GB|GDC|GC|TB|W|MM)"  # a capacity, a power, a size
    r"|[ABHQWXZ]\d{2,3}[A-Z]?|(AD|GA|GB|GH|GM|GP|TU|NAVI)\d{2,3}"  # a chipset, a chip
    r"|(DDR|USB|GEN|PCIE|WIFI)\d{1,4}(GEN\d)?"  # a feature
    r"|(NVIDIA|GEFORCE|QUADRO|RADEON)?(RTX|GTX|RX)(PRO|A|T)?\d{3,4}(TI|XT|SUPER|D)?"  # a chip
    r"|NAN|DUP|NONE|NULL|UNKNOWN"
)
_BETWEEN: Final = " -_:,"
"""What may stand between a maker and the name of its product."""

_NEAR_SOCKETS: Final = {"TR4": "sTR4", "STR4": "sTR4", "STR5": "sTR5", "STRX4": "sTRX4", "SWRX8": "sWRX8"}


def clean(text: str) -> str:
    """Return a text in one line without control characters and lone surrogates, of at most LONGEST_NAME letters."""
    if not text.isascii() or not text.isprintable():
        text = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in text[:4000])
    return " ".join(text[:4000].split())[:LONGEST_NAME].rstrip()


def plain(text: str) -> str:
    """Return the small letters and digits of a text, accents dropped: what two spellings of a name share."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("", text.lower())


def number_of(mpn: str) -> str:
    """Return an order number in capitals without punctuation."""
    return plain(mpn).upper()


def is_number(mpn: str) -> bool:
    """Say whether a text can be an order number: no blank, no uuid, no bar code, no word and no capacity."""
    number = number_of(mpn)
    said = mpn.strip()
    if len(number) < _LEAST_NUMBER or said.lower().endswith(" dup"):
        return False
    if _UUID.fullmatch(said) or (said.isdecimal() and len(said) in _BAR_CODES):
        return False
    return any(letter.isdigit() for letter in number) and not _NO_NUMBERS.fullmatch(number)


def main_number(numbers: list[str], name: str) -> str:
    """Return the number that a part is ordered by: one that is no piece of its name, else the first, else nothing."""
    said = plain(name)
    return next((number for number in numbers if " " not in number and plain(number) not in said), (numbers or [""])[0])


def name_key(name: str, manufacturer: str) -> str:
    """Return what two names of one product of a maker share: letters and digits, without the maker before them."""
    return plain(name).removeprefix(plain(manufacturer))


def without_maker(name: str, manufacturer: str) -> str:
    """Return a name without the maker that it begins with, once or more often; one that is nothing else stays."""
    wanted = manufacturer.lower()
    while wanted and name.lower().startswith(wanted):
        rest = name[len(wanted) :]
        if not rest.strip(_BETWEEN) or rest[0].isalnum():  # "MSI" is no beginning of "MSIX"
            break
        name = rest.lstrip(_BETWEEN)
    return name


def socket_of(text: str) -> str:
    """Return a socket as our schema spells it: "LGA 1700" is LGA1700, "TR4" is sTR4."""
    joined = text.strip().replace("LGA ", "LGA").replace("lga ", "LGA")
    return _NEAR_SOCKETS.get(joined.upper(), joined)


def slug(text: str, most: int) -> str:
    """Return a text as a piece of an id: at most so many small letters and digits with single dashes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    piece = _NOT_PLAIN.sub("-", text.lower()).strip("-")
    if len(piece) > most:
        piece = piece[: most + 1].rpartition("-")[0] or piece[:most]
    return piece.strip("-") or "unnamed"


def part_id(kind: str, manufacturer: str, name: str, file: str, *, whole: bool = False) -> str:
    """Return the id of an imported part: who makes it, its name, and the beginning of its record's uuid.

    It depends on nothing but the record. `whole` names the file beyond doubt, for two records that would share an id.
    """
    stem = file.rpartition("/")[2].removesuffix(".json").lower()
    known = _UUID.fullmatch(stem) is not None and not whole
    mark = stem[:8] if known else sha256(file.encode("utf-8", "replace")).hexdigest()[: 32 if whole else 12]
    without = name[len(manufacturer) :] if name.lower().startswith(manufacturer.lower()) else name
    model = slug(without, _SHORTER_MODEL if whole else _LONGEST_MODEL)
    return f"{kind}/{slug(manufacturer, _LONGEST_MAKER)}/{model}-{mark}"
