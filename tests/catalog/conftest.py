"""A small catalogue in a folder of its own, for a test to break."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.places import components_db

SHIPPED = components_db()

DRIVE = """\
id = "drive/maker/model-2tb"
name = "Model 2TB"
manufacturer = "Maker"
mpn = "M2T"

[specs]
class = { value = "consumer SSD", source = "page" }
form_factor = { value = "M.2 2280", source = "page" }
interface = { value = "nvme", source = "page" }
capacity = { value = 2000, unit = "GB", source = "page", where = "p. 1" }
read_rate = { value = 7.0, unit = "GB/s", source = "page" }
write_rate = { value = 6.5, unit = "GB/s", source = "memory" }
idle_power = { unknown = "not published" }

[price]
value = "160.50"
currency = "USD"
date = "2026-04-12"
kind = "order"
source = "page"
"""

SOURCES = """\
[page]
title = "A page"
tier = "maker"

[memory]
title = "What is remembered"
tier = "recalled"
"""


class Folder(NamedTuple):
    """A catalogue's folder with the shipped schema, two sources and one drive."""

    root: Path

    @property
    def drive(self) -> Path:
        """The file of its one part."""
        return self.root / "parts" / "drive" / "maker-model-2tb.toml"

    def change(self, old: str, new: str, file: str = "parts/drive/maker-model-2tb.toml") -> None:
        """Write `new` for `old` in one file."""
        text = (self.root / file).read_text()
        assert old in text
        (self.root / file).write_text(text.replace(old, new))

    def write(self, file: str, text: str) -> None:
        """Write a file, with the folders that it needs."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def load(self) -> Catalog:
        """Read it without a cache."""
        return load_catalog(self.root, cache=None)

    def complaints(self) -> list[str]:
        """Return what is wrong with it, as lines."""
        return [str(complaint) for complaint in self.load().complaints]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "components_db"
    shutil.copytree(SHIPPED / "schema", root / "schema")
    found = Folder(root)
    found.write("sources.toml", SOURCES)
    found.write("parts/drive/maker-model-2tb.toml", DRIVE)
    return found


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    return load_catalog(SHIPPED)
