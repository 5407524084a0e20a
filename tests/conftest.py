"""What holds for every test: no screen, no network, no settings of the user's, and nothing left behind.

Qt is never imported here: a test that uses none must pass where there is none, and start as fast as the core does.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
import tomllib
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # small fits, many at once: more threads would wait for each other
GRACE_FOR_A_THREAD = 1.0
TEXTS_KEPT = 4096  # three times as many as the catalogue has files
ASKS_THE_NETWORK = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}
LOOPBACK = ("127.", "::1", "localhost")


# --- temporary settings: the cache of the catalogue lives for the session, what a user makes or chooses for one test


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole session a home of its own before any module can ask for one."""
    home = tempfile.mkdtemp(prefix="steelyard-tests-")
    os.environ["STEELYARD_HOME"] = home
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


@pytest.fixture(autouse=True)
def _empty_settings() -> Iterator[None]:
    yield
    data = Path(os.environ["STEELYARD_HOME"]) / "data"
    if data.exists():
        shutil.rmtree(data)


# --- hundreds of tests read the catalogue, few of them another one: what a text says as TOML is worked out once


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let all pages of the same text share what was parsed of it: their readers only look."""
    from steelyard.catalog import page

    patch = pytest.MonkeyPatch()
    patch.setattr(page, "tomllib", SimpleNamespace(loads=lru_cache(TEXTS_KEPT)(tomllib.loads)))
    session.config.add_cleanup(patch.undo)


# --- what lives as long as the session is set aside: looking for garbage after a test then looks at that test alone


def pytest_collection_finish() -> None:
    _set_aside()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    done = yield
    if nextitem is None or nextitem.path != item.path:
        _set_aside()
    return done


def _set_aside() -> None:
    gc.collect()
    gc.freeze()


# --- no network: an audit hook sees what Python code tries; Qt's own sockets are kept out by not shipping QtNetwork


class _Network:
    """What the running test may do, and what it tried beyond that."""

    loopback_allowed = False
    tried: tuple[str, ...] = ()


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    if event not in ASKS_THE_NETWORK:
        return
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
    if isinstance(address, tuple):
        address = address[0]
    elif event != "socket.getaddrinfo":
        return  # a path: a Unix socket, which stays on this machine
    if _Network.loopback_allowed and str(address).startswith(LOOPBACK):
        return
    _Network.tried += (f"{event} {address}",)
    message = f"A test may not use the network: {event} {address}"
    raise PermissionError(message)


sys.addaudithook(_refuse_the_network)


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    _Network.loopback_allowed = request.node.get_closest_marker("local_server") is not None
    _Network.tried = ()
    yield
    _Network.loopback_allowed = False
    assert not _Network.tried, f"the test tried to use the network: {', '.join(_Network.tried)}"


# --- nothing left behind: threads, timers, windows


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(GRACE_FOR_A_THREAD)
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"threads are left running: {', '.join(alive)}"


@pytest.fixture(autouse=True)
def _no_windows_or_timers_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    windows, timers = _windows(), _running_timers()
    yield
    _delete_what_was_closed()
    left = _windows().keys() - windows.keys()
    assert not left, f"windows are left: {', '.join(_windows()[pointer] for pointer in left)}"
    running = _running_timers().keys() - timers.keys()
    assert not running, f"timers are left running: {', '.join(_running_timers()[pointer] for pointer in running)}"


def _delete_what_was_closed() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _windows() -> dict[int, str]:
    import shiboken6
    from PySide6.QtWidgets import QApplication

    return {
        shiboken6.getCppPointer(window)[0]: f"{type(window).__name__} {window.objectName() or window.windowTitle()!r}"
        for window in QApplication.topLevelWidgets()
    }


def _running_timers() -> dict[int, str]:
    import shiboken6
    from PySide6.QtCore import QTimer

    timers = [thing for thing in gc.get_objects() if type(thing) is QTimer and shiboken6.isValid(thing)]
    return {
        shiboken6.getCppPointer(timer)[0]: f"every {timer.interval()} ms of {timer.parent()!r}"
        for timer in timers
        if timer.isActive()
    }
