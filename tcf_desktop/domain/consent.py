"""Who may be written to: a yes or a no for each channel, address and purpose, from dated events.

Nothing is ever overwritten: the present state follows from the events. The rules are those of
47 CFR 64.1200(a)(10) and of the CAN-SPAM Act, 16 CFR 316, kept on the careful side: without a yes
there is none, and a STOP that names no purpose ends them all.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from tcf_desktop.base.clock import to_ms
from tcf_desktop.domain.contacts import email_key, phone_digits
from tcf_desktop.domain.phone_numbers import e164

Channel = Literal["email", "text"]
Purpose = Literal["service", "marketing"]
How = Literal["phone", "form", "paper", "reply"]
State = Literal["allowed", "refused", "unasked"]

CHANNELS: Final[tuple[Channel, ...]] = ("email", "text")
PURPOSES: Final[tuple[Purpose, ...]] = ("service", "marketing")
HOWS: Final[tuple[How, ...]] = ("phone", "form", "paper", "reply")


class Event(NamedTuple):
    """A yes or no. ``at`` is UTC ms; ``purpose`` None is a no to everything on this channel."""

    channel: Channel
    address_key: str
    purpose: Purpose | None
    given: bool
    at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The present state, and the place of the event that decided it in what was given."""

    state: State
    event: int | None = None


def answer(events: Iterable[Event], channel: Channel, key: str, purpose: Purpose) -> Answer:
    """What holds now for an address and a purpose: the latest event that speaks of it.

    Of a yes and a no at the same instant the no wins. A yes always names its purpose; one that
    does not is no yes to anything.
    """
    best: tuple[int, bool, int] | None = None
    for number, event in enumerate(events):
        if (event.channel, event.address_key) != (channel, key):
            continue
        if event.purpose != purpose and (event.purpose is not None or event.given):
            continue
        rank = (event.at, not event.given, number)
        if best is None or rank > best:
            best = rank
    if best is None:
        return Answer("unasked")
    return Answer("refused" if best[1] else "allowed", best[2])


def address_key(channel: Channel, address: str, country: str) -> str:
    """Equal for one address however it is written: mail without case, a number in E.164.

    ``country`` is the ISO code whose numbers are written without a prefix. What is no address that
    could be reached is compared as it stands.
    """
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    if channel == "email":
        return email_key(address) or plain
    return e164(address, country) or phone_digits(address) or plain


def digest_of(salt: bytes, channel: Channel, key: str) -> str:
    """What stands for an address once it may not be kept: HMAC-SHA256 as 64 hex digits.

    With the salt secret, a list of numbers cannot be tried against it elsewhere.
    """
    return hmac.new(salt, f"{channel}\n{key}".encode(), hashlib.sha256).hexdigest()


def instant_of(day: date, zone: str, now_ms: int, *, given: bool) -> int:
    """When something counts of which only the date is known, in UTC ms.

    Today's counts as now. Of an earlier day a yes counts from its beginning and a no from its end,
    so that a no of the same day always wins.
    """
    local = ZoneInfo(zone)
    start = to_ms(datetime.combine(day, time.min, local))
    end = to_ms(datetime.combine(day + timedelta(days=1), time.min, local)) - 1
    if start <= now_ms <= end:
        return now_ms
    return start if given else end
