"""The few exceptions of the program: what went wrong and where, and how to put it right.

Three kinds of trouble are never mixed: *findings* are the build's, *complaints* are the data's, *exceptions* are these.
A `SteelyardError` is one that a user can act on; it is shown as its one or two sentences and never as a traceback.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "BadInputError",
    "CannotSaveError",
    "DamagedFileError",
    "ExitCode",
    "MissingFileError",
    "MissingLibraryError",
    "NoDisplayError",
    "SteelyardError",
    "UnknownPartError",
    "did_you_mean",
]


NEAR = 0.7
"""How much of its letters a name must share with another to be taken for a slip of it."""

TYPED = 3
"""Letters from which on the beginning of a name says which is meant."""

SHOWN = 3
"""Names that are offered where several begin as what was typed."""


class ExitCode(IntEnum):
    """What the command line answers to the shell; scripts rely on it."""

    DONE = 0
    BLOCKED = 1
    BAD_INPUT = 2
    MISSING_FILE = 3
    STOPPED = 130


class SteelyardError(Exception):
    """Trouble that the user can act on.

    `message` says what and where, as a sentence. `remedy` says how to fix it, as a sentence, or is empty
    where the message already says all. `exit_code` is what the command line returns for it.
    """

    exit_code: ExitCode = ExitCode.BAD_INPUT

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep both sentences apart, so that a dialog can show them as headline and text."""
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Both sentences in one line."""
        return f"{self.message} {self.remedy}".rstrip()


class BadInputError(SteelyardError):
    """Something that was typed or written by hand cannot be meant: an unknown name, a negative count."""


class UnknownPartError(BadInputError):
    """The catalogue in use has no part of the id `part`."""

    def __init__(self, part: str, message: str, remedy: str = "") -> None:
        """Keep the id, so that others can say where such a part may be had."""
        super().__init__(message, remedy)
        self.part = part


class DamagedFileError(SteelyardError):
    """A file is there but is not what it was when it was written: truncated, garbled, or of another kind."""


class MissingFileError(SteelyardError):
    """A file or folder that was named is not there."""

    exit_code = ExitCode.MISSING_FILE


class CannotSaveError(SteelyardError):
    """The disk did not take the new file; the old file is as it was."""

    exit_code = ExitCode.BAD_INPUT


class MissingLibraryError(SteelyardError):
    """A library that only this capability needs is not installed."""

    exit_code = ExitCode.MISSING_FILE


class NoDisplayError(SteelyardError):
    """There is no display that the desk could open on."""


def did_you_mean(name: str, known: list[str] | tuple[str, ...]) -> str:
    """Return ` Did you mean "cores"?` for the known name nearest to `name`, or nothing when none is near.

    Names that go on from what was typed are nearer than any other: up to three of them, the shortest first; then one
    of the same words in another order.
    """
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415  # only the unhappy path pays for it

    longer = sorted((each for each in known if each.startswith(name)), key=lambda each: (len(each), each))[:SHOWN]
    if longer and len(name) >= TYPED:
        *others, last = (f'"{each}"' for each in longer)
        return f" Did you mean {', '.join(others)}{' or ' if others else ''}{last}?"
    words = sorted(name.replace("/", "-").split("-"))
    turned = next((each for each in known if sorted(each.replace("/", "-").split("-")) == words), "")
    if turned and len(words) > 1:
        return f' Did you mean "{turned}"?'
    near = get_close_matches(name, known, n=1, cutoff=NEAR)
    if not near:
        return ""
    ends = (name.rpartition("/")[2], near[0].rpartition("/")[2])  # parts of one maker share most of their letters
    return f' Did you mean "{near[0]}"?' if SequenceMatcher(None, *ends).ratio() >= NEAR else ""
