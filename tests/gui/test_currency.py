"""A project can count in the currency of the price book in use; no amount silently becomes other money."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from steelyard.catalog.layers import Layers
from steelyard.catalog.load import load_catalog
from steelyard.catalog.prices import Book, Line
from steelyard.project.content import checked
from steelyard.project.evaluate import Engine
from steelyard.project.known_price import known_price


@pytest.fixture(scope="module")
def in_euros():
    """The catalogue with a price of 1,000 EUR for every part, and no other price."""
    lines = dict.fromkeys(load_catalog().parts, (Line(1, "1000.00"),))
    book = Book("Dealer", "EUR", "Dealer Ltd.", "2026-11-20", "quote", fills_gaps=False, lines=lines)
    layers = Layers((), {}, (), book, (), "", "dealer")
    return Engine.of(load_catalog(cache=None, layers=lambda _contents: layers))


@pytest.fixture
def brief(conductor, in_euros):
    desk = conductor.desk
    desk.renew(in_euros)
    project = desk.project
    site = project.site._replace(energy_price="0.30")
    desk.edit(checked(project._replace(site=site, lab=project.lab._replace(budget="90000.00"))), "Set amounts")
    conductor.window.show_view("brief")
    QApplication.processEvents()
    conductor.settle()
    return conductor.window.panes["brief"]


def test_that_a_price_book_in_another_currency_names_the_way_out_and_the_brief_takes_it(conductor, brief):
    desk, entry = conductor.desk, brief.currency
    steps = desk.undo_stack.count()
    assert "set the project's currency to EUR (in the Brief" in entry.said.text()
    assert entry.choice.itemText(1) == "EUR"
    entry.choice.setCurrentIndex(1)
    entry.choice.activated.emit(1)
    conductor.settle()
    project = desk.project
    assert (project.currency, project.lab.budget, project.site.energy_price) == ("EUR", None, None)
    assert desk.undo_stack.count() == steps + 1
    assert entry.said.text() == (
        "Emptied, for it was in USD: the budget and the energy price (Site). Give them anew in EUR."
    )
    assert brief.lab["budget"].field.accessibleName() == "Budget, EUR"
    total = known_price(desk.evaluation)
    assert (total.currency, total.missing) == ("EUR", 0)
    desk.undo_stack.undo()
    conductor.settle()
    assert desk.project.lab.budget == "90000.00"
    assert brief.lab["budget"].field.accessibleName() == "Budget, USD"
    assert "Emptied" not in entry.said.text()


def test_that_what_was_emptied_is_asked_for_until_it_is_given(conductor, brief):
    brief.panel.set_currency("EUR")
    project = conductor.desk.project
    conductor.desk.edit(checked(project._replace(lab=project.lab._replace(budget="80000.00"))), "Budget")
    conductor.settle()
    assert brief.currency.said.text() == "Emptied, for it was in USD: the energy price (Site). Give it anew in EUR."
