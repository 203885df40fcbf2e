"""The index and the list of its words follow the contacts."""

from __future__ import annotations

import pytest

from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Phone, Place
from tcf_desktop.services import search
from tcf_desktop.services.command import Command
from tcf_desktop.services.contact_bulk import TagContacts
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.derived import RefreshDerived
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork


def words(office: Office) -> set[str]:
    return {row[0] for row in office.read(lambda r: r.all("SELECT word FROM search_words"))}


def found(office: Office, text: str) -> list[int]:
    return list(office.read(lambda r: contact_ids(r, text)))


def save(office: Office, draft: ContactDraft, contact_id: int | None = None) -> int:
    return office.runner.run(SaveContact(draft, contact_id))


def test_words_of_names_places_and_tags_are_kept_and_leave_with_the_last_contact(
    office: Office,
) -> None:
    place = Place("Home", "2416 S Prairie Ave", city="Sioux Falls")
    draft = ContactDraft(
        "Júlia", "Hartmann", places=(place,), tags=("Spring",), notes=(NoteDraft("ladder"),)
    )
    first = save(office, draft)
    assert words(office) == {"julia", "hartmann", "prairie", "sioux", "falls", "spring"}
    second = save(office, ContactDraft("Ina", "Hartmann"))
    office.runner.run(DeleteContact((first,)))
    assert "hartmann" in words(office)
    assert "julia" not in words(office)
    save(office, ContactDraft("Ina", "Moen"), second)
    assert "hartmann" not in words(office)
    office.runner.run(UndoLast())
    assert "hartmann" in words(office)


def test_words_are_the_same_after_everything_was_worked_out_anew(office: Office) -> None:
    for number in range(5):
        save(office, ContactDraft(f"Númber{number}", "Olson", company=f"Olson {number} Carpet"))
    before = words(office)
    office.runner.run(RefreshDerived())
    assert words(office) == before
    assert len(found(office, "number3")) == 1


class Forget(Command[None]):
    """What erasing a person does to the words."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        gone = uow.value("SELECT id FROM contacts WHERE last_name = 'Hartmann'")
        mine = search.words_of(uow.connection, [gone])
        uow.driver("DELETE FROM contact_search WHERE rowid = ?", [(gone,)])
        search.forget_words(uow.connection, mine)


def test_words_of_an_erased_person_that_nobody_else_has_can_be_forgotten(office: Office) -> None:
    save(office, ContactDraft("Julia", "Hartmann"))
    save(office, ContactDraft("Julia", "Moen"))
    office.runner.run(Forget())
    assert words(office) == {"julia", "moen"}


def test_tags_are_found_at_once_when_many_contacts_get_them(office: Office) -> None:
    ids = [save(office, ContactDraft(last_name=f"Person{n}")) for n in range(3)]
    office.runner.run(TagContacts(tuple(ids[:2]), ("Gutters",)))
    assert found(office, "gutt") == ids[:2]
    assert "gutters" in words(office)


@pytest.mark.parametrize(
    "typed",
    ["605-555-0172", "(605) 555-0172", "6055550172", "5550172", "555 0172", "+1 605 555 0172",
     "1-605-555-0172", "001 605 555 0172", "605 555", "0172"],
)  # fmt: skip
def test_number_is_found_however_it_is_typed(office: Office, typed: str) -> None:
    contact_id = save(office, ContactDraft("Julia", "Hartmann", phones=(Phone("605.555.0172"),)))
    save(office, ContactDraft("Else", "Who", phones=(Phone("712-444-9999"),)))
    assert found(office, typed) == [contact_id]


@pytest.mark.parametrize("stored", ["030 901820", "+49 30 901820", "+49 (0)30 901820"])
@pytest.mark.parametrize(
    "typed", ["030 901820", "030901820", "+49 30 901820", "0049 30 901820", "+49 (0)30 9018"]
)
def test_number_outside_the_american_plan_is_found_as_dialled_here_and_from_abroad(
    office: Office, stored: str, typed: str
) -> None:
    class Germany(Command[None]):
        journalled = False

        def execute(self, uow: UnitOfWork) -> None:
            uow.driver("UPDATE business SET country = ?", [("DE",)])

    office.runner.run(Germany())
    contact_id = save(office, ContactDraft("Jule", "Hartmann", phones=(Phone(stored),)))
    assert found(office, typed) == [contact_id]


def test_person_of_a_location_is_found_by_name_and_number(office: Office) -> None:
    place = Place("Clinic", "1 Main St", person="Ragnhild Vik", person_phone="605-555-7788")
    contact_id = save(office, ContactDraft(company="Prairie Dental", places=(place,)))
    assert found(office, "ragn") == [contact_id]
    assert found(office, "(605) 555-7788") == [contact_id]
