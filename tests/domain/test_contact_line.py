"""One typed line becomes a contact, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.contact_line import draft_of
from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place, one_line


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        (
            "Jane Olson 605 555 0138 2416 S Prairie",
            ContactDraft(
                "Jane",
                "Olson",
                phones=(Phone("605 555 0138"),),
                places=(Place(street="2416 S Prairie"),),
            ),
        ),
        (
            "Olson, Jane, (605) 555-0138 x12, jane@olson.example,"
            " 2416 S Prairie Ave, Sioux Falls, SD 57105",
            ContactDraft(
                "Jane",
                "Olson",
                phones=(Phone("(605) 555-0138 x12"),),
                emails=(Email("jane@olson.example"),),
                places=(
                    Place(
                        street="2416 S Prairie Ave",
                        city="Sioux Falls",
                        region="SD",
                        postal_code="57105",
                    ),
                ),
            ),
        ),
        (
            "Mary Ann Novak 118 Shore Dr Apt 4 Wall Lake SD 57033 605.555.0107",
            ContactDraft(
                "Mary Ann",
                "Novak",
                phones=(Phone("605.555.0107"),),
                places=(
                    Place(
                        street="118 Shore Dr",
                        street2="Apt 4",
                        city="Wall Lake",
                        region="SD",
                        postal_code="57033",
                    ),
                ),
            ),
        ),
        (
            "Grace Lutheran Church +16055550133",
            ContactDraft(
                company="Grace Lutheran Church",
                segment="commercial",
                phones=(Phone("+16055550133"),),
            ),
        ),
        (
            "Pat Lindgren, Kessler Law Office 555-0199",
            ContactDraft("Pat", "Lindgren", "Kessler Law Office", phones=(Phone("555-0199"),)),
        ),
        (
            "Olson, Jane jane@x.example",
            ContactDraft("Jane", "Olson", emails=(Email("jane@x.example"),)),
        ),
        ("Cher", ContactDraft(last_name="Cher")),
        ("605 555 0138", ContactDraft(phones=(Phone("605 555 0138"),))),
        ("  ", ContactDraft()),
    ],
)
def test_a_line_is_understood(line: str, draft: ContactDraft) -> None:
    assert draft_of(line) == draft


def test_numbers_of_other_countries_end_where_they_can_be_dialled() -> None:
    draft = draft_of("Jan Kowalski 601 234 567 12 ul. Długa", "PL")
    assert [phone.number for phone in draft.phones] == ["601 234 567"]
    assert draft.places[0].street == "12 ul. Długa"
    abroad = draft_of("Anna Berg +49 30 901820")
    assert [phone.number for phone in abroad.phones] == ["+49 30 901820"]


def test_two_numbers_and_two_addresses_are_both_kept() -> None:
    draft = draft_of("Jo Li 605 555 0101 605 555 0102 a@example.com b@example.com")
    assert [phone.number for phone in draft.phones] == ["605 555 0101", "605 555 0102"]
    assert [mail.address for mail in draft.emails] == ["a@example.com", "b@example.com"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["605 555 0138", "jo@example.com", "2416 S Prairie Ave", "Apt 4", "Sioux Falls",
                 "SD 57105", "Jane", "Olson,", "Church", "#12", "555-0199", "x7", ";", "12"]
            ),
            st.text(max_size=12),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_every_letter_and_figure_stays_somewhere(parts: list[str]) -> None:
    line = " ".join(parts)
    draft = draft_of(line)
    kept = [draft.first_name, draft.last_name, draft.company]
    kept += [phone.number for phone in draft.phones] + [mail.address for mail in draft.emails]
    for place in draft.places:
        kept += [place.street, place.street2, place.city, place.region, place.postal_code]
    typed = sorted(sign for sign in one_line(line) if sign.isalnum())
    assert sorted(sign for sign in "".join(kept) if sign.isalnum()) == typed
