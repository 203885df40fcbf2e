"""Paired phones as the endpoint and the Phones tab see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FILE_APP = "file"  # the source of imported track files; no phone


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A paired phone. Times are UTC milliseconds; ``unreadable`` counts bodies kept for the owner,
    ``unreadable_reason`` is the newest one's."""

    id: int
    name: str
    app: str
    worker_id: int
    worker: str
    crew: str
    color_index: int
    paired_at: int
    last_heard_at: int | None
    last_fix_at: int | None
    battery_percent: int | None
    points: int
    unreadable: int
    unreadable_reason: str


@dataclass(frozen=True, slots=True)
class LastFix:
    """What the pairing page waits for."""

    fix_at: int
    acc_m: float | None
    received_at: int


@dataclass(frozen=True, slots=True)
class Contact:
    """When any phone was last heard, for the foot of the rail."""

    phones: int
    last_heard_at: int | None
    clocked_in: int


_ROWS = """
SELECT p.id, p.name, coalesce(nullif(p.app, ''), s.app, ''), w.id, w.name, coalesce(c.name, ''),
       coalesce(c.color_index, w.color_index), p.paired_at, s.last_heard_at, s.last_fix_at,
       s.battery_percent, coalesce(s.points_received, 0),
       (SELECT count(*) FROM unreadable_posts u WHERE u.phone_id = p.id),
       coalesce((SELECT u.reason FROM unreadable_posts u WHERE u.phone_id = p.id
                 ORDER BY u.received_at DESC, u.id DESC LIMIT 1), '')
FROM phones p
JOIN workers w ON w.id = p.worker_id
LEFT JOIN crews c ON c.id = w.crew_id
LEFT JOIN phone_states s ON s.phone_id = p.id
WHERE p.revoked_at IS NULL AND p.app <> 'file'
"""


def known_phones(r: Reader) -> list[tuple[int, str]]:
    """(id, token hash) of every phone that may send."""
    rows = r.all(
        "SELECT id, token_hash FROM phones WHERE revoked_at IS NULL AND token_hash IS NOT NULL"
    )
    return [(int(row[0]), str(row[1])) for row in rows]


def phone_rows(r: Reader) -> list[PhoneRow]:
    """Every paired phone, by person and name."""
    return [PhoneRow(*row) for row in r.all(_ROWS + "ORDER BY w.name, p.name, p.id LIMIT 200")]


def phone_row(r: Reader, phone_id: int) -> PhoneRow | None:
    """One paired phone, or None when it was unpaired."""
    row = r.one(_ROWS + "AND p.id = ?", (phone_id,))
    return None if row is None else PhoneRow(*row)


def phone_count(r: Reader) -> int:
    """How many phones are paired."""
    return int(r.value("SELECT count(*) FROM phones WHERE revoked_at IS NULL AND app <> 'file'"))


def last_fix(r: Reader, phone_id: int) -> LastFix | None:
    """The newest position of a phone, inside a shift or not: pairing shows only its accuracy."""
    row = r.one(
        "SELECT fix_at, acc_m, received_at FROM track_points WHERE phone_id = ? "
        "ORDER BY fix_at DESC LIMIT 1",
        (phone_id,),
    )
    return None if row is None else LastFix(*row)


def phones_contact(r: Reader) -> Contact:
    """How many phones are paired, when one was last heard, how many people are on the clock."""
    row = r.one(
        """SELECT (SELECT count(*) FROM phones WHERE revoked_at IS NULL AND app <> 'file'),
                  (SELECT max(s.last_heard_at) FROM phone_states s JOIN phones p
                   ON p.id = s.phone_id WHERE p.revoked_at IS NULL),
                  (SELECT count(DISTINCT worker_id) FROM shifts WHERE clock_out_at IS NULL)"""
    )
    assert row is not None
    return Contact(*row)
