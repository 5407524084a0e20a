"""Do the video units carry the streams, and the line to the outside what is exchanged."""

from __future__ import annotations

from steelyard.graph.quantity import WARN, rule
from steelyard.graph.tables import spare
from steelyard.units import Count, GigabitPerSecond


@rule(
    "VID-001",
    "The build decodes the video streams",
    WARN,
    source="nvidia-video-notes",
    otherwise="The build cannot decode all video streams",
    remedy="{video_streams} streams of 1080p60 are asked: choose a GPU with enough video decoders, or fewer streams",
)
def video_decode_margin(video_decode_capacity: Count, video_streams: Count) -> Count:
    """Without decoding units some six cores are busy with one stream of 4K, and pictures come late."""
    return spare(video_decode_capacity, video_streams)


@rule(
    "VID-002",
    "The build encodes the video streams",
    WARN,
    source="nvidia-video-notes",
    otherwise="The build cannot encode all video streams",
    remedy="{video_streams_kept} streams of 1080p60 are asked: choose a GPU with video encoders, or a faster preset",
)
def video_encode_margin(video_encode_capacity: Count, video_streams_kept: Count) -> Count:
    """Compute cards of data centres decode many streams and encode none."""
    return spare(video_encode_capacity, video_streams_kept)


@rule(
    "NET-001",
    "The line to the outside carries what is exchanged",
    WARN,
    source="steelyard-pipeline",
    otherwise="The line to the outside is too narrow for what is exchanged",
    remedy="{network_needed} are asked of {outside_line}: fewer rounds, smaller updates, or a wider line",
)
def outside_line_margin(outside_line: GigabitPerSecond, network_needed: GigabitPerSecond) -> GigabitPerSecond:
    """No network adapter helps where the house's own line ends."""
    return spare(outside_line, network_needed)
