"""The menu bar: every command by name, with its key. What a command does is connected by the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenu

COMMANDS = """
Project:   new New project|Ctrl+N   open Open...|Ctrl+O   sample Open sample Workstation A-1   -
           save Save|Ctrl+S   save_as Save as...|Ctrl+Shift+S   -
           keep Save in the library|Ctrl+L   shelf Open from the library...|Ctrl+Shift+L   -   quit Quit|Ctrl+Q
Edit:      undo Undo|Ctrl+Z   redo Redo|Ctrl+Shift+Z   -   find Find|Ctrl+F
           copy_table Copy explanation as text|Ctrl+Shift+C
Build:     variant New variant, a copy of this build|Ctrl+Shift+D   rename Rename this build...
           remove Remove this build   -   next Next build|Ctrl+Tab   -   empty_role Empty the chosen role
View:      view_brief Brief|Ctrl+1   view_requirements Requirements|Ctrl+2   view_parts Parts|Ctrl+3
           view_balance Balance|Ctrl+4   view_site Site|Ctrl+5   -
           light Light   dark Dark   -   larger Larger|Ctrl++   smaller Smaller|Ctrl+-   normal Normal size|Ctrl+0   -
           holding Show rules that hold
Catalogue: catalogue_parts Browse parts...|Ctrl+Shift+P   catalogue_sheet Data sheet of the chosen part...|Alt+Return
           -   catalogue_prices Price books...
           catalogue_updates Catalogue updates...   catalogue_log What was done to the library...
Documents: sheet_a4 Build sheet as PDF, A4...|Ctrl+P   sheet_letter Build sheet as PDF, Letter...
Help:      help_keys Keys...|Ctrl+/   help_glossary Glossary...   help_adding Adding data and workloads...
           help_sizing How a lab is sized...   help_accuracy How predictions are checked...   -
           accuracy How accurate is this?...|Ctrl+Shift+A   -   about About Steelyard
"""
"""Each menu with its commands, three blanks apart: a name, the words, and after a bar the key; "-" is a line."""

CHECKED = ("light", "dark", "holding")


class Menus:
    """All commands of the window by name."""

    def __init__(self, window: QMainWindow) -> None:
        self._actions: dict[str, QAction] = {}
        bar = self._bar = window.menuBar()
        bar.setAccessibleName("Menu")
        self.name = QLabel("Steelyard")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("kind", "project")
        self.name.setAccessibleName("Project")
        bar.setCornerWidget(self.name, Qt.Corner.TopLeftCorner)
        self._menus = [(bar.addMenu(title), commands) for title, commands in _menus()]

    def fill(self, window: QMainWindow) -> None:
        """Put the commands into the menus; done after the first paint, because keys are slow to make."""
        for menu, commands in self._menus:
            self._fill(menu, commands, window)
        from PySide6.QtGui import QActionGroup

        themes = QActionGroup(window)
        for name in ("light", "dark"):
            themes.addAction(self._actions[name])

    def __getitem__(self, name: str) -> QAction:
        """A command by its name."""
        return self._actions[name]

    def name_project(self, name: str) -> None:
        """Say at the left of the menu which project is open."""
        self.name.setText(name)
        self.name.adjustSize()
        self._bar.setCornerWidget(self.name, Qt.Corner.TopLeftCorner)
        self.fit(self._bar.width())

    def fit(self, width: int) -> None:
        """Where the line has no room for the project's name and all menus, the menus have it: no command is hidden."""
        margin = 2 * self._bar.fontMetrics().averageCharWidth()
        menus = sum(self._bar.fontMetrics().horizontalAdvance(menu.title()) + 2 * margin for menu, _ in self._menus)
        self.name.setVisible(self.name.sizeHint().width() + menus <= width)

    def _fill(self, menu: QMenu, commands: list[str], window: QMainWindow) -> None:
        from PySide6.QtGui import QAction, QKeySequence

        menu.setAccessibleName(menu.title())
        for entry in commands:
            if entry == "-":
                menu.addSeparator()
                continue
            name, _, rest = entry.partition(" ")
            text, _, key = rest.partition("|")
            action = QAction(text, window)
            action.setCheckable(name in CHECKED)
            if key:
                action.setShortcut(QKeySequence(key))
            menu.addAction(action)
            self._actions[name] = action


def menus_words() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each menu's title with the words and the key of its commands, for the page on keys."""
    told = []
    for title, commands in _menus():
        rests = (command.partition(" ")[2].partition("|") for command in commands if command != "-")
        told.append((title, [(words, key) for words, _, key in rests]))
    return told


def _menus() -> list[tuple[str, list[str]]]:
    """The menus' titles with their commands."""
    found: list[tuple[str, list[str]]] = []
    for line in COMMANDS.strip().splitlines():
        title, colon, rest = line.partition(":")
        if colon:
            found.append((title, []))
        commands = rest if colon else line
        found[-1][1].extend(command for command in commands.split("   ") if command.strip())
    return [(title, [command.strip() for command in commands]) for title, commands in found]
