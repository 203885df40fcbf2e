"""What was changed, so that it can be undone: one entry a command, one row a changed record."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Base


class JournalEntry(Base):
    """One command that was carried out.

    ``by_field``: undoing it asks only whether the fields that it changed are still as it left them,
    not whether their records were touched at all.
    """

    __tablename__ = "journal"
    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
    command: Mapped[str]
    label: Mapped[str]
    params: Mapped[str]
    undoable: Mapped[int]
    undone_by: Mapped[int | None]
    undo_of: Mapped[int | None]
    by_field: Mapped[int] = mapped_column(default=0, server_default="0")


class JournalRow(Base):
    """A record before the change (JSON of the old values) and its version afterwards."""

    __tablename__ = "journal_rows"
    __table_args__ = (Index(None, "journal_id", "seq"), Index(None, "table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id", ondelete="RESTRICT"))
    seq: Mapped[int]
    table_name: Mapped[str]
    row_id: Mapped[int]
    op: Mapped[str]
    before: Mapped[str]
    version_after: Mapped[int]
    after: Mapped[str] = mapped_column(default="", server_default="")  # JSON, with by_field only
