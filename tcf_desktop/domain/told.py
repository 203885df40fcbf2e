"""What a customer knows about the time of his visit, and the words that tell him another one.

``told_local`` is the start that he was told, ``told_at`` when. Told of a cancelling, he knows of no
start any more: ``told_local`` is then None while ``told_at`` is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tcf_desktop.domain.appointments import OFF_STATES, arrival_end
from tcf_desktop.domain.consent import State
from tcf_desktop.domain.day_sheet_print import print_range
from tcf_desktop.domain.documents import LETTER_COUNTRIES
from tcf_desktop.domain.treatments import print_time

Occasion = Literal["booked", "moved", "cancelled", "rain_day", "call_back"]
OCCASIONS: Final = ("booked", "moved", "cancelled", "rain_day", "call_back")
Way = Literal["email", "text", "phone", "post"]
WAYS: Final = ("email", "text", "phone", "post")

_ORDER: Final[tuple[tuple[Way, str, State], ...]] = (
    ("text", "texts", "allowed"),
    ("email", "emails", "allowed"),
    ("email", "emails", "unasked"),
)
_OVER: Final = frozenset({"done", "no_show", "arrived"})
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is planned, and what the customer knows of it. Times are wall times.

    ``expects`` is a start that he counts on although nobody wrote it down: that of his series.
    """

    state: str
    starts_local: str
    told_local: str | None
    told_at: int | None
    expects: str = ""

    @property
    def known(self) -> str:
        """The start that he believes in; empty when he knows of none."""
        if self.told_at is not None:
            return self.told_local or ""
        return self.expects


@dataclass(frozen=True, slots=True)
class Slot:
    """A start and the window of arrival that goes with it; without a window the start is told."""

    starts_local: str
    all_day: bool = False
    arrival_from_local: str | None = None
    arrival_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """Who is written to about what. ``first_name`` may be empty, ``was`` the start he knows."""

    occasion: Occasion
    business: str
    country: str
    first_name: str
    work: str
    now: Slot
    was: Slot | None = None


@dataclass(frozen=True, slots=True)
class Reachable:
    """Ways to a customer: addresses in his order, each with what he said to messages about work."""

    emails: tuple[tuple[str, State], ...] = ()
    texts: tuple[tuple[str, State], ...] = ()
    phones: tuple[str, ...] = ()


def owed(knowledge: Knowledge) -> Occasion | None:
    """What he must be told; None when he knows it, never knew anything, or it is over."""
    if knowledge.state in _OVER:
        return None
    known = knowledge.known
    if knowledge.state in OFF_STATES:
        return "cancelled" if known else None
    if knowledge.told_at is None and not known:
        return None
    return None if known == knowledge.starts_local else "moved"


def way_to(reach: Reachable) -> tuple[Way, str]:
    """How to tell him: where he agreed first, then where he was never asked, a call, the post.

    An address that refused is never taken. A text needs a yes; a mail about agreed work does not.
    """
    for way, addresses, wanted in _ORDER:
        for address, state in getattr(reach, addresses):
            if state == wanted and address:
                return way, address
    return ("phone", reach.phones[0]) if reach.phones else ("post", "")


def words_of(letter: Letter) -> tuple[str, str]:
    """Subject and text, in plain English; the office reads them before anything leaves."""
    twelve = not letter.country or letter.country.upper() in LETTER_COUNTRIES
    now = slot_words(letter.now, twelve=twelve)
    was = slot_words(letter.was, twelve=twelve) if letter.was is not None else ""
    work = letter.work.strip() or "your appointment"
    about = f"your visit ({work})" if letter.work.strip() else work
    why = {
        "booked": f"We have booked {about} for {now}.",
        "moved": f"We had to move {about}{_from(was)}. The new time is {now}.",
        "cancelled": f"{work[:1].upper()}{work[1:]} on {was or now} is cancelled.",
        "rain_day": "Because of the weather we cannot come as planned"
        f"{_on(was)}. The new time for {about} is {now}.",
        "call_back": f"We are sorry that something was not right. We come again, free of charge, "
        f"on {now}.",
    }[letter.occasion]
    subject = {
        "booked": f"Your appointment: {now}",
        "moved": f"New time: {now}",
        "cancelled": f"Cancelled: {was or now}",
        "rain_day": f"New time because of the weather: {now}",
        "call_back": f"We come again: {now}",
    }[letter.occasion]
    ask = {
        "cancelled": "If you would like another time, please let us know.",
        "booked": "If it does not suit you, please let us know.",
    }.get(letter.occasion, "If that does not suit you, please let us know.")
    hello = f"Hello {letter.first_name}," if letter.first_name else "Hello,"
    body = f"{hello}\n\n{why} {ask}"
    return subject, f"{body}\n\n{letter.business}" if letter.business else body


def slot_words(slot: Slot, *, twelve: bool) -> str:
    """``Wednesday, July 15, 2:00 PM``; with a window ``…, arriving 2:00–3:00 PM``."""
    on = date.fromisoformat(slot.starts_local[:10])
    day = f"{_DAYS[on.weekday()]}, {_MONTHS[on.month - 1]} {on.day}"
    if slot.all_day:
        return day
    if not slot.arrival_minutes:
        return f"{day}, {print_time(slot.starts_local, twelve=twelve)}"
    start = slot.arrival_from_local or slot.starts_local
    until = arrival_end(slot.starts_local, start, slot.arrival_minutes)
    return f"{day}, arriving {print_range(start, until, twelve=twelve)}"


def _from(was: str) -> str:
    return f" from {was}" if was else ""


def _on(was: str) -> str:
    return f" on {was}" if was else ""
