"""The families of measurements that the engine is held against, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from accuracy import (
    genomics,
    jpeg,
    lambda_training,
    llama,
    mlperf_inference,
    mlperf_training,
    nnunet,
    serving,
    storage_runs,
    timm,
)

FAMILIES: Final = {
    module.FAMILY: module
    for module in (
        nnunet,
        mlperf_training,
        lambda_training,
        mlperf_inference,
        timm,
        llama,
        serving,
        jpeg,
        genomics,
        storage_runs,
    )
}
"""Each has `cases()` and `fit(cases)`, and names its table."""

TABLES: Final = tuple(sorted({module.TABLE for module in FAMILIES.values()} | {"mlperf_storage_workloads"}))
"""The tables that the cases come from."""
