"""Joins the help and the desk: its window is made when it is first wanted, and anew at another size of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.errors import SteelyardError
from steelyard.gui.look import look

if TYPE_CHECKING:
    from steelyard.gui.conductor import Conductor
    from steelyard.gui.help_window import HelpWindow

HELP_PAGES: Final = ("keys", "glossary", "adding", "sizing", "accuracy")


class HelpBeside:
    """The window of the help beside the desk's."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self.window: HelpWindow | None = None

    def open(self, page: str) -> None:
        """Show a page, in front. Where it is missing the desk says so."""
        if self.window is None or self.window.zoom != look().zoom:
            from steelyard.gui.help_window import HelpWindow

            if self.window is not None:
                self.window.close()
                self.window.deleteLater()
            self.window = HelpWindow(self._conductor.window)
        try:
            self.window.show_page(page)
        except SteelyardError as trouble:
            self._conductor.tell(trouble)
