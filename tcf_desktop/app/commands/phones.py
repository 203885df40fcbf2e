"""The clock, phones, the endpoint without a window, and track files."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import port

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.queries.team import WorkerName

_PURGE_SECONDS: Final = 3600.0
_LISTED: Final = 2_000  # plain additions beyond it are counted, not listed one by one


def _worker(office: Office, text: str) -> WorkerName:
    from tcf_desktop.domain.timesheets import pick_person
    from tcf_desktop.services.queries.team import worker_names

    people = office.read(worker_names)
    chosen = pick_person(text, [(person.id, person.name) for person in people])
    return next(person for person in people if person.id == chosen)


def _moment(office: Office, text: str | None) -> int | None:
    from tcf_desktop.domain.timesheets import parse_moment
    from tcf_desktop.services.office import zone_of

    if text is None:
        return None
    return parse_moment(text, office.read(zone_of), office.clock.now_ms())


def _clock_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("worker", metavar="WORKER", help="a name, the start of one, or a number")
    parser.add_argument(
        "--at", metavar="TIME", help="like 2026-07-14T08:05 or 08:05; now if left out"
    )


def _clock_in(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.timesheets import ClockIn

    office = session.office
    worker = _worker(office, args.worker)
    shift_id = office.runner.run(ClockIn(worker.id, _moment(office, args.at), origin="command"))
    return _shift_answer(office, shift_id, worker.name)


def _clock_out(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.timesheets import ClockOut

    office = session.office
    worker = _worker(office, args.worker)
    shift_id = office.runner.run(ClockOut(worker.id, _moment(office, args.at)))
    return _shift_answer(office, shift_id, worker.name)


def _shift_answer(office: Office, shift_id: int, name: str) -> Answer:
    from tcf_desktop.base.clock import from_ms
    from tcf_desktop.services.office import zone_of

    row = office.read(
        lambda r: r.one(
            "SELECT worker_id, clock_in_at, clock_out_at FROM shifts WHERE id = ?", (shift_id,)
        )
    )
    assert row is not None
    worker_id, clock_in_at, clock_out_at = row
    zone = office.read(zone_of)
    word, moment = ("out", clock_out_at) if clock_out_at is not None else ("in", clock_in_at)
    shift = {
        "id": shift_id,
        "worker_id": worker_id,
        "worker": name,
        "clock_in_at": clock_in_at,
        "clock_out_at": clock_out_at,
    }
    when = from_ms(moment, zone).isoformat(timespec="seconds")
    return Answer({"shift": shift}, [f"{name} clocked {word} at {when}"])


def _pair_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("worker", metavar="WORKER", help="a name, the start of one, or a number")


def _pair(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.phones import EVERY_ADDRESS, HTTP_PORT, PairPhone, reachable_urls

    office = session.office
    worker = _worker(office, args.worker)
    phone = office.runner.run(PairPhone(worker.id))
    endpoint = office.ports.phones
    assert endpoint is not None
    urls = endpoint.urls(reachable_urls(office, EVERY_ADDRESS, HTTP_PORT)[0], phone.token)
    data = {"id": phone.id, "worker": phone.worker, "token": phone.token, "urls": urls}
    lines = [f"A phone of {phone.worker} may send now. Its secret is shown only here:", phone.token]
    lines += [f"{name}: {url}" for name, url in urls.items()]
    return Answer({"phone": data}, lines)


def _serve_arguments(parser: ArgumentParser) -> None:
    from tcf_desktop.services.phones import EVERY_ADDRESS, HTTP_PORT

    parser.add_argument("--host", metavar="ADDR", default=EVERY_ADDRESS, help="listen only there")
    parser.add_argument(
        "--http-port", metavar="N", type=port, default=HTTP_PORT, help="0 means any free one"
    )


def _serve(session: Session, args: Namespace) -> None:
    from tcf_desktop.services.phones import start_receiving, stop_receiving

    office = session.office
    ended = threading.Event()
    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.signal(name, lambda *_: ended.set()) for name in names}
    try:
        address = start_receiving(office, args.host, args.http_port)
        others = [url for url in address.urls if url != address.url]
        session.announce(
            Answer(
                {"http": address.url, "port": address.port, "addresses": list(address.urls)},
                [" ".join(["http", address.url, *others])],
            )
        )
        _tend(office, ended)
    finally:
        stop_receiving(office)
        for name, handler in before.items():
            signal.signal(name, handler)


def _tend(office: Office, ended: threading.Event) -> None:
    """Until somebody asks for the end: delete, once an hour, what lies in no shift."""
    from tcf_desktop.services.tracks import purge_uncovered

    while True:
        purge_uncovered(office)
        # Python handles signals between waits only on some systems, so the waits are short.
        waited = 0.0
        while waited < _PURGE_SECONDS:
            if ended.wait(0.5):
                return
            waited += 0.5


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="GPX files")
    parser.add_argument("--worker", metavar="WORKER", help="whose track it is")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and write nothing"
    )


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import Action, as_json
    from tcf_desktop.services.importers import importer, parse_files
    from tcf_desktop.services.progress import Progress
    from tcf_desktop.services.runner import Priority

    office = session.office
    worker_id = _worker(office, args.worker).id if args.worker else None
    how = importer("track")
    parsed = parse_files(office.ports.files, "track", args.files)
    plan = office.read(lambda reader: how.plan(reader, parsed, worker_id))
    rows = plan.rows
    if not args.dry_run and plan.to_write():
        rows = office.runner.run(how.command(plan, Progress()), Priority.BULK)
    data = as_json(rows)
    plain = [row for row in rows if row.action is Action.ADD and not row.reason]
    if len(plain) > _LISTED:
        hidden = {id(row) for row in plain[_LISTED:]}
        data["rows"] = as_json([row for row in rows if id(row) not in hidden])["rows"]
        data["rows_left_out"] = len(hidden)
    would = "would be " if args.dry_run else ""
    lines = [
        f"{data['added']} positions {would}added, {data['skipped']} skipped, "
        f"{data['in_doubt']} in doubt"
    ]
    reasons: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.reason:
            reasons[row.file, row.reason] = reasons.get((row.file, row.reason), 0) + 1
    lines += [f"{file}: {count} × {reason}" for (file, reason), count in reasons.items()]
    return Answer(data, lines)


COMMANDS = (
    Command("clock in", "start a person's shift", _clock_in, _clock_arguments, writes=True),
    Command("clock out", "end a person's shift", _clock_out, _clock_arguments, writes=True),
    Command("phones pair", "let a phone of a person send", _pair, _pair_arguments, writes=True),
    Command("serve", "receive from phones without a window", _serve, _serve_arguments, writes=True),
    Command(
        "import track",
        "bring positions in from GPX files",
        _import,
        _import_arguments,
        writes=lambda args: not args.dry_run,
    ),
)
