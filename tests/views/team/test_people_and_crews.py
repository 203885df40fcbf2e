"""The tab of people and crews: lists, the form of a person, crews in their cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.team_records import OffDraft, StayDraft, WorkerDraft
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import team_records, worker_form
from tcf_desktop.services.team_records import EndWork, SaveCrew, SaveWorker
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import LineEdit
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.team.crew_editor import CrewEditor
from tcf_desktop.views.team.page import TeamPage
from tests.views.window_tools import open_window, settle


@pytest.fixture
def crew(view_context: ViewContext) -> int:
    return view_context.office.runner.run(SaveCrew(None, "Windows A"))


@pytest.fixture
def ana(view_context: ViewContext, crew: int) -> int:
    draft = WorkerDraft(
        "Ana Flores", "605-555-0142", pay_cents=2150, color_index=2, stays=(StayDraft(crew),),
        off=(OffDraft("2026-05-01", "2026-05-02", "Fair"), OffDraft("2026-07-15", "2026-07-16")),
    )  # fmt: skip
    return view_context.office.runner.run(SaveWorker(None, draft))


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> Iterator[MainWindow]:
    opened = open_window(view_context, qtbot, "team")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    theme().set_text_scale(100)


def page_of(window: MainWindow, qtbot: QtBot, target: Target | None = None) -> TeamPage:
    window.navigate(target or Target("team", "people"))
    settle(window.ctx, qtbot)
    page = window.current_page()
    assert isinstance(page, TeamPage)
    return page


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def retype(edit: LineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def stored(window: MainWindow, worker_id: int) -> WorkerDraft:
    draft = window.ctx.office.read(lambda r: worker_form(r, worker_id)).draft
    assert draft is not None
    return draft


def test_an_empty_business_offers_the_first_person(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window, qtbot)
    people = page.records.people
    assert people.stack.currentWidget() is people.first
    assert page.records.crews.empty.isVisible()
    page.new_here()
    settle(window.ctx, qtbot)
    retype(page.person.name, "Jo Petersen")
    retype(page.person.pay, "21.5")
    QTest.keyClick(page.person.pay, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: people.stack.currentWidget() is people.table)
    row = people.current()
    assert row is not None
    assert (row.name, row.pay_cents, row.crew) == ("Jo Petersen", 2150, "")
    assert people.count.text() == "1 person · sorted by name"


def test_a_person_is_changed_and_one_undo_brings_everything_back(
    window: MainWindow, ana: int, qtbot: QtBot
) -> None:
    before = stored(window, ana)
    page = page_of(window, qtbot, Target("team", "person", ana))
    form = page.person
    assert form.title() == "Ana Flores"
    assert form.off.earlier.text() == "Show 1 earlier"
    retype(form.name, "Ana Reyes")
    form.own.click()
    week = form.week
    start = week.findChild(LineEdit, f"{week.objectName()}.0.from")
    assert start is not None
    retype(start, "6")
    assert start.text() == "6:00 AM"
    form.submit()
    settle(window.ctx, qtbot)
    after = stored(window, ana)
    assert after.name == "Ana Reyes"
    assert after.hours is not None
    assert after.hours[0] == (0, 360, 1020)
    assert after.off == before.off
    window.ctx.office.runner.run(UndoLast())
    assert stored(window, ana) == before


def test_hours_and_days_that_cannot_be_read_are_said_and_nothing_is_lost(
    window: MainWindow, ana: int, qtbot: QtBot
) -> None:
    form = page_of(window, qtbot, Target("team", "person", ana)).person
    form.own.click()
    end = form.week.findChild(LineEdit, f"{form.week.objectName()}.1.to")
    assert end is not None
    retype(end, "later")
    assert "Tuesday" in form.week.note.text()
    form.submit()
    assert "hours cannot be read" in form.trouble.label.text()
    retype(end, "5pm")
    assert form.week.note.isHidden()
    press(form, "team.person_form.off.add")
    first = form.findChild(LineEdit, "team.person_form.off.1.first")
    assert first is not None
    retype(first, "whenever")
    form.submit()
    assert "is no date" in form.trouble.label.text()
    assert stored(window, ana).hours is None


def test_another_crew_from_a_day_on_ends_the_one_before(
    window: MainWindow, ana: int, crew: int, qtbot: QtBot
) -> None:
    lawn = window.ctx.office.runner.run(SaveCrew(None, "Lawn"))
    form = page_of(window, qtbot, Target("team", "person", ana)).person
    form.stays.add.click()
    row = form.stays.rows[1]
    row.crew.select_data(lawn)
    retype(row.first, "7/20")
    form.submit()
    settle(window.ctx, qtbot)
    assert stored(window, ana).stays == (
        StayDraft(crew, None, "2026-07-19"),
        StayDraft(lawn, "2026-07-20", None),
    )


def test_what_was_typed_can_be_had_back(window: MainWindow, ana: int, qtbot: QtBot) -> None:
    page = page_of(window, qtbot, Target("team", "person", ana))
    retype(page.person.phone, "605-555-0199")
    typed = page.person.draft()
    QTest.keyClick(page.person, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not page.person
    page.open_person(ana, typed)
    settle(window.ctx, qtbot)
    assert page.person.phone.text() == "605-555-0199"
    page.person.submit()
    settle(window.ctx, qtbot)
    assert stored(window, ana).phone == "605-555-0199"


def test_search_order_and_those_who_left(window: MainWindow, ana: int, qtbot: QtBot) -> None:
    run = window.ctx.office.runner.run
    ben = run(SaveWorker(None, WorkerDraft("Ben Ode", pay_cents=3000)))
    gone = run(SaveWorker(None, WorkerDraft("Cay Lund")))
    run(EndWork(gone, "2026-07-10"))
    page = page_of(window, qtbot)
    people = page.records.people
    qtbot.waitUntil(lambda: list(people.model.ids) == [ana, ben])
    pay = next(n for n, column in enumerate(people.model.columns) if column.key == "pay")
    for wanted in ([ana, ben], [ben, ana]):
        people.table.horizontalHeader().sectionClicked.emit(pay)
        assert list(people.model.ids) == wanted
    people.show_left(left=True)
    assert list(people.model.ids) == [gone]
    people.show_left(left=False)
    assert page.focus_search()
    QTest.keyClicks(people.search, "windows fl")
    qtbot.waitUntil(lambda: list(people.model.ids) == [ana])
    QTest.keyClicks(people.search, "zzz")
    qtbot.waitUntil(lambda: people.stack.currentWidget() is people.empty)
    people.empty.findChildren(QPushButton)[-1].click()
    qtbot.waitUntil(lambda: people.stack.currentWidget() is people.table)


def test_somebody_is_deleted_with_the_keyboard_and_comes_back(
    window: MainWindow, ana: int, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    people = page.records.people
    people.choose(ana)
    people.table.setFocus()
    QTest.keyClick(people.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: people.stack.currentWidget() is people.first)
    window.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: people.stack.currentWidget() is people.table)
    people.choose(ana)
    menu = people.menu()
    assert menu is not None
    crews = menu.findChild(QMenu)
    assert crews is not None
    crews.actions()[-1].trigger()
    qtbot.waitUntil(lambda: stored(window, ana).stays[0].to_on == "2026-07-13")


def test_a_crew_is_made_filled_ordered_and_dissolved(
    window: MainWindow, ana: int, crew: int, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    page.new_crew()
    editor = page.findChild(CrewEditor)
    assert editor is not None
    QTest.keyClicks(editor.name, "windows a")
    editor.submit()
    qtbot.waitUntil(lambda: "already a crew" in editor.name_field.hint.text())
    retype(editor.name, "Carpet B")
    box = editor.findChild(QCheckBox, f"team.crew_editor.member.{ana}")
    assert box is not None
    assert box.text() == "Ana Flores (now Windows A)"
    box.click()
    QTest.keyClick(editor.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "team.crews.2.up") is not None)
    settle(window.ctx, qtbot)
    found = window.ctx.office.read(lambda r: team_records(r, "2026-07-14", 0))
    assert [(c.name, [m.name for m in c.members]) for c in found.crews] == [
        ("Windows A", []),
        ("Carpet B", ["Ana Flores"]),
    ]
    press(page, "team.crews.2.up")
    settle(window.ctx, qtbot)
    found = window.ctx.office.read(lambda r: team_records(r, "2026-07-14", 0))
    assert [c.name for c in found.crews] == ["Carpet B", "Windows A"]
    press(page, "team.crews.2.dissolve")
    settle(window.ctx, qtbot)
    found = window.ctx.office.read(lambda r: team_records(r, "2026-07-14", 0))
    assert [c.name for c in found.crews] == ["Windows A"]


@pytest.mark.parametrize(("width", "scale"), [(1440, 100), (960, 100), (1440, 200), (960, 200)])
def test_everything_has_a_name_and_finds_its_place(
    window: MainWindow, ana: int, qtbot: QtBot, width: int, scale: int
) -> None:
    window.resize(width, 900 if width == 1440 else 620)
    theme().set_text_scale(scale)
    page = page_of(window, qtbot)
    assert unnamed_controls(page) == []
    both = not page.records.which.isVisible()
    assert both is (scale == 100)
    assert page.records.people.isVisible()
    page.new_crew()
    assert page.records.crews.isVisible()
    page.open_person(ana)
    settle(window.ctx, qtbot)
    assert unnamed_controls(page) == []
    holder = page.person.pane
    assert holder.content.minimumSizeHint().width() <= holder.viewport().width()
