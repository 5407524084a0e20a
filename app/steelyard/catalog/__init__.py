"""components_db on disk as frozen tables of arrays, every cell with its source."""

from __future__ import annotations

from steelyard.catalog.complaint import Complaint
from steelyard.catalog.load import Catalog, load_catalog
from steelyard.catalog.part import Datum, PartInfo, Price
from steelyard.catalog.schema import Field, Kind, words_of
from steelyard.catalog.tables import NONE, Table

__all__ = [
    "NONE",
    "Catalog",
    "Complaint",
    "Datum",
    "Field",
    "Kind",
    "PartInfo",
    "Price",
    "Table",
    "load_catalog",
    "words_of",
]
