"""What comes first, and what an invoice number finds."""

from __future__ import annotations

import pytest

from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone, Place
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contact_filter import EVERYBODY
from tcf_desktop.services.queries.contact_search import invoice_numbers, understand
from tcf_desktop.services.queries.contacts import (
    ContactPage,
    contact_ids,
    contact_page,
    search_contacts,
)

TODAY = "2026-07-14"


def page(office: Office, text: str) -> ContactPage:
    now = office.clock.now_ms()
    return office.read(lambda r: contact_page(r, text, EVERYBODY, now, TODAY))


def names(office: Office, text: str) -> list[str]:
    found = page(office, text)
    return [found.rows[key].name for key in found.ids]


def test_rank_is_name_then_words_of_it_then_numbers_places_and_the_rest(office: Office) -> None:
    drafts = (
        ContactDraft(last_name="Zeno", notes=(NoteDraft("lives in a park"),)),
        ContactDraft(last_name="Yak", tags=("parkside",)),
        ContactDraft(last_name="Xu", places=(Place(street="1 Park Ave"),)),
        ContactDraft(last_name="Will", emails=(Email("parker@example.com"),)),
        ContactDraft("Parker", "Vance"),
        ContactDraft("Ann", "Adams", company="Adams Parking"),
        ContactDraft(last_name="Parks"),
        ContactDraft("Sue", "Park"),
    )
    for draft in drafts:
        office.runner.run(SaveContact(draft))
    assert names(office, "park") == [
        "Park, Sue", "Parks", "Adams, Ann", "Vance, Parker", "Will", "Xu", "Yak", "Zeno",
    ]  # fmt: skip
    assert [match.name for match in office.read(lambda r: search_contacts(r, "park", 3))] == [
        "Sue Park", "Parks", "Ann Adams",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["hartmann j", "Hartmann, J", "hartmann,j"])
def test_name_as_it_stands_in_the_list_comes_first(office: Office, typed: str) -> None:
    office.runner.run(SaveContact(ContactDraft("J", "Aa", company="Hartmann")))
    office.runner.run(SaveContact(ContactDraft("Julia", "Hartmann")))
    assert names(office, typed) == ["Hartmann, Julia", "Aa, J"]


def test_rank_holds_when_many_match(sample_office: Office) -> None:
    whole = list(sample_office.read(lambda r: contact_ids(r, "s")))
    first = page(sample_office, "s")
    assert list(first.ids) == whole[: len(first.ids)]
    shown = [first.rows[key].name.lower() for key in first.ids if key in first.rows]
    begin = [name.startswith("s") for name in shown]
    assert begin == sorted(begin, reverse=True)
    assert True in begin


def test_invoice_number_finds_its_contact_and_says_so(sample_office: Office) -> None:
    number, contact_id = sample_office.read(
        lambda r: r.one(
            "SELECT number, contact_id FROM invoices WHERE number IS NOT NULL"
            " ORDER BY number DESC LIMIT 1"
        )
    ) or ("", 0)
    for typed in (number, f"#{number}", number.lstrip("0"), number.lower()):
        found = page(sample_office, typed)
        assert contact_id in found.ids, typed
        row = found.rows[contact_id]
        assert (row.hit_kind, row.hit) == ("invoice", number), typed
    everybody = {
        row[0]
        for row in sample_office.read(
            lambda r: r.all(
                "SELECT contact_id FROM invoices WHERE number LIKE ?", (f"{number[:3]}%",)
            )
        )
    }
    assert everybody <= set(page(sample_office, number[:3]).ids)


def test_invoice_of_a_contact_in_the_trash_finds_nobody(sample_office: Office) -> None:
    number, contact_id = sample_office.read(
        lambda r: r.one(
            "SELECT number, contact_id FROM invoices WHERE number IS NOT NULL AND contact_id NOT IN"
            " (SELECT contact_id FROM invoices WHERE open_cents <> 0) AND contact_id NOT IN"
            " (SELECT contact_id FROM appointments WHERE contact_id IS NOT NULL AND starts_at > ?"
            " UNION SELECT contact_id FROM series WHERE contact_id IS NOT NULL)",
            (sample_office.clock.now_ms(),),
        )
    ) or ("", 0)
    sample_office.runner.run(DeleteContact((contact_id,)))
    assert contact_id not in page(sample_office, number).ids


def test_short_numbers_must_be_whole_and_zeros_in_front_may_be_left_out() -> None:
    assert invoice_numbers("7")[:2] == ("", "")
    assert "0007" in invoice_numbers("7")[2]
    assert invoice_numbers("inv-2")[0] == "INV-2"
    assert invoice_numbers("hartmann") == ("", "", ())
    assert invoice_numbers("9" * 40) == ("", "", ())


@pytest.mark.parametrize("text", ["   ,;", '"', "*"])
def test_what_holds_no_word_finds_nobody(office: Office, text: str) -> None:
    office.runner.run(SaveContact(ContactDraft(last_name="Moen", phones=(Phone("1"),))))
    assert names(office, text) == []
    assert office.read(lambda r: understand(r, text)).hopeless


def test_note_is_shown_from_where_it_holds_the_word(office: Office) -> None:
    note = "word " * 60 + "the blue ladder stands behind the shed"
    contact_id = office.runner.run(
        SaveContact(ContactDraft(last_name="Moen", notes=(NoteDraft(note),)))
    )
    hit = page(office, "ladder").rows[contact_id].hit
    assert hit.startswith("… ")
    assert "ladder" in hit[:60]
