"""Saved builds at the desk: the open project into the library by its name, and any revision back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.rows import Line, Rows
from steelyard.gui.controls import button, words
from steelyard.gui.look import look
from steelyard.wording import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.gui.conductor import Conductor
    from steelyard.library.builds import SavedBuild

SIZE = (760, 420)
TITLES = (
    ("Name", 0, False),
    ("Revision", 84, True),
    ("Saved, UTC", 190, False),
    ("By", 110, False),
    ("Size, kB", 84, True),
)


def keep(conductor: Conductor) -> None:
    """Save the open project in the library under its own name; what is there already is not saved twice."""
    from steelyard.library.builds import save_build
    from steelyard.library.library import open_library
    from steelyard.project.file import project_text

    project = conductor.desk.project
    try:
        saved, fresh = save_build(open_library(), project.name, project_text(project))
    except SteelyardError as trouble:
        conductor.tell(trouble)
        return
    what = "was saved in the library as" if fresh else "stands in the library already, as"
    conductor.window.notice.tell(f'"{saved.name}" {what} revision {saved.revision}.', state="ok")


def show(conductor: Conductor) -> None:
    """List what the library holds, to open one of it."""
    from steelyard.library.builds import saved_builds
    from steelyard.library.library import open_library

    try:
        builds = saved_builds(open_library(), all_revisions=True)
    except SteelyardError as trouble:
        conductor.tell(trouble)
        return
    if not builds:
        conductor.window.notice.tell('No build is saved yet: choose "Save in the library" first.', state="note")
        return
    dialog = Shelf(conductor.window, builds)
    dialog.wanted.connect(lambda build: conductor.commands.unless_lost(lambda: take(conductor, build)))
    dialog.open()


def take(conductor: Conductor, build: SavedBuild) -> None:
    """Show a saved build as a project that has no file yet: the library's text is never changed."""
    from steelyard.library.builds import document_of
    from steelyard.library.library import open_library
    from steelyard.project.file import project_from_text

    name = f"{build.name}, revision {build.revision}"
    try:
        opened = project_from_text(document_of(open_library(), build.name, build.revision).encode(), name)
    except SteelyardError as trouble:
        conductor.tell(trouble)
        return
    if conductor.open(opened.project, None, name=name):
        for notice in opened.notices:
            conductor.window.notice.tell(notice, state="note")


class Shelf(QDialog):
    """The saved builds, the newest of each first in its place; opens the one that is chosen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, builds: tuple[SavedBuild, ...]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Open from the library")
        self.setAccessibleName("Saved builds")
        self.resize(look().px(SIZE[0]), look().px(SIZE[1]))
        self.rows = Rows("Saved builds", TITLES)
        newest = {each.name: each.revision for each in builds}
        in_order = sorted(builds, key=lambda each: (each.name.casefold(), -each.revision))
        self.rows.show_rows(tuple(_line(each, newest[each.name]) for each in in_order))
        self.take = button("Open", "primary")
        self.take.setDefault(True)
        cancel = button("Cancel")
        foot = QHBoxLayout()
        foot.addWidget(words("An opened build has no file until you save it; the library keeps it as it is.", "quiet"))
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)
        cancel.clicked.connect(self.reject)
        self.take.clicked.connect(lambda: self._choose(self.rows.key))
        self.rows.pressed_row.connect(self._choose)
        self.rows.setFocus()

    def _choose(self, build: SavedBuild) -> None:
        self.accept()
        self.wanted.emit(build)


def _line(build: SavedBuild, newest: int) -> Line:
    saved = build.saved_at[:16].replace("T", " ")
    cells = (build.name, str(build.revision), saved, build.saved_by, number(build.size / 1000, 1))
    return Line(cells, key=build, dim=build.revision != newest)
