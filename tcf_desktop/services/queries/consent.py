"""Who agreed to what: the present state for one address, and a contact's card with its history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from tcf_desktop.domain.consent import (
    PURPOSES,
    Channel,
    Event,
    Purpose,
    State,
    address_key,
    answer,
    digest_of,
)

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

SALT_KEY: Final = "consent.salt"
_EVENT_COLUMNS: Final = (
    "id, contact_id, channel, address, address_key, purpose, given, at, how, wording,"
    " recorded_by, created_at"
)


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One event as it is kept; instants in UTC ms."""

    id: int
    contact_id: int
    channel: Channel
    address: str
    address_key: str
    purpose: Purpose
    given: bool
    at: int
    how: str
    wording: str
    recorded_by: str
    created_at: int


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Whether an address may be written to for a purpose, and what says so.

    ``event`` is None when nobody asked, and when an opt-out outlived the person's record: then
    ``suppressed_at`` is its instant in UTC ms, otherwise 0.
    """

    state: State
    event: ConsentRow | None = None
    suppressed_at: int = 0


@dataclass(frozen=True, slots=True)
class AddressConsent:
    """A number or mail address of a contact with its state for each purpose.

    ``e164`` is the stored form of a number: empty when it cannot be dialled, None when that was
    not judged and of mail.
    """

    channel: Channel
    address: str
    label: str
    states: tuple[tuple[Purpose, ConsentState], ...]
    e164: str | None = None

    def state_for(self, purpose: Purpose) -> ConsentState:
        """The state for one purpose."""
        return dict(self.states)[purpose]


@dataclass(frozen=True, slots=True)
class Reach:
    """How a contact may be reached. ``events`` is how many were recorded at this contact."""

    addresses: tuple[AddressConsent, ...]
    events: int


def consent_state(r: Reader, channel: Channel, address: str, purpose: Purpose) -> ConsentState:
    """What holds now for an address as written anywhere: whose record it stood in is no matter.

    Asked at the moment of sending. Three reads by index.
    """
    key = address_key(channel, address, _country(r))
    return _state(r, _salt(r), channel, key, purpose)


def reach_of(r: Reader, contact_id: int) -> Reach:
    """The card of a contact: its numbers first, then its mail addresses, as in the form."""
    country, salt = _country(r), _salt(r)
    found: list[AddressConsent] = []
    for channel, table, columns in (
        ("text", "contact_phones", "number, label, e164"),
        ("email", "contact_emails", "address, label, NULL"),
    ):
        kind = cast("Channel", channel)
        for address, label, e164 in r.all(
            f"SELECT {columns} FROM {table} WHERE contact_id = ? ORDER BY position, id",
            (contact_id,),
        ):
            key = e164 or address_key(kind, address, country)  # stored: quicker than to parse
            states = tuple((p, _state(r, salt, kind, key, p)) for p in PURPOSES)
            found.append(AddressConsent(kind, address, label, states, e164))
    events = r.value("SELECT count(*) FROM consent_events WHERE contact_id = ?", (contact_id,))
    return Reach(tuple(found), int(events))


def consent_history(r: Reader, contact_id: int, limit: int = 200) -> tuple[ConsentRow, ...]:
    """Everything recorded at a contact, newest first, also for addresses that it has no more."""
    rows = r.all(
        f"SELECT {_EVENT_COLUMNS} FROM consent_events WHERE contact_id = ?"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (contact_id, limit),
    )
    return tuple(_event(row) for row in rows)


def _state(r: Reader, salt: bytes, channel: Channel, key: str, purpose: Purpose) -> ConsentState:
    rows = [
        _event(row)
        for row in r.all(
            f"SELECT {_EVENT_COLUMNS} FROM consent_events WHERE channel = ? AND address_key = ?"
            " AND purpose = ? ORDER BY at DESC, given, id DESC LIMIT 1",
            (channel, key, purpose),
        )
    ]
    said = [Event(channel, key, row.purpose, row.given, row.at) for row in rows]
    suppressed_at = 0
    if salt:
        digest = digest_of(salt, channel, key)
        suppressed_at = int(
            r.value(
                "SELECT at FROM suppressions WHERE channel = ? AND digest = ? AND purpose = ?",
                (channel, digest, purpose),
            )
            or 0
        )
    if suppressed_at:
        said.append(Event(channel, key, purpose, False, suppressed_at))
    found = answer(said, channel, key, purpose)
    if found.event is None:
        return ConsentState("unasked")
    if found.event < len(rows):
        return ConsentState(found.state, rows[found.event])
    return ConsentState(found.state, None, suppressed_at)


def _event(row: tuple[Any, ...]) -> ConsentRow:
    before, given, after = row[:6], row[6], row[7:]
    values: tuple[Any, ...] = (*before, bool(given), *after)
    return ConsentRow(*values)


def _country(r: Reader) -> str:
    return str(r.value("SELECT country FROM business WHERE id = 1") or "US")


def _salt(r: Reader) -> bytes:
    stored = r.value("SELECT value FROM settings WHERE key = ?", (SALT_KEY,))
    return bytes.fromhex(json.loads(stored)) if stored else b""
