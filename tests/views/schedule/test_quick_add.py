"""One line that books: few keys for a known customer, with what is usual for him."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.quick_add import QuickAdd
from tests.views.schedule.tools import settle, stored, visit


def quick(page: SchedulePage) -> QuickAdd:
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_N)
    window = page.quick.window
    assert window is not None
    return window


def type_line(page: SchedulePage, window: QuickAdd, text: str) -> None:
    QTest.keyClicks(window.line, text)
    QTest.qWait(120)
    settle(page.ctx)


def test_a_known_customer_is_booked_with_a_name_and_few_keys(page: SchedulePage) -> None:
    window = quick(page)  # N
    type_line(page, window, "Reyes sat 9")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    assert page.quick.window is None
    made = stored(page, visit(page, "Reyes, Carla", "2026-07-18").id)
    last = stored(page, visit(page, "Reyes, Carla").id)
    assert made.starts_local == "2026-07-18T09:00"
    assert (made.minutes, made.crew_name) == (last.minutes, last.crew_name)
    assert (made.total_cents, made.location_id) == (last.total_cents, last.location_id)
    assert made.lines == last.lines
    assert page.grid.selected_id == made.id


def test_the_line_says_service_length_and_crew(page: SchedulePage) -> None:
    window = quick(page)
    type_line(page, window, "Moen screens thu 1:30pm 45m crew B")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    draft = window.draft()
    assert (draft.starts_local, draft.minutes) == ("2026-07-16T13:30", 45)
    assert [line.name.split()[0] for line in draft.lines] == ["Screens"]
    assert page._week is not None
    crews = {crew.id: crew.name for crew in page._week.crews}
    assert crews[draft.crew_id or 0] == "Carpet B"


def test_other_letters_let_go_of_the_customer(page: SchedulePage) -> None:
    window = quick(page)
    type_line(page, window, "Moen")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    assert window.draft().contact_id is not None
    type_line(page, window, "x")
    assert window.draft().contact_id is None
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    assert page.quick.window is window
    QTest.keyClick(window.line, Qt.Key.Key_Escape)
    assert page.quick.window is None


def test_personal_entries_need_only_words(page: SchedulePage) -> None:
    window = quick(page)
    window.kind._keys["personal"].click()
    type_line(page, window, "Dentist fri 4pm 30m")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    made = visit(page, "Dentist", "2026-07-17")
    assert (made.kind, made.minutes, made.starts_local) == ("personal", 30, "2026-07-17T16:00")


def test_all_fields_go_on_with_what_is_known(page: SchedulePage) -> None:
    window = quick(page)
    type_line(page, window, "Moen fri 10")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    settle(page.ctx)
    wanted = window.draft()
    window.open_full()
    settle(page.ctx)
    assert page._editor is not None
    draft = page._editor.draft()
    assert (draft.contact_id, draft.starts_local) == (wanted.contact_id, "2026-07-17T10:00")
    assert draft.lines == wanted.lines


def test_a_new_customer_is_made_from_the_line(page: SchedulePage) -> None:
    window = quick(page)
    type_line(page, window, "Jane Zweig fri 10")
    window.rows._new.click()
    settle(page.ctx)
    assert window.draft().contact_id is not None
    assert window.draft().starts_local == "2026-07-17T10:00"


def test_going_back_does_not_begin_the_booking_again(
    page: SchedulePage, window: MainWindow
) -> None:
    window.navigate(Target("schedule", "new"))
    settle(page.ctx)
    page.quick.close()
    window.navigate(Target("contacts"))
    settle(page.ctx)
    window.go_back()
    settle(page.ctx)
    assert page.quick.window is None
    assert page._editor is None
