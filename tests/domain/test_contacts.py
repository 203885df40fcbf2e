from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone, Place


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("605-555-0148", "6055550148"),
        ("+1 (605) 555-0148", "6055550148"),
        ("001 605 555 0148", "6055550148"),
        ("605.555.0148 ext. 12", "6055550148"),
        ("605-555-0148x7", "6055550148"),
        ("+48 601 234 567", "48601234567"),
        ("0048601234567", "48601234567"),
        ("٦٠٥٥٥٥٠١٤٨", "6055550148"),
        ("call Bob", ""),
    ],
)
def test_numbers_are_equal_however_they_are_written(number: str, digits: str) -> None:
    assert rules.phone_digits(number) == digits


def test_names_stand_in_order_of_the_last_name_without_case_and_accents() -> None:
    people = [("Ellen", "Bergström", ""), ("", "", "Falls Park Condos"), ("Żaneta", "Ślązak", "")]
    assert [rules.sort_name(*person) for person in people] == [
        "bergstrom, ellen",
        "falls park condos",
        "slazak, zaneta",
    ]
    assert rules.list_name("Ellen", "Bergström", "IBM") == "Bergström, Ellen"
    assert rules.display_name("", "", "IBM") == "IBM"


def test_same_name_in_any_order_and_same_place_in_any_writing() -> None:
    assert rules.name_key("Hartmann, Julia") == rules.name_key("julia  HARTMANN")
    one = Place(street="2416 S. Prairie Ave", city="Sioux Falls", postal_code="57105")
    other = Place(street="2416 s prairie ave", city="SIOUX FALLS", postal_code="57105")
    assert rules.place_key(one) == rules.place_key(other)
    assert rules.place_key(Place(city="Sioux Falls")) == ""


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Julia", "Hartmann", ""), "Julia Hartmann"),
        (("Julia", "Hartmann", "Hartmann Bakery"), "Julia Hartmann"),
        (("", "", "Hartmann Bakery"), "Hartmann Bakery"),
        (("", "Hartmann", "Bakery"), "Hartmann"),
        ((" ", " ", " Bakery "), "Bakery"),
        (("", "", ""), "j@example.com"),
    ],
)
def test_person_goes_before_company_and_both_before_what_reaches_them(
    names: tuple[str, str, str], shown: str
) -> None:
    reach = {"emails": (Email("j@example.com"),), "phones": (Phone("605-555-0148"),)}
    assert ContactDraft(*names, **reach).shown_as() == shown  # type: ignore[arg-type]


def test_nameless_contact_is_shown_by_what_reaches_it() -> None:
    assert ContactDraft(emails=(Email("a@example.com"),)).shown_as() == "a@example.com"
    assert ContactDraft(phones=(Phone("605"),)).shown_as() == "605"
    assert ContactDraft().is_empty()


def test_tidy_joins_doubles_and_drops_what_is_empty() -> None:
    draft = rules.tidy(
        ContactDraft(
            first_name=" Julia\x00\n ",
            phones=(Phone("605-555-0148"), Phone("(605) 555 0148"), Phone(" ")),
            emails=(Email("A@example.com"), Email("a@EXAMPLE.com")),
            places=(Place(), Place(street="1 Main")),
            tags=("vip", "vip", "a,b"),
            notes=(NoteDraft("one\r\ntwo\x07"),),
        )
    )
    assert draft.first_name == "Julia"
    assert [phone.number for phone in draft.phones] == ["605-555-0148"]
    assert [mail.address for mail in draft.emails] == ["A@example.com"]
    assert [place.street for place in draft.places] == ["1 Main"]
    assert draft.tags == ("vip", "a b")
    assert draft.notes == (NoteDraft("one\ntwo"),)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_tidy_is_final_and_never_raises(first: str, number: str, note: str) -> None:
    draft = ContactDraft(first_name=first, phones=(Phone(number),), notes=(NoteDraft(note),))
    once = rules.tidy(draft)
    assert rules.tidy(once) == once
    once.first_name.encode("utf-8")
    assert "\x00" not in once.first_name + "".join(note.text for note in once.notes)
    assert rules.fold(rules.fold(first)) == rules.fold(first)


@given(st.text(max_size=40))
def test_digits_of_any_text_are_ascii_digits(text: str) -> None:
    assert rules.phone_digits(text).isascii()
    assert all(sign.isdecimal() for sign in rules.phone_digits(text))
