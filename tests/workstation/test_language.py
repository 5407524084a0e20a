"""Language models: caches by architecture, training by what is trained, answers by who waits; what never happens."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model
from steelyard.units import Array
from steelyard.workstation import language

Run = Callable[..., Evaluation]
MODELS = 200
PARTS = (
    "weights_memory",
    "gradients_memory",
    "optimiser_memory",
    "activations_memory",
    "kv_memory",
    "workspace_memory",
    "communication_memory",
    "framework_use",
)
LLAMA = {"attention_layers": 32, "kv_heads": 8, "head_size": 128, "hidden_size": 4096, "attention_heads": 32}
ONLY = {"kv_bytes_per_token": 0, "kv_tokens": 0}


def sequence_gigabytes(run: Run, **said: float) -> float:
    """Cache of a sequence, GB, of the model that the words describe."""
    return run("private-llm-retrieval", ["sequence_cache"], **{**LLAMA, **ONLY, **said}).at("sequence_cache", 0)


@pytest.fixture(scope="module")
def models() -> dict[str, Array]:
    """Random models as they are fine-tuned: their parameters, layers, widths, cards."""
    chance = random.Random(20_261_121)  # noqa: S311  # the same models every time
    drawn = [
        {
            "model_parameters": 10 ** chance.uniform(7, 12),
            "share": 10 ** chance.uniform(-4, -1),
            "gpu_count": chance.randint(1, 8),
            "sharding_stage": chance.randint(0, 3),
            "weights_split": chance.randint(0, 1),
            "sequence_length": 2 ** chance.randint(7, 14),
            "hidden_size": 128 * chance.randint(4, 128),
            "training_layers": chance.randint(2, 128),
            "attention_heads": chance.randint(4, 128),
        }
        for _ in range(MODELS)
    ]
    return {name: np.array([each[name] for each in drawn], dtype=float) for name in drawn[0]}


Evaluate = Callable[..., Array]


@pytest.fixture
def evaluate(model: Model, catalog: Catalog) -> Evaluate:
    """Return what evaluates a quantity for all random models; further inputs are one number, or one a model."""
    constants = {name: np.array([entry.value]) for name, entry in catalog.assumptions.items() if not entry.by}

    def quantity(name: str, models: Mapping[str, Array], **given: Array | float) -> Array:
        values = {**constants, **models, **{key: np.broadcast_to(value, (MODELS,)) for key, value in given.items()}}
        return np.broadcast_to(model.evaluate(values, want=[name]).value(name), (MODELS,))

    return quantity


def state(
    evaluate: Evaluate, models: Mapping[str, Array], weight_bytes: float, share: Array | float, adapters: float
) -> Array:
    """Weights, gradients and optimiser state of a card, GB, with gradients of 2 bytes and Adam of 12."""
    words = {"weight_bytes": weight_bytes, "adapter_bytes": adapters, "gradient_bytes": 2.0, "optimiser_bytes": 12.0}
    return evaluate("model_state_memory", models, trainable_parameters=share, **words)


# --- laws


def test_that_narrow_adapters_never_take_more_than_adapters_nor_these_than_full_training(
    evaluate: Evaluate, models: dict[str, Array]
) -> None:
    narrow = state(evaluate, models, 0.56, models["share"], 2)
    adapters = state(evaluate, models, 2, models["share"], 2)
    full = state(evaluate, models, 2, 1.0, 0)
    assert (narrow <= adapters).all()
    assert (adapters <= full).all()


def test_that_sharding_further_never_takes_more(evaluate: Evaluate, models: dict[str, Array]) -> None:
    def held(stage: float, **other: Array) -> Array:
        return state(evaluate, {**models, "sharding_stage": np.full(MODELS, stage), **other}, 2, 1.0, 0)

    needs = [held(stage) for stage in (0.0, 1.0, 2.0, 3.0)]
    for less, more in zip(needs[1:], needs, strict=False):
        assert (less <= more).all()
    copies = np.zeros(MODELS)
    alone = held(3.0, weights_split=copies, gpu_count=np.ones(MODELS))
    assert held(3.0, weights_split=copies) == pytest.approx(alone / models["gpu_count"])


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"attention_window": 1024, "global_share": 1 / 6},
        {"latent_size": 576},
        {"attention_unknown": 1},
        {"state_memory": 0.2, "attention_layers": 8},
    ],
)
def test_that_more_context_never_needs_less(run: Run, said: dict[str, float]) -> None:
    needs = [sequence_gigabytes(run, context_tokens=tokens, **said) for tokens in (1, 500, 1024, 1025, 8192, 131_072)]
    assert needs == sorted(needs)


def test_that_the_cache_is_linear_in_context_and_in_sequences(run: Run) -> None:
    def cache(context: float, sequences: float) -> float:
        words = {**LLAMA, "context_tokens": context, "sequences": sequences, **ONLY}
        return run("private-llm-retrieval", ["kv_memory"], **words).at("kv_memory", 0)

    one = cache(1000, 1)
    assert one > 0
    assert cache(7000, 1) == pytest.approx(7 * one)
    assert cache(1000, 5) == pytest.approx(5 * one)
    assert cache(7000, 5) == pytest.approx(35 * one)


@pytest.mark.parametrize("cards", [0, 1, 2, 4])
@pytest.mark.parametrize("workload", ["imaging-pipeline", "nnunet-3d-training", "private-llm-retrieval"])
def test_that_the_parts_add_up_to_the_bit(run: Run, workload: str, cards: int) -> None:
    words = {**LLAMA, "context_tokens": 4321, "sequences": 3, "card_exchange": 1, "sharding_stage": 2}
    found = run(workload, [*PARTS, "gpu_memory_needed"], **words, gpu_count=cards)
    assert sum(found.at(name, 0) for name in PARTS) == found.at("gpu_memory_needed", 0)


# --- architectures


def test_that_shared_heads_a_latent_and_windows_take_their_part_of_full_heads(run: Run) -> None:
    full = sequence_gigabytes(run, kv_heads=32, context_tokens=8192)
    assert full == pytest.approx(2 * 32 * 32 * 128 * 2 * 8192 / 1e9)
    assert sequence_gigabytes(run, context_tokens=8192) == pytest.approx(full / 4)
    assert sequence_gigabytes(run, latent_size=576, context_tokens=8192) == pytest.approx(full * 576 / 8192)
    windows = sequence_gigabytes(run, kv_heads=32, context_tokens=8192, attention_window=1024, global_share=0)
    assert windows == pytest.approx(full / 8)


def test_that_an_unknown_architecture_has_an_upper_bound_that_says_so(run: Run) -> None:
    bound = sequence_gigabytes(run, attention_unknown=1, context_tokens=8192, attention_window=1024, global_share=0.1)
    for said in ({"kv_heads": 32}, {}, {"latent_size": 576}, {"attention_window": 1024, "global_share": 0.1}):
        assert bound >= sequence_gigabytes(run, context_tokens=8192, **said)

    def margin(**said: float) -> float:
        found = run("private-llm-retrieval", ["known_attention_margin"], **{**LLAMA, **said})
        return found.at("known_attention_margin", 0)

    assert margin(attention_unknown=1) < 0
    assert margin() >= 0
    assert margin(attention_layers=0) == np.inf


# --- activations of training


def scores(length: float, fused: float) -> float:
    """Scores of a layer, GB, of one sequence."""
    given = (np.array(value) for value in (length, length, 32.0, fused, 5.0))
    return float(language.layer_scores(*given))


def test_that_scores_grow_with_the_square_of_the_length_and_fused_attention_stores_none() -> None:
    assert scores(4096, 0) == pytest.approx(5 * 32 * 4096**2 / 1e9)
    assert scores(8192, 0) == pytest.approx(4 * scores(4096, 0))
    assert scores(8192, 1) == 0


def test_that_activations_with_fused_attention_grow_with_the_length_alone(run: Run) -> None:
    def held(length: float, **said: float) -> float:
        words = {**LLAMA, "training_layers": 32, "sequence_length": length, **said}
        return run("nnunet-3d-training", ["transformer_activations"], **words).at("transformer_activations", 0)

    assert held(8192) == pytest.approx(2 * held(4096))
    assert held(4096) == pytest.approx(34 * 4096 * 4096 * 32 / 1e9)
    assert held(8192, fused_attention=0) > 3 * held(4096, fused_attention=0)
    assert held(4096, training_sequences=4) == pytest.approx(4 * held(4096))
    assert held(4096, checkpointing=1) < held(4096) / 10
    assert held(4096, checkpointing=1, fused_attention=0) < held(4096, fused_attention=0)


def test_that_checkpointing_never_takes_more(evaluate: Evaluate, models: dict[str, Array]) -> None:
    held = [
        evaluate(
            "transformer_activations",
            models,
            checkpointing=mark,
            fused_attention=0.0,
            training_sequences=1.0,
            vocabulary_size=32_000.0,
        )
        for mark in (1.0, 0.0)
    ]
    assert (held[0] <= held[1]).all()


# --- answers


def test_that_memory_holds_as_many_sequences_as_fit_beside_the_weights(run: Run) -> None:
    words = {**LLAMA, "context_tokens": 8192, "sequences": 1, **ONLY}
    held = run("private-llm-retrieval", ["sequences_held"], **words, gpu_count=1).at("sequences_held", 0)
    assert held >= 1
    fits = {**words, "sequences": held}
    over = {**words, "sequences": held + 1}
    assert run("private-llm-retrieval", ["gpu_memory_free"], **fits, gpu_count=1).at("gpu_memory_free", 0) >= 0
    assert run("private-llm-retrieval", ["gpu_memory_free"], **over, gpu_count=1).at("gpu_memory_free", 0) < 0


def test_that_the_first_token_comes_later_the_busier_the_cards() -> None:
    busy = np.array([0.0, 0.2, 0.5, 0.8, 0.95, 1.0])
    alone, prompt = np.full(6, 0.5), np.full(6, 0.4)
    with np.errstate(divide="ignore"):  # cards that are asked for all their time
        waits = language.first_token_late(alone, prompt, busy, np.full(6, 0.05)).tolist()
        halves = language.first_token_half(alone, prompt, busy).tolist()
    assert waits == sorted(waits)
    assert waits[0] == halves[0] == 0.5
    assert waits[-1] == np.inf
    assert all(half <= late for half, late in zip(halves, waits, strict=True))
    # a single server with random arrivals: a share rho exp(-(1 - rho) t / s) of the requests waits longer than t
    beyond = 0.8 * np.exp(-(1 - 0.8) * (waits[3] - 0.5) / 0.4)
    assert beyond == pytest.approx(0.05)


def test_that_prompts_are_read_and_answers_written_at_the_rates_of_their_stages(run: Run) -> None:
    names = ["reading_rate", "writing_rate", "prompt_time", "write_time", "throughput", "user_rate", "answer_time"]
    found = run("private-llm-retrieval", names, prompt=2000, answer=400, users=8)
    assert found.at("reading_rate", 0) == pytest.approx(2000 / found.at("prompt_time", 0))
    assert found.at("writing_rate", 0) == pytest.approx(8 / found.at("write_time", 0))
    assert found.at("throughput", 0) < found.at("writing_rate", 0)  # prompts are read between the steps
    assert found.at("user_rate", 0) == pytest.approx(found.at("throughput", 0) / 8)
    assert found.at("answer_time", 0) > 400 / found.at("user_rate", 0)


def test_that_work_without_answers_has_no_first_token(run: Run) -> None:
    found = run("nnunet-3d-training", ["first_token_time", "first_token_late", "prompt_time"])
    assert [found.at(name, 0) for name in ("first_token_time", "first_token_late", "prompt_time")] == [0, 0, 0]
