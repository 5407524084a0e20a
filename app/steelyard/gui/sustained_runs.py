"""The sustained run beside the window: computed in a thread of its own, shown in every plot of it at one time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from steelyard.gui.tasks import Tasks

if TYPE_CHECKING:
    from steelyard.gui.present.sustained import Shown
    from steelyard.gui.sustained_plot import SustainedPlot
    from steelyard.project.evaluate import VariantEvaluation

CALM = 1500
"""Milliseconds after a run is shown until its bands are computed."""


class SustainedRuns(QObject):
    """Keeps the plots of the run together. `moved` says that the scrubber, and so the time, is elsewhere."""

    moved = Signal()

    def __init__(self, parent: QObject, *plots: SustainedPlot) -> None:
        super().__init__(parent)
        self._plots = plots
        self._tasks = Tasks(self)
        self._wanted: tuple[VariantEvaluation, int] | None = None
        self._there: tuple[VariantEvaluation, int] | None = None
        self._banded: tuple[VariantEvaluation, int] | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self._want_bands)
        for plot in plots:
            plot.moved.connect(self._follow)

    @property
    def current(self) -> bool:
        """Whether what is shown is of the build as it is."""
        return self._wanted is not None and self._wanted == self._there

    def outdate(self, variant: VariantEvaluation, row: int) -> None:
        """Dim a run of another build until its successor is there."""
        for plot in self._plots:
            plot.set_stale(stale=self._there != (variant, row))

    def want(self, variant: VariantEvaluation, row: int) -> None:
        """Compute the run of a build, if it is not shown or on its way."""
        wanted = (variant, row)
        if wanted in (self._wanted, self._there):
            return
        self._wanted = wanted
        self._tasks.run(lambda: _computed(wanted), lambda shown: self._show(wanted, shown), lambda _trouble: None)

    def complete(self) -> None:
        """Show the wanted run with its bands now."""
        self.settle()
        if self._wanted is not None and self._banded != self._wanted:
            self._show_bands(self._wanted, _computed(self._wanted, ranges=True))

    def settle(self) -> None:
        """Show the wanted run now instead of when it comes."""
        if self._wanted is not None and not self.current:
            self._show(self._wanted, _computed(self._wanted))

    def _show(self, wanted: tuple[VariantEvaluation, int], shown: Shown) -> None:
        if wanted != self._wanted or self.current:
            return
        self._there = wanted
        self._calm.start()
        for plot in self._plots:
            plot.show_run(*shown)
        self.moved.emit()

    def _want_bands(self) -> None:
        """Bands take many runs: they are computed once nothing has changed for a while."""
        wanted = self._wanted
        if wanted is not None and self.current and self._banded != wanted:
            self._tasks.run(
                lambda: _computed(wanted, ranges=True),
                lambda shown: self._show_bands(wanted, shown),
                lambda _trouble: None,
            )

    def _show_bands(self, wanted: tuple[VariantEvaluation, int], shown: Shown) -> None:
        if wanted == self._there:
            self._banded = wanted
            for plot in self._plots:
                plot.show_run(*shown)

    def _follow(self) -> None:
        sender = self.sender()
        for plot in self._plots:
            if isinstance(sender, type(plot)) and plot is not sender and plot.hours != sender.hours:
                plot.read(sender.hours)
        self.moved.emit()


def _computed(wanted: tuple[VariantEvaluation, int], *, ranges: bool = False) -> Shown:
    from steelyard.gui.present.sustained import run_view

    return run_view(*wanted, ranges=ranges)
