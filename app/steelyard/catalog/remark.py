"""What a curator should look at: one thing about one part or source, and how much it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from steelyard.catalog.load import Catalog

__all__ = ["CHECKS", "ERROR", "REMARK", "Check", "Remark", "knows", "remark"]

ERROR: Final = "error"
REMARK: Final = "remark"


class Remark(NamedTuple):
    """Something about one part (or source, or kind of thing, named in `about`) that a curator should look at.

    `id` names the check that found it; an `error` is wrong whatever the answer, a `remark` may turn out right.
    """

    id: str
    severity: str
    about: str
    what: str

    def __str__(self) -> str:
        """All of it in one line."""
        return f"{self.about}: {self.what}"


class Check(NamedTuple):
    """A check: how much what it finds matters, what that is, and what to do about it."""

    severity: str
    title: str
    remedy: str


CHECKS: Final = {
    "contradiction": Check(ERROR, "One value contradicts another", "Look both up; one of the two is wrong."),
    "number-twice": Check(ERROR, "Two parts have one part number", "Correct one, or drop the part that is double."),
    "name-twice": Check(REMARK, "Two parts have one name", "Tell them apart in their names, or drop one."),
    "socket-without-board": Check(REMARK, "No board takes these CPUs", "Add a board, or leave the CPUs out."),
    "socket-without-cpu": Check(REMARK, "No CPU fits these boards", "Add a CPU, or leave the boards out."),
    "socket-without-cooler": Check(REMARK, "No cooler fits these CPUs", "Add a cooler for the socket."),
    "cooler-without-cpu": Check(REMARK, "A cooler fits no CPU", "Check its sockets."),
    "memory-without-board": Check(REMARK, "No board takes this memory", "Check its kind, or add a board."),
    "drive-without-board": Check(REMARK, "No board takes this drive", "Check how it is connected, or add a board."),
    "too-large": Check(REMARK, "Too large for every case", "Check the size; else add a case that takes it."),
    "supply-connectors": Check(REMARK, "A supply's connectors do not suit its power", "Count them in its sheet."),
    "lanes-of-socket": Check(REMARK, "A CPU has other lanes than those of its socket", "Look its lanes up."),
    "price-outlier": Check(REMARK, "A price is far from those of its class", "Check the price, and what it is for."),
    "price-missing": Check(REMARK, "A part has no price", "Add a list price, an order line, or a class estimate."),
    "price-old": Check(REMARK, "A price is old", "Look for a newer one, or carry it as an estimate with a range."),
    "price-moved": Check(
        REMARK, "A price is older than its market's last move", "Carry it forward as an estimate with a range."
    ),
    "clearance-missing": Check(
        REMARK, "A size is not known that decides what fits", "Look it up in the maker's sheet."
    ),
    "source-unused": Check(REMARK, "A source is cited by nobody", "Take it out, or cite it where it belongs."),
    "source-address": Check(ERROR, "A source's address is no web address", "Write http:// or https:// and the rest."),
    "source-undated": Check(REMARK, "A cited web page has no date", "Say when it was published or read."),
    "source-nameless": Check(REMARK, "A cited source names no publisher and no address", "Say whose it is."),
}
"""The checks by id, in the order in which their findings are listed."""


def remark(check: str, about: str, what: str) -> Remark:
    """Return what a check found, with the severity of the check."""
    return Remark(check, CHECKS[check].severity, about, what)


def knows(catalog: Catalog, kind: str, *fields: str) -> bool:
    """Whether a catalogue has a kind of part with these fields; one whose schema has complaints may not."""
    return kind in catalog.schema and all(field in catalog.schema[kind].fields for field in fields)
