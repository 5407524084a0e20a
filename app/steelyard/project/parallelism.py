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


class _Model(NamedTuple):
    """What decides, of one workload on one kind of card; memory in GB."""

    state: float
    caches: float
    held: float
    fixed: float
    asked: float
    room: float
    trains: bool
    pace: float


def advice_of(evaluated: VariantEvaluation) -> tuple[Advice, ...]:
    """Return what is advised for each workload on the build's kind of card; nothing without a card."""
    if evaluated.value("gpu_count") < 1:
        return ()
    return tuple(_advice(evaluated, row) for row in range(len(evaluated.uses)))


def _advice(evaluated: VariantEvaluation, row: int) -> Advice:
    use = evaluated.uses[row]
    name = evaluated.engine.catalog.workloads[use.workload].name
    model = _model(evaluated, row)
    if math.isnan(model.asked + model.room):
        return Advice(use.id, name, NONE, 0, math.nan, math.nan, math.nan, False, "Inputs are missing.")  # noqa: FBT003
    if not model.asked:
        return Advice(use.id, name, NONE, 0, 0.0, 0.0, 0.0, False, "Nothing of this work runs on cards.")  # noqa: FBT003
    stated = evaluated.value("stated_card_memory", row)
    if stated > model.room:  # sharing out does not lessen what a maker asks of one card
        reason = f"The software's maker asks for a card of {measured(stated, 'GB')}; more of a smaller one do not help."
        return Advice(use.id, name, NONE, 0, math.nan, stated, math.nan, False, reason)  # noqa: FBT003
    method, cards, copies = _split(model, evaluated.value("gpu_count", row), evaluated.value("host_memory", row))
    groups = max(copies, math.ceil(model.pace / cards)) if math.isfinite(model.pace) else math.nan
    if method == ONE and groups > 1:
        method = DATA
    elif method in {SHARDED, TENSOR, LAYERS} and groups > 1:
        method = BOTH
    whole = model.trains and model.held + model.fixed < model.room  # what a step holds is not taken apart
    parts = model.state / cards + (model.held if whole else model.held / cards)
    memory = model.asked if cards * copies == 1 else parts + model.caches / (cards * copies) + model.fixed
    link = evaluated.value("gpu_nvlink_bandwidth", row)
    wants_link = method == TENSOR or (method == BOTH and not model.trains)
    traffic = _traffic(evaluated, row, method, max(cards, int(groups) if groups == groups else 1))  # noqa: PLR0124
    lacks = wants_link and link <= 0
    return Advice(
        use.id, name, method, cards, groups, memory, traffic, lacks, _reason(model, method, cards, groups, lacks=lacks)
    )


def _model(evaluated: VariantEvaluation, row: int) -> _Model:
    def value(name: str) -> float:
        return evaluated.value(name, row)

    gaps = 1 + value("memory_fragmentation")
    state = value("model_weights") + value("adapters_memory") + value("gradients_whole") + value("optimiser_whole")
    trains = value("gradients_whole") > 0
    return _Model(
        gaps * state,
        gaps * value("caches_whole"),
        gaps * value("activations_whole"),
        value("framework_memory"),
        value("card_memory_asked"),
        value("gpu_memory"),
        trains,
        value("cards_asked"),
    )


def _split(model: _Model, there: float, host: float) -> tuple[str, int, int]:
    """How one copy of the model is held, by how many cards, and the copies that memory asks for.

    More cards than one box has are possible.
    """
    if model.asked <= model.room:
        return ONE, 1, 1
    left = model.room - model.fixed
    if left <= 0:
        return LAYERS, MOST_CARDS, 1
    if model.trains and model.held < left:
        cards = max(2, math.ceil((model.state + model.caches) / (left - model.held)))
        if there < 2 and model.state <= host and cards <= 2:  # noqa: PLR2004 - one card, a little too small
            return OFFLOAD, 1, 1
        return SHARDED, cards, 1
    if not model.trains and 2 * (model.state + model.held) < left:  # most of the card is left for users' contexts
        return DATA, 1, max(1, math.ceil(model.caches / (left - model.state - model.held)))
    cards = max(2, math.ceil((model.state + model.caches + model.held) / left))
    return (TENSOR if cards <= MOST_CARDS else LAYERS), cards, 1


def _traffic(evaluated: VariantEvaluation, row: int, method: str, cards: int) -> float:
    """GB that a card sends for a step, or for a sample of inference; a ring passes each byte on almost twice."""
    around = 2 * (cards - 1) / cards if cards > 1 else 0.0
    gradients, weights = evaluated.value("gradients_whole", row), evaluated.value("model_weights", row)
    if method == ONE:
        return 0.0
    if gradients > 0:
        gathered = 0.0 if method == DATA else weights  # weights are gathered forward and backward, gradients scattered
        return around * (gathered + gradients)
    if method == DATA:
        return 0.0
    if method == OFFLOAD:
        return weights
    width, layers = evaluated.value("hidden_size", row), evaluated.value("attention_layers", row)
    known = width > 0 and layers > 0
    return around * 2 * layers * width * 2 / 1e9 if known else math.nan  # two sums a layer, 16 bits a number


def _reason(model: _Model, method: str, cards: int, groups: float, *, lacks: bool) -> str:
    asked, room = measured(model.asked, "GB"), measured(model.room, "GB")
    words = {
        ONE: f"{asked} fit a card of {room}, and one card keeps the pace.",
        DATA: f"{asked} fit a card of {room}; the pace asks for {groups:g} cards, each with a copy of the model."
        if model.asked <= model.room
        else f"{asked} do not fit a card of {room}, but the model does: {groups:g} cards share the users.",
        SHARDED: f"{asked} do not fit a card of {room}; what a step holds does, so {cards} cards share the state.",
        TENSOR: f"{asked} do not fit a card of {room}; {cards} cards hold parts of every layer and work at once.",
        LAYERS: f"{asked} do not fit a card of {room}; {cards} cards hold layers each and pass the work on.",
        OFFLOAD: f"{asked} do not fit the card of {room}; the optimiser's state can lie in host memory, more slowly.",
        BOTH: f"{asked} do not fit a card of {room}, and the pace asks for {groups:g} groups of {cards} cards.",
    }
    said = words[method]
    if lacks:
        said += " These cards have no NVLink: every layer waits for PCIe, so pass layers on instead where time allows."
    return said
