"""The right panel: who is due again, what fell off the schedule, booked from there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.services.appointments import SetAppointmentState
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.side_panel_card import SideCard
from tests.views.schedule.tools import LEFT, NONE, settle, stored, visit


def cards(page: SchedulePage, qtbot: QtBot) -> list[SideCard]:
    qtbot.waitUntil(lambda: bool(page.panel._cards))
    return page.panel._cards


def drop(page: SchedulePage, card: SideCard, pos: QPoint, *, escape: bool = False) -> None:
    at = card.mapFromGlobal(page.grid.viewport().mapToGlobal(pos))
    QTest.mousePress(card, LEFT, NONE, QPoint(40, 10))
    QTest.mouseMove(card, QPoint(20, 30))
    QTest.mouseMove(card, at)
    if escape:
        QTest.keyClick(card, Qt.Key.Key_Escape)
    QTest.mouseRelease(card, LEFT, NONE, at)
    settle(page.ctx)


def test_due_customers_stand_on_cards_with_what_is_known(page: SchedulePage, qtbot: QtBot) -> None:
    first = cards(page, qtbot)[0]
    assert first.facts.name
    assert "every" in first.facts.work
    assert first.facts.price.startswith("$")
    assert "late" in first.facts.state
    assert "not promised to anybody" in page.panel.explanation.text()
    assert page.panel.tabs._tabs["due"].accessibleName().startswith("Due again, ")
    assert any(" from " in card.facts.hint for card in page.panel._cards)


def test_b_opens_the_editor_at_a_suggested_time(page: SchedulePage, qtbot: QtBot) -> None:
    first = cards(page, qtbot)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_B)
    settle(page.ctx)
    assert page._editor is not None
    draft = page._editor.draft()
    assert draft.contact_id is not None
    assert draft.starts_local > "2026-07-14"


def test_a_card_dropped_on_the_hours_is_booked_there_and_undone(
    page: SchedulePage, qtbot: QtBot
) -> None:
    first = cards(page, qtbot)[0]
    key, count = first.facts.key, len(page.panel._cards)
    g = page.grid.geometry_
    assert g is not None
    column = g.columns[4]
    drop(page, first, QPoint(column.x + 8, g.y_of(15 * 60, page.grid.offset)))
    qtbot.waitUntil(lambda: page.grid.selected_id is not None)
    assert page.grid.selected_id is not None
    booked = stored(page, page.grid.selected_id)
    assert booked.starts_local == "2026-07-17T15:00"
    assert booked.crew_id == g.scene.lanes[0].crew_id
    qtbot.waitUntil(lambda: key not in [card.facts.key for card in page.panel._cards])
    page.ctx.tasks.command(page, UndoLast())
    qtbot.waitUntil(lambda: len(page.panel._cards) == count)


def test_a_drop_outside_the_hours_or_after_escape_books_nothing(
    page: SchedulePage, qtbot: QtBot
) -> None:
    first = cards(page, qtbot)[0]
    before = len(page.grid.in_order())
    drop(page, first, QPoint(4, 4))
    g = page.grid.geometry_
    assert g is not None
    inside = QPoint(g.columns[4].x + 8, g.y_of(15 * 60, page.grid.offset))
    drop(page, first, inside, escape=True)
    assert len(page.grid.in_order()) == before


def test_a_cancelled_visit_waits_on_the_second_tab_and_is_booked_again(
    page: SchedulePage, qtbot: QtBot
) -> None:
    block = visit(page, "Ostrom, Ingrid", "2026-07-17")
    page.ctx.tasks.command(page, SetAppointmentState(block.id, "cancelled"))
    settle(page.ctx)
    QTest.mouseClick(page.panel.tabs._tabs["off"], LEFT)
    qtbot.waitUntil(
        lambda: (
            [c.facts.name for c in page.panel._cards if c.facts.chip == "Cancelled"]
            == ["Ostrom, Ingrid"]
        )
    )
    card = next(c for c in page.panel._cards if c.facts.name == "Ostrom, Ingrid")
    QTest.keyClick(card, Qt.Key.Key_Return)
    settle(page.ctx)
    assert page._editor is not None
    assert page._editor.draft().title == "In + out"


def test_a_card_is_put_off_from_its_menu_and_focus_stays(page: SchedulePage, qtbot: QtBot) -> None:
    first = cards(page, qtbot)[0]
    count = len(page.panel._cards)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_S)
    menu = page.panel.findChild(QMenu, "schedule.panel.menu")
    assert menu is not None
    snooze = next(a.menu() for a in menu.actions() if a.text() == "Snooze")
    snooze.actions()[0].trigger()  # type: ignore[attr-defined]
    menu.close()
    qtbot.waitUntil(lambda: len(page.panel._cards) == count - 1)
    assert page.window().focusWidget() is page.panel._cards[0]


def test_f9_folds_the_whole_panel(page: SchedulePage) -> None:
    assert page.panel.isVisible()
    page.toggle_side_panel()
    assert not page.panel.isVisible()
