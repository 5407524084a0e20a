"""Pictures, volumes and texts that are made up, alike in noise and size to those of a clinic; no patient is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AIR, _FAT, _ORGAN, _BONE = -1000, -90, 50, 700


def slices(count: int, edge: int = 512, noise: float = 15, seed: int = 1) -> NDArray[np.int16]:
    """Return CT slices (count, edge, edge) in Hounsfield units: a body in air, organs, bone, and noise."""
    generator = np.random.default_rng(seed)
    line = np.linspace(-1, 1, edge, dtype=np.float32)
    y, x = line[:, None], line[None, :]
    body = np.full((edge, edge), _AIR, np.float32)
    body[(x / 0.85) ** 2 + (y / 0.6) ** 2 < 1] = _FAT
    body[(x / 0.75) ** 2 + (y / 0.5) ** 2 < 1] = _ORGAN
    for cx, cy, radius, level in (
        (0, 0.35, 0.1, _BONE),
        (0.35, -0.1, 0.2, 110),
        (-0.3, -0.1, 0.25, -850),
        (0, -0.15, 0.08, 150),
    ):
        body[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = level
    out = np.empty((count, edge, edge), np.int16)
    for index in range(count):
        grain: NDArray[np.floating] = generator.standard_normal((edge, edge), dtype=np.float32)
        # a reconstruction kernel smooths the noise a little and leaves air quiet
        grain = (grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1) + np.roll(grain, (1, 1), (0, 1))) / 2
        quiet = np.where(body <= _AIR, 0.3, 1)
        out[index] = np.round(np.roll(body, index, 1) + noise * quiet * grain)
    return out


def photograph(height: int, width: int, seed: int = 1, grain: float = 0.02) -> NDArray[np.uint8]:
    """Return a colour picture (height, width, 3) whose detail falls with frequency as that of photographs does."""
    generator = np.random.default_rng(seed)
    fy, fx = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :]
    fall = 1 / np.maximum(np.hypot(fy, fx), 1 / max(height, width)) ** 1.1
    layers = []
    shared = generator.standard_normal((height, width))
    for _ in range(3):
        own = 0.7 * shared + 0.3 * generator.standard_normal((height, width))
        layer = np.fft.irfft2(np.fft.rfft2(own) * fall, (height, width))
        layers.append((layer - layer.mean()) / layer.std())
    picture = np.stack(layers, -1) + grain * generator.standard_normal((height, width, 3))
    return np.clip(128 + 55 * picture, 0, 255).astype(np.uint8)


def notes(words: int, seed: int = 1) -> str:
    """Return text in the manner of clinical notes: words by Zipf's law, numbers, short sentences."""
    generator = np.random.default_rng(seed)
    pieces = ("car", "di", "o", "my", "pa", "thy", "ne", "phro", "ste", "no", "sis", "hyper", "ten", "sion", "he", "mo",
              "glo", "bin", "pul", "mo", "na", "ry", "in", "fil", "trate", "ab", "do", "men", "le", "sion", "the", "of",
              "an", "ti", "co", "ag", "u", "lant", "thor", "ax", "dys", "pnea", "ede", "ma", "ver", "te")  # fmt: skip
    ranks = 1 / np.arange(1, 20001)
    vocabulary = ["".join(generator.choice(pieces, generator.integers(1, 5))) for _ in ranks]
    drawn = generator.choice(len(vocabulary), words, p=ranks / ranks.sum())
    sentences, line = [], []
    for index, word in enumerate(drawn):
        line.append(vocabulary[word] if index % 11 else f"{generator.integers(1, 400)} mg")
        if len(line) > generator.integers(5, 16):
            sentences.append(" ".join(line).capitalize() + ".")
            line = []
    return " ".join(sentences)
