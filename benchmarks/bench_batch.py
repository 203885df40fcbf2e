"""A thousand invoices of finished visits, issued and rendered in one batch."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench, sampled

INVOICES, QUICK = 1_000, 100
TODAY = "2026-07-14"


def run(bench: Bench) -> None:
    """Visits of as many customers; each becomes an issued invoice whose PDF is kept."""
    from tcf_desktop.app.bootstrap import open_office
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.base.paths import DataFolder
    from tcf_desktop.services.batches import Outcome, invoicing, run_batch
    from tcf_desktop.services.office import NewBusiness, Office
    from tcf_desktop.services.progress import Progress
    from tcf_desktop.services.queries.batch_items import visit_items

    clock = FrozenClock(SAMPLE_NOW_MS)
    folder = DataFolder(bench.scratch() / "batch")
    business = NewBusiness("Bench", tax_name="6.2 %", tax_parts=(("State", 62_000),))
    Office.create(folder, clock, business).close(60)
    office = open_office(folder, clock)
    count = QUICK if bench.quick else INVOICES
    outcomes: list[Outcome] = []
    try:
        for number in range(count):
            _visit(office, number)
        items = office.read(lambda r: visit_items(r, "place"))
        work = invoicing(office, "place", "issue", TODAY)
        (figure,) = sampled(lambda: outcomes.extend(run_batch(items, work, Progress())), 1)
        assert [outcome.state for outcome in outcomes] == ["done"] * count
        kept = office.read(lambda r: r.value("SELECT count(*) FROM archived_documents"))
        assert kept == count
    finally:
        office.close(60)
    note = "CPU of this process; pages are made in the worker process"
    bench.show(f"batch of {count:,} invoices, issued, rendered, kept", figure, note)
    bench.show("each of them", figure.per(count))


def _visit(office: Any, number: int) -> None:
    from tcf_desktop.domain.contacts import ContactDraft, Place
    from tcf_desktop.domain.money import PRICE_SCALE
    from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
    from tcf_desktop.services.appointments import CreateAppointment
    from tcf_desktop.services.contacts import SaveContact

    place = Place(street=f"{number} Phillips Ave", city="Sioux Falls", region="SD")
    customer = office.runner.run(
        SaveContact(ContactDraft(company=f"Customer {number}", places=(place,)))
    )
    office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                "2026-07-13T09:00", 60, "America/Chicago", contact_id=customer, state="done",
                lines=tuple(
                    LineDraft(f"Windows {line}", 450 * PRICE_SCALE, 64_000) for line in range(4)
                ),
            )
        )
    )  # fmt: skip
