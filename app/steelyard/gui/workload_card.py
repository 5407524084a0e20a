"""A workload of the project with the inputs that a lab sets: few at first, all of them when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from steelyard.gui.choice_field import LabelledChoice
from steelyard.gui.controls import Tick, button, hairline, words
from steelyard.gui.escaped import tip
from steelyard.gui.fields import Labelled, wrong_label
from steelyard.gui.figure import Figure
from steelyard.gui.flow import Flow
from steelyard.gui.look import look
from steelyard.gui.readings import Reading
from steelyard.gui.runs_badge import RunsBadge
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.present.brief import InputField, WorkloadCard

A_ROW = 5
FIELD = 142
"""The least width of a field with its unit; it decides how many stand in a row."""

SHORT = 520
"""Below this width the badge that says when the workload runs is a letter alone."""


VOXELS = "voxels"
"""The unit of what is typed as its edges, too: 240 x 240 x 155."""


class WorkloadBox(QFrame):
    """Enable, inputs, when it runs, what it asks. Signals carry the workload's id in this project."""

    enabled = Signal(str, bool)
    input_set = Signal(str, str, object)
    typical_wanted = Signal(str)
    runs_set = Signal(str, str)
    duplicated = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)
    asked = Signal(str)

    def __init__(self, card: WorkloadCard) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(card.name)
        self._id = card.id
        self._fields: dict[str, Labelled | LabelledChoice] = {}
        self._figures: list[Figure] = []
        self._all = False
        self._columns = 0
        self._tick = Tick(card.name, step="lead")
        self._tick.toggled.connect(lambda on: self.enabled.emit(self._id, on))
        self._typical = button(
            "Use typical values", tip="Fill what is empty with typical values; each is marked as assumed"
        )
        self._typical.clicked.connect(self._use_typical)
        self.runs = RunsBadge(card.name)
        self.runs.chosen.connect(lambda runs: self.runs_set.emit(self._id, runs))
        self._remark, self.why, self._why = words("", "aside", wrap=True), button("Why", "link"), ""
        self.why.setAccessibleName("Why so many channels cost so much")
        self.why.clicked.connect(lambda: self.asked.emit(self._why))
        self._remarks = QWidget()
        beside = QHBoxLayout(self._remarks)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._remark, 1)
        beside.addWidget(self.why)
        self._more = button("", "link")
        self._more.clicked.connect(self._unfold)
        self._build(card)
        self.show_card(card)

    @property
    def fields(self) -> dict[str, Labelled | LabelledChoice]:
        """The fields by the name of their input."""
        return self._fields

    @property
    def first_field(self) -> QWidget:
        """Where typing begins: the first required input that is empty, or the first of all."""
        fields: list[QWidget] = [self._fields[name].field for name in self._fields if name in self._required]
        empty = [field for field in fields if field.property("state") == "confirm"]
        return (empty or fields or [self._tick])[0]

    def show_card(self, card: WorkloadCard) -> None:
        """Show the workload's values."""
        self._tick.blockSignals(True)
        self._tick.setChecked(card.enabled)
        self._tick.blockSignals(False)
        for field in card.fields:
            self._show_field(field)
        self.runs.show_runs(card.runs)
        self._typical.setVisible(card.missing > 0)
        hidden = sum(not field.required for field in card.fields)
        self._more.setText("Fewer inputs" if self._all else f"All {len(card.fields)} inputs...")
        self._more.setVisible(hidden > 0)
        self._remark.setText(card.remark.text)
        self._why = card.remark.asks
        self._remarks.setVisible(bool(card.remark.text))
        self.why.setVisible(bool(self._why))
        for figure, reading in zip(self._figures, card.asks, strict=False):
            figure.show_reading(reading)
        self._asks.setVisible(bool(card.asks))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many fields a row as have room."""
        self._arrange(max(2, min(A_ROW, event.size().width() // look().px(FIELD))))
        self.runs.set_short(short=event.size().width() < look().px(SHORT))
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        """A choice whose words have no room in one column takes two."""
        room = look().px(FIELD)
        if columns != self._columns:
            self._columns = columns
            place = 0
            for labelled in self._fields.values():
                span = 2 if isinstance(labelled, LabelledChoice) and labelled.field.sizeHint().width() > room else 1
                place += span - 1 if place % columns + span > columns else 0  # no field goes on in the next row
                self._grid.addWidget(labelled, place // columns, place % columns, 1, span)
                place += span
            for place in range(A_ROW):
                self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def _show_field(self, field: InputField) -> None:
        labelled = self._fields[field.name]
        labelled.label.set_assumed(assumed=field.mark == "assumed")
        labelled.setToolTip(tip(field.outside or field.help))
        labelled.setVisible(field.required or self._all)
        if isinstance(labelled, LabelledChoice):
            labelled.field.show_field(field)
            return
        labelled.field.show_text(field.text if field.mark != "empty" else "")
        labelled.field.setPlaceholderText(field.placeholder)
        labelled.field.allowed = f"Usual: {field.placeholder}." if field.placeholder else ""
        labelled.field.mark("confirm" if field.mark == "empty" else "")

    def _use_typical(self) -> None:
        """The button goes when nothing is empty; what it filled comes next, and not what happens to stand beside it."""
        self.typical_wanted.emit(self._id)
        next(iter(self._fields.values())).field.setFocus()

    def _unfold(self) -> None:
        self._all = not self._all
        for name, labelled in self._fields.items():
            labelled.setVisible(self._all or name in self._required)
        self._more.setText("Fewer inputs" if self._all else f"All {len(self._fields)} inputs...")

    def _build(self, card: WorkloadCard) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        self.setMinimumWidth(look().px(2 * FIELD))
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._tick)
        head.addWidget(words(card.family, "aside"))
        head.addStretch()
        head.addWidget(self._typical)
        head.addWidget(self.runs)
        head.addWidget(self._menu(card))
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        self._required = {field.name for field in card.fields if field.required}
        ordered = sorted(card.fields, key=lambda field: not field.required)
        for field in ordered:
            labelled = _labelled(field)
            labelled.field.entered.connect(lambda value, name=field.name: self.input_set.emit(self._id, name, value))
            self._fields[field.name] = labelled
        self._grid = grid
        self._arrange(A_ROW)
        column.addLayout(grid)
        column.addWidget(wrong_label(*(each.field for each in self._fields.values() if isinstance(each, Labelled))))
        column.addWidget(self._remarks)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        self._asks = QWidget()
        row = Flow(self._asks, gap=2)
        for label in ("Asks", "GPU memory", "Cores", "Memory"):
            figure = Figure(Reading(label=label, known=False), step="medium", unit_step="small")
            figure.asked.connect(self.asked)
            self._figures.append(figure)
            pair = QWidget()
            inside = QHBoxLayout(pair)
            inside.setContentsMargins(0, 0, 12, 0)
            inside.addWidget(words(label, "label"))
            inside.addWidget(figure)
            row.addWidget(pair)
        foot.addWidget(self._asks, 1)
        foot.addWidget(self._more)
        column.addLayout(foot)

    def _menu(self, card: WorkloadCard) -> QToolButton:
        """What else can be done with the workload as a whole."""
        more = QToolButton()
        more.setIcon(icon("more"))
        more.setIconSize(QSize(look().px(16), look().px(16)))
        more.setProperty("kind", "bare")
        more.setAccessibleName(f"More for {card.name}")
        more.setToolTip("Duplicate, move or remove this workload")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for text, then in (
            ("Duplicate", lambda: self.duplicated.emit(self._id)),
            ("Move up", lambda: self.moved.emit(self._id, -1)),
            ("Move down", lambda: self.moved.emit(self._id, 1)),
            ("Remove", lambda: self.removed.emit(self._id)),
        ):
            menu.addAction(text).triggered.connect(then)
        more.setMenu(menu)
        self.more = menu
        return more


def _labelled(field: InputField) -> Labelled | LabelledChoice:
    if field.choices:
        return LabelledChoice(field.label, field.choices)
    return Labelled(field.label, field.unit, tells=False, products=field.unit == VOXELS)
