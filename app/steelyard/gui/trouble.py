"""Trouble that nobody foresaw: a report to copy, and the desk goes on."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import TYPE_CHECKING

from steelyard import __version__
from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from types import TracebackType

    from steelyard.gui.window import Window


def report_of(error: BaseException) -> str:
    """What we need to know about a mistake of ours: the program's own lines, no names of projects."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return f"Steelyard {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{''.join(lines)}"


def install_hook(window: Window) -> None:
    """Catch what nobody caught, tell of it in the window, and write the report to the standard error."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, SteelyardError):
            window.notice.tell(error.message, error.remedy)
        else:
            report = report_of(error)
            sys.stderr.write(report)
            window.notice.tell(
                "Something went wrong in Steelyard itself. Your project is as it was.",
                "You can go on working; please send us the report.",
                state="block",
                report=report,
            )

    sys.excepthook = hook
