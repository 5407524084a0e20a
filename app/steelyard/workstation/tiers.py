"""What is kept, and where: hot, warm and cold data over the machine's life, checkpoints, indexes, single images."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import (
    Byte,
    BytePerParameter,
    Count,
    Gigabyte,
    GigabytePerSecond,
    GigabytePerYear,
    Hour,
    Megabyte,
    Parameter,
    Ratio,
    Second,
    Year,
)

# --- over the years


@quantity("Growth over the life", source="steelyard-pipeline")
def growth_over_life(growth: Ratio, life: Year, growth_period: Year) -> Ratio:
    """Each year has more work than the last by the same share; what shrinks is sized as it is today."""
    return np.maximum(1, (1 + growth) ** (life / growth_period))


@quantity("New data within their retention", source="purview-pacs-size")
def retained_intake(
    yearly_intake: GigabytePerYear, retention: Year, life: Year, growth: Ratio, growth_period: Year
) -> Gigabyte:
    """What came in during the last years of the life that must be kept: a geometric sum where the work grows."""
    years, kept, factor = life / growth_period, np.minimum(retention, life) / growth_period, 1 + growth
    grown = (factor**years - factor ** (years - kept)) / (factor - 1)
    return yearly_intake * growth_period * when(-np.absolute(factor - 1), kept, grown)


@quantity("Data kept at the end of the life", source="purview-pacs-size")
def data_kept(archive_size: Gigabyte, archive_beside: Gigabyte, retained_intake: Gigabyte) -> Gigabyte:
    """What is there from the start, of this work and of others, and what came in and must still be kept; one copy."""
    return archive_size + archive_beside + retained_intake


@quantity("Data in use", source="steelyard-pipeline")
def data_in_use(
    dataset_size: Gigabyte, dataset_beside: Gigabyte, vector_index_size: Gigabyte, checkpoints_room: Gigabyte
) -> Gigabyte:
    """What lies on the fast drives today: data, those of work at the same time, indexes, checkpoints."""
    return dataset_size + dataset_beside + vector_index_size + checkpoints_room


@quantity("Hot tier", source="steelyard-pipeline")
def hot_tier(data_in_use: Gigabyte, checkpoints_room: Gigabyte, growth_over_life: Ratio) -> Gigabyte:
    """Data in use at the end of the life, on fast flash and copied from what is kept; checkpoints do not grow."""
    return (data_in_use - checkpoints_room) * growth_over_life + checkpoints_room


@quantity("Warm tier", source="steelyard-pipeline")
def warm_tier(
    yearly_intake: GigabytePerYear, growth: Ratio, growth_over_life: Ratio, warm_period: Year, data_kept: Gigabyte
) -> Gigabyte:
    """What came in last is asked for most: it lies on large flash, as long as it is kept at all."""
    last_year = yearly_intake * growth_over_life / np.maximum(1, 1 + growth)
    return np.minimum(data_kept, last_year * warm_period)


@quantity("Cold tier", source="steelyard-pipeline")
def cold_tier(data_kept: Gigabyte, warm_tier: Gigabyte, copies: Count) -> Gigabyte:
    """The rest of what is kept, and every further copy of all of it: on hard disks or in an object store."""
    return data_kept - warm_tier + (np.maximum(copies, 1) - 1) * data_kept


@quantity("All tiers", source="steelyard-pipeline")
def stored_in_all(hot_tier: Gigabyte, warm_tier: Gigabyte, cold_tier: Gigabyte) -> Gigabyte:
    """Data in use, data kept and their copies, grown to the end of the life."""
    return hot_tier + warm_tier + cold_tier


@quantity("Archive capacity needed", source="purview-pacs-size")
def archive_capacity_needed(warm_tier: Gigabyte, cold_tier: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """An archive is planned to be only partly full when it is replaced."""
    return (warm_tier + cold_tier) / archive_fill_limit


@quantity("Archive capacity, usable", source="raid-levels")
def archive_usable(archive_capacity: Gigabyte, archive_redundancy: Ratio) -> Gigabyte:
    """Redundancy takes its share: half of a mirror, two of twelve drives with double parity."""
    return archive_capacity * (1 - archive_redundancy)


# --- checkpoints


@quantity("Checkpoint", source="zero-memory")
def checkpoint_size(
    model_parameters: Parameter, weight_bytes: BytePerParameter, optimiser_bytes: BytePerParameter
) -> Gigabyte:
    """To go on as if nothing had happened, weights and optimiser state are needed; gradients are made anew."""
    return convert(model_parameters * (weight_bytes + optimiser_bytes), Byte, Gigabyte)


@quantity("Room for checkpoints", source="zero-memory")
def checkpoints_room(checkpoints_kept: Count, checkpoint_size: Gigabyte) -> Gigabyte:
    """Those that are kept, each whole."""
    return checkpoints_kept * checkpoint_size


@quantity("Fast cache of the drives that hold the work", source="techpowerup-sustained-write")
def scratch_cache(
    scratch_drive_count: Count,
    scratch_drive_fast_cache: Gigabyte,
    os_drive_count: Count,
    os_drive_fast_cache: Gigabyte,
) -> Gigabyte:
    """Flash that an empty drive writes as single bits first, and folds away later."""
    return when(
        scratch_drive_count - 1, scratch_drive_count * scratch_drive_fast_cache, os_drive_count * os_drive_fast_cache
    )


@quantity("Scratch write rate, while the cache lasts", source="techpowerup-sustained-write")
def scratch_burst_rate(
    scratch_drive_count: Count,
    scratch_drive_write_rate: GigabytePerSecond,
    os_drive_count: Count,
    os_drive_write_rate: GigabytePerSecond,
    drive_rate_kept: Ratio,
) -> GigabytePerSecond:
    """The rate on the box, as far as files reach it."""
    drives = when(
        scratch_drive_count - 1, scratch_drive_count * scratch_drive_write_rate, os_drive_count * os_drive_write_rate
    )
    return drive_rate_kept * drives


@quantity("Time to write a checkpoint", source="steelyard-pipeline")
def checkpoint_time(
    checkpoint_size: Gigabyte,
    scratch_cache: Gigabyte,
    scratch_burst_rate: GigabytePerSecond,
    scratch_write_rate: GigabytePerSecond,
) -> Second:
    """First into the fast cache, the rest at the rate that the drives sustain."""
    first = np.minimum(checkpoint_size, scratch_cache)
    rest = checkpoint_size - first
    return when(-first, 0, first / scratch_burst_rate) + when(-rest, 0, rest / scratch_write_rate)


@quantity("Training time lost to checkpoints", source="steelyard-pipeline")
def checkpoint_stall(checkpoint_time: Second, checkpoint_interval: Hour) -> Ratio:
    """The cards wait while the state is written; nothing is lost where none is written."""
    lost = checkpoint_time / convert(checkpoint_interval, Hour, Second)
    return when(-checkpoint_interval, 0, np.minimum(1, lost))


@quantity("Interval between checkpoints, suggested", source="young-checkpoint")
def checkpoint_interval_suggested(checkpoint_time: Second, failure_interval: Hour) -> Hour:
    """What writing costs and what a failure costs are then the same."""
    return convert(np.sqrt(2 * checkpoint_time * convert(failure_interval, Hour, Second)), Second, Hour)


# --- indexes and images


@quantity("Vector index", source="hnsw-index")
def vector_index_size(
    index_vectors: Count, vector_dimension: Count, vector_bytes: Byte, index_overhead: Ratio
) -> Gigabyte:
    """Every passage is a vector; its links to neighbours and its text come on top."""
    return convert(index_vectors * vector_dimension * vector_bytes * index_overhead, Byte, Gigabyte)


@quantity("One image, uncompressed", source="pacsnet-image-size")
def image_size(image_rows: Count, image_columns: Count, pixel_bytes: Byte) -> Megabyte:
    """Rows by columns by the bytes of a pixel; a chest image has two bytes a pixel."""
    return convert(image_rows * image_columns * pixel_bytes, Byte, Megabyte)
