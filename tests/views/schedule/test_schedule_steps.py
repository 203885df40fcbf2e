"""Menus, the cell cursor, the pane, files: everything around the grid."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.queries.appointment import LineRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.series_scope import ScopeDialog
from tests.views.schedule.tools import (
    CONTROL,
    LEFT,
    NONE,
    day_width,
    drag,
    settle,
    stored,
    visit,
)


def open_menu(page: SchedulePage, name: str, qtbot: QtBot) -> QMenu:
    def menu() -> QMenu | None:
        return next((m for m in page.findChildren(QMenu, name) if m.isVisible()), None)

    qtbot.waitUntil(lambda: menu() is not None)
    found = menu()
    assert found is not None
    return found


def choose(menu: QMenu, text: str) -> None:
    action = next(a for a in menu.actions() if a.text().partition("\t")[0] == text)
    action.trigger()
    menu.close()


def test_cell_cursor_walks_over_lanes_and_days_and_books_there(page: SchedulePage) -> None:
    grid = page.grid
    grid.select(None)
    grid.setFocus()
    grid.cursor_spot = None
    QTest.keyClick(grid, Qt.Key.Key_Down)  # brings it to the present
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(grid, key)
    assert grid.cursor_spot is not None
    assert (grid.cursor_spot.day, grid.cursor_spot.lane) == (2, 0)
    grid.viewport().repaint()
    for _ in range(40):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.cursor_spot.minute == 1410
    assert grid.offset == grid.geometry_.scroll_range  # type: ignore[union-attr]
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert (grid.cursor_spot.day, grid.cursor_spot.lane) == (1, 1)
    QTest.keyClick(grid, Qt.Key.Key_N)
    assert page.quick.window is not None
    draft = page.quick.window.draft()
    assert draft.starts_local == "2026-07-14T23:30"
    assert draft.crew_id == page._week.crews[1].id  # type: ignore[union-attr]
    page.quick.close()


def test_context_menu_gives_confirms_and_deletes(page: SchedulePage, qtbot: QtBot) -> None:
    kessler = visit(page, "Kessler Law Office", "2026-07-17")
    where = page.grid.block_rect(kessler.id).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, page.grid.viewport().mapToGlobal(where)
    )
    page.grid.contextMenuEvent(event)
    choose(open_menu(page, "schedule.menu", qtbot), "Confirm")
    settle(page.ctx)
    assert stored(page, kessler.id).state == "confirmed"
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    page.grid.contextMenuEvent(by_key)
    choose(open_menu(page, "schedule.menu", qtbot), "Delete")
    settle(page.ctx)
    assert all(block.id != kessler.id for block in page.grid.in_order())


def test_keys_cancel_and_hand_over(page: SchedulePage, qtbot: QtBot) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.setFocus()
    page.grid.select(moen.id)
    QTest.keyClick(page.grid, Qt.Key.Key_C)
    choose(open_menu(page, "schedule.give_menu", qtbot), "Nobody yet")
    settle(page.ctx)
    assert stored(page, moen.id).crew_id is None
    QTest.keyClick(page.grid, Qt.Key.Key_X)
    dialog = page.findChild(ScopeDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.reason, "Rai")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Escape)  # the list of usual reasons
    dialog.reason.setText("Rain")
    dialog.go.click()
    settle(page.ctx)
    assert stored(page, moen.id).state == "cancelled"
    assert stored(page, moen.id).cancel_reason == "Rain"
    page.grid.viewport().repaint()
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.grid.selected_id is None


def test_pane_offers_what_the_state_allows(page: SchedulePage, qtbot: QtBot) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.select(moen.id)
    more = page.detail.findChild(QPushButton, "schedule.detail.more")
    assert more is not None
    QTest.mouseClick(more, LEFT)
    menus = [m for m in page.detail.findChildren(QMenu) if m.isVisible()]
    choose(menus[0], "Under way")
    settle(page.ctx)
    assert stored(page, moen.id).state == "arrived"
    page.run_command("copy", moen.id)
    settle(page.ctx)
    count = page.ctx.tasks.read_now(
        lambda r: r.value(
            "SELECT count(*) FROM appointments WHERE contact_id = ? AND starts_local = ?",
            (moen.contact_id, "2026-07-22T14:00"),
        )
    )
    assert count == 1
    give = page.detail.findChild(QPushButton, "schedule.detail.give")
    assert give is not None
    QTest.mouseClick(give, LEFT)
    choose(open_menu(page, "schedule.give_menu", qtbot), "Carpet B")
    settle(page.ctx)
    assert stored(page, moen.id).crew_name == "Carpet B"


def test_pane_shows_how_full_the_crews_are(page: SchedulePage) -> None:
    page.grid.select(None)
    words = " ".join(
        label.text() for label in page.detail.findChildren(QWidget) if hasattr(label, "text")
    )
    assert "Windows A" in words
    assert "Lawn C" not in words


def test_double_click_edits_and_books(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    view = page.grid.viewport()
    QTest.mouseDClick(view, LEFT, NONE, page.grid.block_rect(moen.id).center())
    assert page._editor is not None
    assert page._editor.draft().contact_id == moen.contact_id
    page._close_editor()
    g = page.grid.geometry_
    assert g is not None
    free = QPoint(g.columns[5].x + 8, g.y_of(15 * 60, page.grid.offset) + 3)
    QTest.mouseClick(view, LEFT, NONE, free)
    QTest.mouseDClick(view, LEFT, NONE, free)
    page.quick.to_form()
    assert page._editor is not None
    assert page._editor.draft().starts_local == "2026-07-18T15:00"
    page._close_editor()


def test_drag_at_the_edge_scrolls_and_beyond_it_turns_the_week(
    page: SchedulePage, qtbot: QtBot
) -> None:
    moen = visit(page, "Moen, Astrid")
    view, g = page.grid.viewport(), page.grid.geometry_
    assert g is not None
    start = page.grid.block_rect(moen.id).center()
    QTest.mousePress(view, LEFT, NONE, start)
    QTest.mouseMove(view, start + QPoint(0, 10))
    before = page.grid.offset
    QTest.mouseMove(view, QPoint(start.x(), view.height() - 2))
    qtbot.waitUntil(lambda: page.grid.offset > before)
    QTest.mouseMove(view, QPoint(view.width() - 2, start.y()))
    qtbot.waitUntil(lambda: page.toolbar.range.text().startswith("July 20"), timeout=3000)
    settle(page.ctx)
    target = QPoint(page.grid.geometry_.columns[0].x + 10, start.y())  # type: ignore[union-attr]
    QTest.mouseMove(view, target)
    QTest.mouseRelease(view, LEFT, NONE, target)
    settle(page.ctx)
    assert stored(page, moen.id).starts_local.startswith("2026-07-20")


def test_alt_drags_in_steps_of_five_minutes(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    step = round(page.grid.geometry_.minute_height * 5)  # type: ignore[union-attr]
    view, start = page.grid.viewport(), page.grid.block_rect(moen.id).center()
    alt = Qt.KeyboardModifier.AltModifier
    QTest.mousePress(view, LEFT, NONE, start)
    for where in (start + QPoint(0, 30), start + QPoint(0, step)):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(where), view.mapToGlobal(QPointF(where)),
            Qt.MouseButton.NoButton, LEFT, alt,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
    QTest.mouseRelease(view, LEFT, alt, start + QPoint(0, step))
    settle(page.ctx)
    assert stored(page, moen.id).starts_local == "2026-07-15T14:05"


def test_tooltip_tells_everything_and_nothing_is_read_as_markup(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    where = page.grid.block_rect(moen.id).center()
    view = page.grid.viewport()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))
    assert "2:00–4:00 PM" in QToolTip.text()
    assert "arrives 2:00–3:00 PM" in QToolTip.text()
    from dataclasses import replace

    from tcf_desktop.views.schedule.wording import block_tip

    assert page.grid.scene is not None
    odd = replace(moen, name="<b>Bold & Sons</b>")
    assert "&lt;b&gt;Bold &amp; Sons" in block_tip(odd, page.grid.scene)


def test_day_view_moves_between_lanes(page: SchedulePage) -> None:
    page.set_view("day")
    settle(page.ctx)
    olson = visit(page, "Olson, Beth", "2026-07-14")
    rect = page.grid.block_rect(olson.id)
    drag(page, rect.center(), QPoint(rect.width(), 0))
    assert stored(page, olson.id).crew_name == "Carpet B"
    assert page.toolbar.view.key() == "day"


def test_board_works_by_keyboard(page: SchedulePage) -> None:
    page._on_crews_changed(set())
    settle(page.ctx)
    grid = page.grid
    grid.select(None)
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(grid, key)
    grid.viewport().repaint()
    assert grid.cursor_spot is not None
    QTest.keyClick(grid, Qt.Key.Key_Return)
    page.quick.to_form()
    assert page._editor is not None
    draft = page._editor.draft()
    assert draft.crew_id == page._week.crews[grid.cursor_spot.lane].id  # type: ignore[union-attr]
    busy = [b for b in grid.in_order() if b.crew_id == draft.crew_id]
    assert all(not b.starts_local.startswith(draft.starts_local) for b in busy)
    page._close_editor()
    moen = visit(page, "Moen, Astrid")
    rect = grid.block_rect(moen.id)
    drag(page, rect.center(), QPoint(day_width(page), 0), CONTROL)
    assert visit(page, "Moen, Astrid", "2026-07-16").id != moen.id


def test_new_for_a_customer_from_elsewhere(page: SchedulePage, window: MainWindow) -> None:
    moen = visit(page, "Moen, Astrid")
    window.navigate(Target("schedule", "new", moen.contact_id))
    settle(page.ctx)
    editor = page._editor
    assert editor is not None
    assert editor.draft().contact_id == moen.contact_id
    assert editor.draft().location_id is not None
    editor.customer.setText("x")
    editor.customer.textEdited.emit("x")
    assert editor.draft().contact_id is None


def test_kinds_without_customer_and_whole_days(page: SchedulePage) -> None:
    page.open_new("2026-07-17T09:00", 60, None)
    editor = page._editor
    assert editor is not None
    editor.set_kind("personal")
    assert not editor.customer_field.isVisible()
    editor.title.setText("Van 1 in service")
    editor.all_day.setChecked(True)
    assert not editor.start_field.isVisible()
    QTest.keyClick(editor.day, Qt.Key.Key_Up)
    editor.finish()
    settle(page.ctx)
    made = visit(page, "Van 1 in service", "2026-07-18")
    assert made.all_day
    view = page.grid.viewport()
    QTest.mouseClick(view, LEFT, NONE, page.grid.block_rect(made.id).center())
    assert page.grid.selected_id == made.id


def test_service_lines_add_change_and_go(page: SchedulePage) -> None:
    page.open_new("2026-07-17T09:00", 60, None)
    editor = page._editor
    assert editor is not None
    lines = editor.services
    lines.set_lines((LineRow(None, "Gutters", "", 2000, 4_550 * E4, True),))
    assert lines.total.text() == "$91.00"
    lines.add_service(None)
    row = lines._rows[1]
    row.name.setText("Trip")
    row.price.setText("10+2.50")
    row.price.textEdited.emit("")
    assert [line.unit_price_e4 for line in lines.lines()] == [4_550 * E4, 1_250 * E4]
    assert lines.total.text() == "$103.50"
    row.remove.click()
    assert len(lines.lines()) == 1
    lines._open_prices()
    menus = [m for m in lines.findChildren(QMenu) if m.isVisible()]
    menus[0].actions()[0].trigger()
    menus[0].close()
    assert len(lines.lines()) == 2
    assert editor.length.value() == lines.minutes() or editor._length_typed


def test_crews_fold_into_a_menu_and_the_line_of_now_moves(
    page: SchedulePage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(960, 620)
    settle(page.ctx)
    assert page.toolbar.crew_menu.isVisible()
    page.toolbar.open_crew_menu()
    menus = [m for m in page.toolbar.findChildren(QMenu) if m.isVisible()]
    choose(menus[0], "Lawn C")
    settle(page.ctx)
    assert "3 crews shown" in page.subtitle()
    page.grid.set_now(date(2026, 7, 14), 700)
    assert page.grid.scene is not None
    assert page.grid.scene.now_minute == 700
    page.grid.set_now(date(2026, 7, 15), 5)
    assert page.grid.scene.today == date(2026, 7, 15)
    page._on_clock_timeout()
    assert page.toggle_side_panel()
    assert not page.detail.isVisible()
    assert page.regions()
    assert [command.text for command in page.commands()]


def test_interfaces_answer_also_after_the_appointment_is_gone(page: SchedulePage) -> None:
    root = QAccessible.queryAccessibleInterface(page.grid)
    child = root.child(0)
    assert child.isValid()
    assert child.parent() is not None
    assert child.childCount() == 0
    assert child.rect().width() > 0
    assert child.indexOfChild(root) == -1
    assert root.child(10_000) is None
    page.grid.select(page.grid.in_order()[0].id)
    assert root.focusChild() is not None
    assert child.state().selected
    page.turn(-30)
    settle(page.ctx)
    assert not child.isValid()
    assert child.text(QAccessible.Text.Name) == ""


def test_a_larger_text_keeps_the_hour_at_the_top(page: SchedulePage) -> None:
    grid = page.grid
    assert grid.geometry_ is not None
    small = grid.geometry_.hour_height
    top_hour = grid.verticalScrollBar().value() / small
    assert top_hour > 5
    page.ctx.theme.set_text_scale(200)
    try:
        large = grid.geometry_.hour_height
        assert large > small
        assert abs(grid.verticalScrollBar().value() / large - top_hour) < 0.1
    finally:
        page.ctx.theme.set_text_scale(100)
