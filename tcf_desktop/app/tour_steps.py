"""The working day itself: contacts, schedule, invoice, phone, calendar."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tcf_desktop.app import tour_files
from tcf_desktop.base.clock import today
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.office import zone_of

if TYPE_CHECKING:
    from tcf_desktop.app.tour import Tour
    from tcf_desktop.services.invoice_drafts import InvoiceDraft


def _start(tour: Tour) -> None:
    tables = ("contacts", "appointments", "invoices", "track_points")
    parts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    figures = _row(tour, f"SELECT {parts}")
    counts = dict(zip(tables, figures, strict=True))
    (name,) = _row(tour, "SELECT name FROM business")
    day = today(tour.office.clock, tour.office.read(zone_of))
    tour.tell(
        f"{name} on {day}: {counts['contacts']} contacts, {counts['appointments']} appointments, "
        f"{counts['invoices']} invoices, {counts['track_points']} track points.",
        business=name,
        day=day.isoformat(),
        sample=counts,
    )


def _contacts(tour: Tour) -> None:
    from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone, Place
    from tcf_desktop.domain.imports import as_json
    from tcf_desktop.services.contacts import SaveContact
    from tcf_desktop.services.importers import importer, parse_files
    from tcf_desktop.services.progress import Progress

    files = {"phone.vcf": tour_files.VCARDS, "google.csv": tour_files.GOOGLE_CSV}
    paths = []
    for name, text in files.items():
        path = tour.work / name
        path.write_text(text, "utf-8")
        paths.append(str(path))
    how = importer("contacts")
    parsed = parse_files(tour.office.ports.files, "contacts", paths)
    plan = tour.office.read(lambda r: how.plan(r, parsed, None))
    written = tour.office.runner.run(how.command(plan, Progress()))
    done = as_json(written)
    counts = {key: done[key] for key in ("added", "updated", "skipped", "in_doubt")}
    tour.tell(
        "Contacts: two files imported, " + ", ".join(f"{n} {k}" for k, n in counts.items()) + ".",
        imported={key.replace(" ", "_"): n for key, n in counts.items()},
    )
    draft = ContactDraft(
        first_name="Margaret",
        last_name="Olson",
        phones=(Phone("507-555-0176", "mobile"),),
        emails=(Email("margaret.olson@mail.example", "home"),),
        places=(
            Place(
                name="Home", street="1905 S Phillips Ave", city="Sioux Falls", region="SD",
                postal_code="57105", country="US", access_note="Ring twice, the dog is friendly",
                lat=43.5231, lon=-96.7299,
            ),
        ),
        notes=(NoteDraft("Found us through a neighbor."),),
    )  # fmt: skip
    tour.ids["contact"] = tour.office.runner.run(SaveContact(draft))
    tour.tell("Margaret Olson called and is a customer with a service location now.")


def _schedule(tour: Tour) -> None:
    from tcf_desktop.domain.appointments import week_start
    from tcf_desktop.domain.money import PRICE_SCALE
    from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
    from tcf_desktop.services.appointments import (
        AssignAppointment,
        CreateAppointment,
        MoveAppointment,
        ResizeAppointment,
    )

    office = tour.office
    zone = office.read(zone_of)
    day = today(office.clock, zone)
    (place,) = _row(tour, "SELECT id FROM locations WHERE contact_id = ?", tour.ids["contact"])
    crew, worker = _row(
        tour, "SELECT crew_id, id FROM workers WHERE deleted_at IS NULL ORDER BY id"
    )
    service = _row(tour, "SELECT id, name FROM services ORDER BY position")
    draft = AppointmentDraft(
        starts_local=f"{day.isoformat()}T13:00",
        minutes=60,
        zone=zone,
        contact_id=tour.ids["contact"],
        location_id=place,
        crew_id=crew,
        lines=(
            LineDraft(service[1], 149_00 * PRICE_SCALE, service_id=service[0]),
            LineDraft("Screens washed", 4_00 * PRICE_SCALE, qty_milli=12_000),
        ),
    )
    visit = office.runner.run(CreateAppointment(draft))
    friday = week_start(day) + timedelta(days=4)
    office.runner.run(MoveAppointment(visit, f"{friday.isoformat()}T14:00"))
    office.runner.run(ResizeAppointment(visit, 90))
    office.runner.run(AssignAppointment(visit, crew_id=crew, worker_id=worker))
    tour.ids["appointment"] = visit
    starts, minutes = _row(
        tour, "SELECT starts_local, minutes FROM appointments WHERE id = ?", visit
    )
    tour.tell(
        f"Schedule: her visit was made, moved to {starts.replace('T', ' ')}, made "
        f"{minutes} minutes long and given to a worker.",
        appointment={"starts_local": starts, "minutes": minutes},
    )


def _bill(tour: Tour) -> None:
    from tcf_desktop.domain.money import PRICE_SCALE, format_money
    from tcf_desktop.services.archive import save_invoice_pdf
    from tcf_desktop.services.invoices import (
        DraftInvoiceFromAppointments,
        IssueInvoice,
        SaveInvoiceDraft,
    )

    office = tour.office
    day = today(office.clock, office.read(zone_of)).isoformat()
    (invoice,) = office.runner.run(DraftInvoiceFromAppointments((tour.ids["appointment"],)))
    draft = _draft(tour, invoice)
    first, *rest = draft.lines
    changed = replace(first, qty_milli=1500, unit_price_e4=155_00 * PRICE_SCALE)
    office.runner.run(SaveInvoiceDraft(invoice, replace(draft, lines=(changed, *rest))))
    number = office.runner.run(IssueInvoice(invoice))
    total, tax, currency, state = _row(
        tour, "SELECT total_cents, tax_cents, currency, state FROM invoices WHERE id = ?", invoice
    )
    path = tour.out / "invoice.pdf"
    size = save_invoice_pdf(office, invoice, day, path)
    (waiting,) = _row(
        tour,
        "SELECT id FROM appointments WHERE state = 'done' AND invoice_id IS NULL"
        " AND deleted_at IS NULL AND total_cents > 0 ORDER BY total_cents DESC, id",
    )
    (draft_id,) = office.runner.run(DraftInvoiceFromAppointments((waiting,)))
    tour.ids["invoice"], tour.ids["draft"] = invoice, draft_id
    tour.tell(
        f"Bill: invoice {number} over {format_money(total, currency)} with "
        f"{format_money(tax, currency)} tax is {state}; {path.name} has {size:,} bytes.",
        invoice={
            "id": invoice, "number": number, "state": state, "total_cents": total,
            "tax_cents": tax, "pdf_bytes": size,
        },
    )  # fmt: skip


def _draft(tour: Tour, invoice: int) -> InvoiceDraft:
    """The stored draft in the form that the editor saves."""
    from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
    from tcf_desktop.services.queries.invoice_detail import invoice_detail

    detail = tour.office.read(lambda r: invoice_detail(r, invoice))
    if detail is None:
        raise AppError("data.gone")
    return InvoiceDraft(
        location_id=detail.location_id,
        bill_to=detail.bill_to,
        service_place=detail.service_place,
        po=detail.po,
        issued_on=detail.issued_on or "",
        terms_days=detail.terms_days,
        tax_id=detail.tax_id,
        message=detail.message,
        lines=tuple(
            InvoiceLineDraft(
                line.name, line.description, line.qty_milli, line.unit_price_e4,
                line.taxable, line.service_id, line.appointment_id,
            )
            for line in detail.lines
        ),
    )  # fmt: skip


def _phone(tour: Tour) -> None:
    from tcf_desktop.services.phones import PairPhone, start_receiving
    from tcf_desktop.services.timesheets import AddWorker, ClockIn

    office = tour.office
    (crew,) = _row(tour, "SELECT id FROM crews ORDER BY position")
    worker = office.runner.run(AddWorker("Sam Ortiz", crew))
    now_s = office.clock.now_ms() // 1000
    begin = now_s - 45 * 60
    office.runner.run(ClockIn(worker, begin * 1000))
    address = start_receiving(office, "127.0.0.1", 0)
    phone = office.runner.run(PairPhone(worker, "owntracks"))
    endpoint = office.ports.phones
    assert endpoint is not None
    urls = endpoint.urls(address.url, phone.token)
    drive = [(begin + minute * 60, lat, lon) for minute, lat, lon in tour_files.DRIVE]
    early = [(begin - 900 + n * 60, 43.55, -96.75) for n in range(3)]
    for point in drive[:4]:
        _post(urls["owntracks"], tour_files.owntracks(*point))
    _post(urls["overland"], tour_files.overland([*early, *drive[4:8]]))
    visible = _visible(tour, worker)
    if visible != 8:
        raise AppError(
            "tour.step_failed", step="phone", reason=f"{visible} of 8 points are visible"
        )
    _gpx(tour, worker, drive[8:])
    tour.ids["worker"], tour.ids["phone"] = worker, phone.id
    tour.tell(
        f"Phone: {phone.worker} clocked in; 4 points by OwnTracks, 7 by Overland over HTTP (3 of "
        f"them before the shift, so not kept in sight), {len(drive[8:])} from a GPX file: "
        f"{_visible(tour, worker)} on the map.",
        points={"posted": 11, "file": len(drive[8:]), "visible": _visible(tour, worker)},
    )


def _gpx(tour: Tour, worker: int, points: list[tuple[int, float, float]]) -> None:
    from tcf_desktop.services.importers import importer, parse_files
    from tcf_desktop.services.progress import Progress

    path = tour.work / "logger.gpx"
    path.write_text(tour_files.gpx(points), "utf-8")
    how = importer("track")
    parsed = parse_files(tour.office.ports.files, "track", [str(path)])
    plan = tour.office.read(lambda r: how.plan(r, parsed, worker))
    tour.office.runner.run(how.command(plan, Progress()))


def _post(url: str, body: bytes) -> None:
    request = urllib.request.Request(  # noqa: S310 - our own endpoint
        url, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    # The endpoint is on this computer: a proxy of the environment must not stand between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        if answer.status != 200:
            reason = f"the endpoint said {answer.status}"
            raise AppError("tour.step_failed", step="phone", reason=reason)


def _visible(tour: Tour, worker: int) -> int:
    """How many points of a worker lie inside his shifts."""
    (count,) = _row(
        tour,
        "SELECT count(*) FROM track_points t JOIN phones p ON p.id = t.phone_id"
        " JOIN shifts s ON s.worker_id = p.worker_id AND t.fix_at >= s.clock_in_at"
        " AND (s.clock_out_at IS NULL OR t.fix_at <= s.clock_out_at) WHERE p.worker_id = ?",
        worker,
    )
    return int(count)


def _row(tour: Tour, sql: str, *values: object) -> tuple[Any, ...]:
    """The first row of a question that must have one."""
    row = tour.office.read(lambda r: r.one(sql, values))
    if row is None:
        raise AppError("tour.step_failed", step="sample business", reason="a row is missing")
    return row


def _calendar(tour: Tour) -> None:
    from tcf_desktop.domain.appointments import week_start
    from tcf_desktop.services.calendar_files import export_calendar

    office = tour.office
    monday = week_start(today(office.clock, office.read(zone_of)))
    path = tour.out / "week.ics"
    count = export_calendar(office, str(path), monday, monday + timedelta(days=6))
    tour.tell(f"Calendar: {count} appointments of the week in {path.name}.", exported=count)


def stop(tour: Tour) -> None:
    """Switch off what the steps switched on."""
    from tcf_desktop.services.phones import stop_receiving

    stop_receiving(tour.office)


STEPS: tuple[tuple[str, Callable[[Tour], None]], ...] = (
    ("sample business", _start),
    ("contacts", _contacts),
    ("schedule", _schedule),
    ("bill", _bill),
    ("phone", _phone),
    ("calendar", _calendar),
)
