"""How Alembic runs the versions: on the open transaction it is given, all or nothing."""

from __future__ import annotations

from alembic import context

from simulator.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
