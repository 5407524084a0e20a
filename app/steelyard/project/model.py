"""The model of a catalogue: the workstation's formulas, and the inputs that parts, assumptions and settings give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.graph.model import Model
from steelyard.graph.quantity import Input
from steelyard.units import UNITS, Slots
from steelyard.workstation.demand import demand_inputs
from steelyard.workstation.modules import MODULES
from steelyard.workstation.roles import ROLES
from steelyard.workstation.site import BUILD, CARD_INDEX, SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.catalog import Catalog

_SLOTS = (
    ("slots", "Slots", "present", "1 at each expansion slot, from the top of the case."),
    ("slot_position", "Slot number", "×", "Place of the slot, from 1 at the top."),
    ("slot_lanes", "Lanes of a slot", "×", "Lanes wired to the slot."),
    ("slot_generation", "PCIe generation of a slot", "×", "Generation that the slot's wiring carries."),
)


def model_of(catalog: Catalog) -> Model:
    """Return the model with the inputs of this catalogue (DeclarationError when a formula reads what it lacks)."""
    return Model.of(MODULES, _inputs(catalog))


def _inputs(catalog: Catalog) -> Iterator[Input]:
    yield from SITE
    yield from BUILD
    yield CARD_INDEX
    yield from demand_inputs()
    for role in ROLES:
        for field in catalog.schema[role.kind].fields.values():
            if field.form == "slots":
                yield from (
                    Input(f"{role.name}_{name}", f"{role.label}: {label.lower()}", UNITS[unit], (Slots,), words)
                    for name, label, unit, words in _SLOTS
                )
            else:
                label = f"{role.label}: {_within_a_sentence(field.label)}"
                yield Input(f"{role.name}_{field.name}", label, UNITS[field.unit], (), field.description)
        yield Input(f"{role.name}_count", f"{role.label}: count", UNITS["×"], (), f"How many: {role.description}")
        yield Input(f"{role.name}_price", f"{role.label}: price", UNITS["¢"], (), "Price of one, in minor units.")
    for name, assumption in catalog.assumptions.items():
        if name.startswith("kernel_"):
            continue  # gathered stage by stage in kernel_efficiency
        yield Input(name, assumption.label, UNITS[assumption.unit], (), assumption.note)


def _within_a_sentence(label: str) -> str:
    """Return a label as it reads after a colon: "lanes", but "PCIe lanes" and "ECC"."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
