"""Invoices: their states, dates and facts, without a database and without a page."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from tcf_desktop.base.errors import AppError


class InvoiceState(StrEnum):
    """The stored state. *Overdue* and *sent* are facts beside it, never states."""

    DRAFT = "draft"
    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    VOID = "void"
    CREDITED = "credited"


class DocType(StrEnum):
    """What a document in the table of invoices is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEPOSIT = "deposit"


OPEN_STATES = frozenset({InvoiceState.ISSUED, InvoiceState.PART_PAID})
_NEXT = {
    InvoiceState.DRAFT: {
        InvoiceState.ISSUED,
        InvoiceState.PART_PAID,
        InvoiceState.PAID,
        InvoiceState.CREDITED,
    },
    InvoiceState.ISSUED: {
        InvoiceState.PART_PAID,
        InvoiceState.PAID,
        InvoiceState.VOID,
        InvoiceState.CREDITED,
    },
    InvoiceState.PART_PAID: {
        InvoiceState.ISSUED,
        InvoiceState.PART_PAID,
        InvoiceState.PAID,
        InvoiceState.CREDITED,
    },
    InvoiceState.PAID: {InvoiceState.ISSUED, InvoiceState.PART_PAID, InvoiceState.CREDITED},
    InvoiceState.VOID: set(),
    # A credit note can be void, or its credit moved: then money is owed again.
    InvoiceState.CREDITED: {InvoiceState.ISSUED, InvoiceState.PART_PAID, InvoiceState.PAID},
}


def require_transition(old: str, new: str) -> None:
    """Refuse (``invoice.not_allowed``) a change of state that the books do not know.

    A part-paid or paid invoice cannot be voided: money was received for it, so it is credited.
    """
    if InvoiceState(new) not in _NEXT[InvoiceState(old)]:
        raise AppError("invoice.not_allowed", old=old.replace("_", " "), new=new.replace("_", " "))


def state_of_balance(total_cents: int, paid_cents: int, by_notes_cents: int = 0) -> InvoiceState:
    """State of an issued document after money came or went back.

    A total of zero owes nothing and is paid at once. One that its own credit notes settled
    alone is credited. A credit note (total below zero) is paid when all of it was used.
    """
    if total_cents and by_notes_cents == total_cents == paid_cents:
        return InvoiceState.CREDITED
    sign = -1 if total_cents < 0 else 1
    if sign * paid_cents >= sign * total_cents:
        return InvoiceState.PAID
    return InvoiceState.PART_PAID if sign * paid_cents > 0 else InvoiceState.ISSUED


def owes(state: str, doc_type: str) -> bool:
    """Whether a document in this state asks the customer for money."""
    return state in OPEN_STATES and doc_type != DocType.CREDIT_NOTE


def is_overdue(state: str, open_cents: int, due_on: str | None, today: date) -> bool:
    """Whether money is owed after the due day (the day itself is in time)."""
    return (
        state in OPEN_STATES
        and open_cents > 0
        and due_on is not None
        and due_on < today.isoformat()
    )


def due_date(issued_on: str, terms_days: int) -> str:
    """ISO date ``terms_days`` after an ISO date."""
    return (date.fromisoformat(issued_on) + timedelta(days=terms_days)).isoformat()


def print_date(iso: str) -> str:
    """``2026-07-14`` as ``Jul 14, 2026``, the same on every computer that prints the document."""
    day = date.fromisoformat(iso)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


LETTER_COUNTRIES = frozenset(
    ("US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "PA", "PR", "DO", "SV", "VE")
)


def paper_for(country: str) -> str:
    """Letter where it is the office paper, A4 elsewhere."""
    return "letter" if not country or country.upper() in LETTER_COUNTRIES else "a4"


def distinct_dates(dates: Sequence[str]) -> str:
    """``Jun 18 and Jul 2`` of ISO dates, in order, each once."""
    days = [date.fromisoformat(iso) for iso in sorted(set(dates))]
    words = [f"{_MONTHS[day.month - 1]} {day.day}" for day in days]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
