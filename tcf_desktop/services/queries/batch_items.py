"""What a batch would work through: the preview that the office ticks before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.services.queries.billing_plans import due_runs
from tcf_desktop.services.queries.invoices import ToInvoiceRow, to_invoice

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Per = Literal["place", "customer", "visit"]
MOST: Final = 5_000


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One thing to do: ``ids`` of visits, of one invoice, or of one repeating invoice whose date
    is ``dates``.

    ``detail`` is a number or the places, ``dates`` ISO from the first to the last.
    ``amount_cents`` is before tax for visits, the total or what is open for documents.
    ``hindrance`` says why it cannot be done as it stands: empty, ``no_lines``, ``no_address``,
    ``no_visits``.
    """

    ids: tuple[int, ...]
    customer: str
    detail: str
    dates: tuple[str, ...]
    amount_cents: int
    hindrance: str = ""


def visit_items(r: Reader, per: Per) -> tuple[BatchItem, ...]:
    """The invoices that the finished visits would make, one for each ``per``; customers in order.

    Visits at places with different taxes never share an invoice.
    """
    taxes = dict(r.all("SELECT id, tax_id FROM locations WHERE tax_id IS NOT NULL"))
    groups: dict[tuple[int | None, ...], list[ToInvoiceRow]] = {}
    for row in to_invoice(r, MOST):
        groups.setdefault(_key(row, per, taxes), []).append(row)
    return tuple(_item(rows) for rows in groups.values())


def _key(row: ToInvoiceRow, per: Per, taxes: dict[int, int]) -> tuple[int | None, ...]:
    if per == "visit":
        return (row.id,)
    if per == "customer":
        return (row.contact_id, taxes.get(row.location_id or 0))
    return (row.contact_id, row.location_id)


def _item(rows: list[ToInvoiceRow]) -> BatchItem:
    places = ", ".join(dict.fromkeys(row.place for row in rows if row.place))
    days = sorted({row.on for row in rows})
    return BatchItem(
        tuple(row.id for row in rows),
        rows[0].customer,
        places,
        (days[0],) if len(days) == 1 else (days[0], days[-1]),
        sum(row.total_cents for row in rows),
    )


def due_items(r: Reader, today: str) -> tuple[BatchItem, ...]:
    """The dates of repeating invoices that have come and are not billed, oldest first."""
    return tuple(
        BatchItem(
            (run.plan_id,),
            run.customer,
            run.name,
            (run.period_on,),
            run.net_cents,
            "no_visits" if run.basis == "visits" and not run.visits else "",
        )
        for run in due_runs(r, today, MOST)
    )


_DOCUMENT: Final = (
    "SELECT i.id, c.first_name, c.last_name, c.company, c.display_name, coalesce(i.number, ''),"
    " coalesce(i.issued_on, ''), {amount}, {hindered} FROM invoices i"
    " JOIN contacts c ON c.id = i.contact_id WHERE i.deleted_at IS NULL"
    " AND i.doc_type <> 'credit_note' AND {where} LIMIT ?"
)
_NO_LINES: Final = "NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id)"
_NO_MAIL: Final = "NOT EXISTS (SELECT 1 FROM contact_emails e WHERE e.contact_id = i.contact_id)"
_UNSENT: Final = (
    "i.state IN ('issued', 'part_paid') AND i.sent_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.invoice_id = i.id"
    " AND m.occasion = 'invoice' AND m.state = 'waiting' AND m.deleted_at IS NULL)"
    " ORDER BY i.issued_on, i.series_n, i.id"
)


def draft_items(r: Reader) -> tuple[BatchItem, ...]:
    """Drafts that could be issued, oldest first."""
    where = "i.state = 'draft' ORDER BY i.created_at, i.id"
    return _documents(r, "i.total_cents", _NO_LINES, where, "no_lines")


def unsent_items(r: Reader, *, by_mail: bool) -> tuple[BatchItem, ...]:
    """Issued documents that owe something, did not go out and wait for no mail, oldest first."""
    hindered = _NO_MAIL if by_mail else "0"
    return _documents(r, "i.open_cents", hindered, _UNSENT, "no_address")


def _documents(
    r: Reader, amount: str, hindered: str, where: str, hindrance: str
) -> tuple[BatchItem, ...]:
    rows = r.all(_DOCUMENT.format(amount=amount, hindered=hindered, where=where), (MOST,))
    return tuple(
        BatchItem(
            (ident,),
            company or list_name(first or "", last or "", "") or name,
            number,
            (on,) if on else (),
            cents,
            hindrance if cannot else "",
        )
        for ident, first, last, company, name, number, on, cents, cannot in rows
    )
