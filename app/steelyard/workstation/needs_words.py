"""What is asked for beside this work: the words that `needs` reads, each the sum of what other work asks for.

Unlike what is taken from a build, what is asked for knows no limits: a requirement does not shrink because the machine
at hand is too small. Makers of software state minimums; those are floors of what a workload asks.
"""

from __future__ import annotations

from typing import Any, Final

from steelyard.units import Count, GigabitPerSecond, Gigabyte, GigabytePerSecond, PerSecond, Terabyte

STATED: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("stated_cores", "Cores that the maker asks for", Count, "The least that the software's maker states; 0: nothing."),
    ("stated_memory", "Host memory that the maker asks for", Gigabyte, "The least that the software's maker states."),
    ("stated_card_memory", "GPU memory that the maker asks for", Gigabyte, "The least of one card that is stated."),
    ("stated_scratch", "Fast storage that the maker asks for", Gigabyte, "The least that the software's maker states."),
)
"""Of a workload: name, label, unit, description; zero where nothing is stated."""

_SAME_TIME: Final = "What work at the same time asks for."
_ALL: Final = "What all other work asks for."

ASKED_BESIDE: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("card_memory_asked_beside", "GPU memory asked for beside", Gigabyte, _SAME_TIME),
    ("cards_asked_beside", "Cards asked for beside", Count, _SAME_TIME),
    ("cores_asked_beside", "Cores asked for beside", Count, _SAME_TIME),
    ("memory_asked_beside", "Host memory asked for beside", Gigabyte, _SAME_TIME),
    ("streams_asked_beside", "Video streams beside", Count, _SAME_TIME),
    ("read_asked_beside", "Scratch reads asked for beside", GigabytePerSecond, _SAME_TIME),
    ("write_asked_beside", "Scratch writes asked for beside", GigabytePerSecond, _SAME_TIME),
    ("opens_asked_beside", "Files opened beside", PerSecond, _SAME_TIME),
    ("archive_read_asked_beside", "Archive reads asked for beside", GigabytePerSecond, _SAME_TIME),
    ("line_asked_beside", "Network line asked for beside", GigabitPerSecond, _SAME_TIME),
    ("written_beside", "Written over the life beside", Terabyte, _SAME_TIME),
    ("scratch_asked_beside", "Data on scratch of others", Gigabyte, _ALL),
    ("checkpoints_asked_beside", "Checkpoints of others", Gigabyte, _ALL),
    ("warm_asked_beside", "Warm data of others", Gigabyte, _ALL),
    ("warm_grown_beside", "Warm data of others, grown", Gigabyte, _ALL),
    ("cold_asked_beside", "Cold data of others", Gigabyte, _ALL),
    ("cold_grown_beside", "Cold data of others, grown", Gigabyte, _ALL),
)
"""What other work asks for: name, label, unit, description; zero when the work is alone."""

ASKED_AT_THE_SAME_TIME: Final = {
    "card_memory_asked_beside": "card_memory_asked",
    "cards_asked_beside": "cards_asked",
    "cores_asked_beside": "cores_asked",
    "memory_asked_beside": "memory_asked",
    "streams_asked_beside": "video_streams",
    "read_asked_beside": "read_asked",
    "write_asked_beside": "scratch_write_needed",
    "opens_asked_beside": "opens_needed",
    "archive_read_asked_beside": "archive_read_needed",
    "line_asked_beside": "network_needed",
    "written_beside": "scratch_written",
}
"""The quantity of each other work that adds up in the word, while both run."""

ASKED_ALWAYS: Final = {
    "scratch_asked_beside": "scratch_asked",
    "checkpoints_asked_beside": "checkpoints_room",
    "warm_asked_beside": "warm_asked",
    "warm_grown_beside": "warm_grown",
    "cold_asked_beside": "cold_asked",
    "cold_grown_beside": "cold_grown",
}
"""The same for data, which stay whoever runs."""
