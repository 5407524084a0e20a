"""The tables of published measurements, which lie beside the checkout and are not part of it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER, REFERENCE = DATA / "measured", DATA / "reference"


def present() -> bool:
    """Whether the tables are there; where they are, no test of accuracy may be left out."""
    return FOLDER.is_dir()


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table by its name, such as "mlperf_inference"; the packed and the plain form read alike."""
    return rows_of(_file(name))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table by its file, packed or plain."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode()
    return list(csv.DictReader(io.StringIO(text)))


def digest(name: str) -> str:
    """Return the SHA-256 of a table's file."""
    return hashlib.sha256(_file(name).read_bytes()).hexdigest()


def _file(name: str) -> Path:
    plain = FOLDER / f"{name}.csv"
    return plain if plain.exists() else FOLDER / f"{name}.csv.gz"
