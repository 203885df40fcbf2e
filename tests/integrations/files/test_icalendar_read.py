from __future__ import annotations

import time
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.calendar_events import CalendarContents, ReadWindow
from tcf_desktop.integrations.files.icalendar import read_calendar

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "calendars"
WINDOW = ReadWindow("2013-01-01", "2026-12-31")
HOME = "America/Chicago"


def sample(name: str, window: ReadWindow = WINDOW) -> CalendarContents:
    return read_calendar(str(SAMPLES / name), HOME, window)


def parsed(tmp_path: Path, *events: str, window: ReadWindow = WINDOW) -> CalendarContents:
    blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    path = tmp_path / "file.ics"
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{blocks}END:VCALENDAR\r\n".encode())
    return read_calendar(str(path), HOME, window)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("biweekly-outlook2010.ics", 1),
        ("ical-allday-dtend-same-day.ics", 1),
        ("ical-google-until-mismatch.ics", 13),
        ("ical-recurring-single-change.ics", 3),
        ("icalendar-bom.ics", 0),
        ("icalendar-google-export-alarm.ics", 1),
        ("icalendar-two-vcalendars.ics", 3),
        ("khal-exception-before-master.ics", 12),
        ("khal-floating.ics", 1),
        ("khal-no-uid.ics", 1),
        ("khal-windows-tz.ics", 1),
    ],
)
def test_every_sample_gives_its_events(name: str, count: int) -> None:
    found = sample(name)
    assert len(found.events) == count
    assert found.troubles == ()
    assert len({event.uid for event in found.events}) == count


def test_reading_twice_gives_the_same_identities() -> None:
    for path in SAMPLES.glob("*.ics"):
        assert sample(path.name) == sample(path.name)


def test_whole_day_that_ends_on_its_start_is_one_day() -> None:
    (event,) = sample("ical-allday-dtend-same-day.ics").events
    assert (event.all_day, event.minutes, event.starts_local) == (True, 1440, "2025-12-08T00:00")


def test_windows_zone_names_and_floating_times() -> None:
    (event,) = sample("khal-windows-tz.ics").events
    assert (event.starts_local, event.zone) == ("2019-11-20T13:00", "Pacific/Auckland")
    (floating,) = sample("khal-floating.ics").events
    assert (floating.starts_local, floating.zone) == ("2014-04-09T09:30", HOME)


def test_changed_date_replaces_the_one_of_the_series() -> None:
    events = sample("khal-exception-before-master.ics").events
    work = sorted(e.starts_local for e in events if e.summary == "Arbeit")
    assert work == [
        "2014-06-30T07:00",
        "2014-07-07T09:00",
        "2014-07-14T07:00",
        "2014-07-21T07:00",
        "2014-07-28T07:00",
        "2014-08-04T07:00",
    ]
    assert all("series (every week)" in e.remarks[-1] for e in events if e.summary == "Arbeit")


def test_series_without_end_stays_inside_the_window() -> None:
    found = sample("ical-apple.ics", ReadWindow("2022-09-01", "2022-10-31"))
    daily = [e for e in found.events if e.summary == "Daily"]
    assert 0 < len(daily) <= 62
    assert all("2022-09-01" <= e.starts_local[:10] <= "2022-10-31" for e in daily)
    late = sample("khal-exception-before-master.ics", ReadWindow("2020-01-01", "2020-12-31"))
    assert [t.action for t in late.troubles] == ["skip", "skip"]


def test_own_zone_definition_is_worked_out(tmp_path: Path) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n"
        "BEGIN:STANDARD\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\n"
        "TZOFFSETFROM:-0500\nTZOFFSETTO:-0600\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\n"
        "TZOFFSETFROM:-0600\nTZOFFSETTO:-0500\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    path = tmp_path / "outlook.ics"
    for day, local in (("20260701", "2026-07-01T10:00"), ("20260115", "2026-01-15T10:00")):
        event = (
            f"BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Customized Time Zone:{day}T100000\n"
            f"DTEND;TZID=Customized Time Zone:{day}T110000\nEND:VEVENT\n"
        )
        path.write_text(f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n")
        (read,) = read_calendar(str(path), HOME, WINDOW).events
        assert (read.starts_local, read.minutes, read.zone) == (local, 60, HOME)
        assert "converted" in read.remarks[0]


@pytest.mark.parametrize(
    "tzid", ["/mozilla.org/20050126_1/Europe/Berlin", '"Europe/Berlin"', "W. Europe Standard Time"]
)
def test_zone_names_of_other_programs(tmp_path: Path, tzid: str) -> None:
    (event,) = parsed(tmp_path, f"UID:1\nDTSTART;TZID={tzid}:20260701T100000").events
    assert event.zone == "Europe/Berlin"
    assert event.minutes == 60


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("UID:1", "no start"),
        ("UID:1\nDTSTART:tomorrow", "not a date"),
        ("UID:1\nDTSTART:20261399T100000", "not a date"),
        ("UID:1\nDTSTART:99990101T100000Z", "out of range"),
        ("UID:1\nDTSTART;TZID=Nowhere/Land:20260701T100000", "time zone"),
        ("UID:1\nDTSTART;TZID=America:20260701T100000", "time zone"),
        ("UID:1\nDTSTART;TZID=../../etc/passwd:20260701T100000", "time zone"),
        ("UID:1\nDTSTART:20260701T100000Z\nDTEND:20260701T090000Z", "before it begins"),
        ("UID:1\nDTSTART:20260701T100000Z\nDURATION:P9999D", "too long"),
        ("UID:1\nDTSTART:20260701T100000Z\nDURATION:soon", "length of time"),
    ],
)
def test_event_that_cannot_be_read_is_named_and_the_rest_is_read(
    tmp_path: Path, event: str, words: str
) -> None:
    good = "UID:2\nDTSTART:20260702T150000Z\nSUMMARY:Good"
    found = parsed(tmp_path, event + "\nSUMMARY:Odd one", good)
    assert [e.summary for e in found.events] == ["Good"]
    (trouble,) = found.troubles
    assert trouble.summary == "Odd one"
    assert trouble.line == 3
    assert words in trouble.reason


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2;COUNT=1000000000",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;COUNT=99999999999999999999999999",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        "FREQ=YEARLY;BYDAY=99MO",
        "FREQ=YEARLY;BYDAY=53MO;BYWEEKNO=53;BYYEARDAY=366;BYSETPOS=366",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 5000),
        "FREQ=DAILY;UNTIL=19600101",
        "FREQ=DAILY;UNTIL=zzz",
        "FREQ=;;;=",
        "",
    ],
)
def test_hostile_rule_is_bounded_and_said(tmp_path: Path, rule: str) -> None:
    event = f"UID:1\nDTSTART:19700101T000000Z\nSUMMARY:Trap\nRRULE:{rule}"
    begun = time.process_time()
    found = parsed(tmp_path, event, window=ReadWindow("2026-01-01", "2026-12-31"))
    assert time.process_time() - begun < 2
    assert len(found.events) <= 400
    assert len(found.events) + len(found.troubles) >= 1


def test_ten_thousand_excluded_dates_are_no_trouble(tmp_path: Path) -> None:
    excluded = ",".join(f"20260101T{h:02d}{m:02d}00Z" for h in range(24) for m in range(60))
    event = "UID:1\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;COUNT=5\n" + "\n".join(
        f"EXDATE:{excluded}" for _ in range(7)
    )
    found = parsed(tmp_path, event)
    assert len(found.events) == 4


def test_change_to_this_and_all_later_dates(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260105T150000Z\nDTEND:20260105T160000Z\nRRULE:FREQ=WEEKLY;COUNT=4",
        "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260119T150000Z\n"
        "DTSTART:20260120T160000Z\nDTEND:20260120T180000Z",
    )
    assert [
        (e.starts_local, e.minutes) for e in sorted(found.events, key=lambda e: e.starts_local)
    ] == [
        ("2026-01-05T09:00", 60),
        ("2026-01-12T09:00", 60),
        ("2026-01-20T10:00", 120),
        ("2026-01-27T10:00", 120),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02PNG" * 50, "not a text file"),
        (b"Name,Phone\nJane,605\n", "line 1"),
        (b"BEGIN:VCARD\nFN:Jane\nEND:VCARD\n", "no calendar"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:2026", "breaks off"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "line 3"),
        (b"BEGIN:VEVENT\n" * 5000, "nested"),
    ],
)
def test_file_that_is_no_calendar_is_refused_by_name(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(content)
    with pytest.raises(AppError) as refused:
        read_calendar(str(path), HOME, WINDOW)
    assert refused.value.code == "calendar.unreadable"
    assert "odd.ics" in str(refused.value)
    assert words in str(refused.value)


def test_missing_and_huge_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="no file"):
        read_calendar(str(tmp_path / "none.ics"), HOME, WINDOW)
    big = tmp_path / "big.ics"
    with big.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(AppError, match="too large"):
        read_calendar(str(big), HOME, WINDOW)


def test_texts_keep_every_script_and_lose_control_characters(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260701T100000Z\nSUMMARY:"
        "=cmd|x \u05e9\u05dc\u05d5\u05dd \U0001f9fd\\, a\\nb\x07 C:\\\\new%2C",
    )
    assert found.events[0].summary == "=cmd|x \u05e9\u05dc\u05d5\u05dd \U0001f9fd, a\nb C:\\new%2C"
    old = tmp_path / "old.ics"
    old.write_bytes(b"BEGIN:VEVENT\nDTSTART:20260701T100000Z\nSUMMARY:M\xfcller\nEND:VEVENT\n")
    assert read_calendar(str(old), HOME, WINDOW).events[0].summary == "M\xfcller"
