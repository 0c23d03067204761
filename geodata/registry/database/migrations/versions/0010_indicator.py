"""Indicators of regions: files that were brought in, their rows, and which are in force."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "indicator_import",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_text("key", "level"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        *_text("file_name", "sha256", "who", "at"),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_import")),
    )
    op.create_table(
        "indicator_row",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *_text("column"),
        sa.Column("kode", sa.String(13), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["indicator_import.id"], name=op.f("fk_indicator_row_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_indicator_row")),
    )
    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        *_text("who", "at"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["indicator_import.id"], name=op.f("fk_indicator_version_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_version")),
    )
    op.create_index("ix_indicator_version_import_id", "indicator_version", ["import_id"])


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
