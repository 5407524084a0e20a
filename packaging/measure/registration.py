"""Registering two volumes rigidly by SimpleITK on one core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import SimpleITK

from measure.phantoms import slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

EDGE: Final = 128
STEPS: Final = 100
SHRINK: Final = (4, 2, 1)
SMOOTH: Final = (2, 1, 0)
SAMPLED: Final = 0.1


def measure() -> Iterator[Row]:
    """Yield the cost of one pair of volumes."""
    SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    fixed = SimpleITK.GetImageFromArray(slices(EDGE, EDGE, seed=1).astype(np.float32))
    moving = SimpleITK.GetImageFromArray(np.roll(slices(EDGE, EDGE, seed=2), (3, 2, 4), (0, 1, 2)).astype(np.float32))
    said = f"{EDGE} cubed, mutual information of {SAMPLED:.0%} of the voxels, three levels of {STEPS} steps at most"
    yield cost(
        "rigid registration",
        lambda: rigid(fixed, moving),
        unit="s/pair",
        repeats=3,
        software=("SimpleITK",),
        conditions=said,
    )


def rigid(fixed: SimpleITK.Image, moving: SimpleITK.Image) -> SimpleITK.Transform:
    """Return the turn and the shift that lay one volume on the other."""
    found = SimpleITK.ImageRegistrationMethod()
    found.SetMetricAsMattesMutualInformation(32)
    found.SetMetricSamplingStrategy(found.RANDOM)
    found.SetMetricSamplingPercentage(SAMPLED, 1)
    found.SetInterpolator(SimpleITK.sitkLinear)
    found.SetShrinkFactorsPerLevel(SHRINK)
    found.SetSmoothingSigmasPerLevel(SMOOTH)
    found.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-4, STEPS)
    found.SetOptimizerScalesFromPhysicalShift()
    start = SimpleITK.CenteredTransformInitializer(fixed, moving, SimpleITK.Euler3DTransform())
    found.SetInitialTransform(start, inPlace=False)
    return found.Execute(fixed, moving)
