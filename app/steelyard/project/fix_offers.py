"""What can be tried where a site does not carry a build: changed projects, not yet judged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from steelyard.errors import SteelyardError
from steelyard.project.content import checked
from steelyard.project.rooms import rooms
from steelyard.project.rule_sets import circuit_of, on_circuit, rule_sets
from steelyard.wording import counted, measured, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.project.content import Project, Site, Variant
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["KINDS", "Kind", "Offer", "offers_of"]

Kind = Literal[
    "power-limit",
    "dedicate",
    "circuit",
    "two-supplies",
    "display-place",
    "blower",
    "ventilation",
    "door",
    "fewer-cards",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""From the least to the greatest intrusion: among equals the first is offered first."""

_CAPS = 4
_CAP_STEP, _CAP_GRAIN = 1 / 12, 25.0  # of the board power; W
_AIR_GRAIN = 10.0  # m³/h
_BLOWERS = 3
_DOOR = "closet"


class Offer(NamedTuple):
    """A change to try: its words, those of the step that can be undone, and the project after it."""

    kind: Kind
    title: str
    undo: str
    project: Project


def offers_of(present: VariantEvaluation) -> Iterator[Offer]:
    """Yield every change that this build and site have room for. What the project refuses is not offered."""
    for change in (_caps, _circuits, _dedicated, _supplies, _orders, _blowers, _ventilation, _door, _fewer_cards):
        for kind, title, undo, project in change(present):
            try:
                yield Offer(kind, title, undo, checked(project))
            except SteelyardError:
                continue


def _with_build(present: VariantEvaluation, build: Variant) -> Project:
    return present.project.with_variant(build, instead_of=present.variant.name)


def _with_site(present: VariantEvaluation, site: Site) -> Project:
    return present.project._replace(site=site)


def _caps(present: VariantEvaluation) -> Iterator[Offer]:
    """A few power limits below the present one, none below the card's lowest where that is known."""
    board = present.value("gpu_board_power")
    if not present.selection.count("gpu") or math.isnan(board):
        return
    now = min(board, present.variant.power_limit or math.inf)
    lowest = present.value("gpu_power_floor") if "gpu_power_floor" in present.evaluation.values else math.nan
    for step in range(1, _CAPS + 1):
        cap = math.floor(now * (1 - step * _CAP_STEP) / _CAP_GRAIN + 0.5) * _CAP_GRAIN
        if 0 < cap < now and not cap < lowest:
            build = present.variant._replace(power_limit=cap)
            undo = f"power cap {number(now)}→{measured(cap, 'W')}"
            yield Offer("power-limit", f"Cap each card at {measured(cap, 'W')}", undo, _with_build(present, build))


def _circuits(present: VariantEvaluation) -> Iterator[Offer]:
    """The other circuits of the rule set that carry more, each with nothing else on it."""
    site = present.project.site
    if site.rule_set not in rule_sets():
        return
    here = circuit_of(site)
    share = site.continuous_share
    for circuit in rule_sets()[site.rule_set].circuits:
        moved = on_circuit(site, site.rule_set, circuit.label)
        moved = moved._replace(dedicated=True, other_load=0.0, continuous_share=share)
        if (
            circuit == here
            or moved.supply_voltage * moved.breaker_current <= site.supply_voltage * site.breaker_current
        ):
            continue
        title = f"A circuit of its own of {circuit.label} ({circuit.plug})"
        undo = f"circuit {here.label if here else 'of its own'}→{circuit.label}"
        yield Offer("circuit", title, undo, _with_site(present, moved))


def _dedicated(present: VariantEvaluation) -> Iterator[Offer]:
    site = present.project.site
    if site.is_shared:
        here = circuit_of(site)
        title = f"The same circuit{f' of {here.label}' if here else ''} with nothing else on it"
        alone = site._replace(dedicated=True, other_load=0.0)
        yield Offer("dedicate", title, "dedicated circuit", _with_site(present, alone))


def _supplies(present: VariantEvaluation) -> Iterator[Offer]:
    """A second supply of the same kind, on a circuit of its own."""
    part = present.selection.part("psu")
    if part is None or present.selection.count("psu") != 1 or present.project.site.circuits != 1:
        return
    build = present.variant._replace(selection=present.selection.with_(psu=(part, 2)))
    site = present.project.site._replace(circuits=2.0)
    words = "two supplies on two circuits"
    yield Offer("two-supplies", words.capitalize(), words, _with_build(present, build)._replace(site=site))


def _orders(present: VariantEvaluation) -> Iterator[Offer]:
    """Other places of the display card in the row of cards."""
    cards, now = present.selection.count("gpu"), present.variant.display_place
    if not cards or not present.selection.count("display_gpu"):
        return
    for place in range(cards + 1):
        if place == (cards if now is None else min(now, cards)):
            continue
        build = present.variant._replace(display_place=None if place == cards else place)
        where = (
            "first in the air"
            if place == 0
            else "last in the air"
            if place == cards
            else f"after {counted(place, 'card')}"
        )
        yield Offer(
            "display-place",
            f"Display card {where}",
            f"order of the cards: display card {where}",
            _with_build(present, build),
        )


def _blowers(present: VariantEvaluation) -> Iterator[Offer]:
    """Cards that blow their heat out of the case, with as much memory: those nearest in power."""
    part, count = present.selection.part("gpu"), present.selection.count("gpu")
    catalog = present.engine.catalog
    if part is None or catalog.datum(part, "cooling").words == "blower":
        return
    memory, power = (catalog.datum(part, name).value or 0.0 for name in ("memory", "board_power"))
    near = []
    for each in catalog.tables["gpu"].ids[1:]:
        facts = [catalog.datum(each, name) for name in ("memory", "board_power")]
        fits = catalog.datum(each, "cooling").words == "blower" and not catalog.part(each).is_hidden
        if fits and all(fact.value is not None for fact in facts) and (facts[0].value or 0.0) >= memory:
            near.append((abs((facts[1].value or 0.0) - power), each))
    for _, each in sorted(near)[:_BLOWERS]:
        build = present.variant._replace(selection=present.selection.with_(gpu=(each, count)))
        name = catalog.part(each).name
        yield Offer("blower", f"Cards that blow out of the case: {name}", f"cards→{name}", _with_build(present, build))


def _ventilation(present: VariantEvaluation) -> Iterator[Offer]:
    """As much fresh air as holds the room's limit."""
    site = present.project.site
    wanted = max(present.value("fresh_air_needed", row) for row in present.rows)
    if site.room_ventilation is None or not math.isfinite(wanted):
        return
    air = math.ceil(wanted / _AIR_GRAIN) * _AIR_GRAIN
    if air > site.room_ventilation:
        said = f"{number(site.room_ventilation)}→{measured(air, 'm³/h')}"
        moved = site._replace(room_ventilation=air, notes=_without(site, "room_ventilation"))
        yield Offer("ventilation", f"Fresh air {said}", f"ventilation {said}", _with_site(present, moved))


def _door(present: VariantEvaluation) -> Iterator[Offer]:
    """A closed door between build and listener, where noise is limited and there is none."""
    site, typical = present.project.site, rooms()[_DOOR]
    if site.noise_limit is None or site.door_loss or typical.door_loss is None:
        return
    notes = {**site.notes, "door_loss": f"an ordinary closed door: {typical.tier}"}
    title = f"A closed door before the listener, {measured(typical.door_loss, 'dB')}"
    moved = site._replace(door_loss=typical.door_loss, notes=notes)
    yield Offer("door", title, "door before the listener", _with_site(present, moved))


def _fewer_cards(present: VariantEvaluation) -> Iterator[Offer]:
    part, count = present.selection.part("gpu"), present.selection.count("gpu")
    if part is not None and count > 1:
        build = present.variant._replace(selection=present.selection.with_(gpu=(part, count - 1)))
        title = f"{counted(count - 1, 'card')} instead of {count}"
        yield Offer("fewer-cards", title, f"cards {count}→{count - 1}", _with_build(present, build))


def _without(site: Site, field: str) -> dict[str, str]:
    return {name: note for name, note in site.notes.items() if name != field}
