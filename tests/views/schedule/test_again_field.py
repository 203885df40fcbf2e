"""“Due again” in the appointment editor, and the editor filled from what is due."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.queries.due import FrequencyRow, contact_frequencies, frequency_of
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.editor import AppointmentEditor
from tcf_desktop.views.schedule.page import SchedulePage
from tests.services.due_tools import TODAY, contact, places_of, service, visit, wanted
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(view_context, qtbot, "schedule")


def editor_for(window: MainWindow, qtbot: QtBot, target: Target) -> AppointmentEditor:
    window.navigate(target)
    page = window.current_page()
    assert isinstance(page, SchedulePage)
    qtbot.waitUntil(lambda: page._editor is not None)
    settle(window.ctx, qtbot)
    assert page._editor is not None
    return page._editor


def closed(window: MainWindow, qtbot: QtBot) -> None:
    page = window.current_page()
    assert isinstance(page, SchedulePage)
    qtbot.waitUntil(lambda: page._editor is None)
    settle(window.ctx, qtbot)


def test_an_interval_typed_beside_a_visit_is_kept_for_its_work(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    anna, windows = contact(office), service(office)
    (home,) = places_of(office, anna)
    visit_id = visit(office, anna, "2026-07-14", location_id=home, service_id=windows, done=False)
    page = window.current_page()
    assert isinstance(page, SchedulePage)
    page.edit(visit_id)
    editor = page._editor
    assert editor is not None
    settle(window.ctx, qtbot)
    assert editor.again.isVisible()
    QTest.keyClicks(editor.again.edit, "twice a year")
    assert editor.again.hint.text() == (
        "every 6 months; after the last visit; not put on the calendar"
    )
    editor.leave()  # nothing else was changed, and it is kept all the same
    closed(window, qtbot)
    (row,) = office.read(lambda r: contact_frequencies(r, anna, TODAY))
    assert (row.rhythm, row.service_id, row.location_id) == (Rhythm(6, "month"), windows, home)


def test_what_is_stored_is_shown_changed_and_emptied(window: MainWindow, qtbot: QtBot) -> None:
    office = window.ctx.office
    anna = contact(office)
    (home,) = places_of(office, anna)
    wanted(office, anna, "every 8 weeks", location_id=home)
    visit_id = visit(office, anna, "2026-07-14", location_id=home, done=False)

    def stored() -> FrequencyRow | None:
        return office.read(lambda r: frequency_of(r, anna, home, None))

    page = window.current_page()
    assert isinstance(page, SchedulePage)
    for shown, typed, then in (
        ("every 8 weeks", "monthly", Rhythm(1, "month")),
        ("every month", "", None),
    ):
        page.edit(visit_id)
        editor = page._editor
        assert editor is not None
        qtbot.waitUntil(lambda e=editor, s=shown: e.again.edit.text() == s)
        editor.again.edit.selectAll()
        QTest.keyClicks(editor.again.edit, typed or " ")
        editor.finish()
        closed(window, qtbot)
        found = stored()
        assert (found.rhythm if found is not None else None) == then


def test_what_is_kept_for_any_place_is_shown_and_changed_for_any_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    anna, windows = contact(office), service(office)
    (home,) = places_of(office, anna)
    key = wanted(office, anna, "every 8 weeks", service_id=windows, price_cents=15_000)
    wanted(office, anna, "weekly")  # any work: another thing
    visit_id = visit(office, anna, "2026-07-14", location_id=home, service_id=windows, done=False)
    page = window.current_page()
    assert isinstance(page, SchedulePage)
    page.edit(visit_id)
    editor = page._editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.again.edit.text() == "every 8 weeks")
    assert editor.again.hint.text() == "at any place of this customer; not put on the calendar"
    editor.again.edit.selectAll()
    QTest.keyClicks(editor.again.edit, "monthly")
    editor.finish()
    closed(window, qtbot)
    rows = office.read(lambda r: contact_frequencies(r, anna, TODAY))
    (row,) = [row for row in rows if row.service_id == windows]
    assert (row.id, row.rhythm, row.location_id) == (key, Rhythm(1, "month"), None)
    assert row.price_cents == 15_000


def test_the_one_of_this_place_comes_before_the_one_of_any(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    anna = contact(office)
    (home,) = places_of(office, anna)
    anywhere = wanted(office, anna, "every 8 weeks")
    here = wanted(office, anna, "monthly", location_id=home)
    for place, expected in ((home, here), (None, anywhere)):
        found = office.read(lambda r, p=place: frequency_of(r, anna, p, None))
        assert found is not None
        assert found.id == expected


def test_what_is_not_clear_waits_in_the_editor(window: MainWindow, qtbot: QtBot) -> None:
    anna = contact(window.ctx.office)
    editor = editor_for(window, qtbot, Target("schedule", "again", anna, "contact"))
    QTest.keyClicks(editor.again.edit, "some day")
    editor.finish()
    assert editor.again.hint.text().startswith("Write it like")
    assert window.ctx.office.read(lambda r: r.value("SELECT count(*) FROM appointments")) == 0


def test_undo_after_booking_takes_the_appointment_back_first(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    anna = contact(office)
    editor = editor_for(window, qtbot, Target("schedule", "again", anna, "contact"))
    QTest.keyClicks(editor.again.edit, "monthly")
    editor.finish()
    closed(window, qtbot)
    window.undo()
    settle(window.ctx, qtbot)
    assert office.read(lambda r: r.value("SELECT count(*) FROM appointments")) == 0
    assert len(office.read(lambda r: contact_frequencies(r, anna, TODAY))) == 1


def test_a_suggestion_keeps_price_and_crew_of_the_last_visit(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    anna, windows = contact(office), service(office, cents=18_000)
    (home,) = places_of(office, anna)
    visit(office, anna, "2026-03-02", location_id=home, service_id=windows, cents=21_000)
    key = wanted(office, anna, "every 8 weeks", location_id=home, service_id=windows)
    editor = editor_for(window, qtbot, Target("schedule", "again", key))
    draft = editor.draft()
    assert [(line.service_id, line.unit_price_e4) for line in draft.lines] == [
        (windows, 21_000 * E4)
    ]
    assert (draft.contact_id, draft.location_id, draft.minutes) == (anna, home, 120)
    assert editor.again.edit.text() == "every 8 weeks"


def test_a_frequency_that_is_gone_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate(Target("schedule", "again", 999))
    page = window.current_page()
    assert isinstance(page, SchedulePage)
    settle(window.ctx, qtbot)
    assert page._editor is None
