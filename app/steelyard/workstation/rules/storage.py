"""Do the data fit, do they survive, and do the drives last."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Gigabyte, PerSecond, Present, Ratio, Terabyte


@rule(
    "STO-001",
    "The data in use fit on their drives",
    BLOCK,
    source="steelyard-fit",
    otherwise="The data in use do not fit on their drives",
    remedy="{data_in_use} are wanted, there is room for {data_room}: choose larger or more scratch drives",
)
def data_room_margin(
    data_room: Gigabyte, data_in_use: Gigabyte, scratch_drive_count: Count, os_drive_count: Count
) -> Gigabyte:
    """What does not fit cannot be worked on."""
    return spare(data_room, data_in_use * np.minimum(scratch_drive_count + os_drive_count, 1))


@rule(
    "STO-002",
    "A reserve of the scratch drives stays free",
    WARN,
    source="flash-steady-state",
    otherwise="The data in use leave too little of the scratch drives free",
    remedy="{scratch_capacity_needed} would leave a reserve: choose larger or more scratch drives",
)
def scratch_reserve_margin(
    scratch_capacity: Gigabyte, scratch_capacity_needed: Gigabyte, scratch_drive_count: Count
) -> Gigabyte:
    """Full flash has few empty blocks to write to, so that writing slows down and wears it faster."""
    return spare(scratch_capacity, scratch_capacity_needed * np.minimum(scratch_drive_count, 1))


@rule(
    "STO-003",
    "The data in use have drives of their own",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The data in use share the system's drive",
    remedy="Add a scratch drive of at least {dataset_size}",
)
def scratch_drive_margin(scratch_drive_count: Count, dataset_size: Gigabyte) -> Count:
    """On the system's drive the data share space and pace with everything else."""
    return spare(scratch_drive_count, when(-dataset_size, 0, 1))


@rule(
    "STO-004",
    "The data kept fit in the archive",
    WARN,
    source="purview-pacs-size",
    otherwise="The data kept do not fit in the archive",
    remedy="{archive_capacity_needed} are wanted, {archive_usable} are usable: add drives, or keep it elsewhere",
)
def archive_capacity_margin(archive_usable: Gigabyte, archive_capacity_needed: Gigabyte) -> Gigabyte:
    """What is kept over the life, its copies included, may stand elsewhere, but somewhere it must."""
    return spare(archive_usable, archive_capacity_needed)


@rule(
    "STO-005",
    "The drives outlast what is written to them",
    WARN,
    source="jesd218",
    otherwise="The drives wear out before the machine is replaced",
    remedy="{scratch_written} are written over the life, {scratch_endurance} are allowed: choose tougher drives",
)
def endurance_margin(scratch_endurance: Terabyte, scratch_written: Terabyte) -> Terabyte:
    """Beyond its rating a drive keeps data for less time without power, and its warranty ends."""
    return scratch_endurance - scratch_written


@rule(
    "STO-006",
    "Where records are regulated, the scratch drives survive a power cut",
    NOTE,
    source="flash-steady-state",
    otherwise="Records are regulated, and the scratch drives may lose data in a power cut",
    remedy="Choose data-centre drives with power-loss protection, or a UPS that shuts the machine down",
)
def power_loss_margin(
    scratch_drive_power_loss_protection: Present, ups_count: Count, scratch_drive_count: Count, regulated: Present
) -> Present:
    """Without capacitors or a UPS a drive loses what it had already said to be written."""
    protected = np.maximum(scratch_drive_power_loss_protection, ups_count)
    return spare(protected, regulated * np.minimum(scratch_drive_count, 1))


@rule(
    "STO-007",
    "Where records are regulated, the scratch drives encrypt themselves",
    NOTE,
    source="hipaa-technical-safeguards",
    otherwise="Records are regulated, and the scratch drives do not encrypt themselves",
    remedy="Choose self-encrypting drives, or encrypt in software and record that",
)
def encryption_margin(
    scratch_drive_self_encrypting: Present, scratch_drive_count: Count, regulated: Present
) -> Present:
    """Encryption at rest helps when a drive leaves the room; it is one measure among others."""
    return spare(scratch_drive_self_encrypting, regulated * np.minimum(scratch_drive_count, 1))


@rule(
    "STO-008",
    "The data in use still fit at the end of the life",
    WARN,
    source="steelyard-pipeline",
    otherwise="The data in use outgrow their drives before the machine is replaced",
    remedy="{hot_tier} are wanted at the end, there is room for {data_room}: choose larger drives, or keep places free",
)
def grown_data_margin(
    data_room: Gigabyte, hot_tier: Gigabyte, scratch_drive_count: Count, os_drive_count: Count
) -> Gigabyte:
    """Drives are added more easily when they were planned for."""
    return spare(data_room, hot_tier * np.minimum(scratch_drive_count + os_drive_count, 1))


@rule(
    "STO-009",
    "Writing checkpoints leaves the training its pace",
    WARN,
    source="young-checkpoint",
    otherwise="Training waits too long for its checkpoints",
    beyond=True,
    remedy="One takes {checkpoint_time}: write it every {checkpoint_interval_suggested}, or choose faster drives",
)
def checkpoint_margin(checkpoint_stall_limit: Ratio, checkpoint_stall: Ratio) -> Ratio:
    """While the state is written the cards wait, unless the framework copies it aside first."""
    return spare(checkpoint_stall_limit, checkpoint_stall)


@rule(
    "STO-010",
    "The drives open files as fast as is asked",
    WARN,
    source="nnunet-documentation",
    otherwise="The work opens more files a second than its drives can",
    remedy="{opens_needed} are wanted, {open_rate} reached: pack small files into large ones, or choose faster drives",
)
def open_rate_margin(open_rate: PerSecond, opens_needed: PerSecond) -> PerSecond:
    """Many small files are bound by the number of reads, not by their bytes."""
    return spare(open_rate, opens_needed)
