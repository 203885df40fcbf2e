"""What happened with a contact, newest first, page by page, from every place that keeps it.

A new kind of thing is a function that reads the newest entries older than a key, and a line in
``SOURCES``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tcf_desktop.services.queries import timeline_money
from tcf_desktop.services.queries.merged import ALL_OF
from tcf_desktop.services.queries.occurrences import around, as_json, sources
from tcf_desktop.services.queries.timeline_parts import END_OF_TIME, Ask, Entry, Key

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

PAGE_ROWS: Final = 40
GROUPS: Final = ("visits", "money", "messages", "notes", "files", "changes")
_TEXT_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page. ``older`` is where the next one begins, None at the end; ``ahead`` counts the visits
    that are still to come (of series those of three months), ``next_on`` is the date of the first.
    """

    entries: tuple[Entry, ...]
    older: Key | None
    ahead: int = 0
    next_on: str = ""


class Source(NamedTuple):
    """A kind of entry: its group in the filter, and what reads it."""

    kind: str
    group: str
    read: Callable[[Reader, Ask], list[Entry]]


def timeline(
    r: Reader,
    contact_id: int,
    now_ms: int,
    *,
    group: str = "",
    before: Key | None = None,
    limit: int = PAGE_ROWS,
    with_ahead: bool = False,
) -> Timeline:
    """The newest ``limit`` entries older than ``before``; ``group`` is one of ``GROUPS`` or empty.

    Visits to come are counted only, unless ``with_ahead``. The cost does not depend on how many
    entries there are: every source reads one page by index.
    """
    zone = str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")
    start = Key(END_OF_TIME, 0, 0)
    found: list[Entry] = []
    for rank, source in enumerate(SOURCES, 1):
        if group in ("", source.group):
            top = before or start
            if source.kind == "visit" and not with_ahead:
                top = min(top, Key(now_ms, len(SOURCES) + 1, 0))
            found += source.read(r, Ask(contact_id, top, limit + 1, zone, rank, now_ms))
    found.sort(key=lambda entry: entry.key, reverse=True)
    more = len(found) > limit
    page = tuple(found[:limit])
    ahead = r.one(
        "SELECT count(*), min(starts_local) FROM appointments WHERE contact_id = ?"
        " AND starts_at > ? AND deleted_at IS NULL AND state NOT IN ('cancelled', 'no_show')",
        (contact_id, now_ms),
    )
    assert ahead is not None
    count, first = ahead
    starts = [one for one in around(r, contact_id, now_ms) if one.starts_at > now_ms]
    if starts:
        count += len(starts)
        first = min(filter(None, (first, starts[0].starts_local)))
    return Timeline(page, page[-1].key if more else None, count, (first or "")[:10])


_VISITS_OF: Final = (
    "SELECT a.id, a.starts_at, a.starts_local, a.minutes, a.title, a.state, a.kind,"
    " coalesce(k.name, ''), coalesce(nullif(l.name, ''), l.street, ''), a.total_cents,"
    " (SELECT group_concat(t.product, ', ') FROM treatments t"
    " WHERE t.appointment_id = a.id AND t.deleted_at IS NULL)"
    " FROM {visits} a LEFT JOIN crews k ON k.id = a.crew_id"
    " LEFT JOIN locations l ON l.id = a.location_id WHERE a.contact_id = ? AND a.deleted_at IS NULL"
)
_NEWEST_FIRST: Final = " ORDER BY a.starts_at DESC, a.id DESC LIMIT ?"


def _visits(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("a.starts_at", "a.id")
    stored, computed = sources(f"{_VISITS_OF} AND {older}{_NEWEST_FIRST}")
    rows = r.all(stored, (ask.contact_id, *params, ask.limit))
    if coming := around(r, ask.contact_id, ask.now_ms):
        rows += r.all(computed, (as_json(coming), ask.contact_id, *params, ask.limit))
        rows = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)[: ask.limit]
    return [
        Entry(
            "visit",
            ask.key(at, row_id),
            local[:10],
            title[:_TEXT_LENGTH],
            state,
            crew,
            place,
            cents,
            local,
            minutes,
            opens=row_id,
            params={"kind": kind, "products": put_down or ""},
        )
        for row_id, at, local, minutes, title, state, kind, crew, place, cents, put_down in rows
    ]


def _notes(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("n.at", "n.id")
    rows = r.all(
        f"SELECT n.id, n.at, substr(n.text, 1, {_TEXT_LENGTH}), n.visibility,"
        " coalesce(nullif(l.name, ''), l.street, '')"
        " FROM notes n LEFT JOIN locations l ON l.id = n.location_id"
        f" WHERE n.contact_id = ? AND n.deleted_at IS NULL AND {older}"
        " ORDER BY n.at DESC, n.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry("note", ask.key(at, row_id), ask.day(at), text, state, about=place, opens=row_id)
        for row_id, at, text, state, place in rows
    ]


def _files(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("f.added_at", "f.id")
    rows = r.all(
        "SELECT f.id, f.added_at, f.name, f.caption, f.mime,"
        " coalesce(nullif(l.name, ''), l.street, '')"
        " FROM attachments f LEFT JOIN locations l ON l.id = f.location_id"
        f" WHERE f.contact_id = ? AND f.deleted_at IS NULL AND {older}"
        " ORDER BY f.added_at DESC, f.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "file",
            ask.key(at, row_id),
            ask.day(at),
            name,
            state=mime,
            about=place,
            more=caption[:_TEXT_LENGTH],
            opens=row_id,
        )
        for row_id, at, name, caption, mime, place in rows
    ]


def _consents(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("at")
    rows = r.all(
        "SELECT id, at, channel, address, purpose, given, how FROM consent_events"
        f" WHERE contact_id = ? AND {older} ORDER BY at DESC, id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "consent",
            ask.key(at, row_id),
            ask.day(at),
            title=channel,
            state="given" if given else "refused",
            about=purpose,
            more=address,
            opens=row_id,
            params={"how": how},
        )
        for row_id, at, channel, address, purpose, given, how in rows
    ]


def _messages(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("coalesce(m.sent_at, m.created_at)", "m.id")
    rows = r.all(
        "SELECT m.id, coalesce(m.sent_at, m.created_at) AS at, m.occasion, m.state, m.channel,"
        " m.address, m.told_local FROM messages m"
        f" WHERE m.contact_id = ? AND m.deleted_at IS NULL AND m.state <> 'cancelled' AND {older}"
        " ORDER BY at DESC, m.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "message",
            ask.key(at, row_id),
            ask.day(at),
            title=occasion,
            state=state,
            about=way,
            more=address,
            starts_local=told or "",
            opens=row_id,
        )
        for row_id, at, occasion, state, way, address, told in rows
    ]


def _complaints(r: Reader, ask: Ask) -> list[Entry]:
    older, params = ask.older("k.opened_at", "k.id")
    rows = r.all(
        f"SELECT k.id, k.opened_at, substr(k.text, 1, {_TEXT_LENGTH}), k.closed_why,"
        " CASE WHEN k.closed_at IS NOT NULL OR b.state = 'done' THEN 'closed' ELSE 'open' END,"
        " coalesce(b.starts_local, ''), coalesce(b.id, k.appointment_id)"
        " FROM complaints k LEFT JOIN appointments b ON b.id = k.call_back_id"
        "  AND b.deleted_at IS NULL AND b.state NOT IN ('cancelled', 'no_show')"
        f" WHERE k.contact_id = ? AND k.deleted_at IS NULL AND {older}"
        " ORDER BY k.opened_at DESC, k.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "complaint",
            ask.key(at, row_id),
            ask.day(at),
            title=text,
            state=state,
            more=why,
            starts_local=local,
            opens=visit_id,
        )
        for row_id, at, text, why, state, local, visit_id in rows
    ]


def _changes(r: Reader, ask: Ask) -> list[Entry]:
    """What was changed in the record itself; a new note or file stands in the list as such."""
    older, params = ask.older("h.at", "h.id")
    rows = r.all(
        "SELECT h.id, h.at, h.label, h.params, h.fields, h.undo, h.at = c.created_at"
        " FROM contact_changes h JOIN contacts c ON c.id = h.contact_id"
        f" WHERE h.contact_id IN {ALL_OF} AND {older}"
        # A merge stands once, at the one that stayed.
        " AND NOT (h.contact_id <> ? AND h.label = 'merge of {other} into {name}')"
        " AND NOT (h.undo = 0 AND h.label IN ('new note about {name}',"
        " 'adding {file} to {name}', 'adding {count} files to {name}'))"
        " ORDER BY h.at DESC, h.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.contact_id, ask.limit),
    )
    return [
        Entry(
            "change",
            ask.key(at, row_id),
            ask.day(at),
            title=label,
            state="created" if created else "",
            more=fields,
            undone=bool(undo),
            params=json.loads(values),
        )
        for row_id, at, label, values, fields, undo, created in rows
    ]


# From the bottom up: of entries at one instant a later line stands above an earlier one.
SOURCES: Final[tuple[Source, ...]] = (
    Source("change", "changes", _changes),
    Source("file", "files", _files),
    Source("note", "notes", _notes),
    Source("consent", "messages", _consents),
    Source("visit", "visits", _visits),
    Source("complaint", "visits", _complaints),
    Source("message", "messages", _messages),
    Source("proposal", "money", timeline_money.proposals),
    Source("draft", "money", timeline_money.drafts),
    Source("invoice", "money", timeline_money.invoices),
    Source("payment", "money", timeline_money.payments),
)
