from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone, Place
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contact_filter import EVERYBODY
from tcf_desktop.services.queries.contacts import contact_page
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.trash import RestoreItems
from tcf_desktop.services.undo import RedoLast, UndoLast

JULIA = ContactDraft(
    first_name="Julia",
    last_name="Hartmann",
    phones=(Phone("605-555-0172", "Mobile"),),
    emails=(Email("julia@example.com"),),
    places=(
        Place("Home", "2416 S Prairie Ave", city="Sioux Falls", access_note="Gate 4471"),
        Place("Lake cabin", "118 Shore Dr", city="Wall Lake"),
    ),
    notes=(NoteDraft("Ladder for the stairwell"),),
    source="neighbor",
)


def stored(office: Office, contact_id: int) -> ContactDraft:
    return office.read(lambda r: next(drafts_of(r, [contact_id]))).draft


def found(office: Office, text: str) -> list[int]:
    now = office.clock.now_ms()
    return list(office.read(lambda r: contact_page(r, text, EVERYBODY, now, "2026-07-14").ids))


def test_contact_is_stored_with_all_its_parts_and_found_by_each(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    draft = stored(office, contact_id)
    assert draft.phones[0].id is not None
    assert [place.name for place in draft.places] == ["Home", "Lake cabin"]
    for text in (
        "hartm", "jul hart", "hart jul", "0172", "605555", "(605) 555-0172", "5550172",
        "+1 605 555", "001605555", "julia@ex", "prairie", "shore wall", "ladder", "HÄRTMANN",
    ):  # fmt: skip
        assert found(office, text) == [contact_id], text
    for text in ("zz", "hartmann zz", "9999", "   ,;", '"', "customer", "\ue000"):
        assert found(office, text) == [], text


def test_change_keeps_parts_by_id_and_undo_brings_all_back(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    before = stored(office, contact_id)
    home = before.places[0]
    changed = ContactDraft(
        first_name="Julia",
        last_name="Moen",
        phones=(Phone("605-555-0199"), before.phones[0]),
        places=(Place("Home", "1 New St", city="Harrisburg", id=home.id),),
        notes=before.notes,
    )
    office.runner.run(SaveContact(changed, contact_id))
    after = stored(office, contact_id)
    assert [place.id for place in after.places] == [home.id]
    assert [phone.number for phone in after.phones] == ["605-555-0199", "605-555-0172"]
    assert after.emails == ()
    assert found(office, "hartmann") == []
    assert found(office, "cabin") == []
    office.runner.run(UndoLast())
    assert stored(office, contact_id) == before
    assert found(office, "cabin") == [contact_id]
    office.runner.run(RedoLast())
    assert found(office, "moen") == [contact_id]


def test_nothing_changed_makes_no_entry(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    office.runner.run(SaveContact(stored(office, contact_id), contact_id))
    assert office.read(lambda r: r.value("SELECT count(*) FROM journal")) == 1


def test_contact_without_anything_is_refused(office: Office) -> None:
    with pytest.raises(AppError) as caught:
        office.runner.run(SaveContact(ContactDraft(notes=(NoteDraft("who?"),), first_name="  ")))
    assert caught.value.code == "contacts.nameless"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "😀" * 500,
        "שלום עולם",
        "=cmd|' /C calc'!A0",
        "<b>&amp;</b>",
        "a\x00b",
        "\ud800",
    ],
    ids=["long", "emoji", "rtl", "formula", "html", "nul", "half pair"],
)
def test_every_field_takes_any_text(office: Office, text: str) -> None:
    draft = ContactDraft(
        first_name=text,
        last_name="End",
        company=text,
        phones=(Phone(text),),
        emails=(Email(text),),
        places=(Place(text, text, text, text, text, text, text, text),),
        notes=(NoteDraft(text),),
        source=text,
    )
    contact_id = office.runner.run(SaveContact(draft))
    assert stored(office, contact_id).last_name == "End"
    assert found(office, "end") == [contact_id]
    found(office, text)


def test_delete_marks_and_restore_and_undo_bring_back(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    done = office.runner.run(DeleteContact((contact_id,)))
    assert (done.names, done.archived) == (("Julia Hartmann",), 0)
    assert found(office, "hartmann") == []
    office.runner.run(UndoLast())
    assert found(office, "hartmann") == [contact_id]
    office.runner.run(DeleteContact((contact_id,)))
    office.runner.run(RestoreItems((("contact", contact_id),)))
    assert found(office, "hartmann") == [contact_id]


def test_contact_with_open_money_or_visits_ahead_stays(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    owing = sample_office.read(
        lambda r: r.value(
            "SELECT contact_id FROM invoices WHERE state = 'issued' AND open_cents > 0 LIMIT 1"
        )
    )
    with pytest.raises(AppError) as caught:
        sample_office.runner.run(DeleteContact((owing,)))
    assert caught.value.code == "contacts.owes"
    booked = sample_office.read(
        lambda r: r.value(
            "SELECT contact_id FROM appointments a WHERE starts_at > ? AND state = 'confirmed'"
            " AND contact_id NOT IN (SELECT contact_id FROM invoices WHERE open_cents <> 0)",
            (now,),
        )
    )
    with pytest.raises(AppError) as caught:
        sample_office.runner.run(DeleteContact((booked,)))
    assert caught.value.code == "contacts.has_visits"


def test_contact_with_a_visit_under_way_stays(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    contact_id = sample_office.read(
        lambda r: r.value(
            "SELECT a.contact_id FROM appointments a WHERE a.contact_id IS NOT NULL"
            " AND a.starts_at < ? AND a.ends_at > ? AND a.state IN ('confirmed', 'arrived')"
            " AND NOT EXISTS (SELECT 1 FROM appointments b WHERE b.contact_id = a.contact_id"
            "   AND b.starts_at > ? AND b.state IN ('confirmed', 'tentative'))"
            " AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.contact_id = a.contact_id"
            "   AND i.open_cents > 0)",
            (now, now, now),
        )
    )
    assert contact_id is not None
    with pytest.raises(AppError) as caught:
        sample_office.runner.run(DeleteContact((contact_id,)))
    assert caught.value.code == "contacts.has_visits"


def test_of_several_those_that_are_still_needed_stay_and_are_named(sample_office: Office) -> None:
    owing = sample_office.read(
        lambda r: r.one(
            "SELECT c.id, c.display_name FROM contacts c JOIN invoices i ON i.contact_id = c.id"
            " WHERE i.open_cents > 0 AND c.deleted_at IS NULL LIMIT 1"
        )
    )
    assert owing is not None
    free = sample_office.runner.run(SaveContact(ContactDraft(last_name="Free")))
    done = sample_office.runner.run(DeleteContact((owing[0], free)))
    assert (done.names, done.kept) == (("Free",), (owing[1],))
    assert (
        sample_office.read(
            lambda r: r.value("SELECT deleted_at FROM contacts WHERE id = ?", (owing[0],))
        )
        is None
    )


def test_contact_with_settled_documents_is_archived_with_words(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    settled = sample_office.read(
        lambda r: r.value(
            "SELECT contact_id FROM invoices WHERE state = 'paid' AND contact_id NOT IN"
            " (SELECT contact_id FROM invoices WHERE open_cents <> 0) AND contact_id NOT IN"
            " (SELECT contact_id FROM appointments WHERE starts_at > ? AND contact_id NOT NULL"
            "  UNION SELECT contact_id FROM series WHERE contact_id NOT NULL)",
            (now,),
        )
    )
    done = sample_office.runner.run(DeleteContact((settled,)))
    assert done.archived == 1
    assert done.documents >= 1
