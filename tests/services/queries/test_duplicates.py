"""Duplicates among the stored contacts, and while one is typed."""

from __future__ import annotations

from typing import Any

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place
from tcf_desktop.domain.duplicates import Certainty, Reason
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.merge import MergeContacts, SayDistinct
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.duplicates import (
    LookAlike,
    find_duplicates,
    group_rows,
    look_alikes,
)
from tcf_desktop.services.undo import UndoLast

HOME = Place(street="2416 S Prairie Ave", city="Sioux Falls", postal_code="57105")


def add(office: Office, name: str = "", **more: Any) -> int:
    first, _, last = name.partition(" ")
    return office.runner.run(SaveContact(ContactDraft(first_name=first, last_name=last, **more)))


def phone(number: str) -> tuple[Phone, ...]:
    return (Phone(number),)


def found(office: Office) -> list[tuple[tuple[int, ...], Certainty]]:
    groups = office.read(find_duplicates).groups
    return [(group.ids, group.certainty) for group in groups]


def alike(office: Office, draft: ContactDraft, but: int | None = None) -> list[LookAlike]:
    return office.read(lambda r: look_alikes(r, draft, but))


def test_every_key_finds_its_pair(office: Office) -> None:
    pairs = [
        (add(office, "Jane Olson", phones=phone("605-555-0138")),
         add(office, "Jane Olson", phones=phone("+1 605 555 0138"))),
        (add(office, "Karl Moen", emails=(Email("Karl@Moen.example"),)),
         add(office, "Moen Karl", emails=(Email("karl@moen.example"),))),
        (add(office, "Rita Vos", phones=phone("605-555-0111"), places=(HOME,)),
         add(office, "Rita Vos", phones=phone("605-555-0112"), places=(
             Place(street="2416 South Prairie Avenue", city="Sioux Falls", postal_code="57105"),))),
        (add(office, "Otto Berg", phones=phone("not a number 1234567")),
         add(office, "Otto Berg", phones=phone("1234567"))),
    ]  # fmt: skip
    add(office, "Somebody Else", phones=phone("605-555-0177"))
    assert found(office) == [(pair, Certainty.CERTAIN) for pair in pairs]


def test_namesakes_are_likely_when_one_has_nothing_else(office: Office) -> None:
    full = add(office, "Jane Olson", phones=phone("605-555-0138"), places=(HOME,))
    bare = add(office, "Jane Olson")
    assert found(office) == [((full, bare), Certainty.LIKELY)]


def test_namesakes_who_are_told_apart_by_everything_are_left_alone(office: Office) -> None:
    add(office, "John Smith", phones=phone("605-555-0138"), places=(HOME,))
    add(
        office, "John Smith", phones=phone("605-555-0139"),
        places=(Place(street="12 Oak Lane", city="Brandon", postal_code="57005"),),
    )  # fmt: skip
    assert found(office) == []


def test_who_was_told_apart_deleted_or_merged_is_not_found_again(office: Office) -> None:
    ids = [add(office, "Jane Olson", phones=phone("605-555-0138")) for _ in range(3)]
    assert found(office) == [(tuple(ids), Certainty.CERTAIN)]
    office.runner.run(DeleteContact((ids[2],)))
    assert found(office) == [((ids[0], ids[1]), Certainty.CERTAIN)]
    office.runner.run(SayDistinct((ids[1], ids[0])))
    assert found(office) == []
    office.runner.run(UndoLast())
    assert found(office) != []
    office.runner.run(MergeContacts(ids[0], ids[1]))
    assert found(office) == []


def test_500_of_one_name_are_one_group(office: Office) -> None:
    ids = [add(office, "John Smith") for _ in range(500)]
    assert found(office) == [(tuple(ids), Certainty.LIKELY)]
    groups = office.read(find_duplicates).groups
    (row,) = office.read(lambda r: group_rows(r, groups))
    assert (row.name, row.others, row.size) == ("John Smith", ("John Smith", "John Smith"), 500)
    assert len(alike(office, ContactDraft(first_name="John", last_name="Smith"))) == 5


def test_the_search_can_be_stopped(office: Office) -> None:
    add(office, "Jane Olson")

    def stop(done: int, total: int) -> None:
        assert 0 <= done < total
        raise AppError("app.stopped")

    with pytest.raises(AppError) as stopped:
        office.read(lambda r: find_duplicates(r, stop))
    assert stopped.value.code == "app.stopped"
    assert office.read(find_duplicates).contacts == 1  # the reader works on


def test_while_typing_the_surest_come_first_with_the_reason(office: Office) -> None:
    household = add(office, "Bob Olson", phones=phone("605-555-0138"), places=(HOME,))
    same = add(office, "Jane Olson", phones=phone("605-555-0138"))
    namesake = add(
        office, "Jane Olson", phones=phone("605-555-0150"),
        places=(Place(street="12 Oak Lane", city="Brandon", postal_code="57005"),),
    )  # fmt: skip
    typed = ContactDraft(
        first_name="Jane", last_name="Olson", phones=phone("(605) 555 0138"), places=(HOME,)
    )
    hits = alike(office, typed)
    assert [hit.id for hit in hits] == [same, household, namesake]
    assert hits[0].certainty is Certainty.CERTAIN
    assert hits[0].reasons == (Reason.NAME, Reason.PHONE)
    assert [hit.id for hit in alike(office, typed, but=same)] == [household, namesake]


def test_while_typing_an_address_alone_finds_the_household(office: Office) -> None:
    bob = add(office, "Bob Olson", places=(HOME,))
    typed = ContactDraft(first_name="Jane", last_name="Olson", places=(HOME,))
    assert [(hit.id, hit.reasons) for hit in alike(office, typed)] == [
        (bob, (Reason.SURNAME, Reason.ADDRESS))
    ]
    assert alike(office, ContactDraft()) == []
