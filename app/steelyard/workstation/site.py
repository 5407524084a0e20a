"""Where a build stands and who owns it: the inputs of the model that a project's site and lab set."""

from __future__ import annotations

from typing import Any, Final

from steelyard.graph.quantity import Input
from steelyard.units import (
    Ampere,
    Celsius,
    Count,
    CubicMetre,
    Decibel,
    FlowPerHour,
    HourPerYear,
    KilogramPerKilowattHour,
    Metre,
    Money,
    MoneyPerHour,
    MoneyPerKilowattHour,
    PerCard,
    Present,
    Ratio,
    Volt,
    VoltAmpere,
    Watt,
    WattPerKelvin,
    Year,
    axes_of,
    unit_of,
)


def _input(name: str, label: str, unit: Any, description: str) -> Input:  # noqa: ANN401 - an annotated alias has no type
    return Input(name, label, unit_of(unit), axes_of(unit), description)


SITE: Final = (
    _input("supply_voltage", "Supply voltage", Volt, "Nominal voltage of the circuit."),
    _input("supply_voltage_low", "Low end of the supply", Volt, "The lowest voltage that the supplier allows."),
    _input("breaker_current", "Breaker", Ampere, "Rated current of the circuit's breaker."),
    _input("continuous_share", "Continuous share", Ratio, "Share of the breaker that a load of hours may take."),
    _input(
        "continuous_share_code",
        "Continuous share by the code",
        Ratio,
        "What the code of the site lets a load of hours take.",
    ),
    _input("other_load", "Other load", Watt, "What else draws on the same circuit."),
    _input("room_temperature", "Room", Celsius, "Temperature of the room while the build is off."),
    _input("room_limit", "Room limit", Celsius, "The warmest that the room may become."),
    _input("room_ventilation", "Ventilation", FlowPerHour, "Air that the ventilation exchanges."),
    _input("ventilation_temperature", "Ventilation air", Celsius, "Temperature of the air let in."),
    _input("room_conductance", "Heat through walls", WattPerKelvin, "Heat that walls, floor and ceiling carry away."),
    _input("altitude", "Altitude", Metre, "Height above the sea; thin air cools less."),
    _input("noise_limit", "Noise limit", Decibel, "The loudest that is accepted at the listener."),
    _input("listening_distance", "Listening distance", Metre, "From the build to the nearest listener."),
    _input("energy_price", "Price of energy", MoneyPerKilowattHour, "What a kilowatt hour costs here."),
    _input("hours_per_year", "Hours a year", HourPerYear, "Hours a year that the build is switched on."),
    _input("duty_share", "Duty", Ratio, "Share of those hours under load; in the rest it idles."),
    _input("dedicated", "Dedicated circuit", Present, "1 where nobody else may plug in to the circuit."),
    _input("supply_circuits", "Circuits", Count, "Circuits of this kind that the build's supplies are spread over."),
    _input("north_american_inlets", "North American ratings", Present, "1 where inlets are rated as UL and CSA do."),
    _input("cord_current", "Rating of the cord", Ampere, "What plug, cord or strip may carry, the least of them."),
    _input("room_volume", "Volume of the room", CubicMetre, "Air that the room holds."),
    _input("door_loss", "Closed door", Decibel, "By how much a closed door before the listener lowers the noise."),
    _input("patient_vicinity", "Near a patient", Present, "1 where it stands within reach of a patient."),
    _input("isolated_supply", "Isolated supply", Present, "1 where a medical isolation transformer feeds it."),
    _input("isolation_rating", "Isolation transformer", VoltAmpere, "What the medical isolation transformer carries."),
    _input("cooling_performance", "Cooling of the room", Ratio, "Heat that it moves for the electricity it takes."),
    _input("carbon_intensity", "Carbon of the energy", KilogramPerKilowattHour, "CO2 equivalent of a kilowatt hour."),
    _input("budget", "Budget", Money, "What the build may cost."),
    _input("researcher_rate", "Researcher's hour", MoneyPerHour, "What an hour of those who wait costs the lab."),
    _input("life", "Life", Year, "Years until it is replaced."),
    _input("growth", "Growth", Ratio, "How much more work there is each year, as a share."),
    _input("workloads_asked", "Workloads", Count, "Kinds of work that the project asks for."),
    _input("regulated", "Patient data", Present, "1 where protected health data or a regulator is involved."),
)
"""One entry a setting; a project's file and the desk use the same names."""

BUILD: Final = (
    _input("power_limit", "Power limit of a card", Watt, "The power that each card is capped to; infinite: no cap."),
    _input(
        "power_limit_taken",
        "Power limit that the card takes",
        Watt,
        "That limit, unless it is known to be below the lowest that the driver accepts; infinite: the card's own.",
    ),
    _input(
        "display_place", "Cards below the display card", Count, "How many stand where the air comes in; infinite: all."
    ),
)
"""One entry a setting of a build that is no part."""

CARD_INDEX: Final = _input(
    "card_index", "Place of the card", PerCard[Count], "0 for the card that meets the air first."
)
