"""What the work needs to store, whatever the build has: room by tier, rates, wear, copies, records.

The least, what is advised and what is ample mean the same as in `needs`. Room for data kept counts the whole life: the
least with each year like the first, what is ample with years that grow.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import (
    Count,
    Gigabyte,
    GigabytePerSample,
    GigabytePerSecond,
    GigabytePerYear,
    PerSecond,
    PerStage,
    Present,
    Ratio,
    SamplePerSecond,
    Terabyte,
    Year,
)

# --- room on fast drives


@quantity("Room on scratch asked for", source="steelyard-pipeline")
def scratch_asked(dataset_size: Gigabyte, vector_index_size: Gigabyte, stated_scratch: Gigabyte) -> Gigabyte:
    """Data and indexes in use, and never less than the software's maker states."""
    return np.maximum(dataset_size + vector_index_size, stated_scratch)


@quantity("Room on scratch, at the least", source="steelyard-pipeline")
def scratch_least(scratch_asked: Gigabyte, scratch_asked_beside: Gigabyte) -> Gigabyte:
    """Data lie there whoever runs; checkpoints have a line of their own."""
    return scratch_asked + scratch_asked_beside


@quantity("Room on scratch, advised", source="flash-steady-state")
def scratch_advised(scratch_least: Gigabyte, drive_fill_limit: Ratio) -> Gigabyte:
    """A nearly full flash drive writes slowly and wears fast."""
    return scratch_least / drive_fill_limit


@quantity("Room on scratch, ample", source="steelyard-pipeline")
def scratch_ample(scratch_advised: Gigabyte, growth_over_life: Ratio) -> Gigabyte:
    """The data of the last year of the life."""
    return scratch_advised * growth_over_life


@quantity("Room for checkpoints, at the least", source="zero-memory")
def checkpoints_least(checkpoints_room: Gigabyte, checkpoints_asked_beside: Gigabyte) -> Gigabyte:
    """Those that are kept, of all work."""
    return checkpoints_room + checkpoints_asked_beside


@quantity("Room for checkpoints, advised", source="flash-steady-state")
def checkpoints_advised(
    checkpoints_least: Gigabyte, checkpoints_kept: Count, checkpoint_size: Gigabyte, drive_fill_limit: Ratio
) -> Gigabyte:
    """The next one is written before the oldest is removed."""
    next_one = when(-checkpoints_kept, 0, checkpoint_size)
    return (checkpoints_least + next_one) / drive_fill_limit


@quantity("Room for checkpoints, ample", source="steelyard-pipeline")
def checkpoints_ample(checkpoints_advised: Gigabyte) -> Gigabyte:
    """More data do not make a model larger, so that growth and life do not count."""
    return 1 * checkpoints_advised


# --- rates of the fast drives


@quantity("Scratch read rate asked for", source="steelyard-pipeline")
def read_asked(
    stages: PerStage[Present], scratch_read_demand: PerStage[GigabytePerSample], asked_rate: SamplePerSecond
) -> GigabytePerSecond:
    """The first pass over the data finds nothing in memory."""
    return asked_rate * total_over(stages, scratch_read_demand)


@quantity("Scratch read rate, at the least", source="balance-beats-brute-force")
def read_least(read_asked: GigabytePerSecond, read_asked_beside: GigabytePerSecond) -> GigabytePerSecond:
    """Work at the same time shares the drives."""
    return read_asked + read_asked_beside


@quantity("Scratch read rate, advised", source="queueing")
def read_advised(read_least: GigabytePerSecond, busy_limit: Ratio) -> GigabytePerSecond:
    """On drives that are busy all the time reads queue."""
    return read_least / busy_limit


@quantity("Scratch read rate, ample", source="steelyard-pipeline")
def read_ample(read_advised: GigabytePerSecond, growth_over_life: Ratio) -> GigabytePerSecond:
    """The work of the last year of the life."""
    return read_advised * growth_over_life


@quantity("Scratch write rate, at the least", source="balance-beats-brute-force")
def write_least(scratch_write_needed: GigabytePerSecond, write_asked_beside: GigabytePerSecond) -> GigabytePerSecond:
    """Sustained, after the drives' fast cache is full; work at the same time shares the drives."""
    return scratch_write_needed + write_asked_beside


@quantity("Scratch write rate, advised", source="queueing")
def write_advised(write_least: GigabytePerSecond, busy_limit: Ratio) -> GigabytePerSecond:
    """On drives that are busy all the time writes queue."""
    return write_least / busy_limit


@quantity("Scratch write rate, ample", source="steelyard-pipeline")
def write_ample(write_advised: GigabytePerSecond, growth_over_life: Ratio) -> GigabytePerSecond:
    """The work of the last year of the life."""
    return write_advised * growth_over_life


@quantity("Files opened a second, at the least", source="nnunet-documentation")
def opens_least(opens_needed: PerSecond, opens_asked_beside: PerSecond) -> PerSecond:
    """Small files cost an opening each, whoever opens them."""
    return opens_needed + opens_asked_beside


@quantity("Files opened a second, advised", source="queueing")
def opens_advised(opens_least: PerSecond, busy_limit: Ratio) -> PerSecond:
    """On drives that are busy all the time openings queue."""
    return opens_least / busy_limit


@quantity("Files opened a second, ample", source="steelyard-pipeline")
def opens_ample(opens_advised: PerSecond, growth_over_life: Ratio) -> PerSecond:
    """The work of the last year of the life."""
    return opens_advised * growth_over_life


@quantity("Archive read rate, at the least", source="balance-beats-brute-force")
def archive_read_least(
    archive_read_needed: GigabytePerSecond, archive_read_asked_beside: GigabytePerSecond
) -> GigabytePerSecond:
    """Work at the same time shares the archive."""
    return archive_read_needed + archive_read_asked_beside


@quantity("Archive read rate, advised", source="queueing")
def archive_read_advised(archive_read_least: GigabytePerSecond, busy_limit: Ratio) -> GigabytePerSecond:
    """On drives that are busy all the time reads queue."""
    return archive_read_least / busy_limit


@quantity("Archive read rate, ample", source="steelyard-pipeline")
def archive_read_ample(archive_read_advised: GigabytePerSecond, growth_over_life: Ratio) -> GigabytePerSecond:
    """The work of the last year of the life."""
    return archive_read_advised * growth_over_life


# --- wear


@quantity("Written over the life, at the least", source="jesd218")
def written_least(scratch_written: Terabyte, written_beside: Terabyte) -> Terabyte:
    """What is written at the asked pace in all hours of work, and by work at the same time."""
    return scratch_written + written_beside


@quantity("Written over the life, advised", source="jesd218")
def written_advised(written_least: Terabyte, drive_fill_limit: Ratio) -> Terabyte:
    """A drive that is filled writes more than it was given, and ratings assume less."""
    return written_least / drive_fill_limit


@quantity("Written over the life, ample", source="steelyard-pipeline")
def written_ample(written_advised: Terabyte, growth_over_life: Ratio) -> Terabyte:
    """As if every year wrote what the last one does."""
    return written_advised * growth_over_life


# --- data kept: warm on large flash, cold on hard disks or in an object store


@quantity("Data kept if the years are alike", source="purview-pacs-size")
def kept_alike(archive_size: Gigabyte, yearly_intake: GigabytePerYear, retention: Year, life: Year) -> Gigabyte:
    """What is there from the start, and what comes in and must still be kept; one copy, without growth."""
    return archive_size + yearly_intake * np.minimum(retention, life)


@quantity("Warm data asked for", source="steelyard-pipeline")
def warm_asked(kept_alike: Gigabyte, yearly_intake: GigabytePerYear, warm_period: Year) -> Gigabyte:
    """What came in last is asked for most."""
    return np.minimum(kept_alike, yearly_intake * warm_period)


@quantity("Warm data, grown", source="steelyard-pipeline")
def warm_grown(
    warm_asked: Gigabyte,
    archive_size: Gigabyte,
    retained_intake: Gigabyte,
    yearly_intake: GigabytePerYear,
    growth_over_life: Ratio,
    warm_period: Year,
) -> Gigabyte:
    """What comes in at the end of the life, as far as it is kept."""
    last = np.minimum(archive_size + retained_intake, yearly_intake * growth_over_life * warm_period)
    return np.maximum(warm_asked, last)


@quantity("Cold data asked for", source="steelyard-pipeline")
def cold_asked(kept_alike: Gigabyte, warm_asked: Gigabyte, copies: Count) -> Gigabyte:
    """The rest of what is kept, and every further copy of all of it."""
    return np.maximum(copies, 1) * kept_alike - warm_asked


@quantity("Cold data, grown", source="steelyard-pipeline")
def cold_grown(
    cold_asked: Gigabyte, archive_size: Gigabyte, retained_intake: Gigabyte, warm_grown: Gigabyte, copies: Count
) -> Gigabyte:
    """The same with years that grow."""
    return np.maximum(cold_asked, np.maximum(copies, 1) * (archive_size + retained_intake) - warm_grown)


@quantity("Warm room, at the least", source="steelyard-pipeline")
def warm_least(warm_asked: Gigabyte, warm_asked_beside: Gigabyte) -> Gigabyte:
    """On large flash, of all work."""
    return warm_asked + warm_asked_beside


@quantity("Warm room, advised", source="purview-pacs-size")
def warm_advised(warm_least: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """An archive is planned to be only partly full."""
    return warm_least / archive_fill_limit


@quantity("Warm room, ample", source="steelyard-pipeline")
def warm_ample(warm_grown: Gigabyte, warm_grown_beside: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """With years that grow."""
    return (warm_grown + warm_grown_beside) / archive_fill_limit


@quantity("Cold room, at the least", source="steelyard-pipeline")
def cold_least(cold_asked: Gigabyte, cold_asked_beside: Gigabyte) -> Gigabyte:
    """On hard disks or in an object store, of all work."""
    return cold_asked + cold_asked_beside


@quantity("Cold room, advised", source="purview-pacs-size")
def cold_advised(cold_least: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """An archive is planned to be only partly full."""
    return cold_least / archive_fill_limit


@quantity("Cold room, ample", source="steelyard-pipeline")
def cold_ample(cold_grown: Gigabyte, cold_grown_beside: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """With years that grow."""
    return (cold_grown + cold_grown_beside) / archive_fill_limit


# --- copies and records


@quantity("Copies of the data, at the least", source="steelyard-pipeline")
def copies_least(copies: Count) -> Count:
    """As many as the work asks for, and one is no copy too many."""
    return np.maximum(copies, 1)


@quantity("Copies of the data, advised", source="three-copies")
def copies_advised(copies_least: Count, kept_alike: Gigabyte, copies_usual: Count) -> Count:
    """Three copies on two kinds of media, one of them elsewhere; where nothing is kept there is nothing to copy."""
    return np.maximum(copies_least, when(-kept_alike, 1, copies_usual))


@quantity("Copies of the data, ample", source="three-copies")
def copies_ample(copies_advised: Count) -> Count:
    """More data do not ask for more copies."""
    return 1 * copies_advised


@quantity("Room for monitoring, at the least", source="prometheus-storage")
def monitoring_least(monitoring_intake: GigabytePerYear, life: Year) -> Gigabyte:
    """Temperatures, powers and shares of the machine, sample by sample, over the life."""
    return monitoring_intake * life


@quantity("Room for monitoring, advised", source="steelyard-pipeline")
def monitoring_advised(monitoring_least: Gigabyte, drive_fill_limit: Ratio) -> Gigabyte:
    """A log that fills its drive stops."""
    return monitoring_least / drive_fill_limit


@quantity("Room for monitoring, ample", source="steelyard-pipeline")
def monitoring_ample(monitoring_advised: Gigabyte, growth_over_life: Ratio) -> Gigabyte:
    """More jobs, more series."""
    return monitoring_advised * growth_over_life


@quantity("Room for records of runs, at the least", source="steelyard-estimate")
def records_least(record_intake: GigabytePerYear, life: Year) -> Gigabyte:
    """Which data, code and settings made which model: logs, configurations, curves and the audit trail."""
    return record_intake * life


@quantity("Room for records of runs, advised", source="steelyard-pipeline")
def records_advised(records_least: Gigabyte, archive_fill_limit: Ratio) -> Gigabyte:
    """Records are kept with the archive, which is planned to be only partly full."""
    return records_least / archive_fill_limit


@quantity("Room for records of runs, ample", source="steelyard-pipeline")
def records_ample(records_advised: Gigabyte, growth_over_life: Ratio) -> Gigabyte:
    """More runs a year, in the last year of the life."""
    return records_advised * growth_over_life
