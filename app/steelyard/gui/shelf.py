"""Saved builds at the desk: the open project into the library by its name, and any revision back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


class Shelved(NamedTuple):
    """What the open project is of the library's: its name there, its revision, and the newest one at that moment."""

    name: str
    revision: int
    newest: int


def keep(conductor: Conductor) -> None:
    """Save the open project in the library under its own name; what is there already is not saved twice.

    What another program saved under that name meanwhile stays a revision of its own, and is told.
    """
    from steelyard.library.builds import save_build, saved_builds
    from steelyard.library.library import open_library
    from steelyard.project.file import project_text

    project = conductor.desk.project
    try:
        library = open_library()
        saved, fresh = save_build(library, project.name, project_text(project))
        there = {each.revision: each for each in saved_builds(library, all_revisions=True) if each.name == saved.name}
    except SteelyardError as trouble:
        conductor.tell(trouble)
        return
    what = "was saved in the library as" if fresh else "stands in the library already, as"
    before = there.get(saved.revision - fresh)
    other = "" if before is None else _other_words(before, conductor.shelved)
    conductor.shelved = Shelved(saved.name, saved.revision, saved.revision)
    conductor.window.notice.tell(
        f'"{saved.name}" {what} revision {saved.revision}.', other, state="warn" if other else "ok"
    )


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
    from steelyard.library.builds import document_of, saved_builds
    from steelyard.library.library import open_library
    from steelyard.project.file import project_from_text

    name = f"{build.name}, revision {build.revision}"
    try:
        library = open_library()
        opened = project_from_text(document_of(library, build.name, build.revision).encode(), name)
        newest = max(each.revision for each in saved_builds(library) if each.name == build.name)
    except SteelyardError as trouble:
        conductor.tell(trouble)
        return
    if conductor.open(opened.project, None, name=name):
        conductor.shelved = Shelved(build.name, build.revision, newest)
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


def _other_words(before: SavedBuild, known: Shelved | None) -> str:
    """What is told of the newest revision before a save, where it is not the one that was opened or saved last."""
    if known is not None and known.name == before.name and known.revision == before.revision:
        return ""
    saved = f"Revision {before.revision} was saved by {before.saved_by} at {_minute(before)} UTC"
    if known is None or known.name != before.name:
        return f"{saved}, and stays. What is open here was not opened from it."
    if before.revision > known.newest:
        return f"{saved} since you opened or saved yours, and stays. What is new in it is not in yours."
    return f"{saved}, and stays. You opened revision {known.revision}, an earlier one."


def _minute(build: SavedBuild) -> str:
    return build.saved_at[:16].replace("T", " ")


def _line(build: SavedBuild, newest: int) -> Line:
    cells = (build.name, str(build.revision), _minute(build), build.saved_by, number(build.size / 1000, 1))
    return Line(cells, key=build, dim=build.revision != newest)
