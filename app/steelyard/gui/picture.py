"""A picture of the desk, written without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from steelyard.errors import BadInputError, CannotSaveError, did_you_mean
from steelyard.gui.opening import application_for, show_project
from steelyard.gui.window import VIEWS, Window

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.project.content import Project

SIZE = (1440, 900)


def take_picture(
    project: Project, out: Path, *, view: str | None = None, theme: str | None = None, size: tuple[int, int] = SIZE
) -> None:
    """Write a PNG of a view.

    Raises BadInputError for a view there is not, CannotSaveError where it cannot be written.
    """
    names = [each.name for each in VIEWS]
    if view is not None and view not in names:
        message = f'There is no view "{view}".'
        raise BadInputError(message, did_you_mean(view, names) or f"Views: {', '.join(names)}.")
    application_for(theme or "light", 1.0)
    window = Window()
    window.resize(*size)
    window.show()
    conductor = show_project(window, project)
    window.show_view(view or "parts")
    conductor.settle()
    QApplication.processEvents()
    conductor.settle()
    window.panes[window.view].complete()
    window.setFocus()
    QApplication.processEvents()
    picture = window.grab()
    conductor.desk.undo_stack.setClean()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not picture.save(str(out), "PNG"):
        message = f'The picture "{out}" could not be written.'
        raise CannotSaveError(message, "Choose a folder that you may write to.")
