"""The Due again page: lists, keys, the next step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.frequencies import StopFrequency
from tcf_desktop.services.queries import due as queries
from tcf_desktop.views.common import LinkButton, PrimaryButton
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.due.page import DuePage
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.editor import AppointmentEditor
from tcf_desktop.views.schedule.page import SchedulePage
from tests.services.due_tools import TODAY, contact, places_of, service, visit, wanted
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    """Three who are due, one who will be, one who is not interested, one who is quiet."""
    office = view_context.office
    windows = service(office, "Windows")
    for name, start in (("Abel", "2026-01-01"), ("Berg", "2026-03-01"), ("Cole", "2026-05-01"),
                        ("Dahl", "2026-07-01")):  # fmt: skip
        key = contact(office, name)
        (home,) = places_of(office, key)
        wanted(office, key, "monthly", location_id=home, service_id=windows, starts_on=start)
    office.runner.run(
        StopFrequency((wanted(office, contact(office, "Ernst"), "weekly"),), "Moved away")
    )
    quiet = contact(office, "Quist")
    for day in ("2025-01-05", "2025-03-05", "2025-05-05"):
        visit(office, quiet, day)
    return open_window(view_context, qtbot, "due")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> DuePage:
    found = window.current_page()
    assert isinstance(found, DuePage)
    qtbot.waitUntil(found.has_rows)
    settle(window.ctx, qtbot)
    return found


def names(page: DuePage) -> list[str]:
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    return [row.name for row in rows if row is not None]


def press(page: DuePage, key: Qt.Key) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, key)


def menu(page: DuePage, qtbot: QtBot, name: str) -> QMenu:
    qtbot.waitUntil(lambda: any(m.isVisible() for m in page.findChildren(QMenu, name)))
    return next(m for m in page.findChildren(QMenu, name) if m.isVisible())


def choose(shown: QMenu, text: str) -> None:
    action = next(a for a in shown.actions() if a.text().startswith(text))
    action.trigger()
    shown.close()


def now_names(page: DuePage, qtbot: QtBot, expected: list[str]) -> None:
    qtbot.waitUntil(lambda: names(page) == expected)


def test_the_most_overdue_stand_first_and_every_list_has_its_number(page: DuePage) -> None:
    assert names(page) == ["Anna Abel", "Anna Berg", "Anna Cole"]
    assert [chip.accessibleName() for chip in page.chips.values()] == [
        "Due now, 3", "Coming, 1", "Snoozed, 0", "Not interested, 1", "Quiet customers, 1",
    ]  # fmt: skip
    assert page.subtitle() == "3 calls to make"
    assert page.table.currentIndex().row() == 0
    assert (page.bar.name.text(), page.bar.phone.text()) == ("Anna Abel", "605-555-0123")


def test_keys_walk_the_list_and_open_the_contact(page: DuePage, window: MainWindow) -> None:
    press(page, Qt.Key.Key_Down)
    assert page.bar.name.text() == "Anna Berg"
    press(page, Qt.Key.Key_Return)
    shown = window.current_page()
    assert shown is not None
    assert shown.key == "contacts"


def test_booking_offers_the_work_at_a_free_time(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_B)
    schedule = window.current_page()
    assert isinstance(schedule, SchedulePage)
    qtbot.waitUntil(lambda: schedule._editor is not None)
    settle(window.ctx, qtbot)
    editor = schedule._editor
    assert editor is not None
    draft = editor.draft()
    assert editor.customer.text() == "Anna Abel"
    assert [line.name for line in draft.lines] == ["Windows"]
    assert (draft.starts_local, draft.minutes) == ("2026-07-15T08:00", 90)
    editor.finish()
    qtbot.waitUntil(lambda: schedule._editor is None)
    window.navigate(Target("due"))
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])


def test_the_button_of_a_row_books_it(page: DuePage, window: MainWindow, qtbot: QtBot) -> None:
    where = page.table.button_rect(1).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    schedule = window.current_page()
    assert isinstance(schedule, SchedulePage)
    qtbot.waitUntil(lambda: schedule._editor is not None)
    assert schedule._editor is not None
    assert schedule._editor.customer.text() == "Anna Berg"


def editor_of(window: MainWindow, qtbot: QtBot) -> AppointmentEditor:
    schedule = window.current_page()
    assert isinstance(schedule, SchedulePage)
    qtbot.waitUntil(lambda: schedule._editor is not None)
    settle(window.ctx, qtbot)
    assert schedule._editor is not None
    return schedule._editor


def chosen(page: DuePage) -> list[str]:
    return [row.name for row in page.chosen_rows()]


def test_several_are_booked_one_after_the_other(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.selectAll()
    assert page.bar.reason.text() == "Booking takes one after the other."
    page.bar.book.click()
    editor = editor_of(window, qtbot)
    assert editor.customer.text() == "Anna Abel"
    editor.finish()
    qtbot.waitUntil(lambda: window.current_page() is page)
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])
    qtbot.waitUntil(lambda: chosen(page) == ["Anna Berg", "Anna Cole"])
    assert window.snackbar.text() == "Anna Abel booked for Wed 8:00 AM."
    assert window.focusWidget() is page.table
    press(page, Qt.Key.Key_B)
    editor = editor_of(window, qtbot)
    assert editor.customer.text() == "Anna Berg"
    editor.leave()  # not booked after all: the next one is chosen
    assert window.current_page() is page
    qtbot.waitUntil(lambda: chosen(page) == ["Anna Cole"])
    assert names(page) == ["Anna Berg", "Anna Cole"]
    press(page, Qt.Key.Key_B)  # the last of those who were chosen comes back as well
    editor_of(window, qtbot).finish()
    qtbot.waitUntil(lambda: window.current_page() is page)
    now_names(page, qtbot, ["Anna Berg"])
    press(page, Qt.Key.Key_B)
    editor_of(window, qtbot).leave()
    assert window.current_page() is not page  # one alone stays on the schedule


def test_several_quiet_customers_are_booked_one_after_the_other(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    other = contact(window.ctx.office, "Quinn")
    for day in ("2025-01-06", "2025-03-06", "2025-05-06"):
        visit(window.ctx.office, other, day)
    page.show_tab("quiet")
    now_names(page, qtbot, ["Anna Quinn", "Anna Quist"])
    page.table.selectAll()
    press(page, Qt.Key.Key_B)
    editor = editor_of(window, qtbot)
    assert editor.customer.text() == "Anna Quinn"
    editor.finish()
    qtbot.waitUntil(lambda: window.current_page() is page)
    now_names(page, qtbot, ["Anna Quist"])
    qtbot.waitUntil(lambda: chosen(page) == ["Anna Quist"])


def test_several_are_snoozed_at_once_with_one_undo(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.selectAll()
    assert page.bar.name.text() == "3 customers chosen"
    press(page, Qt.Key.Key_Z)
    choose(menu(page, qtbot, "due.snooze_menu"), "For a week")
    qtbot.waitUntil(lambda: not page.has_rows())
    assert window.snackbar.text() == "3 customers: snoozed until Jul 21, 2026."
    qtbot.waitUntil(lambda: "Nobody is due" in page.empty.text.text())
    window.undo()
    now_names(page, qtbot, ["Anna Abel", "Anna Berg", "Anna Cole"])


def test_a_typed_day_snoozes_and_what_is_no_day_is_said(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    for text, done in (("sep 1", True), ("whenever", False)):
        press(page, Qt.Key.Key_Z)
        choose(menu(page, qtbot, "due.snooze_menu"), "Until a day")
        qtbot.waitUntil(lambda: bool(page.findChildren(QInputDialog, "due.ask")))
        dialog = page.findChildren(QInputDialog, "due.ask")[-1]
        dialog.setTextValue(text)
        dialog.accept()
        settle(window.ctx, qtbot)
        if done:
            now_names(page, qtbot, ["Anna Berg", "Anna Cole"])
            assert window.snackbar.text() == "Anna Abel: snoozed until Sep 1, 2026."
        else:
            assert names(page) == ["Anna Berg", "Anna Cole"]


def test_not_interested_takes_a_reason_and_can_be_taken_up_again(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_X)
    choose(menu(page, qtbot, "due.reason_menu"), "Too expensive")
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])
    page.show_tab("stopped")
    qtbot.waitUntil(lambda: "Anna Abel" in names(page))
    page.table.select_row(names(page).index("Anna Abel"))
    assert page.bar.reason.text() == "Too expensive"
    assert not page.bar.stop.isVisible()
    page.bar.again.click()
    now_names(page, qtbot, ["Anna Ernst"])
    page.show_tab("now")
    now_names(page, qtbot, ["Anna Abel", "Anna Berg", "Anna Cole"])


def test_quiet_customers_are_asked_regularly_or_let_be(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("quiet")
    now_names(page, qtbot, ["Anna Quist"])
    assert page.quiet.index(0, 1).data() == "Visit"
    page.bar.remember.click()
    qtbot.waitUntil(lambda: not page.has_rows())
    assert page.empty.text.text() == "Nobody who used to come has gone quiet."
    window.undo()
    now_names(page, qtbot, ["Anna Quist"])
    press(page, Qt.Key.Key_X)
    choose(menu(page, qtbot, "due.reason_menu"), "No reason")
    qtbot.waitUntil(lambda: not page.has_rows())
    counts = window.ctx.tasks.read_now(lambda r: queries.due_counts(r, TODAY))
    assert counts.stopped == 2


def test_the_search_narrows_and_says_when_nothing_matches(page: DuePage, qtbot: QtBot) -> None:
    assert page.focus_search()
    QTest.keyClicks(page.search, "berg")
    now_names(page, qtbot, ["Anna Berg"])
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.window().focusWidget() is page.table
    page.search.setText("zzz")
    qtbot.waitUntil(lambda: page.empty.text.text() == "Nothing matches “zzz”.")
    link = page.empty.findChild(LinkButton)
    assert isinstance(link, LinkButton)
    assert link.text() == "Show all"
    link.click()
    now_names(page, qtbot, ["Anna Abel", "Anna Berg", "Anna Cole"])


def test_lists_are_stepped_through_with_the_keyboard(page: DuePage, qtbot: QtBot) -> None:
    assert page.step_tab(1)
    now_names(page, qtbot, ["Anna Dahl"])
    assert page.due.index(0, 3).data() == "In 2 weeks"
    page.step_tab(-2)
    now_names(page, qtbot, ["Anna Quist"])


def test_a_finished_visit_takes_the_customer_off_the_list(page: DuePage, qtbot: QtBot) -> None:
    row = page.due.row_at(0)
    assert row is not None
    visit(page.ctx.office, row.contact_id, "2026-07-13")
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])


def test_a_new_business_is_told_what_lives_here(view_context: ViewContext, qtbot: QtBot) -> None:
    window = open_window(view_context, qtbot, "due")
    page = window.current_page()
    assert isinstance(page, DuePage)
    qtbot.waitUntil(page.first.isVisible)
    button = page.first.findChild(PrimaryButton)
    assert isinstance(button, PrimaryButton)
    button.click()
    qtbot.waitUntil(lambda: page.empty.text.text() == "Nobody who used to come has gone quiet.")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_paints(
    page: DuePage, window: MainWindow, qtbot: QtBot, mode: str, scale: int
) -> None:
    theme = window.ctx.theme
    theme.set_mode(mode)
    theme.set_text_scale(scale)
    settle(window.ctx, qtbot)
    assert not window.grab().toImage().isNull()
    assert unnamed_controls(window) == []
    theme.set_text_scale(100)
    theme.set_mode("follow")


def test_the_right_mouse_button_offers_the_same_steps(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.table.customContextMenuRequested.emit(page.table.button_rect(0).center())
    shown = menu(page, qtbot, "due.menu")
    assert [a.text().split("\t")[0] for a in shown.actions() if a.text()] == [
        "Book", "Snooze", "Not interested", "Open contact",
    ]  # fmt: skip
    choose(shown, "Open contact")
    shown_page = window.current_page()
    assert shown_page is not None
    assert shown_page.key == "contacts"


def test_another_reason_is_typed(page: DuePage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_X)
    choose(menu(page, qtbot, "due.reason_menu"), "Another reason")
    qtbot.waitUntil(lambda: bool(page.findChildren(QInputDialog, "due.ask")))
    dialog = page.findChildren(QInputDialog, "due.ask")[-1]
    dialog.setTextValue("Sold the house <b>")
    dialog.accept()
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])
    page.show_tab("stopped")
    qtbot.waitUntil(lambda: "Anna Abel" in names(page))
    page.table.select_row(names(page).index("Anna Abel"))
    assert page.bar.reason.text() == "Sold the house <b>"


def test_a_snoozed_customer_is_asked_again_now(page: DuePage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_Z)
    choose(menu(page, qtbot, "due.snooze_menu"), "For a month")
    now_names(page, qtbot, ["Anna Berg", "Anna Cole"])
    page.show_tab("snoozed")
    now_names(page, qtbot, ["Anna Abel"])
    assert page.due.index(0, 3).data() == "Until Aug 14, 2026"
    page.bar.again.click()
    qtbot.waitUntil(lambda: page.empty.text.text() == "Nobody is put off.")
    page.show_tab("now")
    now_names(page, qtbot, ["Anna Abel", "Anna Berg", "Anna Cole"])


def test_the_list_is_remembered_and_has_an_address(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    page.restore_state({"tab": "coming"})
    now_names(page, qtbot, ["Anna Dahl"])
    assert page.page_state() == {"tab": "coming"}
    page.restore_state({"tab": "nonsense"})
    assert page.page_state() == {"tab": "coming"}
    window.navigate(Target("due", "quiet"))
    now_names(page, qtbot, ["Anna Quist"])
    assert page.table.viewport().isVisible()


def test_columns_give_way_in_a_narrow_window(
    page: DuePage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(2))
    window.ctx.theme.set_text_scale(200)
    window.resize(960, 620)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(2))
    window.ctx.theme.set_text_scale(100)
