"""What was put on a lawn: written down, changed, taken back, found and handed out."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.itemmodels.contact_timeline import line_of
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.timeline import timeline
from tcf_desktop.services.queries.treatments import listed, of_visit, products, record_facts
from tcf_desktop.services.treatment_papers import export_treatments, render_record
from tcf_desktop.services.treatments import (
    AddTreatment,
    ChangeTreatment,
    DeleteTreatment,
    TreatmentDraft,
)
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork
from tests.integrations.pdf.pdf_text import page_texts

BARRICADE = TreatmentDraft(
    "Barricade 4FL", "100-1139", 2_500, "fl oz", 5_500_000, "sq ft", "Crabgrass", "Sunny", "78 °F",
    "5 mph SW", None, "", "2026-07-14T09:30", "Kept off the creek",
)  # fmt: skip


class Hire(Command[int]):
    def execute(self, uow: UnitOfWork) -> int:
        worker = models.Worker(
            name="Luis Ortega", crew_id=None, licence="SD-PA-20417", pay_cents=None,
            active_from_on=None, active_to_on=None, deleted_at=None,
        )  # fmt: skip
        return uow.add(worker).id


@pytest.fixture
def visit(office: Office) -> int:
    draft = AppointmentDraft("2026-07-14T09:00", 60, "America/Chicago", kind="task", title="Lawn")
    return office.runner.run(CreateAppointment(draft))


def test_a_treatment_is_recorded_changed_deleted_and_taken_back(office: Office, visit: int) -> None:
    run = office.runner.run
    ident = run(AddTreatment(visit, BARRICADE))
    run(ChangeTreatment(ident, dataclasses.replace(BARRICADE, target="Spurge")))
    (row,) = office.read(lambda r: of_visit(r, visit))
    assert (row.facts.product, row.facts.target, row.facts.amount_milli) == (
        "Barricade 4FL", "Spurge", 2_500,
    )  # fmt: skip
    run(DeleteTreatment(ident))
    assert office.read(lambda r: of_visit(r, visit)) == ()
    run(UndoLast())
    assert len(office.read(lambda r: of_visit(r, visit))) == 1
    run(UndoLast())
    (row,) = office.read(lambda r: of_visit(r, visit))
    assert row.facts.target == "Crabgrass"


def test_the_licence_is_the_one_of_that_day(office: Office, visit: int) -> None:
    worker = office.runner.run(Hire())
    office.runner.run(AddTreatment(visit, TreatmentDraft("Barricade", worker_id=worker)))
    (row,) = office.read(lambda r: of_visit(r, visit))
    assert (row.facts.applicator, row.facts.licence) == ("Luis Ortega", "SD-PA-20417")
    assert row.facts.treated_local == "2026-07-14T09:00"  # of the visit, where none was said


def test_what_cannot_be_is_refused_with_words(office: Office, visit: int) -> None:
    for draft, code in (
        (TreatmentDraft("  "), "treatment.product"),
        (TreatmentDraft("X", amount_milli=-1), "treatment.amount"),
        (TreatmentDraft("X", treated_local="noon"), "schedule.time"),
        (TreatmentDraft("X", worker_id=999), "schedule.who"),
    ):
        with pytest.raises(AppError) as refused:
            office.runner.run(AddTreatment(visit, draft))
        assert refused.value.code == code
    assert office.read(lambda r: of_visit(r, visit)) == ()


def test_the_last_entry_fills_in_the_next(office: Office, visit: int) -> None:
    office.runner.run(AddTreatment(visit, BARRICADE))
    newer = dataclasses.replace(BARRICADE, product="BARRICADE 4fl", registration_number="100-2000")
    office.runner.run(AddTreatment(visit, newer))
    (known,) = office.read(products)
    assert (known.registration_number, known.amount_unit) == ("100-2000", "fl oz")


def test_the_list_is_filtered_by_words_and_days(office: Office, visit: int) -> None:
    office.runner.run(AddTreatment(visit, BARRICADE))
    office.runner.run(
        AddTreatment(visit, TreatmentDraft("Dimension", treated_local="2026-05-01T08:00"))
    )
    everything = office.read(listed)
    assert [each.on for each in everything] == ["2026-07-14", "2026-05-01"]
    for text, first, last, count in (
        ("barri", "", "", 1), ("100-1139 crab", "", "", 1), ("", "2026-06-01", "", 1),
        ("", "", "2026-05-01", 1), ("%", "", "", 0), ("dimension", "2026-06-01", "", 0),
    ):  # fmt: skip
        found = office.read(
            lambda r, t=text, a=first, b=last: listed(r, text=t, first_on=a, last_on=b)
        )
        assert len(found) == count, (text, first, last)


def test_the_list_becomes_a_table_in_which_nothing_runs(
    office: Office, visit: int, tmp_path: Path
) -> None:
    office.runner.run(AddTreatment(visit, dataclasses.replace(BARRICADE, note="=cmd()")))
    out = tmp_path / "treatments.csv"
    assert export_treatments(office, out) == 1
    head, row = csv.reader(out.read_text("utf-8-sig").splitlines())
    cells = dict(zip(head, row, strict=True))
    assert cells["EPA registration number"] == "100-1139"
    assert (cells["Amount"], cells["Area"]) == ("2.5 fl oz", "5,500 sq ft")
    assert cells["Note"] == "'=cmd()"


def test_the_record_on_paper_has_all_that_the_law_wants(office: Office, visit: int) -> None:
    worker = office.runner.run(Hire())
    office.runner.run(AddTreatment(visit, dataclasses.replace(BARRICADE, worker_id=worker)))
    office.runner.run(AddTreatment(visit, TreatmentDraft("Dimension")))
    (page,) = page_texts(render_record(office, visit))
    for words in (
        "Treatment record", "Barricade 4FL", "100-1139", "2.5 fl oz", "5,500 sq ft", "Crabgrass",
        "Sunny, 78 °F, wind 5 mph SW", "Luis Ortega, licence SD-PA-20417",
        "Jul 14, 2026, 9:30 AM", "Dimension", "Page 1 of 1",
    ):  # fmt: skip
        assert words in page
    assert office.read(lambda r: record_facts(r, 999)) is None
    with pytest.raises(AppError) as refused:
        render_record(office, 999)
    assert refused.value.code == "treatment.none"


def test_the_story_of_a_customer_says_what_was_put_down(sample_office: Office) -> None:
    contact, visit = sample_office.read(
        lambda r: r.one(
            "SELECT contact_id, id FROM appointments WHERE state = 'done' AND contact_id NOT NULL"
            " AND deleted_at IS NULL ORDER BY starts_at DESC LIMIT 1"
        )
    ) or (0, 0)
    sample_office.runner.run(AddTreatment(visit, TreatmentDraft("Zzyx 4FL")))
    found = sample_office.read(
        lambda r: timeline(r, contact, sample_office.clock.now_ms(), group="visits")
    )
    (entry,) = [one for one in found.entries if one.opens == visit and one.kind == "visit"]
    assert "Zzyx 4FL" in entry.params["products"]
    assert "Zzyx 4FL" in line_of(entry, "USD", "2026-07-14").second
