"""Is the build in balance: does it keep the asked pace, and does anything starve what was paid for."""

from __future__ import annotations

from steelyard.graph.quantity import NOTE, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, GigabitPerSecond, GigabytePerSecond, Ratio, SamplePerSecond, Second, SecondPerSample


@rule(
    "BAL-001",
    "The work keeps the asked pace",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The work falls behind the asked pace",
    remedy="It must be {speedup_needed} times as fast: strengthen the stage that sets the pace, or allow more time",
)
def pace_margin(throughput: SamplePerSecond, asked_rate: SamplePerSecond) -> Ratio:
    """The slowest stage sets the pace of the whole; as a share of what is asked, kinds of work can be compared."""
    return spare(throughput, asked_rate) / asked_rate


@rule(
    "BAL-002",
    "The GPUs are fed",
    WARN,
    source="nnunet-3063",
    otherwise="The GPUs wait for slower stages most of the time",
    beyond=True,
    remedy="Give the stage that sets the pace more cores or faster drives, or save the money for a GPU",
)
def gpu_wait_margin(
    gpu_wait_limit: Ratio, gpu_wait_share: Ratio, engine_time: SecondPerSample, throughput: SamplePerSecond
) -> Ratio:
    """A card that waits was paid for and does nothing; with no work for it, there is nothing that it waits for."""
    return spare(gpu_wait_limit, when(-engine_time, 0, when(-throughput, 0, gpu_wait_share)))


@rule(
    "BAL-003",
    "The drives read as fast as the work asks",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The drives read more slowly than the work asks",
    remedy="{scratch_read_needed} are asked, {scratch_read_rate} are sustained: choose faster or more scratch drives",
)
def scratch_read_margin(
    scratch_read_rate: GigabytePerSecond, scratch_read_needed: GigabytePerSecond
) -> GigabytePerSecond:
    """Storage is to be held against what the stages consume before a run begins."""
    return spare(scratch_read_rate, scratch_read_needed)


@rule(
    "BAL-004",
    "The drives write as fast as the work asks",
    WARN,
    source="flash-steady-state",
    otherwise="The drives write more slowly than the work asks",
    remedy="{scratch_write_needed} are asked, {scratch_write_rate} are sustained: choose drives that keep their rate",
)
def scratch_write_margin(
    scratch_write_rate: GigabytePerSecond, scratch_write_needed: GigabytePerSecond
) -> GigabytePerSecond:
    """What counts is the rate after the drive's fast cache is full."""
    return spare(scratch_write_rate, scratch_write_needed)


@rule(
    "BAL-005",
    "The archive reads as fast as the work asks",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The archive reads more slowly than the work asks",
    remedy="{archive_read_needed} are asked, {archive_read_rate} are sustained: add archive drives, or copy ahead",
)
def archive_read_margin(
    archive_read_rate: GigabytePerSecond, archive_read_needed: GigabytePerSecond
) -> GigabytePerSecond:
    """A stage that reads from the archive is as fast as the archive."""
    return spare(archive_read_rate, archive_read_needed)


@rule(
    "BAL-006",
    "The network carries what the work asks",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The network carries less than the work asks",
    remedy="A link of {network_needed} is asked, {network_link} is there: add a faster network adapter",
)
def network_margin(network_link: GigabitPerSecond, network_needed: GigabitPerSecond) -> GigabitPerSecond:
    """Studies that arrive more slowly than they are worked on hold up everything after."""
    return spare(network_link, network_needed)


@rule(
    "BAL-007",
    "Users who share the cards wait little",
    WARN,
    source="allen-cunneen",
    otherwise="So many jobs share the cards that users wait long",
    beyond=True,
    remedy="Jobs ask for {queue_use} of the time that the cards have for them; from 100 % on the queue only grows: "
    "add a card, or share less",
)
def queue_margin(queue_use_limit: Ratio, queue_use: Ratio) -> Ratio:
    """Near full use each job more lengthens the wait of all others, out of all proportion."""
    return spare(queue_use_limit, queue_use)


@rule(
    "BAL-008",
    "Requests are answered in time, even in the peak hour",
    WARN,
    source="allen-cunneen",
    otherwise="In the peak hour requests are answered too late",
    beyond=True,
    remedy="One in twenty takes longer than {response_time_p95}: choose a faster card, or spread the requests",
)
def response_margin(response_limit: Second, response_time_p95: Second) -> Second:
    """Who waits at the patient waits for the late answers too; without a limit there is nothing to keep."""
    return spare(response_limit, when(-response_limit, 0, response_time_p95))


@rule(
    "BAL-009",
    "The build is sized for more than one kind of work",
    NOTE,
    source="hipaa-ready-gpu-clusters",
    otherwise="The build is sized around a single workload",
    remedy="Add the work that comes after the pilot, and what runs beside it: what suits one alone seldom suits two",
)
def several_works_margin(workloads_asked: Count) -> Count:
    """A pilot shows what one kind of work needs, in its first year."""
    return spare(workloads_asked, when(workloads_asked - 1, 2, 0))
