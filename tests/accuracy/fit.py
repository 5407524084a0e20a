"""Fit the constants of the benchmarks on the published measurements, and write them into the catalogue.

python tests/accuracy/fit.py [family ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "app")]

from accuracy.families import FAMILIES  # noqa: E402  # found by the path above
from accuracy.written import write  # noqa: E402


def main(names: list[str]) -> None:
    """Fit the families named, or all."""
    for name in names or list(FAMILIES):
        module = FAMILIES[name]
        for path in write(module.fit(module.cases())):
            print(f"{name}: {path.relative_to(ROOT)}")  # noqa: T201  # says what it changed


if __name__ == "__main__":
    main(sys.argv[1:])
