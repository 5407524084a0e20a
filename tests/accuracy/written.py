"""Put fitted numbers into the catalogue's files, leaving every other line and comment as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit

if TYPE_CHECKING:
    from accuracy.case import Fitted, Numbers

ROOT = Path(__file__).resolve().parents[2] / "components_db"
DIGITS = 4
"""Significant digits that a fitted number keeps: more would pretend."""


def write(fitted: Fitted, root: Path = ROOT) -> list[Path]:
    """Write the numbers where the workloads and assumptions hold them; KeyError names what is not there yet."""
    pages = _Pages(root)
    for (workload, stage, word), numbers in fitted.demands.items():
        _put(pages.workload(workload, stage)["demands"][word], numbers)
    for (workload, stage, word, choice, option), value in fitted.factors.items():
        pages.workload(workload, stage)["demands"][word]["factors"][choice][option] = _short(value)
    for (name, category), numbers in fitted.assumptions.items():
        entry = pages.assumption(name)
        _put(entry["values"][category] if category else entry, numbers)
    return pages.save()


class _Pages:
    """The files in hand, each read once and written once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._documents: dict[Path, Any] = {}

    def workload(self, identity: str, stage: str) -> Any:
        document = self._read(self._root / "workloads" / f"{identity}.toml")
        if not stage:
            return document
        return next(each for each in document["stages"] if each["id"] == stage)

    def assumption(self, name: str) -> Any:
        for path in sorted((self._root / "assumptions").glob("*.toml")):
            document = self._read(path)
            if name in document:
                return document[name]
        raise KeyError(name)

    def save(self) -> list[Path]:
        changed = []
        for path, document in self._documents.items():
            text = tomlkit.dumps(document)
            if text != path.read_text(encoding="utf-8"):
                path.write_text(text, encoding="utf-8")
                changed.append(path)
        return changed

    def _read(self, path: Path) -> Any:
        if path not in self._documents:
            self._documents[path] = tomlkit.parse(path.read_text(encoding="utf-8"))
        return self._documents[path]


def _put(entry: Any, numbers: Numbers) -> None:
    entry["value"], entry["low"], entry["high"] = (_short(number) for number in numbers)


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
