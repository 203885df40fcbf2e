"""What the timeline says about each kind of entry."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tcf_desktop.itemmodels.contact_timeline import ENTRY, TimelineModel, line_of
from tcf_desktop.services.queries.timeline import SOURCES
from tcf_desktop.services.queries.timeline_parts import Entry, Key

TODAY = "2026-07-14"
KEY = Key(1, 1, 1)


def said(kind: str, **values: Any) -> tuple[str, str]:
    line = line_of(Entry(kind, KEY, TODAY, **values), "USD", TODAY)
    return line.title, line.second


def change(label: str, fields: str = "", **more: Any) -> tuple[str, str]:
    params = more.pop("params", {"name": "Julia"})
    return said("change", title=label, more=fields, params=params, **more)


@pytest.mark.parametrize(
    ("label", "fields", "params", "words"),
    [
        ("new contact {name}", "contact_phones", {"name": "Julia"}, ("Added", "")),
        (
            "change of {name}",
            "contact_phones,tags",
            {"name": "Julia"},
            ("Changed", "phone numbers, tags"),
        ),
        ("change of {name}", "first_name,last_name", {"name": "J"}, ("Changed", "name")),
        ("deletion of {name}", "deleted_at", {"name": "Julia"}, ("Moved to the trash", "")),
        ("deletion of {count} contacts", "", {"count": 3}, ("Moved to the trash", "")),
        ("return of {name}", "", {"name": "Julia"}, ("Brought back from the trash", "")),
        ("return of {name}", "notes", {"name": "Ladder"}, ("A note was brought back", "")),
        (
            "merge of {other} into {name}",
            "contact_emails",
            {"name": "Julia", "other": "J. Hartmann"},
            ("Merged with J. Hartmann", ""),
        ),
        (
            "import of {count} contacts from {file}",
            "tags",
            {"count": 2, "file": "list.csv"},
            ("Updated from list.csv", "tags"),
        ),
        (
            "new appointment {name}",
            "kind",
            {"name": "Windows"},
            ("Became a customer", "New appointment Windows"),
        ),
        (
            "tags of {count} contacts",
            "tags",
            {"count": 4},
            ("Tags of 4 contacts", "tags"),
        ),
        ("{gone} of another version", "", {"name": "J"}, ("{gone} of another version", "")),
    ],
)
def test_changes_are_said_in_words(
    label: str, fields: str, params: dict[str, Any], words: tuple[str, str]
) -> None:
    assert change(label, fields, params=params) == words


def test_an_import_tells_who_came_with_it_and_what_was_undone_says_so() -> None:
    label, params = "import of {count} contacts from {file}", {"count": 2, "file": "a.vcf"}
    assert change(label, state="created", params=params)[0] == "Imported from a.vcf"
    assert change(label, undone=True, params=params)[0] == "Taken back: updated from a.vcf"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"title": "windows", "state": "done", "about": "Crew A", "more": "Home"},
            ("Windows, done by Crew A", "Home · 8:00–9:30 AM"),
        ),
        ({"title": "Windows", "state": "cancelled"}, ("Windows, cancelled", "8:00–9:30 AM")),
        ({"title": "", "state": "no_show"}, ("Visit, nobody was there", "8:00–9:30 AM")),
        (
            {"title": "", "state": "confirmed", "params": {"kind": "estimate"}},
            ("Estimate", "Estimate · 8:00–9:30 AM"),
        ),
    ],
)
def test_visits_are_said_with_their_crew_and_times(
    values: dict[str, Any], words: tuple[str, str]
) -> None:
    assert said("visit", starts_local="2026-07-14T08:00", minutes=90, **values) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", ("Invoice draft", "No number yet")),
        ("issued", ("Invoice 7 issued", "Due Jul 20")),
        ("part_paid", ("Invoice 7, paid in part", "Due Jul 20")),
        ("paid", ("Invoice 7, paid in full", "")),
        ("void", ("Invoice 7, void", "")),
        ("credited", ("Invoice 7, credited", "")),
    ],
)
def test_invoices_say_their_state(state: str, words: tuple[str, str]) -> None:
    assert said("invoice", state=state, about="7", more="2026-07-20") == words


def test_payments_name_the_invoices_that_they_paid() -> None:
    check = {"about": "check", "more": "2207"}
    assert said("payment", **check) == ("Check 2207 received", "")
    one = {**check, "params": {"numbers": "0988"}}
    assert said("payment", **one, state="paid")[1] == "Invoice 0988, paid in full"
    assert said("payment", **one, state="part_paid")[1] == "Invoice 0988"
    assert said("payment", about="barter", params={"numbers": "1, 2"}) == (
        "Barter received",
        "Invoices 1, 2",
    )


def test_notes_files_and_permissions_say_what_they_are() -> None:
    note = {"title": "Ladder\nin the shed", "state": "crew", "about": "Home"}
    assert said("note", **note) == ("Ladder in the shed", "Note for the crew · Home")
    assert said("file", title="a.jpg", state="image/jpeg", more="The porch") == (
        "The porch",
        "Photo · a.jpg",
    )
    assert said("file", title="plan.pdf", state="application/pdf") == ("plan.pdf", "File")
    for channel in ("text", "email"):
        for purpose in ("service", "marketing"):
            for state in ("given", "refused"):
                title, second = said(
                    "consent",
                    title=channel,
                    about=purpose,
                    state=state,
                    more="605-555-0172",
                    params={"how": "phone"},
                )
                assert title.startswith("Agreed" if state == "given" else "No more")
                assert second == "605-555-0172 · by phone"


def test_model_grows_and_reads_each_row_aloud(qtbot: QtBot) -> None:
    model = TimelineModel(lambda: "USD", lambda: TODAY)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    entries = [
        Entry("payment", Key(n, 1, n), TODAY, about="cash", amount_cents=100 * n) for n in (3, 2)
    ]
    with qtbot.waitSignal(model.modelReset):
        model.show_entries(entries)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_entries(list(entries))
    model.append([Entry("change", KEY, "2024-01-02", title="new contact {name}")])
    model.append([])
    assert model.rowCount() == 3
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(spoken) == "Cash received, $3.00, Today"
    assert model.index(2).data(spoken) == "Added, Jan 2, 2024"
    assert model.index(1).data() == "Cash received"
    assert model.index(1).data(ENTRY) is entries[1]
    assert model.index(9).data() is None


def test_every_source_has_words() -> None:
    kinds = {source.kind for source in SOURCES} - {"draft"}
    blank = {"title": "text", "about": "service", "state": "given"}
    for kind in kinds:
        values: dict[str, Any] = dict(blank)
        if kind == "visit":
            values |= {"starts_local": "2026-07-14T08:00", "minutes": 30}
        assert said(kind, **values)[0]
