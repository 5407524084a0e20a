"""Case fans: speeds typed as flow, flow typed as pressure, sones as decibels, and frames of several fans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

FLOW: Final = 1.699010796  # m³/h in a cubic foot a minute
PRESSURE: Final = 9.80665  # Pa in a millimetre of water

_MOST_FLOW: Final = 260  # CFM
_MOST_PRESSURE: Final = 15  # mmH2O
_NOISE: Final = (5, 70)  # dB(A)
_SMALL: Final = 60  # mm
_SMALL_FLOW: Final = 30  # CFM
_FRAMES: Final = {240: (2, 120), 280: (2, 140), 360: (3, 120), 420: (3, 140)}


def _flow(draft: Draft) -> None:
    for name in ("flow_least", "flow_most"):
        flow = draft.number(name)
        if flow is not None and not 0 < flow <= _MOST_FLOW:
            draft.null(name)


def _flow_in_order(draft: Draft) -> None:
    least, most = draft.number("flow_least"), draft.number("flow_most")
    if least is not None and most is not None and least > most:
        draft.null("flow_least")
        draft.null("flow_most")


def _pressure(draft: Draft) -> None:
    pressure = draft.number("pressure")
    if pressure is not None and not 0 < pressure <= _MOST_PRESSURE:
        draft.null("pressure")


def _noise(draft: Draft) -> None:
    low, high = _NOISE
    for name in ("noise_least", "noise_most"):
        noise = draft.number(name)
        if noise is not None and not low <= noise <= high:
            draft.null(name)


def _frame(draft: Draft) -> None:
    frame = _FRAMES.get(int(draft.number("size") or 0))
    if frame is not None:
        count, size = frame
        draft.fix("size", size)
        if draft.number("quantity") != count:
            draft.fix("quantity", count)


def _small_fan(draft: Draft) -> None:
    size = draft.number("size")
    if size is None or size > _SMALL:
        return
    for name in ("flow_least", "flow_most"):
        flow = draft.number(name)
        if flow is not None and flow > _SMALL_FLOW:
            draft.null(name)


def _values(draft: Draft) -> dict[str, Any]:
    flow, noise = (draft.number(f"{name}_most") or draft.number(f"{name}_least") for name in ("flow", "noise"))
    pressure = draft.number("pressure")
    if flow is not None:
        draft.say("airflow", f"{flow:g} CFM")
    if pressure is not None:
        draft.say("static_pressure", f"{pressure:g} mmH2O")
    return {
        "size": draft.number("size"),
        "airflow": None if flow is None else round(flow * FLOW, 1),
        "static_pressure": None if pressure is None else round(pressure * PRESSURE, 1),
        "noise": noise,
        "pwm": draft.facts.get("pwm"),
    }


FAN: Final = Family(
    "CaseFan",
    "fan",
    (
        *COMMON,
        Fact("size", "size"),
        Fact("quantity", "quantity"),
        Fact("flow_least", "min_airflow"),
        Fact("flow_most", "max_airflow"),
        Fact("pressure", "static_pressure"),
        Fact("noise_least", "min_noise_level"),
        Fact("noise_most", "max_noise_level"),
        Fact("pwm", "pwm", "flag"),
    ),
    (
        Rule("F1", "CaseFan", "A case fan moves at most 260 CFM.", ("nulled",), _flow),
        Rule("F2", "CaseFan", "The least flow is not above the greatest.", ("nulled",), _flow_in_order),
        Rule("F3", "CaseFan", "A case fan presses at most 15 mm of water.", ("nulled",), _pressure),
        Rule("F4", "CaseFan", "Its noise lies between 5 and 70 dB(A); less is a figure in sone.", ("nulled",), _noise),
        Rule("F5", "CaseFan", "A frame of 240 to 420 mm is two or three fans.", ("fixed",), _frame),
        Rule("F7", "CaseFan", "A fan of 60 mm or less moves at most 30 CFM.", ("nulled",), _small_fan),
    ),
    _values,
)
