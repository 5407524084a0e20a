"""The model, the catalogue, and machines and workloads in plain numbers, for tests of balance, memory and storage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model
from steelyard.project.demands import UsedInput, factor_of
from steelyard.project.model import model_of
from steelyard.units import Array
from steelyard.workstation.demand import BESIDE, STAGE, WORKLOAD

Run = Callable[..., Evaluation]

MACHINE: Mapping[str, float] = {
    "cpu_count": 1,
    "cpu_cores": 64,
    "cpu_base_clock": 3.2,
    "cpu_boost_clock": 5.1,
    "core_work": 1,
    "core_collect_work": 1,
    "cpu_memory_channels": 8,
    "cpu_memory_rate": 5200,
    "board_memory_channels": 8,
    "board_memory_rate": 5200,
    "board_lan_rate": 10,
    "memory_count": 1,
    "memory_modules": 8,
    "memory_module_capacity": 64,
    "memory_rate": 5600,
    "memory_jedec_rate": 5600,
    "gpu_count": 2,
    "gpu_memory": 48,
    "gpu_memory_bandwidth": 960,
    "gpu_fp32_rate": 91,
    "gpu_tensor_rate": 364,
    "gpu_price": 700_000,
    "os_drive_count": 1,
    "os_drive_read_rate": 7.4,
    "os_drive_sustained_write_rate": 1.5,
    "os_drive_write_rate": 6.9,
    "os_drive_fast_cache": 200,
    "os_drive_random_reads": 800_000,
    "scratch_drive_random_reads": 1_000_000,
    "scratch_drive_count": 1,
    "scratch_drive_read_rate": 14,
    "scratch_drive_sustained_write_rate": 4,
    "scratch_drive_write_rate": 12,
    "scratch_drive_fast_cache": 400,
    "archive_drive_count": 0,
    "archive_drive_read_rate": 0,
    "nic_count": 0,
    "nic_port_rate": 0,
    "life": 4,
    "growth": 0,
    # what depends on the kind of card, and on heat
    "kernel_conv3d_train": 0.8,
    "kernel_decode": 0.9,
    "kernel_prefill": 0.48,
    "gpu_form": 0,
    "gpu_board_power": 300,
    "gpu_pcie_lanes": 16,
    "gpu_pcie_generation": 5,
    "narrowest_link": 16 * 2**4,  # all 16 lanes, each as fast as 16 of the first generation
    "gpu_peer_access": 1,
    "gpu_nvlink_bandwidth": 0,
    "eight_bit_multiple": 2,
    "whole_number_multiple": 8,
    "tf32_multiple": 0.5,
    "gpu_speed_kept": 1,
    "cpu_speed_kept": 1,
}
"""A processor with 64 cores and two cards of 48 GB."""

EMPTY: Mapping[str, float] = {
    **dict.fromkeys(MACHINE, 0.0),
    **dict.fromkeys(("cpu_memory_channels", "cpu_memory_rate", "memory_rate", "memory_jedec_rate"), np.inf),
    **dict.fromkeys(("board_memory_channels", "board_memory_rate"), np.inf),
    **{name: MACHINE[name] for name in MACHINE if name.startswith("kernel_") or name.endswith(("_multiple", "_kept"))},
    "life": 4,
    "growth": 0,
}
"""Every role empty: what the catalogue's `none` rows hold."""


UNBOUND: Mapping[str, float] = {
    **{
        name: np.inf
        if name.startswith(("cpu_", "board_", "memory_", "os_", "scratch_", "archive_", "nic_"))
        else number
        for name, number in MACHINE.items()
    },
    "cpu_speed_kept": 1,
}
"""Two cards, and all else without bound: what a prediction for a card alone takes."""


def _numbers(
    catalog: Catalog, workload: str, machine: Mapping[str, float], given: Mapping[str, float]
) -> dict[str, Array]:
    """Return the model's inputs for a machine and a workload whose required inputs are at their typical values.

    given: other values for fields of the machine, for inputs of the workload, or for words that are not its inputs.
    """
    definition = catalog.workloads[workload]
    values = {name: np.array([given.get(name, number)], dtype=np.float64) for name, number in machine.items()}
    values.update((name, np.array([entry.value])) for name, entry in catalog.assumptions.items() if not entry.by)
    inputs = {}
    for name, entry in definition.inputs.items():
        usual = entry.typical if entry.required else entry.default
        assert usual is not None
        inputs[name] = UsedInput(entry, given.get(name, usual), "you")
    for word in WORKLOAD:
        demand = definition.asked if word.name == "asked_rate" else definition.demands.get(word.name)
        number = word.default if demand is None else (demand.value or 0.0) * factor_of(demand, inputs)
        said = given.get(word.name, number) if word.name not in definition.inputs else number
        values[word.name] = np.array([said], dtype=np.float64)
    for word in STAGE:
        column = []
        for place, stage in enumerate(definition.stages):
            demand = stage.demands.get(word.name)
            constant = {"stages": 1.0, "stage_index": float(place)}.get(word.name, word.default)
            column.append(constant if demand is None else (demand.value or 0.0) * factor_of(demand, inputs))
        values[word.name] = np.array(column)[:, None]
    kernels = [stage.kernel.assumption(None) if stage.kernel else "" for stage in definition.stages]
    reached = [given.get(name, machine[name]) if name else 1.0 for name in kernels]
    values["kernel_efficiency"] = np.array(reached, dtype=np.float64)[:, None]
    values.update((word.name, np.array([word.default])) for word in BESIDE)
    return {
        name: array for name, array in values.items() if not name.startswith("kernel_") or name == "kernel_efficiency"
    }


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(cache=None)


@pytest.fixture(scope="session")
def model(catalog: Catalog) -> Model:
    return model_of(catalog)


@pytest.fixture(scope="session")
def run(catalog: Catalog, model: Model) -> Run:
    """Return what evaluates a workload: run("imaging-pipeline", ["throughput"], cpu_cores=8)."""

    def evaluate(workload: str, want: Sequence[str], machine: str = "usual", **given: float) -> Evaluation:
        numbers = {"usual": MACHINE, "empty": EMPTY, "unbound": UNBOUND}[machine]
        return model.evaluate(_numbers(catalog, workload, numbers, given), want=list(want))

    return evaluate
