"""Registering two volumes by SimpleITK on one core: rigid, and free-form by B-splines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import SimpleITK

from measure.phantoms import slices
from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

EDGE: Final = 128
GRID: Final = 8
SHRINK: Final = (4, 2, 1)
SMOOTH: Final = (2, 1, 0)
SAMPLED: Final = 0.1


def measure() -> Iterator[Row]:
    """Yield the cost of one registration of each kind."""
    SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    fixed = SimpleITK.GetImageFromArray(slices(EDGE, EDGE, seed=1).astype(np.float32))
    moving = SimpleITK.GetImageFromArray(np.roll(slices(EDGE, EDGE, seed=2), (3, 2, 4), (0, 1, 2)).astype(np.float32))
    said = f"{EDGE} cubed, mutual information of {SAMPLED:.0%} of the voxels, three levels"
    yield cost(
        "rigid registration",
        lambda: rigid(fixed, moving),
        unit="s/pair",
        repeats=3,
        software=("SimpleITK",),
        conditions=f"{said}, 100 steps a level at most",
    )
    yield cost(
        "registration by B-splines",
        lambda: free_form(fixed, moving),
        unit="s/pair",
        repeats=3,
        software=("SimpleITK",),
        conditions=f"{said}, grid of {GRID} cubed, 20 steps a level at most",
    )


def method() -> SimpleITK.ImageRegistrationMethod:
    """Return the method that both kinds share."""
    found = SimpleITK.ImageRegistrationMethod()
    found.SetMetricAsMattesMutualInformation(32)
    found.SetMetricSamplingStrategy(found.RANDOM)
    found.SetMetricSamplingPercentage(SAMPLED, 1)
    found.SetInterpolator(SimpleITK.sitkLinear)
    found.SetShrinkFactorsPerLevel(SHRINK)
    found.SetSmoothingSigmasPerLevel(SMOOTH)
    return found


def rigid(fixed: SimpleITK.Image, moving: SimpleITK.Image) -> SimpleITK.Transform:
    """Return the turn and the shift that lay one volume on the other."""
    found = method()
    found.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-4, 100)
    found.SetOptimizerScalesFromPhysicalShift()
    start = SimpleITK.CenteredTransformInitializer(fixed, moving, SimpleITK.Euler3DTransform())
    found.SetInitialTransform(start, inPlace=False)
    return found.Execute(fixed, moving)


def free_form(fixed: SimpleITK.Image, moving: SimpleITK.Image) -> SimpleITK.Transform:
    """Return the field of shifts, on a grid, that lays one volume on the other."""
    found = method()
    found.SetOptimizerAsLBFGSB(numberOfIterations=20)
    found.SetInitialTransform(SimpleITK.BSplineTransformInitializer(fixed, [GRID] * 3), inPlace=True)
    return found.Execute(fixed, moving)
