"""May the machine stand where patients are treated: distance, isolation, leakage and what it is plugged in to."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, quantity, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Milliampere, Present, Ratio, VoltAmpere

# --- what it must carry, and what it leaks


@quantity("Isolation transformer wanted", source="isolation-transformers")
def isolation_needed(isolation_headroom: Ratio, peak_apparent_power: VoltAmpere) -> VoltAmpere:
    """The inrush of supplies and the transformer's own losses take a quarter more than the load."""
    return isolation_headroom * peak_apparent_power


@quantity("Leakage with the earth wire broken", source="touch-current")
def open_earth_leakage(psu_count: Count, psu_earth_leakage: Milliampere) -> Milliampere:
    """Filters of all supplies leak into one earth wire, and through whoever touches the case where it is broken."""
    return psu_count * psu_earth_leakage


# --- rules


@rule(
    "HOS-001",
    "No patient is within 1.8 m of it, up to 2.3 m above the floor, or it is isolated",
    BLOCK,
    source="nfpa-99",
    otherwise="It stands within reach of a patient and is not isolated",
    remedy="Move it out of the patient-care vicinity, or feed it through a medical isolation transformer of "
    "{isolation_needed} or more",
)
def vicinity_margin(patient_vicinity: Present, isolated_supply: Present, regulated: Present) -> Present:
    """Supplies of office machines may leak more than a patient may be exposed to."""
    return spare(np.maximum(1 - patient_vicinity, isolated_supply), np.maximum(patient_vicinity, regulated))


@rule(
    "HOS-002",
    "The isolation transformer carries the build with a quarter to spare",
    BLOCK,
    source="isolation-transformers",
    otherwise="The isolation transformer is too small",
    remedy="Choose a medical isolation transformer of {isolation_needed} or more",
)
def isolation_margin(
    isolated_supply: Present, isolation_rating: VoltAmpere, isolation_needed: VoltAmpere
) -> VoltAmpere:
    """A transformer that is overloaded for hours trips its own protection."""
    return spare(isolation_rating, when(isolated_supply - 1, isolation_needed, 0))


@rule(
    "HOS-003",
    "Near a patient the leakage stays low even with the earth wire broken",
    WARN,
    source="touch-current",
    otherwise="Near a patient its supplies leak too much if the earth wire breaks",
    beyond=True,
    remedy="Feed it through a medical isolation transformer, or have the touch current measured: the limit is "
    "{touch_current_limit}",
)
def touch_current_margin(
    patient_vicinity: Present,
    isolated_supply: Present,
    touch_current_limit: Milliampere,
    open_earth_leakage: Milliampere,
) -> Milliampere:
    """Each supply may leak several milliamperes by the standard of office machines, and two leak twice as much."""
    return spare(touch_current_limit, when(patient_vicinity - isolated_supply - 1, open_earth_leakage, 0))


@rule(
    "HOS-004",
    "It needs no strip of sockets for use near patients",
    NOTE,
    source="ul-1363a",
    otherwise="Near a patient only strips of sockets of medical grade are allowed",
    remedy="Plug it in to a wall socket of hospital grade, or to a strip of UL 1363A or IEC 60601-1",
)
def strip_margin(patient_vicinity: Present) -> Present:
    """Ordinary strips lack covered sockets, hospital-grade plugs and a limit on their leakage."""
    return spare(1 - patient_vicinity, patient_vicinity)


@rule(
    "HOS-005",
    "Regulated work near patients is inspected first",
    NOTE,
    source="nfpa-99",
    otherwise="Regulated work near a patient needs an inspection before first use, and at intervals",
    remedy="Ask clinical engineering for an incoming inspection; a line to a device on a patient counts as near, too",
)
def inspection_margin(patient_vicinity: Present, regulated: Present) -> Present:
    """A lab under a regulator must be able to show that its equipment was tested where patients are."""
    near = np.minimum(patient_vicinity, regulated)
    return spare(1 - near, near)
