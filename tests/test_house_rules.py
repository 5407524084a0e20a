"""The house rules of tests/conftest.py catch what they are there to catch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
CONFIGURATION = TESTS.parent / "pyproject.toml"
OPTIONS = ("-p", "no:cacheprovider", "-rA", "--no-header", "--tb=no")

OFFENDERS = """
import socket, threading
import pytest

def test_network_even_when_the_error_is_swallowed():
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=0.1)
    except OSError:
        pass

def test_loopback_without_the_mark():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))

def test_thread(request):
    release = threading.Event()
    threading.Thread(target=release.wait, args=(20,), daemon=True).start()

def test_window(qapp):
    from PySide6.QtWidgets import QWidget
    test_window.kept = QWidget()

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    test_timer.kept = QTimer()
    test_timer.kept.start(50_000)

def test_message_of_qt(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("something is wrong")

def test_warning():
    import warnings
    warnings.warn("old", DeprecationWarning)
"""

CITIZENS = """
import os, socket, sys
import pytest

@pytest.mark.local_server
def test_loopback_with_the_mark():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))

def test_settings_are_not_the_users():
    from steelyard.places import user_data
    assert str(user_data()).startswith(os.environ["STEELYARD_HOME"])
    user_data().mkdir(parents=True)

def test_settings_are_gone_again():
    from steelyard.places import user_data
    assert not user_data().exists()

def test_window_that_closes(qtbot):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

def test_window_that_python_forgets(qapp):
    from PySide6.QtWidgets import QWidget
    QWidget().show()
"""


def outcomes(tmp_path: Path, text: str) -> dict[str, str]:
    """Run the tests of `text` under the project's own conftest; return test name -> worst outcome."""
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text())
    (tmp_path / "test_sample.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", CONFIGURATION, *OPTIONS, "--rootdir", tmp_path, "test_sample.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TESTS.parent / "app")},
    )
    found: dict[str, str] = {}
    for line in done.stdout.splitlines():
        outcome, _, rest = line.partition(" ")
        if outcome in {"PASSED", "FAILED", "ERROR"} and "::" in rest:
            name = rest.split("::")[1].split(" ")[0]
            found[name] = outcome if found.get(name, "PASSED") == "PASSED" else found[name]
    assert found, done.stdout + done.stderr
    return found


def test_that_every_offender_is_caught(tmp_path: Path) -> None:
    found = outcomes(tmp_path, OFFENDERS)
    assert len(found) == OFFENDERS.count("def test_")
    assert {name for name, outcome in found.items() if outcome == "PASSED"} == set()


def test_that_good_citizens_pass(tmp_path: Path) -> None:
    found = outcomes(tmp_path, CITIZENS)
    assert found == dict.fromkeys(found, "PASSED")
    assert len(found) == CITIZENS.count("def test_")
