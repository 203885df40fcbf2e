from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.services import appointments, messages
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.messages.page import MessagesPage
from tests.views.window_tools import open_window, settle


@pytest.fixture
def moved(sample_context: ViewContext) -> list[int]:
    """Two visits of next days that stand elsewhere than their customers were told."""
    office = sample_context.office
    for ident in office.read(lambda r: r.all("SELECT id FROM messages")):
        office.runner.run(messages.DiscardMessages(ident))
    office.runner.run(messages.MarkTold(tuple(_untold(sample_context))))
    ids = [
        row[0]
        for row in office.read(
            lambda r: r.all(
                "SELECT id FROM appointments WHERE starts_local > '2026-07-15' AND kind = 'job'"
                " AND contact_id IS NOT NULL AND state = 'confirmed' ORDER BY starts_at LIMIT 2"
            )
        )
    ]
    office.runner.run(messages.MarkTold(tuple(ids)))
    for ident in ids:
        office.runner.run(appointments.MoveAppointment(ident, "2026-07-16T16:00"))
    return ids


def _untold(ctx: ViewContext) -> list[int]:
    now = ctx.clock.now_ms()
    return list(ctx.office.read(lambda r: queries.message_ids(r, "untold", now)))


@pytest.fixture
def window(moved: list[int], sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    sample_context.office.runner.run(messages.TellCustomer(moved[0], "moved"))
    return open_window(sample_context, qtbot, "messages")


@pytest.fixture
def page(window: MainWindow) -> MessagesPage:
    found = window.current_page()
    assert isinstance(found, MessagesPage)
    return found


def waiting(page: MessagesPage) -> list[int]:
    now = page.ctx.clock.now_ms()
    return list(page.ctx.office.read(lambda r: queries.message_ids(r, "waiting", now)))


def test_message_that_waits_is_shown_with_its_words(page: MessagesPage) -> None:
    (row,) = page.chosen()
    assert page.pane.name.text() == row.name
    assert "The new time is Thursday, July 16" in page.pane.body.text()
    assert page.subtitle() == "1 customer is to be told"
    assert [page.chips[key].accessibleName() for key in ("waiting", "untold")] == [
        "Waiting to be told, 1",
        "No message yet, 1",
    ]


def test_told_by_key_leaves_the_list_and_undo_brings_it_back(
    page: MessagesPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: not waiting(page))
    settle(page.ctx, qtbot)
    qtbot.waitUntil(lambda: not page.has_rows())
    assert window.snackbar.text().endswith("has been told.")
    page.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(page.has_rows)


def test_changed_words_are_kept_when_the_field_is_left(page: MessagesPage, qtbot: QtBot) -> None:
    page.pane.edit()
    page.pane.body.setText("We come on Thursday at four.")
    page.pane.subject.setFocus()
    (ident,) = waiting(page)

    def body() -> str:
        found = page.ctx.office.read(lambda r: queries.message(r, ident))
        assert found is not None
        return found.body

    qtbot.waitUntil(lambda: body() == "We come on Thursday at four.")
    settle(page.ctx, qtbot)
    page.run_command("copy")
    assert QGuiApplication.clipboard().text() == "We come on Thursday at four."


def test_visit_that_moved_again_makes_the_words_out_of_date(
    page: MessagesPage, moved: list[int], qtbot: QtBot
) -> None:
    page.ctx.office.runner.run(appointments.MoveAppointment(moved[0], "2026-07-17T09:00"))
    qtbot.waitUntil(page.pane.stale.isVisible)
    page.pane.stale.button.click()
    qtbot.waitUntil(lambda: not page.pane.stale.isVisible())
    assert "Friday, July 17" in page.pane.body.text()


def test_customer_nobody_wrote_to_is_listed_and_written_to(
    page: MessagesPage, window: MainWindow, moved: list[int], qtbot: QtBot
) -> None:
    page.show_tab("untold")
    qtbot.waitUntil(lambda: [row.id for row in page.chosen()] == [moved[1]])
    page.run_command("write")
    qtbot.waitUntil(lambda: len(waiting(page)) == 2)
    settle(page.ctx, qtbot)
    assert page.chips["waiting"].isChecked()
    qtbot.waitUntil(lambda: [row.appointment_id for row in page.chosen()] == [moved[1]])


def test_discarded_message_can_be_taken_back(page: MessagesPage, qtbot: QtBot) -> None:
    page.run_command("discard")
    qtbot.waitUntil(lambda: not page.has_rows())
    assert "offers to write" in page.empty.text.text()
    page.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(page.has_rows)


def test_in_a_narrow_window_list_and_message_take_turns(
    page: MessagesPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(760, 620)
    qtbot.waitUntil(lambda: not page.side.isVisible())
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.side.isVisible()
    assert not page.list.isVisible()
    page.back.click()
    assert page.list.isVisible()


def test_today_names_customers_who_are_to_be_told(
    page: MessagesPage, window: MainWindow, qtbot: QtBot
) -> None:
    from tcf_desktop.services.queries.today import Day
    from tcf_desktop.views.today.kinds import to_tell

    now = page.ctx.clock.now_ms()
    day = Day("2026-07-14", page.ctx.zone(), now - 1, now + 1, now)
    (row,) = to_tell.show(page.ctx, day, page.ctx.office.read(lambda r: to_tell.find(r, day)))
    assert row.title == "2 customers are to be told a new time"
    window.navigate(Target("today"))
    window.navigate(row.target)
    assert page.chips["waiting"].isChecked()


def test_the_rail_counts_what_waits(
    page: MessagesPage, window: MainWindow, moved: list[int], qtbot: QtBot
) -> None:
    badge = window.rail._buttons["messages"]
    qtbot.waitUntil(lambda: badge._badge == 1)
    page.ctx.office.runner.run(messages.TellCustomer(moved[1], "moved"))
    qtbot.waitUntil(lambda: badge._badge == 2)
