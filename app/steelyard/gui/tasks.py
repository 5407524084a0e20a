"""Long work beside the window: one thread, and one object that brings what came of it back to the window's thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future


class _Came(NamedTuple):
    future: Future[Any]
    then: Callable[[Any], object]
    failed: Callable[[SteelyardError], object]


class Tasks(QObject):
    """Does one piece of work after the other. The thread is there while there is work, and gone when there is none."""

    _came = Signal(object)
    busy = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pools: list[ThreadPoolExecutor] = []
        self._waiting = 0
        self.destroyed.connect(partial(_let_go, self._pools))
        self._came.connect(self._deliver)

    def run(
        self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[SteelyardError], object]
    ) -> None:
        """Do `work` beside the window; back in it, `then` gets its result, or `failed` the trouble a user can mend.

        `work` touches no widget and no connection of another thread. Whatever else it raises is our mistake and is
        raised again in the window's thread.
        """
        if not self._pools:
            self._pools.append(ThreadPoolExecutor(1, "steelyard-task"))
        self._waiting += 1
        self.busy.emit(True)
        self._pools[0].submit(work).add_done_callback(lambda future: self._bring(_Came(future, then, failed)))

    @property
    def working(self) -> bool:
        """Whether there is work that has not come back."""
        return self._waiting > 0

    def _bring(self, came: _Came) -> None:
        with suppress(RuntimeError):  # the window was closed meanwhile, and nobody waits for it
            self._came.emit(came)

    def _deliver(self, came: _Came) -> None:
        self._waiting -= 1
        if not self._waiting:
            _let_go(self._pools)
            self.busy.emit(False)
        trouble = came.future.exception()
        if trouble is None:
            came.then(came.future.result())
        elif isinstance(trouble, SteelyardError):
            came.failed(trouble)
        else:
            raise trouble


def _let_go(pools: list[ThreadPoolExecutor], *_: object) -> None:
    """End the thread once it has done what it is doing; what waits is not begun."""
    while pools:
        pools.pop().shutdown(wait=False, cancel_futures=True)
