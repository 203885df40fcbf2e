"""The schedule as the office manager uses it: real window, real database, mouse and keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import (
    CONTROL,
    LEFT,
    NONE,
    SHIFT,
    day_width,
    drag,
    hours,
    settle,
    stored,
    visit,
)


def test_week_shows_the_stored_appointments_and_their_sums(page: SchedulePage) -> None:
    assert page.toolbar.range.text() == "July 13 – 19, 2026"
    assert page.subtitle() == "Week 29 · 2 crews shown, 1 hidden"
    moen = visit(page, "Moen, Astrid")
    page.grid.select(moen.id)
    assert page.detail.detail is not None
    assert page.detail.detail.total_cents == moen.total_cents == 24_000


def test_drag_moves_in_steps_of_fifteen_minutes_and_undo_brings_it_back(
    page: SchedulePage,
) -> None:
    moen = visit(page, "Moen, Astrid")
    middle = page.grid.block_rect(moen.id).center()
    drag(page, middle, QPoint(day_width(page), -hours(page, 1) + 3))
    moved = stored(page, moen.id)
    assert (moved.starts_local, moved.minutes) == ("2026-07-16T13:00", 120)
    assert moved.crew_name == "Windows A"
    assert moved.arrival_from_local == "2026-07-16T13:00"
    page.ctx.tasks.command(page, UndoLast())
    settle(page.ctx)
    assert stored(page, moen.id).starts_local == "2026-07-15T14:00"
    assert page.grid.selected_id == moen.id


def test_drag_into_the_other_lane_hands_it_over(page: SchedulePage) -> None:
    reyes = visit(page, "Reyes, Carla")
    rect = page.grid.block_rect(reyes.id)
    drag(page, rect.center(), QPoint(rect.width() + 6, 0))
    assert stored(page, reyes.id).crew_name == "Carpet B"


def test_tremble_is_no_drag_and_escape_puts_it_back(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    view, middle = page.grid.viewport(), page.grid.block_rect(moen.id).center()
    QTest.mousePress(view, LEFT, NONE, middle)
    QTest.mouseMove(view, middle + QPoint(3, 2))
    QTest.mouseRelease(view, LEFT, NONE, middle + QPoint(3, 2))
    QTest.mousePress(view, LEFT, NONE, middle)
    QTest.mouseMove(view, middle + QPoint(0, 20))
    QTest.mouseMove(view, middle + QPoint(0, 90))
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, NONE, middle + QPoint(0, 90))
    settle(page.ctx)
    assert stored(page, moen.id).starts_local == "2026-07-15T14:00"


def test_edges_change_the_length(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    rect = page.grid.block_rect(moen.id)
    drag(page, QPoint(rect.center().x(), rect.bottom() - 1), QPoint(0, hours(page, 0.5)))
    assert stored(page, moen.id).minutes == 150
    rect = page.grid.block_rect(moen.id)
    drag(page, QPoint(rect.center().x(), rect.top() + 1), QPoint(0, -hours(page, 0.25)))
    found = stored(page, moen.id)
    assert (found.starts_local, found.minutes) == ("2026-07-15T13:45", 165)


def test_control_drag_makes_a_copy(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    middle = page.grid.block_rect(moen.id).center()
    drag(page, middle, QPoint(2 * day_width(page), 0), CONTROL)
    assert stored(page, moen.id).starts_local == "2026-07-15T14:00"
    copy = visit(page, "Moen, Astrid", "2026-07-17")
    assert stored(page, copy.id).total_cents == 24_000
    assert page.grid.selected_id == copy.id


def test_keyboard_moves_stretches_finishes_and_deletes(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.setFocus()
    page.grid.select(moen.id)
    for key, keys in (
        (Qt.Key.Key_Down, SHIFT),
        (Qt.Key.Key_Right, SHIFT),
        (Qt.Key.Key_Down, SHIFT | CONTROL),
    ):
        QTest.keyClick(page.grid, key, keys)
        settle(page.ctx)
    found = stored(page, moen.id)
    assert (found.starts_local, found.minutes) == ("2026-07-16T14:15", 135)
    QTest.keyClick(page.grid, Qt.Key.Key_F)
    settle(page.ctx)
    assert stored(page, moen.id).state == "done"
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    settle(page.ctx)
    assert page.ctx.tasks.read_now(lambda r: queries.detail(r, moen.id)) is None
    assert page.grid.selected_id not in (None, moen.id)


def test_tab_goes_through_the_appointments_and_leaves_at_the_end(page: SchedulePage) -> None:
    order = [block.id for block in page.grid.in_order()]
    page.grid.setFocus()
    page.grid.select(order[0])
    QTest.keyClick(page.grid, Qt.Key.Key_Tab)
    assert page.grid.selected_id == order[1]
    QTest.keyClick(page.grid, Qt.Key.Key_Backtab, SHIFT)
    assert page.grid.selected_id == order[0]
    page.grid.select(order[-1])
    assert page.grid.focusNextPrevChild(True)
    assert page.grid.selected_id == order[-1]


def test_page_keys_turn_the_week_and_t_comes_back(page: SchedulePage) -> None:
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    settle(page.ctx)
    assert page.toolbar.range.text() == "July 20 – 26, 2026"
    QTest.keyClick(page.grid, Qt.Key.Key_D)
    settle(page.ctx)
    assert page.toolbar.range.text() == "Tuesday, July 21, 2026"
    QTest.keyClick(page.grid, Qt.Key.Key_T)
    settle(page.ctx)
    assert page.toolbar.range.text() == "Tuesday, July 14, 2026"


def test_booking_by_drag_for_a_known_customer(page: SchedulePage, qtbot: QtBot) -> None:
    g = page.grid.geometry_
    assert g is not None
    start = QPoint(g.columns[4].x + 12, g.y_of(14 * 60, page.grid.offset) + 2)
    drag(page, start, QPoint(0, hours(page, 1.5)))
    page.quick.to_form()
    editor = page._editor
    assert editor is not None
    QTest.keyClicks(editor.customer, "moen")
    qtbot.waitUntil(editor.customer._popup.isVisible)
    QTest.keyClick(editor.customer._popup, Qt.Key.Key_Return)
    settle(page.ctx)
    editor.title.setText("Gutters")
    editor.services.add_service(editor.services._prices[0])
    price = editor.services._prices[0].price_e4
    panes = editor.services._rows[0].quantity.milli() // 1000  # as the place was measured
    editor.note.setText("Ring twice")
    QTest.mouseClick(editor.save, LEFT)
    settle(page.ctx)
    made = visit(page, "Moen, Astrid", "2026-07-17")
    found = stored(page, made.id)
    assert (found.starts_local, found.minutes) == ("2026-07-17T14:00", 90)
    assert (found.title, found.note, found.crew_name) == ("Gutters", "Ring twice", "Windows A")
    assert found.location_id is not None
    assert found.total_cents == price * panes // E4
    assert page._editor is None
    assert page.grid.selected_id == made.id


def test_new_customer_inline(page: SchedulePage, qtbot: QtBot) -> None:
    page.grid.create_at_cursor()
    page.quick.to_form()
    editor = page._editor
    assert editor is not None
    QTest.keyClicks(editor.customer, "Jane Olsonberg 605 555 0138")
    qtbot.waitUntil(editor.customer._popup.isVisible)
    popup = editor.customer._popup
    popup.setCurrentIndex(popup.model().index(popup.model().rowCount() - 1, 0))
    QTest.keyClick(popup, Qt.Key.Key_Return)
    settle(page.ctx)
    row = page.ctx.tasks.read_now(
        lambda r: r.one(
            "SELECT c.display_name, p.digits FROM contacts c"
            " JOIN contact_phones p ON p.contact_id = c.id WHERE c.id = ?",
            (editor._contact_id,),
        )
    )
    assert row == ("Jane Olsonberg", "6055550138")
    assert editor.customer.text() == "Jane Olsonberg"


def test_editor_refuses_an_empty_booking_and_shows_clashes(page: SchedulePage) -> None:
    page.open_new("2026-07-15T14:30", 60, page._week.crews[0].id)  # type: ignore[union-attr]
    editor = page._editor
    assert editor is not None
    editor.finish()
    assert editor.customer_field.hint.text()
    editor._on_checker_timeout()
    settle(page.ctx)
    assert "Moen, Astrid" in editor.notice.label.text()
    editor.who.select_data("")
    editor._on_checker_timeout()
    settle(page.ctx)
    assert editor.notice.isHidden()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    editor.leave()
    assert page._editor is None


def test_editor_understands_forgiving_input(page: SchedulePage) -> None:
    page.open_new("2026-07-15T14:30", 60, None)
    editor = page._editor
    assert editor is not None
    editor.day.setText("fri")
    editor.start.setText("8")
    editor.length.setText("2h15")
    editor.title.setText("Fair")
    draft = editor.draft()
    assert (draft.starts_local, draft.minutes) == ("2026-07-17T08:00", 135)
    editor.day.editingFinished.emit()
    assert editor.day.text() == "Fri, Jul 17"
    editor.length.setText("soon")
    assert not editor.length.is_understood()
    editor.finish()
    assert page._editor is editor


def test_saving_an_edit_keeps_everything_else(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    before = stored(page, moen.id)
    page.edit(moen.id)
    editor = page._editor
    assert editor is not None
    assert editor.draft().lines
    editor.title.setText("Inside only")
    editor.leave()  # Esc keeps what was changed
    settle(page.ctx)
    after = stored(page, moen.id)
    assert after.title == "Inside only"
    assert (after.lines, after.starts_at, after.crew_id, after.arrival_minutes) == (
        before.lines,
        before.starts_at,
        before.crew_id,
        before.arrival_minutes,
    )


def test_give_to_a_worker(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.select(moen.id)
    menu = QMenu()
    page._fill_give(menu, moen)
    action = next(a for a in menu.actions() if a.text() == "Tyler Brandt")
    action.trigger()
    settle(page.ctx)
    found = stored(page, moen.id)
    assert (found.worker_name, found.crew_id) == ("Tyler Brandt", None)
    assert visit(page, "Moen, Astrid").crew_id != moen.crew_id
    menu.deleteLater()


def test_invoice_button_drafts_and_goes_to_billing(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.select(moen.id)
    button = page.detail.findChild(QPushButton, "schedule.detail.invoice")
    assert button is not None
    QTest.mouseClick(button, LEFT)
    settle(page.ctx)
    assert stored(page, moen.id).invoice_id is not None


def test_three_crews_are_shown_by_crew_with_a_way_back(page: SchedulePage) -> None:
    page._on_crews_changed(set())
    settle(page.ctx)
    g = page.grid.geometry_
    assert g is not None
    assert g.by_crew
    assert page.toolbar.notice.text() == "Shown by crew · use hours"
    ids = {box.id for box in g.boxes}
    assert ids == {block.id for block in page.grid.in_order()}
    moen = visit(page, "Moen, Astrid")
    drag(page, page.grid.block_rect(moen.id).center(), QPoint(day_width(page), 0))
    assert stored(page, moen.id).starts_local == "2026-07-16T14:00"
    QTest.mouseClick(page.toolbar.notice, LEFT)
    assert not page.grid.geometry_.by_crew  # type: ignore[union-attr]


def test_alt_click_shows_only_that_crew(page: SchedulePage) -> None:
    chip = page.toolbar._chips[page._week.crews[1].id]  # type: ignore[union-attr]
    QTest.mouseClick(chip, LEFT, Qt.KeyboardModifier.AltModifier)
    assert page.subtitle().endswith("1 crew shown, 2 hidden")
    assert all(b.crew_id in (page._week.crews[1].id, None) for b in page.grid.in_order())  # type: ignore[union-attr]


def test_every_appointment_is_a_sentence_for_screen_readers(page: SchedulePage) -> None:
    root = QAccessible.queryAccessibleInterface(page.grid)
    order = page.grid.in_order()
    assert root.childCount() == len(order)
    moen = next(n for n, block in enumerate(order) if block.name == "Moen, Astrid")
    page.grid.select(order[moen].id)
    child = root.child(moen)
    text = child.text(QAccessible.Text.Name)
    assert text.startswith("Wednesday, July 15, 2:00–4:00 PM, Moen, Astrid")
    assert "Windows A" in text
    assert "$240.00" in text
    assert text.endswith("selected")
    assert child.role() == QAccessible.Role.ListItem
    assert root.indexOfChild(child) == moen
    page.edit(order[moen].id)
    assert unnamed_controls(page) == []


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_page_paints_in_both_themes_and_at_double_text(
    page: SchedulePage, window: MainWindow, mode: str, scale: int
) -> None:
    colors = theme()
    try:
        colors.set_mode(mode)
        colors.set_text_scale(scale)
        for size in ((1440, 900), (960, 620)):
            window.resize(*size)
            settle(page.ctx)
            page.grid.viewport().repaint()
            g = page.grid.geometry_
            assert g is not None
            right = max(column.x + column.width for column in g.columns)
            assert right == page.grid.viewport().width()
            for box in g.boxes:
                assert box.height >= 22
                assert box.x + box.width <= right
    finally:
        colors.set_text_scale(100)
        colors.set_mode("follow")


def test_targets_open_a_day_and_an_appointment(page: SchedulePage, window: MainWindow) -> None:
    moen = visit(page, "Moen, Astrid")
    window.navigate(Target("schedule", "date", value="2026-03-04"))
    settle(page.ctx)
    assert page._first() == date(2026, 3, 2)
    window.navigate(Target("schedule", "appointment", moen.id))
    settle(page.ctx)
    assert page.grid.selected_id == moen.id
    state = page.page_state()
    page.restore_state(state)
    assert page.page_state() == state
