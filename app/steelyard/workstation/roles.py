"""The roles of a build: a fixed record of named places, each filled by a part of one kind and a count."""

from __future__ import annotations

from typing import Final, NamedTuple


class Role(NamedTuple):
    """A named place in a build.

    kind: the kind of part that fills it. required: without it a build is incomplete. most: the greatest count.
    """

    name: str
    kind: str
    label: str
    required: bool
    most: int
    description: str


ROLES: Final = (
    Role("cpu", "cpu", "CPU", True, 1, "Prepares the data and feeds the GPUs."),
    Role("board", "board", "Board", True, 1, "Carries everything and wires the lanes."),
    Role("memory", "memory", "Memory", True, 8, "Kits of memory modules; the count is of kits."),
    Role("gpu", "gpu", "GPU", False, 8, "Cards that train and infer."),
    Role("display_gpu", "gpu", "Display GPU", False, 1, "A card for the screens only."),
    Role("os_drive", "drive", "OS drive", True, 2, "Holds the operating system."),
    Role("scratch_drive", "drive", "Scratch", False, 12, "Fast drives for the data in use."),
    Role("archive_drive", "drive", "Archive", False, 12, "Large drives for the data kept."),
    Role("cooler", "cooler", "CPU cooler", True, 1, "Takes the heat off the CPU."),
    Role("psu", "psu", "Supply", True, 2, "Turns mains into 12 V; two share the load."),
    Role("case", "case", "Case", True, 1, "Holds the parts and guides the air."),
    Role("case_fan", "fan", "Case fans", False, 15, "Fans beside those that the case brings."),
    Role("nic", "nic", "Network", False, 2, "A network card beside the board's own ports."),
    Role("ups", "ups", "UPS", False, 1, "Bridges a power cut."),
    Role("operating_system", "software", "Operating system", False, 1, "Its licence or subscription."),
    Role("power_lead", "lead", "Power leads", False, 8, "Leads beside those in the box of the supply."),
    Role("card_support", "support", "Mounting", False, 8, "Supports of long cards, rails of a rack."),
)
"""In the order in which people choose them. CPU-only builds are slow, not refused: the GPU is not required."""
