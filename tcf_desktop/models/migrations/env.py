"""Alembic's environment: the connection comes from :mod:`.upgrade`, never from a file."""

from __future__ import annotations

from alembic import context

from tcf_desktop.models import schema
from tcf_desktop.models.base import Base

assert schema.MODULES

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
