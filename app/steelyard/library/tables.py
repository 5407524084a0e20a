"""The tables of the library: SQLAlchemy Core, portable to PostgreSQL. The migrations make them; these say the same.

Times are UTC as ISO 8601 text, amounts of money whole minor units, documents text: no database needs to know more. In
SQLite the tables are STRICT, so that no text slips into a number.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

_WHOLE: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite's STRICT tables know one integer, of 64 bits

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *entries: Any) -> Table:  # noqa: ANN401  # columns and constraints
    return Table(name, METADATA, *entries, sqlite_strict=True)


def _text(name: str, *, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, CheckConstraint(f"{name} IN (0, 1)", name=name), nullable=False, server_default="0")


# --- the log, and the few facts about the library itself

audit = _table(
    "audit",
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("action"),
    _text("subject"),
    _text("detail"),  # JSON
    _text("previous"),  # hash of the entry before; of the first, 64 zeros
    _text("hash"),
)
"""What was done, by whom and when: entries are appended and never changed; each holds the hash of the one before."""

fact = _table("fact", Column("name", Text, primary_key=True), _text("value"))
"""Single facts: `audit_head`, `active_book`, `active_snapshot`, `highest_version`, `import_dataset` ..."""

# --- what the user made

build = _table(
    "build",
    Column("id", Integer, primary_key=True),
    _text("name"),
    Column("revision", Integer, nullable=False),
    _text("saved_at"),
    _text("saved_by"),
    _text("document"),  # a project file, as it is written to disk
    _text("digest"),  # SHA-256 of the document
    UniqueConstraint("name", "revision"),
)
"""Saved builds: a project a revision; saving again adds one and keeps the others."""

own_part = _table(
    "own_part",
    Column("part_id", Text, primary_key=True),
    _text("kind"),
    _text("name"),
    _text("manufacturer"),
    _text("mpn"),
    _text("document"),  # TOML, as a file under components_db/parts
    _text("changed_at"),
    _text("changed_by"),
)
"""The user's own parts."""

override = _table(
    "override",
    Column("id", Integer, primary_key=True),
    _text("part_id"),
    _text("field"),
    _text("value"),  # JSON: a number in the field's unit, a word, a list of words, true or false
    _text("source"),  # an id of the bibliography
    _text("evidence"),  # where in it: page, measurement, letter
    _text("why"),
    _text("set_at"),
    _text("set_by"),
    Column("undone_at", Text),
    Column("undone_by", Text),
    Index(None, "part_id", "field"),
)
"""Single values that the user puts in the place of the catalogue's. One without `undone_at` is in force."""

# --- prices

price_book = _table(
    "price_book",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _text("currency"),
    _text("source"),
    _text("dated"),  # YYYY-MM-DD
    _text("kind"),  # quote, list, order or street
    _flag("fills_gaps"),
    _text("file"),
    _text("digest"),
    _text("added_at"),
    _text("added_by"),
)
"""Price books that were brought in; `fills_gaps`: parts without a line take the indicative price, marked as such."""

price_line = _table(
    "price_line",
    Column("book_id", Integer, ForeignKey("price_book.id", ondelete="CASCADE"), primary_key=True),
    Column("part_id", Text, primary_key=True),
    Column("least", Integer, CheckConstraint("least >= 1", name="least"), primary_key=True),
    Column("amount", _WHOLE, CheckConstraint("amount >= 0", name="amount"), nullable=False),
    Column("line", Integer, nullable=False),
    _text("note", default=""),
)
"""A price in minor units of the book's currency, from a quantity of `least` on; `line` is its line in the file."""

# --- catalogues that came as signed files

snapshot = _table(
    "snapshot",
    Column("id", Integer, primary_key=True),
    Column("version", _WHOLE, nullable=False),
    _text("expires"),
    _text("key_id"),
    _text("comment"),
    _text("digest"),  # SHA-256 of the signed file
    _text("catalogue_hash"),
    _text("folder"),  # beside the library, in `catalogues`
    _text("applied_at"),
    _text("applied_by"),
)
"""Catalogues that were applied; the fact `active_snapshot` names the one in use, none means the program's own."""

# --- parts of other databases

import_run = _table(
    "import_run",
    Column("id", Integer, primary_key=True),
    _text("dataset"),
    _text("origin"),  # the folder or archive
    _text("started_at"),
    Column("finished_at", Text),
    _text("counts", default="{}"),  # JSON
)
"""A run of an import; without `finished_at` it was stopped and can go on."""

imported_part = _table(
    "imported_part",
    Column("part_id", Text, primary_key=True),
    Column("run_id", Integer, ForeignKey("import_run.id"), nullable=False),
    _text("file"),
    _text("digest"),  # SHA-256 of the file that it came from
    _text("state"),  # taken, duplicate or quarantined
    _text("kind"),
    _text("name"),
    _text("manufacturer"),
    _text("mpn"),
    _text("number"),  # the mpn in capitals without punctuation, for comparisons
    Column("trust", Integer, nullable=False),
    _text("record"),  # JSON: field -> value, in the units of the schema
    _flag("in_use"),
    UniqueConstraint("file"),
    Index(None, "kind", "state"),
    Index(None, "manufacturer", "number"),
)
"""Parts of a second, lower layer. Only those `in_use` can stand in a build; all can be searched."""

import_hit = _table(
    "import_hit",
    Column("id", Integer, primary_key=True),
    _text("file"),
    _text("rule"),
    _text("action"),  # fixed, nulled, quarantined or warned
    _text("field"),
    _text("was"),
    _text("now"),
    Index(None, "file"),
    Index(None, "rule"),
)
"""What a quarantine rule did to a file, as of the last time that the file was read."""

import_staged = _table(
    "import_staged",
    Column("file", Text, primary_key=True),
    Column("run_id", Integer, ForeignKey("import_run.id"), nullable=False),
    _text("digest"),
    _text("content"),  # JSON: the row of imported_part and its hits
)
"""What an unfinished run has read: it becomes imported_part and import_hit in one step when the run is finished."""

part_index = _table(
    "part_index",
    Column("id", Integer, primary_key=True),
    Column("part_id", Text, nullable=False, unique=True),
    _text("layer"),  # curated, own or opendb
    _text("kind"),
    _text("manufacturer"),
    _text("name"),
    _text("mpn"),
    _text("number"),
    _text("facts"),  # what people also search by: socket, capacity, size ...
    _text("status"),
    _flag("in_use"),
    Index(None, "kind", "manufacturer", "name"),
)
"""All parts of all layers as the catalogue manager lists them; the full-text index `part_words` reads from it."""
