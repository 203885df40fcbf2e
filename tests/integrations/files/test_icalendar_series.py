"""Series written and read again, beside recurring-ical-events, for random rules, exceptions and
zones."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.appointments import format_local
from tcf_desktop.domain.calendar_events import EventOut, ReadWindow
from tcf_desktop.domain.recurrence import Rule, dates, first_date, rule_text
from tcf_desktop.integrations.files.icalendar import calendar_bytes, read_calendar
from tests.integrations.files import ical_tools

HOME = "America/Chicago"
ZONES = ("America/Chicago", "Europe/Warsaw", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
BEGIN, END = date(2026, 1, 1), date(2028, 6, 30)


@st.composite
def rules(draw: Any) -> Rule:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    if freq == "WEEKLY":
        chosen = draw(st.sets(st.integers(0, 6), max_size=3))
        weekdays = tuple((day, 0) for day in sorted(chosen))
    elif freq == "MONTHLY" and draw(st.booleans()):
        nth = draw(st.sampled_from([1, 2, 4, -1]))
        weekdays = ((draw(st.integers(0, 6)), nth),)
    elif freq == "MONTHLY":
        month_days = (draw(st.sampled_from([1, 15, 29, 31, -1])),)
    end = draw(st.sampled_from(["never", "count", "until"]))
    return Rule(
        freq,
        interval=draw(st.integers(1, 4)),
        weekdays=weekdays,
        month_days=month_days,
        count=draw(st.integers(1, 30)) if end == "count" else None,
        until=date(2026, 3, 1) + timedelta(draw(st.integers(0, 600))) if end == "until" else None,
    )


def out(uid: str, start: datetime, zone: str, minutes: int, **more: Any) -> EventOut:
    return EventOut(
        uid=uid, sequence=0, starts_local=format_local(start), minutes=minutes, zone=zone,
        all_day=False, summary=more.pop("summary", "Visit"), location="", description="",
        status="confirmed", kind="job", changed_at=0, **more,
    )  # fmt: skip


@st.composite
def calendars(draw: Any) -> list[EventOut]:
    """A series, some of its dates left out, some moved to other times, days and zones."""
    rule, zone = draw(rules()), draw(st.sampled_from(ZONES))
    start = date(2026, 1, 15) + timedelta(draw(st.integers(0, 40)))
    first = first_date(rule.without_end(), start) or start
    if rule.until is not None:
        rule = replace(rule, until=max(rule.until, first))
    clock = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 30])))
    minutes = draw(st.sampled_from([30, 90, 600]))
    given_dates = dates(rule, first, first, date(2027, 12, 31))
    picked = draw(st.lists(st.sampled_from(given_dates), max_size=6, unique=True)) if (
        given_dates
    ) else []  # fmt: skip
    skipped, moved = picked[::2], picked[1::2]
    events = [
        out(
            "series@test", datetime.combine(first, clock), zone, minutes, rule=rule_text(rule),
            left_out=tuple(format_local(datetime.combine(day, clock)) for day in sorted(skipped)),
        )
    ]  # fmt: skip
    for day in moved:
        other = draw(st.sampled_from(ZONES))
        wall = datetime.combine(day + timedelta(draw(st.integers(-3, 3))), time(draw(
            st.integers(4, 22)
        )))  # fmt: skip
        replaced = format_local(datetime.combine(day, clock))
        events.append(
            out(
                "series@test", wall, other, 45, summary="Moved",
                replaces_local=replaced, replaces_zone=zone,
            )
        )  # fmt: skip
    return events


@settings(max_examples=40, deadline=None)
@given(calendars())
def test_written_series_takes_place_alike_for_us_and_for_another_library(
    events: list[EventOut],
) -> None:
    content = calendar_bytes(events, name="C", zone=HOME, stamped_at=1_784_043_720_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.ics"
        path.write_bytes(content)
        found = read_calendar(str(path), HOME, ReadWindow("2026-01-01", "2026-12-31"))
    rule = events[0].rule
    assert found.ours
    assert (len(found.series), found.troubles) == ((1, ()) if events[0].rule else (0, ()))
    assert found.series[0].rule == rule
    ours = [(start, name) for start, _, name in ical_tools.ours(found, BEGIN, END)]
    theirs = [(s, name) for s, _, name in ical_tools.theirs(content, HOME, BEGIN, END)]
    assert ours == theirs
