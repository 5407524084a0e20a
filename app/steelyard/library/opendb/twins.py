"""Which records are of one product: the same kind, maker and order number, and of the same size."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, MetaData, Table, Text, func, insert, select

from steelyard.library.opendb.names import number_of, plain
from steelyard.library.opendb.record import OURS
from steelyard.library.tables import imported_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_TEMPORARY: Final = MetaData()

_SAID: Final = Table(
    "opendb_number",
    _TEMPORARY,
    Column("product", Text, nullable=False, index=True),
    Column("file", Text, nullable=False),
    prefixes=["TEMPORARY"],
)
"""Each order number of each record, with kind, maker and size."""

TWINS: Final = Table(
    "opendb_twin",
    _TEMPORARY,
    Column("file", Text, primary_key=True),
    Column("head", Text, nullable=False, index=True),
    prefixes=["TEMPORARY"],
)
"""The records that are of one product with another one; `head` is the first file of all that are."""

_PAGE: Final = 1000

_LEAST_LETTERS, _LEAST_DIGITS = 6, 2

_SIZES: Final = {
    "board": ("form_factor",),
    "cpu": ("cores",),
    "drive": ("capacity", "form_factor"),
    "fan": ("size",),
    "gpu": ("memory",),
    "memory": ("modules", "module_capacity", "rate"),
    "nic": ("ports", "port_rate"),
    "psu": ("rated_power",),
    "cooler": ("radiator_length",),
}
"""What tells products apart that share a piece of an order number, as kits of one series do."""


def find_twins(connection: Connection) -> None:
    """Fill TWINS anew, for the time of this connection."""
    _TEMPORARY.drop_all(connection, checkfirst=True)
    _TEMPORARY.create_all(connection)
    for page in _pages(connection):
        said = [{"product": product, "file": file} for file, products in page for product in products]
        if said:
            connection.execute(insert(_SAID), said)
    several = select(_SAID.c.product).group_by(_SAID.c.product).having(func.count() > 1)
    query = select(_SAID.c.product, _SAID.c.file).where(_SAID.c.product.in_(several)).order_by(_SAID.c.product)
    heads = _joined(connection.execute(query).all())
    if heads:
        connection.execute(insert(TWINS), [{"file": file, "head": head} for file, head in heads.items()])


def tells_one(number: str) -> bool:
    """Say whether an order number is of one product alone: no name of a series with blanks, and no short code."""
    letters = number_of(number)
    digits = sum(letter.isdigit() for letter in letters)
    return " " not in number.strip() and len(letters) >= _LEAST_LETTERS and digits >= _LEAST_DIGITS


def _joined(said: Any) -> dict[str, str]:  # noqa: ANN401  # rows of (product, file), in the order of the products
    """Return for each file the first file that it shares a product with, also through others."""
    head: dict[str, str] = {}

    def found(file: str) -> str:
        while head[file] != file:
            head[file] = head[head[file]]
            file = head[file]
        return file

    product_before, file_before = "", ""
    for product, file in said:
        head.setdefault(file, file)
        if product == product_before:
            one, other = sorted((found(file), found(file_before)))
            head[other] = one
        product_before, file_before = product, file
    return {file: found(file) for file in head}


def _pages(connection: Connection) -> Iterator[list[tuple[str, set[str]]]]:
    columns = (imported_part.c.file, imported_part.c.kind, imported_part.c.manufacturer, imported_part.c.record)
    query = select(*columns).where(imported_part.c.number != "").order_by(imported_part.c.file).limit(_PAGE)
    last = ""
    while rows := connection.execute(query.where(imported_part.c.file > last)).all():
        last = rows[-1].file
        yield [(row.file, _products(row.kind, row.manufacturer, json.loads(row.record))) for row in rows]


def _products(kind: str, manufacturer: str, record: dict[str, Any]) -> set[str]:
    beside = record.get(OURS, {})
    stated = record | beside.get("removed", {})
    size = [stated.get(name) for name in _SIZES.get(kind, ())]
    numbers = filter(tells_one, beside.get("numbers", ()))
    return {json.dumps([kind, plain(manufacturer), number_of(number), size]) for number in numbers}
