"""What a network on volumes keeps of a patch: the feature maps of all levels, until the backward pass has used them."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert
from steelyard.units import Byte, Count, Gigabyte, Ratio


@quantity("Voxels of a patch", source="u-net-3d")
def patch_voxels(patch_depth: Count, patch_height: Count, patch_width: Count) -> Count:
    """All three axes count: half an edge more is more than three times the voxels."""
    return patch_depth * patch_height * patch_width


@quantity("All levels over the first", source="u-net-3d")
def level_weight(volume_levels: Count, level_share: Ratio) -> Ratio:
    """Fewer voxels and more channels make each level smaller than the one above."""
    return (1 - level_share**volume_levels) / (1 - level_share)


@quantity("Activations of a patch", source="u-net-3d")
def patch_activations(
    patch_voxels: Count, base_channels: Count, kept_maps: Count, level_weight: Ratio, kept_value_bytes: Byte
) -> Gigabyte:
    """Every kept set of maps has all channels at all voxels of its level."""
    return convert(patch_voxels * base_channels * kept_maps * level_weight * kept_value_bytes, Byte, Gigabyte)


@quantity("Activations of the volumes", source="u-net-3d")
def volume_activations(patches: Count, patch_activations: Gigabyte) -> Gigabyte:
    """The patches of a step go through the network together."""
    return patches * patch_activations
