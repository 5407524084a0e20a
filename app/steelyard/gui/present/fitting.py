"""A reading where there is little room: the next larger unit, then a number in words; never printed over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.wording import number, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from steelyard.gui.readings import Reading

LADDERS: Final = (
    ("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"),
    ("kB/s", "MB/s", "GB/s", "TB/s", "PB/s", "EB/s"),
    ("kbit/s", "Mbit/s", "Gbit/s", "Tbit/s", "Pbit/s", "Ebit/s"),
    ("W", "kW", "MW", "GW"),
)
"""Units of one kind, each a thousand times the one before."""

STEP: Final = 1000.0
ELLIPSIS: Final = "…"


def fitted(reading: Reading, fits: Callable[[Reading], bool]) -> Reading:
    """The reading in the first form that fits: as it is, in a larger unit, in words, elided."""
    for form in _forms(reading):
        if fits(form):
            return form
    text = reading.value
    while text and not fits(reading._replace(value=text + ELLIPSIS, unit="")):
        text = text[:-1]
    return reading._replace(value=text + ELLIPSIS, unit="")


def _forms(reading: Reading) -> Iterator[Reading]:
    """The reading in ever shorter forms; a unit is kept as long as it can be, for a number without one misleads."""
    yield reading
    value = _value(reading.value)
    if value is None:
        return
    for unit in _larger(reading.unit):
        if value < STEP:
            break
        value /= STEP
        reading = reading._replace(value=number(value), unit=unit)
    yield reading
    yield reading._replace(value=short(value))


def _larger(unit: str) -> tuple[str, ...]:
    """The units of the same kind that are larger, in turn."""
    return next((ladder[ladder.index(unit) + 1 :] for ladder in LADDERS if unit in ladder), ())


def _value(text: str) -> float | None:
    """What a shown number reads as; None where it is a word."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
