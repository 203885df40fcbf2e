from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.services.complaints import OpenComplaint
from tcf_desktop.services.messages import DiscardMessages, MarkTold
from tcf_desktop.services.queries import complaints as complaint_queries
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import LinkButton
from tcf_desktop.views.contacts.complaints_card import ComplaintsCard
from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.messages.page import MessagesPage
from tcf_desktop.views.schedule.call_back_dialog import CallBackDialog
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.surface import Wish
from tcf_desktop.views.schedule.tell_steps import add_steps
from tcf_desktop.views.schedule.wording import work_of
from tests.views.schedule.tools import settle, stored, visit

THURSDAY = "2026-07-16T15:00"


def _move(page: SchedulePage, name: str, *, told: bool) -> int:
    block = visit(page, name)
    office = page.ctx.office
    for ident in office.read(lambda r: r.all("SELECT id FROM messages WHERE state = 'waiting'")):
        office.runner.run(DiscardMessages(ident))
    office.runner.run(MarkTold((block.id,), told))
    settle(page.ctx)
    wish = Wish("move", block.id, THURSDAY, block.minutes, block.crew_id, name=block.name,
                was_local=block.starts_local)  # fmt: skip
    page.actions_.move(wish, "")
    settle(page.ctx)
    return block.id


def _action(window: MainWindow, text: str) -> LinkButton | None:
    return window.snackbar.findChild(LinkButton, f"window.snackbar.{text.casefold()}")


def test_moving_a_visit_offers_to_write_to_a_customer_who_knew_the_time(
    page: SchedulePage, window: MainWindow, qtbot: QtBot
) -> None:
    ident = _move(page, "Moen, Astrid", told=True)
    assert window.snackbar.text() == (
        "Moen moved to Thu 3:00 PM. The customer has not been told yet."
    )
    button = _action(window, "Write to the customer")
    assert button is not None
    button.click()
    settle(page.ctx)
    messages = window.current_page()
    assert isinstance(messages, MessagesPage)
    qtbot.waitUntil(lambda: [row.appointment_id for row in messages.chosen()] == [ident])
    assert "Thursday, July 16" in messages.pane.body.text()


def test_moving_a_visit_nobody_was_told_of_offers_nothing(
    page: SchedulePage, window: MainWindow
) -> None:
    _move(page, "Moen, Astrid", told=False)
    assert window.snackbar.text() == "Moen moved to Thu 3:00 PM."
    assert _action(window, "Write to the customer") is None


def test_the_tick_in_the_editor_lets_go_when_the_time_changes(page: SchedulePage) -> None:
    block = visit(page, "Moen, Astrid")
    page.ctx.office.runner.run(MarkTold((block.id,)))
    settle(page.ctx)
    page.edit(block.id)
    editor = page._editor
    assert editor is not None
    settle(page.ctx)
    assert editor.told.isChecked()
    editor.start.set_value(editor.start.value() + 60)
    editor.told.follow(editor.draft())
    assert not editor.told.isChecked()
    assert editor.draft().told is None
    editor.told.click()
    assert editor.draft().told is True
    editor.finish()
    settle(page.ctx)
    assert stored(page, block.id).told_local == stored(page, block.id).starts_local


def test_steps_of_the_menu_follow_the_state(page: SchedulePage) -> None:
    def texts(state: str, contact: int | None = 1) -> list[str]:
        menu = QMenu(page)
        add_steps(menu, state, contact, lambda _: None)
        return [action.text() for action in menu.actions()]

    assert texts("done") == ["Customer is not content…"]
    assert texts("confirmed") == ["The customer knows this time", "Write to the customer"]
    assert texts("cancelled") == ["Write to the customer"]
    assert texts("confirmed", None) == []


def _done_visit(page: SchedulePage) -> tuple[int, int]:
    found = page.ctx.office.read(
        lambda r: r.one(
            "SELECT id, contact_id FROM appointments WHERE state = 'done' AND kind = 'job'"
            " AND contact_id IS NOT NULL AND id NOT IN (SELECT appointment_id FROM complaints)"
            " ORDER BY starts_at DESC LIMIT 1"
        )
    )
    assert found is not None
    return found[0], found[1]


def test_complaint_books_a_free_visit_from_the_dialog(
    page: SchedulePage, window: MainWindow, qtbot: QtBot
) -> None:
    ident, contact = _done_visit(page)
    dialog = page.telling.complaints.complain(ident)
    assert isinstance(dialog, CallBackDialog)
    assert not dialog.go.isEnabled()
    dialog.text.setText("Streaks on the south side")
    assert dialog.go.isEnabled()
    dialog.go.click()
    settle(page.ctx)
    row, *_ = page.ctx.office.read(lambda r: complaint_queries.complaints_of(r, contact))
    assert row.text == "Streaks on the south side"
    assert row.call_back_id is not None
    assert stored(page, row.call_back_id).call_back_of_id == ident
    assert "booked for" in window.snackbar.text()


def test_complaint_can_be_kept_without_a_visit(page: SchedulePage) -> None:
    ident, contact = _done_visit(page)
    dialog = page.telling.complaints.complain(ident)
    assert dialog is not None
    dialog.text.setText("Too loud")
    dialog.book.setChecked(False)
    assert dialog.go.text() == "Keep complaint"
    dialog.go.click()
    settle(page.ctx)
    row, *_ = page.ctx.office.read(lambda r: complaint_queries.complaints_of(r, contact))
    assert (row.text, row.call_back_id, row.is_open) == ("Too loud", None, True)


def test_card_at_the_contact_shows_settles_and_opens_again(
    page: SchedulePage, window: MainWindow, qtbot: QtBot
) -> None:
    ident, contact = _done_visit(page)
    page.ctx.office.runner.run(OpenComplaint(ident, "Streaks on the south side"))
    window.navigate(Target("contacts", "contact", contact))
    qtbot.waitUntil(lambda: window.findChild(ComplaintsCard) is not None)
    card = window.findChild(ComplaintsCard)
    assert card is not None
    qtbot.waitUntil(card.isVisible)
    row, *_ = page.ctx.office.read(lambda r: complaint_queries.complaints_of(r, contact))
    dialog = card.steps.come_again(row)
    assert dialog is not None
    assert dialog.text.isReadOnly()
    dialog.close()
    card.steps.close(row, "Talked it over")
    settle(page.ctx)
    assert not page.ctx.office.read(lambda r: complaint_queries.open_complaint(r, contact))
    page.ctx.office.runner.run(UndoLast())
    assert page.ctx.office.read(lambda r: complaint_queries.open_complaint(r, contact))


@pytest.mark.parametrize(("name", "page_key"), [("rain_day", "rain_day"), ("route", "route")])
def test_rain_day_and_route_open_for_the_day_of_the_selected_visit(
    page: SchedulePage, window: MainWindow, qtbot: QtBot, name: str, page_key: str
) -> None:
    block = visit(page, "Moen, Astrid")
    page.board.select(block.id)
    command = next(c for c in page.commands() if c.object_name == f"schedule.cmd.{name}")
    command.run()
    found = window.current_page()
    assert found is not None
    assert found.key == page_key
    assert found.subtitle() == "Wednesday, July 15"
    settle(page.ctx)


def test_what_is_owed_is_read_for_an_id_that_is_gone(page: SchedulePage) -> None:
    assert page.ctx.office.read(lambda r: queries.owed(r, 10**9)) is None


def test_call_back_says_so_on_its_block(page: SchedulePage) -> None:
    local = page.ctx.office.read(
        lambda r: r.value("SELECT starts_local FROM appointments WHERE call_back_of_id IS NOT NULL")
    )
    page.go_to(date.fromisoformat(local[:10]))
    settle(page.ctx)
    block = next(b for b in page.grid.in_order() if b.call_back)
    assert work_of(block).startswith("Call-back")
