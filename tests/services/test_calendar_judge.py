"""Our export, expanded by Radicale, takes place exactly when we say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.calendar_files import export_calendar
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.series import CreateSeries, SkipOccurrence
from tcf_desktop.services.series_values import SeriesDraft
from tests.integrations.files.radicale_server import RadicaleServer

# Weeks around every change of the clock in the two zones below, and two plain ones.
WINDOWS = (
    (date(2026, 7, 13), date(2026, 8, 9)),
    (date(2026, 10, 19), date(2026, 11, 8)),
    (date(2027, 3, 8), date(2027, 4, 4)),
    (date(2027, 10, 25), date(2027, 11, 14)),
    (date(2028, 2, 21), date(2028, 3, 19)),
    (date(2006, 3, 27), date(2006, 4, 16)),
    (date(2041, 3, 4), date(2041, 4, 7)),
)
SERIES = (
    ("2026-07-13T10:00", 90, "America/Chicago", "FREQ=WEEKLY", "keep"),
    ("2026-07-14T23:30", 120, "America/Chicago", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA", "keep"),
    ("2026-07-15T01:30", 30, "America/Chicago", "FREQ=DAILY;UNTIL=20271130", "keep"),
    ("2026-07-13T10:00", 60, "Europe/Warsaw", "FREQ=WEEKLY;COUNT=100", "keep"),
    ("2026-07-13T08:00", 60, "Asia/Kolkata", "FREQ=DAILY;INTERVAL=3", "keep"),
    ("2026-07-31T09:00", 60, "America/Chicago", "FREQ=MONTHLY;BYMONTHDAY=-1", "keep"),
    ("2026-07-13T09:00", 60, "America/Chicago", "FREQ=MONTHLY;BYDAY=2MO,-1FR", "keep"),
    ("2026-07-13T14:00", 60, "UTC", "FREQ=WEEKLY;BYDAY=MO,TH", "keep"),
    ("2028-02-29T12:00", 60, "America/Chicago", "FREQ=YEARLY", "keep"),
    ("2026-07-13T11:00", 60, "America/Chicago", "FREQ=DAILY", "skip"),
    ("2026-07-13T12:00", 60, "America/Chicago", "FREQ=DAILY;UNTIL=20271231", "after"),
    ("2005-07-11T10:00", 60, "America/Chicago", "FREQ=DAILY", "keep"),  # before its rules of today
    ("2026-07-14T00:00", 1440, "America/Chicago", "FREQ=MONTHLY", "keep"),
)


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    server = RadicaleServer(tmp_path_factory.mktemp("radicale"))
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def filled(office: Office) -> None:
    """Every kind of series, some of their dates moved, skipped, cancelled, longer."""
    for number, (start, minutes, zone, rule, holidays) in enumerate(SERIES):
        draft = AppointmentDraft(
            start, minutes, zone, title=f"Series {number}", all_day=minutes == 1440
        )
        ident = office.runner.run(CreateSeries(draft, SeriesDraft(rule, holidays)))
        if number in (0, 3):
            first = date.fromisoformat(start[:10])
            day = [occurrence_id(ident, first + timedelta(weeks=week)) for week in range(1, 45)]
            office.runner.run(commands.MoveAppointment(day[0], "2026-07-22T13:00"))
            office.runner.run(SkipOccurrence(day[1]))
            office.runner.run(commands.ResizeAppointment(day[14], 30))
            office.runner.run(commands.CancelAppointment(day[15], ""))
            office.runner.run(commands.MoveAppointment(day[35], "2027-03-28T03:30"))
    office.runner.run(
        commands.CreateAppointment(
            AppointmentDraft("2026-11-01T00:30", 120, "America/Chicago", title="Twice one o'clock")
        )
    )


def test_radicale_expands_our_export_to_our_own_dates(
    office: Office, radicale: RadicaleServer, tmp_path: Path
) -> None:
    filled(office)
    path = tmp_path / "all.ics"
    export_calendar(office, str(path), None, None)
    calendar = radicale.collection(path.read_bytes())
    now = office.clock.now_ms()
    compared = 0
    for first, last in WINDOWS:
        blocks = office.read(lambda r, a=first, b=last: schedule.blocks(r, a, b, "UTC", now))
        begin, after = (f"{day:%Y%m%d}T000000Z" for day in (first, last + timedelta(days=1)))
        ours = sorted(
            (_utc(b.starts_at), _utc(b.ends_at), b.name)
            for b in blocks
            if b.state not in ("cancelled", "no_show") and not b.all_day
        )
        theirs = sorted(
            (event.start.astimezone(UTC), event.end.astimezone(UTC), str(event["SUMMARY"]))
            for event in radicale.expanded(calendar, begin, after)
            if event.get("STATUS") != "CANCELLED" and isinstance(event.start, datetime)
        )
        assert theirs == ours
        whole = sorted(date.fromisoformat(b.starts_local[:10]) for b in blocks if b.all_day)
        days = sorted(
            event.start
            for event in radicale.expanded(calendar, begin, after)
            if not isinstance(event.start, datetime)
        )
        assert days == whole
        compared += len(ours)
    assert compared > 300


def _utc(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms // 1000, UTC)
