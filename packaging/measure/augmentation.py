"""nnU-Net's default augmentation of 3-D patches by batchgeneratorsv2 on one core: each step by its chance."""

from __future__ import annotations

import math
import statistics
import time
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from batchgeneratorsv2.transforms.intensity.brightness import MultiplicativeBrightnessTransform
from batchgeneratorsv2.transforms.intensity.contrast import BGContrast, ContrastTransform
from batchgeneratorsv2.transforms.intensity.gamma import GammaTransform
from batchgeneratorsv2.transforms.intensity.gaussian_noise import GaussianNoiseTransform
from batchgeneratorsv2.transforms.noise.gaussian_blur import GaussianBlurTransform
from batchgeneratorsv2.transforms.spatial.low_resolution import SimulateLowResolutionTransform
from batchgeneratorsv2.transforms.spatial.mirroring import MirrorTransform
from batchgeneratorsv2.transforms.spatial.spatial import SpatialTransform
from batchgeneratorsv2.transforms.utils.deep_supervision_downsampling import DownsampleSegForDSTransform
from batchgeneratorsv2.transforms.utils.remove_label import RemoveLabelTansform

from measure.timing import Row, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from batchgeneratorsv2.transforms.base.basic_transform import BasicTransform

PATCHES: Final = (128, 96)
CHANNELS: Final = (1, 2, 4)
RUNS: Final = 20
WARM: Final = 3
"""Of each transform, after a few that warm up: what it does, and to which channels, is drawn anew in each."""
TURN: Final = math.pi / 6
SMALLEST_SCALE: Final = 0.85
TURNED: Final = 1 - 0.8 * 0.8
"""Share of the patches that are turned, scaled or both: one interpolation either way."""
SICK: Final = 0.1
"""Share of the voxels that bear a label."""
SOFTWARE: Final = ("batchgeneratorsv2", "torch", "numpy", "scipy")


def measure() -> Iterator[Row]:
    """Yield the mean cost of a patch by its edge and channels, and what its transforms take of it."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    np.random.seed(1)  # noqa: NPY002  # the library draws from the old generator
    for edge in PATCHES:
        for channels in CHANNELS:
            yield weighed(edge, channels)


def weighed(edge: int, channels: int) -> Row:
    """Return the mean cost of a patch: chance times mean of each transform; low and high are two standard errors away.

    Most patches meet few transforms and some meet many, so whole patches would need to be counted by the hundred.
    """
    wide, generator = cut_edge(edge), np.random.default_rng(1)
    image = torch.from_numpy(generator.standard_normal((channels, wide, wide, wide), dtype=np.float32))
    labels = torch.from_numpy((generator.random((1, wide, wide, wide)) < SICK).astype(np.int16))
    mean, variance, shares = 0.0, 0.0, []
    cut = turned(edge, chance=0)(image=image, segmentation=labels)
    for name, transform, chance in transforms(edge):
        given = (image, labels) if isinstance(transform, SpatialTransform) else (cut["image"], cut["segmentation"])
        spent = times(transform, *given)
        mean += chance * statistics.fmean(spent)
        variance += chance**2 * statistics.variance(spent) / RUNS
        shares.append(f"{name} {chance * statistics.fmean(spent) * 1000:.0f}")
    error = 2 * math.sqrt(variance)
    return Row(
        f"augmented patch {edge}x{edge}x{edge} of {channels} channels",
        mean,
        mean - error,
        mean + error,
        "s/patch",
        RUNS,
        row_of("", [mean], unit="", software=SOFTWARE, conditions="").software,
        f"cut from {wide} cubed, without loading; a mean with two standard errors; ms: {', '.join(shares)}",
    )


def times(transform: BasicTransform, image: torch.Tensor, labels: torch.Tensor) -> list[float]:
    """Return the processor time of each run of a transform, on a fresh copy that is not counted."""
    spent = []
    for run in range(WARM + RUNS):
        picture, label = image.clone(), labels.clone()
        start = time.process_time()
        transform(image=picture, segmentation=label)
        if run >= WARM:
            spent.append(time.process_time() - start)
    return spent


def cut_edge(edge: int) -> int:
    """Return the edge of the cube that is cut, so that turned and shrunk patches see no border."""
    half = np.array([edge / 2] * 3)
    widest = half.copy()
    cosine, sine = math.cos(TURN), math.sin(TURN)
    turns = (
        np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]]),
        np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]]),
        np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]]),
    )
    for turn in turns:
        widest = np.maximum(widest, np.abs(half @ turn))
    return int(2 * widest.max() / SMALLEST_SCALE)


def turned(edge: int, chance: float) -> SpatialTransform:
    """Return the transform that turns and scales a patch with this chance, and cuts it out otherwise."""
    return SpatialTransform(
        (edge, edge, edge),
        patch_center_dist_from_border=0,
        random_crop=False,
        p_elastic_deform=0,
        p_rotation=chance,
        rotation=(-TURN, TURN),
        p_scaling=chance,
        scaling=(0.7, 1.4),
        p_synchronize_scaling_across_axes=1,
        bg_style_seg_sampling=False,
    )


def transforms(edge: int) -> tuple[tuple[str, BasicTransform, float], ...]:
    """Return name, transform and chance, of nnU-Net's default trainer for an isotropic 3-D patch."""
    contrast = BGContrast((0.75, 1.25))
    blur = GaussianBlurTransform(
        blur_sigma=(0.5, 1.0), synchronize_channels=False, synchronize_axes=False, p_per_channel=0.5, benchmark=True
    )
    coarse = SimulateLowResolutionTransform(
        scale=(0.5, 1), synchronize_channels=False, synchronize_axes=True, ignore_axes=(), p_per_channel=0.5
    )
    bright = MultiplicativeBrightnessTransform(multiplier_range=contrast, synchronize_channels=False, p_per_channel=1)
    steep = ContrastTransform(contrast_range=contrast, preserve_range=True, synchronize_channels=False, p_per_channel=1)
    levels = DownsampleSegForDSTransform(ds_scales=[[1 / 2**level] * 3 for level in range(5)])
    return (
        ("turn", turned(edge, chance=1), TURNED),
        ("cut", turned(edge, chance=0), 1 - TURNED),
        ("noise", GaussianNoiseTransform((0, 0.1), p_per_channel=1, synchronize_channels=True), 0.1),
        ("blur", blur, 0.2),
        ("brightness", bright, 0.15),
        ("contrast", steep, 0.15),
        ("low resolution", coarse, 0.25),
        ("gamma of the negative", gamma(invert=True), 0.1),
        ("gamma", gamma(invert=False), 0.3),
        ("mirror", MirrorTransform(allowed_axes=(0, 1, 2)), 1),
        ("labels", RemoveLabelTansform(-1, 0), 1),
        ("levels", levels, 1),
    )


def gamma(*, invert: bool) -> GammaTransform:
    """Return the change of gamma, of the image or of its negative."""
    return GammaTransform(
        gamma=BGContrast((0.7, 1.5)),
        p_invert_image=int(invert),
        synchronize_channels=False,
        p_per_channel=1,
        p_retain_stats=1,
    )
