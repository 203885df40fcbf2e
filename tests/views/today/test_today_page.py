"""Today shows the day, the queue and the money, with the same figures as everywhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.today import local_day
from tcf_desktop.services.queries.today_kinds import DoneEntry
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.today.kinds import DONE, NEEDS, imports
from tcf_desktop.views.today.page import TodayPage
from tests.views.window_tools import open_window, settle

MINUTE = 60_000


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


@pytest.fixture
def page(window: MainWindow) -> TodayPage:
    found = window.current_page()
    assert isinstance(found, TodayPage)
    return found


def label(page: TodayPage, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def need_titles(page: TodayPage) -> list[str]:
    return [widget.row.title for widget in page.needs.widgets]


def test_kinds_have_keys_of_their_own() -> None:
    keys = [kind.key for kind in (*NEEDS, *DONE)]
    assert len(keys) == len(set(keys))


def test_lanes_hold_every_visit_of_the_day_in_its_crew(page: TodayPage) -> None:
    stored = page.ctx.tasks.read_now(
        lambda r: r.one(
            "SELECT count(*), sum(total_cents) FROM appointments WHERE deleted_at IS NULL"
            " AND starts_local LIKE '2026-07-14%' AND state <> 'cancelled' AND kind <> 'personal'"
        )
    )
    assert stored is not None
    assert len(page.lanes.blocks()) == stored[0] > 5
    summary = label(page, "today.schedule.summary")
    assert summary == f"{stored[0]} visits · {i18n.short_money(stored[1], 'USD')} planned"


def test_blocks_of_a_lane_do_not_overlap(page: TodayPage) -> None:
    blocks = page.lanes.blocks()
    for number, block in enumerate(blocks):
        for other in blocks[number + 1 :]:
            same = block.rect.intersected(other.rect)
            apart = block.visit.ends_at <= other.visit.starts_at
            assert same.isEmpty() or (apart and same.width() <= 30)


def test_money_owed_is_the_stored_total_and_its_parts_add_up(page: TodayPage) -> None:
    total = page.ctx.tasks.read_now(
        lambda r: r.value(
            "SELECT sum(open_cents) FROM invoices WHERE state IN ('issued', 'part_paid')"
            " AND deleted_at IS NULL"
        )
    )
    assert label(page, "today.money.total") == i18n.money(total, "USD")
    parts = [row.amount() for row in page.money.rows]
    cents = [round(float(p.strip("$").replace(",", "")) * 100) for p in parts if p != i18n.DASH]
    assert sum(cents) == total


def test_the_queue_begins_with_what_is_late_now(page: TodayPage) -> None:
    titles = need_titles(page)
    assert "Luis has not arrived at Bishop" in titles[0]
    assert any("not invoiced" in title for title in titles)
    assert any("did not clock out" in title for title in titles)


def test_a_row_does_its_verb_with_a_click_and_with_enter(
    page: TodayPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Target] = []
    page.needs.actionRequested.disconnect()
    page.needs.actionRequested.connect(gone.append)
    first = page.needs.widgets[0]
    qtbot.mouseClick(first.button, Qt.MouseButton.LeftButton)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert [target.kind for target in gone] == ["appointment", "appointment"]
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert page.needs.widgets[1].hasFocus()


def test_a_hidden_row_stays_away_until_tomorrow_and_undo_brings_it_back(
    page: TodayPage, window: MainWindow, qtbot: QtBot, clock: FrozenClock
) -> None:
    first = page.needs.widgets[0]
    title = first.row.title
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: title not in need_titles(page))
    assert window.snackbar.text() == "Hidden until tomorrow."
    qtbot.waitUntil(page.needs.widgets[0].hasFocus)  # the focus goes to the next row
    window.undo()
    qtbot.waitUntil(lambda: title in need_titles(page))


def test_positions_of_today_are_listed_and_said_to_be_all(page: TodayPage) -> None:
    texts = [found.text() for found in page.done.findChildren(QLabel)]
    assert any("positions received from Marcus’s phone" in text for text in texts)
    assert label(page, "today.done.rest") == "Nothing else was sent or changed."


def test_keys_walk_through_the_lanes(page: TodayPage, qtbot: QtBot) -> None:
    page.lanes.setFocus()
    QTest.keyClick(page.lanes, Qt.Key.Key_Left)
    QTest.keyClick(page.lanes, Qt.Key.Key_Right)
    QTest.keyClick(page.lanes, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.lanes.visitChosen) as chosen:
        QTest.keyClick(page.lanes, Qt.Key.Key_Return)
    assert chosen.args == [page.lanes.blocks()[1].visit.id]
    assert "Hartmann" in page.lanes.accessibleDescription()


def test_a_visit_is_dragged_to_another_time_and_crew(page: TodayPage, qtbot: QtBot) -> None:
    lanes = page.lanes
    tran = next(b for b in lanes.blocks() if b.visit.name == "Tran, Linh")
    start = tran.rect.center()
    hour = lanes._x(120) - lanes._x(60)
    above = lanes._tops[0][0] + 20
    QTest.mousePress(lanes, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(lanes, start + QPoint(8, 0))
    QTest.mouseMove(lanes, QPoint(start.x() + hour, above))
    lanes.repaint()
    QTest.mouseRelease(lanes, Qt.MouseButton.LeftButton, pos=QPoint(start.x() + hour, above))
    qtbot.waitUntil(lambda: _stored(page, tran.visit.id) == ("2026-07-14T15:30", "Windows A"))


def test_shift_and_arrows_move_a_visit_of_today(page: TodayPage, qtbot: QtBot) -> None:
    lanes = page.lanes
    lanes.setFocus()
    names = [block.visit.name for block in lanes.blocks()]
    lanes._current = names.index("Tran, Linh")
    ident = lanes.blocks()[lanes._current].visit.id
    QTest.keyClick(lanes, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: _stored(page, ident)[0] == "2026-07-14T14:45")


def _stored(page: TodayPage, ident: int) -> tuple[str, str]:
    from tcf_desktop.services.queries.appointment import detail

    found = page.ctx.tasks.read_now(lambda r: detail(r, ident))
    assert found is not None
    return found.starts_local, found.crew_name


def test_a_new_business_is_told_how_to_begin(view_context: ViewContext, qtbot: QtBot) -> None:
    window = open_window(view_context, qtbot)
    page = window.current_page()
    assert isinstance(page, TodayPage)
    empty = page.findChild(object, "today.empty")
    assert empty is not None
    assert empty.isVisible()  # type: ignore[attr-defined]
    assert label(page, "today.needs.clear") == "All clear."
    assert label(page, "today.money.line") == "Nobody owes you anything."


def test_the_columns_fold_in_a_narrow_window(
    page: TodayPage, window: MainWindow, qtbot: QtBot
) -> None:
    def left(widget: QWidget) -> int:
        return widget.mapTo(page, widget.rect().topLeft()).x()

    window.resize(1440, 900)
    qtbot.waitUntil(lambda: left(page.money) > page.needs.width())
    window.resize(960, 620)
    qtbot.waitUntil(lambda: left(page.money) == left(page.needs))
    assert left(page.needs) + page.needs.width() <= page.width()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_paints(
    page: TodayPage, window: MainWindow, qtbot: QtBot, mode: str, scale: int
) -> None:
    theme = window.ctx.theme
    theme.set_mode(mode)
    theme.set_text_scale(scale)
    settle(window.ctx, qtbot)
    assert not window.grab().toImage().isNull()
    assert unnamed_controls(window) == []
    theme.set_text_scale(100)
    theme.set_mode("follow")


def test_an_import_of_today_is_listed_in_words(sample_context: ViewContext, qtbot: QtBot) -> None:
    day = local_day(sample_context.clock.now_ms(), sample_context.zone())
    entry = DoneEntry(1, day.now_at, "ImportContacts", "import of {n} contacts", '{"n": 12}')
    rows = imports.KIND.show(sample_context, day, [entry])
    assert [(row.text, row.target.page) for row in rows] == [("Import of 12 contacts", "contacts")]
    broken = DoneEntry(2, day.now_at, "ImportCalendar", "import of {n}", "{}")
    rows = imports.KIND.show(sample_context, day, [broken])
    assert [(row.text, row.target.page) for row in rows] == [("Import of {n}", "schedule")]
