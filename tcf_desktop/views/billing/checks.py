"""What is said beside the fields of a draft while it is typed, and what keeps it from issuing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.invoice_drafts import InvoiceDraft
from tcf_desktop.views.billing.content import EditorContent


def _tr(text: str) -> str:
    return QCoreApplication.translate("InvoiceChecks", text)


@dataclass(frozen=True, slots=True)
class Check:
    """A remark at a field (``customer``, ``tax``, ``issued``, ``lines``); a blocking one has to be
    mended before the document can be issued."""

    field: str
    text: str
    tone: str = "warn"
    blocking: bool = False


def checks_of(
    content: EditorContent, draft: InvoiceDraft, total_cents: int, today: str
) -> list[Check]:
    """Everything there is to say about a draft as it stands, the blocking ones first."""
    issued_on = draft.issued_on or today
    found = [
        _closed(content, issued_on),
        _lines(draft, total_cents),
        _customer(content),
        _tax(content, draft, issued_on),
        _order(content, issued_on),
    ]
    checks = [check for check in found if check is not None]
    return sorted(checks, key=lambda check: not check.blocking)


def _closed(content: EditorContent, issued_on: str) -> Check | None:
    until = content.closed_until
    if not until or issued_on > until:
        return None
    text = _tr("The books are closed until {day}. Choose a later date.")
    return Check("issued", text.format(day=i18n.full_day(until)), "bad", blocking=True)


def _lines(draft: InvoiceDraft, total_cents: int) -> Check | None:
    if not draft.lines:
        text = _tr("It has no lines yet. Add what was done, then it can be issued.")
        return Check("lines", text, "text2", blocking=True)
    if total_cents < 0:
        text = _tr("It comes to less than zero. Bill at least what is credited on it.")
        return Check("lines", text, "bad", blocking=True)
    return None


def _customer(content: EditorContent) -> Check | None:
    if content.customer_gone:
        text = _tr("This customer was deleted. The draft is kept; the Trash has the customer.")
        return Check("customer", text, "bad")
    if not content.mail:
        text = _tr("No e-mail address that may be written to, so this invoice is printed.")
        return Check("customer", text, "text2")
    return None


def _tax(content: EditorContent, draft: InvoiceDraft, issued_on: str) -> Check | None:
    if draft.tax_id is not None or not content.taxes:
        return None
    if is_tax_free(content.defaults.exemption, issued_on) or draft.tax_note.strip():
        return None
    if not any(line.taxable for line in draft.lines):
        return None
    return Check("tax", _tr("No tax zone is chosen, so no tax is charged."))


def _order(content: EditorContent, issued_on: str) -> Check | None:
    if not content.last_on or issued_on >= content.last_on:
        return None
    text = _tr("{number} is dated {day}: this one would be earlier with a later number.")
    return Check("issued", text.format(number=content.last_number, day=i18n.day(content.last_on)))
