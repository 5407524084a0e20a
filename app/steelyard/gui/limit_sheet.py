"""Changing a limit where it is drawn: its numbers, and where they are from; one step that can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.controls import button, words
from steelyard.gui.fields import Field, Labelled
from steelyard.gui.look import look
from steelyard.gui.present.brief import plain
from steelyard.gui.present.own_limit import check_bounds, own_numbers, with_numbers, without_note
from steelyard.gui.present.refused import field_refusal
from steelyard.gui.present.site_limits import noted
from steelyard.gui.raised import Raised

if TYPE_CHECKING:
    from steelyard.gui.desk import Desk
    from steelyard.gui.present.site_limits import Gauged

WIDTH, EDGES, HIGHEST = 308, 30, 460


class LimitSheet(Raised):
    """Asks for the numbers of a limit and for their source, which it does not do without."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, "Change a limit")
        self._desk = desk
        self._gauged: Gauged | None = None
        self.fields: dict[str, Labelled] = {}
        self._values: dict[str, float | None] = {}
        self.wrong = words("", "wrong", wrap=True)

    def edit(self, gauged: Gauged, beside: QWidget | None) -> None:
        """Open on a limit, beside what shows it."""
        variant = self._desk.evaluation
        if variant is None:
            return
        self._gauged = gauged
        self.name.setText(f"Limit: {gauged.label}")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        self.fields, self._values = {}, {}
        for each in own_numbers(variant, gauged):
            field = Labelled(each.label, each.unit, optional=each.optional)
            field.field.show_text("" if each.value is None else plain(each.value))
            field.field.entered.connect(self._taker(each.name))
            field.field.returnPressed.connect(self.take)
            field.field.wronged.connect(lambda _why: QTimer.singleShot(0, self.fit))
            field.field.textEdited.connect(lambda _text: self.wrong.hide())
            if each.optional:
                field.field.setPlaceholderText("no limit")
            self.fields[each.name], self._values[each.name] = field, each.value
            column.addWidget(field)
        self.note = Field()
        self.note.setAccessibleName("Where is it from?")
        self.note.setPlaceholderText("such as: letter of facilities, 3 May")
        self.note.setText(noted(variant, gauged))
        self.note.returnPressed.connect(self.take)
        self.note.textEdited.connect(lambda _text: self.wrong.hide())
        column.addWidget(words("Where is it from?", "label"))
        column.addWidget(self.note)
        self.wrong = words("", "wrong", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addLayout(self._buttons(own=bool(noted(variant, gauged))))
        column.addStretch()
        self.hold(inside, look().px(WIDTH), look().px(WIDTH - EDGES), look().px(HIGHEST))
        self.open_beside(beside)
        first = next(iter(self.fields.values()))
        first.field.setFocus()
        first.field.selectAll()

    def take(self) -> None:
        """Put the numbers in force with their source; what cannot be is said and changes nothing."""
        gauged, note = self._gauged, " ".join(self.note.text().split())
        if gauged is None:
            return
        if not note:
            self._refuse("Say where the number is from: a limit without a source cannot be checked by anyone.")
            self.note.setFocus()
            return
        wrong = next((field.field for field in self.fields.values() if field.field.why), None)
        if wrong is not None:
            wrong.setFocus()
            return
        desk = self._desk
        try:
            if gauged.given and desk.evaluation is not None:
                check_bounds(desk.evaluation, gauged, self._values)
            project = with_numbers(desk.project, desk.variant.name, gauged, self._values, note)
        except SteelyardError as trouble:
            self._refuse_number(trouble)
            return
        self._leave(desk.edit(project, f"Limit: {gauged.label}") or project == desk.project)

    def give_back(self) -> None:
        """The computed number again, or the site's without a note."""
        gauged, desk = self._gauged, self._desk
        if gauged is not None:
            project = without_note(desk.project, desk.variant.name, gauged)
            self._leave(desk.edit(project, f"Limit as computed: {gauged.label}"))

    def _leave(self, done: bool) -> None:  # noqa: FBT001 - what the edit said
        if done:
            self.close_it()

    def _refuse_number(self, trouble: SteelyardError) -> None:
        """Say at the field that is meant, in its own words, what it does not take."""
        for name, labelled in self.fields.items():
            if name in trouble.message:
                labelled.field.refuse(field_refusal(labelled.field.accessibleName().partition(",")[0], trouble))
                labelled.field.setFocus()
                return
        self._refuse(str(trouble))

    def _refuse(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.show()
        QTimer.singleShot(0, self.fit)

    def _taker(self, name: str) -> object:
        def put(value: float | None) -> None:
            self._values[name] = value

        return put

    def _buttons(self, *, own: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        take = button("Take", "primary")
        take.clicked.connect(self.take)
        row.addWidget(take)
        if own and self._gauged is not None:
            back = button("As computed" if self._gauged.given else "Forget the source")
            back.clicked.connect(self.give_back)
            row.addWidget(back)
        row.addStretch()
        return row
