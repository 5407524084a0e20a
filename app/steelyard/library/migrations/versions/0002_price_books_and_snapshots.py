"""Price books, and the catalogues that came as signed files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables; nothing of the first version changes."""
    op.create_table(
        "price_book",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "currency", "source", "dated", "kind")),
        sa.Column("fills_gaps", sa.Integer, nullable=False, server_default="0"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file", "digest", "added_at", "added_by")),
        sa.PrimaryKeyConstraint("id", name="pk_price_book"),
        sa.UniqueConstraint("name", name="uq_price_book_name"),
        sa.CheckConstraint("fills_gaps IN (0, 1)", name="fills_gaps"),
        sqlite_strict=True,
    )
    op.create_table(
        "price_line",
        sa.Column("book_id", sa.Integer, nullable=False),
        sa.Column("part_id", sa.Text, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("amount", _WHOLE, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("book_id", "part_id", "least", name="pk_price_line"),
        sa.ForeignKeyConstraint(["book_id"], ["price_book.id"], name="fk_price_line_book_id", ondelete="CASCADE"),
        sa.CheckConstraint("least >= 1", name="least"),
        sa.CheckConstraint("amount >= 0", name="amount"),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version", _WHOLE, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("expires", "key_id", "comment", "digest")),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("catalogue_hash", "folder", "applied_at", "applied_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sqlite_strict=True,
    )
