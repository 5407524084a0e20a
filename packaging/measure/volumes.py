"""Resampling volumes, and packing and unpacking them."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

import blosc2
import numpy as np
from scipy import ndimage
from skimage.transform import resize

from measure.phantoms import slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHAPE: Final = (80, 256, 256)
TARGET: Final = (100, 205, 205)
MILLION: Final = 1e6
CHUNK: Final = (64, 64, 64)
BLOCK: Final = (32, 32, 32)
PATCH: Final = 192
BONE: Final = 100
"""Hounsfield units above which a voxel bears the label."""


def measure() -> Iterator[Row]:
    """Yield the cost of resampling a million voxels, and of packing and unpacking a megabyte."""
    yield from resampling()
    yield from packing()
    yield patch()


def resampling() -> Iterator[Row]:
    """Yield the cost of a million voxels that come out, by order and library."""
    volume = slices(SHAPE[0], SHAPE[1]).astype(np.float32)
    label = (volume > BONE).astype(np.float32)
    zoom = np.divide(TARGET, SHAPE)
    works: tuple[tuple[str, Callable[[], object], int, str], ...] = (
        (
            "third order, skimage",
            lambda: resize(volume, TARGET, 3, anti_aliasing=False),
            5,
            "scikit-image",
        ),
        ("third order, scipy", lambda: ndimage.zoom(volume, zoom, order=3, mode="nearest"), 5, "scipy"),
        ("one label, first order, skimage", lambda: resize(label, TARGET, 1, anti_aliasing=False), 9, "scikit-image"),
        ("nearest neighbour, scipy", lambda: ndimage.zoom(label, zoom, order=0, mode="nearest"), 9, "scipy"),
    )
    for name, work, repeats, package in works:
        yield cost(
            f"resampling, {name}",
            work,
            unit="s/Mvoxel",
            per=float(np.prod(TARGET)) / MILLION,
            repeats=repeats,
            software=(package, "numpy"),
            conditions=f"{SHAPE} to {TARGET} voxels, 32-bit floats; counted by voxels out",
        )


def packing() -> Iterator[Row]:
    """Yield the cost of a megabyte of 16-bit CT, packed and unpacked, by method; megabytes count unpacked."""
    raw = slices(24).tobytes()
    fast, usual, zipped = zlib.compress(raw, 1), zlib.compress(raw, 6), gzip.compress(raw, 6)
    works: tuple[tuple[str, Callable[[], object], bytes], ...] = (
        ("zlib level 1, packing", lambda: zlib.compress(raw, 1), fast),
        ("zlib level 1, unpacking", lambda: zlib.decompress(fast), fast),
        ("zlib level 6, packing", lambda: zlib.compress(raw, 6), usual),
        ("zlib level 6, unpacking", lambda: zlib.decompress(usual), usual),
        ("gzip, unpacking (a .nii.gz)", lambda: gzip.decompress(zipped), zipped),
    )
    for name, work, packed in works:
        said = f"16-bit CT with noise, 1 : {len(raw) / len(packed):.2f}; zlib {zlib.ZLIB_RUNTIME_VERSION}"
        yield cost(name, work, unit="s/MB", per=len(raw) / MILLION, repeats=7, conditions=said)


def patch() -> Row:
    """Return the cost of a patch, unpacked from a volume in the format in which nnU-Net keeps its cases."""
    packed = blosc2.asarray(
        slices(256, 256, seed=2).astype(np.float32),
        chunks=CHUNK,
        blocks=BLOCK,
        cparams=blosc2.CParams(codec=blosc2.Codec.ZSTD, clevel=8, nthreads=1),
        dparams=blosc2.DParams(nthreads=1),
    )
    cut = (slice(30, 30 + PATCH),) * 3
    return cost(
        f"patch of {PATCH} cubed unpacked by Blosc2",
        lambda: packed[cut],
        unit="s/patch",
        software=("blosc2",),
        conditions=f"of 256 cubed in memory, 32-bit floats, zstd, chunks of {CHUNK}, 1 : {packed.schunk.cratio:.2f}",
    )
