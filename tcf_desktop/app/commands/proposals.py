"""Proposals from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.proposals import ProposalRow

_STATES = ("all", "draft", "sent", "accepted", "declined", "expired")
_HOW = ("phone", "email", "paper", "in_person")
_PART = 500


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--state", choices=_STATES, default="all", help="only these")
    parser.add_argument("--search", default="", metavar="TEXT", help="number, title or customer")


def _list(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.queries.proposals import proposal_list

    today = _today(session)
    found = session.office.read(
        lambda r: proposal_list(r, today, text=args.search, shown=args.state)
    )
    rows = session.office.read(lambda r: _rows(r, found.ids))
    data = {
        "proposals": [_facts(row, today) for row in rows],
        "total_cents": found.total_cents,
    }
    return Answer(data, [_line(row, today) for row in rows])


def _rows(r: Reader, ids: Sequence[int]) -> list[ProposalRow]:
    from tcf_desktop.services.queries.proposals import proposal_rows

    rows: list[ProposalRow] = []
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        by_id = proposal_rows(r, part)
        rows += [by_id[row_id] for row_id in part if row_id in by_id]
    return rows


def _facts(row: ProposalRow, today: str) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(row), "state": row.shown_state(today)}


def _line(row: ProposalRow, today: str) -> str:
    from tcf_desktop.domain.money import format_money

    return (
        f"{row.number or f'draft {row.id}':>12}  {row.sent_on or '':10}"
        f"  {row.valid_until_on or '':10}  {format_money(row.total_cents, row.currency):>12}"
        f"  {row.shown_state(today):9}  {row.customer}  {row.title}"
    )


def _pdf_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of a proposal")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _pdf(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.proposal_papers import save_proposal_pdf

    proposal_id = _id_of(session, args.number)
    size = save_proposal_pdf(session.office, proposal_id, _today(session), args.out)
    data = {"proposal": {"id": proposal_id, "number": args.number}, "file": str(args.out)}
    return Answer({**data, "bytes": size}, [f"proposal {args.number} was written to {args.out}"])


def _accept_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="the number of a proposal that was sent")
    parser.add_argument("--by", required=True, metavar="NAME", help="who accepted it")
    parser.add_argument("--how", choices=_HOW, required=True)
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="date of acceptance (today)")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument("--option", type=int, metavar="N", help="the Nth alternative")
    parser.add_argument(
        "--line", type=int, action="append", default=[], metavar="N",
        help="the Nth line, which is optional, is wanted too",
    )  # fmt: skip
    parser.add_argument("--visit", metavar="TIME", help="book a visit, like 2026-07-20T09:00")
    parser.add_argument("--minutes", type=int, default=60, metavar="N", help="its length (60)")
    parser.add_argument("--no-deposit", action="store_true", help="bill no deposit")


def _accept(session: Session, args: Namespace) -> Answer:
    from dataclasses import asdict

    from tcf_desktop.services.archive import invoice_pdf
    from tcf_desktop.services.proposal_acceptance import AcceptProposal, ProposedVisit
    from tcf_desktop.services.proposal_papers import proposal_pdf

    office = session.office
    proposal_id = _id_of(session, args.number)
    proposal_pdf(office, proposal_id, _today(session))  # kept as it was sent, before it is answered
    visits = (ProposedVisit(args.visit, args.minutes),) if args.visit else ()
    done = office.runner.run(
        AcceptProposal(
            proposal_id,
            args.by,
            args.how,
            args.on.isoformat() if args.on else "",
            args.note,
            args.option or 0,
            tuple(number - 1 for number in args.line),
            visits,
            not args.no_deposit,
        )
    )
    lines = [f"proposal {args.number} was accepted"]
    if done.deposit_id is not None:
        invoice_pdf(office, done.deposit_id, _today(session))
        lines.append(f"deposit invoice {done.deposit_number} was issued")
    return Answer({"proposal": args.number, **asdict(done)}, lines)


def _id_of(session: Session, number: str) -> int:
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.queries.proposals import proposal_by_number

    proposal_id = session.office.read(lambda r: proposal_by_number(r, number))
    if proposal_id is None:
        raise AppError("proposal.unknown", number=number)
    return proposal_id


def _today(session: Session) -> str:
    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of

    return today(session.office.clock, session.office.read(zone_of)).isoformat()


COMMANDS = (
    Command("proposal list", "list proposals with their state", _list, _list_arguments),
    Command("proposal pdf", "write a proposal as a PDF", _pdf, _pdf_arguments, writes=True),
    Command(
        "proposal accept", "note that a proposal was accepted", _accept, _accept_arguments,
        writes=True,
    ),
)  # fmt: skip
