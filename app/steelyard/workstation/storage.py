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
    PerSample,
    PerSecond,
    PerStage,
    Present,
    Ratio,
    SamplePerSecond,
    Second,
)


@quantity("Scratch read rate", source="steelyard-pipeline")
def scratch_read_rate(
    scratch_drive_count: Count,
    scratch_drive_read_rate: GigabytePerSecond,
    os_drive_count: Count,
    os_drive_read_rate: GigabytePerSecond,
    drive_rate_kept: Ratio,
    scratch_read_share: Ratio,
) -> GigabytePerSecond:
    """Drives share the files evenly; without scratch drives the work lies on the system drive."""
    drives = when(
        scratch_drive_count - 1, scratch_drive_count * scratch_drive_read_rate, os_drive_count * os_drive_read_rate
    )
    return when(-scratch_read_share, drive_rate_kept, scratch_read_share) * drives


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
def network_rate(
    network_link: GigabitPerSecond, outside_line: GigabitPerSecond, network_payload_share: Ratio
) -> GigabytePerSecond:
    """The narrowest line on the way; headers, acknowledgements and the DICOM exchange take their part of it."""
    line = np.minimum(network_link, outside_line)
    return network_payload_share * convert(line, GigabitPerSecond, GigabytePerSecond)


@quantity("Memory left for a cache of files", source="steelyard-pipeline")
def cache_room(
    host_memory: Gigabyte,
    workers_memory: Gigabyte,
    working_set_memory: Gigabyte,
    memory_beside: Gigabyte,
    system_memory: Gigabyte,
) -> Gigabyte:
    """The system keeps in free memory what it has read, until something else needs the room."""
    return np.maximum(host_memory - workers_memory - working_set_memory - memory_beside - system_memory, 0)


@quantity("Share of the data in the cache of files", source="steelyard-pipeline")
def cached_share(cache_room: Gigabyte, dataset_size: Gigabyte) -> Ratio:
    """As much of the data in use as the free memory holds."""
    return when(-dataset_size, 1, np.minimum(1, cache_room / dataset_size))


@quantity("Reads that the cache of files answers", source="page-cache-lru")
def cache_hit(cached_share: Ratio, reads_repeated: Ratio) -> Ratio:
    """Data that fit are read once; of more, shuffled anew each epoch, most are gone before their turn comes again."""
    gone = 1 - cached_share
    return reads_repeated * when(-gone, 1, cached_share + gone * np.log(gone))


@quantity("Scratch read rate needed", source="steelyard-pipeline")
def scratch_read_needed(
    stages: PerStage[Present],
    scratch_read_demand: PerStage[GigabytePerSample],
    asked_rate: SamplePerSecond,
    cache_hit: Ratio,
) -> GigabytePerSecond:
    """All stages read at once while the pipeline keeps the asked pace; what memory still holds is not read again."""
    return asked_rate * total_over(stages, scratch_read_demand) * (1 - cache_hit)


@quantity("Files opened a second, needed", source="nnunet-documentation")
def opens_needed(
    stages: PerStage[Present], file_open_demand: PerStage[PerSample], asked_rate: SamplePerSecond
) -> PerSecond:
    """Small files cost an opening each, however few bytes they hold."""
    return asked_rate * total_over(stages, file_open_demand)


@quantity("Files opened a second, reached", source="steelyard-pipeline")
def open_rate(
    scratch_drive_count: Count,
    scratch_drive_random_reads: Count,
    os_drive_count: Count,
    os_drive_random_reads: Count,
    reads_per_open: Count,
    random_read_period: Second,
) -> PerSecond:
    """An opening reads the folder, the file's record and its first block, each somewhere else."""
    reads = when(
        scratch_drive_count - 1,
        scratch_drive_count * scratch_drive_random_reads,
        os_drive_count * os_drive_random_reads,
    )
    return reads / reads_per_open / random_read_period


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
def scratch_capacity_needed(data_in_use: Gigabyte, drive_fill_limit: Ratio) -> Gigabyte:
    """A nearly full flash drive writes slowly and wears fast, so some of it stays free."""
    return data_in_use / drive_fill_limit
