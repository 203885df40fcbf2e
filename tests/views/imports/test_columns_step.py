"""Tables nobody knows: columns, letters, dates; then duplicates, reports, taking back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Phone
from tcf_desktop.domain.imports import Action
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.views.common import ComboBox
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.imports.page import CHECK, COLUMNS, DONE, ImportPage
from tcf_desktop.views.imports.report import ReportDialog
from tcf_desktop.views.main_window import MainWindow
from tests.views.imports.test_import_page import page_of
from tests.views.window_tools import open_window, settle

TABLE = (
    "Who;Reach;Since;Squad\n"
    "Ann Lee;605-555-0101;3/4/2027;Windows C\n"
    "Karl Weber;605-555-0199;5/6/2027;\n"
)


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    view_context.office.runner.run(
        SaveContact(
            ContactDraft(first_name="Julia", last_name="Hartmann", phones=(Phone("605-555-0199"),))
        )
    )
    shown = open_window(view_context, qtbot, "contacts")
    shown.navigate(Target("contacts", "import"))
    return shown


def choose(combo: ComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def target(page: ImportPage, number: int) -> ComboBox:
    combo = page.columns.findChild(ComboBox, f"import.columns.target.{number}")
    assert combo is not None
    return combo


def check(window: MainWindow, qtbot: QtBot, path: Path) -> ImportPage:
    page = page_of(window)
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == COLUMNS, timeout=15_000)
    choose(target(page, 0), "full")
    choose(target(page, 2), "exemptuntil")
    choose(target(page, 3), "crew")
    choose(page.columns.order, "dmy")
    page.columns.go.click()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    return page


def test_unknown_columns_are_asked_and_remembered(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_text(TABLE)
    page = page_of(window)
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == COLUMNS, timeout=15_000)
    assert target(page, 1).currentText() == "Phone"
    assert page.columns.go.isEnabled()
    choose(target(page, 1), "ignored")
    assert not page.columns.go.isEnabled()
    assert "phone or e-mail of “old.csv”" in page.columns.note.text()
    choose(target(page, 1), "phone")
    choose(target(page, 2), "exemptuntil")
    assert "how the dates in “old.csv”" in page.columns.note.text()
    page = check(window, qtbot, path)
    first, second = page.check.model.plan_rows
    assert "“Windows C” is no crew here (Crew); it goes to the note." in first.reason
    assert second.action is Action.IN_DOUBT
    page.start()
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    page.check.columns.click()
    assert target(page, 0).currentData() == "full"
    assert page.columns.order.currentData() == "dmy"


def test_letters_and_separator_are_shown_and_can_be_changed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Wer;Wo\nŻaneta Ślązak;Małków\nPaweł Wójcik;Sławno\n".encode("cp1250"))
    page = page_of(window)
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == COLUMNS, timeout=15_000)
    assert page.columns.encoding.currentData() == "cp1250"
    choose(page.columns.separator, ",")
    qtbot.waitUntil(lambda: len(page.columns.targets) == 1)
    choose(page.columns.separator, ";")
    qtbot.waitUntil(lambda: len(page.columns.targets) == 2)


def test_duplicate_is_joined_and_the_import_taken_back_later(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_text(TABLE)
    page = check(window, qtbot, path)
    page.check.chips[Action.IN_DOUBT].click()
    page.check.table.select_row(0)
    assert page.check.join.text() == "Join with Julia Hartmann"
    assert page.check.detail.isVisible()
    assert page.check.detail.title.text().startswith("Joined with Julia Hartmann")
    page.check.join.click()
    assert page.check.plan().count(Action.UPDATE) == 1
    page.check.chips[None].click()
    page.check.table.select_row(1)
    page.check.leave.click()
    assert page.check.plan().count(Action.IN_DOUBT) == 1
    page.check.table.select_row(1)
    page.check.join.click()
    page.check.go.click()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    assert page.done_text.text() == "1 contact added, 1 updated"
    office = window.ctx.office
    julia, ann = office.read(lambda r: [c.draft for c in drafts_of(r, list(contact_ids(r)))])
    assert julia.exemption is not None
    assert julia.exemption.until_on == "2027-06-05"
    assert ann.notes[0].text == "Crew: Windows C"

    page.start()
    qtbot.waitUntil(lambda: len(page.earlier.take_back) == 1)
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    assert page.check.earlier.isVisible()
    assert "would change and add nothing" in page.check.earlier.label.text()
    page.start()
    next(iter(page.earlier.take_back.values())).click()
    qtbot.waitUntil(lambda: page.earlier.rows[0].state == "taken_back", timeout=10_000)
    assert office.read(lambda r: len(contact_ids(r))) == 1


def test_import_whose_rows_were_changed_says_who_and_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_text(TABLE)
    page = check(window, qtbot, path)
    page.check.go.click()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    office = window.ctx.office
    ann = page._rows[0].id
    draft = ContactDraft(first_name="Anna", last_name="Lee")
    office.runner.run(SaveContact(draft, ann))
    page.start()
    qtbot.waitUntil(lambda: len(page.earlier.take_back) == 1)
    next(iter(page.earlier.take_back.values())).click()
    qtbot.waitUntil(page.earlier.notice.isVisible, timeout=10_000)
    assert "1 contact was changed since: Anna Lee." in page.earlier.notice.label.text()
    assert page.earlier.rows[0].state == "stands"


def test_report_is_saved_before_and_shown_after(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_text(TABLE)
    page = check(window, qtbot, path)
    page.check._on_report_clicked()
    chooser = page.findChild(QFileDialog, "import.report.dialog")
    assert chooser is not None
    report = tmp_path / "report.csv"
    chooser.fileSelected.emit(str(report))
    chooser.close()
    qtbot.waitUntil(report.exists)
    assert "Looks like a duplicate" in report.read_text("utf-8-sig")
    page.check.go.click()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    page.start()
    qtbot.waitUntil(lambda: bool(page.earlier.rows))
    page.earlier.reportRequested.emit(page.earlier.rows[0].id)
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert dialog.title.text() == "What happened to 2 rows"
    dialog.close()
    settle(window.ctx, qtbot)


def test_rows_that_cannot_be_read_are_counted_and_a_difference_is_asked_about(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Phone,Source\nJulia Hartmann,605-555-0199,Fair\nA,1,x,torn\n")
    page = page_of(window)
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    assert page.check.note.text().startswith("1 of 2 rows cannot be read.")
    assert not page.check.choice.isVisible()
    page.check.go.click()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    path.write_text("Name,Phone,Source\nJulia Hartmann,605-555-0199,Radio\n")
    page.read_files([str(path)])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    assert page.check.choice.isVisible()
    assert page.check.plan().count(Action.SKIP) == 1
    page.check.choice.setCurrentIndex(1)
    page.check.choice.activated.emit(1)
    qtbot.waitUntil(lambda: page.check.plan().count(Action.UPDATE) == 1, timeout=10_000)
    page.check.table.select_row(0)
    assert page.check.detail.lines[0][1].text() == "Fair → Radio"
