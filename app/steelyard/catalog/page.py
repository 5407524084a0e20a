"""One TOML file of the catalogue while it is read: bounded, checked key by key, with the line of every complaint."""

from __future__ import annotations

import re
import tomllib
from math import isfinite
from typing import TYPE_CHECKING

from steelyard.catalog.complaint import Complaint
from steelyard.errors import did_you_mean
from steelyard.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LARGEST_FILE = 256 * 1024
"""Bytes; a part takes two to four thousand, so more than this is not a part but an accident or an attack."""

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_ENTRY = re.compile(r"\s*([A-Za-z0-9_.\-\"' ]+?)\s*=")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Page:
    """A parsed file: its data, and the means to complain about any key of it.

    `file` is the path that complaints show; `raw` its bytes; `data` the parsed table; `complaints` the list that all
    pages share.
    """

    __slots__ = ("_lines", "complaints", "data", "file", "raw")

    def __init__(self, file: str, raw: bytes, complaints: list[Complaint]) -> None:
        """Parse `raw`; UnicodeDecodeError, ValueError or RecursionError when it is not TOML."""
        text = raw.decode("utf-8")
        self.file = file
        self.raw = raw
        self.data: dict[str, object] = tomllib.loads(text)
        self.complaints = complaints
        self._lines = text.splitlines()

    def complain(self, keys: Iterable[str], what: str, remedy: str) -> None:
        """Note that the value at `keys` is wrong; the line is that of the deepest key that can be found."""
        self.complaints.append(Complaint(self.file, self.line_of(tuple(keys)), what, remedy))

    def line_of(self, keys: tuple[str, ...]) -> int:
        """Return the line, from 1, where the value at `keys` begins; the nearest enclosing key's where it has none."""
        best_line, best_depth = 1, 0
        table: tuple[str, ...] = ()
        counts: dict[str, int] = {}
        for number, line in enumerate(self._lines, start=1):
            header = _HEADER.match(line)
            if header:
                name = _split(header[1])
                if line.lstrip().startswith("[["):
                    index = counts.get(header[1], -1) + 1
                    counts[header[1]] = index
                    name = (*name, str(index))
                table = _with_index(name, counts)
                path = table
            else:
                entry = _ENTRY.match(line)
                if not entry:
                    continue
                path = (*table, *_split(entry[1]))
            depth = len(path)
            if depth > best_depth and path == keys[:depth]:
                best_line, best_depth = number, depth
        return best_line

    def only(self, table: Mapping[str, object], keys: tuple[str, ...], known: Iterable[str]) -> None:
        """Complain about every key of `table` (which stands at `keys`) that is not among the `known`."""
        names = tuple(known)
        for key in table:
            if key not in names:
                self.complain(
                    (*keys, key),
                    f'There is no key "{key}" here.',
                    (did_you_mean(key, names).strip() or f"Known keys: {', '.join(names)}."),
                )

    def text(self, table: Mapping[str, object], keys: tuple[str, ...], name: str, *, required: bool = False) -> str:
        """Return the text under `name` in `table`, or an empty one; complain when it is not text or is missing."""
        value = table.get(name)
        if isinstance(value, str):
            if required and not value.strip():
                self.complain((*keys, name), f'"{name}" is empty.', "Say what it is.")
            return value
        if value is not None:
            self.complain((*keys, name), f'"{name}" must be text.', f'Write {name} = "..." with quotation marks.')
        elif required:
            self.complain(keys, f'"{name}" is missing.', f'Add {name} = "...".')
        return ""

    def number(self, table: Mapping[str, object], keys: tuple[str, ...], name: str) -> float | None:
        """Return the finite number under `name` in `table`, or None; complain when it is something else."""
        value = table.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.complain((*keys, name), f'"{name}" must be a number.', f"Write {name} = 1.5, without quotation marks.")
            return None
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if not isfinite(number):
            self.complain(
                (*keys, name), f'"{name}" is not a finite number.', 'Where a value is not known, write unknown = "why".'
            )
            return None
        return number

    def unit(self, table: Mapping[str, object], keys: tuple[str, ...]) -> str:
        """Return the unit's symbol in `table`; complain when it is none of `steelyard.units`."""
        symbol = table.get("unit", "×")
        if not isinstance(symbol, str) or symbol not in UNITS:
            longer = next((f'Did you mean "{known}"?' for known in UNITS if known.startswith(f"{symbol}(")), "")
            near = longer or did_you_mean(str(symbol), tuple(UNITS)).strip()
            known = f"Known units: {', '.join(filter(None, UNITS))}."
            self.complain((*keys, "unit"), f'There is no unit "{symbol}".', near or known)
            return "×"
        return symbol

    def table(self, table: Mapping[str, object], keys: tuple[str, ...], name: str) -> dict[str, object]:
        """Return the table under `name`, or an empty one; complain when something else stands there."""
        value = table.get(name, {})
        if isinstance(value, dict):
            return value
        self.complain((*keys, name), f'"{name}" must be a table.', f"Write {name} = {{ ... }} or [{name}].")
        return {}

    def date(self, table: Mapping[str, object], keys: tuple[str, ...], name: str, *, required: bool = False) -> str:
        """Return the date under `name` as text, YYYY, YYYY-MM or YYYY-MM-DD, or an empty text."""
        value = table.get(name)
        if value is None:
            if required:
                self.complain(keys, f'"{name}" is missing.', f'Add {name} = "2026-04-12".')
            return ""
        text = str(value)
        if not _DATE.fullmatch(text):
            self.complain((*keys, name), f'"{text}" is not a date.', 'Write it as "2026-04-12", "2026-04" or "2026".')
            return ""
        return text


def read_page(path: Path, root: Path, complaints: list[Complaint]) -> Page | None:
    """Read one TOML file; None, and a complaint, when it is too large, not text, or not TOML."""
    file = path.relative_to(root).as_posix()
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as trouble:
        complaints.append(Complaint(file, 0, f"Cannot be read: {trouble.strerror}.", "Check the file and its rights."))
        return None
    if len(raw) > LARGEST_FILE:
        complaints.append(
            Complaint(file, 0, f"Larger than {LARGEST_FILE // 1024} kB.", "Split it, or check what it really is.")
        )
        return None
    try:
        return Page(file, raw, complaints)
    except UnicodeDecodeError as trouble:
        line = raw.count(b"\n", 0, trouble.start) + 1
        complaints.append(Complaint(file, line, "Not UTF-8 text.", "Save it in the UTF-8 encoding."))
    except ValueError as trouble:
        message = str(trouble)
        at_line = _AT_LINE.search(message)
        line = int(at_line[1]) if at_line else raw.count(b"\n") + 1
        message = _AT_LINE.sub("", message).replace(" (at end of document)", " at the end of the file")
        complaints.append(
            Complaint(file, line, f"Not TOML: {message}.", "Mend the spelling of this line or of the one before.")
        )
    except RecursionError:
        complaints.append(Complaint(file, 0, "Nested too deeply.", "A part needs three levels at most."))
    return None


def _split(name: str) -> tuple[str, ...]:
    """Return the parts of a dotted key, without quotation marks."""
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _with_index(name: tuple[str, ...], counts: Mapping[str, int]) -> tuple[str, ...]:
    """Put the running index of an array of tables after its name: `stages.demands` is `stages.2.demands`."""
    first = name[0]
    if first in counts and (len(name) == 1 or not name[1].isdigit()):
        return (first, str(counts[first]), *name[1:])
    return name
