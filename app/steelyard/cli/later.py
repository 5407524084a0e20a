"""What the commands' options share: a function that is imported when it is called, and the switch for JSON."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["Later", "json_switch"]


class Later:
    """A function that is imported when it is called."""

    def __init__(self, module: str, function: str) -> None:
        """Name the module and its function; neither is looked for yet."""
        self._home = module, function

    def __call__(self, options: argparse.Namespace) -> int:
        """Import the function and call it."""
        module, function = self._home
        return int(getattr(import_module(module), function)(options))


def json_switch(parser: argparse.ArgumentParser) -> None:
    """Let a command be asked for JSON."""
    parser.add_argument("--json", action="store_true", help="as JSON, a contract that scripts can rely on")
