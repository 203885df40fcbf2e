"""Our occurrences against dateutil's and against recurring-ical-events', whatever is edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.appointments import MoveAppointment
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.occurrences import occurrences
from tcf_desktop.services.series import CreateSeries, SkipOccurrence
from tcf_desktop.services.series_edits import MoveSeries
from tcf_desktop.services.undo import UndoLast
from tests.services.series_tools import DAY, at, book, draft, weekly

ZONES = ("America/Chicago", "Europe/Zurich", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # so that every edit lies ahead
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if freq == "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
        parts += [f"BYDAY={','.join(days)}", f"WKST={draw(st.sampled_from(['MO', 'SU']))}"]
    elif freq == "MONTHLY":
        parts += draw(
            st.sampled_from(
                [[], ["BYDAY=1MO"], ["BYDAY=-1FR"], ["BYMONTHDAY=-1"], ["BYMONTHDAY=31"],
                 ["BYDAY=MO,TU,WE,TH,FR", "BYSETPOS=-1"]]
            )
        )  # fmt: skip
    parts += draw(st.sampled_from([[], [], ["COUNT=7"], ["UNTIL=20271231"]]))
    return ";".join(parts)


starts = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@pytest.fixture
def ahead(tmp_path: Path, blank_business: Path) -> Iterator[Office]:
    """A business whose clock lies before everything that is booked."""
    folder = DataFolder(tmp_path / "ahead")
    folder.files.mkdir(parents=True)
    folder.database.write_bytes(blank_business.read_bytes())
    opened = Office.open(folder, FrozenClock(round(LONG_AGO.timestamp() * 1000)))
    yield opened
    opened.close(10)


def _booked(office: Office, start: datetime, rule: str, zone: str) -> tuple[int, datetime]:
    """A new series and its first wall time."""
    text = start.isoformat(timespec="minutes")
    kept = draft(starts_local=text, zone=zone, kind="task", lines=())
    ident = office.runner.run(CreateSeries(kept, weekly(rule)))
    first = office.read(lambda r: r.value("SELECT starts_local FROM series WHERE id = ?", (ident,)))
    return ident, datetime.fromisoformat(first)


def _ours(office: Office, series_id: int, begin: str, end: str) -> list[tuple[str, int]]:
    found = office.read(lambda r: occurrences(r, at(begin), at(end), series_ids=[series_id]))
    return [(one.starts_local, one.starts_at) for one in found]


def _instant(wall: datetime, zone: str) -> int:
    return round(wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).timestamp() * 1000)


@QUICK
@given(start=starts, rule=rules(), zone=st.sampled_from(ZONES), skip=st.integers(0, 5))
def test_occurrences_are_those_of_dateutil(
    ahead: Office, start: datetime, rule: str, zone: str, skip: int
) -> None:
    try:
        ident, first = _booked(ahead, start, rule, zone)
    except AppError:
        return
    whole = rule.replace("UNTIL=20271231", "UNTIL=20271231T235959")  # that day counts
    begin, end = datetime(2024, 2, 1), datetime(2028, 4, 1)
    walls = [
        wall
        for wall in rrulestr(whole, dtstart=first).xafter(begin - timedelta(days=2), inc=True)
        if wall < end + timedelta(days=2)
    ] if "COUNT" in rule or "UNTIL" in rule else list(
        rrulestr(whole, dtstart=first).between(begin - timedelta(days=2), end + timedelta(days=2))
    )  # fmt: skip
    if len(walls) > skip:
        gone = walls.pop(skip)
        ahead.runner.run(SkipOccurrence(occurrence_id(ident, gone.date())))
    low, high = at("2024-02-01"), at("2028-04-01")
    wanted = [
        (wall.isoformat(timespec="minutes"), moment)
        for wall in walls
        if (moment := _instant(wall, zone)) < high and moment + 3_600_000 > low
    ]
    assert _ours(ahead, ident, "2024-02-01", "2028-04-01") == wanted


@settings(QUICK, max_examples=40)
@given(start=starts, rule=rules(), zone=st.sampled_from(ZONES), moved=st.integers(0, 4))
def test_occurrences_and_a_moved_one_are_those_of_a_calendar_program(
    ahead: Office, start: datetime, rule: str, zone: str, moved: int
) -> None:
    try:
        ident, first = _booked(ahead, start, rule, zone)
    except AppError:
        return
    days = [one[0] for one in _ours(ahead, ident, "2025-01-01", "2027-01-01")]
    exception = ""
    if len(days) > moved:
        wall = datetime.fromisoformat(days[moved])
        to = wall + timedelta(hours=5)
        ahead.runner.run(
            MoveAppointment(occurrence_id(ident, wall.date()), to.isoformat(timespec="minutes"))
        )
        exception = _event(to, zone, f"RECURRENCE-ID;TZID={zone}:{wall:%Y%m%dT%H%M%S}")
    series = _event(first, zone, f"RRULE:{_utc(rule, first, zone)}")
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    text = f"{head}{series}{exception}END:VCALENDAR\r\n"
    events = recurring_ical_events.of(Calendar.from_ical(text)).between(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    )
    theirs = sorted(round(one["DTSTART"].dt.timestamp() * 1000) for one in events)
    low, high = at("2025-01-01"), at("2027-01-01")
    rows = ahead.read(
        lambda r: r.all(
            "SELECT starts_at FROM appointments WHERE series_id = ? AND ends_at > ?"
            " AND starts_at < ?",
            (ident, low, high),
        )
    )
    ours = [moment for _wall, moment in _ours(ahead, ident, "2025-01-01", "2027-01-01")]
    # An hour that the change of the clock skips: they keep the wall time, we the moment.
    assert [m // DAY for m in sorted(ours + [row[0] for row in rows])] == [m // DAY for m in theirs]
    assert len(set(ours + [row[0] for row in rows]) ^ set(theirs)) <= 8


def _utc(rule: str, first: datetime, zone: str) -> str:
    """RFC 5545 wants UNTIL in UTC where the start has a zone."""
    if "UNTIL=20271231" not in rule:
        return rule
    last = datetime.combine(date(2027, 12, 31), first.time(), ZoneInfo(zone)).astimezone(UTC)
    return rule.replace("UNTIL=20271231", f"UNTIL={last:%Y%m%dT%H%M%SZ}")


def _event(start: datetime, zone: str, line: str) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:one\r\nDTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}\r\n"
        f"DURATION:PT1H\r\n{line}\r\nEND:VEVENT\r\n"
    )


@QUICK
@given(
    start=starts,
    rule=rules(),
    at_n=st.integers(0, 8),
    days=st.integers(-3, 3),
    hour=st.integers(0, 23),
    exceptions=st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=4),
    scope=st.sampled_from(["following", "all"]),
)
@example(
    start=datetime(2023, 1, 1),
    rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=MO",
    at_n=1,
    days=-1,
    hour=0,
    exceptions=[],
    scope="all",
)  # a move across the beginning of a week
@example(
    start=datetime(2023, 1, 1),
    rule="FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=31",
    at_n=6,
    days=-1,
    hour=0,
    exceptions=[(10, False)],
    scope="all",
)  # more dates than before
def test_an_edit_leaves_the_past_and_undo_restores_every_byte(
    ahead: Office,
    start: datetime,
    rule: str,
    at_n: int,
    days: int,
    hour: int,
    exceptions: list[tuple[int, bool]],
    scope: str,
) -> None:
    zone = "America/Chicago"
    try:
        ident, _first = _booked(ahead, start, rule, zone)
    except AppError:
        return
    walls = [one[0] for one in _ours(ahead, ident, "2023-01-01", "2030-01-01")]
    if len(walls) <= at_n:
        return
    for n, skip in exceptions:
        if n < len(walls) and n != at_n:
            number = occurrence_id(ident, date.fromisoformat(walls[n][:10]))
            to = f"{walls[n][:10]}T23:15"
            try:
                ahead.runner.run(SkipOccurrence(number) if skip else MoveAppointment(number, to))
            except AppError:
                continue
    before, seen = book(ahead), _everything(ahead, ident)
    chosen = datetime.fromisoformat(walls[at_n])
    to = (chosen + timedelta(days=days)).replace(hour=hour)
    number = occurrence_id(ident, chosen.date())
    try:
        ahead.runner.run(MoveSeries(number, to.isoformat(timespec="minutes"), scope))  # type: ignore[arg-type]
    except AppError:  # a rule that cannot be moved there
        assert book(ahead) == before
        return
    if scope == "following" and days >= 0:
        past = [one for one in seen if one[1] < walls[at_n][:10]]
        everything = _all_of(ahead, ident)
        assert [one for one in everything if one[1] < walls[at_n][:10]] == past
    assert to.isoformat(timespec="minutes") in [one[0] for one in _all_of(ahead, ident)]
    ahead.runner.run(UndoLast())
    assert book(ahead) == before
    assert _everything(ahead, ident) == seen


def _everything(office: Office, series_id: int) -> list[tuple[str, str]]:
    """(start, date that names it) of rows and occurrences of a series."""
    rows = office.read(
        lambda r: r.all(
            "SELECT starts_local, occurrence_on FROM appointments WHERE series_id = ?"
            " AND deleted_at IS NULL",
            (series_id,),
        )
    )
    low, high = at("2022-01-01"), at("2030-01-01")
    found = office.read(lambda r: occurrences(r, low, high, series_ids=[series_id]))
    return sorted([*rows, *((one.starts_local, one.on.isoformat()) for one in found)])


def _all_of(office: Office, series_id: int) -> list[tuple[str, str]]:
    """The same of a series and of what was split from it."""
    parts = office.read(
        lambda r: r.all(
            "SELECT id FROM series WHERE id = ? OR split_from_id = ?", (series_id, series_id)
        )
    )
    return sorted(one for (part,) in parts for one in _everything(office, part))
