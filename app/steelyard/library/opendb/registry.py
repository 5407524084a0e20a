"""All families and all rules, in the order in which they are applied; nothing registers itself."""

from __future__ import annotations

from typing import Final

from steelyard import __version__
from steelyard.library.opendb.draft import Rule
from steelyard.library.opendb.families.board import BOARD
from steelyard.library.opendb.families.case import CASE
from steelyard.library.opendb.families.common import COMMON_RULES
from steelyard.library.opendb.families.cooler import COOLER
from steelyard.library.opendb.families.cpu import CPU
from steelyard.library.opendb.families.drive import DRIVE
from steelyard.library.opendb.families.fan import FAN
from steelyard.library.opendb.families.gpu import GPU
from steelyard.library.opendb.families.memory import MEMORY
from steelyard.library.opendb.families.nic import NIC
from steelyard.library.opendb.families.psu import PSU

FAMILIES: Final = {family.folder: family for family in (CPU, BOARD, GPU, MEMORY, DRIVE, PSU, CASE, COOLER, FAN, NIC)}
"""Folder of OpenDB -> what it is to us."""

READING_RULES: Final = (
    Rule(
        "file",
        "all",
        "A record is one JSON object, of moderate size and depth, and says no key twice.",
        ("quarantined",),
    ),
    Rule("type", "all", "A value of another type than the field's, or beyond all bounds, is dropped.", ("nulled",)),
    Rule("range", "all", "A value outside the range or the words of our schema is dropped.", ("nulled",)),
)
"""What is checked while a record is read and mapped."""

SECOND_PASS_RULES: Final = (
    Rule("id", "all", "Two records that would share an id: the later one takes a longer id.", ("fixed",)),
    Rule(
        "X1",
        "all",
        "Of records with one maker and one order number the newest verified one stays, else the one with the fewest "
        "hits; numbers on which they disagree are unknown unless it was verified by hand.",
        ("fixed", "nulled"),
    ),
    Rule(
        "X3",
        "all",
        "A record of a curated part that differs from it by more than 5 % in a number that models read is refused.",
        ("quarantined",),
    ),
    Rule("curated", "all", "A record never overrides a curated part: where they differ, that is said.", ("warned",)),
)
"""What needs all records at once, or the curated catalogue."""

RULES: Final = (
    *READING_RULES,
    *COMMON_RULES,
    *(rule for family in FAMILIES.values() for rule in family.rules),
    *SECOND_PASS_RULES,
)
"""Every rule."""

EDITION: Final = f"{__version__} 2"
"""Raise the number with every change of a rule or of the mapping: then all records are read anew."""
