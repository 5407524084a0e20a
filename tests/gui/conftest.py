"""A filled desk for the tests that need one: the real window, the real model, the sample project."""

from __future__ import annotations

from operator import itemgetter
from typing import ClassVar

import pytest

from steelyard.catalog import load_catalog
from steelyard.gui.conductor import Conductor
from steelyard.gui.look import Look, look, register_fonts, style_sheet, wear
from steelyard.gui.opening import application_for
from steelyard.gui.palette import read_palette
from steelyard.gui.window import Window
from steelyard.places import resources
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project

REMEMBERED = 60  # each may take megabytes


class Remembering(Engine):
    """An engine that runs what it is asked for once: most tests open the same project and ask the same of it."""

    _RAN: ClassVar[dict[str, object]] = {}

    def run(self, project, selections, uses, want=None, **more):
        asked = repr((project, selections, uses, want, sorted(more.items(), key=itemgetter(0))))
        assert " at 0x" not in asked, "what is asked for must be known by its words"
        ran = self._RAN.pop(asked, None) or super().run(project, selections, uses, want, **more)
        self._RAN[asked] = ran  # as the last one
        if len(self._RAN) > REMEMBERED:
            del self._RAN[next(iter(self._RAN))]
        return ran


@pytest.fixture(scope="session")
def engine():
    return Remembering.of(load_catalog())


@pytest.fixture
def project():
    return open_project("workstation-a-1").project


@pytest.fixture(scope="session")
def fonts(qapp):
    application_for("light", 1.0)
    register_fonts(first=False)
    return qapp


@pytest.fixture
def dressed(fonts):
    _dress(fonts)
    yield fonts
    _dress(fonts)


def _dress(application):
    """Put the light theme on, if it is not worn: Qt styles everything anew at each change."""
    light = Look(read_palette(resources() / "themes" / "light.toml"), 1.0)
    worn = look()
    if (worn.palette, worn.zoom, application.styleSheet()) != (light.palette, light.zoom, style_sheet(light)):
        wear(application, "light", 1.0)


@pytest.fixture(autouse=True)
def without_bands(monkeypatch):
    """The bands of a run take seconds and come by themselves: a test that wants them asks for them."""
    monkeypatch.setattr("steelyard.gui.sustained_runs.CALM", 3_600_000)


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
