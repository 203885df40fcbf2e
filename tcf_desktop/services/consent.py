"""Keeping who agreed to be written to, and who said no."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.consent import (
    CHANNELS,
    HOWS,
    PURPOSES,
    Channel,
    How,
    Purpose,
    address_key,
    digest_of,
    instant_of,
)
from tcf_desktop.domain.contacts import many_lines, one_line
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.consent import SALT_KEY

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class RecordConsent(Command[int]):
    """They agreed to be written to; returns the event's id.

    ``on`` is a local ISO date, ``wording`` what they were shown or told. Raises
    ``consent.no_address``, ``consent.future``, ``consent.unknown`` and ``data.gone``.
    """

    contact_id: int
    channel: Channel
    address: str
    purpose: Purpose
    on: str
    how: How
    wording: str = ""
    recorded_by: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        contact = _living(uow, self.contact_id)
        uow.describe(
            "permission of {name} for {address}",
            name=contact.display_name,
            address=one_line(self.address),
        )
        if self.purpose not in PURPOSES:
            raise AppError("consent.unknown")
        return _keep(uow, self, self.purpose, given=True, wording=self.wording)


@dataclass(frozen=True, slots=True)
class RevokeConsent(Command[tuple[int, ...]]):
    """They said no; ``purpose`` None is a STOP to everything on this channel.

    Returns the ids of the events. Raises as :class:`RecordConsent` does.
    """

    contact_id: int
    channel: Channel
    address: str
    purpose: Purpose | None
    on: str
    how: How
    recorded_by: str = ""
    wording: str = ""

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        contact = _living(uow, self.contact_id)
        uow.describe(
            "stop of {name} for {address}",
            name=contact.display_name,
            address=one_line(self.address),
        )
        if self.purpose is not None and self.purpose not in PURPOSES:
            raise AppError("consent.unknown")
        ended = PURPOSES if self.purpose is None else (self.purpose,)
        return tuple(
            _keep(uow, self, purpose, given=False, wording=self.wording) for purpose in ended
        )


def suppress(
    uow: UnitOfWork,
    channel: Channel,
    key: str,
    purpose: Purpose | None = None,
    at: int | None = None,
) -> None:
    """Let a no outlive the record of the person: a salted hash of the address is all that stays.

    ``key`` is an address as :func:`address_key` gives it, ``at`` the instant of the no in UTC ms
    (now unless told). An earlier no for the same address is moved to the later instant.
    """
    digest = digest_of(salt_of(uow), channel, key)
    when = uow.now_at if at is None else at
    for each in PURPOSES if purpose is None else (purpose,):
        found = uow.first(models.Suppression, channel=channel, digest=digest, purpose=each)
        if found is None:
            uow.add(models.Suppression(channel=channel, digest=digest, purpose=each, at=when))
        elif found.at < when:
            found.at = when


def lift(uow: UnitOfWork, channel: Channel, key: str, purpose: Purpose, at: int) -> None:
    """A yes given at ``at`` (UTC ms) ends an earlier no that had outlived its record."""
    digest = digest_of(salt_of(uow), channel, key)
    found = uow.first(models.Suppression, channel=channel, digest=digest, purpose=purpose)
    if found is not None and found.at < at:
        uow.delete(found)


def salt_of(uow: UnitOfWork) -> bytes:
    """The business's secret for hashing addresses, made at first use.

    It is no part of what can be undone: without it every hash would be lost.
    """
    stored = uow.value("SELECT value FROM settings WHERE key = ?", (SALT_KEY,))
    if stored is None:
        stored = json.dumps(secrets.token_hex(_SALT_BYTES))
        uow.driver(
            "INSERT INTO settings (key, value, version) VALUES (?, ?, 1)", [(SALT_KEY, stored)]
        )
    return bytes.fromhex(json.loads(stored))


def _living(uow: UnitOfWork, contact_id: int) -> models.Contact:
    contact = uow.get(models.Contact, contact_id)
    if contact.deleted_at is not None:
        raise AppError("data.gone")
    return contact


def _keep(
    uow: UnitOfWork,
    said: RecordConsent | RevokeConsent,
    purpose: Purpose,
    *,
    given: bool,
    wording: str,
) -> int:
    address = one_line(said.address)
    if not address:
        raise AppError("consent.no_address")
    if said.channel not in CHANNELS or said.how not in HOWS:
        raise AppError("consent.unknown")
    country, zone = uow.rows("SELECT country, zone FROM business WHERE id = 1")[0]
    key = address_key(said.channel, address, country or "US")
    try:
        day = date.fromisoformat(said.on)
    except ValueError as error:
        raise AppError("consent.no_date", value=said.on) from error
    if day > from_ms(uow.now_at, zone).date():
        raise AppError("consent.future")
    at = instant_of(day, zone, uow.now_at, given=given)
    event = uow.add(
        models.ConsentEvent(
            contact_id=said.contact_id,
            channel=said.channel,
            address=address,
            address_key=key,
            purpose=purpose,
            given=int(given),
            at=at,
            how=said.how,
            wording=many_lines(wording),
            recorded_by=one_line(said.recorded_by),
            created_at=uow.now_at,
        )
    )
    if given:
        lift(uow, said.channel, key, purpose, at)
    return event.id
