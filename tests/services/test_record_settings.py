"""Fields, measures and price lists of the office: changed, refused in words, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.messages import MESSAGES
from tcf_desktop.domain.contacts import ContactDraft, Named, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.catalog import MoveService, SaveService
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.custom_fields import (
    MoveField,
    RemoveField,
    RestoreField,
    SaveField,
)
from tcf_desktop.services.measures import MoveMeasure, RemoveMeasure, RestoreMeasure, SaveMeasure
from tcf_desktop.services.office import Office
from tcf_desktop.services.price_lists import (
    RemovePriceList,
    RestorePriceList,
    SavePriceList,
    SetListPrice,
)
from tcf_desktop.services.queries import record_settings as queries
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.undo import UndoLast


def code_of(office: Office, command: object) -> str:
    with pytest.raises(AppError) as refused:
        office.runner.run(command)  # type: ignore[arg-type]
    assert refused.value.code in MESSAGES
    return refused.value.code


def contact_with(office: Office, name: str, value: str) -> int:
    draft = ContactDraft(last_name="Moen", fields=(Named(name, value),))
    return int(office.runner.run(SaveContact(draft)))


def value_of(office: Office, contact_id: int) -> tuple[Named, ...]:
    return office.read(lambda r: next(drafts_of(r, [contact_id]))).draft.fields


def test_fields_are_added_renamed_ordered_and_counted(office: Office) -> None:
    run = office.runner.run
    ladder = run(SaveField(None, " Ladder  size ", "number"))
    color = run(SaveField(None, "Door", "choice", ("red", "Red ", "", "blue")))
    run(SaveField(ladder, "Ladder", "number"))
    run(MoveField(color, -1))
    run(MoveField(color, -5))
    contact_with(office, "ladder", "24")
    rows = office.read(queries.fields)
    assert [(row.name, row.kind, row.choices, row.used) for row in rows] == [
        ("Door", "choice", ("red", "blue"), 0),
        ("Ladder", "number", (), 1),
    ]


def test_nonsense_about_fields_is_refused_in_words(office: Office) -> None:
    office.runner.run(SaveField(None, "Ladder", "number"))
    assert code_of(office, SaveField(None, "  ", "text")) == "fields.nameless"
    assert code_of(office, SaveField(None, "LADDER", "text")) == "fields.taken"
    assert code_of(office, SaveField(None, "Door", "choice", (" ",))) == "fields.no_choices"
    many = tuple(f"c{n}" for n in range(300))
    assert code_of(office, SaveField(None, "Door", "choice", many)) == "fields.too_many"
    assert len(office.read(queries.fields)) == 1


def test_a_kind_changes_only_when_every_value_fits(office: Office) -> None:
    run = office.runner.run
    field = run(SaveField(None, "Ladder", "text"))
    first = contact_with(office, "Ladder", "1,024.50")
    second = contact_with(office, "Ladder", "tall")
    assert code_of(office, SaveField(field, "Ladder", "number")) == "fields.values_misfit"
    assert value_of(office, first) == (Named("Ladder", "1,024.50"),)
    run(SaveContact(ContactDraft(last_name="Moen", fields=(Named("Ladder", "24"),)), second))
    run(SaveField(field, "Ladder", "number"))
    assert value_of(office, first) == (Named("Ladder", "1024.5"),)
    run(UndoLast())
    assert value_of(office, first) == (Named("Ladder", "1,024.50"),)
    choices = ("24", "36")
    assert code_of(office, SaveField(field, "Ladder", "choice", choices)) == "fields.values_misfit"


def test_a_choice_in_use_cannot_be_taken_away(office: Office) -> None:
    field = office.runner.run(SaveField(None, "Door", "choice", ("Red", "Blue")))
    contact = contact_with(office, "Door", "red")
    assert value_of(office, contact) == (Named("Door", "Red"),)
    gone = SaveField(field, "Door", "choice", ("Blue",))
    assert code_of(office, gone) == "fields.values_misfit"
    office.runner.run(SaveField(field, "Door", "choice", ("RED", "Blue", "Green")))
    assert value_of(office, contact) == (Named("Door", "RED"),)


def test_a_removed_field_keeps_its_values_until_it_comes_back(office: Office) -> None:
    run = office.runner.run
    field = run(SaveField(None, "Ladder", "number"))
    contact = contact_with(office, "Ladder", "24")
    run(RemoveField(field))
    assert value_of(office, contact) == ()
    assert [row.used for row in office.read(queries.removed_fields)] == [1]
    run(SaveContact(ContactDraft(last_name="Changed"), contact))
    other = run(SaveField(None, "Ladder", "text"))
    assert code_of(office, RestoreField(field)) == "fields.taken"
    run(RemoveField(other))
    run(RestoreField(field))
    assert value_of(office, contact) == (Named("Ladder", "24"),)
    assert office.read(queries.removed_fields) == ()


def test_measures_stay_with_their_places(office: Office) -> None:
    run = office.runner.run
    panes = run(SaveMeasure(None, "Panes", "panes"))
    feet = run(SaveMeasure(None, "Carpet", "sq ft"))
    run(MoveMeasure(feet, -1))
    run(SaveMeasure(feet, "Carpet area", "sq ft"))
    place = Place(street="1 Main", measures=(Named("panes", "24"),))
    contact = run(SaveContact(ContactDraft(last_name="Moen", places=(place,))))
    assert [(m.name, m.unit, m.used) for m in office.read(queries.measures)] == [
        ("Carpet area", "sq ft", 0),
        ("Panes", "panes", 1),
    ]
    assert code_of(office, SaveMeasure(None, "PANES")) == "measures.taken"
    assert code_of(office, SaveMeasure(None, "")) == "measures.nameless"
    run(RemoveMeasure(panes))
    assert [row.name for row in office.read(queries.removed_measures)] == ["Panes"]
    stored = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert stored.places[0].measures == ()
    run(RestoreMeasure(panes))
    stored = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert stored.places[0].measures == (Named("Panes", "24"),)


def test_price_lists_name_prices_and_leave_the_rest_to_the_service(office: Office) -> None:
    run = office.runner.run
    windows = run(SaveService(None, "Windows", 450 * E4))
    gutters = run(SaveService(None, "Gutters", 9_500 * E4))
    run(MoveService(gutters, -1))
    assert [row.name for row in office.read(queries.services)] == ["Gutters", "Windows"]
    chain = run(SavePriceList(None, "Chain stores"))
    run(SetListPrice(chain, windows, 400 * E4))
    run(SetListPrice(chain, windows, 390 * E4))
    run(SetListPrice(chain, gutters, 9_000 * E4))
    run(SetListPrice(chain, gutters, None))
    assert office.read(queries.price_lists)[0].prices == {windows: 390 * E4}
    assert code_of(office, SetListPrice(chain, windows, 10**15)) == "money.too_large"
    assert code_of(office, SavePriceList(None, "chain STORES")) == "prices.taken"
    assert code_of(office, SavePriceList(chain, "")) == "prices.nameless"
    run(SavePriceList(chain, "Chains"))
    run(UndoLast())
    assert office.read(queries.price_lists)[0].name == "Chain stores"


def test_a_contact_of_a_removed_list_can_be_saved_and_gets_it_back(office: Office) -> None:
    run = office.runner.run
    chain = run(SavePriceList(None, "Chain stores"))
    contact = run(SaveContact(ContactDraft(company="Acme", price_list="chain stores")))
    run(RemovePriceList(chain))
    assert office.read(queries.price_lists) == ()
    assert office.read(queries.removed_price_lists)[0].used == 1
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert known.price_list == ""
    run(RestorePriceList(chain))
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert known.price_list == "Chain stores"
    run(RemovePriceList(chain))
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    run(SaveContact(replace(known, company="Acme Inc"), contact))
    run(RestorePriceList(chain))
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert (known.company, known.price_list) == ("Acme Inc", "Chain stores")
    run(SaveContact(replace(known, price_list=""), contact))
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    assert known.price_list == ""
