"""A filled desk for the tests that need one: the real window, the real model, the sample project."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.gui.conductor import Conductor
from steelyard.gui.look import register_fonts
from steelyard.gui.opening import application_for
from steelyard.gui.window import Window
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project


@pytest.fixture(scope="session")
def engine():
    return Engine.of(load_catalog())


@pytest.fixture
def project():
    return open_project("workstation-a-1").project


@pytest.fixture
def dressed(qapp):
    application_for("light", 1.0)
    register_fonts(first=False)
    yield qapp
    application_for("light", 1.0)


@pytest.fixture
def conductor(qtbot, dressed, engine, project):
    assert dressed is not None
    window = Window()
    qtbot.addWidget(window, before_close_func=_forget_changes)
    window.show()
    window.finish()
    conductor = Conductor(window, engine)
    conductor.open(project, None)
    conductor.settle()
    return conductor


def _forget_changes(window):
    for conductor in window.findChildren(Conductor):
        conductor.desk.undo_stack.setClean()


@pytest.fixture
def desk(conductor):
    return conductor.desk


@pytest.fixture
def window(conductor):
    return conductor.window
