"""One typed line of the schedule: "Olson windows thu 2pm 2h crew A".

What is a day, a time, a length, a crew or a service is taken out of the line; the rest, in the
order in which it was typed, is whom it is for. Nothing is guessed: what means nothing stays in the
rest, where it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.when_input import parse_date, parse_length, parse_time

_CLOCK: Final = re.compile(r"(?i)\d{1,2}(?::\d{2})?\s*(?:am?|pm?)|\d{1,2}:\d{2}|noon|midday")
_LENGTH: Final = re.compile(r"(?i)\d{1,3}(?:[.,]\d{1,2})?h(?:\d{1,2}m?)?|\d{1,4}\s*m(?:in)?")
_LONG_LENGTH: Final = re.compile(r"(?i)(\d{1,3}(?:[.,]\d)?)\s*(hours?|hrs?|minutes?|mins?)")
_RANGE: Final = re.compile(
    r"(?i)(\d{1,2}(?::\d{2})?\s*(?:am?|pm?)?)\s*[-–]\s*(\d{1,2}(?::\d{2})?\s*(?:am?|pm?)?)"
)
_JOINING: Final = frozenset({"at", "on", "for", "with", "by"})
_MONEY: Final = re.compile(r"(?i)[$€£]\s?(\d{1,7}(?:[.,]\d{1,2})?)")
_LEAST_LETTERS: Final = 3  # of a service's name


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line says; None for what it does not say. ``minute`` is of the day; ``service`` and
    ``crew`` are places in the lists that were given; ``price_cents`` before tax."""

    rest: str
    day: date | None = None
    minute: int | None = None
    minutes: int | None = None
    service: int | None = None
    crew: int | None = None
    price_cents: int | None = None


@dataclass(slots=True)
class _Found:
    day: date | None = None
    minute: int | None = None
    minutes: int | None = None
    price_cents: int | None = None


def read_line(
    text: str,
    today: date,
    services: Sequence[str] = (),
    crews: Sequence[str] = (),
    *,
    day_first: bool = False,
) -> QuickLine:
    """What ``text`` means. A crew is known by its name or by "crew" and its last word ("crew A"
    for Windows A); a service by the beginning of its name or of one of its words."""
    found = _Found()
    words = text.split()
    words, crew = _take_crew(words, crews)
    words = _take_numbers(words, found)
    words = _take_days(words, found, today, day_first=day_first)
    words, service = _take_service(words, services)
    rest = [word for word in words if word.lower() not in _JOINING]
    return QuickLine(
        " ".join(rest), found.day, found.minute, found.minutes, service, crew, found.price_cents
    )


def _take_crew(words: list[str], crews: Sequence[str]) -> tuple[list[str], int | None]:
    folded = [fold(word) for word in words]
    for at, name in enumerate(crews):
        parts = fold(name).split()
        for start in range(len(folded) - len(parts) + 1):
            if parts and folded[start : start + len(parts)] == parts:
                before = start - 1 if start and folded[start - 1] == "crew" else start
                return words[:before] + words[start + len(parts) :], at
    for start, word in enumerate(folded[:-1]):
        if word != "crew":
            continue
        wanted = folded[start + 1]
        hits = [
            at
            for at, name in enumerate(crews)
            if wanted in (fold(name).split() or [""])[-1:] or fold(name).startswith(wanted)
        ]
        if len(hits) == 1:
            return words[:start] + words[start + 2 :], hits[0]
    return words, None


def _take_numbers(words: list[str], found: _Found) -> list[str]:
    """Price, range, length and time; each once, the first that is meant."""
    left: list[str] = []
    at = 0
    while at < len(words):
        one, two = words[at], " ".join(words[at : at + 2])
        if _take_price(one, found) or _take_range(one, found) or _take_one(one, found):
            at += 1
        elif at + 1 < len(words) and (_take_one(two, found) or _take_range(two, found)):
            at += 2
        else:
            left.append(one)
            at += 1
    return left


def _take_price(text: str, found: _Found) -> bool:
    match = _MONEY.fullmatch(text)
    if match is None or found.price_cents is not None:
        return False
    found.price_cents = round(float(match[1].replace(",", ".")) * 100)
    return True


def _take_range(text: str, found: _Found) -> bool:
    match = _RANGE.fullmatch(text)
    if match is None or found.minute is not None or not _says_clock(text):
        return False
    until = parse_time(match[2])
    half = match[2].strip().lower()[-2:]
    start = parse_time(match[1])
    if start is not None and until is not None and match[1].strip()[-1:].isdigit():
        together = parse_time(f"{match[1].strip()}{half}") if half in ("am", "pm") else start
        start = together if together is not None and together < until else start
    if start is None or until is None or until <= start:
        return False
    found.minute, found.minutes = start, until - start
    return True


def _says_clock(text: str) -> bool:
    """ "2-4" alone may be a house number or a date; a clock says "pm" or has minutes."""
    return ":" in text or text.lower().rstrip().endswith(("m", "a", "p"))


def _take_one(text: str, found: _Found) -> bool:
    if _CLOCK.fullmatch(text) and found.minute is None:
        found.minute = parse_time(text)
        return found.minute is not None
    length = None
    if _LENGTH.fullmatch(text):
        length = parse_length(text)
    elif match := _LONG_LENGTH.fullmatch(text):
        length = parse_length(f"{match[1]}{match[2][0].lower()}")
    if length is None or found.minutes is not None:
        return False
    found.minutes = length
    return True


def _take_days(words: list[str], found: _Found, today: date, *, day_first: bool) -> list[str]:
    """The last words that are a day: a customer may be called May or Mark, a day comes later."""
    for start in range(len(words) - 1, 0, -1):
        for count in (2, 1):
            text = " ".join(words[start : start + count])
            if len(words) < start + count or (count == 1 and text.isdecimal()):
                continue
            day = parse_date(text, today, day_first=day_first)
            if day is not None:
                found.day = day
                return _hour_after_day(words, start, count, found)
    return words


def _hour_after_day(words: list[str], start: int, count: int, found: _Found) -> list[str]:
    """ "thu 2" means two o'clock."""
    rest = words[start + count :]
    if rest and rest[0].lower() == "at":
        rest = rest[1:]
    if rest and rest[0].isdecimal() and len(rest[0]) <= 2 and found.minute is None:
        found.minute = parse_time(rest[0])
        rest = rest[1:] if found.minute is not None else rest
    return words[:start] + rest


def _take_service(words: list[str], services: Sequence[str]) -> tuple[list[str], int | None]:
    """The service whose name the most words say; a customer goes before it, so never the first
    word of a line."""
    names = [fold(name) for name in services]
    for count in (3, 2, 1):
        for start in range(1, len(words) - count + 1):
            said = fold(" ".join(words[start : start + count]))
            if len(said) < _LEAST_LETTERS:
                continue
            hits = [at for at, name in enumerate(names) if name == said]
            hits = hits or [at for at, name in enumerate(names) if name.startswith(said)]
            if not hits and count == 1:
                hits = [
                    at
                    for at, name in enumerate(names)
                    if any(word.startswith(said) for word in name.split())
                ]
            if hits:
                return words[:start] + words[start + count :], hits[0]
    return words, None
