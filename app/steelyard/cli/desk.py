"""Open the desk, or write a picture of it; and say in one sentence what the machine lacks for it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal
from typing import TYPE_CHECKING, Final

from steelyard.cli.install import how_to_install
from steelyard.errors import (
    BadInputError,
    CannotSaveError,
    ExitCode,
    MissingLibraryError,
    NoDisplayError,
    did_you_mean,
)

if TYPE_CHECKING:
    import argparse

    from steelyard.project.file import Opened

__all__ = ["desk", "open_desk"]

PACKAGES: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Debian's package of each library that Qt asks the system for."""


def desk(options: argparse.Namespace) -> int:
    """Open the desk, or write the picture that `--screenshot` asks for."""
    if not options.screenshot:
        return open_desk(options.file, options.view)
    out = Path(options.screenshot)
    if out.suffix.lower() != ".png":
        raise BadInputError(f'The picture "{out}" must be a PNG.', "Give it a name that ends in .png.")
    if not out.parent.is_dir():
        raise CannotSaveError(
            f'"{out}" was not saved: its folder does not exist.',
            "Make the folder or choose another one, then save again.",
        )
    opened = _opened(options.file)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _need_pyside()
    _need_qt()
    from steelyard.cli.standing import usable_catalog
    from steelyard.gui.picture import take_picture
    from steelyard.project.evaluate import Engine

    Engine.of(usable_catalog()).evaluate(opened.project)  # the desk would show what is wrong with it; a script is told
    take_picture(opened.project, out, view=options.view, theme=options.theme)
    return ExitCode.DONE


def open_desk(file: str | None, view: str | None = None) -> int:
    """Open the desk with a project file or a sample; without one with what was open last. Return its exit code."""
    opened = None if file is None else _opened(file)
    _need_pyside()
    _need_display()
    _need_qt()
    from steelyard.gui.start import start
    from steelyard.gui.window import VIEWS

    names = [each.name for each in VIEWS]
    if view is not None and view not in names:
        hint = did_you_mean(view, names) or f" Views: {', '.join(names)}."
        raise BadInputError(f'The desk has no view "{view[:40]}".{hint}')
    signal(SIGINT, SIG_DFL)  # Qt's loop lets no Python handler run, so Ctrl-C in the terminal ends the process itself
    return int(start(opened, None if file is None else Path(file), view=view))


def _opened(file: str | None) -> Opened:
    from steelyard.project.samples import FIRST_SAMPLE, open_project

    opened = open_project(file or FIRST_SAMPLE)
    for notice in opened.notices:
        print(notice, file=sys.stderr)
    return opened


def _need_display() -> None:
    """Refuse to start where Qt would abort: it does not raise when there is no display."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NoDisplayError(
            "There is no display to open the desk on.",
            'Log in to a desktop, or work without one: "steelyard --help" lists the commands.',
        )
    if not _display_answers():
        raise NoDisplayError(
            f'The display "{os.environ["DISPLAY"]}" does not answer.',
            'Put right or unset DISPLAY, or work without one: "steelyard --help" lists the commands.',
        )


def _display_answers() -> bool:
    """Ask the X server for a connection, as Qt will; a Wayland display and a missing library are asked elsewhere."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    from ctypes import CDLL, c_void_p

    try:
        xcb = CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = c_void_p
    connection = c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


def _need_pyside() -> None:
    """Ask for Qt first: without it a display would be of no use."""
    if find_spec("PySide6") is None:
        raise MissingLibraryError("The desk needs PySide6, which is not installed.", how_to_install('"steelyard[gui]"'))


def _need_qt() -> None:
    """Load Qt, and the plugin that talks to the display: Qt itself would abort where a library is missing."""
    try:
        import PySide6.QtWidgets

        if sys.platform == "linux" and os.environ.get("DISPLAY") and not os.environ.get("QT_QPA_PLATFORM"):
            from ctypes import CDLL

            plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
            if plugin.exists():
                CDLL(str(plugin))
    except (ImportError, OSError) as trouble:
        library = str(trouble).partition(":")[0]
        package = PACKAGES.get(library)
        remedy = f"Install it with: apt-get install {package}" if package else "Install it, then start again."
        what = library if ".so" in library else str(trouble)
        raise MissingLibraryError(f"The desk cannot start: Qt needs {what}, which is not here.", remedy) from None
