"""Does the machine suit clinical research: integrity of long and regulated work, and a GPU where the work wants one."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Present, Ratio


@rule(
    "CLI-001",
    "Where records are regulated, memory errors are corrected all the way",
    BLOCK,
    source="balance-beats-brute-force",
    otherwise="Records are regulated, and memory errors are not corrected all the way",
    remedy="Choose processor, board and memory that all carry ECC",
)
def regulated_ecc_margin(error_correction: Present, regulated: Present) -> Present:
    """In regulated research data integrity is not optional."""
    return spare(error_correction, regulated)


@rule(
    "CLI-002",
    "Long runs and large memories are protected by error correction",
    WARN,
    source="balance-beats-brute-force",
    otherwise="A long run or a large memory is not protected by error correction",
    remedy="Choose processor, board and memory that all carry ECC, or shorter runs",
)
def advised_ecc_margin(error_correction: Present, error_correction_advised: Present) -> Present:
    """Long runs and large data sets in memory meet silent errors that short ones seldom see."""
    return spare(error_correction, error_correction_advised)


@rule(
    "CLI-003",
    "Long runs are protected by a UPS",
    WARN,
    source="balance-beats-brute-force",
    otherwise="A long run is not protected by a UPS",
    remedy="Add a UPS that carries the machine until it has saved its state",
)
def long_run_ups_margin(ups_count: Count, run_is_long: Present) -> Count:
    """A dip of the mains ends a run of days that no checkpoint brings back whole."""
    return spare(ups_count, run_is_long)


@rule(
    "CLI-004",
    "Work that is written for a GPU has one",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The work is written for a GPU, and there is none",
    remedy="Add a GPU, or plan for a run many times as long",
)
def gpu_present_margin(gpu_count: Count, gpu_wanted: Present) -> Count:
    """On the processor alone such work goes on, but for weeks."""
    return spare(gpu_count, gpu_wanted)


@rule(
    "CLI-005",
    "Real-time work does not share its cards while it runs",
    WARN,
    source="balance-beats-brute-force",
    otherwise="Real-time work shares its cards with other work while it runs",
    remedy="Give real-time work a machine or a card of its own, or let the other work run at another time of day",
)
def real_time_margin(real_time: Present, engine_beside: Ratio) -> Ratio:
    """A card finishes one kernel before it begins another: the answer at the patient waits for someone's training."""
    return when(-real_time, 0, -engine_beside)


@rule(
    "CLI-006",
    "What care depends on runs apart from training",
    WARN,
    source="balance-beats-brute-force",
    otherwise="Care depends on a machine on which models are trained",
    remedy="Separate production from research and development: a machine of its own for each",
)
def production_margin(production: Present, training_beside: Count) -> Present:
    """Experiments fill memory, change drivers and stop machines; care must not stop with them."""
    return when(-production, 0, -np.minimum(training_beside, 1))
