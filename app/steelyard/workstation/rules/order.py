"""Is the order complete: what people forget until the boxes are open."""

from __future__ import annotations

from steelyard.graph.quantity import NOTE, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Gigabyte, Millimetre


@rule(
    "ORD-001",
    "An operating system is in the order",
    NOTE,
    source="balance-beats-brute-force",
    otherwise="The order names no operating system",
    remedy="Choose one; free ones stand in the list too",
)
def operating_system_margin(operating_system_count: Count, case_count: Count) -> Count:
    """A licence that nobody ordered delays the first day and is paid from another budget."""
    return spare(operating_system_count, case_count)


@rule(
    "ORD-002",
    "The operating system uses all of the memory",
    WARN,
    source="software-limits",
    otherwise="The operating system leaves memory unused",
    remedy="Choose an edition that takes {host_memory}",
)
def operating_system_memory_margin(operating_system_memory_limit: Gigabyte, host_memory: Gigabyte) -> Gigabyte:
    """Editions are sold by how much of a machine they use."""
    return spare(operating_system_memory_limit, host_memory)


@rule(
    "ORD-003",
    "Long cards are held at their far end",
    NOTE,
    source="pcie-cem",
    otherwise="A long card hangs from its bracket alone",
    remedy="Add a support for each card of {unsupported_length} or more, unless the case brings one",
)
def card_support_margin(
    gpu_length: Millimetre, unsupported_length: Millimetre, gpu_count: Count, card_support_count: Count
) -> Count:
    """Bracket and slot carry a short card; a long one bends them over the years, and more on the way by van."""
    return spare(card_support_count, when(gpu_length - unsupported_length, gpu_count, 0))
