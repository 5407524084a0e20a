"""The way into the desk. Imports no Qt itself, so that what the first window costs begins here and can be measured."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.project.file import Opened


def start(opened: Opened | None, path: Path | None, *, view: str | None = None) -> int:
    """Open the desk with a project, or with what was open last (the sample at first). Returns the exit code."""
    hold_collector()
    from steelyard.gui.opening import run

    return run(opened, path, view=view)


def hold_collector() -> None:
    """No garbage collection until the desk is filled: what is loaded stays, and walking through it takes a tenth."""
    gc.disable()


def release_collector() -> None:
    """Collect again from now on, and leave what was loaded out of it."""
    gc.freeze()
    gc.enable()
