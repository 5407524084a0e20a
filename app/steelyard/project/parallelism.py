"""How several cards should share a workload: copies of the model, parts of it, or both, with what each costs.

A model that fits a card is copied, and each card works on its own data. One that does not is taken apart: its state
first (sharding), for that costs least to put together again; layers and tensors where what a step holds does not fit
either, or where answers are waited for. Work that needs more cards than its parts fill needs both.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.wording import measured

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["METHODS", "MOST_CARDS", "Advice", "advice_of"]

MOST_CARDS: Final = 8
"""Cards of the largest single box: servers are built for eight."""

ONE, DATA, SHARDED, TENSOR, LAYERS, OFFLOAD, BOTH, NONE = (
    "one-card", "data-parallel", "sharded", "tensor-parallel", "pipeline-parallel", "offload", "both", "none",
)  # fmt: skip
METHODS: Final = {
    ONE: "One card",
    DATA: "Data parallel",
    SHARDED: "Sharded data parallel (FSDP, ZeRO)",
    TENSOR: "Tensor parallel",
    LAYERS: "Pipeline parallel: layers over cards",
    OFFLOAD: "Offload to host memory",
    BOTH: "Both: parts of the model within a group, copies of it across groups",
    NONE: "No card is asked for",
}
"""What is advised, by its word in JSON."""


class Advice(NamedTuple):
    """What is advised for one workload on the build's kind of card.

    method: a word of `METHODS`. cards: how many hold one copy of the model, and `groups` how many copies the pace
    asks for (NaN unknown). memory: GB on each card. traffic: GB that each card exchanges for a step (training) or for
    a sample (inference); NaN where the width of the model is not known. lacks_nvlink: the advice wants a fast link
    between cards that this kind of card does not have.
    """

    use: str
    name: str
    method: str
    cards: int
    groups: float
    memory: float
    traffic: float
    lacks_nvlink: bool
    reason: str


def advice_of(evaluated: VariantEvaluation) -> tuple[Advice, ...]:
    """Return what is advised for each workload on the build's kind of card; nothing without a card."""
    if evaluated.value("gpu_count") < 1:
        return ()
    return tuple(_advice(evaluated, row) for row in range(len(evaluated.uses)))


class _Lying(NamedTuple):
    """How one workload lies on cards of the build's kind, as `workstation.arrangement` has it; memory in GB.

    group: cards that hold one copy, or one job. parts: of a copy. whole: what the whole model takes on one card.
    """

    group: int
    parts: int
    groups: float
    memory: float
    whole: float
    room: float
    trains: bool
    step_fits: bool


def _advice(evaluated: VariantEvaluation, row: int) -> Advice:
    use = evaluated.uses[row]
    name = evaluated.engine.catalog.workloads[use.workload].name

    def none(reason: str, memory: float = math.nan) -> Advice:
        return Advice(use.id, name, NONE, 0, math.nan, memory, math.nan, lacks_nvlink=False, reason=reason)

    asked, room = evaluated.value("card_memory_asked", row), evaluated.value("gpu_memory", row)
    if math.isnan(asked + room + evaluated.value("parts_least", row)):
        return none("Inputs are missing.")
    if not asked:
        reason = "Nothing of this work runs on cards."
        return Advice(use.id, name, NONE, 0, 0.0, 0.0, 0.0, lacks_nvlink=False, reason=reason)
    stated = evaluated.value("stated_card_memory", row)
    if stated > room:  # sharing out does not lessen what a maker asks of one card
        asks = f"A card of {measured(stated, 'GB')} is asked for by name"
        return none(f"{asks}; more of a smaller one do not help.", stated)
    lying = _lying(evaluated, row)
    if lying.memory > room and lying.parts == 1:
        step = f"{measured(lying.whole, 'GB')} do not fit a card of {measured(room, 'GB')}, and a step holds most of it"
        return none(f"{step}: a smaller batch on each card, or a larger card.", lying.memory)
    if lying.memory > room:
        return none(f"Software alone takes more than a card of {measured(room, 'GB')} has.", lying.memory)
    method = _method(lying, evaluated, row)
    if method == OFFLOAD:
        lying = lying._replace(group=1, memory=room)
    wants_link = method == TENSOR or (method == BOTH and not lying.trains)
    lacks = wants_link and evaluated.value("gpu_nvlink_bandwidth", row) <= 0
    spread = lying.group if math.isnan(lying.groups) or lying.parts > 1 else max(lying.group, int(lying.groups))
    return Advice(
        use.id,
        name,
        method,
        lying.group,
        lying.groups,
        lying.memory,
        _traffic(evaluated, row, method, spread),
        lacks,
        _reason(lying, method, lacks=lacks),
    )


def _lying(evaluated: VariantEvaluation, row: int) -> _Lying:
    parts = int(evaluated.value("parts_least", row))
    group = max(parts, int(evaluated.value("queue_cards", row)))
    cards = evaluated.value("cards_asked", row)
    return _Lying(
        group,
        parts,
        max(1, math.ceil(cards / group)) if math.isfinite(cards) else math.nan,
        evaluated.value("held_least", row),
        evaluated.value("card_memory_asked", row),
        evaluated.value("gpu_memory", row),
        evaluated.value("trains", row) > 0,
        evaluated.value("copy_step", row) < evaluated.value("card_room_least", row),
    )


def _method(lying: _Lying, evaluated: VariantEvaluation, row: int) -> str:
    if lying.parts == 1:
        return ONE if lying.groups == lying.group == 1 else DATA
    if lying.trains and lying.step_fits:
        close = lying.parts == 2 and evaluated.value("gpu_count", row) < 2  # noqa: PLR2004 - one card, a little small
        if close and evaluated.value("copy_state", row) <= evaluated.value("host_memory", row):
            return OFFLOAD
        return BOTH if lying.groups > 1 else SHARDED
    if lying.groups > 1:
        return BOTH
    return TENSOR if lying.parts <= MOST_CARDS else LAYERS


def _traffic(evaluated: VariantEvaluation, row: int, method: str, cards: int) -> float:
    """GB that a card sends for a step, or for a sample of inference; a ring passes each byte on almost twice."""
    around = 2 * (cards - 1) / cards if cards > 1 else 0.0
    gradients, weights = evaluated.value("gradients_whole", row), evaluated.value("model_weights", row)
    if method == ONE:
        return 0.0
    if method == OFFLOAD:
        return weights
    if gradients > 0:
        gathered = 0.0 if method == DATA else weights  # weights are gathered forward and backward, gradients scattered
        return around * (gathered + gradients)
    if method == DATA:
        return 0.0
    width, layers = evaluated.value("hidden_size", row), evaluated.value("attention_layers", row)
    known = width > 0 and layers > 0
    return around * 2 * layers * width * 2 / 1e9 if known else math.nan  # two sums a layer, 16 bits a number


def _reason(lying: _Lying, method: str, *, lacks: bool) -> str:
    asked, room = measured(lying.whole, "GB"), measured(lying.room, "GB")
    cards, groups = lying.group, lying.groups
    words = {
        ONE: f"{asked} fit a card of {room}, and one card keeps the pace.",
        DATA: f"{asked} fit a card of {room}; the pace asks for {groups:g} cards, each with a copy of the model."
        if lying.whole <= lying.room
        else f"{asked} do not fit a card of {room}, but the model does: {groups:g} cards share the users.",
        SHARDED: f"{asked} do not fit a card of {room}; what a step holds does, so {cards} cards share the state.",
        TENSOR: f"{asked} do not fit a card of {room}; {cards} cards hold parts of every layer and work at once.",
        LAYERS: f"{asked} do not fit a card of {room}; {cards} cards are {cards // MOST_CARDS} machines of eight: "
        "layers pass from machine to machine, and the cards of one hold parts of every layer.",
        OFFLOAD: f"{asked} do not fit the card of {room}; the optimiser's state can lie in host memory, more slowly.",
        BOTH: f"{asked} do not fit a card of {room}, and the pace asks for {groups:g} groups of {cards} cards.",
    }
    said = words[method]
    if method == DATA and cards > 1:
        said = f"Each job holds {cards} cards of one machine, and the pace asks for {groups:g} such jobs at a time."
    if lacks:
        said += " These cards have no NVLink: every layer waits for PCIe, which is counted."
    return said
