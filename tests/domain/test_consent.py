from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.consent import (
    CHANNELS,
    PURPOSES,
    Event,
    address_key,
    answer,
    digest_of,
    instant_of,
)

events = st.lists(
    st.builds(
        Event,
        st.sampled_from(CHANNELS),
        st.sampled_from(["a", "b"]),
        st.sampled_from([*PURPOSES, None]),
        st.booleans(),
        st.integers(0, 5),
    ),
    max_size=12,
)


def test_nobody_who_was_not_asked_has_agreed() -> None:
    assert answer([], "email", "a", "marketing").state == "unasked"
    yes = Event("email", "a", "service", True, 1)
    assert answer([yes], "email", "a", "service").state == "allowed"
    assert answer([yes], "email", "a", "marketing").state == "unasked"
    assert answer([yes], "text", "a", "service").state == "unasked"
    assert answer([yes], "email", "b", "service").state == "unasked"


def test_later_events_win_in_either_direction() -> None:
    yes, no, again = (
        Event("text", "a", "marketing", given, at)
        for given, at in ((True, 1), (False, 2), (True, 3))
    )
    assert answer([yes, no], "text", "a", "marketing").state == "refused"
    assert answer([no, yes, again], "text", "a", "marketing").event == 2


def test_a_stop_without_a_purpose_ends_both_and_a_bare_yes_begins_none() -> None:
    stop = Event("text", "a", None, False, 9)
    start = Event("text", "a", None, True, 10)
    for purpose in PURPOSES:
        yes = Event("text", "a", purpose, True, 1)
        assert answer([yes, stop], "text", "a", purpose).state == "refused"
        assert answer([yes, stop, start], "text", "a", purpose).state == "refused"
        assert answer([start], "text", "a", purpose).state == "unasked"


@given(events, st.randoms())
def test_state_does_not_depend_on_the_order_of_reading(said: list[Event], rng: object) -> None:
    mixed = list(said)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    for channel in CHANNELS:
        for purpose in PURPOSES:
            first = answer(said, channel, "a", purpose)
            assert answer(mixed, channel, "a", purpose).state == first.state
            if first.event is not None:
                decisive = said[first.event]
                assert decisive.given == (first.state == "allowed")
                mine = [e for e in said if (e.channel, e.address_key) == (channel, "a")]
                spoke = [e for e in mine if e.purpose == purpose or (not e.given and not e.purpose)]
                assert decisive.at == max(e.at for e in spoke)
                noes = [e for e in spoke if e.at == decisive.at and not e.given]
                assert bool(noes) == (first.state == "refused")


@given(events)
def test_a_no_that_comes_last_always_ends_it(said: list[Event]) -> None:
    stop = Event("email", "a", None, False, 5)
    for purpose in PURPOSES:
        assert answer([*said, stop], "email", "a", purpose).state == "refused"


@pytest.mark.parametrize(
    ("channel", "written", "other"),
    [
        ("email", "Julia@Example.COM ", "mailto:julia@example.com"),
        ("text", "(605) 555-0172", "+1 605.555.0172"),
        ("text", "605-555-0172 ext. 4", "1-605-555-0172"),
        ("email", "no address ", "NO ADDRESS"),
        ("text", "Ask Karen", "ask karen"),
    ],
)
def test_one_address_has_one_key_however_it_is_written(
    channel: str, written: str, other: str
) -> None:
    key = address_key(channel, written, "US")  # type: ignore[arg-type]
    assert key
    assert key == address_key(channel, other, "US")  # type: ignore[arg-type]


def test_digest_needs_the_salt_and_tells_channels_apart() -> None:
    one = digest_of(b"salt", "email", "julia@example.com")
    assert one == digest_of(b"salt", "email", "julia@example.com")
    assert one != digest_of(b"pepper", "email", "julia@example.com")
    assert one != digest_of(b"salt", "text", "julia@example.com")
    assert len(one) == 64
    assert "julia" not in one


@given(st.dates(date(2020, 1, 1), date(2026, 7, 20)))
def test_of_a_yes_and_a_no_on_one_day_the_no_counts(day: date) -> None:
    now = 1_784_043_720_000  # 2026-07-14, 10:42 in Chicago
    zone = "America/Chicago"
    yes = instant_of(day, zone, now, given=True)
    no = instant_of(day, zone, now, given=False)
    said = [
        Event("email", "a", "service", False, no),
        Event("email", "a", "service", True, yes),
    ]
    assert answer(said, "email", "a", "service").state == "refused"
    assert instant_of(date(2026, 7, 14), zone, now, given=True) == now
