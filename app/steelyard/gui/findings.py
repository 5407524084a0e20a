"""The findings: a line each, gravest first; the chosen one unfolds into its reason, its numbers and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from steelyard.gui.controls import button, words
from steelyard.gui.figure import Figure
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.wrapping import Span, lay_out, paint_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.gui.lines import Found

LEFT, RIGHT, TOP, LEADING = 42, 14, 9, 18


class FindingLine(Painted):
    """One finding. Enter or a press unfolds it, and folds it again."""

    chosen = Signal(str)
    asked = Signal(str)
    why = Signal(str)
    remedy = Signal(str)

    def __init__(self, found: Found) -> None:
        super().__init__(found.title, width=240, height=44)
        self._found = found
        self._open = False
        self._head = 0
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_found(found)

    @property
    def rule(self) -> str:
        """The rule that found it."""
        return self._found.rule

    def show_found(self, found: Found) -> None:
        """Show another finding in the same place."""
        self._found = found
        self.setAccessibleName(f"{found.word}: {found.title}")
        self.setAccessibleDescription(f"{found.detail}. {found.sentences}")
        if self._body is not None:
            self._body.deleteLater()
            self._body = None
        if self._open:
            self._body = self._unfolded()
            self._column.addWidget(self._body)
        self._fit()

    def set_open(self, *, unfold: bool) -> None:
        """Unfold or fold."""
        if unfold != self._open:
            self._open = unfold
            self.show_found(self._found)

    def sizeHint(self) -> QSize:
        """The head's lines, and the body when unfolded."""
        body = self._body.sizeHint().height() + look().px(8) if self._body is not None else 0
        return QSize(look().px(240), self._head + body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words break anew."""
        self._fit()
        super().resizeEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Symbol, word and title, detail."""
        palette, one, found = colours(), look(), self._found
        if self._open:
            painter.fillRect(self.rect(), palette.base)
            painter.fillRect(QRectF(0, 0, one.px(3), self.height()), palette.steel)
        ground = palette.base if self._open else palette.panel
        place = QRectF(one.px(16), one.px(TOP + 2), one.px(14), one.px(14))
        paint_symbol(painter, found.state, place, palette.state(found.state), ground)
        left, width = one.px(LEFT), self.width() - one.px(LEFT + RIGHT)
        end = paint_spans(painter, left, one.px(TOP), self._title(), width, one.px(LEADING))
        for spans in self._lines():
            end = paint_spans(painter, left, end + one.px(2), spans, width, one.px(16))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the head chooses it."""
        if event.position().y() <= self._head:
            self.chosen.emit(self._found.rule)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose it; F1 asks why; the arrows go to the next finding."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._found.rule)
        elif event.key() == Qt.Key.Key_F1:
            self.why.emit(self._found.rule)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _title(self) -> list[Span]:
        palette, found = colours(), self._found
        hand = "h2" if self._open else "body"
        return [Span(found.word, "medium", palette.state(found.state)), Span(f"  {found.title}", hand, palette.ink)]

    def _lines(self) -> list[list[Span]]:
        palette, found = colours(), self._found
        text = found.sentences if self._open and found.sentences else found.detail
        lines = [[Span(text, "small", palette.ink2 if self._open else palette.ink3)]] if text else []
        if found.accepted:
            lines.append([Span(found.accepted, "small", palette.ink3)])
        return lines

    def _fit(self) -> None:
        one = look()
        width = max(one.px(180), self.width() - one.px(LEFT + RIGHT))
        height = one.px(TOP) + lay_out(self._title(), width, one.px(LEADING))[1]
        for spans in self._lines():
            height += one.px(2) + lay_out(spans, width, one.px(16))[1]
        self._head = round(height) + one.px(7)
        self._column.setContentsMargins(one.px(LEFT), self._head, one.px(RIGHT), one.px(8) if self._body else 0)
        self.updateGeometry()
        self.update()

    def _unfolded(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for row, reading in enumerate(self._found.rows):
            grid.addWidget(words(reading.label, "label", wrap=True), row, 0)
            figure = Figure(reading, step="medium", unit_step="small")
            figure.asked.connect(self.asked)
            grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        line = QHBoxLayout()
        for text, signal in (("Fix...", self.remedy), ("Why", self.why)):
            press = button(text)
            press.setAccessibleName(f"{text.rstrip('.')}: {self._found.title}")
            press.clicked.connect(_saying(signal, self._found.rule))
            line.addWidget(press)
        line.addStretch()
        grid.addLayout(line, len(self._found.rows), 0, 1, 2)
        return body


def _saying(signal: SignalInstance, rule: str) -> Callable[[], None]:
    def say() -> None:
        signal.emit(rule)

    return say


class FindingList(QScrollArea):
    """All findings of a build. At most one is unfolded."""

    asked = Signal(str)
    why = Signal(str)
    remedy = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Findings")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch()
        self._lines: list[FindingLine] = []
        self._open = ""
        self.setWidget(self._inside)

    def show_findings(self, findings: tuple[Found, ...]) -> None:
        """Show other findings; the unfolded one stays unfolded while it is among them."""
        while len(self._lines) < len(findings):
            line = FindingLine(findings[len(self._lines)])
            line.chosen.connect(self.open)
            line.asked.connect(self.asked)
            line.why.connect(self.why)
            line.remedy.connect(self.remedy)
            self._column.insertWidget(len(self._lines), line)
            self._lines.append(line)
        for line, found in zip(self._lines, findings, strict=False):
            line.set_open(unfold=found.rule == self._open)
            line.show_found(found)
        for index, line in enumerate(self._lines):
            line.setVisible(index < len(findings))

    def open(self, rule: str) -> None:
        """Unfold a finding, or fold it when it is the unfolded one."""
        self._open = "" if rule == self._open else rule
        for line in self._lines:
            line.set_open(unfold=line.rule == self._open)
            if line.rule == self._open:
                self.ensureWidgetVisible(line)
        self.chosen.emit(self._open)
