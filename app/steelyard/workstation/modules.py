"""The modules whose formulas make the model, listed: a formula is in the model because its module stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.workstation import (
    acoustics,
    arrangement,
    balance,
    cards,
    case_air,
    circuit,
    circulation,
    compute,
    connectors,
    cost,
    display_card,
    drives,
    energy,
    engine,
    exchange,
    excursions,
    fit,
    gain,
    handling,
    heat_capacity,
    heatsink,
    language,
    memory,
    needs,
    needs_storage,
    parts_heat,
    phases,
    power,
    processor_heat,
    queue,
    roofline,
    room,
    runaway,
    scale,
    sharing,
    storage,
    supply,
    tiers,
    unthrottled,
    ups,
    volumes,
    waiting,
    warming,
)
from steelyard.workstation.rules import balance as balance_rules
from steelyard.workstation.rules import cards as card_rules
from steelyard.workstation.rules import clinical as clinical_rules
from steelyard.workstation.rules import connectors as connector_rules
from steelyard.workstation.rules import fit as fit_rules
from steelyard.workstation.rules import handling as handling_rules
from steelyard.workstation.rules import hospital as hospital_rules
from steelyard.workstation.rules import lanes as lane_rules
from steelyard.workstation.rules import memory as memory_rules
from steelyard.workstation.rules import order as order_rules
from steelyard.workstation.rules import power as power_rules
from steelyard.workstation.rules import site as site_rules
from steelyard.workstation.rules import storage as storage_rules
from steelyard.workstation.rules import thermal as thermal_rules
from steelyard.workstation.rules import unthrottled as unthrottled_rules
from steelyard.workstation.rules import ups as ups_rules

if TYPE_CHECKING:
    from types import ModuleType

MODULES: Final[tuple[ModuleType, ...]] = (
    compute,
    engine,
    roofline,
    exchange,
    gain,
    circulation,
    balance,
    language,
    volumes,
    memory,
    storage,
    tiers,
    needs,
    needs_storage,
    scale,
    sharing,
    queue,
    waiting,
    handling,
    drives,
    fit,
    cards,
    phases,
    display_card,
    runaway,
    power,
    supply,
    excursions,
    connectors,
    circuit,
    room,
    case_air,
    processor_heat,
    parts_heat,
    ups,
    unthrottled,
    energy,
    heatsink,
    heat_capacity,
    warming,
    acoustics,
    arrangement,
    cost,
    fit_rules,
    lane_rules,
    memory_rules,
    storage_rules,
    balance_rules,
    power_rules,
    connector_rules,
    site_rules,
    ups_rules,
    unthrottled_rules,
    thermal_rules,
    card_rules,
    clinical_rules,
    hospital_rules,
    handling_rules,
    order_rules,
)
