"""How accurate predictions are: a table of families, the plot of predicted against measured, the worst cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from steelyard.figures.accuracy import check_rows, curves, worst_rows
from steelyard.gui.accuracy_plot import AccuracyPlot
from steelyard.gui.catalogue.rows import HIGH, LOW, Line, Rows
from steelyard.gui.controls import hairline, words
from steelyard.gui.look import look
from steelyard.gui.present.measured_on import device_words, where_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from steelyard.project.accuracy import Accuracy

SIZE, LEAST = (1240, 820), (760, 560)
BESIDE = 1100
"""From this width on the plot stands beside the table."""

LEAST_TABLE = 590
ALL = "All families"
FAMILIES = (
    ("Family", 0, False),
    ("n", 56, True),
    ("Median", 64, True),
    ("9 in 10", 64, True),
    ("Bias", 66, True),
    ("Coverage", 74, True),
    ("In sample", 108, True),
)
WORST = (
    ("Case, and what we believe is the cause", 0, False),
    ("On", 190, False),
    ("Measured", 84, True),
    ("Predicted", 84, True),
    ("80 % range", 130, True),
    ("Error", 66, True),
)
CHECKS = (
    ("Check, and its worst case", 0, False),
    ("n", 56, True),
    ("Outside", 70, True),
    ("Measured", 100, True),
    ("Predicted", 100, True),
    ("Error", 84, True),
    ("Tolerance", 84, True),
)


class AccuracyWindow(QMainWindow):
    """A window beside the desk's. The family that is chosen in the table is brought forward in the plot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("How accurate is this? - Steelyard")
        self.setAccessibleName("How accurate is this?")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self._found: Accuracy | None = None
        self._sentence = words("", "sentence", wrap=True)
        self._sentence.setAccessibleName("Answer")
        self._rests = words("", "label", wrap=True)
        self.families = Rows("Accuracy by family", FAMILIES, LOW)
        self.plot = AccuracyPlot()
        self.worst = Rows("Worst cases", WORST, HIGH)
        self.checks = Rows("Power, heat and noise", CHECKS, HIGH)
        self._believed = words("", "label", wrap=True)
        self._believed.setAccessibleName("What lies outside the chosen check's tolerance")
        self._case = words("", "label", wrap=True)
        self._case.setAccessibleName("The chosen case")
        self._lay_out()
        self.families.moved.connect(self._choose)
        self.worst.moved.connect(self._tell_case)
        self.checks.moved.connect(self._believed.setText)
        self.plot.chosen.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    @property
    def sentence(self) -> str:
        """The answer under the title."""
        return self._sentence.text()

    @property
    def rests(self) -> str:
        """On which families the number rests from which one came here."""
        return self._rests.text()

    def show_accuracy(self, found: Accuracy, families: tuple[str, ...] = (), number: str = "") -> None:
        """Show figures. number: the prediction from which one came; families: what it rests on, may be empty."""
        self._found = found
        figure = curves(found)
        self._sentence.setText(figure.sentence or figure.missing)
        self.plot.show_figure(figure)
        every = sum(len(family.cases) for family in found.families)
        lines = [Line((ALL, f"{every:,}", "", "", "", f"{found.pooled_coverage:.0%}".replace("%", " %"), ""), key="")]
        for family, row in zip(found.families, figure.table.rows, strict=True):
            lines.append(Line((*row[:6], f"{row[6]}, {row[7]}"), key=family.name))
        self.families.show_rows(tuple(lines))
        checks = (Line((f"{row[0]}\n{row[7]}", *row[1:7]), key=row[8]) for row in check_rows(found.checks).rows)
        self.checks.show_rows(tuple(checks))
        known = [each for each in families if found.family(each) is not None]
        self._rests.setText(_rests(found, known, number))
        self._rests.setVisible(bool(number))
        self._select(known[0] if known else "")
        self._size_tables()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the plot stands below the table."""
        wide = event.size().width() >= look().px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._upper.direction() != way:
            self._upper.setDirection(way)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, unless the plot had a family to let go."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _select(self, name: str) -> None:
        keys = [line.key for line in self.families.lines]
        row = keys.index(name) if name in keys else 0
        self.families.setCurrentIndex(self.families.model().index(row, 1))
        self._choose(name)

    def _choose(self, name: str) -> None:
        """Bring a family forward and show its worst cases; without one those of all, the furthest off first."""
        if self._found is None:
            return
        family = self._found.family(name)
        self.plot.show_family(family.title if family is not None else "")
        table = worst_rows((family,) if family is not None else self._found.families)
        lines = [Line((f"{row[0]}\n{row[6]}", device_words(row[1]), *row[2:6]), key=row) for row in table.rows]
        self.worst.show_rows(tuple(lines))
        self._tell_case(self.worst.key)
        self._size_tables()

    def _tell_case(self, row: tuple[str, ...] | None) -> None:
        """The current case in full: its cause may be longer than its line."""
        self._case.setText(
            "" if row is None else f"{row[0]}, {device_words(row[1])}: {row[6].rstrip('.')}. {where_words(row[7])}."
        )

    def _follow(self, title: str) -> None:
        if self._found is not None:
            name = next((each.name for each in self._found.families if each.title == title), "")
            self._select(name)

    def _size_tables(self) -> None:
        """Tables as high as their rows, so that one bar scrolls the window."""
        for table, row in ((self.families, LOW), (self.worst, HIGH), (self.checks, HIGH)):
            rows = len(table.lines)
            table.setFixedHeight(look().px(row) * rows + table.horizontalHeader().sizeHint().height() + 4)
            table.setMinimumWidth(look().px(LEAST_TABLE))

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setProperty("kind", "base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(8)
        column.addWidget(words("How accurate is this?", "title"))
        column.addWidget(self._sentence)
        column.addWidget(self._rests)
        column.addWidget(hairline())
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(24)
        self._upper.addWidget(self.families, 1, Qt.AlignmentFlag.AlignTop)
        self._upper.addWidget(self.plot, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._upper)
        column.addWidget(
            words(
                "Errors are predicted over measured less one, each GPU or host left out of the fit that predicts it; "
                "in sample: fitted with it. Half the errors are smaller than the median, 9 in 10 than the next. "
                "Coverage: measurements inside the 80 % range.",
                "aside",
                wrap=True,
            )
        )
        column.addWidget(hairline())
        column.addWidget(words("Worst cases", "h2"))
        column.addWidget(self._case)
        column.addWidget(self.worst)
        column.addWidget(hairline())
        column.addWidget(words("Power, heat and noise", "h2"))
        column.addWidget(
            words(
                "The model against published measurements, certified points and closed forms. Errors are predicted "
                "less measured, of the case that uses most of its tolerance.",
                "aside",
                wrap=True,
            )
        )
        column.addWidget(self._believed)
        column.addWidget(self.checks)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.setCentralWidget(scroll)


def _rests(found: Accuracy, families: list[str], number: str) -> str:
    """On what a prediction rests, in words."""
    titles = [each.title for name in families if (each := found.family(name)) is not None]
    if not titles:
        return f"{number} rests on no family of measurements alone: what was fitted for it was estimated from others."
    return f"{number} rests on what was fitted on: {', '.join(titles)}."
