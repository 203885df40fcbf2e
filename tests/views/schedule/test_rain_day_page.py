from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.rain_day_page import RainDayPage
from tests.views.window_tools import open_window, settle

WEDNESDAY = "2026-07-15"


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> RainDayPage:
    window.navigate(Target("rain_day", "date", value=WEDNESDAY))
    found = window.current_page()
    assert isinstance(found, RainDayPage)
    qtbot.waitUntil(lambda: bool(found.rows))
    settle(found.ctx, qtbot)
    return found


def starts(page: RainDayPage) -> dict[int, str]:
    ids = [row.visit.id for row in page.rows if row.visit.id > 0]
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id, starts_local FROM appointments WHERE id IN ({marks})"
    return dict(page.ctx.office.read(lambda r: r.all(sql, ids)))


def waiting(page: RainDayPage) -> int:
    sql = "SELECT count(*) FROM messages WHERE occasion = 'rain_day' AND deleted_at IS NULL"
    return int(page.ctx.office.read(lambda r: r.value(sql)))


def test_every_visit_is_listed_with_a_place_to_go_to(page: RainDayPage) -> None:
    movable = [row for row in page.rows if row.can_move]
    assert len(movable) > 2
    assert all(row.to_local() > WEDNESDAY + "T24" for row in movable if row.is_on())
    assert page.move_button.isEnabled()
    assert not any(row.mark.isVisible() for row in movable if row.is_on())


def test_all_move_with_one_click_and_one_undo(
    page: RainDayPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = starts(page)
    wanted = {row.visit.id: row.to_local() for row in page.rows if row.is_on()}
    rows = list(page.rows)
    page.move_button.click()
    qtbot.waitUntil(lambda: window.current_page() is not page)
    moved = {ident: local for ident, local in wanted.items() if ident > 0}
    assert {i: v for i, v in starts(page).items() if i in moved} == moved
    assert waiting(page) == sum(
        row.visit.contact_id is not None for row in rows if row.visit.id in wanted
    )
    settle(page.ctx, qtbot)
    assert "moved." in window.snackbar.text()
    page.ctx.office.runner.run(UndoLast())
    assert starts(page) == before
    assert waiting(page) == 0


def test_visit_that_is_not_ticked_stays(
    page: RainDayPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = starts(page)
    stays = next(row for row in page.rows if row.is_on())
    stays.tick.setChecked(False)
    page.tell.setChecked(False)
    ident = stays.visit.id
    page.move_all()
    qtbot.waitUntil(lambda: window.current_page() is not page)
    assert starts(page)[ident] == before[ident]
    assert waiting(page) == 0


def test_time_typed_by_hand_is_judged_at_once(page: RainDayPage) -> None:
    row = next(row for row in page.rows if row.is_on())
    row.time.setText("5 am")
    row.time.textEdited.emit("5 am")
    assert row.mark.text() == "Outside working hours"
    assert page.move_button.isEnabled()
    row.time.setText("sometime")
    row.time.textEdited.emit("sometime")
    assert row.mark.text() == "When?"
    assert not page.move_button.isEnabled()


def test_one_crew_can_be_chosen(page: RainDayPage, qtbot: QtBot) -> None:
    crew = page.crew.itemData(1)
    page.crew.setCurrentIndex(1)
    page.crew.activated.emit(1)
    qtbot.waitUntil(lambda: {row.visit.crew_id for row in page.rows} == {crew})


def test_day_without_visits_says_so(page: RainDayPage, window: MainWindow, qtbot: QtBot) -> None:
    window.navigate(Target("rain_day", "date", value="2026-07-19"))
    qtbot.waitUntil(lambda: not page.rows)
    assert page.empty.text.text() == "No visits on Sunday, July 19."
    assert not page.move_button.isEnabled()
