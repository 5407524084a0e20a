"""Joins window and desk: what was changed is shown, what was pressed is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from steelyard.errors import BadInputError, SteelyardError, UnknownPartError
from steelyard.gui.desk import Desk
from steelyard.gui.look import look, register_fonts
from steelyard.gui.present.verdict import (
    badges_view,
    budget_view,
    card_view,
    count_words,
    counts_of,
    findings_view,
    prices_words,
    view_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.gui.accuracy_beside import AccuracyBeside
    from steelyard.gui.catalogue.opening import CatalogueBeside
    from steelyard.gui.commands import Commands
    from steelyard.gui.fixes_beside import FixesBeside
    from steelyard.gui.lines import Explained
    from steelyard.gui.panes.made import View
    from steelyard.gui.panes.parts import PartsPane
    from steelyard.gui.readings import Card
    from steelyard.gui.shelf import Shelved
    from steelyard.gui.window import Window
    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine, VariantEvaluation

BRIEF = "brief"


class Conductor(QObject):
    """The one object that knows both sides.

    The card and the findings are shown first; commands and views follow when those have been painted.
    """

    def __init__(self, window: Window, engine: Engine) -> None:
        super().__init__(window)
        self.window = window
        self.desk = Desk(engine)
        self.desk.setParent(self)
        self.row = 0
        self.holding = False
        self.shelved: Shelved | None = None
        """Which saved build the open project is; None where it is none."""
        self._ranged = False
        self._zoom = look().zoom
        self._views: dict[str, View] = {}
        self._shown: dict[str, tuple[object, int, bool]] = {}
        self._commands: Commands | None = None
        self._catalogue: CatalogueBeside | None = None
        self._accuracy: AccuracyBeside | None = None
        self._fixes: FixesBeside | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.finish)
        self._worn = QTimer(self)
        self._worn.setSingleShot(True)
        self._worn.timeout.connect(self.wear_changed)
        self._connect()

    @property
    def commands(self) -> Commands:
        """What the menu does."""
        if self._commands is None:
            from steelyard.gui.commands import Commands

            register_fonts(first=False)
            self.window.finish()
            self._commands = Commands(self)
        return self._commands

    @property
    def catalogue(self) -> CatalogueBeside:
        """The catalogue's own window, and what follows from a change made there."""
        if self._catalogue is None:
            from steelyard.gui.catalogue.opening import CatalogueBeside

            self._catalogue = CatalogueBeside(self)
        return self._catalogue

    @property
    def fixes(self) -> FixesBeside:
        """What would mend a finding."""
        if self._fixes is None:
            from steelyard.gui.fixes_beside import FixesBeside

            self._fixes = FixesBeside(self)
        return self._fixes

    def finish(self) -> None:
        """Show what the first card did not wait for: commands, findings, and the view that is seen."""
        self._soon.stop()
        if self._commands is None:
            self.commands.mark_theme()
            self.refresh(ranged=self._ranged)

    def open(self, project: Project, path: Path | None, *, name: str = "") -> bool:
        """Show a project. Trouble is told with the name of its file, and the project before stays."""
        before, self._views = self._views, {}
        row, self.row = self.row, 0
        try:
            self.desk.open(project, path)
        except SteelyardError as trouble:
            if isinstance(trouble, UnknownPartError):
                from steelyard.library.elsewhere import with_way_out

                trouble = with_way_out(trouble)
            self._views, self.row = before, row
            opened = name or str(path or project.name)
            self.tell(BadInputError(f'"{opened}" was not opened. {trouble.message}', trouble.remedy))
            return False
        self.shelved = None
        return True

    def view(self, name: str) -> View:
        """A view with its body, made when it is first shown."""
        if name not in self._views:
            from steelyard.gui.panes.made import made

            self._views[name] = made(name, self)
            self.window.set_pane(name, self._views[name])
        return self._views[name]

    @property
    def parts(self) -> PartsPane:
        """The view of the parts, where roles are chosen and emptied."""
        return cast("PartsPane", self.view("parts"))

    def refresh(self, *, ranged: bool = False) -> None:
        """Show the evaluation everywhere that is seen: the first time the card at once, and the rest after it."""
        variant = self.desk.evaluation
        if variant is None:
            return
        self._ranged = ranged
        self.row = min(self.row, len(variant.rows) - 1)
        card = card_view(variant, self.row, ranged=ranged)
        self.window.verdict.card.show_card(card)
        self.window.header.state.show_state(counts_of(variant), card.status)
        self.window.header.budget.show_budget(budget_view(variant))
        self.window.set_dock(shown=self.window.view != BRIEF)
        if self._commands is None:
            self._soon.start(0)
        else:
            self._show_rest(variant, card)

    def _show_rest(self, variant: VariantEvaluation, card: Card) -> None:
        findings = findings_view(variant, holding=self.holding, ranged=self._ranged)
        self.window.verdict.show_findings(findings, count_words(findings))
        if self.window.drawer is not None:
            self.window.drawer.show_verdict(card, findings)
        self.window.rail.show_badges(badges_view(findings))
        names = [each.name for each in self.desk.project.variants]
        self.window.header.show_variants(names, names.index(self.desk.variant.name))
        self._show_status(variant)
        self._show_undo()
        self._show_view(self.window.view)

    def explain(self, text: str, *, follow: bool = False) -> None:
        """Open the explanation of a number beside what shows it."""
        from steelyard.gui.present.explained import explained_view
        from steelyard.gui.present.numbers import address_of

        variant = self.desk.evaluation
        if variant is None or not text:
            return
        address = address_of(text)
        if address.row is None:
            address = address._replace(row=self.row)
        try:
            explained = explained_view(variant, address)
        except (KeyError, IndexError):
            return
        if follow:
            self.window.popover.follow(explained)
        else:
            beside = QApplication.focusWidget()
            inside = beside is not None and self.window.popover.isAncestorOf(beside)
            self.window.popover.explain(explained, None if inside else beside)

    def show_accuracy(self, explained: Explained | None = None) -> None:
        """Open the window on accuracy, from a prediction or by itself."""
        from steelyard.gui.accuracy_beside import AccuracyBeside

        if self._accuracy is None:
            self._accuracy = AccuracyBeside(self)
        self._accuracy.open(explained)

    def why(self, rule: str) -> None:
        """Open the explanation of a finding: its margin."""
        variant = self.desk.evaluation
        finding = next((each for each in variant.findings if each.rule.id == rule), None) if variant else None
        if finding is not None:
            self.explain(f"{finding.rule.margin.name}@{finding.row}")

    def remedy(self, rule: str) -> None:
        """Go where a finding can be mended: the role it touches, or the brief; of the site weigh fixes."""
        from steelyard.gui.present.parts import ROLE_LABELS, roles_of

        variant = self.desk.evaluation
        if rule == "role:":  # nothing is asked
            self.window.show_view("brief")
            return
        if view_of(rule) == "site":
            self.fixes.open(rule, QApplication.focusWidget())
            return
        if rule.startswith("role:"):
            roles = {rule.removeprefix("role:")}
        else:
            finding = next((each for each in variant.findings if each.rule.id == rule), None) if variant else None
            roles = roles_of(finding) if finding is not None else set()
        order = [name for name in ("psu", "memory", "scratch_drive", "cooler", *ROLE_LABELS) if name in roles]
        self.window.show_view("parts" if order else "site")
        if order:
            self.parts.choose(order[0])

    def choose_workload(self, row: int) -> None:
        """Show another workload on the beam."""
        self.row = row
        self._shown.clear()
        self.refresh(ranged=self._ranged)

    def tell(self, trouble: SteelyardError) -> None:
        """Say what was refused."""
        self.window.notice.tell(trouble.message, trouble.remedy)

    def wear_changed(self) -> None:
        """Theme or zoom changed: everything seen is drawn anew; with another zoom it is also made anew."""
        if look().zoom != self._zoom:
            self._zoom = look().zoom
            self._views.clear()
        self._shown.clear()
        self.window.arrange()
        self.refresh(ranged=self._ranged)

    def settle(self) -> None:
        """Show all there is to show now: ranges and picker too. For pictures."""
        self.finish()
        self.desk.settle()
        view = self._views.get(self.window.view)
        if view is not None:
            view.settle()

    def _show_view(self, name: str) -> None:
        variant = self.desk.evaluation
        if variant is None:
            return
        self.window.set_dock(shown=name != BRIEF)
        if name != "parts":
            self.window.verdict.show_preview("", ())
        key = (variant, self.row, self._ranged)
        if self._shown.get(name) == key:
            return
        self._shown[name] = key
        self.view(name).show_evaluation(variant, self.row, ranged=self._ranged)

    def _show_status(self, variant: VariantEvaluation) -> None:
        from steelyard.project.provenance import provenance_hash

        catalog = variant.engine.catalog
        fields = {
            "offline": "Offline",
            "catalogue": f"Catalogue {catalog.date}, {catalog.signature.split(',')[0]}",
            "prices": prices_words(variant),
            "calc": f"calc {self.desk.milliseconds:.0f} ms",
            "undo": f"Undo: {undo}" if (undo := self.desk.undo_stack.undoText()) else "",
        }
        self.window.status.show_fields(fields, provenance_hash(self.desk.project, catalog))
        star = " *" if self.desk.modified else ""
        self.window.menus.name_project(f"{self.desk.project.name}{star}")
        self.window.setWindowTitle(f"{self.desk.project.name}{star} - Steelyard")

    def _show_undo(self) -> None:
        menus, stack = self.commands.menus, self.desk.undo_stack
        menus["undo"].setText(f"Undo {stack.undoText()}".strip())
        menus["redo"].setText(f"Redo {stack.redoText()}".strip())

    def _new_variant(self) -> None:
        self.commands.new_variant()

    def _wear_soon(self) -> None:
        """Qt tells of a change of style more than once; one answer is enough."""
        self._worn.start(0)

    def _step_made(self, _index: int) -> None:
        """The undo stack counts a step only after the step was shown."""
        if self.desk.evaluation is not None and self._commands is not None:
            self._show_status(self.desk.evaluation)
            self._show_undo()

    def _dismiss(self, *_: object) -> None:
        """What was told was about the state before."""
        self.window.hide_notice()

    def _follow(self, text: str) -> None:
        self.explain(text, follow=True)

    def _connect(self) -> None:
        window, desk = self.window, self.desk
        for over in (desk.changed, desk.saved, window.view_shown):
            over.connect(self._dismiss)
        window.centralWidget().setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a press beside a field leaves the field
        desk.changed.connect(lambda _variant: self.refresh())
        desk.ranged.connect(lambda _variant: self.refresh(ranged=True))
        desk.troubled.connect(self.tell)
        desk.saved.connect(lambda: self.refresh(ranged=self._ranged))
        window.verdict.asked.connect(self.explain)
        window.verdict.why.connect(self.why)
        window.verdict.remedy.connect(self.remedy)
        window.header.asked.connect(self.explain)
        window.header.variant_chosen.connect(desk.show_variant)
        window.header.variant_wanted.connect(self._new_variant)
        window.view_shown.connect(self._show_view, Qt.ConnectionType.DirectConnection)
        window.drawer_added.connect(lambda: self.refresh(ranged=self._ranged))
        window.worn_changed.connect(self._wear_soon)
        window.followed.connect(self._follow)
        window.accuracy_wanted.connect(self.show_accuracy)
        desk.undo_stack.indexChanged.connect(self._step_made)
