"""The words in which a workload file describes a network on volumes: its patch, its levels, what each keeps."""

from __future__ import annotations

from typing import Any, Final

from steelyard.units import Byte, Count

VOLUME: Final[tuple[tuple[str, str, Any, str, float], ...]] = (
    ("patches", "Patches of a step", Count, "Pieces of a volume that a card trains on at once.", 0.0),
    ("patch_depth", "Depth of the patch", Count, "Voxels along the first axis.", 0.0),
    ("patch_height", "Height of the patch", Count, "Voxels along the second axis.", 0.0),
    ("patch_width", "Width of the patch", Count, "Voxels along the third axis.", 0.0),
    ("base_channels", "Channels at full size", Count, "Feature maps of the first level, doubled by each next.", 0.0),
    ("volume_levels", "Levels", Count, "Sizes that the network works at, each half of the one above.", 0.0),
    (
        "kept_maps",
        "Sets of maps kept, a level",
        Count,
        "How often all feature maps of a level are stored for the backward pass, on the way down and up.",
        0.0,
    ),
    ("kept_value_bytes", "Bytes of a kept value", Byte, "2 in 16 bits, 4 in 32.", 2.0),
)  # fmt: skip
"""Of a whole workload: name, label, unit, description, default."""
