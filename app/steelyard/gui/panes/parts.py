"""Parts: what fills each role, what every other part would change, and where it all sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from steelyard.gui.controls import button, hairline, words
from steelyard.gui.empty import EmptyState
from steelyard.gui.fields import Field
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.panes.pane import Pane
from steelyard.gui.picker_table import PickerTable
from steelyard.gui.present.parts import (
    ROLE_LABELS,
    candidates_view,
    key_title,
    preview_lines,
    roles_view,
    total_reading,
    total_text,
)
from steelyard.gui.present.site import sitting_view
from steelyard.gui.readings import Reading
from steelyard.gui.role_table import RoleTable
from steelyard.gui.sitting import SittingPicture
from steelyard.gui.tables import LINE
from steelyard.project.candidates import hidden_parts

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.gui.lines import Candidate
    from steelyard.project.content import Project
    from steelyard.project.evaluate import VariantEvaluation

NARROW = 900
"""Below this width the slot picture is a second tab."""


class PartsPane(Pane):
    """Roles at the left, the picker at the right, the slot picture below."""

    asked = Signal(str)
    previewed = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Parts", "", EmptyState("Nothing on the beam yet", "Open a project first."))
        self._desk = desk
        self._candidates: tuple[Candidate, ...] = ()
        self._row = 0
        self._filled: tuple[object, str] = (None, "")
        """The evaluation and the role whose candidates the picker shows."""

        self.roles = RoleTable()
        self.picker = PickerTable()
        self.total = Figure(Reading(label="Total", value="0"), step="h2", align="right")
        self.sitting = SittingPicture()
        self._find = self.finder = Field()
        self._picker_title, self._picker_count = words("", "h2"), words("", "aside")
        self.hidden = button("", "link", tip="Parts that are no longer made or made for servers")
        self.hidden.setCheckable(True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._fill_picker)
        self._build()
        self._connect()

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the build; the picker follows when the rest has been painted."""
        self._row = row
        self.say(total_text(variant))
        self.roles.show_roles(roles_view(variant), variant.project.currency)
        if not self.roles.role:
            self.roles.choose("gpu")
        self.total.show_reading(total_reading(variant))
        sitting = sitting_view(variant, row)
        seated = sum(slot.state == "occupied" for slot in sitting.slots)
        wanted = variant.selection.count("gpu") if sitting.slots else 0
        self.sitting.show_sitting(sitting._replace(unseated=max(0, wanted - seated)))
        if not ranged or self._filled[0] is not variant:  # it may have changed while another view was seen
            self._wait.start(0)

    def settle(self) -> None:
        """Fill the picker now; for pictures and tests."""
        self._wait.stop()
        self._fill_picker()

    def choose(self, role: str) -> None:
        """Choose a role, as a finding's Fix does."""
        self.roles.choose(role)
        self.picker.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the picture gets its own tab."""
        narrow = event.size().width() < look().px(NARROW)
        for tab in self._tabs:
            tab.setVisible(narrow)
        self._arrange(narrow=narrow)
        super().resizeEvent(event)

    def _arrange(self, *, narrow: bool) -> None:
        picture = self._tabs[1].isChecked()
        self._split.setVisible(not narrow or not picture)
        self._below.setVisible(not narrow or picture)
        self._line.setVisible(not narrow)

    def _build(self) -> None:
        self._tabs = [button("Choose", "segment"), button("Where it sits", "segment")]
        for tab in self._tabs:
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda: self._arrange(narrow=True))
            self.tools.addWidget(tab)
        self._tabs[0].setChecked(True)
        self.tools.setSpacing(0)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self._left())
        self._split.addWidget(self._right())
        self._split.setSizes([370, 596])
        self._split.setChildrenCollapsible(False)
        body = QWidget()
        whole = _column(body)
        whole.addWidget(self._split, 1)
        self._line = hairline()
        whole.addWidget(self._line)
        whole.addWidget(self._picture())
        self.set_body(body)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(346)
        column = _column(left)
        column.addWidget(self.roles, 1)
        line = hairline()
        line.setProperty("kind", "sum")
        column.addWidget(line)
        total = QHBoxLayout()
        total.setContentsMargins(36, 4, 8, 6)
        total.setSpacing(8)
        total.addWidget(words("Total", "h2"))
        total.addWidget(words("tax and shipping not included", "aside"))
        total.addStretch()
        total.addWidget(self.total)
        column.addLayout(total)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        column = _column(right)
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 14, 4)
        head.setSpacing(8)
        self._find.setPlaceholderText("Find a part")
        self._find.setAccessibleName("Find a part")
        self._find.setFixedWidth(look().px(180))
        head.addWidget(self._picker_title)
        head.addWidget(self._picker_count)
        head.addWidget(self.hidden)
        head.addStretch()
        head.addWidget(self._find)
        column.addLayout(head)
        column.addWidget(self.picker, 1)
        return right

    def _picture(self) -> QWidget:
        self._below = QFrame()
        self._below.setProperty("kind", "panel")
        column = QVBoxLayout(self._below)
        column.setContentsMargins(20, 8, 20, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(words("Where it sits", "h2"))
        head.addStretch()
        head.addWidget(words("Line width is lane count", "aside"))
        column.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.sitting)
        scroll.setFixedHeight(look().px(192))
        column.addWidget(scroll)
        column.addStretch()
        return self._below

    def _connect(self) -> None:
        self.roles.role_chosen.connect(lambda _role: self._wait.start(0))
        self.roles.count_changed.connect(self._set_count)
        self.roles.emptied.connect(self.empty_role)
        self.roles.picker_wanted.connect(self.picker.setFocus)
        self.picker.taken.connect(self.take)
        self.picker.previewed.connect(self._preview)
        self.total.asked.connect(self.asked)
        self.sitting.asked.connect(self.asked)
        self._find.textChanged.connect(self._show_candidates)
        self.hidden.toggled.connect(lambda _shown: self._fill_picker())

    def _set_count(self, role: str, count: int) -> None:
        part = self._desk.selection.part(role)
        if part is not None:
            self._desk.attempt(lambda: self._with(role, part, count, f"{ROLE_LABELS[role]} × {count}"))

    @property
    def chosen_part(self) -> str:
        """The part of the picker's row where the picker is used, else that of the chosen role; empty without one."""
        line = self.picker.currentIndex().data(LINE)
        if self.picker.hasFocus() and line is not None:
            return str(line.part_id)
        return self._desk.selection.part(self.roles.role) or "" if self.roles.role else ""

    def take(self, part: str) -> None:
        """Put a part into the chosen role."""
        role = self.roles.role
        count = max(1, self._desk.selection.count(role))
        name = self._desk.engine.catalog.part(part).name
        self._desk.attempt(lambda: self._with(role, part, count, f"{ROLE_LABELS[role]}: {name}"))

    def empty_role(self, role: str = "") -> None:
        """Take the part out of a role."""
        chosen = role or self.roles.role
        if chosen:
            self._desk.select(self._desk.selection.without(chosen), f"Empty {ROLE_LABELS[chosen]}")

    def _with(self, role: str, part: str, count: int, text: str) -> tuple[Project, str]:
        selection = self._desk.selection.with_(**{role: (part, count)})
        return self._desk.project.with_selection(self._desk.variant.name, selection), text

    def _fill_picker(self) -> None:
        variant, role = self._desk.evaluation, self.roles.role
        if variant is None or not role:
            return
        self._picker_title.setText(ROLE_LABELS[role])
        self._candidates = candidates_view(variant, role, all_parts=self.hidden.isChecked())
        hidden = hidden_parts(variant, role)
        self.hidden.setVisible(hidden > 0)
        self.hidden.setText(
            f"Hide {hidden} old or server parts" if self.hidden.isChecked() else f"{hidden} hidden: show"
        )
        self._show_candidates()
        if self._filled[1] != role:
            self.picker.begin()
        self._filled = (variant, role)
        self.previewed.emit("", ())

    def _show_candidates(self) -> None:
        wanted = self._find.text().casefold().split()
        shown = tuple(
            line for line in self._candidates if all(word in f"{line.name} {line.reason}".casefold() for word in wanted)
        )
        fitting = sum(line.fits for line in self._candidates)
        self._picker_count.setText(
            f"{fitting} of {len(self._candidates)} fit" + (f", {len(shown)} shown" if wanted else "")
        )
        self.picker.show_candidates(shown, key_title(self.roles.role), "", self._desk.project.currency)

    def _preview(self, part: str) -> None:
        variant = self._desk.evaluation
        line = next((line for line in self._candidates if line.part_id == part), None)
        if line is not None and variant is not None:
            self.previewed.emit(line.name, preview_lines(variant, line))


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
