"""Notes, consents, files, frequencies, own fields, measures, price lists, changes of a contact."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection

from tcf_desktop.models.migrations import layouts

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The one note of a contact becomes its first note, for the office only."""
    layouts.bring_to(op.get_bind(), "0002", _move)


def _move(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO notes (contact_id, visibility, text, at, updated_at, version)"
        " SELECT id, 'office', note, created_at, updated_at, 1 FROM contacts WHERE note <> ''"
    )
