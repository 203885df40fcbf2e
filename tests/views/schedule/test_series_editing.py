"""Series as the office edits them: this visit, this and the following, all; and what is shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import DataLabel
from tcf_desktop.views.schedule.checklist_view import TickRow
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.series_scope import ScopeDialog
from tests.views.schedule.tools import day_width, drag, settle, stored, visit

WEEKS = (date(2026, 7, 13), date(2026, 7, 20), date(2026, 7, 27))


def make_weekly(page: SchedulePage, name: str = "Moen, Astrid") -> AppointmentBlock:
    """Let a visit come again every week, by the form."""
    moen = visit(page, name)
    page.edit(moen.id)
    editor = page._editor
    assert editor is not None
    editor.repeat.unit.setCurrentIndex(editor.repeat.unit.findData("week"))
    editor.repeat.unit.activated.emit(editor.repeat.unit.currentIndex())
    settle(page.ctx)
    assert editor.repeat.words.text() == "Every week on Wednesday"
    editor.finish()
    settle(page.ctx)
    assert page._editor is None
    return visit(page, name)


def dialog(page: SchedulePage) -> ScopeDialog:
    found = [one for one in page.findChildren(ScopeDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def times(page: SchedulePage, name: str = "Moen, Astrid") -> list[str]:
    found: list[str] = []
    for week in WEEKS:
        page.go_to(week)
        settle(page.ctx)
        found += [b.starts_local for b in page.grid.in_order() if b.name == name]
    page.go_to(WEEKS[0])
    settle(page.ctx)
    return found


def edit_start(page: SchedulePage, ident: int, typed: str) -> None:
    page.edit(ident)
    editor = page._editor
    assert editor is not None
    editor.start.setFocus()
    editor.start.selectAll()
    QTest.keyClicks(editor.start, typed)
    editor.finish()
    settle(page.ctx)


def second(page: SchedulePage) -> AppointmentBlock:
    page.go_to(WEEKS[1])
    settle(page.ctx)
    return visit(page, "Moen, Astrid", "2026-07-22")


def test_a_visit_becomes_a_series_and_undo_makes_it_single_again(page: SchedulePage) -> None:
    make_weekly(page)
    assert times(page) == ["2026-07-15T14:00", "2026-07-22T14:00", "2026-07-29T14:00"]
    page.ctx.tasks.command(page, UndoLast())
    settle(page.ctx)
    assert times(page) == ["2026-07-15T14:00"]


def test_only_this_one_is_the_first_choice_and_says_what_it_does(page: SchedulePage) -> None:
    make_weekly(page)
    edit_start(page, second(page).id, "3pm")
    asked = dialog(page)
    assert unnamed_controls(asked) == []
    assert asked.scope() == "this"
    assert asked.rows["this"].text() == "Only Wed, Jul 22"
    assert asked.rows["following"].text() == "Wed, Jul 22 and all after it"
    QTest.keyClick(asked, Qt.Key.Key_Return)
    settle(page.ctx)
    assert times(page) == ["2026-07-15T14:00", "2026-07-22T15:00", "2026-07-29T14:00"]


def test_this_and_the_following_by_arrow_key(page: SchedulePage) -> None:
    make_weekly(page)
    edit_start(page, second(page).id, "3pm")
    asked = dialog(page)
    QTest.keyClick(asked.rows["this"], Qt.Key.Key_Down)
    assert asked.scope() == "following"
    QTest.keyClick(asked.rows["following"], Qt.Key.Key_Return)
    settle(page.ctx)
    assert page._editor is None
    assert times(page) == ["2026-07-15T14:00", "2026-07-22T15:00", "2026-07-29T15:00"]


def test_leaving_the_question_keeps_the_form_and_what_was_typed(page: SchedulePage) -> None:
    make_weekly(page)
    edit_start(page, second(page).id, "3pm")
    dialog(page).reject()
    settle(page.ctx)
    assert page._editor is not None
    assert page._editor.save.isEnabled()
    assert page._editor.draft().starts_local == "2026-07-22T15:00"


def test_a_drag_moves_one_and_offers_the_following(page: SchedulePage) -> None:
    make_weekly(page)
    ident = second(page).id
    drag(page, page.grid.block_rect(ident).center(), QPoint(day_width(page), 0))
    assert times(page) == ["2026-07-15T14:00", "2026-07-23T14:00", "2026-07-29T14:00"]


def test_delete_leaves_one_out_or_ends_the_series(page: SchedulePage) -> None:
    make_weekly(page)
    block = second(page)
    page.run_command("delete", block.id)
    dialog(page).go.click()
    settle(page.ctx)
    assert times(page) == ["2026-07-15T14:00", "2026-07-29T14:00"]
    page.ctx.tasks.command(page, UndoLast())
    settle(page.ctx)
    page.run_command("delete", second(page).id)
    asked = dialog(page)
    asked.rows["following"].click()
    asked.go.click()
    settle(page.ctx)
    assert times(page) == ["2026-07-15T14:00"]


def test_a_series_stops_repeating_by_the_form(page: SchedulePage) -> None:
    make_weekly(page)
    page.edit(second(page).id)
    editor = page._editor
    assert editor is not None
    editor.repeat.unit.setCurrentIndex(0)
    editor.repeat.unit.activated.emit(0)
    editor.finish()
    settle(page.ctx)
    assert times(page) == ["2026-07-15T14:00", "2026-07-22T14:00"]


def test_the_pane_says_how_it_comes_again_and_ticks_a_list_off(page: SchedulePage) -> None:
    moen = make_weekly(page)
    page.edit(moen.id)
    assert page._editor is not None
    page._editor.checklist.items.setPlainText("Count the screens\nRing first")
    page._editor.notes.crew.setPlainText("Dog in the yard")
    page._editor.finish()
    settle(page.ctx)
    dialog(page).go.click()
    settle(page.ctx)
    page.grid.select(moen.id)
    settle(page.ctx)
    said = [label.text() for label in page.detail.findChildren(DataLabel)]
    assert any(text.startswith("Every week on Wednesday, next Jul 22") for text in said)
    assert "Dog in the yard" in said
    ticks = page.detail.findChildren(TickRow)
    assert [tick.text() for tick in ticks] == ["Count the screens", "Ring first"]
    ticks[1].click()
    settle(page.ctx)
    assert [row.done for row in stored(page, moen.id).checklist] == [False, True]
    assert stored(page, moen.id).crew_note == "Dog in the yard"
