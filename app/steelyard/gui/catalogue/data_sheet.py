"""The data sheet beside the list: who makes the part, what it costs, every value and where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from steelyard.gui.catalogue.sheet import LAYER_WORDS, STATUS_WORDS, sentence, stopped
from steelyard.gui.catalogue.values import Values
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.empty import EmptyState
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.readings import Reading

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from steelyard.gui.catalogue.sheet import Sheet, ValueLine


MARGIN = 16
LONGEST_DETAIL = 420
"""Letters of a source and its note that stand under the values; a longer note is in the part's file."""

TWO_COLUMNS = 560
"""Below this width price and actions stand under the name, whatever the page asks for."""

LEAST_VALUES = 126
"""What the values keep of the height, three rows; with less room than that the whole sheet scrolls."""


class DataSheet(QFrame):
    """Shows one part. What may be done with it is asked of the page by signals, with the part's id."""

    use_wanted = Signal(str, bool)
    copy_wanted = Signal(str)
    change_wanted = Signal(str)
    removal_wanted = Signal(str)
    override_wanted = Signal(str, str)
    undo_wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "base")
        self.setAccessibleName("Data sheet")
        self._sheet: Sheet | None = None
        self._wide = False
        self._above, self._name = words("", "label"), words("", "title", wrap=True)
        self._number, self._state = words("", "aside", wrap=True), words("", "aside", wrap=True)
        for label in (self._name, self._number):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._amount = Figure(Reading(label="Price", value="?"), step="dock figure")
        self._amount.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._price, self._price_source = words("", "label", wrap=True), words("", "aside", wrap=True)
        self._note = words("", "sentence", wrap=True)
        self.use = button("Use in builds", "primary")
        self.copy = button("New part like this...")
        self.change, self.remove = button("Change..."), button("Remove")
        self.override = button("Override value...", tip="Put a value of yours in the place of this one, with evidence")
        self.undo = button("Undo override", tip="The catalogue's own value stands again")
        self.values = Values()
        self._detail = words("", "label", wrap=True)
        self._detail.setAccessibleName("Where the value is from, in full")
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._connect()

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self._sheet

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a part."""
        self._sheet = sheet
        self._stack.setCurrentIndex(1)
        self._above.setText(f"{sheet.kind}, {sheet.maker}")
        self._name.setText(sheet.name)
        self._number.setText(sheet.mpn)
        self._number.setVisible(bool(sheet.mpn))
        layer = LAYER_WORDS.get(sheet.layer, sheet.layer)
        use = "" if sheet.in_use else "not in use"
        said = (layer, STATUS_WORDS[sheet.status] if sheet.status else "", use, sheet.summary)
        self._state.setText(" · ".join(each for each in said if each))
        known = sheet.price.amount != "?"
        self._amount.show_reading(Reading("", sheet.price.amount, sheet.price.currency, label="Price", known=known))
        self._price.setText(sheet.price.kind)
        self._price_source.setText(". ".join(e.rstrip(".") for e in (sheet.price.source, sheet.price.note) if e))
        self._price_source.setVisible(bool(sheet.price.source or sheet.price.note))
        self._note.setText(sheet.note)
        self._note.setVisible(bool(sheet.note))
        imported = sheet.layer == "opendb"
        self.copy.setVisible(sheet.in_use)
        for each in (self.change, self.remove):
            each.setVisible(sheet.layer == "own")
        self.use.setVisible(imported)
        self.use.setText("Do not use" if sheet.in_use else "Use in builds")
        self.use.setAccessibleName(self.use.text())
        kind = "" if sheet.in_use else "primary"
        if self.use.property("kind") != kind:
            self.use.setProperty("kind", kind)
            self.use.style().unpolish(self.use)
            self.use.style().polish(self.use)
        self.values.show_values(sheet.values)
        self._follow()

    def show_nothing(self) -> None:
        """No part is chosen."""
        self._sheet = None
        self._stack.setCurrentIndex(0)

    def lie(self, *, wide: bool) -> None:
        """Under the list there is width and no height: price and actions stand beside the name."""
        self._wide = wide
        self._lie()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit side by side stands one under the other."""
        super().resizeEvent(event)
        self._lie()

    def _lie(self) -> None:
        beside = self._wide and self.width() >= look().px(TWO_COLUMNS)
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        room = (self.width() // 2 if beside else self.width()) - 2 * MARGIN - self._scroll.verticalScrollBar().width()
        for row in (self._actions, self._foot):
            shown = [each for each in self._buttons[row] if not each.isHidden()]
            need = sum(each.sizeHint().width() + row.spacing() for each in shown)
            row.setDirection(ways.LeftToRight if need <= room else ways.TopToBottom)

    def _follow(self) -> None:
        """What can be done with the value whose row is current."""
        line: ValueLine | None = self.values.line
        usable = self._sheet is not None and self._sheet.in_use
        self.override.setEnabled(usable and line is not None)
        self.undo.setVisible(line is not None and bool(line.pinned))
        said = "" if line is None else " ".join(each for each in (stopped(line.source), sentence(line.note)) if each)
        self._detail.setText(said if len(said) <= LONGEST_DETAIL else f"{said[:LONGEST_DETAIL]}…")
        self._detail.setVisible(bool(said))
        self._lie()
        if self.values.hasFocus():
            self._scroll.ensureWidgetVisible(self.values, 0, 0)
        tip = "" if usable else "A part can have other values once it is used in builds."
        self.override.setToolTip(tip or "Put a value of yours in the place of this one, with evidence (Enter)")

    def _lay_out(self) -> None:
        self._buttons: dict[QBoxLayout, tuple[QPushButton, ...]] = {}
        inside = QFrame()
        inside.setProperty("kind", "base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above_values())
        column.addWidget(hairline())
        self.values.setMinimumHeight(look().px(LEAST_VALUES))
        column.addWidget(self.values, 1)
        column.addWidget(hairline())
        self._detail.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.addWidget(self._detail)
        self._foot = self._row(self.override, self.undo)
        self._foot.setContentsMargins(MARGIN, 7, MARGIN, 8)
        column.addLayout(self._foot)
        body = self._scroll = QScrollArea()
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setWidget(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("No part is chosen", "Choose one in the list; all that is known stands here."))
        self._stack.addWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _above_values(self) -> QBoxLayout:
        """The name, and the price with what can be done with the part."""
        head = self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        head.setContentsMargins(MARGIN, 12, MARGIN, 10)
        head.setSpacing(8)
        names, costs = QVBoxLayout(), QVBoxLayout()
        for each in (names, costs):
            each.setSpacing(2)
            head.addLayout(each, 1)
        for label in (self._above, self._name, self._number, self._state):
            names.addWidget(label)
        names.addStretch()
        price = QHBoxLayout()
        price.setSpacing(10)
        price.addWidget(self._amount)
        price.addWidget(self._price, 1, Qt.AlignmentFlag.AlignVCenter)
        costs.addLayout(price)
        costs.addWidget(self._price_source)
        costs.addWidget(self._note)
        costs.addSpacing(6)
        self._actions = self._row(self.use, self.copy, self.change, self.remove)
        costs.addLayout(self._actions)
        return head

    def _row(self, *buttons: QPushButton) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        for press in buttons:
            row.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch()
        self._buttons[row] = buttons
        return row

    def _connect(self) -> None:
        self.values.chosen.connect(lambda _field: self._follow())
        self.values.wanted.connect(lambda _field: self.override.click())
        self.use.clicked.connect(self._ask_use)
        self.copy.clicked.connect(lambda: self._ask_part(self.copy_wanted))
        self.change.clicked.connect(lambda: self._ask_part(self.change_wanted))
        self.remove.clicked.connect(lambda: self._ask_part(self.removal_wanted))
        self.override.clicked.connect(lambda: self._ask(self.override_wanted))
        self.undo.clicked.connect(lambda: self._ask(self.undo_wanted))

    def _ask_use(self) -> None:
        if self._sheet is not None:
            self.use_wanted.emit(self._sheet.part_id, not self._sheet.in_use)

    def _ask_part(self, signal: object) -> None:
        if self._sheet is not None:
            signal.emit(self._sheet.part_id)  # type: ignore[attr-defined]

    def _ask(self, signal: object) -> None:
        line = self.values.line
        if self._sheet is not None and line is not None:
            signal.emit(self._sheet.part_id, line.field)  # type: ignore[attr-defined]
