"""Runs the migrations in the transaction of ``connection.open_registry``, all or none of them."""

from alembic import context

from geodata.registry.database.relations import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
