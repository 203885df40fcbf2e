"""Messages that wait, customers who have not been told of a change yet, and what was told."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from tcf_desktop.domain import told
from tcf_desktop.services.queries.occurrences import row_id
from tcf_desktop.services.queries.schedule import listed_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Tab = Literal["waiting", "untold", "told"]
MOST: Final = 2_000

# A visit that stands elsewhere than its customer was told, or does not take place any more.
_UNTOLD: Final = """
    FROM appointments a WHERE a.deleted_at IS NULL AND a.starts_at > :now
    AND a.told_at IS NOT NULL AND a.contact_id IS NOT NULL
    AND ((a.state IN ('tentative', 'confirmed', 'on_the_way')
            AND a.told_local IS NOT a.starts_local)
        OR (a.state IN ('cancelled', 'no_show') AND a.told_local IS NOT NULL))
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.appointment_id = a.id
        AND m.state = 'waiting' AND m.deleted_at IS NULL)
"""
_UNTOLD_SQL: Final = _UNTOLD.replace(":now", "?")


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message with the visit that it is about.

    ``starts_local`` and ``appointment_state`` are of the visit now, empty when it is gone;
    ``fits`` is False when it changed since the words were written.
    """

    id: int
    contact_id: int
    name: str
    appointment_id: int | None
    occasion: str
    channel: str
    address: str
    subject: str
    body: str
    state: str
    told_local: str | None
    created_at: int
    sent_at: int | None
    starts_local: str
    minutes: int
    appointment_state: str
    work: str
    fits: bool


@dataclass(frozen=True, slots=True)
class UntoldRow:
    """A visit whose customer believes in another time. ``id`` is the appointment's."""

    id: int
    contact_id: int
    name: str
    occasion: str
    told_local: str
    starts_local: str
    minutes: int
    work: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be said after a change: why, the start the customer believes in, and since when
    a message about it waits (its id)."""

    occasion: told.Occasion
    known_local: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """How many stand in each list."""

    waiting: int
    untold: int


def message_ids(r: Reader, tab: Tab, now_ms: int) -> array[int]:
    """Ids in their order: of messages, or of appointments for ``untold``."""
    if tab == "untold":
        rows = r.all(f"SELECT a.id {_UNTOLD_SQL} ORDER BY a.starts_at LIMIT ?", (now_ms, MOST))
    elif tab == "waiting":
        rows = r.all(
            "SELECT m.id FROM messages m LEFT JOIN appointments a ON a.id = m.appointment_id"
            " WHERE m.state = 'waiting' AND m.deleted_at IS NULL"
            " ORDER BY coalesce(a.starts_at, m.created_at), m.id LIMIT ?",
            (MOST,),
        )
    else:
        rows = r.all(
            "SELECT id FROM messages WHERE state = 'sent' AND deleted_at IS NULL"
            " ORDER BY sent_at DESC, id DESC LIMIT ?",
            (MOST,),
        )
    return array("q", [row[0] for row in rows])


def message_rows(r: Reader, ids: Sequence[int]) -> dict[int, MessageRow]:
    """Messages by id."""
    return {row[0]: _message(row) for row in r.all(_ROWS.format(_marks(ids)), tuple(ids))}


def message(r: Reader, message_id: int) -> MessageRow | None:
    """One message; None when it is gone."""
    return message_rows(r, [message_id]).get(message_id)


def untold_rows(r: Reader, ids: Sequence[int]) -> dict[int, UntoldRow]:
    """Visits whose customers were told another time, by the appointment's id."""
    rows = r.all(
        "SELECT a.id, a.contact_id, a.state, coalesce(a.told_local, ''), a.starts_local, a.minutes,"
        f" {_WORK}, c.first_name, c.last_name, c.company, c.display_name"
        " FROM appointments a JOIN contacts c ON c.id = a.contact_id"
        f" WHERE a.id IN ({_marks(ids)})",
        tuple(ids),
    )
    return {
        row[0]: UntoldRow(
            row[0],
            row[1],
            listed_name(row[7:11]),
            "cancelled" if row[2] in ("cancelled", "no_show") else "moved",
            row[3],
            row[4],
            row[5],
            row[6] or "",
        )
        for row in rows
    }


def message_counts(r: Reader, now_ms: int) -> MessageCounts:
    """The numbers beside the lists."""
    waiting = r.value(
        "SELECT count(*) FROM messages WHERE state = 'waiting' AND deleted_at IS NULL"
    )
    return MessageCounts(int(waiting), int(r.value(f"SELECT count(*) {_UNTOLD_SQL}", (now_ms,))))


def owed(r: Reader, appointment_id: int) -> Owed | None:
    """What the customer of an appointment must be told now; None when nothing is owed.

    Somebody who comes again and again counts on the time of his series without a word. The id may
    be that of an occurrence which has a row by now.
    """
    row = r.one(
        "SELECT a.state, a.starts_local, a.told_local, a.told_at, a.occurrence_on, s.starts_local,"
        " (SELECT m.id FROM messages m WHERE m.appointment_id = a.id AND m.state = 'waiting'"
        "  AND m.deleted_at IS NULL)"
        " FROM appointments a LEFT JOIN series s ON s.id = a.series_id"
        " WHERE a.id = ? AND a.contact_id IS NOT NULL AND a.deleted_at IS NULL",
        (row_id(r, appointment_id),),
    )
    if row is None:
        return None
    expects = f"{row[4]}{row[5][10:]}" if row[4] and row[5] else ""
    knowledge = told.Knowledge(row[0], row[1], row[2], row[3], expects)
    occasion = told.owed(knowledge)
    return Owed(occasion, knowledge.known, row[6]) if occasion is not None else None


_WORK: Final = (
    "CASE WHEN a.title <> '' THEN a.title ELSE (SELECT group_concat(l.name, ' + ') FROM"
    " (SELECT name FROM appointment_lines WHERE appointment_id = a.id"
    " ORDER BY position LIMIT 4) l) END"
)
_ROWS: Final = (
    "SELECT m.id, m.contact_id, m.appointment_id, m.occasion, m.channel, m.address, m.subject,"
    " m.body, m.state, m.told_local, m.created_at, m.sent_at, coalesce(a.starts_local, ''),"
    " coalesce(a.minutes, 0), coalesce(a.state, ''), "
    + _WORK
    + ", c.first_name, c.last_name, c.company, c.display_name"
    " FROM messages m JOIN contacts c ON c.id = m.contact_id"
    " LEFT JOIN appointments a ON a.id = m.appointment_id AND a.deleted_at IS NULL"
    " WHERE m.id IN ({}) AND m.deleted_at IS NULL"
)


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))


def _message(row: tuple[Any, ...]) -> MessageRow:
    told_local, starts_local, state = row[9], row[12], row[14]
    off = state in ("cancelled", "no_show")
    fits = row[2] is None or (bool(state) and told_local == (None if off else starts_local))
    return MessageRow(
        id=row[0], contact_id=row[1], name=listed_name(row[16:20]), appointment_id=row[2],
        occasion=row[3], channel=row[4], address=row[5], subject=row[6], body=row[7],
        state=row[8], told_local=told_local, created_at=row[10], sent_at=row[11],
        starts_local=starts_local, minutes=row[13], appointment_state=state, work=row[15] or "",
        fits=fits,
    )  # fmt: skip
