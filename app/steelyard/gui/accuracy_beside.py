"""Joins the window on accuracy and the desk: made when it is first wanted, told where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from steelyard.errors import SteelyardError
from steelyard.gui.look import look
from steelyard.project.accuracy import accuracy

if TYPE_CHECKING:
    from steelyard.gui.accuracy_window import AccuracyWindow
    from steelyard.gui.conductor import Conductor
    from steelyard.gui.lines import Explained


class AccuracyBeside(QObject):
    """The window on accuracy beside the desk's."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._window: AccuracyWindow | None = None
        self._from: Explained | None = None
        self._zoom = look().zoom
        conductor.window.worn_changed.connect(self._wear)

    @property
    def window(self) -> AccuracyWindow:
        """The window, made when it is first wanted."""
        if self._window is None:
            from steelyard.gui.accuracy_window import AccuracyWindow

            self._window = AccuracyWindow(self._conductor.window)
            self._zoom = look().zoom
        return self._window

    def open(self, explained: Explained | None = None) -> None:
        """Show it, in front, for a prediction or by itself. Where the figures are missing the desk says so."""
        try:
            found = accuracy()
        except SteelyardError as trouble:
            self._conductor.tell(trouble)
            return
        self._from = explained
        label, families = ("", ()) if explained is None else (explained.label, explained.rests_on or ())
        self.window.show_accuracy(found, families, label)
        self.window.show()
        self.window.activateWindow()
        self.window.families.setFocus()

    def _wear(self) -> None:
        """With another zoom the window is made anew, as the desk's views are."""
        if self._window is None or look().zoom == self._zoom:
            return
        seen = self._window.isVisible()
        self._window.close()
        self._window.deleteLater()
        self._window = None
        if seen:
            self.open(self._from)
