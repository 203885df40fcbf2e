"""What a dry run says field by field, names nobody knows here, joining, and earlier imports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Named,
    NoteDraft,
    ParsedContact,
    ParsedContacts,
    Phone,
    Place,
)
from tcf_desktop.domain.imports import Action, FieldChange, ImportPlan, PlanRow
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.custom_fields import SaveField
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.import_runs import (
    changed_since,
    import_report,
    import_runs,
)
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.undo import RedoLast, UndoEntry

ANN = ContactDraft(
    first_name="Ann",
    last_name="Lee",
    phones=(Phone("605-555-0101"),),
    places=(Place("Home", "1 Main St", city="Hartford"),),
    source="Fair",
)


def parsed(*drafts: ContactDraft, digest: str = "d1", order: str = "") -> ParsedContacts:
    contacts = tuple(ParsedContact(n, n, draft) for n, draft in enumerate(drafts, 1))
    return ParsedContacts("list.csv", "CSV", "", contacts, date_order=order, digest=digest)


def plan(office: Office, source: ParsedContacts, *, replacing: bool = False) -> ImportPlan:
    return office.read(lambda r: plan_import(r, [source], replacing=replacing))


def write(office: Office, planned: ImportPlan) -> tuple[PlanRow, ...]:
    return office.runner.run(ImportContacts(planned, Progress()))


def stored(office: Office, contact_id: int) -> ContactDraft:
    (contact,) = office.read(lambda r: list(drafts_of(r, [contact_id])))
    return contact.draft


def test_update_fills_blanks_and_leaves_what_is_filled(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(ANN))
    more = replace(
        ANN,
        source="Radio",
        language="es",
        terms_days=30,
        exemption=Exemption("TX-1"),
        tags=("vip",),
        places=(Place("", "1 main st.", city="Hartford", gate_code="42#"),),
    )
    (row,) = plan(office, parsed(more)).rows
    assert row.action is Action.UPDATE
    assert set(row.changes) == {
        FieldChange("Source", "Fair", "Radio", kept=True),
        FieldChange("Language", "", "es"),
        FieldChange("Terms", "", "30"),
        FieldChange("Tax exemption", "", "TX-1"),
        FieldChange("Gate code of Home", "", "42#"),
        FieldChange("Label", "", "vip"),
    }
    assert "Source stays “Fair”, the file says “Radio”." in row.reason
    write(office, plan(office, parsed(more)))
    ann = stored(office, contact_id)
    assert (ann.source, ann.language, ann.terms_days) == ("Fair", "es", 30)
    assert [(p.street, p.gate_code) for p in ann.places] == [("1 Main St", "42#")]
    assert plan(office, parsed(more)).to_write() == 0
    (row,) = plan(office, parsed(more), replacing=True).rows
    assert row.changes[0] == FieldChange("Source", "Fair", "Radio")
    assert "It changes Source from “Fair” to “Radio”." in row.reason
    write(office, plan(office, parsed(more), replacing=True))
    assert stored(office, contact_id).source == "Radio"


def test_names_nobody_knows_go_to_the_note_and_are_said(office: Office) -> None:
    office.runner.run(SaveField(None, "Panes", "number"))
    office.runner.run(SaveField(None, "Since", "date"))
    office.runner.run(SaveField(None, "Size", "choice", ("Small", "Large")))
    office.runner.run(SaveMeasure(None, "Stories"))
    place = Place(
        "Home", "1 Main St", tax="Mars tax",
        measures=(Named("Stories", "two"), Named("Doors", "3"), Named("stories", "2")),
    )  # fmt: skip
    odd = replace(
        ANN,
        crew="Windows C",
        price_list="VIP",
        exemption=Exemption("TX-1", until_on="13/14/25"),
        fields=(
            Named("panes", "many"), Named("Since", "3/4/2025"), Named("Size", "huge"),
            Named("Shoe", "38"),
        ),
        places=(place,),
        phones=(Phone("call me"),),
        emails=(Email("not an address"),),
        notes=(NoteDraft("Dog"),),
    )  # fmt: skip
    planned = plan(office, parsed(odd, order="dmy"))
    (row,) = planned.rows
    assert row.action is Action.ADD
    for words in (
        "“Windows C” is no crew here (Crew); it goes to the note.",
        "“VIP” is no price list here",
        "“many” is no number (panes)",
        "“huge” is none of the choices (Size)",
        "“38” has no field here (Shoe)",
        "“13/14/25” is no clear date",
        "“Mars tax” is no tax here (Tax (Home))",
        "“3” has no measure here (Doors (Home))",
        "“call me” does not look like a phone number; kept as typed.",
        "“not an address” does not look like an e-mail address; kept as typed.",
    ):
        assert words in row.reason
    (written,) = write(office, planned)
    assert written.id is not None
    ann = stored(office, written.id)
    assert ann.fields == (Named("Since", "2025-04-03"),)
    assert ann.phones[0].number == "call me"
    assert ann.places[0].measures == (Named("Stories", "2"),)
    (note,) = ann.notes
    assert note.text.split("\n")[0] == "Dog"
    assert {"Crew: Windows C", "Price list: VIP", "Shoe: 38", "Exempt until: 13/14/25"} <= set(
        note.text.split("\n")
    )
    assert plan(office, parsed(odd, order="dmy")).to_write() == 0


def test_two_rows_joined_with_one_contact_say_a_thing_once(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(ANN))
    other = ContactDraft(
        first_name="Bob", last_name="Ray", phones=(Phone("6055550101"),),
        emails=(Email("both@example.com"),), source="Radio",
    )  # fmt: skip
    planned = plan(office, parsed(other, replace(other, first_name="Rob")))
    assert [row.action for row in planned.rows] == [Action.IN_DOUBT] * 2
    (join,) = planned.rows[0].joinable
    assert (join.id, join.name) == (contact_id, "Ann Lee")
    assert FieldChange("Name", "Ann Lee", "Bob Ray", kept=True) in join.changes
    joined = replace(
        planned,
        rows=tuple(
            replace(row, action=Action.UPDATE, id=contact_id, payload=row.joinable[0].payload)
            for row in planned.rows
        ),
    )
    write(office, joined)
    ann = stored(office, contact_id)
    assert ann.shown_as() == "Ann Lee"
    assert [mail.address for mail in ann.emails] == ["both@example.com"]


def test_rows_of_one_contact_complete_each_other(office: Office) -> None:
    second = replace(
        ANN,
        phones=(Phone("605-555-0101"), Phone("605-555-0102")),
        source="",
        places=(replace(ANN.places[0], gate_code="42#"), Place(street="9 Oak")),
    )
    planned = plan(office, parsed(ANN, second))
    assert [row.action for row in planned.rows] == [Action.ADD, Action.UPDATE]
    rows = write(office, planned)
    assert rows[0].id is not None
    assert rows[0].id == rows[1].id
    ann = stored(office, rows[0].id)
    assert [phone.number for phone in ann.phones] == ["605-555-0101", "605-555-0102"]
    assert [(p.street, p.gate_code) for p in ann.places] == [("1 Main St", "42#"), ("9 Oak", "")]


def test_earlier_imports_are_listed_and_taken_back_while_untouched(office: Office) -> None:
    first = write(office, plan(office, parsed(ANN)))
    again = plan(office, parsed(ANN))
    assert again.earlier is not None
    assert again.to_write() == 0
    assert plan(office, parsed(ANN, digest="other")).earlier is None
    (run,) = office.read(import_runs)
    assert (run.files, run.added, run.updated, run.state) == (("list.csv",), 1, 0, "stands")
    report = office.read(lambda r: import_report(r, run.id))
    assert [(row["action"], row["name"], row["id"]) for row in report] == [
        ("add", "Ann Lee", first[0].id)
    ]
    assert run.entry_id is not None
    office.runner.run(UndoEntry(run.entry_id))
    (run,) = office.read(import_runs)
    assert (run.state, run.entry_id) == ("taken_back", None)
    assert plan(office, parsed(ANN)).earlier is None
    assert office.read(lambda r: r.value("SELECT count(*) FROM contacts")) == 0
    office.runner.run(RedoLast())
    (run,) = office.read(import_runs)
    assert run.state == "stands"
    assert run.entry_id is not None
    entry = run.entry_id
    office.runner.run(UndoEntry(entry))

    rows = write(office, plan(office, parsed(ANN, digest="d2")))
    office.runner.run(SaveContact(replace(ANN, first_name="Anna"), rows[0].id))
    newest = office.read(import_runs)[0]
    assert newest.entry_id is not None
    with pytest.raises(AppError) as caught:
        office.runner.run(UndoEntry(newest.entry_id))
    assert caught.value.code == "undo.moved_on"
    entry = newest.entry_id
    since = office.read(lambda r: changed_since(r, entry))
    assert (since.count, since.names) == (1, ("Anna Lee",))
