"""Invoices from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.invoices import InvoiceRow

_PART = 500


def _list_arguments(parser: ArgumentParser) -> None:
    from tcf_desktop.services.queries.invoices import FILTERS

    parser.add_argument("--state", choices=FILTERS, default="all", help="only these")
    parser.add_argument("--search", default="", metavar="TEXT", help="a number or a customer")


def _list(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.queries.invoices import invoice_list

    today = _today(session)
    found = session.office.read(
        lambda r: invoice_list(r, today.isoformat(), text=args.search, shown=args.state)
    )
    rows = session.office.read(lambda r: _rows(r, found.ids))
    data = {
        "invoices": [_facts(row, today) for row in rows],
        "total_cents": found.total_cents,
        "open_cents": found.open_cents,
    }
    return Answer(data, [_line(row, today) for row in rows])


def _rows(r: Reader, ids: Sequence[int]) -> list[InvoiceRow]:
    from tcf_desktop.services.queries.invoices import invoice_rows

    rows: list[InvoiceRow] = []
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        by_id = invoice_rows(r, part)
        rows += [by_id[row_id] for row_id in part if row_id in by_id]
    return rows


def _facts(row: InvoiceRow, today: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "overdue": row.overdue(today),
        "sent": row.sent_at is not None,
        "contact_id": row.contact_id,
        "customer": row.customer,
        "issued_on": row.issued_on,
        "due_on": row.due_on,
        "currency": row.currency,
        "total_cents": row.total_cents,
        "paid_cents": row.paid_cents,
        "open_cents": row.open_cents,
    }


def _line(row: InvoiceRow, today: date) -> str:
    from tcf_desktop.domain.money import format_money

    state = "overdue" if row.overdue(today) else row.state.replace("_", " ")
    return (
        f"{row.number or f'draft {row.id}':>10}  {row.issued_on or '':10}  "
        f"{format_money(row.total_cents, row.currency):>12}  "
        f"{format_money(row.open_cents, row.currency):>12}  {state:9}  {row.customer}"
    )


def _issue_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="the id of a draft")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="date of the invoice (today)")


def _issue(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.invoices import IssueInvoice
    from tcf_desktop.services.queries.invoices import invoice_rows

    office = session.office
    number = office.runner.run(IssueInvoice(args.id, args.on.isoformat() if args.on else ""))
    row = office.read(lambda r: invoice_rows(r, [args.id]))[args.id]
    return Answer({"invoice": _facts(row, _today(session))}, [f"invoice {number} was issued"])


def _pdf_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of an issued invoice")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _pdf(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.invoice_pdf import save_invoice_pdf
    from tcf_desktop.services.queries.invoices import invoice_by_number

    office = session.office
    invoice_id = office.read(lambda r: invoice_by_number(r, args.number))
    if invoice_id is None:
        raise AppError("invoice.unknown", number=args.number)
    size = save_invoice_pdf(office, invoice_id, _today(session).isoformat(), args.out)
    data = {"invoice": {"id": invoice_id, "number": args.number}, "file": str(args.out)}
    return Answer({**data, "bytes": size}, [f"invoice {args.number} was written to {args.out}"])


def _today(session: Session) -> date:
    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of

    return today(session.office.clock, session.office.read(zone_of))


COMMANDS = (
    Command("invoice list", "list invoices with what is open", _list, _list_arguments),
    Command("invoice issue", "give a draft its number", _issue, _issue_arguments, writes=True),
    Command("invoice pdf", "write an issued invoice as a PDF", _pdf, _pdf_arguments),
)
