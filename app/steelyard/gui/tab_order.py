"""The order in which Tab walks: part by part, as they are read."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def walk_in_order(*parts: QWidget) -> None:
    """Let Tab walk the parts one after another, within each as its widgets were put in; all have one window.

    Qt's own chain is not read: to Python what it gives would belong to the widget before, and end with it.
    """
    chain: list[QWidget] = []
    for part in parts:
        chain += [each for each in (part, *part.findChildren(QWidget)) if _reached(each, parts[0])]
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def _reached(each: QWidget, first: QWidget) -> bool:
    """Whether Tab stops here; the lists of combo boxes are windows of their own."""
    return bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.window() is first.window()
