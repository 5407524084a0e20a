"""Language models: what training holds of their activations, what their users' contexts take, how fast they answer.

The cache is counted by the architecture of the attention: keys and values of all heads (MHA), of fewer (GQA), a latent
in their place (MLA), a sliding window in some layers, a fixed state without a cache (Mamba). Where the architecture is
not known the cache is an upper bound, and a finding says so.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    Byte,
    BytePerToken,
    Count,
    Gibibyte,
    Gigabyte,
    PerStage,
    Present,
    Ratio,
    Sample,
    SamplePerSecond,
    Second,
    SecondPerSample,
    Token,
)

# --- what training holds


@quantity("Tokens of a step, a card", source="activation-memory")
def step_tokens(training_sequences: Count, sequence_length: Count) -> Count:
    """Every token of every sequence has its own activations."""
    return training_sequences * sequence_length


@quantity("Scores of a layer", source="activation-memory")
def layer_scores(
    step_tokens: Count, sequence_length: Count, attention_heads: Count, fused_attention: Present, score_bytes: Byte
) -> Gigabyte:
    """Each head compares each token with each: the one part that grows with the square; fused attention stores none."""
    pairs = (1 - fused_attention) * step_tokens * sequence_length * attention_heads
    return convert(pairs * score_bytes, Byte, Gigabyte)


@quantity("Activations of a layer", source="activation-memory")
def layer_activations(
    step_tokens: Count, hidden_size: Count, layer_activation_bytes: Byte, layer_scores: Gigabyte
) -> Gigabyte:
    """Outputs of norms, projections, attention and feed-forward of one layer, kept for the way back."""
    return convert(step_tokens * hidden_size * layer_activation_bytes, Byte, Gigabyte) + layer_scores


@quantity("Inputs of a layer", source="activation-memory")
def layer_inputs(step_tokens: Count, hidden_size: Count, layer_input_bytes: Byte) -> Gigabyte:
    """What checkpointing keeps of a layer, to compute the rest again."""
    return convert(step_tokens * hidden_size * layer_input_bytes, Byte, Gigabyte)


@quantity("Logits", source="activation-memory")
def logits_memory(step_tokens: Count, vocabulary_size: Count, logit_bytes: Byte) -> Gigabyte:
    """A number for each token of the vocabulary, in FP32 for the loss, and its gradient."""
    return convert(step_tokens * vocabulary_size * logit_bytes, Byte, Gigabyte)


@quantity("Activations of the transformer, whole model", source="activation-memory")
def transformer_whole(
    training_layers: Count,
    layer_activations: Gigabyte,
    layer_inputs: Gigabyte,
    checkpointing: Present,
    logits_memory: Gigabyte,
) -> Gigabyte:
    """All layers', or with checkpointing their inputs and one layer at a time."""
    kept = np.minimum(training_layers * layer_inputs + layer_activations, training_layers * layer_activations)
    return when(checkpointing - 1, kept, training_layers * layer_activations) + logits_memory


@quantity("Activations of the transformer", source="activation-memory")
def transformer_activations(transformer_whole: Gigabyte, model_parts: Count) -> Gigabyte:
    """Split with the layers."""
    return transformer_whole / model_parts


# --- what a context takes


@quantity("Numbers cached of a token, a layer", source="kv-cache")
def cached_numbers(
    kv_heads: Count,
    head_size: Count,
    latent_size: Count,
    hidden_size: Count,
    attention_heads: Count,
    attention_unknown: Present,
) -> Count:
    """Key and value of each key-value head, or one latent for both; unknown, key and value of the full width."""
    known = when(latent_size - 1, latent_size, 2 * kv_heads * head_size)
    bound = 2 * np.maximum(hidden_size, attention_heads * head_size)
    return when(attention_unknown - 1, np.maximum(bound, known), known)


@quantity("Cache of a token, a layer", source="kv-cache")
def layer_token_cache(cached_numbers: Count, cached_number_bytes: BytePerToken) -> BytePerToken:
    """As many bytes as the cache's precision takes for each number."""
    return cached_numbers * cached_number_bytes


@quantity("Layers that see the whole context", source="kv-cache")
def global_layers(attention_layers: Count, global_share: Ratio, attention_unknown: Present) -> Count:
    """All of them without sliding windows, and where the architecture is not known."""
    return attention_layers * when(attention_unknown - 1, 1, global_share)


@quantity("Cache of a sequence", source="kv-cache")
def sequence_cache(
    layer_token_cache: BytePerToken,
    attention_layers: Count,
    global_layers: Count,
    context_tokens: Token,
    attention_window: Token,
    kv_bytes_per_token: BytePerToken,
    state_memory: Gigabyte,
) -> Gigabyte:
    """Global layers keep the whole context, others their window, a state its size; or as stated for a token at once."""
    seen = np.minimum(context_tokens, attention_window)
    kept = global_layers * context_tokens + (attention_layers - global_layers) * seen
    return convert(layer_token_cache * kept + kv_bytes_per_token * context_tokens, Byte, Gigabyte) + state_memory


@quantity("Cache of a sequence, binary", source="kv-cache")
def sequence_cache_binary(sequence_cache: Gigabyte) -> Gibibyte:
    """The same amount as drivers and most calculators show it."""
    return convert(sequence_cache, Gigabyte, Gibibyte)


@quantity("Room for caches, a card", source="steelyard-pipeline")
def sequences_room(
    gpu_memory: Gigabyte,
    model_state_memory: Gigabyte,
    activations_memory: Gigabyte,
    memory_fragmentation: Ratio,
    communication_memory: Gigabyte,
    framework_use: Gigabyte,
) -> Gigabyte:
    """What the rest leaves, less the gaps that the caches bring with them."""
    rest = (1 + memory_fragmentation) * (model_state_memory + activations_memory)
    left = gpu_memory - rest - communication_memory - framework_use
    return np.maximum(left, 0) / (1 + memory_fragmentation)


@quantity("Sequences that memory holds", source="steelyard-pipeline")
def sequences_held(
    gpu_count: Count, sequences_room: Gigabyte, sequence_cache: Gigabyte, sequences: Count, model_parts: Count
) -> Count:
    """Full contexts that fit beside the weights; beyond them requests wait; without cache or card as many as asked."""
    held = np.floor(sequences_room * model_parts / sequence_cache)
    return when(gpu_count - 1, when(-sequence_cache, sequences, held), sequences)


# --- how fast it answers


@quantity("Time to read a prompt", source="steelyard-pipeline")
def prompt_time(
    stages: PerStage[Present],
    prompt_stage: PerStage[Present],
    stage_engine_time: PerStage[SecondPerSample],
    answer_samples: Sample,
) -> Second:
    """Work on prompts is shared out over the tokens of their answers; all of it comes before the first of them."""
    reading = total_over(stages, when(prompt_stage - 1, stage_engine_time, 0))
    return when(-answer_samples, 0, reading * answer_samples)


@quantity("Time of a step of writing", source="steelyard-pipeline")
def write_time(
    stages: PerStage[Present],
    prompt_stage: PerStage[Present],
    stage_engine_time: PerStage[SecondPerSample],
    step_samples: Sample,
    answer_samples: Sample,
) -> Second:
    """A step writes one token for every sequence at once; work that is no answer has none."""
    writing = total_over(stages, when(-prompt_stage, stage_engine_time, 0))
    return when(-answer_samples, 0, writing * step_samples)


@quantity("Tokens read a second", source="steelyard-pipeline")
def reading_rate(prompt_samples: Sample, prompt_time: Second) -> SamplePerSecond:
    """How fast prompts go through the model, when nothing is written beside them."""
    return when(-prompt_time, 0, prompt_samples / prompt_time)


@quantity("Tokens written a second, of all", source="steelyard-pipeline")
def writing_rate(step_samples: Sample, write_time: Second) -> SamplePerSecond:
    """How fast all answers together grow, while no prompt is read between the steps."""
    return when(-write_time, 0, step_samples / write_time)


@quantity("Time to the first token, alone", source="steelyard-pipeline")
def first_token_time(prompt_time: Second, write_time: Second) -> Second:
    """The prompt is read, and one step writes the first token; nobody else waits."""
    return prompt_time + write_time


@quantity("Tokens a second, a user", source="steelyard-pipeline")
def user_rate(throughput: SamplePerSecond, sequences: Count) -> SamplePerSecond:
    """All users share the steps, between which others' prompts are read."""
    return throughput / np.maximum(sequences, 1)


@quantity("Time of an answer", source="steelyard-pipeline")
def answer_time(first_token_time: Second, answer_samples: Sample, user_rate: SamplePerSecond) -> Second:
    """The first token, and then one token after the other."""
    return first_token_time + when(-answer_samples, 0, answer_samples / user_rate)


@quantity("Time that the cards are asked for", source="queueing")
def serving_busy(asked_rate: SamplePerSecond, throughput: SamplePerSecond) -> Ratio:
    """Asked over sustained, all of it at most: near it, requests that come at random wait long."""
    return when(-asked_rate, 0, np.minimum(asked_rate / throughput, 1))


@quantity("Time to the first token, half of the requests", source="queueing")
def first_token_half(first_token_time: Second, prompt_time: Second, serving_busy: Ratio) -> Second:
    """Requests come at random, and prompts are read in turn: half of them wait no longer than this."""
    waits = np.log(np.maximum(2 * serving_busy, 1)) / (1 - serving_busy)
    return first_token_time + when(-prompt_time, 0, when(-waits, 0, prompt_time * waits))


@quantity("Time to the first token, all but the last few", source="queueing")
def first_token_late(first_token_time: Second, prompt_time: Second, serving_busy: Ratio, late_share: Ratio) -> Second:
    """As for half of them; the wait of the last few grows without bound as the cards are asked for all their time."""
    waits = np.log(np.maximum(serving_busy / late_share, 1)) / (1 - serving_busy)
    return first_token_time + when(-prompt_time, 0, when(-waits, 0, prompt_time * waits))
