"""Geometry of the month view: six weeks of days, lines of entries, what does not fit. No Qt."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKS: Final = 6
MOST_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Span:
    """An entry: the first and last shown day that it touches (0 = first day shown)."""

    id: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of an entry in one week: columns (inclusive), line; whether it goes on."""

    id: int
    week: int
    first: int
    last: int
    line: int
    from_before: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Pieces that are drawn, and how many entries of each day are not."""

    pieces: tuple[Piece, ...]
    hidden: tuple[int, ...]


def month_days(day: date, first_weekday: int = 0) -> tuple[date, ...]:
    """Six whole weeks that hold the month of ``day``; ``first_weekday`` 0 = Monday."""
    first = day.replace(day=1)
    start = first - timedelta(days=(first.weekday() - first_weekday) % 7)
    return tuple(start + timedelta(days=n) for n in range(7 * WEEKS))


def month_later(day: date, by: int) -> date:
    """The same day ``by`` months later; the last one where the month is shorter."""
    months = day.year * 12 + day.month - 1 + by
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan(spans: Sequence[Span], lines: int, *, days: int = 7 * WEEKS) -> MonthPlan:
    """Lines for entries in the order given, which is the order inside a day.

    Entries over several days come first and keep one line within a week; a day shows at most
    ``lines``.
    """
    pieces: list[Piece] = []
    hidden = [0] * days
    taken: list[set[int]] = [set() for _ in range(days)]
    longest_first = sorted(
        range(len(spans)), key=lambda n: (spans[n].first == spans[n].last, spans[n].first, n)
    )
    for number in longest_first:
        span = spans[number]
        first, last = max(0, span.first), min(days - 1, span.last)
        for week in range(first // 7, last // 7 + 1):
            begin, end = max(first, 7 * week), min(last, 7 * week + 6)
            touched = range(begin, end + 1)
            line = next(
                (n for n in range(lines) if all(n not in taken[day] for day in touched)), None
            )
            if line is None:
                for day in touched:
                    hidden[day] += 1
                continue
            for day in touched:
                taken[day].add(line)
            pieces.append(
                Piece(
                    span.id,
                    week,
                    begin % 7,
                    end % 7,
                    line,
                    from_before=begin > span.first,
                    goes_on=end < span.last,
                )
            )
    return MonthPlan(tuple(pieces), tuple(hidden))
