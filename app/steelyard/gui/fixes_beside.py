"""Fixes beside the window: weighed in a thread of their own, shown when they are there, applied as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.gui.fixes_panel import FixesPanel
from steelyard.gui.present.fixes import fix_lines, for_rule
from steelyard.gui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.gui.conductor import Conductor
    from steelyard.project.content import Project
    from steelyard.project.fixes import Fix

TITLE = "What would mend it"


class FixesBeside:
    """Opened from a finding or from the site."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._desk = conductor.desk
        self.panel = FixesPanel(conductor.window)
        self.tasks = Tasks(self.panel)
        self.fixes: tuple[Fix, ...] = ()
        self._wanted: tuple[Project, str, str] | None = None
        self.panel.taken.connect(self.apply)
        conductor.window.view_shown.connect(self._hide)

    def open(self, rule: str, beside: QWidget | None) -> None:
        """Weigh what would mend a rule (or anything, without one), and show it beside a widget."""
        from steelyard.project.fixes import fixes_of

        engine, project, name = self._desk.engine, self._desk.project, self._desk.variant.name
        wanted = self._wanted = (project, name, rule)
        self.panel.wait(self._title(rule), beside)
        self.tasks.run(
            lambda: fixes_of(engine, project, name),
            lambda found: self._show(wanted, found),
            self._conductor.tell,
        )

    def apply(self, place: int) -> None:
        """Take a fix: the whole of it is one step."""
        fix = self.fixes[place]
        self._desk.edit(fix.after, fix.undo)

    def _hide(self, _view: str) -> None:
        """Another view is shown: what was offered belongs to the one before."""
        self.panel.hide()

    def _show(self, wanted: tuple[Project, str, str], found: tuple[Fix, ...]) -> None:
        """Show what was weighed, unless the build is another by now or the panel was closed."""
        variant, rule = self._desk.evaluation, wanted[2]
        if wanted != self._wanted or variant is None or not self.panel.isVisible():
            return
        if self._desk.project is not wanted[0]:
            self.panel.close_it()
            return
        self.fixes = for_rule(variant, found, rule)
        self.panel.show_fixes(self._title(rule), fix_lines(variant, self.fixes))

    def _title(self, rule: str) -> str:
        variant = self._desk.evaluation
        found = next((each for each in variant.findings if each.rule.id == rule), None) if variant else None
        return TITLE if found is None else f"{TITLE}: {found.title}"
