from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import instants, local_instant
from tcf_desktop.domain.calendar_events import EventOut, ReadWindow
from tcf_desktop.integrations.files.ical_zones import clock_changes
from tcf_desktop.integrations.files.icalendar import calendar_bytes, read_calendar, write_calendar

STAMP = 1_784_043_720_000
ZONES = (
    "America/Chicago",
    "Europe/Warsaw",
    "Australia/Lord_Howe",
    "America/Phoenix",
    "Africa/Casablanca",
    "Europe/Dublin",
)


def event(
    number: int, starts_local: str, zone: str, minutes: int = 120, **more: object
) -> EventOut:
    facts: dict[str, object] = {
        "uid": f"visit-{number}@tcf-desktop",
        "sequence": 3,
        "starts_local": starts_local,
        "minutes": minutes,
        "zone": zone,
        "all_day": False,
        "summary": f"Visit {number}",
        "location": "414 S Prairie Ave\nSioux Falls, SD 57104",
        "description": "Inside + out; sills",
        "status": "confirmed",
        "kind": "job",
        "changed_at": STAMP - 86_400_000,
    }
    return EventOut(**{**facts, **more})  # type: ignore[arg-type]


def around_both_changes(zone: str) -> list[EventOut]:
    """Visits every three hours on the days around both changes of 2026 and 2027."""
    changes = [c.wall.date() for c in clock_changes(ZoneInfo(zone), 2026, 2027)]
    days = changes or [date(2026, 3, 8), date(2026, 11, 1)]
    found = []
    for day in days:
        for step in range(-3, 4):
            for hour in (0, 1, 2, 3, 9, 23):
                wall = f"{day + timedelta(days=step)}T{hour:02d}:30"
                found.append(event(len(found), wall, zone))
    return found


def utc(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms / 1000, UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_two_other_readers_see_the_right_hours_over_both_changes(zone: str) -> None:
    events = around_both_changes(zone)
    content = calendar_bytes(events, name="Clearview", zone=zone, stamped_at=STAMP)
    first = {
        str(part["UID"]): (part.start, part.end) for part in Calendar.from_ical(content).events
    }
    # vobject takes a zone that it has once met from a list of its own; a name of ours makes it
    # read the definition in the file.
    renamed = content.decode().replace(zone, f"Test/{zone.replace('/', '-')}")
    second = {
        str(part.uid.value): (part.dtstart.value, part)
        for part in vobject.readOne(renamed).vevent_list
    }
    for one in events:
        expected = instants(one.starts_local, one.minutes, zone)
        start, end = first[one.uid]
        assert start.astimezone(UTC) == utc(expected.starts_at)
        assert end.astimezone(UTC) == utc(expected.ends_at)
        start, part = second[one.uid]
        assert start.astimezone(UTC) == utc(expected.starts_at), one.starts_local
        assert part.dtend.value.astimezone(UTC) == utc(expected.ends_at), one.starts_local


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Warsaw", "Australia/Lord_Howe"])
def test_zone_is_written_as_two_yearly_rules(zone: str) -> None:
    content = calendar_bytes(
        [event(1, "2026-07-15T14:00", zone)], name="Week", zone=zone, stamped_at=STAMP
    ).decode()
    assert content.count("RRULE:FREQ=YEARLY") == 2
    assert content.count("BEGIN:STANDARD") == content.count("BEGIN:DAYLIGHT") == 1
    assert "RDATE" not in content


def test_weekly_series_of_another_program_in_our_zone_is_right_after_the_change() -> None:
    content = calendar_bytes(
        [event(1, "2027-03-22T10:00", "Europe/Warsaw")],
        name="Week",
        zone="Europe/Warsaw",
        stamped_at=STAMP,
    ).decode()
    series = content.replace("Europe/Warsaw", "Test/Warsaw").replace(
        "SEQUENCE:3", "SEQUENCE:3\r\nRRULE:FREQ=WEEKLY;COUNT=3"
    )
    dates = list(vobject.readOne(series).vevent.getrruleset(addRDate=True))
    hours = [moment.astimezone(UTC).hour for moment in dates]
    assert hours == [9, 8, 8]


@pytest.mark.parametrize("zone", ZONES)
def test_own_reader_gives_back_what_was_written(tmp_path: Path, zone: str) -> None:
    events = around_both_changes(zone)
    path = tmp_path / "week.ics"
    size = write_calendar(str(path), events, "Clearview", zone, STAMP)
    assert path.stat().st_size == size
    read = read_calendar(str(path), zone, ReadWindow("2026-01-01", "2027-12-31"))
    assert read.troubles == ()
    back = {one.uid: one for one in read.events}
    for one in events:
        found = back[one.uid]
        wall = datetime.fromisoformat(found.starts_local)
        expected = instants(one.starts_local, one.minutes, zone)
        assert local_instant(wall, zone) == expected.starts_at
        assert (found.minutes, found.sequence) == (one.minutes, 3)
        assert found.zone == zone
        assert (found.location, found.description, found.kind) == (
            one.location,
            one.description,
            "job",
        )


def test_lines_are_folded_escaped_and_stamped() -> None:
    hard = "Größe; “x”, \\ \U0001f9fd " * 40
    content = calendar_bytes(
        [event(1, "2026-07-15T14:00", "America/Chicago", summary=hard + "\x07\r\nend")],
        name="C",
        zone="America/Chicago",
        stamped_at=STAMP,
    )
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\x07" not in content
    assert b"DTSTAMP:20260714T154200Z" in lines
    assert b"SEQUENCE:3" in lines
    (read,) = Calendar.from_ical(content).events
    assert str(read["SUMMARY"]).startswith(hard.strip())


def test_whole_days_and_states() -> None:
    content = calendar_bytes(
        [
            event(1, "2026-07-15T00:00", "America/Chicago", 2880, all_day=True, status="tentative"),
            event(2, "2026-07-16T09:00", "America/Chicago", status="cancelled"),
        ],
        name="C",
        zone="America/Chicago",
        stamped_at=STAMP,
    ).decode()
    assert "DTSTART;VALUE=DATE:20260715\r\nDTEND;VALUE=DATE:20260717" in content
    assert "STATUS:TENTATIVE" in content
    assert "STATUS:CANCELLED" in content


def test_same_data_gives_the_same_bytes() -> None:
    events = around_both_changes("America/Chicago")
    one = calendar_bytes(events, name="C", zone="America/Chicago", stamped_at=STAMP)
    assert one == calendar_bytes(events, name="C", zone="America/Chicago", stamped_at=STAMP)


def test_file_that_cannot_be_written_is_named_and_an_old_one_stays(tmp_path: Path) -> None:
    with pytest.raises(AppError) as refused:
        write_calendar(str(tmp_path / "no" / "week.ics"), [], "C", "UTC", STAMP)
    assert refused.value.code == "calendar.cannot_write"
    assert "week.ics" in str(refused.value)
    folder = tmp_path / "week.ics"
    folder.mkdir()
    with pytest.raises(AppError):
        write_calendar(str(folder), [], "C", "UTC", STAMP)
    assert [path.name for path in tmp_path.iterdir()] == ["week.ics"]
