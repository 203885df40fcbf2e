"""Everything about one person: what is handed out, what is erased, what must stay and why."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

RETENTION_KEY: Final = "privacy.retention_years"
RETENTION_YEARS: Final = 7
MOST_YEARS: Final = 30
ERASED_NAME: Final = "Erased customer #"
_CODE_BYTES: Final = 2

# What a count is of: the word for one, the word for several.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "phones": ("phone number", "phone numbers"),
    "emails": ("e-mail address", "e-mail addresses"),
    "locations": ("address", "addresses"),
    "notes": ("note", "notes"),
    "files": ("file or photo", "files and photos"),
    "fields": ("value in your own fields", "values in your own fields"),
    "consents": ("consent entry", "consent entries"),
    "frequencies": ("frequency", "frequencies"),
    "changes": ("entry of the change history", "entries of the change history"),
    "drafts": ("invoice draft", "invoice drafts"),
    "visits": ("visit", "visits"),
    "series": ("repeating visit", "repeating visits"),
    "messages": ("message", "messages"),
    "complaints": ("complaint", "complaints"),
    "treatments": ("treatment record", "treatment records"),
    "proposals": ("proposal", "proposals"),
    "plans": ("repeating invoice", "repeating invoices"),
    "visit_texts": (
        "title, note and place of an invoiced visit",
        "titles, notes and places of invoiced visits",
    ),
    "old_invoices": (
        "name and address on an older invoice",
        "names and addresses on older invoices",
    ),
    "undo": ("entry of the undo history", "entries of the undo history"),
    "copies": ("copy from before an upgrade", "copies from before an upgrade"),
    "invoices": ("issued invoice", "issued invoices"),
    "payments": ("payment", "payments"),
    "bare_visits": ("time of an invoiced visit", "times of invoiced visits"),
    "opt_outs": ("“no” to messages", "“no”s to messages"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of one kind; ``key`` is one of :data:`WORDS`."""

    key: str
    count: int

    def text(self) -> str:
        """In English: "3 notes"."""
        one, several = WORDS[self.key]
        return f"{self.count:,} {one if self.count == 1 else several}"


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice that is not paid yet; cents."""

    id: int
    number: str
    due_on: str
    open_cents: int


@dataclass(frozen=True, slots=True)
class VisitAhead:
    """A visit that is still to come; a wall time."""

    id: int
    starts_local: str
    title: str


@dataclass(frozen=True, slots=True)
class ErasePlan:
    """What erasing a person does: counts of what goes and of what stays.

    ``kept_until_on`` is the day (ISO) from which no document carries the name any more, empty
    where none does. ``mentions`` counts notes of other contacts in which the full name stands.
    ``owes`` and ``visits`` stand in the way.
    """

    contact_id: int
    name: str
    goes: tuple[Counted, ...]
    stays: tuple[Counted, ...]
    retention_years: int
    kept_until_on: str
    mentions: int
    owes: tuple[OpenInvoice, ...]
    visits: tuple[VisitAhead, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.owes and not self.visits


@dataclass(frozen=True, slots=True)
class PersonReport:
    """All rows that name a person, by section, in plain values.

    Instants are ISO 8601 with the business's offset, amounts are
    ``{"amount": "12.30", "minor_units": 1230, "currency": "USD"}``, quantities decimal texts.
    """

    contact_id: int
    name: str
    business: str
    made_at: str
    app_version: str
    schema_version: int
    currency: str
    zone: str
    sections: dict[str, list[dict[str, Any]]]


def new_code() -> str:
    """What stands for a name from now on: "8F3A"; says nothing about the person."""
    return secrets.token_hex(_CODE_BYTES).upper()


def retention_start(today: date, years: int) -> date:
    """Documents of before this day need not carry a name any more."""
    return date(today.year - years, today.month, min(today.day, 28))


def retention_end(issued_on: str, years: int) -> str:
    """The first day (ISO) on which a document of that day need not carry a name any more."""
    day = date.fromisoformat(issued_on)
    last = date(day.year + years, day.month, min(day.day, 28))
    return last.isoformat()
