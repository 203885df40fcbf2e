"""Invoices from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date, line_quantity

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
    parser.add_argument("--use-credit", action="store_true", help="let the customer's credit pay")


def _issue(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.archive import invoice_pdf
    from tcf_desktop.services.invoices import IssueInvoice
    from tcf_desktop.services.queries.invoices import invoice_rows

    office = session.office
    on = args.on.isoformat() if args.on else ""
    number = office.runner.run(IssueInvoice(args.id, on, args.use_credit))
    invoice_pdf(office, args.id, _today(session).isoformat())
    row = office.read(lambda r: invoice_rows(r, [args.id]))[args.id]
    return Answer({"invoice": _facts(row, _today(session))}, [f"invoice {number} was issued"])


def _pdf_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of an issued invoice")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _pdf(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.archive import save_invoice_pdf

    invoice_id = _id_of(session, args.number)
    size = save_invoice_pdf(session.office, invoice_id, _today(session).isoformat(), args.out)
    data = {"invoice": {"id": invoice_id, "number": args.number}, "file": str(args.out)}
    return Answer({**data, "bytes": size}, [f"invoice {args.number} was written to {args.out}"])


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of a document")


def _show(session: Session, args: Namespace) -> Answer:
    from dataclasses import asdict

    from tcf_desktop.domain.money import format_money, format_price, format_quantity
    from tcf_desktop.services.queries.invoice_detail import invoice_detail

    invoice_id = _id_of(session, args.number)
    detail = session.office.read(lambda r: invoice_detail(r, invoice_id))
    assert detail is not None
    money = detail.currency
    lines = [
        f"{detail.doc_type.replace('_', ' ')} {detail.number}  {detail.issued_on}  {detail.state}"
        f"  {detail.customer}",
        *(
            f"  {line.name}  {format_quantity(line.qty_milli)} x"
            f" {format_price(line.unit_price_e4, money)} = {format_money(line.amount_cents, money)}"
            for line in detail.lines
        ),
        f"  total {format_money(detail.total_cents, money)},"
        f" open {format_money(detail.open_cents, money)}",
    ]
    return Answer({"invoice": asdict(detail)}, lines)


def _void_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of an issued document")
    parser.add_argument("--reason", required=True, metavar="TEXT")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="date of voiding (today)")


def _void(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.invoices import VoidInvoice
    from tcf_desktop.services.queries.invoices import invoice_rows

    invoice_id = _id_of(session, args.number)
    on = args.on.isoformat() if args.on else ""
    session.office.runner.run(VoidInvoice(invoice_id, args.reason, on))
    row = session.office.read(lambda r: invoice_rows(r, [invoice_id]))[invoice_id]
    facts = _facts(row, _today(session))
    return Answer({"invoice": facts}, [f"invoice {args.number} is void"])


def _credit_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of an issued invoice")
    parser.add_argument(
        "--line", action="append", type=line_quantity, metavar="N=QTY",
        help="credit so much of the Nth line; without it all that is left",
    )  # fmt: skip
    parser.add_argument("--reason", default="", metavar="TEXT", help="printed on the credit note")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="date of the note (today)")


def _credit(session: Session, args: Namespace) -> Answer:
    from dataclasses import asdict

    from tcf_desktop.services.archive import invoice_pdf
    from tcf_desktop.services.credit_notes import CreditInvoice

    invoice_id = _id_of(session, args.number)
    parts = tuple(args.line) if args.line else None
    on = args.on.isoformat() if args.on else ""
    done = session.office.runner.run(CreditInvoice(invoice_id, parts, args.reason, on))
    invoice_pdf(session.office, done.id, _today(session).isoformat())
    return Answer(
        {"credit_note": asdict(done), "invoice": args.number},
        [f"credit note {done.number} was issued for invoice {args.number}"],
    )


def _id_of(session: Session, number: str) -> int:
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.queries.invoices import invoice_by_number

    invoice_id = session.office.read(lambda r: invoice_by_number(r, number))
    if invoice_id is None:
        raise AppError("invoice.unknown", number=number)
    return invoice_id


def _today(session: Session) -> date:
    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of

    return today(session.office.clock, session.office.read(zone_of))


COMMANDS = (
    Command("invoice list", "list invoices with what is open", _list, _list_arguments),
    Command("invoice show", "print one document in full", _show, _show_arguments),
    Command("invoice issue", "give a draft its number", _issue, _issue_arguments, writes=True),
    Command("invoice pdf", "write an issued invoice as a PDF", _pdf, _pdf_arguments, writes=True),
    Command("invoice void", "take a document out of force", _void, _void_arguments, writes=True),
    Command("invoice credit", "take back what was billed", _credit, _credit_arguments, writes=True),
)
