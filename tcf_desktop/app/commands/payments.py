"""Payments from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.payments import PaymentRow

_METHODS = ("cash", "cheque", "card", "transfer", "other")
_PART = 500


def _record_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", type=int, required=True, metavar="ID")
    parser.add_argument("--amount", required=True, metavar="A", help="with the tip, like 149.50")
    parser.add_argument("--method", choices=_METHODS, required=True)
    parser.add_argument("--date", dest="on", type=iso_date, required=True, metavar="DATE")
    parser.add_argument(
        "--invoice", action="append", default=[], metavar="NUMBER[=A]",
        help="what it pays; without it the oldest due first",
    )  # fmt: skip
    parser.add_argument("--reference", default="", metavar="TEXT", help="such as a cheque number")
    parser.add_argument("--tip", default="0", metavar="A")
    parser.add_argument("--fee", default="0", metavar="A", help="what a card company kept")


def _record(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.money import parse_amount
    from tcf_desktop.services.payments import RecordPayment

    office = session.office
    currency = office.read(lambda r: r.value("SELECT currency FROM business WHERE id = 1"))
    amount, tip, fee = (parse_amount(text, currency) for text in (args.amount, args.tip, args.fee))
    allocations = _allocations(session, args, amount - tip, currency)
    payment_id = office.runner.run(
        RecordPayment(
            args.customer, args.on.isoformat(), args.method, allocations, args.reference, amount,
            tip, fee,
        )
    )  # fmt: skip
    return _told(session, payment_id, "was recorded")


def _allocations(
    session: Session, args: Namespace, cents: int, currency: str
) -> tuple[tuple[int, int], ...]:
    """What each invoice gets: as said, an amount left out is what is open and left."""
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.domain.money import parse_amount
    from tcf_desktop.domain.spread import spread
    from tcf_desktop.services.queries.payments import open_documents

    found = session.office.read(lambda r: open_documents(r, args.customer))
    if not args.invoice:
        shares = spread(cents, [one.open_cents for one in found])
        return tuple((one.id, share) for one, share in zip(found, shares, strict=True) if share)
    by_number = {one.number: one for one in found}
    chosen: list[tuple[int, int]] = []
    for text in args.invoice:
        number, sign, said = text.partition("=")
        if number not in by_number:
            raise AppError("payment.not_open", number=number)
        one = by_number[number]
        share = parse_amount(said, currency) if sign else min(one.open_cents, max(cents, 0))
        cents -= share
        chosen.append((one.id, share))
    return tuple(chosen)


def _reverse_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="the id of a payment")
    parser.add_argument("--reason", required=True, metavar="TEXT")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="date of the reversal (today)")


def _reverse(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.payments import ReversePayment

    office = session.office
    on = args.on or today(office.clock, office.read(zone_of))
    office.runner.run(ReversePayment(args.id, on.isoformat(), args.reason))
    return _told(session, args.id, "was reversed")


def _list_arguments(parser: ArgumentParser) -> None:
    from tcf_desktop.services.queries.payments import FILTERS

    parser.add_argument("--show", choices=FILTERS, default="all", help="only these")
    parser.add_argument("--search", default="", metavar="TEXT")


def _list(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.queries.payments import payment_list

    office = session.office
    found = office.read(lambda r: payment_list(r, text=args.search, shown=args.show))
    rows: list[PaymentRow] = []
    for start in range(0, len(found.ids), _PART):
        part = found.ids[start : start + _PART]
        by_id = office.read(partial(_part_of, ids=part))
        rows += [by_id[row] for row in part if row in by_id]
    data = {"payments": [_facts(row) for row in rows], "moved_cents": found.moved_cents}
    return Answer(data, [_line(row) for row in rows])


def _part_of(r: Reader, ids: Sequence[int]) -> dict[int, PaymentRow]:
    from tcf_desktop.services.queries.payments import payment_rows

    return payment_rows(r, ids)


def _told(session: Session, payment_id: int, what: str) -> Answer:
    from tcf_desktop.services.queries.payments import payment_rows

    row = session.office.read(lambda r: payment_rows(r, [payment_id]))[payment_id]
    return Answer({"payment": _facts(row)}, [f"payment {payment_id} {what}"])


def _facts(row: PaymentRow) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(row), "invoices": list(row.invoices)}


def _line(row: PaymentRow) -> str:
    from tcf_desktop.domain.money import format_money

    kind = "reversed" if row.reversed else row.kind.replace("_", " ")
    return (
        f"{row.id:>6}  {row.paid_on}  {kind:9}  {row.method:8}  {row.reference:12}"
        f"  {format_money(row.amount_cents, row.currency):>12}"
        f"  left {format_money(row.unapplied_cents, row.currency):>10}"
        f"  {', '.join(row.invoices):20}  {row.customer}"
    )


COMMANDS = (
    Command("payment list", "list payments with what they settle", _list, _list_arguments),
    Command(
        "payment record", "record money received", _record, _record_arguments, writes=True,
        own=("--date",),
    ),
    Command(
        "payment reverse", "counter a payment, with a reason", _reverse, _reverse_arguments,
        writes=True,
    ),
)  # fmt: skip
