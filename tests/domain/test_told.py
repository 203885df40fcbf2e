from __future__ import annotations

import pytest

from tcf_desktop.domain import told

WEDNESDAY = "2026-07-15T14:00"
THURSDAY = "2026-07-16T09:00"


def knowledge(**more: object) -> told.Knowledge:
    base = {"state": "confirmed", "starts_local": WEDNESDAY, "told_local": None, "told_at": None}
    return told.Knowledge(**{**base, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        (knowledge(), None),
        (knowledge(told_local=WEDNESDAY, told_at=1), None),
        (knowledge(told_local=THURSDAY, told_at=1), "moved"),
        (knowledge(told_local=THURSDAY, told_at=1, state="done"), None),
        (knowledge(told_local=THURSDAY, told_at=1, state="cancelled"), "cancelled"),
        (knowledge(told_local=None, told_at=1, state="cancelled"), None),
        (knowledge(told_local=None, told_at=1), "moved"),
        (knowledge(expects=THURSDAY), "moved"),
        (knowledge(expects=WEDNESDAY), None),
        (knowledge(expects=THURSDAY, state="cancelled"), "cancelled"),
        (knowledge(expects=THURSDAY, told_local=WEDNESDAY, told_at=1), None),
    ],
)
def test_who_must_be_told_follows_from_what_he_knows(
    known: told.Knowledge, wanted: str | None
) -> None:
    assert told.owed(known) == wanted


def test_way_is_where_he_agreed_and_never_where_he_refused() -> None:
    mail, number = "astrid@example.org", "605-555-0138"
    both = told.Reachable(((mail, "unasked"),), ((number, "allowed"),), (number,))
    assert told.way_to(both) == ("text", number)
    unasked = told.Reachable(((mail, "unasked"),), ((number, "unasked"),), (number,))
    assert told.way_to(unasked) == ("email", mail)
    no = told.Reachable(((mail, "refused"),), ((number, "refused"),), (number,))
    assert told.way_to(no) == ("phone", number)
    second = told.Reachable(((mail, "refused"), ("office@example.org", "allowed")))
    assert told.way_to(second) == ("email", "office@example.org")
    assert told.way_to(told.Reachable()) == ("post", "")


def letter(occasion: told.Occasion, **more: object) -> told.Letter:
    base: dict[str, object] = {
        "occasion": occasion,
        "business": "Clearview",
        "country": "US",
        "first_name": "Astrid",
        "work": "Inside + out",
        "now": told.Slot(THURSDAY, arrival_from_local=THURSDAY, arrival_minutes=60),
        "was": told.Slot(WEDNESDAY),
    }
    return told.Letter(**{**base, **more})  # type: ignore[arg-type]


def test_letter_names_the_old_and_the_new_time_and_the_window() -> None:
    subject, body = told.words_of(letter("moved"))
    assert subject == "New time: Thursday, July 16, arriving 9:00–10:00 AM"
    assert body == (
        "Hello Astrid,\n\nWe had to move your visit (Inside + out) from Wednesday, July 15,"
        " 2:00 PM. The new "
        "time is Thursday, July 16, arriving 9:00–10:00 AM. If that does not suit you, please let "
        "us know.\n\nClearview"
    )


def test_letter_writes_times_as_the_country_does() -> None:
    _, body = told.words_of(letter("rain_day", country="DE", first_name=""))
    assert body.startswith("Hello,\n\nBecause of the weather")
    assert "Wednesday, July 15, 14:00" in body
    assert "arriving 09:00–10:00" in body


def test_letter_of_a_cancelling_names_the_time_he_knows() -> None:
    subject, body = told.words_of(letter("cancelled", now=told.Slot(THURSDAY)))
    assert subject == "Cancelled: Wednesday, July 15, 2:00 PM"
    assert "Inside + out on Wednesday, July 15, 2:00 PM is cancelled." in body


@pytest.mark.parametrize("occasion", told.OCCASIONS)
def test_every_occasion_has_words_also_without_work_or_old_time(occasion: told.Occasion) -> None:
    subject, body = told.words_of(letter(occasion, work="", was=None, business=""))
    assert subject
    assert body.endswith("please let us know.")


def test_whole_days_are_told_without_an_hour() -> None:
    assert told.slot_words(told.Slot(THURSDAY, all_day=True), twelve=True) == "Thursday, July 16"
