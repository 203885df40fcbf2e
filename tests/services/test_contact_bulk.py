from __future__ import annotations

import pytest

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, ParsedContact, ParsedContacts
from tcf_desktop.services.command import Command
from tcf_desktop.services.contact_bulk import GivePriceList, TagContacts
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.contact_choices import filter_choices, tags_of
from tcf_desktop.services.undo import RedoLast, UndoLast
from tcf_desktop.services.uow import UnitOfWork


def tags(office: Office) -> dict[int, str]:
    return dict(office.read(lambda r: r.all("SELECT id, tags FROM contacts ORDER BY id")))


def rows(office: Office) -> list[tuple[object, ...]]:
    return office.read(lambda r: r.all("SELECT * FROM contacts ORDER BY id"))


@pytest.fixture
def people(office: Office) -> list[int]:
    wanted = (("vip", "spring"), ("Spring",), ())
    return [
        office.runner.run(SaveContact(ContactDraft(last_name=f"P{n}", tags=mine)))
        for n, mine in enumerate(wanted)
    ]


def test_tags_are_given_and_taken_whatever_their_case_in_one_step(
    office: Office, people: list[int]
) -> None:
    before = rows(office)
    command = TagContacts(tuple(people), ("Vip, late payer", " "), ("SPRING",))
    assert office.runner.run(command) == 3
    assert list(tags(office).values()) == ["vip,late payer", "Vip,late payer", "Vip,late payer"]
    after = rows(office)
    office.runner.run(UndoLast())
    assert rows(office) == before
    office.runner.run(RedoLast())
    assert rows(office) == after


def test_nothing_to_change_makes_no_entry(office: Office, people: list[int]) -> None:
    entries = "SELECT count(*) FROM journal"
    before = office.read(lambda r: r.value(entries))
    assert office.runner.run(TagContacts((people[0],), ("VIP",))) == 0
    assert office.runner.run(TagContacts((), ("x",))) == 0
    assert office.runner.run(TagContacts((10**9,), ("x",))) == 0
    assert office.read(lambda r: r.value(entries)) == before


def test_choices_name_the_tags_of_all_and_of_some(office: Office, people: list[int]) -> None:
    assert office.read(lambda r: tags_of(r, people[1:])) == ("Spring",)
    assert [tag.lower() for tag in office.read(filter_choices).tags] == ["spring", "vip"]


class AddPriceList(Command[int]):
    journalled = False

    def execute(self, uow: UnitOfWork) -> int:
        return uow.add(models.PriceList(name="Commercial", position=0)).id


def test_price_list_is_given_and_taken(office: Office, people: list[int]) -> None:
    list_id = office.runner.run(AddPriceList())
    before = rows(office)
    assert office.runner.run(GivePriceList(tuple(people[:2]), list_id)) == 2
    stored = "SELECT price_list_id FROM contacts ORDER BY id"
    assert [row[0] for row in office.read(lambda r: r.all(stored))] == [list_id, list_id, None]
    assert office.runner.run(GivePriceList(tuple(people), None)) == 2
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert rows(office) == before
    with pytest.raises(AppError) as refused:
        office.runner.run(GivePriceList(tuple(people), list_id + 1))
    assert refused.value.code == "data.gone"


def test_ten_thousand_contacts_are_tagged_and_brought_back_whole(office: Office) -> None:
    parsed = tuple(
        ParsedContact(n, n, ContactDraft(last_name=f"Person{n:05}")) for n in range(10_000)
    )
    files = [ParsedContacts("a", "CSV", "", parsed)]
    plan = office.read(lambda r: plan_import(r, files))
    office.runner.run(ImportContacts(plan, Progress()))
    before = rows(office)
    everybody = tuple(tags(office))
    assert office.runner.run(TagContacts(everybody, ("Gutters",))) == 10_000
    assert set(tags(office).values()) == {"Gutters"}
    office.runner.run(UndoLast())
    assert rows(office) == before
