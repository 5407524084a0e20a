"""`python -m steelyard`, and what the installed command calls.

Nothing is imported before `main` runs: whoever stops the program while it is still loading is answered as later.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the command line, do what the arguments say and return the exit code."""
    try:
        from steelyard.cli import main as run  # noqa: PLC0415 - inside, so that a stop while it loads is caught

        return run(arguments)
    except KeyboardInterrupt:
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
