"""The settings of the site: its fields in groups, the line that sums them up, and the common circuits of each code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.gui.present.brief import plain
from steelyard.project.rule_sets import plug_of
from steelyard.wording import UNBREAKABLE, measured, number, share

if TYPE_CHECKING:
    from steelyard.project.content import Site
    from steelyard.project.evaluate import VariantEvaluation

NUMBER, MONEY, FLAG, WORDS = "number", "money", "flag", "words"
OWN = "own"
NO_LIMITS = {"room_limit", "noise_limit"}
"""Settings that set no limit where they are empty; the others are unknown then."""
MOST_DECIMALS = 3


class Setting(NamedTuple):
    """A field of the site: its name in the project, its label and unit, whether it may be empty, what it holds."""

    name: str
    label: str
    unit: str = ""
    optional: bool = False
    kind: str = NUMBER


class Group(NamedTuple):
    """Settings that belong together, with their title."""

    title: str
    settings: tuple[Setting, ...]


GROUPS = (
    Group(
        "Circuit",
        (
            Setting("supply_voltage", "Mains voltage", "V"),
            Setting("supply_voltage_low", "Lowest voltage", "V"),
            Setting("breaker_current", "Breaker", "A"),
            Setting("continuous_share", "Share for hours", "share"),
            Setting("circuits", "Circuits", ""),
            Setting("cord_current", "Cord or strip", "A", optional=True),
            Setting("plug", "Plug", "", optional=True, kind=WORDS),
            Setting("other_load", "Other load", "W", optional=True),
            Setting("dedicated", "Dedicated: nobody else may plug in", kind=FLAG),
        ),
    ),
    Group(
        "Room",
        (
            Setting("room_temperature", "Room, build off", "°C"),
            Setting("room_limit", "Room limit", "°C", optional=True),
            Setting("room_volume", "Room volume", "m³", optional=True),
            Setting("room_ventilation", "Fresh air", "m³/h", optional=True),
            Setting("ventilation_temperature", "Air let in", "°C", optional=True),
            Setting("room_conductance", "Heat through walls", "W/K", optional=True),
            Setting("cooling_performance", "Cooling moves", "W a W", optional=True),
            Setting("altitude", "Altitude", "m"),
        ),
    ),
    Group(
        "Ear",
        (
            Setting("noise_limit", "Noise limit", "dB(A)", optional=True),
            Setting("listening_distance", "Listener at", "m"),
            Setting("door_loss", "Closed door", "dB", optional=True),
        ),
    ),
    Group(
        "Energy",
        (
            Setting("energy_price", "Energy", "a kWh", optional=True, kind=MONEY),
            Setting("hours_per_year", "Hours a year", "h"),
            Setting("duty", "Share under load", "share"),
            Setting("carbon_intensity", "Carbon", "kg/kWh", optional=True),
        ),
    ),
    Group(
        "Patients",
        (
            Setting("patient_vicinity", "Within reach of a patient", kind=FLAG),
            Setting("isolated_supply", "Behind an isolation transformer", kind=FLAG),
        ),
    ),
)
SETTINGS = tuple(setting for group in GROUPS for setting in group.settings)


class Said(NamedTuple):
    """One entry of the line that sums the site up."""

    label: str
    value: str


def summary_of(variant: VariantEvaluation) -> tuple[Said, ...]:
    """The site in a line: the settings that decide most."""
    site = variant.project.site
    ups = variant.selection.part("ups")
    load = "?" if site.other_load is None else measured(site.other_load, "W")
    air = "?" if site.room_ventilation is None else measured(site.room_ventilation, "m³/h")
    if site.ventilation_temperature is not None:
        air = f"{air} at {measured(site.ventilation_temperature, '°C')}"
    volume = "" if site.room_volume is None else f"{measured(site.room_volume, 'm³')}, "
    return (
        Said(
            "Rules",
            f"{'own' if site.rule_set == OWN else site.rule_set.upper()}, {share(site.continuous_share)} continuous",
        ),
        Said("Circuit", circuit_words(site)),
        Said("Plug", plug_of(site) or "not said"),
        Said("Other load", load),
        Said("Room", f"{volume}{measured(site.room_temperature, '°C')}"),
        Said("Air", air),
        Said("UPS", "none" if ups is None else variant.engine.catalog.part(ups).name),
    )


def rounded(value: float) -> str:
    """A setting as its field shows it: as it was typed, or to three digits where a conversion left a tail."""
    text = plain(value)
    return number(value) if len(text.partition(".")[2]) > MOST_DECIMALS else text


def said_of(setting: Setting, value: float | str | None, unit: str) -> str:
    """What a setting was changed to, as the undo step says it."""
    if value is None:
        return "no limit" if setting.name in NO_LIMITS else "unknown"
    if setting.kind == FLAG:
        return "yes" if value else "no"
    said = value if isinstance(value, str) else rounded(value)
    return f"{said}{UNBREAKABLE}{unit}" if unit else said


def circuit_words(site: Site) -> str:
    """Volts and amperes, how many circuits where there are more, and whether others may plug in."""
    text = f"{measured(site.supply_voltage, 'V')}, {measured(site.breaker_current, 'A')}"
    several = f"{number(site.circuits)} × " if site.circuits > 1 else ""
    return f"{several}{text}" + ("" if site.dedicated else ", shared")
