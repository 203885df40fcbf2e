"""Every list that shows visits shows what comes again alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.appointments import CancelAppointment
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import contact_detail, team, timeline, today, today_kinds
from tcf_desktop.services.queries.contact_rows import contact_rows
from tcf_desktop.services.queries.due import due_ids, due_rows
from tcf_desktop.services.series import CreateSeries, EndSeries
from tests.services.due_tools import wanted
from tests.services.series_tools import DAY, ZONE, add_moen, draft, weekly


@pytest.fixture
def moen(office: Office) -> int:
    return add_moen(office)


@pytest.fixture
def mowing(office: Office, moen: int) -> int:
    """Every day at 11 from today, July 14, 10:42."""
    first = draft(contact_id=moen, starts_local="2026-07-14T11:00")
    return office.runner.run(CreateSeries(first, weekly("FREQ=DAILY")))


def test_today_and_the_team_show_the_visit_of_a_series(office: Office, mowing: int) -> None:
    now = office.clock.now_ms()
    day = today.local_day(now, ZONE)
    ident = occurrence_id(mowing, date(2026, 7, 14))
    plan = office.read(lambda r: today.day_plan(r, day))
    assert [visit.id for lane in plan.lanes for visit in lane.visits] == [ident]
    assert (plan.visits, plan.next_starts_local) == (1, "2026-07-14T11:00")
    later = replace(day, now_at=now + DAY // 2)
    plan = office.read(lambda r: today.day_plan(r, later))
    assert (plan.next_starts_local, plan.next_count) == ("2026-07-15T11:00", 1)
    late = office.read(lambda r: today_kinds.late_arrivals(r, later))
    assert [one.appointment_id for one in late] == [ident]
    visits = office.read(lambda r: team.visits(r, day.starts_at, day.ends_at))
    assert [visit.id for visit in visits] == [ident]


def test_a_contact_has_the_next_visit_of_the_series(office: Office, moen: int, mowing: int) -> None:
    now = office.clock.now_ms()
    found = office.read(lambda r: contact_detail.contact_detail(r, moen, now, "2026-07-14"))
    assert found is not None
    assert found.next_visit is not None
    assert found.next_visit.starts_local == "2026-07-14T11:00"
    office.runner.run(CancelAppointment(found.next_visit.id))
    rows = office.read(lambda r: contact_rows(r, [moen], now, "2026-07-14"))
    assert rows[moen].next_on == "2026-07-15"
    page = office.read(lambda r: timeline.timeline(r, moen, now))
    assert (page.ahead, page.next_on) == (89, "2026-07-15")
    page = office.read(lambda r: timeline.timeline(r, moen, now, group="visits", with_ahead=True))
    ids = [entry.opens for entry in page.entries]
    assert ids[:2] == sorted(ids[:2])
    older = office.read(
        lambda r: timeline.timeline(
            r, moen, now, group="visits", with_ahead=True, before=page.older
        )
    )
    assert not {entry.opens for entry in older.entries} & set(ids)


def test_nobody_is_due_while_a_series_goes_on(office: Office, moen: int) -> None:
    wish = wanted(office, moen, "every week", starts_on="2026-06-01")
    assert list(office.read(lambda r: due_ids(r, "now", "2026-07-14"))) == [wish]
    series = office.runner.run(CreateSeries(draft(contact_id=moen), weekly()))
    assert list(office.read(lambda r: due_ids(r, "now", "2026-07-14"))) == []
    row = office.read(lambda r: due_rows(r, [wish], "2026-07-14"))[wish]
    assert row.booked_on == "2026-07-15"
    office.runner.run(EndSeries(occurrence_id(series, date(2026, 7, 15))))
    assert list(office.read(lambda r: due_ids(r, "now", "2026-07-14"))) == [wish]
