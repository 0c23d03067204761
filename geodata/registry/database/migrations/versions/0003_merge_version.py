"""The version of a KIM that a row was compared with when it was decided to be merged with it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; of rows decided before, nobody knows."""
    op.add_column("staged_row", sa.Column("merge_version", sa.Integer(), nullable=True))
