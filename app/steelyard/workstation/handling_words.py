"""What a workload says of how its data are handled: video, the line outside, zones of identity, hours of the day."""

from __future__ import annotations

from typing import Any, Final

from steelyard.units import Count, GigabitPerSecond, Ratio

INFINITE: Final = float("inf")

HANDLING: Final[tuple[tuple[str, str, Any, str, float], ...]] = (
    # --- video
    (
        "video_streams",
        "Video streams decoded",
        Count,
        "Streams at once, each counted as 1920 x 1080 at 60 pictures a second: one of 3840 x 2160 is four.",
        0.0,
    ),
    (
        "video_streams_kept",
        "Video streams encoded",
        Count,
        "Streams at once, counted alike, at the fastest preset; slower presets count as more.",
        0.0,
    ),
    # --- the line outside, zones, hours
    (
        "outside_line",
        "Line to the outside",
        GigabitPerSecond,
        "What the house's line leaves to work that exchanges with other houses; infinite for work that stays inside.",
        INFINITE,
    ),
    (
        "identified_share",
        "Share with identities",
        Ratio,
        "Of the data kept: what still carries identities and lies in a zone of its own.",
        0.0,
    ),
    ("duty", "Share of the day at work", Ratio, "4 of 24 hours are 0.17; 0 where the work does not say.", 0.0),
)
"""Of a whole workload: name, label, unit, description, default."""
