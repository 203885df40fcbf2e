"""Series, crews by date, hours and days off, checklists, complaints, treatments, messages."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection

from tcf_desktop.models.migrations import layouts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who is in a crew has always been in it, as far as is known."""
    layouts.bring_to(op.get_bind(), "0003", _move)


def _move(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO crew_members (worker_id, crew_id, version)"
        " SELECT id, crew_id, 1 FROM workers WHERE crew_id IS NOT NULL ORDER BY id"
    )
