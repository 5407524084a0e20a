"""The order in which Tab walks: part by part, as they are read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk_in_order(*parts: QWidget) -> None:
    """Let Tab walk the parts one after another. Within each the order stays as it is; all have one window."""
    chain: list[QWidget] = []
    for part in parts:
        chain += [each for each in _within(part) if each not in chain]
    for before, after in pairwise(chain):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _within(part: QWidget) -> Iterator[QWidget]:
    """The widgets of a part that Tab reaches when they are seen, in the order of the chain, the part itself too."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    each = part.nextInFocusChain()
    while each is not None and each is not part:
        if part.isAncestorOf(each) and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield each
        each = each.nextInFocusChain()
