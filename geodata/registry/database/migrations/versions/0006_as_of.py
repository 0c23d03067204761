"""The day that the data of a commit are of."""

import sqlalchemy as sa
from alembic import op

from geodata.days import office_date

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; data that came before are of the day on which they were committed."""
    op.add_column("revision", sa.Column("as_of", sa.Date(), nullable=True))
    table = sa.table(
        "revision",
        sa.column("id", sa.Integer()),
        sa.column("action", sa.String()),
        sa.column("at", sa.Text()),
        sa.column("as_of", sa.Date()),
    )
    connection = op.get_bind()
    commits = connection.execute(
        sa.select(table.c.id, table.c.at).where(table.c.action == "masuk")
    ).all()
    for number, at in commits:
        own = table.c.id == number
        connection.execute(sa.update(table).where(own).values(as_of=office_date(at)))
