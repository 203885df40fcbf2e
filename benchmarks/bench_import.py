"""Importing 10,000 contacts whole (parse, plan, write) beside vobject's parsing alone."""

from __future__ import annotations

import gc
import importlib
import pickle
import shutil
from pathlib import Path

from benchmarks.harness import SAMPLE_NOW_MS, Bench, Figure, median_of
from tcf_desktop.domain.contacts import ContactCard, ContactDraft, Email, NoteDraft, Phone, Place

CONTACTS = 10_000


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
    from tcf_desktop.app.collector import set_loaded_aside
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services.importers import Progress
    from tcf_desktop.services.imports import ImportContacts, plan_import

    folder = bench.copy(bench.default())
    office = open_office(folder, FrozenClock(SAMPLE_NOW_MS))
    module = "vcard" if path.suffix == ".vcf" else "csv"
    set_loaded_aside()  # as the program does when it has started
    parse = importlib.import_module(f"tcf_desktop.integrations.files.{module}").parse

    def work() -> None:
        # The worker process would do this; here it counts, with the way there and back. As
        # there, the collector waits.
        gc.disable()
        parsed = [pickle.loads(pickle.dumps(parse(str(path))))]
        gc.enable()
        plan = office.read(lambda r: plan_import(r, parsed))
        rows = office.runner.run(ImportContacts(plan, Progress()))
        assert len(rows) == CONTACTS

    try:
        return median_of(work, 1)
    finally:
        office.close(30)
        shutil.rmtree(folder.path, ignore_errors=True)
