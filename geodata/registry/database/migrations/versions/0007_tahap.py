"""How far each KIM has come along the chain of registration."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; KIM of before have not been registered through the chain."""
    for table in ("staged_row", "kim_version"):
        op.add_column(table, sa.Column("tahap", sa.Text(), nullable=False, server_default=""))
