"""Site: where the watts go, how warm each part gets, and every limit of circuit, room and ear as a gauge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.controls import Choice, button, hairline, words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.empty import EmptyState
from steelyard.gui.fields import Labelled
from steelyard.gui.gauge import Gauge
from steelyard.gui.look import look
from steelyard.gui.lying_bars import THIN, LyingBars
from steelyard.gui.panes.pane import Pane
from steelyard.gui.present.brief import plain
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.refused import field_refusal
from steelyard.gui.present.site import SETTINGS, limits_view, sitting_view, summary_of
from steelyard.gui.present.site_words import sentence_of, under
from steelyard.gui.sitting import SittingPicture
from steelyard.gui.waterfall import Waterfall

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.gui.lines import Limit
    from steelyard.gui.present.site import Setting
    from steelyard.project.content import Site
    from steelyard.project.evaluate import VariantEvaluation

STEPS = {
    "GPUs": "gpus_power", "CPU": "cpu_power", "Board and rest": "platform_power", "Memory": "memory_power",
    "Fans, pump": "cooling_power", "Drives": "drives_power", "DC load": "dc_load", "Supply loss": "psu_loss",
    "At the wall": "wall_power", "Other load": "other_load", "On the circuit": "circuit_power",
}  # fmt: skip
FIELDS_A_ROW, FIELD_WIDTH = 5, 130
ONE_COLUMN, ONE_PLOT = 760, 640


class SitePane(Pane):
    """A line of settings that unfolds, then plots at the left and gauges at the right."""

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Site", "", EmptyState("Nothing on the beam yet", "Open a project first."))
        self._desk = desk
        self._variant: VariantEvaluation | None = None
        self._row = 0
        self.waterfall = Waterfall(STEPS)
        self.temperatures = LyingBars("Temperatures", THIN, "card_temperature")
        self.sitting = SittingPicture(places=False)
        self.room = CurvePlot("Room against fresh air", "room_air")
        self.gauges: list[Gauge] = []
        self.fields = {setting.name: _field(setting, desk) for setting in SETTINGS}
        self._summary = QHBoxLayout()
        self._words = {name: words("", "aside", wrap=True) for name in ("watts", "heat", "room")}
        for widget in (self.waterfall, self.temperatures, self.sitting, self.room):
            widget.asked.connect(self.asked)
        for setting in SETTINGS:
            self.fields[setting.name].field.entered.connect(self._setter(setting))
        self._build()

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the site's readings under one workload."""
        self._variant, self._row = variant, row
        self.say(sentence_of(variant, row))
        figures = figures_of(variant, row, ranged=ranged, names=("power-waterfall", "temperatures", "room-air"))
        self.waterfall.show_figure(figures["power-waterfall"])
        self.temperatures.show_figure(figures["temperatures"])
        self.sitting.show_sitting(sitting_view(variant, row))
        asides = {"watts": "power-waterfall", "heat": "temperatures", "room": "room-air"}
        for name, figure in asides.items():
            self._words[name].setText(figures[figure].subtitle)
        whose = under(variant, row)
        if whose and figures["power-waterfall"].bars:
            self._words["watts"].setText(figures["power-waterfall"].subtitle.replace("sustained watts", whose))
        if whose and figures["temperatures"].bars:
            self._words["heat"].setText(whose)
        self.room.show_figure(figures["room-air"])
        self._show_gauges(limits_view(variant, row, ranged=ranged))
        self._show_settings(variant)

    def _show_gauges(self, limits: tuple[Limit, ...]) -> None:
        while len(self.gauges) < len(limits):
            gauge = Gauge(limits[len(self.gauges)])
            gauge.asked.connect(self._ask_gauge)
            self.gauges.append(gauge)
            self._gauge_column.insertWidget(self._gauge_column.count() - 1, gauge)
            self._gauge_column.insertWidget(self._gauge_column.count() - 1, hairline())
        for index, gauge in enumerate(self.gauges):
            gauge.setVisible(index < len(limits))
            if index < len(limits):
                gauge.show_limit(limits[index])

    def _ask_gauge(self, name: str) -> None:
        self.asked.emit(name)

    def _show_settings(self, variant: VariantEvaluation) -> None:
        for setting in SETTINGS:
            value = getattr(variant.project.site, setting.name)
            self.fields[setting.name].field.show_unit(_unit(setting, variant.project.currency))
            self.fields[setting.name].field.show_text(
                "" if value is None else str(value) if setting.money else plain(value)
            )
        self._show_circuit(variant.project.site)
        texts = [f"{each.label} <b>{each.value if each.known else '?'} {each.unit}</b>" for each in summary_of(variant)]
        self._line.setText("&nbsp;&nbsp;&nbsp;&nbsp; ".join(text.replace(" ", "&nbsp;") for text in texts))

    def _setter(self, setting: Setting) -> Callable[[float | None], None]:
        def put(value: float | None) -> None:
            field = self.fields[setting.name].field
            given: Any = (None if value is None else f"{value:f}".rstrip("0").rstrip(".")) if setting.money else value
            site = self._desk.project.site._replace(**{setting.name: given})
            try:
                from steelyard.project.content import checked

                project = checked(self._desk.project._replace(site=site))
            except SteelyardError as trouble:
                field.refuse(field_refusal(setting.label, trouble))
                return
            if not self._desk.edit(
                project, f"{setting.label}: {field.text() or 'unknown'}", key=f"site.{setting.name}"
            ):
                return

        return put

    def _build(self) -> None:
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._settings())
        whole.addWidget(hairline())
        inside = QFrame()
        inside.setProperty("kind", "base")
        inside.setMaximumWidth(1600)
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns = columns
        columns.setContentsMargins(20, 12, 20, 12)
        columns.setSpacing(28)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(6)
        right.setSpacing(6)
        left.addLayout(_head("Where the watts go", self._words["watts"]))
        left.addWidget(self.waterfall)
        left.addSpacing(8)
        below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(24)
        self._below = below
        for title, name, plot in (("Temperatures", "heat", self.temperatures), ("Room", "room", self.room)):
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addLayout(_head(title, self._words[name]))
            column.addWidget(plot)
            column.addStretch(1)
            below.addLayout(column, 1)
        left.addWidget(hairline())
        left.addSpacing(6)
        left.addLayout(below)
        left.addStretch(1)
        right.addLayout(_head("In the case, sustained", words("", "aside")))
        right.addWidget(self.sitting)
        right.addSpacing(4)
        right.addLayout(_head("Limits", words("each under the work that leaves it least", "aside")))
        right.addWidget(hairline())
        self._gauge_column = QVBoxLayout()
        self._gauge_column.setSpacing(2)
        self._gauge_column.addStretch(1)
        right.addLayout(self._gauge_column, 1)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)
        self.set_body(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the gauges stand under the plots, and fewer fields in a row."""
        width = event.size().width()
        for layout, least in ((self._columns, ONE_COLUMN), (self._below, ONE_PLOT)):
            narrow = width < look().px(least)
            layout.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._place_fields(max(2, min(FIELDS_A_ROW, width // look().px(FIELD_WIDTH))))
        super().resizeEvent(event)

    def _place_fields(self, columns: int) -> None:
        for index, setting in enumerate(SETTINGS):
            self._grid.addWidget(self.fields[setting.name], index // columns, index % columns)
        self._grid.addWidget(self._circuit_line, -(-len(SETTINGS) // columns), 0, 1, columns)

    def _circuit_choice(self) -> QWidget:
        """The common circuits of each rule set; choosing one fills voltage, breaker and share."""
        from steelyard.project.rule_sets import rule_sets

        self.circuit = Choice("Circuit", width=360)
        self._circuits = [(rules, circuit.label) for rules, entry in rule_sets().items() for circuit in entry.circuits]
        self.circuit.addItems([f"{rule_sets()[rules].label}: {label}" for rules, label in self._circuits])
        self.circuit.addItem("Own values")
        self.circuit.activated.connect(self._take_circuit)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(words("Circuit", "label"))
        row.addWidget(self.circuit)
        row.addStretch()
        return line

    def _take_circuit(self, index: int) -> None:
        from steelyard.project.rule_sets import on_circuit

        if index < len(self._circuits):
            rules, label = self._circuits[index]
            site = on_circuit(self._desk.project.site, rules, label)
        else:
            site = self._desk.project.site._replace(rule_set="own")
        self._desk.edit(self._desk.project._replace(site=site), f"Circuit: {self.circuit.itemText(index)}")

    def _show_circuit(self, site: Site) -> None:
        from steelyard.project.rule_sets import on_circuit

        alike = (index for index, (rules, label) in enumerate(self._circuits) if on_circuit(site, rules, label) == site)
        self.circuit.setCurrentIndex(next(alike, len(self._circuits)))

    def _settings(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("kind", "panel")
        column = QVBoxLayout(strip)
        column.setContentsMargins(20, 6, 20, 6)
        row = QHBoxLayout()
        self._line = QLabel()
        self._line.setProperty("kind", "label")
        self._line.setWordWrap(True)
        self._line.setAccessibleName("Settings of the site")
        edit = button("Edit site...")
        edit.setCheckable(True)
        row.addWidget(self._line, 1)
        row.addWidget(edit)
        column.addLayout(row)
        self.editor = QWidget()
        grid = QGridLayout(self.editor)
        grid.setContentsMargins(0, 4, 0, 6)
        grid.setHorizontalSpacing(12)
        self._grid, self._circuit_line = grid, self._circuit_choice()
        self._place_fields(FIELDS_A_ROW)
        self.editor.setVisible(False)
        edit.toggled.connect(self.editor.setVisible)
        self.edit_button = edit
        column.addWidget(self.editor)
        return strip


def _field(setting: Setting, desk: Desk) -> Labelled:
    return Labelled(setting.label, _unit(setting, desk.project.currency), optional=setting.optional)


def _unit(setting: Setting, currency: str) -> str:
    return f"{currency} {setting.unit}" if setting.money else setting.unit


def _head(title: str, aside: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words(title, "h2"))
    row.addWidget(aside, 1)
    return row
