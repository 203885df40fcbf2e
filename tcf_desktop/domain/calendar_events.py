"""What goes to and comes from calendar files, free of any file format and of the database."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EventOut:
    """An appointment as it leaves the house: what a customer or a crew may see, no office notes.

    Times are a wall time with its IANA zone; ``changed_at`` is UTC milliseconds.
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


@dataclass(frozen=True, slots=True)
class EventIn:
    """One appointment read from a file; recurring events come as single ones.

    ``uid`` is stable for the same event, also for one occurrence of a series and for events that
    came without an identity. ``remarks`` say in words what was assumed while reading.
    ``floating`` times belong to no zone: they mean the wall clock of the office.
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
    """Everything found in one file, in its order."""

    file: str = ""
    events: tuple[EventIn, ...] = ()
    troubles: tuple[EventTrouble, ...] = ()
    other_parts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """Which occurrences of recurring events are wanted (ISO dates, both inclusive)."""

    first_on: str
    last_on: str
