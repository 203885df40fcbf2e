"""The clock: spans between clock in and clock out, what counts as worked, what looks forgotten.

Times are UTC milliseconds; an open span has no end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from tcf_desktop.base.errors import AppError

HOUR_MS: Final = 3_600_000
FORGOTTEN_MS: Final = 14 * HOUR_MS  # an open clock older than this was probably left running


@dataclass(frozen=True, slots=True)
class Span:
    """One stay on the clock."""

    shift_id: int
    clock_in_at: int
    clock_out_at: int | None = None

    def covers(self, moment: int) -> bool:
        """Whether a moment lies on the clock, ends included."""
        return self.clock_in_at <= moment and (
            self.clock_out_at is None or moment <= self.clock_out_at
        )

    def worked_ms(self, start_at: int, end_at: int, now_at: int) -> int:
        """The part inside [``start_at``, ``end_at``); an open span runs until now."""
        until = now_at if self.clock_out_at is None else self.clock_out_at
        return max(0, min(until, end_at) - max(self.clock_in_at, start_at))


def worked_ms(spans: Iterable[Span], start_at: int, end_at: int, now_at: int) -> int:
    """The time on the clock inside a period; spans do not overlap."""
    return sum(span.worked_ms(start_at, end_at, now_at) for span in spans)


def is_forgotten(span: Span, day_start_at: int, now_at: int) -> bool:
    """Whether an open clock was left running: since before today and for long, or over 14 hours.

    ``day_start_at``: local midnight before now, so that a night shift is no mistake at 1 AM.
    """
    if span.clock_out_at is not None:
        return False
    open_ms = now_at - span.clock_in_at
    return open_ms > FORGOTTEN_MS or (span.clock_in_at < day_start_at and open_ms > 8 * HOUR_MS)


def overlapping(spans: Sequence[Span], start_at: int, end_at: int | None) -> Span | None:
    """A span that shares time with [``start_at``, ``end_at``]; touching ends do not count."""
    for span in spans:
        begins_before_end = end_at is None or span.clock_in_at < end_at
        ends_after_start = span.clock_out_at is None or span.clock_out_at > start_at
        if begins_before_end and ends_after_start:
            return span
    return None


def hours_text(worked: int) -> str:
    """Hours and minutes, "2:41"; seconds are dropped."""
    minutes = max(0, worked) // 60_000
    return f"{minutes // 60}:{minutes % 60:02}"


def pick_person(text: str, people: Sequence[tuple[int, str]]) -> int:
    """The id of the person that a typed word means: the number, the name, the start of one.

    ``people``: (id, name). Raises ``team.no_worker`` and ``team.many_workers``.
    """
    wanted = " ".join(text.split()).casefold()
    if wanted.isdecimal():
        for worker_id, _ in people:
            if worker_id == int(wanted):
                return worker_id
    for fits in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: any(part.startswith(wanted) for part in name.split()),
    ):
        found = [person for person in people if wanted and fits(person[1].casefold())]
        if len(found) == 1:
            return found[0][0]
        if found:
            names = ", ".join(name for _, name in found)
            raise AppError("team.many_workers", name=text, names=names)
    raise AppError("team.no_worker", name=text)


def parse_moment(text: str, zone: str, now_at: int) -> int:
    """UTC milliseconds of ISO text, of wall time in ``zone`` without an offset, or of a time today.

    Raises ``shifts.bad_time``.
    """
    local = ZoneInfo(zone)
    plain = text.strip()
    try:
        if len(plain) <= 8 and ":" in plain:
            today = datetime.fromtimestamp(now_at / 1000, UTC).astimezone(local).date()
            moment = datetime.combine(today, time.fromisoformat(plain.zfill(5)), local)
        else:
            moment = datetime.fromisoformat(plain)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=local)
        return int(moment.timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise AppError("shifts.bad_time", text=text) from error
