"""The command line: the desk without a command, and every capability that needs no screen.

Nothing heavy is imported here. A command imports what it needs, so that the desk's first paint waits for no parser.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from steelyard.errors import ExitCode, SteelyardError, UnknownPartError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_TRACEBACK = "STEELYARD_TRACEBACK"
_MISTAKE = 70  # as sysexits.h has it: trouble of the program itself


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit code: see `ExitCode`.

    Trouble that the user can act on becomes one or two sentences on standard error, never a traceback.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _open_closed_outputs()
    try:
        code = _run(words)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as trouble:  # the last net: a user must never see a traceback
        if os.environ.get(_TRACEBACK) and not isinstance(trouble, BrokenPipeError):
            raise
        return int(_answer(trouble))
    return int(code)


def _open_closed_outputs() -> None:
    """Let what goes to a closed output go nowhere: Python has None there, and the first file would take its number."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end


def _is_stop(trouble: BaseException | None) -> bool:
    """Say whether Ctrl-C is behind it: a library that is stopped while it loads speaks of a failed import."""
    while trouble is not None and not isinstance(trouble, KeyboardInterrupt):
        trouble = trouble.__cause__ or trouble.__context__
    return trouble is not None


def _answer(trouble: BaseException) -> int:
    """Say what went wrong and return the exit code for it."""
    match trouble:
        case UnknownPartError():
            from steelyard.library.elsewhere import with_way_out

            sentence, code = str(with_way_out(trouble)), int(trouble.exit_code)
        case SteelyardError():
            sentence, code = str(trouble), int(trouble.exit_code)
        case _ if _is_stop(trouble):
            sentence, code = "Stopped.", int(ExitCode.STOPPED)
        case BrokenPipeError():
            # whoever read our output has read enough; Python would complain once more while it closes the pipe
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return int(ExitCode.DONE)
        case OSError():
            why = trouble.strerror or str(trouble)
            sentence, code = f"{trouble.filename or 'The output'} cannot be used: {why}.", int(ExitCode.BAD_INPUT)
        case MemoryError():
            sentence, code = "There is not enough memory. Close other programs, or ask for less at once.", _MISTAKE
        case _:
            sentence = (
                f"Steelyard made a mistake ({type(trouble).__name__}: {trouble}); your files are unchanged."
                f" Please report it with what {_TRACEBACK}=1 prints."
            )
            code = _MISTAKE
    _say(sentence)
    return code


def _run(words: list[str]) -> int:
    """Open the desk at once where that is all that is asked; else let the parser read the words."""
    from steelyard.cli.commands import COMMANDS

    if not words or (len(words) == 1 and not words[0].startswith("-") and words[0] not in COMMANDS):
        from steelyard.cli.desk import open_desk

        return int(open_desk(words[0] if words else None))
    from steelyard.cli.arguments import parsed

    options = parsed(words)
    return int(options.run(options))


def _say(sentence: str) -> None:
    """Say it on standard error, also to a terminal that knows few letters."""
    encoding = sys.stderr.encoding or "utf-8"
    print(sentence.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)
