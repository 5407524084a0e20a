"""How data are handled: what the video units carry, which zone holds what, what a work's hours take in energy."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import Count, Gigabyte, KilowattHourPerYear, Ratio, Watt


@quantity("Video streams that can be decoded", source="nvidia-video-notes")
def video_decode_capacity(gpu_count: Count, gpu_video_decoders: Count, streams_per_decoder: Count) -> Count:
    """Decoding units work beside the cores and share the streams among them."""
    return when(gpu_count - 1, gpu_count * gpu_video_decoders * streams_per_decoder, 0)


@quantity("Video streams that can be encoded", source="nvidia-video-notes")
def video_encode_capacity(gpu_count: Count, gpu_video_encoders: Count, streams_per_encoder: Count) -> Count:
    """As for decoding; at the fastest preset."""
    return when(gpu_count - 1, gpu_count * gpu_video_encoders * streams_per_encoder, 0)


@quantity("Zone with identities", source="hipaa-deidentification")
def identified_zone(data_kept: Gigabyte, identified_share: Ratio) -> Gigabyte:
    """Originals and the key that links them, where few may go; one copy, at the end of the life."""
    return data_kept * identified_share


@quantity("Zone without identities", source="hipaa-deidentification")
def released_zone(data_kept: Gigabyte, identified_zone: Gigabyte) -> Gigabyte:
    """What projects work on, on other drives or at least other volumes."""
    return data_kept - identified_zone


@quantity("Energy of the work a year", source="energy-balance")
def work_energy(mains_power: Watt, duty: Ratio) -> KilowattHourPerYear:
    """The draw under this work, in its hours of every day."""
    return convert(mains_power * duty, Watt, KilowattHourPerYear)
