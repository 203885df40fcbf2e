"""Repeating invoices from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tcf_desktop.app.commands import Answer, Command, Session


def _due(session: Session, _args: Namespace) -> Answer:
    from dataclasses import asdict

    from tcf_desktop.services.queries.billing_plans import due_runs

    today = _today(session)
    runs = session.office.read(lambda r: due_runs(r, today))
    lines = [f"{run.period_on} {run.customer}: {run.name} ({run.net_cents})" for run in runs]
    return Answer({"due": [asdict(run) for run in runs]}, lines)


def _run_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--issue", action="store_true", help="issue them at once instead of leaving drafts"
    )


def _run(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.batches import repeating, run_batch
    from tcf_desktop.services.progress import Progress
    from tcf_desktop.services.queries.batch_items import due_items

    office, today = session.office, _today(session)
    items = [item for item in office.read(lambda r: due_items(r, today)) if not item.hindrance]
    work = repeating(office, "issue" if args.issue else "draft", today)
    outcomes = run_batch(items, work, Progress())
    rows = [
        {
            "date": item.dates[0],
            "customer": item.customer,
            "name": item.detail,
            "state": outcome.state,
            "numbers": list(outcome.made.numbers),
            "code": "" if outcome.error is None else outcome.error.code,
        }
        for item, outcome in zip(items, outcomes, strict=True)
    ]
    lines = [
        f"{row['date']} {row['customer']}: {row['state']}"
        f" {' '.join(outcome.made.numbers)}{row['code']}".rstrip()
        for row, outcome in zip(rows, outcomes, strict=True)
    ]
    return Answer(
        {"invoices": rows}, lines, ok=all(outcome.state == "done" for outcome in outcomes)
    )


def _today(session: Session) -> str:
    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of

    return today(session.office.clock, session.office.read(zone_of)).isoformat()


COMMANDS = (
    Command("repeating due", "list the repeating invoices that are due", _due),
    Command(
        "repeating run", "make the repeating invoices that are due", _run, _run_arguments,
        writes=True,
    ),
)  # fmt: skip
