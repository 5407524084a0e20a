"""Activations of networks on volumes: by patch, channels, levels, batch and precision."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model

Run = Callable[..., Evaluation]
UNET = {
    "patches": 2.0,
    "patch_depth": 128.0,
    "patch_height": 128.0,
    "patch_width": 128.0,
    "base_channels": 32.0,
    "volume_levels": 6.0,
    "kept_maps": 10.0,
    "kept_value_bytes": 2.0,
}


def activations(model: Model, **given: float) -> float:
    values = {name: np.array([number]) for name, number in (UNET | {"level_share": 0.25} | given).items()}
    return model.evaluate(values, want=["volume_activations"]).at("volume_activations", 0)


def test_that_all_levels_of_all_patches_are_summed(model: Model) -> None:
    """By hand: 2 x 128^3 x 32 channels x 10 sets x 2 bytes x (1 + 1/4 + 1/16 ...) for six levels."""
    by_hand = sum(2 * (128 / 2**level) ** 3 * 32 * 2**level * 10 * 2 for level in range(6)) / 1e9
    assert activations(model) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    "word", ["patch_depth", "patch_height", "patch_width", "patches", "base_channels", "kept_maps"]
)
def test_that_twice_an_axis_the_batch_or_the_channels_is_twice_the_memory(model: Model, word: str) -> None:
    assert activations(model, **{word: 2 * UNET[word]}) == pytest.approx(2 * activations(model))


def test_that_full_precision_takes_twice_what_half_takes(model: Model) -> None:
    assert activations(model, kept_value_bytes=4) == pytest.approx(2 * activations(model))


def test_that_further_levels_add_ever_less(model: Model) -> None:
    sizes = [activations(model, volume_levels=levels) for levels in range(1, 8)]
    steps = np.diff(sizes)
    assert (steps > 0).all()
    assert steps[1:] == pytest.approx(steps[:-1] / 4)


def test_that_without_a_volume_there_is_nothing(model: Model) -> None:
    assert activations(model, patch_depth=0) == activations(model, volume_levels=0) == 0


@pytest.mark.parametrize(
    ("network", "gigabytes"), [("standard", 7.70), ("resenc-m", 9.1), ("resenc-l", 22.7), ("resenc-xl", 36.6)]
)
def test_that_the_presets_take_the_memory_that_they_are_planned_for(run: Run, network: str, gigabytes: float) -> None:
    evaluation = run("nnunet-3d-training", ["gpu_memory_needed"], network=network)
    assert evaluation.at("gpu_memory_needed", 0) == pytest.approx(gigabytes, rel=0.15)


def test_that_twice_the_edge_is_about_eight_times_the_activations(run: Run) -> None:
    small, large = (run("nnunet-3d-training", ["activations_memory"], patch_edge=edge) for edge in (96, 192))
    assert large.at("activations_memory", 0) == pytest.approx(8 * small.at("activations_memory", 0))
