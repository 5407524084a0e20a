"""A few parts, and files as they come from shops, makers and purchasing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from steelyard.catalog.part import PartInfo
from steelyard.library.prices.preview import Preview, preview

Written = Callable[..., Path]


def part(identity: str, name: str, manufacturer: str, mpn: str) -> PartInfo:
    return PartInfo(
        identity, identity.partition("/")[0], name, manufacturer, mpn, "active", "maker", "",
        **({"layer": "curated"} if "layer" in PartInfo._fields else {}),
    )  # fmt: skip


PARTS = {
    each.id: each
    for each in (
        part("gpu/nvidia/l4", "L4", "NVIDIA", "900-2G193-0000-000"),
        part("gpu/nvidia/l40s", "L40S", "NVIDIA", "900-2G133-0080-000"),
        part("cpu/amd/9985wx", "Ryzen Threadripper PRO 9985WX", "AMD", "100-100000723WOF"),
        part("drive/samsung/9100-pro-4tb", "9100 PRO 4 TB", "Samsung", "MZ-VAP4T0BW"),
        part("drive/crucial/t710-4tb", "T710 4 TB", "Crucial", "SHARED-1"),
        part("fan/noctua/nf-a14", "NF-A14", "Noctua", "SHARED-1"),
        part("cooler/be-quiet/dark-rock", "Dark Rock", "be quiet!", "BK036"),
        part("case/own/box", "Box without a number", "Own", ""),
    )
}


@pytest.fixture
def parts() -> dict[str, PartInfo]:
    return PARTS


@pytest.fixture
def csv_file(tmp_path: Path) -> Written:
    def writing(text: str, encoding: str = "utf-8", name: str = "prices.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return writing


@pytest.fixture
def workbook(tmp_path: Path) -> Written:
    def writing(rows: list[list[Any]], more: dict[str, list[list[Any]]] | None = None) -> Path:
        path = tmp_path / "prices.xlsx"
        book = xlsxwriter.Workbook(path)
        for name, lines in ({"Prices": rows} | (more or {})).items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(lines):
                for column, value in enumerate(cells):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(row, column, value, value="")
                    else:
                        sheet.write(row, column, value)
        book.close()
        return path

    return writing


@pytest.fixture
def looked(parts: dict[str, PartInfo], csv_file: Written) -> Callable[..., Preview]:
    """Preview a CSV given as text."""

    def looking(text: str, currency: str = "EUR", **more: Any) -> Preview:
        found = preview(csv_file(text), parts, currency, **more)
        assert sum(found.counts[1:]) == found.counts.rows
        return found

    return looking
