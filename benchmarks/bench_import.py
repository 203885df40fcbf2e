"""Importing 10,000 contacts and 10,000 events whole (parse, plan, write) beside the parsing alone
of vobject and of icalendar."""

from __future__ import annotations

import gc
import importlib
import pickle
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.harness import SAMPLE_NOW_MS, Bench, Figure, median_of
from tcf_desktop.domain.contacts import ContactCard, ContactDraft, Email, NoteDraft, Phone, Place

CONTACTS = 10_000
EVENTS = 10_000


def run(bench: Bench) -> None:
    """The same people as vCard 3.0 of another program and as CSV, into an office of usual size."""
    cards = [ContactCard(f"uid-{n}", _draft(n)) for n in range(CONTACTS)]
    folder = bench.scratch()
    vcard, table = folder / "people.vcf", folder / "people.csv"
    vcard.write_text(_foreign(cards), "utf-8")
    table.write_bytes(_table(cards))
    text = vcard.read_text("utf-8")
    peer = median_of(lambda: _vobject(text), 1)
    for name, path in (("vCard", vcard), ("CSV", table)):
        bench.compare(
            f"import {CONTACTS:,} contacts from {name}, whole", _whole(bench, path),
            "vobject, parsing the vCard alone", peer, at_most=1.3,
        )  # fmt: skip
    _calendar(bench, folder / "events.ics")


def _calendar(bench: Bench, path: Path) -> None:
    """As a calendar program writes them: single events, a few series, texts, one zone."""
    content = _events().encode()
    path.write_bytes(content)
    parse = importlib.import_module("tcf_desktop.integrations.files.icalendar").parse

    def theirs() -> None:
        import icalendar

        assert len(icalendar.Calendar.from_ical(content).events) == EVENTS

    peer = median_of(theirs, 3)
    bench.compare(
        f"read {EVENTS:,} events from iCalendar", median_of(lambda: _uncollected(parse, path), 3),
        "icalendar, parsing the same file alone", peer, at_most=0.4,
    )  # fmt: skip
    bench.compare(
        f"import {EVENTS:,} events from iCalendar, whole", _whole(bench, path),
        "icalendar, parsing the same file alone", peer, at_most=1.2,
    )  # fmt: skip


def _uncollected(parse: Callable[[str], object], path: Path) -> None:
    gc.disable()
    parse(str(path))
    gc.enable()


def _events() -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Google Inc//Google Calendar 70.9054//EN"]
    for n in range(EVENTS):
        start = datetime(2025, 1, 6, 8) + timedelta(hours=n)  # noqa: DTZ001 - a wall time
        lines += [
            "BEGIN:VEVENT",
            f"DTSTART;TZID=America/Chicago:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=America/Chicago:{start + timedelta(minutes=90):%Y%m%dT%H%M%S}",
            *(["RRULE:FREQ=WEEKLY;UNTIL=20271231T000000Z"] if n % 50 == 0 else []),
            "DTSTAMP:20260101T000000Z",
            f"UID:event-{n}@google.com",
            "CREATED:20250101T000000Z",
            f"DESCRIPTION:Windows inside and out\\, {n}\\nRing twice; the dog is friendly and th",
            " e gate code is 4411",
            "LAST-MODIFIED:20250201T120000Z",
            f"LOCATION:{n} Main St\\, Sioux Falls\\, SD 57104",
            "SEQUENCE:1",
            "STATUS:CONFIRMED",
            f"SUMMARY:Visit {n}",
            "TRANSP:OPAQUE",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _draft(n: int) -> ContactDraft:
    return ContactDraft(
        first_name=f"First{n}",
        last_name=f"Family{n % 977}",
        company="" if n % 5 else f"Company {n}",
        phones=(
            Phone(f"605-{200 + n % 700}-{n:04}", "Mobile"),
            Phone(f"507-{200 + n % 700}-{n:04}", "Work"),
        ),
        emails=(Email(f"p{n}@mail.example", "Home"),),
        places=(
            Place("Home", f"{n} Main St", "", ("Hartford", "Brandon")[n % 2], "SD", "57033", "US"),
        ),
        tags=("vip",),
        notes=(NoteDraft(f"Rings twice {n}, dog"),),
        source="neighbor",
    )


def _foreign(cards: list[ContactCard]) -> str:
    """Without the mark of this program, so that nothing is taken on trust."""
    from tcf_desktop.integrations.files import vcard, vcard_write

    text = vcard_write.write(cards).decode("utf-8")
    return text.replace("VERSION:4.0", "VERSION:3.0").replace(f"PRODID:{vcard.PRODUCER}\r\n", "")


def _table(cards: list[ContactCard]) -> bytes:
    from tcf_desktop.integrations.files import csv_write

    return csv_write.write(cards, csv_write.Layout(phones=2))


def _vobject(text: str) -> None:
    import vobject

    assert sum(1 for _ in vobject.readComponents(text)) == CONTACTS


def _whole(bench: Bench, path: Path) -> Figure:
    from tcf_desktop.app.bootstrap import open_office
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services.importers import importer
    from tcf_desktop.services.progress import Progress

    folder = bench.copy(bench.default())
    office = open_office(folder, FrozenClock(SAMPLE_NOW_MS))
    module = {".vcf": "vcard", ".csv": "csv", ".ics": "icalendar"}[path.suffix]
    kind = importer("calendar" if path.suffix == ".ics" else "contacts")
    gc.freeze()  # as the program does when it has started
    parse = importlib.import_module(f"tcf_desktop.integrations.files.{module}").parse

    def work() -> None:
        # The worker process would do this; here it counts, with the way there and back. As
        # there and as in the window program, the collector does not run by itself.
        gc.disable()
        parsed = [pickle.loads(pickle.dumps(parse(str(path))))]
        gc.enable()
        plan = office.read(lambda r: kind.plan(r, parsed, None))
        rows = office.runner.run(kind.command(plan, Progress()))
        assert len(rows) == CONTACTS == EVENTS

    try:
        return median_of(work, 1)
    finally:
        office.close(30)
        shutil.rmtree(folder.path, ignore_errors=True)
