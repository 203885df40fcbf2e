from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import local_instant
from tcf_desktop.domain.calendar_events import CalendarContents, ReadWindow
from tcf_desktop.integrations.files.icalendar import read_calendar
from tests.integrations.files import ical_tools

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "calendars"
WINDOW = ReadWindow("2013-01-01", "2026-12-31")
HOME = "America/Chicago"
ALL_YEARS = (date(2003, 1, 1), date(2026, 12, 31))


def sample(name: str, window: ReadWindow = WINDOW) -> CalendarContents:
    return read_calendar(str(SAMPLES / name), HOME, window)


def parsed(tmp_path: Path, *events: str, window: ReadWindow = WINDOW) -> CalendarContents:
    blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    path = tmp_path / "file.ics"
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{blocks}END:VCALENDAR\r\n".encode())
    return read_calendar(str(path), HOME, window)


# What each sample means: how many series, appointments and broken events, and how often all of it
# takes place from 2003 to 2026.
EXPECTED = {
    "biweekly-outlook2010.ics": (0, 1, 0, 1),
    "ical-allday-dtend-same-day.ics": (0, 1, 0, 1),
    "ical-apple.ics": (2, 6, 0, 1577),
    "ical-google-until-mismatch.ics": (1, 0, 0, 13),
    "ical-recurring-single-change.ics": (1, 1, 0, 3),
    "icalendar-bom.ics": (0, 0, 0, 0),
    "icalendar-google-export-alarm.ics": (0, 1, 0, 1),
    "icalendar-missing-vtimezones.ics": (0, 2, 2, 2),
    "icalendar-two-vcalendars.ics": (0, 3, 0, 3),
    "khal-exception-before-master.ics": (2, 1, 0, 12),
    "khal-floating.ics": (0, 1, 0, 1),
    "khal-no-uid.ics": (0, 1, 0, 1),
    "khal-windows-tz.ics": (0, 1, 0, 1),
}
# The first has two events without a start, which the other library refuses as a whole. The second
# names a day that ends on itself, which means that day. The third describes another zone than it
# names; the name is what its program shows.
READ_OTHERWISE = {
    "icalendar-missing-vtimezones.ics",
    "ical-allday-dtend-same-day.ics",
    "khal-windows-tz.ics",
}


def test_every_sample_is_known() -> None:
    assert {path.name for path in SAMPLES.glob("*.ics")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_sample_gives_its_series_and_dates(name: str) -> None:
    found = sample(name)
    shown = ical_tools.ours(found, *ALL_YEARS)
    counts = (len(found.series), len(found.events), len(found.troubles), len(shown))
    assert counts == EXPECTED[name]
    assert len({event.uid for event in found.events}) == len(found.events)


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - READ_OTHERWISE))
def test_every_sample_takes_place_when_another_library_says(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    theirs = ical_tools.theirs(content, HOME, *ALL_YEARS)
    assert ical_tools.ours(sample(name), *ALL_YEARS) == theirs


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


def test_changed_date_knows_its_series_also_before_it() -> None:
    found = sample("khal-exception-before-master.ics")
    (changed,) = found.events
    series = next(one for one in found.series if one.event.summary == "Arbeit")
    assert (series.event.line, changed.line) == (17, 3)
    assert (series.event.starts_local, series.event.zone) == ("2014-06-30T07:00", "Europe/Berlin")
    assert (series.rule, series.last_on) == ("FREQ=WEEKLY;UNTIL=20140806", "2014-08-04")
    assert (changed.series_uid, changed.occurrence_on) == (series.event.uid, "2014-07-07")
    assert changed.starts_local == "2014-07-07T09:00"


def test_until_counts_in_the_zone_of_the_series(tmp_path: Path) -> None:
    start = "UID:1\nDTSTART;TZID=Europe/Berlin:20140630T070000\nRRULE:FREQ=WEEKLY;UNTIL="
    for until, last in (
        ("20140707T050000Z", "2014-07-07"),
        ("20140707T045959Z", "2014-06-30"),
        ("20140707", "2014-07-07"),
        ("20140707T065900", "2014-06-30"),
        ("20140706T230000Z", "2014-06-30"),
    ):
        (series,) = parsed(tmp_path, start + until).series
        assert series.last_on == last, until


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
        assert "read as America/Chicago" in read.remarks[0]


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
        ("UID:1\nDTSTART:20260701T100000Z\nDURATION:P9999D", "too long"),
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
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1,2",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
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
    assert time.process_time() - begun < 5
    assert len(found.events) <= 1000
    assert len(found.events) + len(found.series) + len(found.troubles) >= 1


def test_ten_thousand_excluded_dates_are_left_out(tmp_path: Path) -> None:
    days = [date(2000, 1, 1) + timedelta(days=n) for n in range(20_000)]
    excluded = ",".join(f"{day:%Y%m%d}T150000Z" for day in days[::2])
    event = f"UID:1\nDTSTART:20000101T150000Z\nRRULE:FREQ=DAILY\nEXDATE:{excluded}"
    (series,) = parsed(tmp_path, event).series
    assert len(series.skips) == 10_000
    assert series.skips[-1] == days[-2].isoformat()


def test_change_to_this_and_all_later_dates_is_a_series_of_its_own(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260105T150000Z\nDTEND:20260105T160000Z\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE:20260126T150000Z",
        "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260119T150000Z\n"
        "DTSTART:20260120T160000Z\nDTEND:20260120T180000Z",
    )
    before, after = found.series
    assert (before.rule, before.last_on) == ("FREQ=WEEKLY;UNTIL=20260118", "2026-01-12")
    assert (after.event.uid, after.event.minutes) == ("1#20260119T1500Z", 120)
    assert after.event.starts_local == "2026-01-20T16:00"
    assert (after.last_on, after.skips) == ("2026-01-27", ("2026-01-27",))


def test_change_that_no_rule_can_follow_gives_single_dates(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260131T150000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4",
        "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260331T150000Z\nDTSTART:20260401T150000Z",
    )
    assert [one.last_on for one in found.series] == ["2026-02-28"]
    assert [e.starts_local[:10] for e in found.events] == ["2026-04-01", "2026-05-01"]
    assert "cannot keep this change" in found.events[0].remarks[-1]


@pytest.mark.parametrize(
    ("rule", "days", "word"),
    [
        ("FREQ=DAILY;BYHOUR=9,15;COUNT=4", ["01T09", "01T15", "02T09", "02T15"], "BYHOUR=9,15"),
        ("FREQ=HOURLY;INTERVAL=12;COUNT=3", ["01T09", "01T21", "02T09"], "HOURLY"),
        ("FREQ=MINUTELY;INTERVAL=720;UNTIL=20260702", ["01T09", "01T21", "02T09", "02T21"], "MIN"),
        ("FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", ["01T09", "02T09", "08T09"], "several"),
        ("FREQ=DAILY;COUNT=3\nEXRULE:FREQ=DAILY;INTERVAL=2", ["02T09"], "several"),
    ],
)
def test_rule_that_no_series_can_keep_is_worked_out_and_named(
    tmp_path: Path, rule: str, days: list[str], word: str
) -> None:
    found = parsed(tmp_path, f"UID:1\nDTSTART:20260701T090000\nRRULE:{rule}")
    assert found.series == ()
    assert [e.starts_local[8:13] for e in found.events] == days
    assert all(word in e.remarks[-1] for e in found.events)


def test_rule_of_long_ago_that_ends_is_worked_out_whole(tmp_path: Path) -> None:
    window = ReadWindow("2026-01-01", "2026-12-31")
    event = (
        "UID:1\nDTSTART;TZID=America/Chicago:20110701T090000\nRRULE:FREQ=DAILY;BYHOUR=9,20;UNTIL="
    )
    found = parsed(tmp_path, event + "20110702T140000Z", window=window)
    assert [e.starts_local for e in found.events] == [
        "2011-07-01T09:00", "2011-07-01T20:00", "2011-07-02T09:00",
    ]  # fmt: skip
    assert found.events[0].remarks[-1].endswith("Its single dates were taken.")
    long = parsed(tmp_path, event + "20301231", window=window)
    assert {e.starts_local[:4] for e in long.events} == {"2026"}
    assert long.events[0].remarks[-1].endswith("up to 2026-12-31 were taken.")


def test_rule_that_repeats_the_hour_of_the_start_is_kept(tmp_path: Path) -> None:
    event = "UID:1\nDTSTART:20260701T090000\nRRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0"
    (series,) = parsed(tmp_path, event).series
    assert series.rule == "FREQ=DAILY"


def test_rule_that_ends_before_it_begins_gives_nothing_and_is_said(tmp_path: Path) -> None:
    event = "UID:1\nDTSTART:20260701T090000Z\nRRULE:FREQ=DAILY;UNTIL=20260601T000000Z"
    found = parsed(tmp_path, event)
    assert (found.series, found.events) == ((), ())
    (trouble,) = found.troubles
    assert (trouble.action, trouble.reason) == ("skip", "Its rule ends before it begins.")


def test_start_beside_its_rule_counts_and_so_do_added_dates(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260701T150000Z\nDTEND:20260701T160000Z\nRRULE:FREQ=WEEKLY;BYDAY=FR\n"
        "RDATE:20260704T150000Z,20260703T150000Z\n"
        "RDATE;VALUE=PERIOD:20260703T180000Z/PT30M",
    )
    (series,) = found.series
    assert series.event.starts_local == "2026-07-03T15:00"
    assert [(e.starts_local, e.minutes, e.occurrence_on) for e in found.events] == [
        ("2026-07-01T15:00", 60, "2026-07-01"),
        ("2026-07-03T13:00", 30, ""),
        ("2026-07-04T10:00", 60, "2026-07-04"),
    ]


def test_cancelled_dates_and_strangers(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "UID:1\nDTSTART:20260701T150000Z\nRRULE:FREQ=DAILY;COUNT=5",
        "UID:1\nRECURRENCE-ID:20260702T150000Z\nDTSTART:20260702T150000Z\nSTATUS:CANCELLED",
        "UID:1\nRECURRENCE-ID:20260720T150000Z\nDTSTART:20260721T150000Z",
        "UID:2\nRECURRENCE-ID:20260701T150000Z\nDTSTART:20260702T170000Z\nSUMMARY:Orphan",
    )
    (series,) = found.series
    assert series.skips == ("2026-07-02",)
    stranger, orphan = found.events
    assert (stranger.series_uid, stranger.occurrence_on) == ("1", "2026-07-20")
    assert (orphan.series_uid, orphan.occurrence_on) == ("2", "2026-07-01")
    assert orphan.replaces_at == local_instant(datetime(2026, 7, 1, 15), "UTC")


@pytest.mark.parametrize(
    "tzid", ["Nowhere/Land", "America", "../../etc/passwd", "Europe/Berlin\x01", "x" * 300]
)
def test_zone_that_does_not_exist_is_the_office_s(tmp_path: Path, tzid: str) -> None:
    event = f"UID:1\nDTSTART;TZID={tzid}:20260701T100000\nDTEND;TZID={tzid}:20260701T113000"
    (read,) = parsed(tmp_path, event).events
    assert (read.starts_local, read.zone, read.minutes) == ("2026-07-01T10:00", HOME, 90)
    assert read.floating
    assert "is not known; the office's own was taken" in read.remarks[0]


@pytest.mark.parametrize(
    ("end", "minutes", "words"),
    [
        ("DTEND:20260701T090000Z", 60, "It ends before it begins; one hour was assumed."),
        ("DTEND:tomorrow", 60, "Its end cannot be read; one hour was assumed."),
        ("DURATION:soon", 60, "Its end cannot be read; one hour was assumed."),
        ("DURATION:-PT1H", 60, "It ends before it begins; one hour was assumed."),
        ("DTEND:20260701T100000Z", 15, "It has no length; 15 minutes were assumed."),
        ("X-NO:END", 60, "It has no end; one hour was assumed."),
        ("DURATION:PT1H30M", 90, None),
        ("DURATION:P1D", 1440, None),
    ],
)
def test_odd_end_is_assumed_and_said(
    tmp_path: Path, end: str, minutes: int, words: str | None
) -> None:
    (event,) = parsed(tmp_path, f"UID:1\nDTSTART:20260701T100000Z\n{end}").events
    assert event.minutes == minutes
    assert event.remarks == ((words,) if words else ())


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Warsaw", "Australia/Lord_Howe"])
def test_hours_that_do_not_exist_or_exist_twice(tmp_path: Path, zone: str) -> None:
    walls = {"America/Chicago": ("20260308T0230", "20261101T0130"),
             "Europe/Warsaw": ("20260329T0230", "20261025T0230"),
             "Australia/Lord_Howe": ("20261004T0215", "20260405T0145")}[zone]  # fmt: skip
    for wall in walls:
        event = f"UID:1\nDTSTART;TZID={zone}:{wall}00\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"
        content = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR".encode()
        found = parsed(tmp_path, event)
        starts = [start for start, _, _ in ical_tools.ours(found, *ALL_YEARS)]
        assert starts[0] == local_instant(datetime.fromisoformat(wall), zone)
        theirs = [start for start, _, _ in ical_tools.theirs(content, HOME, *ALL_YEARS)]
        assert starts == theirs


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


def test_two_hundred_thousand_lines_are_read_and_more_events_than_that_are_not(
    tmp_path: Path,
) -> None:
    lines = "DTSTART:20260701T100000Z\nDTEND:20260701T110000Z\nX-A:1\nX-B:2\nX-C:3\nX-D:4\n"
    event = f"BEGIN:VEVENT\nUID:%s\n{lines}END:VEVENT\n"
    path = tmp_path / "long.ics"
    for count, fits in ((22_222, True), (50_001, False)):
        events = "".join(event % n for n in range(count))
        path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
        if fits:
            assert len(read_calendar(str(path), HOME, WINDOW).events) == count
        else:
            with pytest.raises(AppError) as refused:
                read_calendar(str(path), HOME, WINDOW)
            assert refused.value.code == "calendar.too_many"


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
