"""Paired phones and the positions they sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Base, Record


class Phone(Record):
    """A phone (or a track file's source) of one worker.

    ``token_hash`` is the SHA-256 of the secret in hex; the secret itself is never stored.
    """

    __tablename__ = "phones"
    __table_args__ = (Index(None, "worker_id"), Index(None, "token_hash", unique=True))

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(default="")
    app: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str | None]
    paired_at: Mapped[int]
    revoked_at: Mapped[int | None]


class PhoneState(Base):
    """What a phone last said of itself; changes with every post, so it is not journalled."""

    __tablename__ = "phone_states"

    phone_id: Mapped[int] = mapped_column(
        ForeignKey("phones.id", ondelete="RESTRICT"), primary_key=True
    )
    last_heard_at: Mapped[int | None]
    last_fix_at: Mapped[int | None]
    battery_percent: Mapped[int | None]
    points_received: Mapped[int] = mapped_column(default=0)
    app: Mapped[str] = mapped_column(default="")


class TrackPoint(Base):
    """A position. Key: phone and whole second ; metres, metres a second, degrees."""

    __tablename__ = "track_points"
    __table_args__ = ({"sqlite_with_rowid": False},)

    phone_id: Mapped[int] = mapped_column(
        ForeignKey("phones.id", ondelete="RESTRICT"), primary_key=True
    )
    fix_at: Mapped[int] = mapped_column(primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]
    acc_m: Mapped[float | None]
    alt_m: Mapped[float | None]
    speed_mps: Mapped[float | None]
    course_deg: Mapped[float | None]
    flags: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    received_at: Mapped[int]


class UnreadablePost(Base):
    """A body from a known phone that could not be read; kept for the owner, bounded."""

    __tablename__ = "unreadable_posts"
    __table_args__ = (Index(None, "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_id: Mapped[int] = mapped_column(ForeignKey("phones.id", ondelete="RESTRICT"))
    received_at: Mapped[int]
    reason: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
