"""nnU-Net's default augmentation of 3-D patches, as its trainer composes it, by batchgeneratorsv2 on one core."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, Final

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
from batchgeneratorsv2.transforms.utils.compose import ComposeTransforms
from batchgeneratorsv2.transforms.utils.deep_supervision_downsampling import DownsampleSegForDSTransform
from batchgeneratorsv2.transforms.utils.random import RandomTransform
from batchgeneratorsv2.transforms.utils.remove_label import RemoveLabelTansform

from measure.timing import Row, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PATCHES: Final = (128, 96)
CHANNELS: Final = (1, 2, 4)
BLOCKS: Final = 7
IN_A_BLOCK: Final = 16
TURN: Final = math.pi / 6
SMALLEST_SCALE: Final = 0.85
SICK: Final = 0.1
"""Share of the voxels that bear a label."""
SOFTWARE: Final = ("batchgeneratorsv2", "torch", "numpy", "scipy")


def measure() -> Iterator[Row]:
    """Yield the cost of a patch by its edge and channels; of blocks of patches, since each draws its own luck."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    generator = np.random.default_rng(1)
    np.random.seed(1)  # noqa: NPY002  # the library draws from the old generator
    for edge in PATCHES:
        wide = cut_edge(edge)
        for channels in CHANNELS:
            image = torch.from_numpy(generator.standard_normal((channels, wide, wide, wide), dtype=np.float32))
            labels = torch.from_numpy((generator.random((1, wide, wide, wide)) < SICK).astype(np.int16))
            transforms = composed(edge)
            transforms(image=image, segmentation=labels)
            spent = []
            for _ in range(BLOCKS):
                start = time.process_time()
                for _ in range(IN_A_BLOCK):
                    transforms(image=image, segmentation=labels)
                spent.append((time.process_time() - start) / IN_A_BLOCK)
            yield row_of(
                f"augmented patch {edge}x{edge}x{edge} of {channels} channels",
                spent,
                unit="s/patch",
                software=SOFTWARE,
                conditions=f"means of {IN_A_BLOCK} patches cut from {wide} cubed; loading and cutting are not in it",
            )


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


def composed(edge: int) -> ComposeTransforms:
    """Return the transforms of nnU-Net's default trainer for an isotropic 3-D patch, with six levels of labels."""
    contrast = BGContrast((0.75, 1.25))
    chances: tuple[tuple[Any, float], ...] = (
        (GaussianNoiseTransform(noise_variance=(0, 0.1), p_per_channel=1, synchronize_channels=True), 0.1),
        (
            GaussianBlurTransform(
                blur_sigma=(0.5, 1.0),
                synchronize_channels=False,
                synchronize_axes=False,
                p_per_channel=0.5,
                benchmark=True,
            ),
            0.2,
        ),
        (
            MultiplicativeBrightnessTransform(multiplier_range=contrast, synchronize_channels=False, p_per_channel=1),
            0.15,
        ),
        (
            ContrastTransform(
                contrast_range=contrast, preserve_range=True, synchronize_channels=False, p_per_channel=1
            ),
            0.15,
        ),
        (
            SimulateLowResolutionTransform(
                scale=(0.5, 1), synchronize_channels=False, synchronize_axes=True, ignore_axes=(), p_per_channel=0.5
            ),
            0.25,
        ),
        (gamma(invert=True), 0.1),
        (gamma(invert=False), 0.3),
    )
    return ComposeTransforms(
        [
            SpatialTransform(
                (edge, edge, edge),
                patch_center_dist_from_border=0,
                random_crop=False,
                p_elastic_deform=0,
                p_rotation=0.2,
                rotation=(-TURN, TURN),
                p_scaling=0.2,
                scaling=(0.7, 1.4),
                p_synchronize_scaling_across_axes=1,
                bg_style_seg_sampling=False,
            ),
            *(RandomTransform(transform, apply_probability=chance) for transform, chance in chances),
            MirrorTransform(allowed_axes=(0, 1, 2)),
            RemoveLabelTansform(-1, 0),
            DownsampleSegForDSTransform(ds_scales=[[1 / 2**level] * 3 for level in range(5)]),
        ]
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
