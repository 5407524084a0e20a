"""Telling of trouble without stopping the work: sentences for the user's, a report to copy for ours."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from steelyard import __version__
from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QWidget


def tell(window: QWidget, message: str, remedy: str = "") -> QMessageBox:
    """Say what happened and what to do about it; the desk stays usable meanwhile."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Steelyard", message, QMessageBox.StandardButton.Ok, window)
    box.setAccessibleName("Message")
    box.setInformativeText(remedy)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(False)
    box.show()
    return box


def report_of(error: BaseException) -> str:
    """What we need to know about a mistake of ours; no names of files or projects beyond the program's own lines."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return f"Steelyard {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{''.join(lines)}"


def install_hook(window: QWidget) -> None:
    """Catch what nobody caught: one dialog with a report to copy, and the desk goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, SteelyardError):
            tell(window, error.message, error.remedy)
            return
        text = report_of(error)
        sys.stderr.write(text)
        box = tell(
            window,
            "Something went wrong in Steelyard itself. Nothing of yours was changed by it.",
            "Please copy the report and send it to us; you can go on working.",
        )
        box.setDetailedText(text)
        copy = box.addButton("Copy report", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))

    sys.excepthook = hook
