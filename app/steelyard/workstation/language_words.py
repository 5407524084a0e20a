"""The words in which a workload file describes a transformer: what it caches, what training it holds, who asks it."""

from __future__ import annotations

from typing import Any, Final

from steelyard.units import BytePerParameter, BytePerToken, Count, Gigabyte, PerStage, Present, Ratio, Sample, Token

INFINITE: Final = float("inf")

LANGUAGE_STAGE: Final[tuple[tuple[str, str, Any, str, float], ...]] = (
    (
        "prompt_stage",
        "Reads the prompt",
        PerStage[Present],
        "1 for a stage that reads prompts before an answer begins, 0 for one that writes tokens.",
        0.0,
    ),
)
"""Of a stage: name, label, unit, description, default."""

LANGUAGE: Final[tuple[tuple[str, str, Any, str, float], ...]] = (
    # --- training
    (
        "trainable_parameters",
        "Share of the parameters that is trained",
        Ratio,
        "1 when all are; with low-rank adapters their size over the model's, some 0.002 to 0.02; 0 for serving.",
        1.0,
    ),
    (
        "adapter_bytes",
        "Bytes of an adapter's parameter",
        BytePerParameter,
        "Adapters lie beside the frozen weights: 2 in 16 bits; 0 when all parameters are trained.",
        0.0,
    ),
    (
        "sharding_stage",
        "Stage of sharding",
        Count,
        "What the cards share out instead of each holding all: 1 optimiser state, 2 gradients too, 3 weights too.",
        0.0,
    ),
    ("training_layers", "Layers of the transformer", Count, "Layers whose activations training holds.", 0.0),
    ("training_sequences", "Sequences of a step", Count, "Sequences that a card trains on at once.", 1.0),
    ("sequence_length", "Length of a sequence", Count, "Tokens of a training sequence.", 0.0),
    ("attention_heads", "Attention heads", Count, "Heads of the queries.", 0.0),
    ("vocabulary_size", "Vocabulary", Count, "Tokens that the last layer tells apart.", 0.0),
    (
        "fused_attention",
        "Fused attention",
        Present,
        "1 when the scores of all pairs of tokens are never stored (flash attention), 0 when they are.",
        1.0,
    ),
    (
        "checkpointing",
        "Activation checkpointing",
        Present,
        "1 when only the inputs of layers are kept and the rest is computed again, 0 when all is kept.",
        0.0,
    ),
    # --- the cache
    ("attention_layers", "Layers with a cache", Count, "Layers that keep keys and values, or a latent of them.", 0.0),
    (
        "global_share",
        "Share of layers that see all",
        Ratio,
        "1 without sliding windows; with them, layers that see the whole context over all layers with a cache.",
        1.0,
    ),
    ("attention_window", "Sliding window", Token, "Tokens that the other layers see.", INFINITE),
    (
        "kv_heads",
        "Key-value heads",
        Count,
        "Of a layer: as many as query heads, or fewer when queries share them.",
        0.0,
    ),
    ("head_size", "Numbers of a head", Count, "Size of a key and of a value.", 0.0),
    (
        "latent_size",
        "Numbers of a latent",
        Count,
        "With latent attention: the compressed vector and the part that carries the position; 0 without.",
        0.0,
    ),
    (
        "hidden_size",
        "Width of the model",
        Count,
        "Numbers of a token between layers; keys and values of all heads are no larger.",
        0.0,
    ),
    ("cached_number_bytes", "Bytes of a cached number", BytePerToken, "For each token: 2 in 16 bits, 1 in 8.", 2.0),
    ("state_memory", "State of a sequence", Gigabyte, "What layers without a cache keep of a sequence (Mamba).", 0.0),
    (
        "attention_unknown",
        "Attention not known",
        Present,
        "1 when the architecture of the attention is not known: the cache is then an upper bound.",
        0.0,
    ),
    # --- who asks
    ("sequences", "Sequences at once", Count, "Conversations whose caches lie on the cards at the same time.", 1.0),
    ("context_tokens", "Context", Token, "Tokens that a conversation may hold.", 0.0),
    ("prompt_samples", "Tokens of a prompt", Sample, "Tokens that are read before an answer begins.", 0.0),
    ("answer_samples", "Tokens of an answer", Sample, "Samples, each a token, that an answer takes.", 0.0),
)
"""Of a whole workload: name, label, unit, description, default."""
