"""Memory: what a model needs on each card, and what the work needs in the host."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    Byte,
    BytePerParameter,
    BytePerToken,
    Count,
    Flop,
    FlopPerParameterToken,
    Gibibyte,
    Gigabyte,
    Operation,
    Parameter,
    PerStage,
    PetaflopDay,
    Present,
    Ratio,
    Token,
)

# --- on the card


@quantity("Weights, whole model", source="bytes-per-parameter")
def model_weights(model_parameters: Parameter, weight_bytes: BytePerParameter) -> Gigabyte:
    """Each parameter is stored once at the precision in which it is loaded."""
    return convert(model_parameters * weight_bytes, Byte, Gigabyte)


@quantity("Parts that the model is split into", source="megatron-tensor-parallel")
def model_parts(gpu_count: Count, weights_split: Ratio) -> Count:
    """Split over the cards, each holds an equal part; otherwise each holds a copy."""
    return 1 + weights_split * (np.maximum(gpu_count, 1) - 1)


@quantity("Parts of the weights", source="zero-memory")
def weight_parts(gpu_count: Count, sharding_stage: Count, model_parts: Count) -> Count:
    """From the third stage of sharding on a card keeps its part of the weights and gathers a layer when it needs it."""
    return when(sharding_stage - 2 - 1, np.maximum(gpu_count, 1), model_parts)


@quantity("Parts of the gradients", source="zero-memory")
def gradient_parts(gpu_count: Count, sharding_stage: Count, model_parts: Count) -> Count:
    """From the second stage on a card keeps the gradients of its part alone."""
    return when(sharding_stage - 2, np.maximum(gpu_count, 1), model_parts)


@quantity("Parts of the optimiser state", source="zero-memory")
def optimiser_parts(gpu_count: Count, sharding_stage: Count, model_parts: Count) -> Count:
    """From the first stage on a card updates its part of the parameters alone."""
    return when(sharding_stage - 1, np.maximum(gpu_count, 1), model_parts)


@quantity("Adapters", source="low-rank-adapters")
def adapters_memory(
    model_parameters: Parameter, trainable_parameters: Ratio, adapter_bytes: BytePerParameter
) -> Gigabyte:
    """What is trained beside frozen weights has weights of its own; where all is trained there is nothing beside."""
    beside = when(trainable_parameters - 1, 0, trainable_parameters)
    return convert(model_parameters * beside * adapter_bytes, Byte, Gigabyte)


@quantity("Weights", source="bytes-per-parameter")
def weights_memory(model_weights: Gigabyte, adapters_memory: Gigabyte, weight_parts: Count) -> Gigabyte:
    """The part of the weights that one card holds, adapters included."""
    return (model_weights + adapters_memory) / weight_parts


@quantity("Gradients, whole model", source="zero-memory")
def gradients_whole(
    model_parameters: Parameter, trainable_parameters: Ratio, gradient_bytes: BytePerParameter
) -> Gigabyte:
    """One gradient a parameter that is trained, held until the optimiser has used it."""
    return convert(model_parameters * trainable_parameters * gradient_bytes, Byte, Gigabyte)


@quantity("Gradients", source="zero-memory")
def gradients_memory(gradients_whole: Gigabyte, gradient_parts: Count) -> Gigabyte:
    """The part of the gradients that one card holds."""
    return gradients_whole / gradient_parts


@quantity("Optimiser state, whole model", source="zero-memory")
def optimiser_whole(
    model_parameters: Parameter, trainable_parameters: Ratio, optimiser_bytes: BytePerParameter
) -> Gigabyte:
    """A moment for each parameter that is trained, with adaptive steps a second, in mixed precision a copy of it."""
    return convert(model_parameters * trainable_parameters * optimiser_bytes, Byte, Gigabyte)


@quantity("Optimiser state", source="zero-memory")
def optimiser_memory(optimiser_whole: Gigabyte, optimiser_parts: Count) -> Gigabyte:
    """The part of the optimiser's state that one card holds."""
    return optimiser_whole / optimiser_parts


@quantity("Model state", source="zero-memory")
def model_state_memory(weights_memory: Gigabyte, gradients_memory: Gigabyte, optimiser_memory: Gigabyte) -> Gigabyte:
    """What stays on the card from step to step."""
    return weights_memory + gradients_memory + optimiser_memory


@quantity("Model state, binary", source="zero-memory")
def model_state_binary(model_state_memory: Gigabyte) -> Gibibyte:
    """The same amount as drivers and task managers show it."""
    return convert(model_state_memory, Gigabyte, Gibibyte)


@quantity("Activations", source="activation-memory")
def activations_memory(
    activation_memory: Gigabyte, transformer_activations: Gigabyte, volume_activations: Gigabyte
) -> Gigabyte:
    """Layer outputs wait on the card until the backward pass has used them."""
    return activation_memory + transformer_activations + volume_activations


@quantity("Activations, whole model", source="activation-memory")
def activations_whole(
    activation_memory: Gigabyte, transformer_whole: Gigabyte, volume_activations: Gigabyte
) -> Gigabyte:
    """What a step holds where one card has all layers."""
    return activation_memory + transformer_whole + volume_activations


@quantity("Key-value cache, whole model", source="kv-cache")
def caches_whole(
    kv_bytes_per_token: BytePerToken, kv_tokens: Token, sequence_cache: Gigabyte, sequences: Count
) -> Gigabyte:
    """Keys and values of every token in every user's context stay on the card."""
    return convert(kv_bytes_per_token * kv_tokens, Byte, Gigabyte) + sequences * sequence_cache


@quantity("Key-value cache", source="kv-cache")
def kv_memory(caches_whole: Gigabyte, model_parts: Count) -> Gigabyte:
    """The part of the cache that lies on one card."""
    return caches_whole / model_parts


@quantity("Memory of the work itself", source="steelyard-pipeline")
def work_memory(model_state_memory: Gigabyte, activations_memory: Gigabyte, kv_memory: Gigabyte) -> Gigabyte:
    """What the model, its training and its users hold on a card, before what software adds."""
    return model_state_memory + activations_memory + kv_memory


@quantity("Workspace", source="nnunet-resenc-presets")
def workspace_memory(work_memory: Gigabyte, memory_fragmentation: Ratio) -> Gigabyte:
    """Buffers for the moment, and the gaps that the allocator leaves."""
    return memory_fragmentation * work_memory


@quantity("Communication buffers", source="gpu-memory-anatomy")
def communication_memory(
    work_memory: Gigabyte, gpu_count: Count, card_exchange: Ratio, weights_split: Ratio, link_buffer_memory: Gigabyte
) -> Gigabyte:
    """Cards that speak with each other keep buffers for it; one card, or cards with work of their own, do not."""
    speaks = np.minimum(card_exchange + weights_split, 1)
    return when(-work_memory, 0, when(gpu_count - 2, speaks * link_buffer_memory, 0))


@quantity("Framework", source="gpu-memory-anatomy")
def framework_use(work_memory: Gigabyte, framework_memory: Gigabyte) -> Gigabyte:
    """The driver's context, kernels and libraries take their place wherever anything runs."""
    return when(-work_memory, 0, framework_memory)


@quantity("GPU memory needed, a card", source="steelyard-pipeline")
def gpu_memory_needed(
    weights_memory: Gigabyte,
    gradients_memory: Gigabyte,
    optimiser_memory: Gigabyte,
    activations_memory: Gigabyte,
    kv_memory: Gigabyte,
    workspace_memory: Gigabyte,
    communication_memory: Gigabyte,
    framework_use: Gigabyte,
) -> Gigabyte:
    """All of it lies on the card at the peak of a step."""
    state = weights_memory + gradients_memory + optimiser_memory
    return state + activations_memory + kv_memory + workspace_memory + communication_memory + framework_use


@quantity("GPU memory free, a card", source="steelyard-pipeline")
def gpu_memory_free(gpu_count: Count, gpu_memory: Gigabyte, gpu_memory_needed: Gigabyte) -> Gigabyte:
    """Short of memory a job stops; without a card there is nothing to run short."""
    return when(gpu_count - 1, gpu_memory - gpu_memory_needed, 0)


# --- in the host


@quantity("Memory of all workers that the cores carry", source="steelyard-pipeline")
def workers_memory(
    stages: PerStage[Present], stage_cores: PerStage[Count], stage_memory_demand: PerStage[Gigabyte]
) -> Gigabyte:
    """Every worker holds the samples that it prepares and those that wait for collection."""
    return total_over(stages, stage_cores * stage_memory_demand)


@quantity("Host memory needed", source="steelyard-pipeline")
def host_memory_needed(
    workers_memory: Gigabyte,
    workers_memory_asked: Gigabyte,
    working_set_memory: Gigabyte,
    page_cache_memory: Gigabyte,
    memory_for_cards: Gigabyte,
    stated_memory: Gigabyte,
    system_memory: Gigabyte,
) -> Gigabyte:
    """At the asked pace, or at that of fewer cores: as asked for, the system, and the model if no card holds it."""
    workers = np.minimum(workers_memory, workers_memory_asked)
    held = workers + working_set_memory + page_cache_memory + memory_for_cards
    return np.maximum(held, stated_memory) + system_memory


@quantity("Host memory with all workers that the cores carry", source="steelyard-pipeline")
def host_memory_crowded(
    workers_memory: Gigabyte,
    working_set_memory: Gigabyte,
    page_cache_memory: Gigabyte,
    memory_for_cards: Gigabyte,
    system_memory: Gigabyte,
    memory_beside: Gigabyte,
) -> Gigabyte:
    """Software that starts a worker for every core it finds takes this, whether or not the pace asks for it."""
    held = working_set_memory + page_cache_memory + memory_for_cards + system_memory
    return workers_memory + held + memory_beside


@quantity("Workers that fit the host memory", source="steelyard-pipeline")
def workers_fitting(
    stages: PerStage[Present],
    stage_cores: PerStage[Count],
    workers_memory: Gigabyte,
    host_memory: Gigabyte,
    host_memory_crowded: Gigabyte,
) -> Count:
    """As many of those that the cores carry as there is memory left for, each as large as they are on average."""
    carried = total_over(stages, stage_cores)
    room = np.maximum(host_memory - (host_memory_crowded - workers_memory), 0)
    return np.floor(when(-workers_memory, carried, carried * np.minimum(room / workers_memory, 1)))


# --- the arithmetic of a large model


@quantity("Training compute", source="scaling-laws")
def training_compute(
    training_operations: FlopPerParameterToken, model_parameters: Parameter, training_tokens: Token
) -> Flop:
    """Two operations forward and four backward for each parameter and token."""
    return convert(training_operations * model_parameters * training_tokens, Operation, Flop)


@quantity("Training compute, petaflop-days", source="scaling-laws")
def training_compute_days(training_compute: Flop) -> PetaflopDay:
    """The measure in which large trainings are published."""
    return convert(training_compute, Flop, PetaflopDay)
