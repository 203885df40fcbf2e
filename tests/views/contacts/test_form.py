"""The contact form: short at first, the whole record when it is opened, nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Named,
    NoteDraft,
    Phone,
    Place,
)
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.custom_fields import SaveField
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.price_lists import SavePriceList
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.views.common import ComboBox, LineEdit
from tcf_desktop.views.contacts.form import ContactForm
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

CONTROL = Qt.KeyboardModifier.ControlModifier

FULL = ContactDraft(
    first_name="Julia",
    last_name="Hartmann",
    company="Hartmann Bakery",
    kind="prospect",
    segment="commercial",
    phones=(Phone("605-555-0172", "Mobile"), Phone("call Bob", "barn")),
    emails=(Email("julia@example.com", "Home"), Email("julia@example")),
    places=(
        Place(
            "Shop", "2416 S Prairie Ave", "Suite 4", "Sioux Falls", "SD", "57105", "US",
            access_note="Ring first\nDog", gate_code="4471", person="Karl",
            person_phone="605-555-0199", measures=(Named("Panes", "24.5"),),
        ),
        Place(street="PO Box 2210", city="Sioux Falls", is_billing=True),
    ),
    tags=("VIP", "north side"),
    source="A neighbor",
    language="es",
    crew="Windows A",
    price_list="Chains",
    terms_days=45,
    exemption=Exemption("77", "SD", "2027-07-01"),
    fields=(Named("Ladder", "24.5"), Named("Since", "2021-03-04"), Named("Door", "Red"),
            Named("Motto", "As ever")),
)  # fmt: skip


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    run = sample_context.office.runner.run
    for name, kind, choices in (
        ("Ladder", "number", ()),
        ("Since", "date", ()),
        ("Door", "choice", ("Red", "Blue")),
        ("Motto", "text", ()),
    ):
        run(SaveField(None, name, kind, choices))
    run(SavePriceList(None, "Chains"))
    known = sample_context.office.read(
        lambda r: r.value("SELECT 1 FROM measures WHERE name = 'Panes'")
    )
    if known is None:
        run(SaveMeasure(None, "Panes", "panes"))
    opened = open_window(sample_context, qtbot, "contacts")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


@pytest.fixture
def page(window: MainWindow) -> ContactsPage:
    found = window.current_page()
    assert isinstance(found, ContactsPage)
    return found


def stored_of(page: ContactsPage, contact_id: int) -> ContactDraft:
    return page.ctx.office.read(lambda r: next(drafts_of(r, [contact_id]))).draft


def without_ids(draft: ContactDraft) -> ContactDraft:
    return replace(
        draft,
        phones=tuple(replace(phone, id=None) for phone in draft.phones),
        emails=tuple(replace(mail, id=None) for mail in draft.emails),
        places=tuple(replace(place, id=None) for place in draft.places),
        notes=(),
    )


def field(form: ContactForm, name: str) -> LineEdit:
    found = form.findChild(LineEdit, name)
    assert found is not None, name
    return found


def own_editor(form: ContactForm, name: str) -> QWidget:
    return form.more._own[name].widget()


def test_one_line_fills_what_nobody_typed_into(page: ContactsPage, qtbot: QtBot) -> None:
    page.new_contact()
    form = page.form
    qtbot.waitUntil(form.line.hasFocus)
    QTest.keyClicks(form.line, "Jane Olson 605 555 0138 jane@olson.example 2416 S Prairie")
    draft = form.draft()
    assert (draft.first_name, draft.last_name) == ("Jane", "Olson")
    assert draft.phones == (Phone("605 555 0138"),)
    assert draft.emails == (Email("jane@olson.example"),)
    assert draft.places[0].street == "2416 S Prairie"
    form.first.selectAll()
    QTest.keyClicks(form.first, "Janet")
    form.line.setFocus()
    form.line.end(False)
    QTest.keyClicks(form.line, " Ave, Sioux Falls SD 57105")
    draft = form.draft()
    assert (draft.first_name, draft.places[0].city) == ("Janet", "Sioux Falls")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert not form.line.hasFocus()
    QTest.keyClick(form.first, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not form.isVisible())
    settle(page.ctx, qtbot)
    assert page.detail.contact_id is not None
    assert stored_of(page, page.detail.contact_id).shown_as() == "Janet Olson"


def test_the_whole_record_is_shown_and_saved_unchanged(page: ContactsPage, qtbot: QtBot) -> None:
    contact_id = page.ctx.office.runner.run(SaveContact(FULL))
    before = stored_of(page, contact_id)
    page.edit(contact_id)
    assert not page.form.is_touched()
    assert page.form.line_field.isHidden()
    page.form.submit()
    qtbot.waitUntil(lambda: not page.form.isVisible())
    assert stored_of(page, contact_id) == before
    assert without_ids(before) == FULL


def test_everything_can_be_changed(page: ContactsPage, qtbot: QtBot) -> None:
    contact_id = page.ctx.office.runner.run(SaveContact(ContactDraft(last_name="Moen")))
    page.edit(contact_id, "more")
    form = page.form
    more = form.more
    assert more.is_open()
    qtbot.waitUntil(more.tags.hasFocus)
    more.tags.setText("VIP, , north side,")
    more.source.setText("Yard sign")
    more.language.set_words("spanish")
    more.crew.setCurrentIndex(more.crew.findData("Windows A"))
    more.price_list.setCurrentIndex(more.price_list.findData("Chains"))
    more.terms.setCurrentIndex(more.terms.findData(60))
    more.exempt.click()
    QTest.keyClicks(more.number, "SD-9")
    QTest.keyClicks(more.region, "SD")
    QTest.keyClicks(more.until, "+12m")
    ladder, since = own_editor(form, "Ladder"), own_editor(form, "Since")
    QTest.keyClicks(ladder, "1,024.50")
    QTest.keyClicks(since, "mar 4 2021")
    door = own_editor(form, "Door")
    assert isinstance(door, ComboBox)
    door.setCurrentIndex(2)
    place = form.places.add()
    for name, text in (("street", "1 Main"), ("gate_code", "12#"), ("person", "Karl")):
        QTest.keyClicks(place.fields[name], text)
    QTest.keyClicks(place.measures["Panes"].widget(), "24")
    place.billing.click()
    row = form.phones.rows[0]
    QTest.keyClicks(row.value, "605-555-0107")
    row.label.set_words("Beach house")
    form.submit()
    qtbot.waitUntil(lambda: not form.isVisible())
    found = stored_of(page, contact_id)
    assert found.tags == ("VIP", "north side")
    assert (found.source, found.language, found.crew) == ("Yard sign", "es", "Windows A")
    assert (found.price_list, found.terms_days) == ("Chains", 60)
    assert found.exemption == Exemption("SD-9", "SD", "2027-07-14")
    assert {entry.name: entry.value for entry in found.fields} == {
        "Ladder": "1024.5",
        "Since": "2021-03-04",
        "Door": "Blue",
    }
    stored = found.places[0]
    assert (stored.gate_code, stored.person, stored.is_billing) == ("12#", "Karl", True)
    assert stored.measures == (Named("Panes", "24"),)
    assert found.phones[0].label == "Beach house"


def test_what_looks_like_a_mistake_is_marked_and_kept(page: ContactsPage, qtbot: QtBot) -> None:
    page.new_contact()
    form = page.form
    QTest.keyClicks(form.last, "Doubt")
    phone, mail = form.phones.rows[0], form.emails.rows[0]
    QTest.keyClicks(phone.value, "call Bob")
    assert phone.doubt.isHidden()
    QTest.keyClick(phone.value, Qt.Key.Key_Return)
    QTest.keyClicks(mail.value, "bob@home")
    QTest.keyClick(mail.value, Qt.Key.Key_Return)
    assert phone.doubt.label.text() == "This may not be a phone number"
    assert mail.doubt.label.text() == "This may not be an e-mail address"
    QTest.keyClicks(mail.value, ".example")
    assert mail.doubt.isHidden()
    form.submit()
    qtbot.waitUntil(lambda: not form.isVisible())
    settle(page.ctx, qtbot)
    contact_id = page.detail.contact_id
    assert contact_id is not None
    assert stored_of(page, contact_id).phones[0].number == "call Bob"
    qtbot.waitUntil(
        lambda: any(
            label.text() == "This may not be a phone number"
            for label in page.detail.findChildren(QLabel, "contacts.reach.doubt")
        )
    )


def test_a_note_needs_somebody_who_may_see_it(page: ContactsPage, qtbot: QtBot) -> None:
    page.new_contact()
    form = page.form
    QTest.keyClicks(form.last, "Noted")
    assert form.new_note.who.isHidden()
    form.note.setText("Dog bites")
    form.submit()
    assert "who may see it" in form.problem.label.text()
    chip = form.findChild(QPushButton, "contacts.form.note.visibility.office")
    assert chip is not None
    qtbot.waitUntil(chip.hasFocus)
    QTest.keyClick(chip, Qt.Key.Key_Right)
    crew = form.findChild(QPushButton, "contacts.form.note.visibility.crew")
    assert crew is not None
    assert crew.hasFocus()
    QTest.keyClick(crew, Qt.Key.Key_Space)
    assert crew.isChecked()
    QTest.keyClick(form.note, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not form.isVisible())
    settle(page.ctx, qtbot)
    assert page.detail.contact_id is not None
    notes = stored_of(page, page.detail.contact_id).notes
    assert [(note.text, note.visibility) for note in notes] == [("Dog bites", "crew")]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("Since", "some day", "is no date for “Since”"),
        ("Ladder", "tall", "is no number for “Ladder”"),
    ],
)
def test_what_cannot_be_read_is_said_and_gone_to(
    page: ContactsPage, qtbot: QtBot, name: str, typed: str, said: str
) -> None:
    page.new_contact()
    form = page.form
    QTest.keyClicks(form.last, "Odd")
    editor = own_editor(form, name)
    assert isinstance(editor, LineEdit)
    QTest.keyClicks(editor, typed)
    form.more.set_open(False)
    form.submit()
    assert said in form.problem.label.text()
    assert form.more.is_open()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
    kept = form.draft()
    page._on_form_left()
    form.take_up(kept, None)
    again = own_editor(form, name)
    assert isinstance(again, LineEdit)
    assert again.text() == typed


def test_an_unreadable_measure_or_end_opens_its_part(page: ContactsPage, qtbot: QtBot) -> None:
    page.new_contact()
    form = page.form
    QTest.keyClicks(form.last, "Odd")
    place = form.places.forms[0]
    panes = place.measures["Panes"].widget()
    QTest.keyClicks(panes, "many")
    form.submit()
    assert "“Panes”" in form.problem.label.text()
    assert place.more.is_open()
    qtbot.waitUntil(panes.hasFocus)
    assert isinstance(panes, LineEdit)
    panes.clear()
    form.more.exempt.click()
    QTest.keyClicks(form.more.until, "never")
    form.submit()
    assert "“Valid until”" in form.problem.label.text()


def test_an_ended_certificate_opens_the_part_and_warns(page: ContactsPage, qtbot: QtBot) -> None:
    ended = ContactDraft(last_name="Ended", exemption=Exemption("77", "SD", "2026-07-01"))
    page.edit(page.ctx.office.runner.run(SaveContact(ended)))
    more = page.form.more
    assert more.is_open()
    assert "ended on Jul 1, 2026" in more.warning.label.text()
    more.until.selectAll()
    QTest.keyClicks(more.until, "7/20")
    assert "ends on Jul 20, 2026" in more.warning.label.text()
    more.until.selectAll()
    QTest.keyClicks(more.until, "+24m")
    assert more.warning.isHidden()
    more.exempt.click()
    assert more.certificate.isHidden()


def test_bills_go_to_one_place_only(page: ContactsPage) -> None:
    page.edit(page.ctx.office.runner.run(SaveContact(FULL)))
    first, second = page.form.places.forms
    assert (first.billing.isChecked(), second.billing.isChecked()) == (False, True)
    first.billing.click()
    assert (first.billing.isChecked(), second.billing.isChecked()) == (True, False)


def test_tags_and_sources_of_others_are_proposed(page: ContactsPage, qtbot: QtBot) -> None:
    page.ctx.office.runner.run(
        SaveContact(ContactDraft(last_name="Other", tags=("zebra club",), source="Zoo visit"))
    )
    page.new_contact()
    settle(page.ctx, qtbot)
    more = page.form.more
    more.set_open(True)
    more.tags.setFocus()
    QTest.keyClicks(more.tags, "VIP, zeb")
    popup = more.tags._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(popup.model().index(0, 0))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: more.tags.text() == "VIP, zebra club")
    more.source.setFocus()
    QTest.keyClicks(more.source, "zo")
    other = more.source._completer.popup()
    assert other is not None
    qtbot.waitUntil(other.isVisible)
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert page.form.isVisible()


def test_tab_goes_through_the_form_and_scrolls_along(page: ContactsPage, qtbot: QtBot) -> None:
    page.new_contact()
    form = page.form
    form.more.set_open(True)
    form.places.forms[0].more.set_open(True)
    settle(page.ctx, qtbot)
    qtbot.waitUntil(form.line.hasFocus)
    seen: list[str] = []
    for _ in range(80):
        focused = form.window().focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
        if focused.objectName() == "contacts.form.save":
            break
        assert form.isAncestorOf(focused)
        if form._inside.isAncestorOf(focused):
            assert not focused.visibleRegion().isEmpty(), focused.objectName()
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = [
        "contacts.form.line", "contacts.form.first_name", "contacts.form.phone",
        "contacts.form.phone.label", "contacts.form.email", "contacts.form.place.street",
        "contacts.form.place.gate_code", "contacts.form.place.person", "contacts.form.place.tax",
        "contacts.form.note", "contacts.form.more.head", "contacts.form.tags",
        "contacts.form.source", "contacts.form.language", "contacts.form.crew",
        "contacts.form.price_list", "contacts.form.terms", "contacts.form.exempt",
        "contacts.form.save",
    ]  # fmt: skip
    assert [name for name in seen if name in wanted] == wanted


def test_the_form_stays_when_the_list_reads_itself(
    window: MainWindow, page: ContactsPage, qtbot: QtBot
) -> None:
    window.navigate(Target("contacts", "new"))
    page.list.reload()
    settle(page.ctx, qtbot)
    assert page.form.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_themes_paint_and_everything_has_a_name(
    page: ContactsPage, qtbot: QtBot, mode: str
) -> None:
    page.ctx.theme.set_mode(mode)
    contact_id = page.ctx.office.runner.run(SaveContact(FULL))
    page.edit(contact_id)
    page.form.more.set_open(True)
    page.form.places.forms[0].more.set_open(True)
    page.form.take_up(replace(FULL, notes=(NoteDraft("x", "document"),)), contact_id)
    assert unnamed_controls(page.form) == []
    assert not page.form.grab().isNull()


def test_the_detail_shows_what_is_usual(page: ContactsPage, qtbot: QtBot) -> None:
    soon = replace(
        FULL,
        exemption=Exemption("77", "SD", "2026-07-20"),
        places=(replace(FULL.places[0], person_phone="12"), FULL.places[1]),
    )
    contact_id = page.ctx.office.runner.run(SaveContact(soon))
    page.open_target(Target("contacts", "contact", contact_id))
    settle(page.ctx, qtbot)
    qtbot.waitUntil(lambda: page.detail.findChild(QWidget, "contacts.about") is not None)
    about = page.detail.findChild(QWidget, "contacts.about")
    assert about is not None
    qtbot.waitUntil(about.isVisible)
    texts = [label.text() for label in page.detail.findChildren(QLabel)]
    for text in (
        "Spanish", "Windows A", "Chains", "Net 45", "A neighbor", "24.5", "Mar 4, 2021",
        "Exempt · SD 77 · until Jul 20, 2026", "Gate code 4471", "Karl · 12", "Panes 24.5",
        "This may not be a phone number",
    ):  # fmt: skip
        assert text in texts, text
    edit = page.detail.findChild(QPushButton, "contacts.about.edit")
    assert edit is not None
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert page.form.more.is_open()


def test_many_places_are_folded_and_kept(page: ContactsPage, qtbot: QtBot) -> None:
    places = tuple(
        Place(f"Building {n}", f"{n} Main", gate_code=str(n), is_billing=n == 3) for n in range(6)
    )
    draft = ContactDraft(company="Condos", places=places)
    contact_id = page.ctx.office.runner.run(SaveContact(draft))
    page.edit(contact_id)
    forms = page.form.places.forms
    assert [bool(form.fields) for form in forms] == [True, False, False, False, False, False]
    assert not page.form.is_touched()
    QTest.mouseClick(forms[4].fold.head, Qt.MouseButton.LeftButton)
    assert not page.form.is_touched()
    forms[4].fields["gate_code"].setText("444")
    forms[4].billing.click()
    page.form.submit()
    qtbot.waitUntil(lambda: not page.form.isVisible())
    found = stored_of(page, contact_id).places
    assert [place.gate_code for place in found] == ["0", "1", "2", "3", "444", "5"]
    assert [place.is_billing for place in found] == [False, False, False, False, True, False]
