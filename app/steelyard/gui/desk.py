"""The desk: the project that is open, its evaluation, and every change to it as one step that can be taken back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from steelyard.errors import BadInputError, SteelyardError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from steelyard.gui.present.sizing import Sized
    from steelyard.project.content import Project, Variant
    from steelyard.project.evaluate import Engine, VariantEvaluation
    from steelyard.project.selection import Selection

RANGES_AFTER = 180
"""Milliseconds without an edit after which the ranges are drawn: they take longer than a keystroke may."""


class Held(NamedTuple):
    """What an edit changes: the project, and which of its variants is shown."""

    project: Project
    variant: str


class Edit(QUndoCommand):
    """The only undo command there is: the value before and the value after. Edits with one key, in turn, merge."""

    def __init__(self, put: Callable[[Held], None], old: Held, new: Held, text: str, key: str) -> None:
        super().__init__(text)
        self._put, self._old, self.new, self.key = put, old, new, key

    def undo(self) -> None:
        """Put the old value back."""
        self._put(self._old)

    def redo(self) -> None:
        """Put the new value."""
        self._put(self.new)

    def id(self) -> int:
        """Commands with an id may merge with the one before; those without a key never do."""
        return 1 if self.key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Typing in one field is one step, and its words are those of the last key: "Budget: 25,000", not "2"."""
        if not isinstance(other, Edit) or other.key != self.key:
            return False
        self.new = other.new
        self.setText(other.text())
        self.setObsolete(self.new == self._old)  # typed and typed back: nothing is left to undo
        return True


class Desk(QObject):
    """Holds the project and evaluates it after every edit, on the GUI thread: it takes a few milliseconds.

    `changed` carries the evaluation of the variant that is shown; `ranged` the same, once its ranges are there.
    """

    changed = Signal(object)
    ranged = Signal(object)
    saved = Signal()
    troubled = Signal(object)

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.undo_stack = QUndoStack(self)
        self.path: Path | None = None
        self.milliseconds = 0.0
        self._held: Held | None = None
        self._evaluation: VariantEvaluation | None = None
        self._tried: tuple[Held, VariantEvaluation] | None = None
        self._sized: Sized | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(RANGES_AFTER)
        self._wait.timeout.connect(self._draw_ranges)

    @property
    def project(self) -> Project:
        """The project that is open."""
        if self._held is None:
            raise BadInputError("No project is open.", "Open one, or the sample.")
        return self._held.project

    @property
    def variant(self) -> Variant:
        """The build that is shown."""
        if self._held is None:
            raise BadInputError("No project is open.", "Open one, or the sample.")
        return self._held.project.variant(self._held.variant)

    @property
    def selection(self) -> Selection:
        """The parts of the build that is shown."""
        return self.variant.selection

    @property
    def evaluation(self) -> VariantEvaluation | None:
        """The evaluation of what is shown; None before the first."""
        return self._evaluation

    @property
    def sized(self) -> Sized:
        """What sizes the project without a build; kept, for only what is asked decides it."""
        if self._sized is None:
            from steelyard.gui.present.sizing import Sized

            self._sized = Sized()
        return self._sized

    @property
    def modified(self) -> bool:
        """Whether something would be lost if the desk closed now."""
        return not self.undo_stack.isClean()

    def open(self, project: Project, path: Path | None) -> None:
        """Show another project; its first variant. What could be undone belongs to the old one and goes."""
        held = Held(project, project.variants[0].name)
        evaluation = self._evaluate(held)
        self.undo_stack.clear()
        self.path = path
        self._show(held, evaluation)

    def edit(self, project: Project, text: str, *, variant: str = "", key: str = "") -> bool:
        """Make a change that can be undone; says whether it was one. Trouble is told and changes nothing."""
        if self._held is None:
            return False
        new = Held(project, variant or self._held.variant)
        if new == self._held:
            return False
        try:
            self._tried = (new, self._evaluate(new))
        except SteelyardError as trouble:
            self.troubled.emit(trouble)
            return False
        self.undo_stack.push(Edit(self._put, self._held, new, text, key))
        return True

    def attempt(self, change: Callable[[], tuple[Project, str]], *, variant: str = "", key: str = "") -> bool:
        """Make the change that a function returns with its words; what it refuses is told as a sentence."""
        try:
            project, text = change()
        except SteelyardError as trouble:
            self.troubled.emit(trouble)
            return False
        return self.edit(project, text, variant=variant, key=key)

    def renew(self, engine: Engine) -> None:
        """Go on with another catalogue. SteelyardError when it cannot evaluate the project; then nothing changes."""
        before, self.engine = self.engine, engine
        try:
            evaluation = None if self._held is None else self._evaluate(self._held)
        except SteelyardError:
            self.engine = before
            raise
        self._tried = None
        if self._held is not None and evaluation is not None:
            self._show(self._held, evaluation)

    def select(self, selection: Selection, text: str) -> bool:
        """Change the parts of the build that is shown."""
        return self.attempt(lambda: (self.project.with_selection(self.variant.name, selection), text))

    def show_variant(self, index: int) -> None:
        """Show another build of the project. Looking is no edit."""
        if self._held is not None and self.project.variants[index].name != self._held.variant:
            self._put(self._held._replace(variant=self.project.variants[index].name))

    def save(self, path: Path) -> bool:
        """Write the project's file; says whether it was written."""
        from steelyard.project.file import save_project

        try:
            save_project(self.project, path)
        except SteelyardError as trouble:
            self.troubled.emit(trouble)
            return False
        self.path = path
        self.undo_stack.setClean()
        self.saved.emit()
        return True

    def settle(self) -> None:
        """Draw the ranges now instead of in a moment."""
        self._wait.stop()
        self._draw_ranges()

    def _put(self, held: Held) -> None:
        """Show a value; if its variant is gone, the first one."""
        names = [each.name for each in held.project.variants]
        shown = held if held.variant in names else held._replace(variant=names[0])
        tried, self._tried = self._tried, None
        evaluation = tried[1] if tried is not None and tried[0] == shown else self._evaluate(shown)
        self._show(shown, evaluation)

    def _evaluate(self, held: Held) -> VariantEvaluation:
        start = time.perf_counter()
        evaluation = self.engine.evaluate_variant(held.project, held.variant)
        self.milliseconds = (time.perf_counter() - start) * 1000
        return evaluation

    def _show(self, held: Held, evaluation: VariantEvaluation) -> None:
        self._held, self._evaluation = held, evaluation
        self.changed.emit(evaluation)
        self._wait.start()

    def _draw_ranges(self) -> None:
        if self._evaluation is not None and self._evaluation.uses:
            self._evaluation.range("throughput")
        self.ranged.emit(self._evaluation)
