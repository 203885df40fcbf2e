from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.integrations.files import icalendar
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.calendar_files import IMPORTER, export_calendar
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.series import CreateSeries, SkipOccurrence
from tcf_desktop.services.series_values import SeriesDraft
from tcf_desktop.services.team_records import SaveCrew
from tcf_desktop.services.undo import UndoLast

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "calendars"
ZONE = "America/Chicago"
WEEKLY = (
    "UID:weekly@other\nSEQUENCE:{sequence}\nSUMMARY:{summary}\n"
    "DTSTART;TZID=America/Chicago:{start}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=6"
)
TABLES = ("appointments", "series", "series_skips", "series_lines", "appointment_lines")


def written(tmp_path: Path, *events: str, name: str = "file.ics") -> Path:
    blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    path = tmp_path / name
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{blocks}END:VCALENDAR\r\n".encode())
    return path


def weekly(sequence: int = 0, summary: str = "Weekly", start: str = "20260706T090000") -> str:
    return WEEKLY.format(sequence=sequence, summary=summary, start=start)


def plan(office: Office, *paths: Path) -> ImportPlan:
    parsed = [icalendar.parse(str(path)) for path in paths]
    return office.read(lambda r: IMPORTER.plan(r, parsed, None))


def bring_in(office: Office, *paths: Path) -> tuple[PlanRow, ...]:
    return office.runner.run(IMPORTER.command(plan(office, *paths), Progress()))


def shown(office: Office, first: date, last: date, zone: str = ZONE) -> list[tuple[str, int, str]]:
    """(start, minutes, title) of what takes place on these days."""
    now = office.clock.now_ms()
    blocks = office.read(lambda r: schedule.blocks(r, first, last, zone, now))
    return sorted(
        (b.starts_local, b.minutes, b.name)
        for b in blocks
        if b.state not in ("cancelled", "no_show")
    )


def starts(office: Office, first: date = date(2026, 7, 1), days: int = 60) -> list[str]:
    return [start for start, _, _ in shown(office, first, first + timedelta(days=days))]


def stored(office: Office) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: office.read(lambda r, table=table: r.all(f"SELECT * FROM {table} ORDER BY id"))
        for table in TABLES
    }


@pytest.fixture
def other(tmp_path: Path, office: Office) -> Iterator[Office]:
    folder = DataFolder(tmp_path / "other")
    Office.create(folder, office.clock, NewBusiness("Other", zone=ZONE)).close()
    opened = Office.open(folder, office.clock, office.ports)
    yield opened
    opened.close(10)


def test_series_of_a_sample_is_there_in_its_own_years(office: Office) -> None:
    bring_in(office, SAMPLES / "khal-exception-before-master.ics")
    work = [one for one in shown(office, date(2014, 6, 1), date(2014, 8, 31)) if "Arbeit" in one]
    # Midnight to five in Chicago is seven to noon in Berlin.
    assert work == [
        ("2014-06-30T00:00", 300, "Arbeit"),
        ("2014-07-07T02:00", 300, "Arbeit"),
        *((f"2014-{day}T00:00", 300, "Arbeit") for day in ("07-14", "07-21", "07-28", "08-04")),
    ]


def test_preview_says_how_a_series_comes_again(office: Office, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        weekly() + "\nEXDATE;TZID=America/Chicago:20260713T090000,20260720T090000",
        "UID:weekly@other\nRECURRENCE-ID;TZID=America/Chicago:20260727T090000\n"
        "DTSTART;TZID=America/Chicago:20260728T110000\nSUMMARY:Later",
    )
    series, changed = plan(office, path).rows
    assert (series.action, series.line, series.name) == (Action.ADD, 3, "Weekly")
    assert series.detail == "every week 6 times, from 2026-07-06 09:00"
    assert series.reason == "2 dates are left out."
    assert (changed.line, changed.detail) == (12, "2026-07-28 11:00, in place of 2026-07-27")
    bring_in(office, path)
    assert starts(office) == [
        "2026-07-06T09:00", "2026-07-28T11:00", "2026-08-03T09:00", "2026-08-10T09:00",
    ]  # fmt: skip


def test_import_is_one_entry_of_undo_that_leaves_nothing(office: Office, tmp_path: Path) -> None:
    before = stored(office)
    path = written(tmp_path, weekly() + "\nEXDATE;TZID=America/Chicago:20260713T090000")
    bring_in(office, path, SAMPLES / "ical-recurring-single-change.ics")
    after = stored(office)
    assert office.runner.run(UndoLast()).text() == (
        "import of 3 appointments and series from file.ics, ical-recurring-single-change.ics"
    )
    assert stored(office) == before
    bring_in(office, path, SAMPLES / "ical-recurring-single-change.ics")
    assert [len(rows) for rows in stored(office).values()] == [len(rows) for rows in after.values()]


def test_changed_series_and_dates_in_the_file_are_taken_over(
    office: Office, tmp_path: Path
) -> None:
    instead = (
        "UID:weekly@other\nSEQUENCE:{n}\nRECURRENCE-ID;TZID=America/Chicago:20260713T{hour}0000\n"
        "DTSTART;TZID=America/Chicago:20260714T{new}0000\nSUMMARY:Weekly"
    )
    bring_in(office, written(tmp_path, weekly(), instead.format(n=0, hour="09", new=10)))
    path = written(
        tmp_path,
        weekly(1, "Renamed", "20260706T080000") + "\nEXDATE;TZID=America/Chicago:20260720T080000",
        instead.format(n=1, hour="08", new=12),
    )
    series, changed = plan(office, path).rows
    assert (series.action, series.reason) == (
        Action.UPDATE, "It was changed. One more date is left out.",
    )  # fmt: skip
    assert (changed.action, changed.reason) == (Action.UPDATE, "It was changed.")
    bring_in(office, path)
    assert shown(office, date(2026, 7, 1), date(2026, 7, 30)) == [
        ("2026-07-06T08:00", 60, "Renamed"),
        ("2026-07-14T12:00", 60, "Weekly"),
        ("2026-07-27T08:00", 60, "Renamed"),
    ]
    assert plan(office, path).to_write() == 0
    older = plan(office, written(tmp_path, weekly(), name="old.ics"))
    assert [row.reason for row in older.rows] == ["What is here is newer."]


def test_series_that_moved_by_days_leaves_no_old_dates_behind(
    office: Office, tmp_path: Path
) -> None:
    instead = (
        "UID:weekly@other\nSEQUENCE:{n}\nRECURRENCE-ID;TZID=America/Chicago:202607{day}T090000\n"
        "DTSTART;TZID=America/Chicago:202607{day}T150000\nDURATION:PT1H\nSUMMARY:Weekly"
    )
    bring_in(office, written(tmp_path, weekly(), instead.format(n=0, day=13)))
    moved = written(tmp_path, weekly(1, start="20260708T090000"), instead.format(n=1, day=15))
    bring_in(office, moved)
    assert starts(office, days=20) == ["2026-07-08T09:00", "2026-07-15T15:00"]


def test_what_was_changed_here_is_ours_or_in_doubt(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, weekly())
    bring_in(office, path)
    series_id = office.read(lambda r: r.value("SELECT id FROM series"))
    office.clock.advance(60)  # type: ignore[attr-defined]
    monday = occurrence_id(series_id, date(2026, 7, 13))
    office.runner.run(commands.MoveAppointment(monday, "2026-07-13T16:00"))
    office.runner.run(SkipOccurrence(occurrence_id(series_id, date(2026, 7, 20))))
    assert plan(office, path).to_write() == 0
    gone = written(tmp_path, weekly(1) + "\nEXDATE;TZID=America/Chicago:20260713T090000")
    doubtful = [row for row in plan(office, gone).rows if row.action is Action.IN_DOUBT]
    assert [row.detail for row in doubtful] == ["2026-07-13"]
    back = written(
        tmp_path,
        weekly(),
        "UID:weekly@other\nRECURRENCE-ID;TZID=America/Chicago:20260720T090000\n"
        "DTSTART;TZID=America/Chicago:20260721T090000",
    )
    assert plan(office, back).to_write() == 0


def test_change_of_a_date_finds_its_series_here(office: Office, tmp_path: Path) -> None:
    bring_in(office, written(tmp_path, weekly()))
    alone = written(
        tmp_path,
        "UID:weekly@other\nRECURRENCE-ID:20260713T140000Z\nSEQUENCE:1\n"
        "DTSTART;TZID=America/Chicago:20260713T170000\nDURATION:PT1H\nSUMMARY:Weekly",
    )
    (row,) = bring_in(office, alone)
    assert row.action is Action.UPDATE
    assert starts(office, days=20) == ["2026-07-06T09:00", "2026-07-13T17:00", "2026-07-20T09:00"]
    cancelled = written(
        tmp_path,
        "UID:weekly@other\nRECURRENCE-ID:20260720T140000Z\nSTATUS:CANCELLED\n"
        "DTSTART:20260720T140000Z\nSUMMARY:Weekly",
    )
    bring_in(office, cancelled)
    assert starts(office, days=20) == ["2026-07-06T09:00", "2026-07-13T17:00"]
    assert plan(office, alone, cancelled).to_write() == 0


def test_single_dates_of_an_earlier_import_join_their_series(
    office: Office, tmp_path: Path
) -> None:
    single = "UID:weekly@other#20260713T1400Z\nSUMMARY:Weekly\nDTSTART:20260713T200000Z"
    bring_in(office, written(tmp_path, single, name="single.ics"))
    bring_in(office, written(tmp_path, weekly()))
    assert starts(office, days=20) == ["2026-07-06T09:00", "2026-07-13T15:00", "2026-07-20T09:00"]


def test_ten_thousand_dates_left_out(office: Office, tmp_path: Path) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(20_000)]
    out = ",".join(f"{day:%Y%m%d}T090000" for day in days[::2])
    event = "UID:1\nSUMMARY:Odd days\nDTSTART;TZID=America/Chicago:20260101T090000\n"
    path = written(tmp_path, f"{event}RRULE:FREQ=DAILY\nEXDATE;TZID=America/Chicago:{out}")
    bring_in(office, path)
    assert office.read(lambda r: r.value("SELECT count(*) FROM series_skips")) == 10_000
    assert starts(office, date(2026, 1, 1), 5) == [
        "2026-01-02T09:00", "2026-01-04T09:00", "2026-01-06T09:00",
    ]  # fmt: skip
    assert plan(office, path).to_write() == 0
    office.runner.run(UndoLast())
    assert office.read(lambda r: r.value("SELECT count(*) FROM series_skips")) == 0


def own_week(office: Office, **more: object) -> int:
    facts: dict[str, object] = {
        "minutes": 90, "zone": ZONE, "title": "Windows", "note": "Office only: slow payer",
        "lines": (LineDraft("Inside", 5000 * E4), LineDraft("Outside", 7000 * E4)),
    }  # fmt: skip
    draft = AppointmentDraft("2026-07-06T10:00", **{**facts, **more})  # type: ignore[arg-type]
    return office.runner.run(CreateSeries(draft, SeriesDraft("FREQ=DAILY;INTERVAL=2", "skip")))


def changed_week(office: Office) -> int:
    series_id = own_week(office)
    for on, start in (("2026-07-16", "2026-07-17T08:00"), ("2026-07-20", "2026-07-20T15:30")):
        ident = occurrence_id(series_id, date.fromisoformat(on))
        office.runner.run(commands.MoveAppointment(ident, start))
    office.runner.run(SkipOccurrence(occurrence_id(series_id, date(2026, 7, 18))))
    cancelled = occurrence_id(series_id, date(2026, 7, 22))
    office.runner.run(commands.CancelAppointment(cancelled))
    return series_id


def test_own_export_changes_nothing_here_and_says_the_same_elsewhere(
    office: Office, other: Office, tmp_path: Path
) -> None:
    changed_week(office)
    path = tmp_path / "all.ics"
    assert export_calendar(office, str(path), None, None) == 1
    text = path.read_text("utf-8")
    assert "slow payer" not in text.replace("\r\n ", "")
    assert text.count("RECURRENCE-ID") == 3
    assert plan(office, path).to_write() == 0
    bring_in(other, path)
    span = (date(2026, 7, 1), date(2027, 12, 31))
    assert [one[:2] for one in shown(other, *span)] == [one[:2] for one in shown(office, *span)]
    assert plan(other, path).to_write() == 0
    again = tmp_path / "again.ics"
    export_calendar(other, str(again), None, None)
    assert plan(other, again).to_write() == 0


def test_series_is_exported_whole_when_it_touches_the_range(office: Office, tmp_path: Path) -> None:
    changed_week(office)
    path = tmp_path / "week.ics"
    assert export_calendar(office, str(path), date(2026, 7, 1), date(2026, 7, 5)) == 0
    assert export_calendar(office, str(path), date(2026, 8, 3), date(2026, 8, 9)) == 1
    assert "DTSTART;TZID=America/Chicago:20260706T100000" in path.read_text("utf-8")
    assert path.read_text("utf-8").count("RECURRENCE-ID") == 3


def test_crew_gets_what_it_does_itself(office: Office, tmp_path: Path) -> None:
    north, south = (office.runner.run(SaveCrew(None, name)) for name in ("North", "South"))
    series_id = own_week(office, crew_id=north)
    own_week(office, crew_id=south, title="Gutters")
    lent = occurrence_id(series_id, date(2026, 7, 16))
    office.runner.run(commands.AssignAppointment(lent, south, None))
    path = tmp_path / "crew.ics"
    day = date(2026, 7, 16)
    assert export_calendar(office, str(path), day, day, north) == 0
    assert export_calendar(office, str(path), day, day + timedelta(days=2), north) == 1
    text = path.read_text("utf-8")
    assert "EXDATE;TZID=America/Chicago:20260716T100000" in text
    assert plan(office, path).to_write() == 0
    assert export_calendar(office, str(path), day, day, south) == 2
    assert plan(office, path).to_write() == 0


def test_moved_date_of_a_customer_s_series_comes_back_as_his_visit(
    office: Office, tmp_path: Path
) -> None:
    contact = office.runner.run(SaveContact(ContactDraft(first_name="Ann", last_name="Lee")))
    own_week(office, contact_id=contact, title="")
    path = tmp_path / "all.ics"
    export_calendar(office, str(path), None, None)
    text = path.read_text("utf-8")
    uid = next(line for line in text.splitlines() if line.startswith("UID:"))
    moved = (
        f"BEGIN:VEVENT\r\n{uid}\r\nRECURRENCE-ID;TZID=America/Chicago:20260716T100000\r\n"
        "SEQUENCE:1\r\nDTSTART;TZID=America/Chicago:20260717T130000\r\nDURATION:PT1H30M\r\n"
        "SUMMARY:Moved\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    path.write_text(text.replace("END:VCALENDAR", moved), "utf-8")
    changed = [row for row in bring_in(office, path) if row.action is Action.UPDATE]
    assert len(changed) == 1
    row = office.read(
        lambda r: r.one(
            "SELECT starts_local, contact_id, note, (SELECT count(*) FROM appointment_lines l"
            " WHERE l.appointment_id = a.id) FROM appointments a WHERE occurrence_on = '2026-07-16'"
        )
    )
    assert row == ("2026-07-17T13:00", contact, "Office only: slow payer", 2)
    assert plan(office, path).to_write() == 0
