"""Columns of the table of phones, and the words for how long one has been silent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.phones import PhoneRow

QUIET_MS = 40 * 60_000
APP_NAMES = {"owntracks": "OwnTracks", "overland": "Overland", "": "—"}


def contact_words(row: PhoneRow, now_ms: int) -> tuple[str, str]:
    """(words, tone) for when a phone was last heard."""
    if row.last_heard_at is None:
        return _tr("Not heard yet"), "neutral"
    silence = now_ms - row.last_heard_at
    if silence < QUIET_MS:
        return _tr("Connected {ago}").format(ago=i18n.ago(row.last_heard_at, now_ms)), "ok"
    if silence < 12 * 3_600_000:
        minutes = int(silence // 60_000)
        return _tr("Quiet for {time}").format(time=i18n.minutes_text(minutes)), "neutral"
    return _tr("Last heard {ago}").format(ago=i18n.ago(row.last_heard_at, now_ms)), "neutral"


def phone_columns(now_ms: Callable[[], int]) -> tuple[Column[PhoneRow], ...]:
    """Name and app, person and crew, last contact, battery, positions."""
    return (
        Column[PhoneRow](
            "name", _tr("Phone"), lambda row: row.name,
            second=lambda row: APP_NAMES.get(row.app, row.app), width=220, stretch=True,
        ),
        Column[PhoneRow](
            "person", _tr("Person"), lambda row: row.worker, second=lambda row: row.crew,
            width=190,
        ),
        Column[PhoneRow](
            "contact", _tr("Last contact"), lambda row: contact_words(row, now_ms())[0],
            second=_trouble, width=230,
        ),
        Column[PhoneRow](
            "battery", _tr("Battery"), _battery, align_right=True, width=100,
        ),
        Column[PhoneRow](
            "points", _tr("Positions"), lambda row: f"{row.points:,}", align_right=True, width=110,
        ),
    )  # fmt: skip


def _battery(row: PhoneRow) -> str:
    return i18n.DASH if row.battery_percent is None else f"{row.battery_percent} %"


def _trouble(row: PhoneRow) -> str:
    if not row.unreadable:
        return ""
    if row.unreadable_reason == "encrypted":
        return _tr("{count} encrypted messages cannot be read").format(count=row.unreadable)
    return _tr("{count} messages cannot be read").format(count=row.unreadable)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Phones", text)
