"""Guards the pin of PySide6: a release that loses references to None aborts the program after some minutes of painting.

PySide6 6.12.0 on Python 3.11 drops a reference to None or True per override of a C++ virtual and per emit; 6.10.3 none.
From Python 3.12 on both are immortal and the counts cannot move.
"""

from __future__ import annotations

import gc
import importlib.metadata
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

TIMES = 1000


def drift(action: Callable[[], object]) -> dict[str, int]:
    """Return how many references None and True gained over a thousand calls of `action`."""
    action()
    gc.collect()
    none, true = sys.getrefcount(None), sys.getrefcount(True)  # noqa: FBT003
    for _ in range(TIMES):
        action()
    gc.collect()
    return {"None": sys.getrefcount(None) - none, "True": sys.getrefcount(True) - true}  # noqa: FBT003


class Painted(QWidget):
    painted = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.painted += 1


class Emitter(QObject):
    spoke = Signal()
    said = Signal(bool)


class Unknowing(QAbstractListModel):
    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return 1

    def data(self, _index: QModelIndex, _role: int = 0) -> None:
        return None


class Command(QUndoCommand):
    def undo(self) -> None: ...

    def redo(self) -> None: ...


class Job(QRunnable):
    def run(self) -> None: ...


def test_that_painting_keeps_the_references(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    assert drift(widget.repaint) == {"None": 0, "True": 0}
    assert widget.painted > TIMES


@pytest.mark.usefixtures("qapp")
def test_that_emitting_keeps_the_references() -> None:
    emitter, heard = Emitter(), []
    emitter.spoke.connect(lambda: heard.append(1))
    emitter.said.connect(lambda _yes: heard.append(2))
    assert drift(emitter.spoke.emit) == {"None": 0, "True": 0}
    assert drift(lambda: emitter.said.emit(True)) == {"None": 0, "True": 0}  # noqa: FBT003
    assert len(heard) == 2 * (TIMES + 1)


@pytest.mark.usefixtures("qapp")
def test_that_a_model_that_knows_nothing_keeps_the_references() -> None:
    model = Unknowing()
    index = model.index(0, 0)
    assert drift(index.data) == {"None": 0, "True": 0}  # through C++, as a view asks


@pytest.mark.usefixtures("qapp")
def test_that_undo_and_redo_keep_the_references() -> None:
    stack = QUndoStack()
    stack.push(Command())

    def back_and_forth() -> None:
        stack.undo()
        stack.redo()

    assert drift(back_and_forth) == {"None": 0, "True": 0}


@pytest.mark.usefixtures("qapp")
def test_that_work_in_a_pool_keeps_the_references() -> None:
    pool = QThreadPool()

    def work() -> None:
        pool.start(Job())
        pool.waitForDone()

    assert drift(work) == {"None": 0, "True": 0}


def test_that_the_pinned_release_is_the_one_that_runs() -> None:
    assert importlib.metadata.version("PySide6-Essentials") == importlib.metadata.version("shiboken6") == "6.10.3"
