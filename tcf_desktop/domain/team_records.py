"""What is written about a person who works here, as it comes from a form."""

from __future__ import annotations

from dataclasses import dataclass

WeekRows = tuple[tuple[int, int, int], ...]
"""Hours as (weekday, from, to), minutes after midnight; 0 = Monday."""


@dataclass(frozen=True, slots=True)
class OffDraft:
    """Days without work, both inclusive, ISO; ``id`` None for new ones."""

    first_on: str
    last_on: str
    reason: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class StayDraft:
    """A crew and from when to when, ISO, None = open."""

    crew_id: int
    from_on: str | None = None
    to_on: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerDraft:
    """All that is written about a person.

    ``pay_cents`` an hour. ``hours`` None: those of the business. ``color_index`` None: the next.
    """

    name: str
    phone: str = ""
    email: str = ""
    language: str = ""
    pay_cents: int | None = None
    licence: str = ""
    note: str = ""
    color_index: int | None = None
    active_from: str | None = None
    active_to: str | None = None
    stays: tuple[StayDraft, ...] = ()
    hours: WeekRows | None = None
    off: tuple[OffDraft, ...] = ()
