"""Fields for numbers: as people type them, checked while they type; what cannot be read changes nothing and says so."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from steelyard.gui.controls import words
from steelyard.gui.drawing import elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.present.typed import STAYS, number_from, product_from, product_words
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent


class Field(QLineEdit):
    """A line that keeps the keys of undo and redo only while it has something typed to take back."""

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the desk's commands where the line has nothing to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            undo = event.matches(standard.Undo) and not self.isUndoAvailable()
            if undo or (event.matches(standard.Redo) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is the desk's from now on, and taken back there."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.setText(self.text())


class NumberField(Field):
    """A line with its unit at the right. `entered` carries the number, or None when it was emptied."""

    entered = Signal(object)
    wronged = Signal(str)
    """Why what was typed cannot be taken; empty when it can be again."""

    def __init__(self, name: str, unit: str = "", *, optional: bool = True, products: bool = False) -> None:
        """products: "240 x 240 x 155" is taken for what it comes to, and stays as it was typed."""
        super().__init__()
        self._name, self._optional = name, optional
        self._read = product_from if products else number_from
        self._product = self._shown = self._held = ""
        self._value: float | None = None
        self._held_value: float | None = None
        self._sending = self._restoring = self._moved = False
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._hold)
        self.show_unit(unit)
        self._state = self._why = ""
        self.allowed = ""
        """Which values are usual, as a sentence; it is said where no number was typed."""

    def show_unit(self, unit: str) -> None:
        """Say what the number is in, such as another currency."""
        self._unit = unit
        self.setAccessibleName(f"{self._name}, {unit}" if unit else self._name)
        self.setTextMargins(0, 0, round(look().metrics("small").horizontalAdvance(unit)) + 6 if unit else 0, 0)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """While it is typed in no commas stand in the number: they would be out of place after the next key."""
        if "," in self.text() and self._state != "wrong" and not self._product:
            self.setText(self.text().replace(",", ""))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write it as numbers are written again."""
        super().focusOutEvent(event)
        if self._state != "wrong" and self._same():
            self.setText(self._written(self._shown))

    @property
    def why(self) -> str:
        """Why what stands in the field was refused; empty where it holds."""
        return self._why

    def show_text(self, text: str, value: float | None = None) -> None:
        """Show the value in force, unless the field is typed in just now and reads the same.

        value: the value itself where the text is rounded. What was refused stands with its reason until the field is
        left, or until another value comes into force.
        """
        before = (self._shown, self._value)
        self._shown, self._value = text, self._number(text) if value is None else value
        same = (self._shown, self._value) == before
        if not (self._sending or same):
            self._hold()
        refused = self._state == "wrong" and same
        if self._restoring or (self.hasFocus() and (refused or self._same() or self.text() == text)):
            return
        written = self._written(text)
        self.setText(written.replace(",", "") if self.hasFocus() and written == text else written)
        self._mark("", "")

    def mark(self, state: str) -> None:
        """`confirm` for a required value that is missing; nothing otherwise."""
        if self._state != "wrong":
            self._mark(state, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then its unit in ink2; before it the symbol of what is wrong, for colour alone says nothing."""
        super().paintEvent(event)
        one, wrong = look(), self._state == "wrong"
        if not (self._unit or wrong):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right: float = self.width() - one.px(9)
        if self._unit:
            baseline = (self.height() + one.metrics("small").capHeight()) / 2
            right = write(painter, right, baseline, self._unit, "small", colours().ink2, align="right") - one.px(4)
        if wrong:
            side = one.px(13)
            box = QRectF(right - side, (self.height() - side) / 2, side, side)
            paint_symbol(painter, "block", box, colours().block, colours().base)
        painter.end()

    def _edited(self, text: str) -> None:
        try:
            value = self._read(text)
        except ValueError as trouble:
            self.refuse(f"{trouble} {self.allowed}".rstrip())
            return
        if value is None and not self._optional:
            why = f"A value is needed here. {STAYS}"
            self.refuse(f"{why} {self.allowed}".rstrip())
            return
        self._mark("", "")
        self._product = product_words(text)
        self._send(value)

    def refuse(self, why: str) -> None:
        """Say that what was typed cannot be taken, and put back the value from before the typing.

        Each key was taken as it came: the first digits of what is refused may be in force.
        """
        self._mark("wrong", why)
        if self._moved and not self._restoring:
            self._restoring = True
            self._product = product_words(self._held)
            self._send(self._held_value)
            self._restoring = self._moved = False

    def _send(self, value: float | None) -> None:
        before, self._sending, self._moved = self._sending, True, True
        self.entered.emit(value)
        self._sending = before

    def _hold(self) -> None:
        """The value in force is what a refusal puts back from now on."""
        self._held, self._held_value, self._moved = self._shown, self._value, False

    def _written(self, text: str) -> str:
        """The product that was typed where that is the value in force; else the value."""
        return self._product if self._product and self._number(self._product) == self._number(text) else text

    def _same(self) -> bool:
        """Whether what is typed reads as the value that is in force, or cannot be read at all."""
        typed = self._number(self.text())
        return typed == self._value or (typed is not None and math.isnan(typed))

    def _number(self, text: str) -> float | None:
        """What a text spells; None where it is empty, NaN where it spells nothing."""
        try:
            return self._read(text)
        except ValueError:
            return math.nan

    def _mark(self, state: str, why: str) -> None:
        if (state, why) == (self._state, self._why):
            return
        self._state, self._why = state, why
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        self.setProperty("state", state)
        self.style().unpolish(self)
        self.style().polish(self)
        self.wronged.emit(why)


class FieldLabel(Painted):
    """A field's label, with the blue dot of an assumed value beside it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, width=60, height=18, focus=False)
        self._text, self._assumed = text, False

    def show_words(self, text: str, *, assumed: bool) -> None:
        """Show other words, as wide as they are; none at all where there are none."""
        self._text = text
        self.setAccessibleName(text)
        self.set_least(round(look().metrics("small").horizontalAdvance(text) / look().zoom) + 16, 18)
        self.set_assumed(assumed=assumed and bool(text))

    def set_assumed(self, *, assumed: bool) -> None:
        """Whether the value was assumed and not stated."""
        self._assumed = assumed
        self.setAccessibleDescription("assumed" if assumed else "")
        self.setToolTip(f"{self._text}. Assumed: the typical value was taken" if assumed else "")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Text, dot."""
        one = look()
        text = elided(self._text, "small", self.width() - (one.px(14) if self._assumed else 0))
        if text != self._text and not self.toolTip():
            self.setToolTip(self._text)
        end = write(painter, 0, one.px(13), text, "small", colours().ink2)
        if self._assumed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours().s1)
            painter.drawEllipse(QPointF(end + one.px(9), one.px(9)), one.px(4), one.px(4))


def wrong_label(*fields: NumberField) -> QLabel:
    """A line that says why one of the fields was refused, and is not there while all of them hold."""
    label = words("", "wrong", wrap=True)
    label.hide()

    def tell(_why: str) -> None:
        text = next((field.why for field in fields if field.why), "")
        label.setText(text)
        label.setVisible(bool(text))

    for field in fields:
        field.wronged.connect(tell)
    return label


class Labelled(QWidget):
    """A label over a field, and under it why what was typed cannot be taken, where nobody else says so."""

    def __init__(
        self, label: str, unit: str = "", *, optional: bool = True, tells: bool = True, products: bool = False
    ) -> None:
        super().__init__()
        self.label = FieldLabel(label)
        self.field = NumberField(label, unit, optional=optional, products=products)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        column.addWidget(self.field)
        if tells:
            column.addWidget(wrong_label(self.field))
