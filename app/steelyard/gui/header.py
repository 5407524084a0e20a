"""The header: which build, what it costs against the budget, how many findings, and the one word for its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from steelyard.gui.controls import Choice, button, hairline, words
from steelyard.gui.drawing import down, fulcrum, outline, paint_reading, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.readings import Budget, Counts, Reading
from steelyard.gui.states import STATUS_SYMBOLS
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

CHOICE = 150
EMPTY = "Nothing to judge yet"
FULL, ROOMY, TERSE = 350, 340, 172
"""Widths of the budget: beside all else, without counts of 0, and as track and price alone."""


class BudgetGauge(Painted):
    """What the build costs, on a track that ends just above the budget."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Budget", width=350, height=28)
        self._budget = Budget(0.0, 0.9, Reading(label="Budget", value="0"), "")
        self.terse = False
        """Track and price alone; what may be spent is then in the tip."""

    def show_budget(self, budget: Budget) -> None:
        """Show another price or budget."""
        self._budget = budget
        self.setAccessibleDescription(f"{budget.spent.spoken()} {budget.limit_text}. Press Enter for the reason.")
        self.setToolTip(f"{budget.spent.value} {budget.limit_text}")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Word, track with notch, price and budget."""
        palette, one, budget = colours(), look(), self._budget
        middle = self.height() / 2
        baseline = middle + one.metrics("body").capHeight() / 2
        x = float(one.px(2))
        if not self.terse:
            x = write(painter, x, baseline, "Budget", "body", palette.ink2) + one.px(9)
        share = min(one.px(150), self.width() * 0.42)
        track = QRectF(x, middle - one.px(3), one.px(72) if self.terse else max(60.0, share), one.px(6))
        painter.fillRect(track, palette.line)
        notch = track.left() + track.width() * (budget.limit_share or 0.0)
        if budget.share is None:
            outline(painter, track, palette.unknown, dashed=True)
        elif budget.limit_share is not None:
            end = track.left() + track.width() * min(1.0, budget.share * budget.limit_share)
            painter.fillRect(QRectF(x, track.top(), min(end, notch) - x, track.height()), palette.steelfill)
            if end > notch:
                painter.fillRect(QRectF(notch, track.top(), end - notch, track.height()), palette.block)
        if budget.limit_share is not None:
            down(painter, notch, middle - one.px(8), middle + one.px(8), palette.brass, 2)
            fulcrum(painter, notch, middle + one.px(5), palette.brassfill, scale=0.7 * one.zoom)
        end = paint_reading(painter, track.right() + one.px(9), baseline, budget.spent, "h2", underline="dotted")
        said = budget.currency if self.terse else budget.limit_text
        write(painter, end, baseline, f" {said}", "body", palette.ink2)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press asks what the price is made of."""
        self.asked.emit(self._budget.spent.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter, Space and F1."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self.asked.emit(self._budget.spent.name)
        else:
            super().keyPressEvent(event)


class State(Painted):
    """The counts of findings and the framed state of the build."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("State of the build", width=400, height=30, focus=False)
        self._counts, self._status = Counts(), ""
        self.all_counts, self.words = True, True

    def show_state(self, counts: Counts, status: str) -> None:
        """Show other counts or another state."""
        self._counts, self._status = counts, status
        self.setAccessibleDescription(
            f"{status or EMPTY}: {counts.block} block, {counts.warn} warn, {counts.note} note, {counts.unknown} unknown"
        )
        self.changed.emit()
        self.update()

    def needed(self, *, all_counts: bool, words: bool) -> int:
        """How wide the counts (those of 0 too, or not; with their words, or not) and the state are."""
        one = look()
        step = "lead" if self._status else "medium"
        width = one.metrics(step).horizontalAdvance(self._status or EMPTY) + one.px(56)
        for kind, count in zip(Counts._fields, self._counts, strict=True):
            if self._status and (count or all_counts):
                text = f"{count} {kind}" if words else str(count)
                width += one.metrics("medium").horizontalAdvance(text) + one.px(30)
        return round(width)

    def sizeHint(self) -> QSize:
        """As wide as what is shown."""
        return QSize(self.needed(all_counts=self.all_counts, words=self.words), look().px(30))

    def paint(self, painter: QPainter) -> None:
        """From right to left: the framed state, then unknown, note, warn, block."""
        palette, one = colours(), look()
        middle = self.height() / 2
        symbol, state = STATUS_SYMBOLS.get(self._status, ("", ""))
        text = self._status or EMPTY
        colour = palette.state(state) if state else palette.ink2
        step = "lead" if self._status else "medium"
        width = one.metrics(step).horizontalAdvance(text) + one.px(42 if symbol else 22)
        frame = QRectF(self.width() - width - 1, middle - one.px(13), width, one.px(26))
        outline(painter, frame, colour, 1.5 if state else 1.0, radius=one.px(4), dashed=not state)
        baseline = middle + one.metrics(step).capHeight() / 2
        write(painter, frame.right() - one.px(11), baseline, text, step, colour, align="right")
        if symbol:
            mark = "ok" if symbol == "ready" else symbol
            paint_symbol(
                painter,
                mark,
                QRectF(frame.left() + one.px(10), middle - one.px(7), one.px(14), one.px(14)),
                colour,
                palette.panel,
            )
        if not self._status:
            return
        x = frame.left() - one.px(12)
        counts = self._counts
        for kind, count in (
            ("unknown", counts.unknown),
            ("note", counts.note),
            ("warn", counts.warn),
            ("block", counts.block),
        ):
            if not count and not self.all_counts:
                continue
            tint = palette.state(kind) if count else palette.ink3
            x = write(
                painter,
                x,
                middle + one.metrics("body").capHeight() / 2,
                f"{count} {kind}" if self.words else str(count),
                "medium" if count else "body",
                tint,
                align="right",
            )
            outlined = {"block": "block_open", "warn": "warn_open"}.get(kind, kind)
            paint_symbol(
                painter,
                kind if count else outlined,
                QRectF(x - one.px(18), middle - one.px(6.5), one.px(13), one.px(13)),
                tint,
                palette.panel,
            )
            x -= one.px(29)


class Header(QFrame):
    """The bar under the menu."""

    variant_chosen = Signal(int)
    variant_wanted = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.variants = Choice("Build", width=150)
        self.variants.setToolTip("The project's builds (Ctrl+Tab for the next)")
        self.variants.activated.connect(self.variant_chosen)
        self.add = button("+ Variant", "link", tip="A copy of this build to change (Ctrl+Shift+D)")
        self.add.clicked.connect(self.variant_wanted)
        self.budget = BudgetGauge()
        self.budget.asked.connect(self.asked)
        self.state = State()
        self.state.changed.connect(self._fit)
        self.word = words("Build", "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 8)
        row.setSpacing(8)
        for widget in (self.word, self.variants, self.add, hairline(upright=True), self.budget):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.state)
        self.setMinimumWidth(1)

    def show_variants(self, names: list[str], current: int) -> None:
        """List the project's builds."""
        self.variants.clear()
        self.variants.addItems(names)
        self.variants.setCurrentIndex(current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """When it gets narrow counts of 0 leave first, then words that symbols and tips say too."""
        one, width = look(), self.width()
        beside = one.px(CHOICE) + 80
        add = self.add.sizeHint().width()
        word = self.word.sizeHint().width()
        lines = (  # word before the builds, the link beside them, the budget's width, counts of 0, words of counts
            (True, True, FULL, True, True),
            (False, True, ROOMY, False, True),
            (False, False, ROOMY, False, True),
            (False, False, TERSE, False, True),
            (False, False, TERSE, False, False),
        )
        for worded, link, budget, all_counts, words_too in lines:
            state = self.state.needed(all_counts=all_counts, words=words_too)
            if beside + word * worded + add * link + one.px(budget) + state <= width:
                break
        self.state.all_counts, self.state.words = all_counts, words_too
        self.word.setVisible(worded)
        self.add.setVisible(link)
        self.budget.terse = budget == TERSE
        self.budget.set_least(budget, 28)
        self.variants.setMinimumWidth(one.px(CHOICE if words_too else CHOICE * 2 / 3))
        self.budget.update()
        self.state.updateGeometry()
        self.state.update()
