"""Parts of other databases, and the index that all parts are searched by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables; nothing of the second version changes."""
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("dataset", "origin", "started_at")),
        sa.Column("finished_at", sa.Text),
        sa.Column("counts", sa.Text, nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
        sqlite_strict=True,
    )
    op.create_table(
        "imported_part",
        sa.Column("part_id", sa.Text, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file", "digest", "state", "kind", "name")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("manufacturer", "mpn", "number")),
        sa.Column("trust", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("in_use", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("part_id", name="pk_imported_part"),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name="fk_imported_part_run_id"),
        sa.UniqueConstraint("file", name="uq_imported_part_file"),
        sa.CheckConstraint("in_use IN (0, 1)", name="in_use"),
        sqlite_strict=True,
    )
    op.create_index("ix_imported_part_kind_state", "imported_part", ["kind", "state"])
    op.create_index("ix_imported_part_manufacturer_number", "imported_part", ["manufacturer", "number"])
    op.create_table(
        "import_hit",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file", "rule", "action", "field", "was", "now")),
        sa.PrimaryKeyConstraint("id", name="pk_import_hit"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_hit_file", "import_hit", ["file"])
    op.create_index("ix_import_hit_rule", "import_hit", ["rule"])
    op.create_table(
        "import_staged",
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("digest", "content")),
        sa.PrimaryKeyConstraint("file", name="pk_import_staged"),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name="fk_import_staged_run_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "part_index",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("part_id", "layer", "kind", "manufacturer", "name")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("mpn", "number", "facts", "status")),
        sa.Column("in_use", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_part_index"),
        sa.UniqueConstraint("part_id", name="uq_part_index_part_id"),
        sa.CheckConstraint("in_use IN (0, 1)", name="in_use"),
        sqlite_strict=True,
    )
    op.create_index("ix_part_index_kind_manufacturer_name", "part_index", ["kind", "manufacturer", "name"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE part_words USING fts5(manufacturer, name, mpn, number, facts, "
            "content='part_index', content_rowid='id', prefix='1 2 3', tokenize='unicode61')"
        )
