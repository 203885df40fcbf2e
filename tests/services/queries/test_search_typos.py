from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.search_words import one_edit_apart
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.queries.contact_filter import EVERYBODY
from tcf_desktop.services.queries.contact_search import understand
from tcf_desktop.services.queries.contacts import contact_ids, contact_page
from tcf_desktop.services.queries.search_typos import near_words

NAMES = (
    "Hartmann", "Bergstrom", "Reyes", "Olson", "Olsen", "Schwarzenbach", "Ørsted", "Müller",
    "Kowalski", "Lindgren", "Abdullahi", "Whitaker", "Nguyen", "Łukasz", "Straße",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzøłß"


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = DataFolder(tmp_path_factory.mktemp("named"))
    office = Office.create(folder, FrozenClock(1_784_043_720_000), NewBusiness(name="Named"))
    for name in NAMES:
        office.runner.run(SaveContact(ContactDraft(last_name=name)))
    yield office
    assert office.close(10)


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A stored name of five letters or more, and the same with one edit."""
    name = draw(st.sampled_from(NAMES)).lower()
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    typed = {
        "replaced": name[:at] + letter + name[at + 1 :],
        "left out": name[:at] + name[at + 1 :],
        "put in": name[:at] + letter + name[at:],
        "swapped": name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    }[draw(st.sampled_from(["replaced", "left out", "put in", "swapped"]))]
    return name, typed


@settings(max_examples=300, deadline=None)
@given(mistyped())
def test_every_single_edit_of_a_name_finds_it(named: Office, pair: tuple[str, str]) -> None:
    name, typed = pair
    known = named.read(lambda r: contact_ids(r, name))
    found = named.read(lambda r: contact_ids(r, typed))
    search = named.read(lambda r: understand(r, typed))
    # What begins names exactly is meant as it stands: "olse" is no mistyped "olson".
    as_typed = bool(found) and not search.instead
    assert as_typed or set(known) <= set(found)


def test_edits_are_those_of_the_rule_and_no_others(named: Office) -> None:
    near = named.read(lambda r: near_words(r, "olsen"))
    assert near == ("olson",)
    for typed in ("hartmxnn", "artmann", "hartmnan", "hartmannn"):
        assert named.readers.read(partial(near_words, word=typed)) == ("hartmann",)
        assert one_edit_apart(typed, "hartmann")
    assert named.read(lambda r: near_words(r, "hxrtmxnn")) == ()
    assert named.read(lambda r: near_words(r, "rey")) == ()
    assert named.read(lambda r: near_words(r, "ryes")) == ("reyes",)


def test_beginning_of_a_name_may_be_mistyped_too(named: Office) -> None:
    assert named.read(lambda r: near_words(r, "schwx")) == ("schwarzenbach",)
    page = named.read(lambda r: contact_page(r, "bergtsr", EVERYBODY, 0, "2026-07-14"))
    assert page.search.instead == ("bergstrom",)
    assert [row.name for row in page.rows.values()] == ["Bergstrom"]


def test_words_that_are_right_are_never_taken_for_others(office: Office) -> None:
    save = [SaveContact(ContactDraft(last_name=name)) for name in ("Olsen", "Olson", "Hartmann")]
    ids = [office.runner.run(command) for command in save]
    assert list(office.read(lambda r: contact_ids(r, "olsen"))) == ids[:1]
    search = office.read(lambda r: understand(r, "olsen hartmann"))
    assert search.instead == ()
    assert list(office.read(lambda r: contact_ids(r, "olsen hartmann"))) == []


def test_one_word_of_several_may_be_mistyped(office: Office) -> None:
    place = Place(street="2416 S Prairie Ave", city="Sioux Falls")
    contact_id = office.runner.run(SaveContact(ContactDraft("Julia", "Hartmann", places=(place,))))
    office.runner.run(SaveContact(ContactDraft("Julia", "Moen")))
    assert list(office.read(lambda r: contact_ids(r, "julia hatrmann"))) == [contact_id]
    assert list(office.read(lambda r: contact_ids(r, "2416 prarie"))) == [contact_id]
    search = office.read(lambda r: understand(r, "julia hatrmann"))
    assert search.instead == ("hartmann",)
    assert search.words == (("julia",), ("hartmann",))


def test_words_that_only_the_trash_has_are_not_offered(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(ContactDraft(last_name="Hartmann")))
    office.runner.run(DeleteContact((contact_id,)))
    assert office.read(lambda r: near_words(r, "hartmnan")) == ()


@pytest.mark.parametrize("typed", ["x" * 500, "'; DROP", '"*^:', "\ue000", "12345", "a*b?c[d", ""])
def test_hostile_words_find_nothing_and_break_nothing(named: Office, typed: str) -> None:
    assert named.read(lambda r: near_words(r, typed)) == ()
    assert list(named.read(lambda r: contact_ids(r, typed or "qqqqq"))) == []
