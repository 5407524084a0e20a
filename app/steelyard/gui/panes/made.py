"""Makes a view with its body and joins it to the conductor; imported when the first one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.gui.panes.balance import BalancePane
from steelyard.gui.panes.brief import BriefPane
from steelyard.gui.panes.parts import PartsPane
from steelyard.gui.panes.requirements import RequirementsPane
from steelyard.gui.panes.site import SitePane

if TYPE_CHECKING:
    from steelyard.gui.conductor import Conductor

View = BalancePane | BriefPane | PartsPane | RequirementsPane | SitePane


def made(name: str, conductor: Conductor) -> View:
    """A view by its name, with its body."""
    view: View
    if name == "parts":
        view = PartsPane(conductor.desk)
        view.previewed.connect(conductor.window.verdict.show_preview)
    elif name == "balance":
        view = BalancePane()
        view.workload_chosen.connect(conductor.choose_workload)
        view.empty.main.connect(lambda: conductor.window.show_view("brief"))
        view.empty.second.connect(lambda: _open_sample(conductor))
    elif name == "requirements":
        view = RequirementsPane(conductor.desk)
        view.driver_wanted.connect(lambda use: _show_workload(conductor, use) if use else _show_lab(conductor))
        view.lab_wanted.connect(lambda: _show_lab(conductor))
        view.empty.main.connect(lambda: conductor.window.show_view("brief"))
        view.empty.second.connect(lambda: _open_sample(conductor))
    elif name == "site":
        view = SitePane(conductor.desk)
        view.part_wanted.connect(lambda role: conductor.remedy(f"role:{role}"))
        view.fixes_wanted.connect(lambda: conductor.fixes.open("", view.fix))
    else:
        view = BriefPane(conductor.desk)
        view.sample_wanted.connect(lambda: _open_sample(conductor))
    view.asked.connect(conductor.explain)
    return view


def _show_workload(conductor: Conductor, use: str) -> None:
    """Go to the card of a workload in the brief."""
    conductor.window.show_view("brief")
    brief = conductor.view("brief")
    if isinstance(brief, BriefPane):
        brief.show_workload(use)


def _show_lab(conductor: Conductor) -> None:
    """Go to the lab's growth in the brief."""
    conductor.window.show_view("brief")
    brief = conductor.view("brief")
    if isinstance(brief, BriefPane):
        brief.go_to_lab()


def _open_sample(conductor: Conductor) -> None:
    """What the menu does; it is filled only after the first view."""
    conductor.window.menus["sample"].trigger()
