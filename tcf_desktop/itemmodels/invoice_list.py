"""The columns of the invoice list: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.documents import DocType, InvoiceState
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.services.queries.invoices import InvoiceRow

NUMBER, CUSTOMER, ISSUED, DUE, TOTAL, OPEN, STATE, SENT = range(8)


def _tr(text: str) -> str:
    return QCoreApplication.translate("InvoiceList", text)


def state_words(state: str, *, overdue: bool, sent: bool) -> tuple[str, str]:
    """The word for a state and its chip's tone. What left the house is never overstated: *sent*
    only when it was."""
    if overdue:
        return _tr("Overdue"), "bad"
    return {
        InvoiceState.DRAFT.value: (_tr("Draft"), "warn"),
        InvoiceState.ISSUED.value: (_tr("Sent"), "info") if sent else (_tr("Issued"), "info"),
        InvoiceState.PART_PAID.value: (_tr("Part paid"), "info"),
        InvoiceState.PAID.value: (_tr("Paid"), "ok"),
        InvoiceState.VOID.value: (_tr("Void"), "neutral"),
        InvoiceState.CREDITED.value: (_tr("Credited"), "neutral"),
    }[state]


def row_state(row: InvoiceRow | InvoiceDetail, today: str) -> tuple[str, str]:
    """The chip of a row: its state, and what it is unless it is an invoice."""
    overdue = row.overdue(date.fromisoformat(today))
    words, tone = state_words(row.state, overdue=overdue, sent=row.sent_at is not None)
    if row.state in {InvoiceState.DRAFT, InvoiceState.VOID}:
        return words, tone
    if row.doc_type == DocType.CREDIT_NOTE:
        return (_tr("Credit left"), "info") if row.open_cents else (_tr("Credit used"), "neutral")
    if row.doc_type == DocType.DEPOSIT:
        return {
            InvoiceState.PAID.value: _tr("Deposit paid"),
            InvoiceState.CREDITED.value: _tr("Deposit billed"),
        }.get(row.state, _tr("Deposit overdue") if overdue else _tr("Deposit open")), tone
    return words, tone


def sent_words(row: InvoiceRow) -> str:
    """How a document went out; a dash before it did."""
    if row.sent_at is None:
        return i18n.DASH
    return {
        "email": _tr("E-mail"),
        "print": _tr("Printed"),
        "post": _tr("Post"),
        "hand": _tr("By hand"),
    }.get(row.sent_how, _tr("Sent"))


def columns(today: Callable[[], str]) -> list[Column[InvoiceRow]]:
    """The columns; ``today`` is a local date as ISO text."""

    def state(row: InvoiceRow) -> tuple[str, str]:
        return row_state(row, today())

    def day(iso: str | None) -> str:
        return i18n.full_day(iso) if iso else i18n.DASH

    return [
        Column("number", _tr("Number"), lambda row: row.number or i18n.DASH, sort="number",
               width=104, tone=lambda row: "" if row.number else "text3"),
        Column("customer", _tr("Customer"), lambda row: row.customer, sort="customer",
               stretch=True),
        Column("issued", _tr("Issued"), lambda row: day(row.issued_on), sort="issued", width=116),
        Column("due", _tr("Due"), lambda row: day(row.due_on), sort="due", width=116),
        Column("total", _tr("Total"), lambda row: i18n.amount(row.total_cents, row.currency),
               align_right=True, sort="total", width=116),
        Column("open", _tr("Open"), lambda row: i18n.amount_or_dash(row.open_cents, row.currency),
               align_right=True, sort="open", width=116,
               tone=lambda row: "bad" if state(row)[1] == "bad" else ""),
        Column("state", _tr("State"), lambda row: state(row)[0], sort="state", width=128,
               tone=lambda row: state(row)[1]),
        Column("sent", _tr("Sent how"), sent_words, sort="sent", width=92,
               tone=lambda row: "" if row.sent_at is not None else "text3"),
    ]  # fmt: skip


class InvoiceListModel(IdListModel[InvoiceRow]):
    """Invoices by id."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, InvoiceRow]],
        today: Callable[[], str],
    ) -> None:
        super().__init__(columns(today), fetch)
