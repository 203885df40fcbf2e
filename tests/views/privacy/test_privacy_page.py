"""The Privacy page: whom it is about, what goes and stays, the archive, the certificate."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.erase_certificate import is_genuine
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.views.common import PlainButton
from tcf_desktop.views.context import NoShell, Target
from tcf_desktop.views.privacy.page import CHOOSE, DONE, PERSON, PrivacyPage
from tests.services.test_privacy import contact_of, paid_up

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


@pytest.fixture
def page(sample_context: ViewContext, qtbot: QtBot) -> PrivacyPage:
    made = PrivacyPage(sample_context)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.open_target(Target("privacy"))
    return made


def show(page: PrivacyPage, qtbot: QtBot, contact_id: int, kind: str = "person") -> None:
    page.open_target(Target("privacy", kind, contact_id))
    qtbot.waitUntil(lambda: page.steps.currentIndex() == PERSON)


def words(widget: QWidget) -> str:
    from tcf_desktop.views.common import DataLabel

    return "\n".join(label.text() for label in widget.findChildren(DataLabel))


def test_a_person_is_looked_up_with_the_keyboard(page: PrivacyPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.choose.search, "bergstrom")
    qtbot.waitUntil(lambda: page.choose.findChild(PlainButton) is not None)
    qtbot.keyClick(page.choose.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.steps.currentIndex() == PERSON)
    assert page.title() == "Ellen Bergstrom"


def test_it_shows_what_goes_and_what_stays_and_why(page: PrivacyPage, qtbot: QtBot) -> None:
    person, _name = paid_up(page.ctx.office)
    show(page, qtbot, person)
    assert "address" in words(page.person.goes)
    stays = words(page.person.stays)
    assert "issued invoice" in stays
    assert "Tax law asks to keep them for 7 years" in stays
    assert page.person.money.isHidden()
    assert not page.person.erase.isEnabled()


def test_open_money_and_visits_stand_in_the_way(page: PrivacyPage, qtbot: QtBot) -> None:
    reyes = contact_of(page.ctx.office, "Carla Reyes")
    show(page, qtbot, reyes, "erase")
    assert "not paid" in page.person.money.label.text()
    page.person.name.setText("Carla Reyes")
    assert not page.person.erase.isEnabled()
    page.person.money.actionRequested.emit()
    shell = page.ctx.shell
    assert isinstance(shell, NoShell)
    assert shell.targets[-1].page == "billing"


def test_the_archive_is_written_and_said(page: PrivacyPage, qtbot: QtBot, tmp_path: Path) -> None:
    show(page, qtbot, contact_of(page.ctx.office, "Julia Hartmann"))
    target = tmp_path / "julia.zip"
    page.export_to(str(target))
    assert page.person.stop.isVisible()
    assert not page.person.export.isEnabled()
    qtbot.waitUntil(page.person.export.isEnabled, timeout=20_000)
    assert "julia.zip was written" in page.person.said.text()
    assert zipfile.is_zipfile(target)


def test_a_stopped_export_leaves_no_file(page: PrivacyPage, qtbot: QtBot, tmp_path: Path) -> None:
    show(page, qtbot, contact_of(page.ctx.office, "Julia Hartmann"))
    page.export_to(str(tmp_path / "julia.zip"))
    qtbot.keyClick(page.person.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(page.person.export.isEnabled, timeout=20_000)
    if "Stopped" in page.person.said.text():  # it may have been quicker
        assert not list(tmp_path.glob("*.zip"))


def test_erasing_asks_for_the_name_and_gives_a_certificate(
    page: PrivacyPage, qtbot: QtBot, tmp_path: Path
) -> None:
    person, name = paid_up(page.ctx.office)
    show(page, qtbot, person, "erase")
    qtbot.keyClicks(page.person.name, name[:-1])
    assert not page.person.erase.isEnabled()
    qtbot.keyClicks(page.person.name, name[-1])
    qtbot.keyClick(page.person.name, Qt.Key.Key_Return)
    qtbot.keyClick(page.person.erase, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=20_000)
    assert name in page.done_text.text()
    assert is_genuine(page.proof.toPlainText())
    target = tmp_path / "certificate.txt"
    page.save_certificate(str(target))
    qtbot.waitUntil(target.exists)
    assert is_genuine(target.read_text("utf-8"))
    back = page.back_action()
    assert back is not None
    back()
    assert page.steps.currentIndex() == CHOOSE


def test_a_change_elsewhere_is_shown_and_what_was_typed_stays(
    page: PrivacyPage, qtbot: QtBot
) -> None:
    person, name = paid_up(page.ctx.office)
    show(page, qtbot, person)
    page.person.name.setText(name[:4])
    page.ctx.office.runner.run(SaveContact(ContactDraft(first_name="New", last_name=name), person))
    qtbot.waitUntil(lambda: page.title() == f"New {name}")
    assert page.person.name.text() == name[:4]
