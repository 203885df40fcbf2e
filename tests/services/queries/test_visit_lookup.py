"""From what stands on paper back to the visit."""

from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.domain.visit_code import code_of_occurrence, code_of_row
from tcf_desktop.services.appointments import DeleteAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.palette import find
from tcf_desktop.services.queries.visit_lookup import treated_with, visit_of_code
from tcf_desktop.services.treatments import AddTreatment, TreatmentDraft
from tcf_desktop.services.uow import UnitOfWork

NOW = 1_784_043_720_000


class AddSeries(Command[int]):
    """Every Tuesday from July 14, 2026 on."""

    def __init__(self, split_from: int | None = None, starts: str = "2026-07-14T08:00") -> None:
        self.split_from, self.starts = split_from, starts

    def execute(self, uow: UnitOfWork) -> int:
        series = models.Series(
            uid=f"s{self.starts}@tcf-desktop", starts_local=self.starts, minutes=60,
            zone="America/Chicago", rule="FREQ=WEEKLY;BYDAY=TU", last_on=None, kind="task",
            contact_id=None, location_id=None, title="Van", arrival_minutes=None, crew_id=None,
            worker_id=None, state="confirmed", color_index=None, split_from_id=self.split_from,
            created_at=uow.now_at, updated_at=uow.now_at, deleted_at=None,
        )  # fmt: skip
        return uow.add(series).id


class EndSeries(Command[None]):
    def __init__(self, series_id: int, last_on: str) -> None:
        self.series_id, self.last_on = series_id, last_on

    def execute(self, uow: UnitOfWork) -> None:
        series = uow.get(models.Series, self.series_id)
        series.last_on = self.last_on
        series.rule = f"{series.rule};UNTIL={self.last_on.replace('-', '')}"


def a_visit(office: Office) -> int:
    return int(
        office.read(
            lambda r: r.value(
                "SELECT a.id FROM appointments a JOIN contacts c ON c.id = a.contact_id"
                " WHERE a.deleted_at IS NULL AND a.state = 'done' ORDER BY a.id LIMIT 1"
            )
        )
    )


def test_a_code_leads_to_its_visit_until_that_is_deleted(sample_office: Office) -> None:
    ident = sample_office.read(
        lambda r: r.value("SELECT id FROM appointments WHERE state = 'confirmed' LIMIT 1")
    )
    code = code_of_row(ident)
    assert sample_office.read(lambda r: visit_of_code(r, code.lower())) == ident
    sample_office.runner.run(DeleteAppointment(ident))
    with pytest.raises(AppError) as refused:
        sample_office.read(lambda r: visit_of_code(r, code))
    assert refused.value.code == "visit.code_gone"


def test_the_paper_of_an_occurrence_stays_good(office: Office) -> None:
    run = office.runner.run
    series = run(AddSeries())
    on = date(2026, 8, 4)
    code = code_of_occurrence(series, on)
    assert office.read(lambda r: visit_of_code(r, code)) == occurrence_id(series, on)
    run(EndSeries(series, "2026-07-28"))
    follower = run(AddSeries(series, "2026-08-04T09:00"))
    assert office.read(lambda r: visit_of_code(r, code)) == occurrence_id(follower, on)
    run(AddTreatment(occurrence_id(follower, on), TreatmentDraft("Barricade")))
    row = office.read(lambda r: r.value("SELECT id FROM appointments"))
    assert office.read(lambda r: visit_of_code(r, code)) == row > 0


def test_a_date_that_the_series_never_had_is_said(office: Office) -> None:
    series = office.runner.run(AddSeries())
    with pytest.raises(AppError) as refused:
        office.read(lambda r: visit_of_code(r, code_of_occurrence(series, date(2026, 8, 5))))
    assert refused.value.code == "visit.code_gone"


def test_visits_are_found_by_what_was_put_down(sample_office: Office) -> None:
    ident = a_visit(sample_office)
    sample_office.runner.run(
        AddTreatment(ident, TreatmentDraft("Zzyx 4FL", registration_number="999-1139"))
    )
    for text in ("zzyx", "999-11"):
        (found,) = sample_office.read(lambda r, text=text: treated_with(r, text, 5))
        assert (found[0], found[2]) == (ident, "Zzyx 4FL · 999-1139")
    assert sample_office.read(lambda r: treated_with(r, "zz", 5)) == []
    assert sample_office.read(lambda r: treated_with(r, "%%%", 5)) == []
    kinds = {f.kind for f in sample_office.read(lambda r: find(r, "Zzyx", NOW))}
    assert kinds == {"treatment"}


def test_the_palette_knows_codes_and_says_what_is_wrong(sample_office: Office) -> None:
    ident = a_visit(sample_office)
    code = code_of_row(ident)
    first = sample_office.read(lambda r: find(r, code, NOW))[0]
    assert (first.kind, first.id) == ("visit", ident)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    first = sample_office.read(lambda r: find(r, wrong, NOW))[0]
    assert first.kind == "code"
    assert "does not fit together" in first.title
