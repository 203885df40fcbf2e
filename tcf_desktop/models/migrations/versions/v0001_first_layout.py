"""The first layout. A new database is made by ``schema.create``; this is where history begins."""

from __future__ import annotations

from alembic import op

from tcf_desktop.models.migrations import layouts

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first layout."""
    layouts.create(op.get_bind(), "0001")
