"""Which regions a commit reports for, besides those that its rows lie in."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; commits made before report where their rows lie."""
    op.add_column("revision", sa.Column("covers", sa.JSON(), nullable=True))
