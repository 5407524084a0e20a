"""Saved builds, own parts, overrides, single facts, and the log that is only ever appended to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NEVER = {
    "sqlite": "CREATE TRIGGER audit_no_{deed} BEFORE {deed} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the log is only ever appended to'); END",
    "postgresql": "CREATE RULE audit_no_{deed} AS ON {deed} TO audit DO INSTEAD NOTHING",
}


def upgrade() -> None:
    """Make the tables of the first version."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "action", "subject", "detail")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("previous", "hash")),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sqlite_strict=True,
    )
    for deed in ("update", "delete"):
        op.execute(_NEVER[op.get_bind().dialect.name].format(deed=deed))
    op.create_table(
        "fact",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
        sqlite_strict=True,
    )
    op.create_table(
        "build",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("saved_at", "saved_by", "document", "digest")),
        sa.PrimaryKeyConstraint("id", name="pk_build"),
        sa.UniqueConstraint("name", "revision", name="uq_build_name_revision"),
        sqlite_strict=True,
    )
    op.create_table(
        "own_part",
        sa.Column("part_id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "name", "manufacturer", "mpn")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("document", "changed_at", "changed_by")),
        sa.PrimaryKeyConstraint("part_id", name="pk_own_part"),
        sqlite_strict=True,
    )
    op.create_table(
        "override",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("part_id", "field", "value", "source", "evidence")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("why", "set_at", "set_by")),
        sa.Column("undone_at", sa.Text),
        sa.Column("undone_by", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_override"),
        sqlite_strict=True,
    )
    op.create_index("ix_override_part_id_field", "override", ["part_id", "field"])
