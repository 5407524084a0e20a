"""The settings of the site: a line that sums them up, and every field, unfolded on demand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.controls import Choice, Tick, button, words
from steelyard.gui.fields import Field, Labelled
from steelyard.gui.flow import Flow
from steelyard.gui.look import look
from steelyard.gui.present.refused import field_refusal
from steelyard.gui.present.site_presets import PRESETS, price_hint
from steelyard.gui.present.site_settings import (
    FLAG,
    GROUPS,
    MONEY,
    NUMBER,
    SETTINGS,
    WORDS,
    rounded,
    said_of,
    summary_of,
)
from steelyard.project.rule_sets import what_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.gui.present.site_presets import Preset
    from steelyard.gui.present.site_settings import Setting
    from steelyard.project.content import Site
    from steelyard.project.evaluate import VariantEvaluation

FIELDS_A_ROW, FIELD_WIDTH = 8, 108
WORD_JOINER = "\N{WORD JOINER}"
ENDLESS = 16_777_215
HIGHEST, SHARE = 300, 0.34
"""Unfolded, the fields take no more than this, and of a low window no more than this share; then they scroll."""


class SiteSettings(QFrame):
    """`Edit site...` unfolds the fields. Each change is one step that can be taken back."""

    unfolded = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("kind", "panel")
        self.fields: dict[str, Labelled] = {}
        self.flags: dict[str, Tick] = {}
        self.presets: dict[str, Choice] = {}
        self._alone = False
        self.told = words("", "aside", wrap=True)
        self.told.setAccessibleName("What the circuit changed")
        self.plug = Field()
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 20, 6)
        row = QHBoxLayout()
        self._line = QLabel()
        self._line.setProperty("kind", "label")
        self._line.setWordWrap(True)
        self._line.setAccessibleName("Settings of the site")
        self.edit = button("Edit site...")
        self.edit.setCheckable(True)
        row.addWidget(self._line, 1)
        row.addWidget(self.edit)
        column.addLayout(row)
        self.editor = self._editor()
        column.addWidget(self.editor)
        self.editor.setVisible(False)
        self.edit.toggled.connect(self._unfold)

    @property
    def line(self) -> str:
        """What the line says, as it is."""
        return self._line.accessibleDescription()

    def show_site(self, variant: VariantEvaluation) -> None:
        """Show the site of a project."""
        site, said = variant.project.site, summary_of(variant)
        texts = [f"{each.label} <b>{escape(each.value)}</b>".replace(" ", "&nbsp;") for each in said]
        self._line.setText("&nbsp;&nbsp;&nbsp; ".join(texts).replace("-", f"-{WORD_JOINER}"))
        self._line.setAccessibleDescription("; ".join(f"{each.label} {each.value}" for each in said))
        for setting in SETTINGS:
            value = getattr(site, setting.name)
            if setting.kind == FLAG:
                self.flags[setting.name].setChecked(bool(value))
            elif setting.kind == WORDS:
                self._show_plug(value or "")
            else:
                field = self.fields[setting.name].field
                field.show_unit(_unit(setting, variant.project.currency))
                text = "" if value is None else str(value) if setting.kind == MONEY else rounded(value)
                field.show_text(text, None if value is None else float(value))
                field.setToolTip(field.why or site.notes.get(setting.name, ""))
        self._show_presets(site, variant.project.currency)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many fields in a row as have room."""
        if not self._alone:
            self.editor.setFixedHeight(self._height())
        self._place(max(2, min(FIELDS_A_ROW, (event.size().width() - 40) // look().px(FIELD_WIDTH))))
        super().resizeEvent(event)

    def _height(self) -> int:
        return min(look().px(HIGHEST), round(self.window().height() * SHARE))

    def set_alone(self, *, alone: bool) -> None:
        """Unfolded where there is no room for anything beside them, the fields take all there is."""
        self._alone = alone
        self.editor.setMinimumHeight(0 if alone else self._height())
        self.editor.setMaximumHeight(ENDLESS if alone else self._height())

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.editor.setVisible(on)
        if on:
            self.circuit.setFocus()
        self.unfolded.emit(on)

    def _show_plug(self, text: str) -> None:
        if not (self.plug.hasFocus() and self.plug.text().strip() == text):
            self.plug.setText(text)

    def _editor(self) -> QScrollArea:
        inside = QFrame()
        inside.setProperty("kind", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 8, 6)
        column.setSpacing(6)
        column.addLayout(self._presets())
        for group in GROUPS:
            column.addWidget(words(group.title, "h2"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            widgets = [self._widget(setting) for setting in group.settings if setting.kind != FLAG]
            self._grids.append((grid, widgets))
            column.addLayout(grid)
            for at, widget in enumerate(widgets):  # now, so that Tab comes to them before the ticks below them
                grid.addWidget(widget, 0, at)
            for setting in group.settings:
                if setting.kind == FLAG:
                    column.addWidget(self._flag(setting))
        self._place(FIELDS_A_ROW)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _place(self, columns: int) -> None:
        for grid, widgets in self._grids:
            for index, widget in enumerate(widgets):
                grid.addWidget(widget, index // columns, index % columns)
            for at in range(FIELDS_A_ROW):
                grid.setColumnStretch(at, 1 if at < columns else 0)

    def _widget(self, setting: Setting) -> QWidget:
        if setting.kind == WORDS:
            return self._plug_field(setting)
        field = Labelled(setting.label, setting.unit, optional=setting.optional)
        field.field.entered.connect(self._setter(setting))
        self.fields[setting.name] = field
        return field

    def _plug_field(self, setting: Setting) -> QWidget:
        self.plug.setAccessibleName(setting.label)
        self.plug.setPlaceholderText("as the circuit has")
        self.plug.textEdited.connect(lambda text: self._put(setting, text.strip() or None))
        return _under(setting.label, self.plug)

    def _flag(self, setting: Setting) -> Tick:
        tick = Tick(setting.label)
        tick.clicked.connect(lambda on: self._put(setting, on))
        self.flags[setting.name] = tick
        return tick

    def _presets(self) -> QVBoxLayout:
        """Common circuits, rooms, shares, cords, prices and grids; choosing one fills its fields and says so."""
        line = QWidget()
        flow = Flow(line, gap=12)
        for preset in PRESETS:
            choice = Choice(preset.label, width=preset.width)
            choice.activated.connect(self._taker(preset))
            self.presets[preset.name] = choice
            flow.addWidget(_under(preset.label, choice))
        column = QVBoxLayout()
        column.addWidget(line)
        column.addWidget(self.told)
        return column

    @property
    def circuit(self) -> Choice:
        """The choice of a circuit."""
        return self.presets["circuit"]

    def _show_presets(self, site: Site, currency: str) -> None:
        for preset in PRESETS:
            choice, offered = self.presets[preset.name], preset.offered(site, currency)
            texts = [*(each.text for each in offered), preset.otherwise]
            if [choice.itemText(at) for at in range(choice.count())] != texts:
                choice.clear()
                choice.addItems(texts)
            same = (at for at, each in enumerate(offered) if each.is_that_of(site))
            choice.setCurrentIndex(next(same, len(offered)))
        hint = price_hint(site, currency)
        self.presets["price"].setToolTip(hint)
        self.presets["price"].setAccessibleDescription(hint)

    def _taker(self, preset: Preset) -> Callable[[int], None]:
        def take(index: int) -> None:
            project = self._desk.project
            offered = preset.offered(project.site, project.currency)
            if index < len(offered):
                after = offered[index].take(project.site)
                self._change(after, f"{preset.label}: {offered[index].text}")
                self.told.setText("; ".join(what_changed(project.site, after)))
            elif preset.name == "circuit":
                self._change(project.site._replace(rule_set="own"), "Circuit: own values")
            self._show_presets(self._desk.project.site, project.currency)

        return take

    def _setter(self, setting: Setting) -> Callable[[float | None], None]:
        def put(value: float | None) -> None:
            money = setting.kind == MONEY and value is not None
            self._put(setting, f"{value:f}".rstrip("0").rstrip(".") if money else value)

        return put

    def _put(self, setting: Setting, value: Any) -> None:  # noqa: ANN401 - a number, an amount, a word or yes and no
        site = self._desk.project.site._replace(**{setting.name: value})
        said = said_of(setting, value, _unit(setting, self._desk.project.currency))
        try:
            self._change(site, f"{setting.label}: {said}", key=f"site.{setting.name}", checks=True)
        except SteelyardError as trouble:
            if setting.kind in {NUMBER, MONEY}:
                self.fields[setting.name].field.refuse(field_refusal(setting.label, trouble))
            else:
                self._desk.troubled.emit(trouble)

    def _change(self, site: Site, text: str, *, key: str = "", checks: bool = False) -> None:
        from steelyard.project.content import checked

        project = self._desk.project._replace(site=site)
        self._desk.edit(checked(project) if checks else project, text, key=key)


def _under(label: str, field: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(words(label, "label"))
    column.addWidget(field)
    return box


def _unit(setting: Setting, currency: str) -> str:
    return f"{currency} {setting.unit}" if setting.kind == MONEY else setting.unit
