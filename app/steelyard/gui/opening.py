"""Opens the window first, empty; then, once it is painted, loads the model, the catalogue and the project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from steelyard.gui.look import register_fonts, wear
from steelyard.gui.settings import read_settings
from steelyard.gui.start import release_collector
from steelyard.gui.window import Window

if TYPE_CHECKING:
    from steelyard.gui.conductor import Conductor
    from steelyard.gui.settings import Settings
    from steelyard.project.content import Project
    from steelyard.project.file import Opened


FIRST = "workstation-a-1"


def application_for(theme: str, zoom: float) -> QApplication:
    """The application in its look; the one there is, where there is one."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        QApplication.setStyle("Fusion")
        application = QApplication(sys.argv[:1])
        application.setApplicationName("Steelyard")
    register_fonts(first=True)
    wear(application, theme, zoom)
    return application


def run(opened: Opened | None, path: Path | None, *, view: str | None = None) -> int:
    """Open the desk with a project, or with what was open last (the sample at first). Returns the exit code."""
    settings = read_settings()
    application = application_for(settings.theme, settings.zoom)
    window = Window()
    if view:
        window.show_view(view)

    painted: list[bool] = []

    def once() -> None:
        if not painted:
            painted.append(True)
            QTimer.singleShot(0, lambda: fill(window, opened, path, settings))

    window.painted.connect(once)
    window.show()
    return int(application.exec())


def fill(window: Window, opened: Opened | None, path: Path | None, settings: Settings) -> Conductor:
    """Load what the window needs, once it is painted, and open the project in it."""
    from steelyard.gui.trouble import install_hook

    install_hook(window)
    conductor = conduct(window)
    if opened is None:
        _open_last(conductor, settings)
    else:
        known = path if path is not None and path.is_file() else None
        conductor.open(opened.project, known, name=str(path or ""))
        _never_empty(conductor)
    release_collector()
    return conductor


def conduct(window: Window) -> Conductor:
    """Load the model and the catalogue as it stands, and join them to the window.

    A library that does not open is told until that is closed, and left as it is: the program's own catalogue stands in.
    """
    from steelyard.catalog import load_catalog
    from steelyard.errors import SteelyardError
    from steelyard.gui.conductor import Conductor
    from steelyard.library.standing import standing_catalog
    from steelyard.project.evaluate import Engine

    trouble = None
    try:
        catalog = standing_catalog()
    except SteelyardError as found:
        catalog, trouble = load_catalog(), found
    conductor = Conductor(window, Engine.of(catalog))
    if trouble is not None:
        window.notice.stay(trouble.message, trouble.remedy)
    return conductor


def show_project(window: Window, project: Project) -> Conductor:
    """Fill a window with a project at once; for pictures."""
    conductor = conduct(window)
    conductor.open(project, None)
    return conductor


def _open_last(conductor: Conductor, settings: Settings) -> None:
    last = Path(settings.last) if settings.last else None
    conductor.commands.open_file(last if last is not None and last.is_file() else FIRST)
    _never_empty(conductor)


def _never_empty(conductor: Conductor) -> None:
    """Where the project wanted cannot be shown the sample is; opening it must not hide why."""
    if conductor.desk.evaluation is None:
        message, remedy = conductor.window.notice.said
        conductor.commands.open_file(FIRST)
        conductor.window.notice.tell(message, remedy)
