"""The ladder of scale: how much of a laptop the work takes, and from how much on it is another rung."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.units import Count, Gigabyte, Ratio


@quantity("Share of a good laptop", source="steelyard-estimate")
def laptop_use(
    cores_least: Count,
    memory_least: Gigabyte,
    scratch_least: Gigabyte,
    warm_least: Gigabyte,
    cold_least: Gigabyte,
    laptop_cores: Count,
    laptop_memory: Gigabyte,
    laptop_store: Gigabyte,
) -> Ratio:
    """The tightest of cores, memory and drives; above one a laptop does not do."""
    stored = (scratch_least + warm_least + cold_least) / laptop_store
    return np.maximum(np.maximum(cores_least / laptop_cores, memory_least / laptop_memory), stored)


@quantity("Cards that make a server", source="pcie-cem")
def cards_of_server(workstation_cards: Count) -> Count:
    """More cards than this do not stand in a workstation."""
    return 1 * workstation_cards


@quantity("Lateness borne by one machine", source="steelyard-estimate")
def lateness_asked(lateness_borne: Ratio) -> Ratio:
    """How many times as long as asked the work may take before a second machine is advised."""
    return 1 * lateness_borne


@quantity("Machines from which on it is a cluster", source="steelyard-estimate")
def boxes_of_cluster(cluster_boxes: Count) -> Count:
    """Switches, shared storage and a scheduler then pay."""
    return 1 * cluster_boxes


@quantity("Machines from which on they are rented", source="steelyard-estimate")
def boxes_of_cloud(cloud_boxes: Count) -> Count:
    """A department does not house them."""
    return 1 * cloud_boxes
