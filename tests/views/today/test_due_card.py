"""Due again on Today."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tcf_desktop.views.common import Chip, IconButton
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.due.page import DuePage
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.today.due_card import DueCard
from tcf_desktop.views.today.page import TodayPage
from tests.services.due_tools import contact, visit, wanted
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    """Six who are due, the first one longest."""
    for number, name in enumerate(("Abel", "Berg", "Cole", "Dahl", "Ernst", "Falk"), 1):
        key = contact(view_context.office, name)
        wanted(view_context.office, key, "weekly", starts_on=f"2026-{number:02d}-01")
    return open_window(view_context, qtbot)


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> DueCard:
    page = window.current_page()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: len(page.due.findChildren(Chip)) == 4)
    return page.due


def button(card: DueCard, number: int) -> IconButton:
    found = card.findChild(IconButton, f"today.due.book.{number}")
    assert isinstance(found, IconButton)
    return found


def test_the_four_most_overdue_are_shown_with_their_lateness(card: DueCard, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: card.link.text() == "Show all 6")
    assert [chip.text() for chip in card.findChildren(Chip)] == [
        "6 months late", "5 months late", "4 months late", "3 months late",
    ]  # fmt: skip
    assert button(card, 0).accessibleName() == "Book Anna Abel"


def test_the_button_books_and_the_link_shows_the_page(
    card: DueCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.link.click()
    assert isinstance(window.current_page(), DuePage)
    button(card, 1).setFocus()
    QTest.keyClick(button(card, 1), Qt.Key.Key_Space)
    schedule = window.current_page()
    assert isinstance(schedule, SchedulePage)
    qtbot.waitUntil(lambda: schedule._editor is not None)
    assert schedule._editor is not None
    assert schedule._editor.customer.text() == "Anna Berg"


def test_a_finished_visit_lets_the_next_one_move_up(
    card: DueCard, window: MainWindow, qtbot: QtBot
) -> None:
    first = window.ctx.tasks.read_now(
        lambda r: r.value("SELECT contact_id FROM frequencies ORDER BY due_on LIMIT 1")
    )
    visit(window.ctx.office, first, "2026-07-14")
    qtbot.waitUntil(lambda: card.link.text() == "Show all 5")
    # The rows of before go with the next turn of the event loop.
    qtbot.waitUntil(lambda: button(card, 0).accessibleName() == "Book Anna Berg")


def test_nobody_due_is_said_in_words(view_context: ViewContext, qtbot: QtBot) -> None:
    window = open_window(view_context, qtbot)
    settle(window.ctx, qtbot)
    words = window.findChild(QLabel, "today.due.none")
    assert isinstance(words, QLabel)
    assert words.text() == "Nobody is to be called today."
