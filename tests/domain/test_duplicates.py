"""Who may be the same, how sure that is, and who belongs together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place
from tcf_desktop.domain.duplicates import (
    Certainty,
    Group,
    Match,
    Reason,
    groups,
    is_slip,
    match,
    pairs,
    profile_of,
)

HOME = Place(street="2416 S Prairie Ave", city="Sioux Falls", postal_code="57105")
ELSEWHERE = Place(street="12 Oak Lane", city="Brandon", postal_code="57005")


def person(
    name: str, phone: str = "", mail: str = "", place: Place | None = None, company: str = ""
) -> ContactDraft:
    first, _, last = name.partition(" ")
    return ContactDraft(
        first_name=first,
        last_name=last,
        company=company,
        phones=(Phone(phone),) if phone else (),
        emails=(Email(mail),) if mail else (),
        places=(place,) if place else (),
    )


def found(a: ContactDraft, b: ContactDraft) -> tuple[Certainty, set[Reason]] | None:
    result = match(profile_of(a, 1), profile_of(b, 2))
    assert match(profile_of(b, 2), profile_of(a, 1)) == result  # the order of asking is no matter
    return None if result is None else (result.certainty, set(result.reasons))


@pytest.mark.parametrize(
    ("a", "b", "expected", "reasons"),
    [
        pytest.param(
            person("Jane Olson", "605-555-0138"), person("Jane Olson", "(605) 555 0138"),
            Certainty.CERTAIN, {Reason.NAME, Reason.PHONE}, id="name and phone",
        ),
        pytest.param(
            person("Olson Jane", mail="Ann@x.example"), person("jane OLSON", mail="ann@X.example"),
            Certainty.CERTAIN, {Reason.NAME, Reason.EMAIL}, id="name the other way round",
        ),
        pytest.param(
            person("Jane Olson", "605 555 0138", place=HOME),
            person("Jane Olson", "605 555 0199", place=Place(
                street="2416 South Prairie Avenue", city="Sioux Falls", postal_code="57105-1234")),
            Certainty.CERTAIN, {Reason.NAME, Reason.ADDRESS}, id="address long and short",
        ),
        pytest.param(
            person("Katherine Olson", "605 555 0138"), person("Katharine Olson", "605 555 0138"),
            Certainty.LIKELY, {Reason.NEAR_NAME, Reason.PHONE}, id="one letter wrong",
        ),
        pytest.param(
            person("J Olson", mail="j@x.example", place=HOME),
            person("Jane Olson", mail="j@x.example", place=HOME),
            Certainty.CERTAIN, {Reason.NEAR_NAME, Reason.EMAIL, Reason.ADDRESS}, id="initial",
        ),
        pytest.param(
            person("Jane Olson", "605 555 0138", place=HOME),
            person("Robert Olson", "605 555 0138", place=HOME),
            Certainty.POSSIBLE, {Reason.SURNAME, Reason.PHONE, Reason.ADDRESS}, id="household",
        ),
        pytest.param(
            person("Jan Olson", "605 555 0138", place=HOME),
            person("Jon Olson", "605 555 0138", place=HOME),
            Certainty.POSSIBLE, {Reason.SURNAME, Reason.PHONE, Reason.ADDRESS}, id="short names",
        ),
        pytest.param(
            person("Jane Olson", "605 555 0138"), person("Jane Olson"),
            Certainty.LIKELY, {Reason.NAME}, id="one has nothing but the name",
        ),
        pytest.param(
            person("Jane Olson", "605 555 0138"), person("Jane Olson", "605 555 0199"),
            Certainty.POSSIBLE, {Reason.NAME}, id="namesakes with other numbers",
        ),
        pytest.param(
            ContactDraft(phones=(Phone("605 555 0138"),)), person("Jane Olson", "605 555 0138"),
            Certainty.LIKELY, {Reason.PHONE}, id="a number without a name",
        ),
        pytest.param(
            person("Karen Ellis", "605 555 0138"), person("Bob Jones", "605 555 0138"),
            Certainty.POSSIBLE, {Reason.PHONE}, id="one number, other names",
        ),
        pytest.param(
            ContactDraft(company="Prairie Dental", phones=(Phone("605 555 0138"),)),
            person("Karen Ellis", "605 555 0138", company="Prairie Dental"),
            Certainty.CERTAIN, {Reason.NAME, Reason.PHONE}, id="the company, and who works there",
        ),
        pytest.param(
            person("Karen Ellis", mail="office@p.example", company="Prairie Dental"),
            person("Bob Jones", mail="office@p.example", company="Prairie Dental"),
            Certainty.POSSIBLE, {Reason.COMPANY, Reason.EMAIL}, id="two of one company",
        ),
        pytest.param(
            ContactDraft(company="Prairie Dental", phones=(Phone("605 555 0138"),)),
            ContactDraft(company="Prairie Dentel", phones=(Phone("605 555 0138"),)),
            Certainty.LIKELY, {Reason.NEAR_NAME, Reason.PHONE}, id="a company with a letter wrong",
        ),
        pytest.param(
            ContactDraft(company="Prairie Dental", emails=(Email("p@x.example"),)),
            ContactDraft(company="prairie dental", emails=(Email("p@x.example"),)),
            Certainty.CERTAIN, {Reason.NAME, Reason.EMAIL}, id="one company",
        ),
        pytest.param(
            person("Jane Olson", "605 555 0138"), person("Jane Olsen", "605 555 0138"),
            Certainty.LIKELY, {Reason.NEAR_NAME, Reason.PHONE}, id="a surname with a letter wrong",
        ),
        pytest.param(
            person("Katherine", "605 555 0138"), person("Katharine", "605 555 0138"),
            Certainty.LIKELY, {Reason.NEAR_NAME, Reason.PHONE}, id="first names only",
        ),
    ],
)  # fmt: skip
def test_what_two_have_in_common_says_how_sure_it_is(
    a: ContactDraft, b: ContactDraft, expected: Certainty, reasons: set[Reason]
) -> None:
    assert found(a, b) == (expected, reasons)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(person("Jane Olson"), person("Robert Olson"), id="surname alone"),
        pytest.param(
            person("Karen Ellis", company="Prairie Dental"),
            person("Bob Jones", company="Prairie Dental"),
            id="company alone",
        ),
        pytest.param(
            person("Karen Ellis", place=HOME), person("Bob Jones", place=HOME), id="address alone"
        ),
        pytest.param(
            person("John Smith", "605 555 0138", place=HOME),
            person("John Smith", "605 555 0199", place=ELSEWHERE),
            id="namesakes in other towns",
        ),
        pytest.param(person("Katherine Olson"), person("Katharine Olson"), id="near name alone"),
        pytest.param(ContactDraft(), ContactDraft(), id="nothing at all"),
    ],
)
def test_too_little_in_common_is_no_reason_to_ask(a: ContactDraft, b: ContactDraft) -> None:
    assert found(a, b) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("olson", "olsen", True), ("olson", "oslon", True), ("olson", "olsons", True),
        ("olson", "larson", False), ("jon", "jan", False), ("olson", "olson", False),
        ("evangelical", "evangelcial", True), ("evangelical", "evengelicl", True),
    ],
)  # fmt: skip
def test_a_slip_is_a_letter_or_two(a: str, b: str, *, expected: bool) -> None:
    assert is_slip(a, b) is expected
    assert is_slip(b, a) is expected


def link(a: int, b: int, certainty: Certainty, reason: Reason = Reason.PHONE) -> Match:
    return Match(a, b, certainty, (reason,))


def test_chains_of_sure_pairs_make_one_group() -> None:
    assert groups([link(1, 2, Certainty.CERTAIN), link(2, 3, Certainty.CERTAIN)]) == [
        Group((1, 2, 3), Certainty.CERTAIN, (Reason.PHONE,))
    ]


def test_a_group_is_as_sure_as_the_weakest_link_that_it_needs() -> None:
    needed = [link(1, 2, Certainty.CERTAIN), link(2, 3, Certainty.LIKELY)]
    assert groups(needed)[0].certainty is Certainty.LIKELY
    spared = [*needed, link(1, 3, Certainty.CERTAIN)]
    assert groups(spared)[0].certainty is Certainty.CERTAIN


def test_a_possible_pair_never_joins_two_sure_groups() -> None:
    made = groups(
        [
            link(1, 2, Certainty.CERTAIN),
            link(3, 4, Certainty.CERTAIN),
            link(2, 3, Certainty.POSSIBLE),
            link(1, 2, Certainty.POSSIBLE),  # said already
        ]
    )
    assert [group.ids for group in made] == [(1, 2), (3, 4), (2, 3)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(Certainty))))
def test_every_pair_is_in_a_group(links: list[tuple[int, int, Certainty]]) -> None:
    matches = [link(min(a, b), max(a, b), sure) for a, b, sure in links if a != b]
    made = groups(matches)
    for found_pair in matches:
        assert any({found_pair.a, found_pair.b} <= set(group.ids) for group in made)
    strong = [group.ids for group in made if group.certainty > Certainty.POSSIBLE]
    assert len(set(itertools.chain(*strong))) == sum(map(len, strong))


def test_few_are_compared_each_with_each() -> None:
    assert set(pairs(range(5))) == set(itertools.combinations(range(5), 2))


def test_500_of_one_name_stay_one_group_and_take_few_comparisons() -> None:
    compared = list(pairs(range(500)))
    assert len(compared) < 2_500
    linked = [link(a, b, Certainty.LIKELY, Reason.NAME) for a, b in compared]
    assert [len(group.ids) for group in groups(linked)] == [500]


def test_first_names_may_be_initials_or_have_a_middle_name() -> None:
    for first in ("J", "J.", "Jane M", "Jane Marie"):
        a = ContactDraft(first_name=first, last_name="Olson", phones=(Phone("605 555 0138"),))
        b = ContactDraft(first_name="Jane", last_name="Olson", phones=(Phone("605 555 0138"),))
        assert found(a, b) == (Certainty.LIKELY, {Reason.NEAR_NAME, Reason.PHONE}), first
    robert = ContactDraft(first_name="R", last_name="Olson", phones=(Phone("605 555 0138"),))
    jane = person("Jane Olson", "605 555 0138")
    assert found(robert, jane) == (Certainty.POSSIBLE, {Reason.SURNAME, Reason.PHONE})
