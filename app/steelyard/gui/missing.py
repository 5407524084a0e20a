"""What to say when the desk cannot start because Qt is not there. Imports no Qt itself."""

from __future__ import annotations

import re

PACKAGES = (
    "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)
"""The Debian packages that hold the shared libraries Qt loads, for a window on X11 and for the offscreen platform."""


def missing_qt(error: ImportError) -> tuple[str, str]:
    """One sentence for what is missing and one for how to get it, from the error that importing the desk gave."""
    library = re.search(r"(lib[\w.+-]+\.so[\w.]*)", str(error))
    if library:
        return (
            f"The desk cannot open: the shared library {library.group(1)}, which Qt needs, is not on this machine.",
            f"On Debian or Ubuntu: sudo apt-get install {PACKAGES}",
        )
    if (error.name or "").split(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
        return (
            f"The desk cannot open: {error.name} is not installed in this Python.",
            "Run `make setup`, or install the desk's parts with: pip install 'steelyard[gui]'",
        )
    return (f"The desk cannot open: {error}", "Run `make setup` to put the program's parts back.")
