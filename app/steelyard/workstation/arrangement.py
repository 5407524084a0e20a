"""How work lies on cards of a kind: the cards of one copy of the model, the copies, and what each card then holds.

Decided here once, for every level; the count of cards, the machines and the advice on sharing all read it. Layers are
cut for 2, 4 or 8 cards, whose number divides the attention heads of common models; what takes more goes on in whole
machines of eight, layers after layers. A training whose step fits a card shares its state over 2, 3, 4 or 8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, Gigabyte, PerStage, Present, Ratio, SamplePerSecond, SecondPerSample

if TYPE_CHECKING:
    from steelyard.units import Array

# --- what has to lie on cards, gaps of the allocator included


@quantity("Model state with gaps, one copy", source="zero-memory")
def copy_state(
    model_weights: Gigabyte,
    adapters_memory: Gigabyte,
    gradients_whole: Gigabyte,
    optimiser_whole: Gigabyte,
    memory_fragmentation: Ratio,
) -> Gigabyte:
    """What can be shared out card by card."""
    return (1 + memory_fragmentation) * (model_weights + adapters_memory + gradients_whole + optimiser_whole)


@quantity("Held by a step with gaps, one copy", source="activation-memory")
def copy_step(activations_whole: Gigabyte, memory_fragmentation: Ratio) -> Gigabyte:
    """Sharing out the state leaves it whole; cutting the layers cuts it too."""
    return (1 + memory_fragmentation) * activations_whole


@quantity("Caches with gaps, all users", source="kv-cache")
def copy_caches(caches_whole: Gigabyte, memory_fragmentation: Ratio) -> Gigabyte:
    """Users are shared out over copies of the model, and their caches with them."""
    return (1 + memory_fragmentation) * caches_whole


@quantity("Taken on every card by software", source="gpu-memory-anatomy")
def card_fixed(
    framework_memory: Gigabyte,
    gpu_count: Count,
    card_exchange: Ratio,
    weights_split: Ratio,
    link_buffer_memory: Gigabyte,
) -> Gigabyte:
    """The framework, and buffers where cards speak with each other."""
    speaks = np.minimum(card_exchange + weights_split, 1)
    return framework_memory + when(gpu_count - 2, speaks * link_buffer_memory, 0)


@quantity("Room for work on a card, to the brim", source="gpu-memory-anatomy")
def card_room_least(gpu_memory: Gigabyte, card_fixed: Gigabyte) -> Gigabyte:
    """All of the card but what software takes."""
    return np.maximum(gpu_memory - card_fixed, 0)


@quantity("Room for work on a card, with reserve", source="gpu-memory-anatomy")
def card_room_advised(gpu_memory: Gigabyte, gpu_memory_reserve: Ratio, card_fixed: Gigabyte) -> Gigabyte:
    """Some of the card stays free."""
    return np.maximum(gpu_memory * (1 - gpu_memory_reserve) - card_fixed, 0)


@quantity("Room for work on a card, with the reserve twice", source="gpu-memory-anatomy")
def card_room_ample(gpu_memory: Gigabyte, gpu_memory_reserve: Ratio, card_fixed: Gigabyte) -> Gigabyte:
    """As ample memory takes its reserve once more."""
    return np.maximum(gpu_memory * (1 - gpu_memory_reserve) * (1 - gpu_memory_reserve) - card_fixed, 0)


# --- parts and copies of the model


@quantity("Layers can be taken apart", source="megatron-tensor-parallel")
def can_cut(weights_split: Ratio, copy_state: Gigabyte, copy_step: Gigabyte, cut_worth: Ratio) -> Present:
    """Large layers are; where nearly all is held by a step, as with images, a smaller batch on a card is the answer."""
    return np.maximum(when(weights_split - 1, 1, 0), when(copy_state - cut_worth * copy_step, 1, 0))


@quantity("Parts of the model, at the least", source="megatron-tensor-parallel")
def parts_least(
    card_room_least: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    trains: Present,
    can_cut: Present,
    machine_cards: Count,
) -> Count:
    """One where the model fits a card, or where most of a card is left for users when it holds a copy."""
    return _parts(card_room_least, copy_state, copy_step, copy_caches, trains, can_cut, machine_cards)


@quantity("Parts of the model, advised", source="megatron-tensor-parallel")
def parts_advised(
    card_room_advised: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    trains: Present,
    can_cut: Present,
    machine_cards: Count,
) -> Count:
    """As at the least, on cards of which some stays free."""
    return _parts(card_room_advised, copy_state, copy_step, copy_caches, trains, can_cut, machine_cards)


@quantity("Parts of the model, ample", source="megatron-tensor-parallel")
def parts_ample(
    card_room_ample: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    trains: Present,
    can_cut: Present,
    machine_cards: Count,
) -> Count:
    """As at the least, on cards of which more stays free."""
    return _parts(card_room_ample, copy_state, copy_step, copy_caches, trains, can_cut, machine_cards)


@quantity("Cards' time asked for", source="steelyard-pipeline")
def cards_pace(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    stage_exchange_time: PerStage[SecondPerSample],
    overlap_kept: Ratio,
    asked_rate: SamplePerSecond,
) -> Count:
    """Time that one cool card of the build's kind takes for a second's work."""
    alone = total_over(stages, stage_card_time + stage_exchange_time)
    return when(-alone, 0, when(-asked_rate, 0, asked_rate * alone / overlap_kept))


@quantity("Cards of this class asked for", source="steelyard-pipeline")
def cards_asked(
    cards_pace: Count,
    parts_least: Count,
    queue_cards: Count,
    card_room_least: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    gpu_count: Count,
) -> Count:
    """Whole groups where a copy, or a job, takes several cards; none without a card to count in."""
    copies = _copies(card_room_least, copy_state, copy_step, copy_caches, parts_least)
    return when(gpu_count - 1, _cards(cards_pace, np.maximum(parts_least, queue_cards), copies), 0)


@quantity("Cards of this class, at the least", source="balance-beats-brute-force")
def cards_least(cards_asked: Count, cards_asked_beside: Count) -> Count:
    """Work at the same time shares the cards' time; there is no half card."""
    return np.ceil(cards_asked + cards_asked_beside)


@quantity("Cards of this class, advised", source="queueing")
def cards_advised(
    cards_least: Count,
    cards_pace: Count,
    parts_advised: Count,
    queue_cards: Count,
    card_room_advised: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    cards_asked_beside: Count,
    busy_limit: Ratio,
    gpu_speed_kept: Ratio,
    gpu_count: Count,
) -> Count:
    """Cards that are busy all the time let everybody wait, and warm ones keep part of their speed."""
    slower = busy_limit * gpu_speed_kept
    copies = _copies(card_room_advised, copy_state, copy_step, copy_caches, parts_advised)
    own = _cards(cards_pace / slower, np.maximum(parts_advised, queue_cards), copies)
    return when(gpu_count - 1, np.maximum(cards_least, np.ceil(own + cards_asked_beside / slower)), 0)


@quantity("Cards of this class, ample", source="steelyard-pipeline")
def cards_ample(
    cards_advised: Count,
    cards_pace: Count,
    parts_ample: Count,
    queue_cards: Count,
    card_room_ample: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    cards_asked_beside: Count,
    busy_limit: Ratio,
    gpu_speed_kept: Ratio,
    growth_over_life: Ratio,
    gpu_count: Count,
) -> Count:
    """The work of the last year of the life."""
    grown = growth_over_life / (busy_limit * gpu_speed_kept)
    copies = _copies(card_room_ample, copy_state, copy_step, copy_caches, parts_ample)
    own = _cards(cards_pace * grown, np.maximum(parts_ample, queue_cards), copies)
    return when(gpu_count - 1, np.maximum(cards_advised, np.ceil(own + cards_asked_beside * grown)), 0)


# --- what a card holds in that arrangement


@quantity("Held on each card, at the least", source="steelyard-pipeline")
def held_least(
    card_room_least: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    parts_least: Count,
    trains: Present,
    card_fixed: Gigabyte,
    stated_card_memory: Gigabyte,
) -> Gigabyte:
    """Its part of the state, of a step and of the users; never less than the software's maker asks of a card."""
    held = _held(card_room_least, copy_state, copy_step, copy_caches, parts_least, trains)
    return np.maximum(when(-held, 0, held + card_fixed), stated_card_memory)


@quantity("Held on each card, advised", source="steelyard-pipeline")
def held_advised(
    card_room_advised: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    parts_advised: Count,
    trains: Present,
    card_fixed: Gigabyte,
    stated_card_memory: Gigabyte,
) -> Gigabyte:
    """As at the least, in the arrangement that leaves some of each card free."""
    held = _held(card_room_advised, copy_state, copy_step, copy_caches, parts_advised, trains)
    return np.maximum(when(-held, 0, held + card_fixed), stated_card_memory)


@quantity("Held on each card, ample", source="steelyard-pipeline")
def held_ample(
    card_room_ample: Gigabyte,
    copy_state: Gigabyte,
    copy_step: Gigabyte,
    copy_caches: Gigabyte,
    parts_ample: Count,
    trains: Present,
    card_fixed: Gigabyte,
    stated_card_memory: Gigabyte,
) -> Gigabyte:
    """As at the least, in the arrangement that leaves more of each card free."""
    held = _held(card_room_ample, copy_state, copy_step, copy_caches, parts_ample, trains)
    return np.maximum(when(-held, 0, held + card_fixed), stated_card_memory)


def _parts(
    room: Array, state: Array, step: Array, caches: Array, trains: Array, can_cut: Array, machine: Array
) -> Array:
    """Cards over which one copy is taken apart, for `room` GB of work on each; eight or a multiple when many."""
    cut = when(can_cut - 1, _grouped(np.ceil((state + step + caches) / room), machine), 1)
    shared = np.ceil((state + caches) / (room - step))
    sharded = when(step - room, cut, when(machine / 2 - shared, shared, machine * np.ceil(shared / machine)))
    copied = when(room - 2 * (state + step), 1, cut)  # most of the card is left for users' contexts
    apart = when(trains - 1, sharded, copied)
    return when(-room, 1, when(room - (state + step + caches), 1, apart))


def _grouped(parts: Array, machine: Array) -> Array:
    return when(2 - parts, 2, when(machine / 2 - parts, machine / 2, machine * np.ceil(parts / machine)))


def _copies(room: Array, state: Array, step: Array, caches: Array, parts: Array) -> Array:
    """Copies that users' caches ask for when each lies on a card of its own; one where the model is taken apart."""
    left = room - state - step
    shared = when(-left, 1, np.maximum(1, np.ceil(caches / left)))
    return when(parts - 2, 1, when(left - caches, 1, shared))


def _cards(pace: Array, group: Array, copies: Array) -> Array:
    """A share of a card where one holds a copy; whole groups where a copy takes several; none without work."""
    groups = np.maximum(1, np.ceil(pace / group))
    alone = np.maximum(pace, when(copies - 2, copies, 0))
    return when(-pace, 0, when(group - 2, group * groups, alone))


def _held(room: Array, state: Array, step: Array, caches: Array, parts: Array, trains: Array) -> Array:
    """GB of work on each card: a step stays whole where a training shares out its state alone."""
    copies = _copies(room, state, step, caches, parts)
    sharded = step + (state + caches) / parts
    cut = (state + step + caches) / parts
    apart = when(trains - 1, when(step - room, cut, sharded), cut)
    return when(parts - 2, apart, state + step + caches / copies)
