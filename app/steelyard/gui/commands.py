"""What the menu's commands do."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from steelyard import __version__
from steelyard.errors import SteelyardError
from steelyard.gui.help_beside import HELP_PAGES, HelpBeside
from steelyard.gui.look import look, wear
from steelyard.gui.popover import as_text
from steelyard.gui.settings import LEAST_ZOOM, MOST_ZOOM, Settings, write_settings
from steelyard.gui.shelf import keep, show
from steelyard.gui.window import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from steelyard.gui.conductor import Conductor
    from steelyard.gui.menus import Menus

STEP = 1.1
ZOOM_AFTER = 120
"""Milliseconds after the last press that another zoom is put on."""

CATALOGUE_PAGES = ("parts", "prices", "updates", "log")
FILTER = "Steelyard projects (*.json)"


class Commands:
    """Connected to the menu when the window has its commands."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._window = conductor.window
        self._desk = conductor.desk
        self._wanted_zoom = look().zoom
        self._help = HelpBeside(conductor)
        self._zoom_wait = QTimer(self._window)
        self._zoom_wait.setSingleShot(True)
        self._zoom_wait.setInterval(ZOOM_AFTER)
        self._zoom_wait.timeout.connect(self._zoom_now)
        self._connect()

    @property
    def menus(self) -> Menus:
        """The window's commands by name."""
        return self._window.menus

    def mark_theme(self) -> None:
        """Check the theme that is worn."""
        for theme in ("light", "dark"):
            self._window.menus[theme].setChecked(look().palette.name == theme)

    def new_variant(self) -> None:
        """A copy of the build that is shown, to change."""
        project, shown = self._desk.project, self._desk.variant
        names = {each.name for each in project.variants}
        name = next(
            name
            for name in (f"{shown.name}, copy{'' if n == 1 else f' {n}'}" for n in range(1, 99))
            if name not in names
        )
        self._desk.attempt(lambda: (project.with_variant(shown._replace(name=name)), f"New build {name}"), variant=name)

    def open_file(self, path: Path | str) -> None:
        """Open a project file or a sample. Trouble is told and what is open stays."""
        from steelyard.project.samples import open_project

        try:
            opened = open_project(str(path))
        except SteelyardError as trouble:
            self._conductor.tell(trouble)
            return
        if self._conductor.open(opened.project, path if isinstance(path, Path) else None, name=str(path)):
            for notice in opened.notices:
                self._window.notice.tell(notice, state="note")
            self._remember()

    def wear(self, theme: str, zoom: float) -> None:
        """Another theme or zoom, live."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            wear(application, theme, zoom)
            self.mark_theme()
            self._remember()

    def close(self, event: QCloseEvent) -> None:
        """Ask only when something would be lost."""
        if not self._desk.modified:
            event.accept()
            return
        event.ignore()
        self.unless_lost(self._leave)

    def unless_lost(self, then: Callable[[], object]) -> None:
        """Do what puts the project away; where changes would be lost with it, ask before."""
        if not self._desk.modified:
            then()
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setAccessibleName("Message")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Save the changes to {self._desk.project.name}?")
        box.setInformativeText("Without saving they are lost.")
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.buttonClicked.connect(lambda pressed: self._answer(box.standardButton(pressed), then))
        box.open()

    def _answer(self, pressed: QMessageBox.StandardButton, then: Callable[[], object]) -> None:
        if pressed == QMessageBox.StandardButton.Discard or (
            pressed == QMessageBox.StandardButton.Save and self._save()
        ):
            then()

    def _leave(self) -> None:
        self._desk.undo_stack.setClean()
        self._window.close()

    def _save(self) -> bool:
        return self._save_as() if self._desk.path is None else self._desk.save(self._desk.path)

    def _save_as(self) -> bool:
        name = f"{self._desk.project.name}.json"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the project", name, FILTER)
        if not chosen:
            return False
        done = self._desk.save(Path(chosen))
        if done:
            self._remember()
        return done

    def _open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a project", "", FILTER)
        if chosen:  # asked only now: who calls the choice off has lost nothing
            self.unless_lost(lambda: self.open_file(Path(chosen)))

    def _new(self) -> None:
        from steelyard.project.content import Lab, Project, Site, Variant
        from steelyard.project.selection import Selection

        day = self._desk.project.as_of
        project = Project(
            "New workstation",
            "",
            day,
            self._desk.project.currency,
            Site(),
            Lab(),
            (),
            (Variant("Balanced", Selection()),),
        )
        if self._conductor.open(project, None):
            self._window.show_view("brief")

    def _show_view(self, view: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._window.show_view(view)

    def _show_catalogue(self, page: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._conductor.catalogue.open(page)

    def _show_data_sheet(self) -> None:
        part = self._conductor.parts.chosen_part
        if part:
            self._conductor.catalogue.show_part(part)
        else:
            self._window.notice.tell(
                "No part is chosen.", "Choose a role that is filled, or a row of the picker.", state="note"
            )

    def _rename(self) -> None:
        shown = self._desk.variant
        name, done = QInputDialog.getText(self._window, "Rename this build", "Name of the build", text=shown.name)
        if done and name.strip() and name.strip() != shown.name:
            new = name.strip()
            self._desk.attempt(
                lambda: (
                    self._desk.project.with_variant(shown._replace(name=new), instead_of=shown.name),
                    f"Rename to {new}",
                ),
                variant=new,
            )

    def _remove(self) -> None:
        shown = self._desk.variant.name
        rest = [each.name for each in self._desk.project.variants if each.name != shown]
        self._desk.attempt(
            lambda: (self._desk.project.without_variant(shown), f"Remove {shown}"), variant=rest[0] if rest else ""
        )

    def _next(self) -> None:
        names = [each.name for each in self._desk.project.variants]
        self._desk.show_variant((names.index(self._desk.variant.name) + 1) % len(names))

    def _empty_role(self) -> None:
        self._conductor.parts.empty_role()

    def _zoom(self, factor: float) -> None:
        """Zoom when the key has rested: everything is made anew for it, which takes longer than the next press."""
        zoom = (
            1.0 if factor == 0 else self._wanted_zoom * factor if self._zoom_wait.isActive() else look().zoom * factor
        )
        self._wanted_zoom = min(MOST_ZOOM, max(LEAST_ZOOM, round(zoom, 2)))
        self._zoom_wait.start()

    def _zoom_now(self) -> None:
        one = look()
        if not math.isclose(self._wanted_zoom, one.zoom):
            self.wear(one.palette.name, self._wanted_zoom)

    def _hold(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._conductor.holding = on
        self._conductor.refresh(ranged=True)

    def _sheet(self, paper: str) -> None:
        name = f"{self._desk.project.name}, {self._desk.variant.name}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Build sheet as PDF", name, "PDF (*.pdf)")
        if not chosen:
            return
        variant = self._desk.evaluation
        if variant is None:
            return
        try:
            from steelyard.project.atomic import write_atomically
            from steelyard.sheets.build_sheet import build_sheet

            write_atomically(Path(chosen), build_sheet(variant, paper=paper))
        except ImportError as missing:
            self._window.notice.tell(
                f"Sheets need {missing.name}, which is not installed.", "Run `make setup` to add it."
            )
            return
        except SteelyardError as trouble:
            self._conductor.tell(trouble)
            return
        self._window.notice.tell(f"The build sheet was written to {chosen}.", state="ok")

    def _copy(self) -> None:
        shown = self._window.popover.current
        if shown is not None:
            QGuiApplication.clipboard().setText(as_text(shown))

    def _find(self) -> None:
        finder = self._conductor.view(self._window.view).finder
        if finder is not None:
            finder.setFocus()
            finder.selectAll()

    def _about(self) -> None:
        text = (
            "Steelyard designs medical-AI workstations, offline, and says why of every number. "
            "It is not a medical device. "
            "It uses Qt and PySide6 under the LGPL 3, IBM Plex under the SIL Open Font Licence."
        )
        self._window.notice.tell(f"Steelyard {__version__}", text, state="note")

    def _show_accuracy(self) -> None:
        self._conductor.show_accuracy()

    def _remember(self) -> None:
        one = look()
        write_settings(Settings(one.palette.name, one.zoom, str(self._desk.path or "")))

    def _connect(self) -> None:
        window, desk = self._window, self._desk
        for name, what in {
            "new": lambda: self.unless_lost(self._new),
            "open": self._open,
            "sample": lambda: self.unless_lost(lambda: self.open_file("workstation-a-1")),
            "save": self._save,
            "save_as": self._save_as,
            "keep": lambda: keep(self._conductor),
            "shelf": lambda: show(self._conductor),
            "quit": window.close,
            "undo": desk.undo_stack.undo,
            "redo": desk.undo_stack.redo,
            "copy_table": self._copy,
            "find": self._find,
            "variant": self.new_variant,
            "rename": self._rename,
            "remove": self._remove,
            "next": self._next,
            "empty_role": self._empty_role,
            "light": lambda: self.wear("light", look().zoom),
            "dark": lambda: self.wear("dark", look().zoom),
            "larger": lambda: self._zoom(STEP),
            "smaller": lambda: self._zoom(1 / STEP),
            "normal": lambda: self._zoom(0),
            "sheet_a4": lambda: self._sheet("a4"),
            "sheet_letter": lambda: self._sheet("letter"),
            "about": self._about,
            "accuracy": self._show_accuracy,
            **{f"help_{page}": partial(self._help.open, page) for page in HELP_PAGES},
            "catalogue_sheet": self._show_data_sheet,
            **{f"catalogue_{page}": partial(self._show_catalogue, page) for page in CATALOGUE_PAGES},
            **{f"view_{view.name}": partial(self._show_view, view.name) for view in VIEWS},
        }.items():
            window.menus[name].triggered.connect(what)
        window.menus["holding"].toggled.connect(self._hold)
        desk.undo_stack.canUndoChanged.connect(window.menus["undo"].setEnabled)
        desk.undo_stack.canRedoChanged.connect(window.menus["redo"].setEnabled)
        window.menus["undo"].setEnabled(False)
        window.menus["redo"].setEnabled(False)
        window.closing.connect(self.close)
        self.mark_theme()
