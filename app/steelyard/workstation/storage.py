"""Drives and network: what they sustain, and what the work asks of them."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    Count,
    GigabitPerSecond,
    Gigabyte,
    GigabytePerSample,
    GigabytePerSecond,
    PerStage,
    Present,
    Ratio,
    SamplePerSecond,
)


@quantity("Scratch read rate", source="steelyard-pipeline")
def scratch_read_rate(
    scratch_drive_count: Count,
    scratch_drive_read_rate: GigabytePerSecond,
    os_drive_count: Count,
    os_drive_read_rate: GigabytePerSecond,
    drive_rate_kept: Ratio,
) -> GigabytePerSecond:
    """Drives share the files evenly; without scratch drives the work lies on the system drive."""
    drives = when(
        scratch_drive_count - 1, scratch_drive_count * scratch_drive_read_rate, os_drive_count * os_drive_read_rate
    )
    return drive_rate_kept * drives


@quantity("Scratch write rate, sustained", source="steelyard-pipeline")
def scratch_write_rate(
    scratch_drive_count: Count,
    scratch_drive_sustained_write_rate: GigabytePerSecond,
    os_drive_count: Count,
    os_drive_sustained_write_rate: GigabytePerSecond,
    drive_rate_kept: Ratio,
) -> GigabytePerSecond:
    """What counts is the rate after the drive's fast cache is full, not the one on the box."""
    drives = when(
        scratch_drive_count - 1,
        scratch_drive_count * scratch_drive_sustained_write_rate,
        os_drive_count * os_drive_sustained_write_rate,
    )
    return drive_rate_kept * drives


@quantity("Archive read rate", source="steelyard-pipeline")
def archive_read_rate(
    archive_drive_count: Count, archive_drive_read_rate: GigabytePerSecond, drive_rate_kept: Ratio
) -> GigabytePerSecond:
    """Archive drives share the files evenly."""
    return when(archive_drive_count - 1, drive_rate_kept * archive_drive_count * archive_drive_read_rate, 0)


@quantity("Network link", source="steelyard-pipeline")
def network_link(
    nic_count: Count, nic_port_rate: GigabitPerSecond, board_lan_rate: GigabitPerSecond
) -> GigabitPerSecond:
    """One transfer uses one port: the fastest that the board or an adapter has."""
    return np.maximum(board_lan_rate, when(nic_count - 1, nic_port_rate, 0))


@quantity("Network rate", source="steelyard-pipeline")
def network_rate(network_link: GigabitPerSecond, network_payload_share: Ratio) -> GigabytePerSecond:
    """Headers, acknowledgements and the DICOM exchange take their part of the line."""
    return network_payload_share * convert(network_link, GigabitPerSecond, GigabytePerSecond)


@quantity("Scratch read rate needed", source="steelyard-pipeline")
def scratch_read_needed(
    stages: PerStage[Present], scratch_read_demand: PerStage[GigabytePerSample], asked_rate: SamplePerSecond
) -> GigabytePerSecond:
    """All stages read at once while the pipeline keeps the asked pace."""
    return asked_rate * total_over(stages, scratch_read_demand)


@quantity("Scratch write rate needed", source="steelyard-pipeline")
def scratch_write_needed(
    stages: PerStage[Present], scratch_write_demand: PerStage[GigabytePerSample], asked_rate: SamplePerSecond
) -> GigabytePerSecond:
    """All stages write at once while the pipeline keeps the asked pace."""
    return asked_rate * total_over(stages, scratch_write_demand)


@quantity("Archive read rate needed", source="steelyard-pipeline")
def archive_read_needed(
    stages: PerStage[Present], archive_read_demand: PerStage[GigabytePerSample], asked_rate: SamplePerSecond
) -> GigabytePerSecond:
    """All stages read at once while the pipeline keeps the asked pace."""
    return asked_rate * total_over(stages, archive_read_demand)


@quantity("Network rate needed", source="steelyard-pipeline")
def network_needed(
    stages: PerStage[Present],
    network_demand: PerStage[GigabytePerSample],
    asked_rate: SamplePerSecond,
    network_payload_share: Ratio,
) -> GigabitPerSecond:
    """The line must be wider than the payload by what headers and acknowledgements take."""
    payload = asked_rate * total_over(stages, network_demand)
    return convert(payload, GigabytePerSecond, GigabitPerSecond) / network_payload_share


@quantity("Scratch capacity needed", source="steelyard-pipeline")
def scratch_capacity_needed(dataset_size: Gigabyte, drive_fill_limit: Ratio) -> Gigabyte:
    """A nearly full flash drive writes slowly and wears fast, so some of it stays free."""
    return dataset_size / drive_fill_limit


@quantity("Archive capacity needed", source="purview-pacs-size")
def archive_capacity_needed(archive_size: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """An archive is planned to be only partly full when it is replaced."""
    return archive_size / archive_fill_limit
