"""The card “Usual work” of a contact."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.due import DueRow, contact_frequencies
from tcf_desktop.views.common import Chip, IconButton
from tcf_desktop.views.contacts.detail_usual import UsualLine, UsualWorkCard
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tests.services.due_tools import TODAY, contact, places_of, service, visit, wanted
from tests.views.window_tools import open_window, settle


@pytest.fixture
def anna(view_context: ViewContext) -> int:
    """Somebody with a place and three visits."""
    office = view_context.office
    key = contact(office)
    (home,) = places_of(office, key)
    windows = service(office)
    for day in ("2026-01-05", "2026-03-02", "2026-04-27"):
        visit(office, key, day, location_id=home, service_id=windows)
    return key


@pytest.fixture
def window(view_context: ViewContext, anna: int, qtbot: QtBot) -> MainWindow:
    found = open_window(view_context, qtbot, "contacts")
    found.resize(1440, 900)
    found.navigate(Target("contacts", "contact", anna))
    settle(view_context, qtbot)
    return found


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> UsualWorkCard:
    page = window.current_page()
    assert isinstance(page, ContactsPage)
    found = page.detail.cards["usual"]
    assert isinstance(found, UsualWorkCard)
    qtbot.waitUntil(lambda: found.detail is not None)
    return found


def stored(card: UsualWorkCard, anna: int) -> tuple[DueRow, ...]:
    return card.ctx.office.read(lambda r: contact_frequencies(r, anna, TODAY))


def add(card: UsualWorkCard, text: str) -> None:
    card.open_editor(None)
    card.editor.service.setCurrentIndex(1)
    card.editor.often.edit.setText(text)
    QTest.keyClick(card.editor.often.edit, Qt.Key.Key_Return)


def lines(card: UsualWorkCard) -> list[UsualLine]:
    return [line for line in card.findChildren(UsualLine) if not line.isHidden()]


def menu(card: UsualWorkCard) -> QMenu:
    more = lines(card)[0].findChild(IconButton, f"contacts.usual.{lines(card)[0].row.id}.more")
    assert isinstance(more, IconButton)
    more.click()
    return card.findChildren(QMenu, "contacts.usual.menu")[-1]


def choose(shown: QMenu, *words: str) -> None:
    for word in words:
        action = next(a for a in shown.actions() if a.text().startswith(word))
        if action.menu() is None:
            action.trigger()
        else:
            inner = action.menu()
            assert isinstance(inner, QMenu)
            shown = inner
    shown.close()


def test_a_typed_interval_is_kept_for_service_and_place(
    card: UsualWorkCard, anna: int, qtbot: QtBot
) -> None:
    add(card, "every 6 weeks, april to october")
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    (row,) = stored(card, anna)
    assert row.rhythm == Rhythm(6, "week", "04-01", "10-31")
    assert (row.title, row.place) == ("Windows", "Home, Sioux Falls")
    texts = [label.text() for label in lines(card)[0].findChildren(QLabel)]
    assert texts[:2] == [
        "Windows · Home, Sioux Falls",
        "every 6 weeks, April to October · really every 8 weeks · due Jun 8, 2026",
    ]
    assert lines(card)[0].findChildren(Chip)[0].text() == "5 weeks late"
    assert card.editor.isHidden()


def test_what_is_understood_is_said_while_typing_and_unclear_text_is_not_kept(
    card: UsualWorkCard, anna: int
) -> None:
    card.open_editor(None)
    often = card.editor.often
    often.edit.setText("twice a year")
    assert often.hint.text() == "every 6 months; counted from the last visit"
    often.edit.setText("now and then")
    assert often.hint.text() == "Not clear yet"
    QTest.keyClick(often.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert often.hint.text().startswith("Write it like")
    assert stored(card, anna) == ()
    assert not card.editor.isHidden()


def test_a_line_is_changed_snoozed_refused_and_deleted_with_undo(
    card: UsualWorkCard, window: MainWindow, anna: int, qtbot: QtBot
) -> None:
    add(card, "every 6 weeks")
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    choose(menu(card), "Change")
    assert card.editor.often.edit.text() == "every 6 weeks"
    card.editor.often.edit.setText("monthly")
    card.editor.submit()
    qtbot.waitUntil(lambda: stored(card, anna)[0].rhythm == Rhythm(1, "month"))
    settle(window.ctx, qtbot)
    choose(menu(card), "Snooze", "For a month")
    qtbot.waitUntil(lambda: stored(card, anna)[0].snoozed_until_on == "2026-08-14")
    settle(window.ctx, qtbot)
    choose(menu(card), "Not interested", "Moved away")
    qtbot.waitUntil(lambda: stored(card, anna)[0].stop_reason == "Moved away")
    settle(window.ctx, qtbot)
    choose(menu(card), "Ask again")
    qtbot.waitUntil(lambda: not stored(card, anna)[0].stopped)
    settle(window.ctx, qtbot)
    choose(menu(card), "Delete")
    qtbot.waitUntil(lambda: stored(card, anna) == ())
    qtbot.waitUntil(lambda: lines(card) == [])
    window.undo()
    qtbot.waitUntil(lambda: len(lines(card)) == 1)


def test_the_button_books_and_a_booked_line_says_so(
    card: UsualWorkCard, window: MainWindow, anna: int, qtbot: QtBot
) -> None:
    add(card, "every 6 weeks")
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    book = lines(card)[0].findChild(IconButton, f"contacts.usual.{lines(card)[0].row.id}.book")
    assert isinstance(book, IconButton)
    book.click()
    schedule = window.current_page()
    assert isinstance(schedule, SchedulePage)
    qtbot.waitUntil(lambda: schedule._editor is not None)
    assert schedule._editor is not None
    schedule._editor.finish()
    qtbot.waitUntil(lambda: schedule._editor is None)
    window.navigate(Target("contacts", "contact", anna))
    qtbot.waitUntil(
        lambda: (
            [c.text() for line in lines(card) for c in line.findChildren(Chip)] == ["Booked Jul 15"]
        )
    )


def test_an_agreed_price_and_a_first_day_are_typed_shown_and_emptied(
    card: UsualWorkCard, window: MainWindow, anna: int, qtbot: QtBot
) -> None:
    card.open_editor(None)
    editor = card.editor
    editor.service.setCurrentIndex(1)
    editor.often.edit.setText("every 8 weeks")
    QTest.keyClicks(editor.price, "2*90")
    QTest.keyClicks(editor.starts, "aug 1")
    assert editor.starts_field.hint.text() == "first due Sep 26, 2026, while there is no visit"
    QTest.keyClick(editor.starts, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    (row,) = stored(card, anna)
    assert (row.price_cents, row.starts_on) == (18_000, "2026-08-01")
    assert row.due_on == "2026-06-22"  # the last visit counts
    second = [label.text() for label in lines(card)[0].findChildren(QLabel)][1]
    assert "$180.00" in second
    choose(menu(card), "Change")
    assert (editor.price.text(), editor.starts.text()) == ("180.00", "Aug 1, 2026")
    assert editor.price.placeholderText() == "As last time · $200.00"
    assert editor.starts_field.hint.text() == "only without a visit; the last was on Apr 27, 2026"
    editor.price.clear()
    editor.starts.clear()
    editor.submit()
    qtbot.waitUntil(lambda: stored(card, anna)[0].price_cents is None)
    assert stored(card, anna)[0].starts_on == TODAY
    window.undo()
    qtbot.waitUntil(lambda: stored(card, anna)[0].price_cents == 18_000)
    assert stored(card, anna)[0].starts_on == "2026-08-01"


@pytest.mark.parametrize("typed", ["a lot", "-5"])
def test_a_price_or_a_day_that_is_not_clear_waits_in_the_editor(
    card: UsualWorkCard, anna: int, typed: str
) -> None:
    card.open_editor(None)
    editor = card.editor
    editor.often.edit.setText("monthly")
    QTest.keyClicks(editor.price, typed)
    editor.submit()
    assert editor.price_field.hint.text().startswith(f"“{typed}” is not an amount.")
    assert card.window().focusWidget() is editor.price
    editor.price.clear()
    assert editor.price_field.hint.isHidden()
    QTest.keyClicks(editor.starts, "some day")
    assert editor.starts_field.hint.text() == "Not clear yet"
    editor.submit()
    assert editor.starts_field.hint.text().startswith("Write it like")
    assert not editor.isHidden()
    assert stored(card, anna) == ()


def test_what_was_typed_is_offered_back_when_another_contact_comes(
    card: UsualWorkCard, window: MainWindow, anna: int, qtbot: QtBot
) -> None:
    card.open_editor(None)
    card.editor.often.edit.setText("every spring")
    card.editor.price.setText("150")
    card.editor.starts.set_iso("2026-09-01")
    other = contact(window.ctx.office, "Berg")
    window.navigate(Target("contacts", "contact", other))
    qtbot.waitUntil(lambda: card.detail is not None and card.detail.id == other)
    assert card.editor.isHidden()
    assert window.snackbar.text() == "What you typed was not kept."
    card._bring_back(card.editor.typed())
    qtbot.waitUntil(lambda: not card.editor.isHidden())
    assert card.editor.often.edit.text() == "every spring"
    assert (card.editor.price.text(), card.editor.starts.iso()) == ("150", "2026-09-01")
    QTest.keyClick(card.editor.often.edit, Qt.Key.Key_Escape)
    assert card.editor.isHidden()


def test_two_of_the_same_work_are_refused_in_words(
    card: UsualWorkCard, window: MainWindow, anna: int, qtbot: QtBot
) -> None:
    wanted(window.ctx.office, anna, "monthly")
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    card.open_editor(None)
    card.editor.place.setCurrentIndex(0)
    card.editor.often.edit.setText("weekly")
    card.editor.submit()
    settle(window.ctx, qtbot)
    assert len(stored(card, anna)) == 1
    assert not card.editor.isHidden()  # what was typed stays


def test_every_control_of_the_card_has_a_name(
    card: UsualWorkCard, window: MainWindow, qtbot: QtBot
) -> None:
    add(card, "every 6 weeks")
    qtbot.waitUntil(lambda: len(lines(card)) == 1)
    card.open_editor(None)
    assert unnamed_controls(card) == []
