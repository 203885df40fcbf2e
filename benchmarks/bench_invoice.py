"""Drafting and issuing one invoice, durably, in an empty book and beside 50,000 invoices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench, Figure, interleaved

AIM_MS = 10
FLAT = 1.2


def run(bench: Bench) -> None:
    """A visit's invoice: drafted with its lines, then given its number; two durable commits."""
    from tcf_desktop.app.bootstrap import open_office
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.base.paths import DataFolder
    from tcf_desktop.services.office import NewBusiness, Office

    clock = FrozenClock(SAMPLE_NOW_MS)
    small = DataFolder(bench.scratch() / "empty")
    business = NewBusiness(
        "Bench", tax_name="6.2 %", tax_parts=(("State", 42_000), ("City", 20_000))
    )
    Office.create(small, clock, business).close(60)
    large = bench.copy(bench.default()) if bench.quick else bench.large_copy()
    empty, full = open_office(small, clock), open_office(large, clock)
    try:
        rounds = bench.rounds(40)
        first, second = _Desk(empty, rounds + 1), _Desk(full, rounds + 1)
        raw = _RawCommit(bench.scratch() / "raw.db")
        figures = interleaved(rounds, first=first.step, second=second.step, raw=raw.step)
        count = full.read(lambda r: r.value("SELECT count(*) FROM invoices"))
        _rows(bench, figures, count)
        raw.close()
    finally:
        empty.close(60)
        full.close(60)


def _rows(bench: Bench, figures: dict[str, Figure], count: int) -> None:
    first, second, raw = figures["first"], figures["second"], figures["raw"]
    bench.limit(
        "draft and issue one invoice, durable, no other invoices: CPU", first.cpu,
        at_most=AIM_MS, beside="one raw durable commit", floor=raw.cpu,
        note=f"wall {first.wall:.1f} ms for two commits, a raw commit {raw.wall:.1f} ms",
    )  # fmt: skip
    bench.compare(
        f"the same with {count:,} invoices present", second, "with none", first, at_most=FLAT
    )


class _Desk:
    """One office with finished visits; each step bills the next."""

    def __init__(self, office: Any, visits: int) -> None:
        from tcf_desktop.domain.contacts import ContactDraft, Place
        from tcf_desktop.domain.money import PRICE_SCALE
        from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
        from tcf_desktop.services.appointments import CreateAppointment
        from tcf_desktop.services.contacts import SaveContact

        self._office = office
        place = Place(street="900 N Phillips Ave", city="Sioux Falls", region="SD")
        customer = office.runner.run(
            SaveContact(ContactDraft(company="Falls Park Condos HOA", places=(place,)))
        )
        spot = office.read(
            lambda r: r.value("SELECT id FROM locations WHERE contact_id = ?", (customer,))
        )
        lines = tuple(LineDraft(f"Windows {n}", 450 * PRICE_SCALE, 64_000) for n in range(4))
        self._visits = iter(
            [
                office.runner.run(
                    CreateAppointment(
                        AppointmentDraft(
                            "2026-07-13T09:00", 60, "America/Chicago", contact_id=customer,
                            location_id=spot, state="done", lines=lines,
                        )
                    )
                )
                for _ in range(visits)
            ]
        )  # fmt: skip

    def step(self) -> None:
        from tcf_desktop.services.invoices import DraftInvoiceFromAppointments, IssueInvoice

        runner = self._office.runner
        (invoice_id,) = runner.run(DraftInvoiceFromAppointments((next(self._visits),)))
        runner.run(IssueInvoice(invoice_id))


class _RawCommit:
    """One small row in a WAL database with a durable commit, by the same library."""

    def __init__(self, path: Path) -> None:
        from sqlcipher3 import dbapi2 as driver

        self._connection = driver.connect(str(path), isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text)")

    def step(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO t (text) VALUES ('x')")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
