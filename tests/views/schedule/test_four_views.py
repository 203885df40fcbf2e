"""Day, month and list beside the week: the same appointments, keys and drags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.agenda_view import AgendaView
from tcf_desktop.views.schedule.jump import JumpCalendar
from tcf_desktop.views.schedule.month_view import MonthView
from tcf_desktop.views.schedule.move_dialog import MoveDialog
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import CONTROL, LEFT, NONE, SHIFT, hours, settle, stored, visit


@pytest.fixture
def month(page: SchedulePage) -> MonthView:
    page.set_view("month")
    settle(page.ctx)
    found = page.board
    assert isinstance(found, MonthView)
    return found


@pytest.fixture
def agenda(page: SchedulePage) -> AgendaView:
    page.set_view("list")
    settle(page.ctx)
    found = page.board
    assert isinstance(found, AgendaView)
    return found


@pytest.fixture
def plain_theme() -> Iterator[None]:
    yield
    theme().set_text_scale(100)
    theme().set_mode("follow")


def moen_of(page: SchedulePage) -> int:
    found = [b for b in page.board.in_order() if b.name == "Moen, Astrid"]
    return next(b.id for b in found if b.starts_local.startswith("2026-07-15"))


def cell(view: MonthView, day: date) -> QPoint:
    g = view.geometry_
    assert g is not None
    number = g.number_of(day)
    assert number is not None
    return g.cell_rect(number, view.offset).center()


def drag_month(
    page: SchedulePage, view: MonthView, ident: int, to: QPoint, keys: Qt.KeyboardModifier = NONE
) -> None:
    port, start = view.viewport(), view.block_rect(ident).center()
    QTest.mousePress(port, LEFT, keys, start)
    QTest.mouseMove(port, start + QPoint(0, 8))
    QTest.mouseMove(port, to)
    port.repaint()
    QTest.mouseRelease(port, LEFT, keys, to)
    settle(page.ctx)


# month


def test_letters_change_the_view_and_keep_the_selected_visit(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.setFocus()
    page.grid.select(moen.id)
    for key, view in (
        (Qt.Key.Key_M, "month"),
        (Qt.Key.Key_L, "list"),
        (Qt.Key.Key_D, "day"),
        (Qt.Key.Key_W, "week"),
    ):
        QTest.keyClick(page.board, key)
        settle(page.ctx)
        assert page.toolbar.view.key() == view
        assert page.board.selected_id == moen.id
        assert page.board.isVisible()
    assert page.board is page.grid


def test_month_has_six_weeks_and_its_name(page: SchedulePage, month: MonthView) -> None:
    assert page.toolbar.range.text() == "July 2026"
    assert month.scene is not None
    assert len(month.scene.week.days) == 42
    assert month.scene.week.days[0] == date(2026, 6, 29)
    QTest.keyClick(month, Qt.Key.Key_PageDown)
    settle(page.ctx)
    assert page.toolbar.range.text() == "August 2026"


def test_drag_to_another_day_keeps_the_time_and_undo_brings_it_back(
    page: SchedulePage, month: MonthView
) -> None:
    ident = moen_of(page)
    drag_month(page, month, ident, cell(month, date(2026, 7, 23)))
    moved = stored(page, ident)
    assert (moved.starts_local, moved.minutes) == ("2026-07-23T14:00", 120)
    assert moved.crew_name == "Windows A"
    page.ctx.tasks.command(page, UndoLast())
    settle(page.ctx)
    assert stored(page, ident).starts_local == "2026-07-15T14:00"


def test_control_drag_copies_and_escape_puts_back(page: SchedulePage, month: MonthView) -> None:
    ident = moen_of(page)
    drag_month(page, month, ident, cell(month, date(2026, 7, 24)), CONTROL)
    assert stored(page, ident).starts_local == "2026-07-15T14:00"
    copies = [b for b in month.in_order() if b.name == "Moen, Astrid"]
    assert "2026-07-24T14:00" in [b.starts_local for b in copies]
    port, start = month.viewport(), month.block_rect(ident).center()
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, start + QPoint(0, 8))
    QTest.mouseMove(port, cell(month, date(2026, 7, 28)))
    QTest.keyClick(month, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, LEFT, NONE, cell(month, date(2026, 7, 28)))
    settle(page.ctx)
    assert stored(page, ident).starts_local == "2026-07-15T14:00"


def test_whole_days_are_moved_and_pulled_longer(page: SchedulePage, month: MonthView) -> None:
    van = next(b for b in month.in_order() if b.name == "Van 2 in service")
    drag_month(page, month, van.id, cell(month, date(2026, 7, 20)))
    assert stored(page, van.id).starts_local.startswith("2026-07-20")
    rect = month.block_rect(van.id)
    port, start = month.viewport(), QPoint(rect.right() - 2, rect.center().y())
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, start + QPoint(9, 0))
    QTest.mouseMove(port, cell(month, date(2026, 7, 22)))
    QTest.mouseRelease(port, LEFT, NONE, cell(month, date(2026, 7, 22)))
    settle(page.ctx)
    assert stored(page, van.id).minutes == 3 * 1440


def test_month_by_keyboard(page: SchedulePage, month: MonthView) -> None:
    month.setFocus()
    month.cursor_day = date(2026, 7, 30)
    QTest.keyClick(month, Qt.Key.Key_Down)
    settle(page.ctx)
    assert month.cursor_day == date(2026, 8, 6)
    for _ in range(2):
        QTest.keyClick(month, Qt.Key.Key_Down)
        settle(page.ctx)
    assert (month.cursor_day, page.toolbar.range.text()) == (date(2026, 8, 20), "August 2026")
    page.go_to(date(2026, 7, 14))
    settle(page.ctx)
    ident = moen_of(page)
    month.select(ident)
    QTest.keyClick(month, Qt.Key.Key_Right, SHIFT)
    settle(page.ctx)
    QTest.keyClick(month, Qt.Key.Key_Down, SHIFT)
    settle(page.ctx)
    assert stored(page, ident).starts_local == "2026-07-23T14:00"
    order = [block.id for block in month.in_order()]
    month.select(order[0])
    QTest.keyClick(month, Qt.Key.Key_Tab)
    assert month.selected_id == order[1]


def test_more_than_fits_opens_the_day(page: SchedulePage, month: MonthView) -> None:
    g = month.geometry_
    assert g is not None
    number = next(n for n, count in enumerate(g.plan.hidden) if count)
    day = g.scene.week.days[number]
    shown = len(g.by_day[number])
    touching = [b for b in month.in_order() if b.starts_local.startswith(day.isoformat())]
    assert shown + g.plan.hidden[number] >= len(touching)
    QTest.mouseClick(month.viewport(), LEFT, NONE, g.more_rect(number, month.offset).center())
    settle(page.ctx)
    assert page.toolbar.view.key() == "day"
    assert page._days() == (day,)


def test_month_names_every_appointment_for_screen_readers(
    page: SchedulePage, month: MonthView
) -> None:
    root = QAccessible.queryAccessibleInterface(month)
    order = month.in_order()
    assert root.childCount() == len(order)
    place = [block.id for block in order].index(moen_of(page))
    month.select(order[place].id)
    text = root.child(place).text(QAccessible.Text.Name)
    assert text.startswith("Wednesday, July 15, 2:00–4:00 PM, Moen, Astrid")
    assert text.endswith("selected")
    assert unnamed_controls(page) == []


# list


def test_list_groups_by_day_and_sorts_by_name(page: SchedulePage, agenda: AgendaView) -> None:
    model = agenda.model_
    starts = [row.starts_local[:10] for row in model.rows]
    assert starts == sorted(starts)
    days = [model.index(n, 0).data() for n in range(len(model.rows))]
    assert sum(bool(day) for day in days) == len(set(starts))
    assert days[0] == "Mon, Jul 13"
    agenda.select(moen_of(page))
    agenda.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    names = [row.name.casefold() for row in model.rows]
    assert names == sorted(names)
    assert agenda.selected_id == moen_of(page)
    assert all(model.index(n, 0).data() for n in range(len(model.rows)))


def test_list_reads_a_sentence_and_has_the_same_keys(
    page: SchedulePage, agenda: AgendaView
) -> None:
    agenda.setFocus()
    ident = moen_of(page)
    agenda.select(ident)
    number = agenda.model_.number_of(ident)
    spoken = agenda.model_.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Wednesday, July 15, 2:00–4:00 PM, Moen, Astrid")
    QTest.keyClick(agenda, Qt.Key.Key_Down, SHIFT)
    settle(page.ctx)
    assert stored(page, ident).starts_local == "2026-07-15T14:15"
    QTest.keyClick(agenda, Qt.Key.Key_Right, SHIFT)
    settle(page.ctx)
    assert stored(page, ident).starts_local == "2026-07-16T14:15"
    assert agenda.selected_id == ident
    QTest.keyClick(agenda, Qt.Key.Key_Return)
    assert page._editor is not None


# day, options, dialogs


def test_day_has_a_column_for_a_worker_without_crew(page: SchedulePage) -> None:
    page.set_view("day")
    page.go_to(date(2026, 7, 15))
    settle(page.ctx)
    before = [lane.name for lane in page.grid.scene.lanes]  # type: ignore[union-attr]
    assert before == ["Windows A", "Carpet B"]
    moen = visit(page, "Moen, Astrid")
    page.actions_.give(moen.id, moen.name, None)
    settle(page.ctx)
    scene = page.grid.scene
    assert scene is not None
    assert [lane.name for lane in scene.lanes] == [*before, "Nobody yet"]
    assert scene.lane_of(scene.by_id[moen.id]) == 2


def test_hidden_weekends_leave_five_columns_and_say_what_is_not_seen(page: SchedulePage) -> None:
    page.set_options(replace(page.options, weekends=False))
    settle(page.ctx)
    g = page.grid.geometry_
    assert g is not None
    assert len(g.columns) == 5
    assert "1 at the weekend not shown" in page.subtitle()
    saturday = page.ctx.tasks.read_now(
        lambda r: r.value("SELECT id FROM appointments WHERE starts_local LIKE '2026-07-18T%'")
    )
    page.show_appointment(saturday)
    settle(page.ctx)
    assert page.grid.selected_id == saturday


def test_zoom_makes_the_hours_higher_and_is_remembered(page: SchedulePage) -> None:
    before = hours(page, 1)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Plus)
    settle(page.ctx)
    assert hours(page, 1) > before
    state = page.page_state()
    QTest.keyClick(page.grid, Qt.Key.Key_0)
    settle(page.ctx)
    assert hours(page, 1) == before
    page.restore_state(state)
    page.load()
    settle(page.ctx)
    assert hours(page, 1) > before


def test_week_can_begin_on_sunday(page: SchedulePage) -> None:
    page.set_options(replace(page.options, week_start=6))
    settle(page.ctx)
    assert page.toolbar.range.text() == "July 12 – 18, 2026"
    assert page.subtitle().startswith("Week 29")


def test_colors_by_state_show_held_and_confirmed_apart(page: SchedulePage) -> None:
    page.set_options(replace(page.options, colors="state"))
    settle(page.ctx)
    art = page.grid._painter
    assert art is not None
    kessler = next(b for b in page.grid.in_order() if b.state == "tentative")
    moen = visit(page, "Moen, Astrid")
    assert art.look(kessler).bar != art.look(moen).bar
    assert art.look(moen).bar == theme().crew(0).bar


def test_whole_days_are_dragged_in_the_row_above_the_hours(page: SchedulePage) -> None:
    van = visit(page, "Van 2 in service", "2026-07-17")
    g = page.grid.geometry_
    assert g is not None
    start = page.grid.block_rect(van.id).center()
    port = page.grid.viewport()
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, start - QPoint(20, 0))
    QTest.mouseMove(port, QPoint(g.columns[0].x + 20, start.y()))
    port.repaint()
    QTest.mouseRelease(port, LEFT, NONE, QPoint(g.columns[0].x + 20, start.y()))
    settle(page.ctx)
    assert stored(page, van.id).starts_local.startswith("2026-07-13")


def test_jump_by_typing_a_date(page: SchedulePage, qtbot: QtBot) -> None:
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_G)
    calendar = page.findChild(JumpCalendar)
    assert isinstance(calendar, JumpCalendar)
    calendar.typed.setText("9/2")
    calendar.typed.returnPressed.emit()
    settle(page.ctx)
    assert page.toolbar.range.text() == "Aug 31 – Sep 6, 2026"


def test_move_dialog_takes_day_time_and_crew(page: SchedulePage) -> None:
    moen = visit(page, "Moen, Astrid")
    page.grid.setFocus()
    page.grid.select(moen.id)
    QTest.keyClick(page.grid, Qt.Key.Key_R)
    dialog = page.findChild(MoveDialog)
    assert isinstance(dialog, MoveDialog)
    dialog.day.setText("fri")
    dialog.time.setText("9:30")
    dialog.who.setCurrentIndex(dialog.who.findText("Carpet B"))
    dialog.go.click()
    settle(page.ctx)
    found = stored(page, moen.id)
    assert (found.starts_local, found.crew_name) == ("2026-07-17T09:30", "Carpet B")


def test_options_menu_offers_weekends_colors_and_zoom(page: SchedulePage) -> None:
    page.open_options()
    menu = page.findChild(QMenu, "schedule.options_menu")
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Weekends"
    next(a for a in menu.actions() if a.text() == "Colors by state").trigger()
    assert page.options.colors == "state"
    menu.close()


@pytest.mark.parametrize("view", ["day", "month", "list"])
@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.usefixtures("plain_theme")
def test_views_hold_in_a_narrow_window(
    page: SchedulePage, window: MainWindow, view: str, scale: int
) -> None:
    theme().set_mode("dark" if scale == 200 else "light")
    theme().set_text_scale(scale)
    window.resize(960, 620)
    page.set_view(view)
    settle(page.ctx)
    page.board.viewport().repaint()
    if isinstance(page.board, MonthView):
        g = page.board.geometry_
        assert g is not None
        assert all(
            g.piece_rect(piece, 0).height() >= theme().line_height("caption")
            for piece in g.plan.pieces
        )
    assert page.toolbar.minimumSizeHint().width() <= page.width()
