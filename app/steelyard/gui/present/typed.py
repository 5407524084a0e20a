"""Numbers as people type them: what they mean, and a sentence where they could mean two things or none."""

from __future__ import annotations

import math
import re
from typing import Final

STAYS: Final = "The value before stays in force."
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?([eE][+-]?\d+)?")
_TIMES: Final = re.compile(r"\s*[x×*]\s*", re.IGNORECASE)


def number_from(text: str) -> float | None:
    """The number that a text spells, None for an empty one. Raises ValueError with a sentence.

    A comma parts thousands, and nothing else: "1,5" may be one and a half or fifteen, so it is neither.
    """
    plain = re.sub(r"[\s'_]", "", text.replace("−", "-"))
    if not plain:
        return None
    if "," in plain and not _THOUSANDS.fullmatch(plain):
        message = f"“{text}” is ambiguous: did you mean {_meant(plain)}? {STAYS}" if _meant(plain) else _no_number(text)
        raise ValueError(message)
    try:
        value = float(plain.replace(",", ""))
    except ValueError:
        raise ValueError(_no_number(text)) from None
    if not math.isfinite(value):
        message = f"A number has to be finite. {STAYS}"
        raise ValueError(message)
    return value


def product_from(text: str) -> float | None:
    """The number that a text spells, or the product of several: "240 x 240 x 155". Raises ValueError as above."""
    factors = _TIMES.split(text.strip())
    if len(factors) == 1:
        return number_from(text)
    numbers = [number_from(factor) for factor in factors]
    if None in numbers:
        message = f"“{text}” lacks a number. {STAYS}"
        raise ValueError(message)
    return math.prod(number for number in numbers if number is not None)


def product_words(text: str) -> str:
    """A product that was typed, as it is written: "240 × 240 × 155"; empty for a single number."""
    factors = _TIMES.split(text.strip())
    return " × ".join(factors) if len(factors) > 1 and all(factors) else ""


def _no_number(text: str) -> str:
    return f"“{text}” is not a number. {STAYS}"


def _meant(plain: str) -> str:
    """What a number with a comma out of place most likely means: its last mark is the decimal one; empty for none."""
    sign, digits = ("−", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, _, part = digits.rpartition("," if digits.rfind(",") > digits.rfind(".") else ".")
    whole = re.sub(r"[.,]", "", whole) or "0"
    if not whole.isdecimal() or (part and not part.isdecimal()):
        return ""
    return f"{sign}{int(whole):,}" + (f".{part}" if part else "")
