"""Radiomics of one lesion by PyRadiomics: its standard features, and the same with filtered images."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import numpy as np
import SimpleITK
from radiomics import featureextractor

from measure.phantoms import slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

EDGE: Final = 160
RADII: Final = (10, 15, 25)
SOFTWARE: Final = ("pyradiomics", "SimpleITK", "numpy", "PyWavelets")


def measure() -> Iterator[Row]:
    """Yield the cost of a lesion by its size; the middle one with wavelets and Laplacians too."""
    logging.getLogger("radiomics").setLevel(logging.ERROR)
    SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    volume = slices(EDGE, EDGE)
    image = SimpleITK.GetImageFromArray(volume)
    for radius in RADII:
        mask, voxels = ball(radius)
        yield cost(
            f"radiomics of a lesion of {2 * radius} mm, original image",
            lambda mask=mask: plain().execute(image, mask),  # type: ignore[misc]
            unit="s/case",
            repeats=5,
            software=SOFTWARE,
            conditions=f"{voxels} voxels of 1 mm in {EDGE} cubed; all classes of features, bins of 25",
        )
    mask, voxels = ball(RADII[1])
    yield cost(
        f"radiomics of a lesion of {2 * RADII[1]} mm, with filtered images",
        lambda: filtered().execute(image, mask),
        unit="s/case",
        repeats=3,
        software=SOFTWARE,
        conditions=f"{voxels} voxels; original, 8 wavelets, Laplacians of 1, 2 and 3 mm; all classes, bins of 25",
    )


def ball(radius: int) -> tuple[SimpleITK.Image, int]:
    """Return a mask of a ball in the middle, and the number of its voxels."""
    z, y, x = np.mgrid[:EDGE, :EDGE, :EDGE] - EDGE // 2
    inside = (x**2 + y**2 + z**2 <= radius**2).astype(np.uint8)
    return SimpleITK.GetImageFromArray(inside), int(inside.sum())


def plain() -> featureextractor.RadiomicsFeatureExtractor:
    """Return the extractor of the original image."""
    return featureextractor.RadiomicsFeatureExtractor(binWidth=25)


def filtered() -> featureextractor.RadiomicsFeatureExtractor:
    """Return the extractor of the original and of filtered images."""
    extractor = plain()
    extractor.enableImageTypeByName("Wavelet")
    extractor.enableImageTypeByName("LoG", customArgs={"sigma": [1.0, 2.0, 3.0]})
    return extractor
