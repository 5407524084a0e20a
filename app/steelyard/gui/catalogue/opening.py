"""Joins the catalogue's window and the desk: opened when it is wanted, and what is changed there is there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from steelyard.errors import BadInputError, SteelyardError
from steelyard.gui.look import look

if TYPE_CHECKING:
    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.gui.conductor import Conductor


class CatalogueBeside(QObject):
    """The catalogue's window beside the desk's."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._window: CatalogueWindow | None = None
        self._zoom = look().zoom
        conductor.window.worn_changed.connect(self._wear)

    @property
    def window(self) -> CatalogueWindow:
        """The window, made when it is first wanted."""
        if self._window is None:
            from steelyard.gui.catalogue.stock import Stock
            from steelyard.gui.catalogue.window import CatalogueWindow

            stock = Stock(self._conductor.desk.engine.catalog, self._used)
            self._window = CatalogueWindow(stock, self._conductor.window)
            self._window.changed.connect(self.renew)
            self._zoom = look().zoom
        return self._window

    def open(self, page: str = "parts") -> None:
        """Show a page, in front."""
        window = self.window
        window.show()
        window.activateWindow()
        window.show_page(page)
        if page == "parts":
            window.parts.search.setFocus()

    def show_part(self, part_id: str) -> None:
        """Show a part's data sheet, and what else its name finds."""
        self.open("parts")
        self.window.parts.seek(part_id)

    def renew(self) -> None:
        """Load the catalogue anew and evaluate the project with it."""
        from steelyard.library.standing import standing_catalog
        from steelyard.project.evaluate import Engine

        try:
            catalog = standing_catalog()
            self._conductor.desk.renew(Engine.of(catalog))
        except SteelyardError as trouble:
            why = BadInputError(f"The desk goes on with the catalogue as it was. {trouble.message}", trouble.remedy)
            self._conductor.tell(why)
            self.window.tell(why)
            return
        self.window.stock.renew(catalog)
        self.window.refresh()

    def _wear(self) -> None:
        """With another zoom the window is made anew, as the desk's views are."""
        if self._window is None or look().zoom == self._zoom or self._window.tasks.working:
            return
        seen, page = self._window.isVisible(), self._window.page
        self._window.close()
        self._window.deleteLater()
        self._window = None
        if seen:
            self.open(page)

    def _used(self, part_id: str) -> str:
        """Which builds of the open project use a part, in words; empty for none."""
        try:
            variants = self._conductor.desk.project.variants
        except SteelyardError:
            return ""
        names = [
            variant.name
            for variant in variants
            if any(filling.part == part_id for _, filling in variant.selection.items())
        ]
        return ", ".join(names)
