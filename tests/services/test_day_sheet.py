"""The day sheet of the sample business: which visits stand on it, for whom."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.appointments import CancelAppointment
from tcf_desktop.services.day_sheet import SheetChoice, day_sheet, save_day_sheet
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.day_sheet import (
    SheetFor,
    crew_by_name,
    day_sheet_facts,
    worker_by_name,
)
from tcf_desktop.services.queries.visit_lookup import visit_of_code
from tests.integrations.pdf.pdf_text import page_texts

TUESDAY = date(2026, 7, 14)


def crew_id(office: Office, name: str) -> int:
    found = office.read(lambda r: crew_by_name(r, name))
    assert found is not None
    return found[0]


def planned(office: Office, on: str) -> int:
    return int(
        office.read(
            lambda r: r.value(
                "SELECT count(*) FROM appointments WHERE deleted_at IS NULL"
                " AND starts_local LIKE ? AND kind <> 'personal'"
                " AND state NOT IN ('cancelled', 'no_show')",
                (f"{on}%",),
            )
        )
    )


def test_all_crews_have_all_visits_of_the_day_in_order(sample_office: Office) -> None:
    facts = sample_office.read(lambda r: day_sheet_facts(r, TUESDAY))
    starts = [[visit.starts_local for visit in crew.visits] for crew in facts.crews]
    assert sum(map(len, starts)) == planned(sample_office, "2026-07-14") > 5
    assert all(crew == sorted(crew) for crew in starts)


def test_one_crew_has_its_own_visits_and_a_cancelled_one_goes(sample_office: Office) -> None:
    crew = crew_id(sample_office, "windows a")
    ident = sample_office.read(
        lambda r: r.value(
            "SELECT id FROM appointments WHERE crew_id = ? AND state = 'confirmed'"
            " AND starts_local LIKE '2026-07-14%' LIMIT 1",
            (crew,),
        )
    )
    (before,) = sample_office.read(lambda r: day_sheet_facts(r, TUESDAY, SheetFor((crew,)))).crews
    sample_office.runner.run(CancelAppointment(ident))
    (after,) = sample_office.read(lambda r: day_sheet_facts(r, TUESDAY, SheetFor((crew,)))).crews
    assert len(after.visits) == len(before.visits) - 1
    assert before.name == "Windows A"


def test_the_pdf_is_written_whole(sample_office: Office, tmp_path: Path) -> None:
    out = tmp_path / "day.pdf"
    count = save_day_sheet(sample_office, TUESDAY, out)
    pages = page_texts(out.read_bytes())
    sheet = day_sheet(sample_office, TUESDAY)
    assert count == planned(sample_office, "2026-07-14")
    for crew in sheet.crews:
        for visit in crew.visits:
            assert any(visit.name[:40] in page for page in pages)
    assert not any("$" in page for page in pages)
    save_day_sheet(sample_office, TUESDAY, out, SheetChoice(prices=True))
    assert any("$" in page for page in page_texts(out.read_bytes()))


def test_a_day_without_visits_has_no_sheet(sample_office: Office, tmp_path: Path) -> None:
    with pytest.raises(AppError) as refused:
        save_day_sheet(sample_office, date(2019, 1, 1), tmp_path / "day.pdf")
    assert "Jan 1, 2019" in str(refused.value)
    assert not (tmp_path / "day.pdf").exists()


def test_a_worker_has_the_visits_of_the_crew_of_that_day(sample_office: Office) -> None:
    found = sample_office.read(lambda r: worker_by_name(r, "luis ortega"))
    assert found is not None
    (mine,) = sample_office.read(
        lambda r: day_sheet_facts(r, TUESDAY, SheetFor(worker_id=found[0]))
    ).crews
    lawn = crew_id(sample_office, "lawn c")
    (crew,) = sample_office.read(lambda r: day_sheet_facts(r, TUESDAY, SheetFor((lawn,)))).crews
    assert (mine.name, mine.people) == ("Luis Ortega", ("Lawn C",))
    assert set(crew.visits) <= set(mine.visits)
    assert mine.licences == (("Luis Ortega", "SD applicator 48213"),)


def test_what_people_earn_and_office_notes_are_not_read(sample_office: Office) -> None:
    facts = repr(sample_office.read(lambda r: day_sheet_facts(r, TUESDAY)))
    private = sample_office.read(
        lambda r: [
            row[0]
            for row in r.all(
                "SELECT text FROM notes WHERE visibility = 'office' UNION"
                " SELECT note FROM appointments WHERE note <> ''"
                " UNION SELECT note FROM workers WHERE note <> ''"
            )
        ]
    )
    assert private
    assert not [text for text in private if text in facts]


def test_occurrences_of_series_stand_on_the_sheet_with_their_code(sample_office: Office) -> None:
    """The codes of a day are those of its visits, with a row or without."""
    monday = date(2026, 7, 20)
    codes = {
        visit.code
        for n in range(5)
        for crew in sample_office.read(
            lambda r, on=monday + timedelta(days=n): day_sheet_facts(r, on)
        ).crews
        for visit in crew.visits
    }
    assert "" not in codes
    ids = [sample_office.read(lambda r, code=code: visit_of_code(r, code)) for code in codes]
    assert any(ident < 0 for ident in ids)
    assert any(ident > 0 for ident in ids)
