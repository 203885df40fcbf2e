"""What goes to and comes from calendar files, free of any file format and of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

OWN_UID: Final = "@tcf-desktop"  # how the identities end that we gave


@dataclass(frozen=True, slots=True)
class EventOut:
    """An appointment as it leaves the house: what a customer or a crew may see, no office notes.

    Times are a wall time with its IANA zone; ``changed_at`` is UTC milliseconds. A series has a
    ``rule`` (RFC 5545, UNTIL as a date of its zone) and the wall times that it leaves out; what
    stands in for one of its occurrences carries the uid of the series, and in ``replaces_local``
    and ``replaces_zone`` the start that the rule gives (``replaces_all_day``: the date only).
    """

    uid: str
    sequence: int
    starts_local: str
    minutes: int
    zone: str
    all_day: bool
    summary: str
    location: str
    description: str
    status: str
    kind: str
    changed_at: int
    rule: str = ""
    left_out: tuple[str, ...] = ()
    replaces_local: str = ""
    replaces_zone: str = ""
    replaces_all_day: bool = False


@dataclass(frozen=True, slots=True)
class EventIn:
    """One appointment read from a file.

    ``uid`` is stable for the same event, also for one occurrence of a series and for events that
    came without an identity. ``remarks`` say in words what was assumed while reading.
    ``floating`` times belong to no zone: they mean the wall clock of the office. What stands in
    for an occurrence of a series, or is added to it, names the series by its uid and the date that
    it has there; ``replaces_at`` (UTC milliseconds) is given where the series is not in the file.
    """

    line: int
    uid: str
    summary: str
    starts_local: str
    minutes: int
    zone: str
    all_day: bool = False
    location: str = ""
    description: str = ""
    status: str = "confirmed"
    kind: str = "personal"
    sequence: int = 0
    changed_at: int | None = None
    floating: bool = False
    remarks: tuple[str, ...] = ()
    series_uid: str = ""
    occurrence_on: str = ""
    replaces_at: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesIn:
    """A series read from a file: ``event`` is what each occurrence is, its start the first one.

    ``rule`` is written as the program writes rules, ``last_on`` the last date that it gives (None
    without an end), ``skips`` the dates of the rule that do not take place.
    """

    event: EventIn
    rule: str
    last_on: str | None = None
    skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventTrouble:
    """An event that gives no appointment; ``reason`` is a sentence without the line.

    ``action`` is ``in_doubt`` where somebody should look at it, ``skip`` where nothing is missing.
    """

    line: int
    summary: str
    reason: str
    action: str = "in_doubt"


@dataclass(frozen=True, slots=True)
class CalendarContents:
    """Everything found in one file, in its order. ``ours``: this program wrote the file."""

    file: str = ""
    events: tuple[EventIn, ...] = ()
    troubles: tuple[EventTrouble, ...] = ()
    other_parts: dict[str, int] = field(default_factory=dict)
    series: tuple[SeriesIn, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """From when to when the dates of a rule are wanted that cannot be kept as a rule (ISO dates,
    both inclusive)."""

    first_on: str
    last_on: str
