from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.integrations.files import icalendar
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.calendar_files import IMPORTER, export_calendar
from tcf_desktop.services.importers import parse_files
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.undo import UndoLast

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "calendars"
ZONE = "America/Chicago"


def plan(office: Office, *paths: Path) -> ImportPlan:
    parsed = [icalendar.parse(str(path), "2013-01-01", "2026-12-31") for path in paths]
    return office.read(lambda r: IMPORTER.plan(r, parsed, None))


def bring_in(office: Office, *paths: Path) -> tuple[PlanRow, ...]:
    return office.runner.run(IMPORTER.command(plan(office, *paths), Progress()))


def count(office: Office) -> int:
    return int(office.read(lambda r: r.value("SELECT count(*) FROM appointments")))


def book(office: Office, starts_local: str, **more: object) -> int:
    facts: dict[str, object] = {"minutes": 120, "zone": ZONE, "title": "Inside + out"}
    return office.runner.run(
        commands.CreateAppointment(
            AppointmentDraft(starts_local=starts_local, **{**facts, **more})  # type: ignore[arg-type]
        )
    )


def test_samples_come_in_once_and_only_once(office: Office) -> None:
    paths = sorted(SAMPLES.glob("*.ics"))
    first = bring_in(office, *paths)
    added = [row for row in first if row.action is Action.ADD]
    series = office.read(lambda r: r.value("SELECT count(*) FROM series"))
    assert (count(office), series) == (19, 6)
    assert len(added) == 25
    assert sum(row.id is None for row in added) == series
    again = plan(office, *paths)
    assert again.to_write() == 0
    assert count(office) == 19
    assert {row.row for row in again.rows} == set(range(1, len(again.rows) + 1))


def test_import_is_one_entry_of_undo(office: Office) -> None:
    bring_in(office, SAMPLES / "icalendar-two-vcalendars.ics")
    assert office.runner.run(UndoLast()).text() == (
        "import of 3 appointments from icalendar-two-vcalendars.ics"
    )
    assert count(office) == 0


def test_times_come_home(office: Office) -> None:
    bring_in(office, SAMPLES / "khal-floating.ics", SAMPLES / "khal-windows-tz.ics")
    bring_in(office, SAMPLES / "icalendar-google-export-alarm.ics")
    rows = office.read(
        lambda r: r.all("SELECT starts_local, zone, minutes FROM appointments ORDER BY starts_at")
    )
    assert rows == [
        ("2014-04-09T09:30", ZONE, 60),
        ("2019-11-20T13:00", "Pacific/Auckland", 90),
        ("2024-10-04T13:15", ZONE, 45),
    ]


def test_worker_process_reads_and_writes_the_files(office: Office, tmp_path: Path) -> None:
    monday = date(2026, 11, 2)
    book(office, "2026-10-31T14:00")
    book(office, "2026-11-02T14:00", note="Office only: slow payer")
    path = tmp_path / "week.ics"
    assert export_calendar(office, str(path), monday, monday + timedelta(days=6)) == 1
    content = path.read_text("utf-8")
    assert "slow payer" not in content
    assert "DTSTART;TZID=America/Chicago:20261102T140000" in content
    (parsed,) = parse_files(office.ports.files, "calendar", [str(path)])
    assert [event.summary for event in parsed.events] == ["Inside + out"]


def test_own_export_comes_back_unchanged_or_moves_what_moved(
    office: Office, tmp_path: Path
) -> None:
    ident = book(office, "2026-11-02T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 11, 2), date(2026, 11, 8))
    (row,) = plan(office, path).rows
    assert (row.action, row.id, row.reason) == (Action.SKIP, ident, "It is here already.")
    moved = path.read_text("utf-8").replace("20261102T1", "20261103T1")
    path.write_text(moved.replace("SEQUENCE:0", "SEQUENCE:1"), "utf-8")
    (done,) = bring_in(office, path)
    assert done.action is Action.UPDATE
    read = "SELECT starts_local, sequence FROM appointments"
    assert office.read(lambda r: r.one(read)) == ("2026-11-03T14:00", 1)


def test_what_changed_on_both_sides_is_left_to_the_user(office: Office, tmp_path: Path) -> None:
    ident = book(office, "2026-11-02T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 11, 2), date(2026, 11, 8))
    text = path.read_text("utf-8")
    office.clock.advance(60)  # type: ignore[attr-defined]
    office.runner.run(commands.MoveAppointment(ident, "2026-11-04T09:00"))
    assert plan(office, path).rows[0].reason == "What is here is newer."
    path.write_text(text.replace("SEQUENCE:0", "SEQUENCE:1"), "utf-8")
    (row,) = bring_in(office, path)
    assert row.action is Action.IN_DOUBT
    assert office.read(lambda r: r.value("SELECT starts_local FROM appointments")) == (
        "2026-11-04T09:00"
    )
    office.runner.run(commands.DeleteAppointment(ident))
    assert plan(office, path).rows[0].reason == "You deleted this appointment here."


def test_cancelled_event_cancels_and_is_never_added(office: Office, tmp_path: Path) -> None:
    book(office, "2026-11-02T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 11, 2), date(2026, 11, 8))
    text = path.read_text("utf-8").replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    path.write_text(text.replace("SEQUENCE:0", "SEQUENCE:1"), "utf-8")
    bring_in(office, path)
    assert office.read(lambda r: r.value("SELECT state FROM appointments")) == "cancelled"
    other = tmp_path / "other.ics"
    other.write_text(text.replace("@tcf-desktop", "@elsewhere"), "utf-8")
    (row,) = plan(office, other).rows
    assert (row.action, row.reason) == (Action.SKIP, "It was cancelled.")


def test_same_name_at_the_same_time_is_in_doubt(office: Office, tmp_path: Path) -> None:
    book(office, "2026-11-02T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 11, 2), date(2026, 11, 8))
    path.write_text(path.read_text("utf-8").replace("@tcf-desktop", "@elsewhere"), "utf-8")
    (row,) = bring_in(office, path)
    assert row.action is Action.IN_DOUBT
    assert count(office) == 1


def test_nothing_is_half_imported_when_a_row_moved_on(office: Office, tmp_path: Path) -> None:
    ident = book(office, "2026-11-02T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 11, 2), date(2026, 11, 8))
    text = path.read_text("utf-8").replace("SEQUENCE:0", "SEQUENCE:5")
    path.write_text(text.replace("20261102T1", "20261103T1"), "utf-8")
    planned = plan(office, path, SAMPLES / "khal-floating.ics")
    office.runner.run(commands.ResizeAppointment(ident, 45))
    with pytest.raises(AppError) as refused:
        office.runner.run(IMPORTER.command(planned, Progress()))
    assert refused.value.code == "import.moved_on"
    assert count(office) == 1


def test_week_is_exported_by_the_days_of_the_office(office: Office, tmp_path: Path) -> None:
    book(office, "2026-07-13T00:00")
    book(office, "2026-07-19T23:30", minutes=60)
    book(office, "2026-07-12T22:00", minutes=180)
    book(office, "2026-07-20T00:00")
    book(office, "2026-07-10T00:00", minutes=5 * 1440, all_day=True, kind="personal")
    path = str(tmp_path / "week.ics")
    assert export_calendar(office, path, date(2026, 7, 13), date(2026, 7, 19)) == 4
    with pytest.raises(AppError) as refused:
        export_calendar(office, path, date(2026, 7, 19), date(2026, 7, 13))
    assert refused.value.code == "calendar.range"


def test_import_into_another_business_shows_the_same_week(office: Office, tmp_path: Path) -> None:
    book(office, "2026-07-15T14:00")
    path = tmp_path / "week.ics"
    export_calendar(office, str(path), date(2026, 7, 13), date(2026, 7, 19))
    from tcf_desktop.base.paths import DataFolder

    other = Office.create(
        DataFolder(tmp_path / "other"), office.clock, NewBusiness("B", zone="Europe/Warsaw")
    )
    try:
        bring_in(other, path)
        now = office.clock.now_ms()
        (block,) = other.read(
            lambda r: schedule.blocks(r, date(2026, 7, 13), date(2026, 7, 19), "Europe/Warsaw", now)
        )
        assert block.starts_local == "2026-07-15T21:00"
    finally:
        other.close(10)
