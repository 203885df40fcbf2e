"""Settings: found by search, saved on leaving the field, undoable, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.settings import business_facts, logo, taxes
from tcf_desktop.views.common import ComboBox, FormField, LineEdit
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.settings.business import BusinessSection
from tcf_desktop.views.settings.catalog import SECTIONS, SETTINGS, found_settings, section_title
from tcf_desktop.views.settings.logo_file import read_logo
from tcf_desktop.views.settings.page import SettingsPage
from tcf_desktop.views.settings.taxes import TaxesSection
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(view_context, qtbot, "settings")


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    found = window.current_page()
    assert isinstance(found, SettingsPage)
    return found


def field(page: SettingsPage, name: str) -> LineEdit:
    found = page.findChild(LineEdit, name)
    assert found is not None, name
    return found


def retype(edit: LineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_the_catalogue_names_real_sections_and_widgets(page: SettingsPage) -> None:
    sections = {section.key for section in SECTIONS}
    assert {setting.section for setting in SETTINGS} <= sections
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    for section in SECTIONS:
        page.show_section(section.key)
        assert page.subtitle() == section_title(section.key)
    for setting in SETTINGS:
        assert page.findChild(QWidget, setting.field) is not None, setting.key


def test_a_field_saves_when_it_is_left_and_says_when(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    retype(field(page, "settings.business.name"), "Prairie Windows")
    qtbot.waitUntil(lambda: "Saved 10:42" in window.header.subtitle.text())
    assert window.ctx.tasks.read_now(business_facts).name == "Prairie Windows"
    window.undo()
    qtbot.waitUntil(
        lambda: field(page, "settings.business.name").text() == "Clearview Window & Carpet Care"
    )


def test_leaving_a_field_unchanged_writes_nothing(page: SettingsPage, qtbot: QtBot) -> None:
    edit = field(page, "settings.business.phone")
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle(page.ctx, qtbot)
    entries = page.ctx.tasks.read_now(lambda r: r.value("SELECT count(*) FROM journal"))
    assert entries == 0


def test_an_empty_name_is_refused_beside_the_field(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    retype(field(page, "settings.business.name"), " ")
    form = field(page, "settings.business.name").parentWidget()
    assert isinstance(form, FormField)
    qtbot.waitUntil(lambda: "needs a name" in form.hint.text())
    assert window.ctx.tasks.read_now(business_facts).name == "Clearview Window & Carpet Care"


def test_long_and_strange_text_comes_back_as_it_was(page: SettingsPage, qtbot: QtBot) -> None:
    strange = "=cmd|' /C calc'!A0 <b>x</b> \u202eשלום 🙂 " + "x" * 2000
    edit = field(page, "settings.business.website")
    edit.setFocus()
    edit.setText(strange)
    edit.editingFinished.emit()
    qtbot.waitUntil(lambda: page.ctx.tasks.read_now(business_facts).website == strange)


def test_the_search_goes_to_a_single_setting(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.search.setText("terms")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "settings.found.terms") is not None)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert window.header.subtitle.text() == "Invoices"
    qtbot.waitUntil(lambda: window.focusWidget().objectName() == "settings.invoices.terms")
    assert [entry.key for entry in found_settings("zone")] == ["zone"]
    assert found_settings("") == []
    page.search.setText("qqq")
    qtbot.waitUntil(
        lambda: any("Nothing matches" in text.text() for text in page.findChildren(QLabel))
    )


def test_a_number_pattern_shows_the_next_number_and_refuses_nonsense(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.navigate(Target("settings", "setting", value="pattern"))
    edit = field(page, "settings.invoices.pattern")
    example = page.findChild(QLabel, "settings.invoices.example")
    assert example is not None
    assert example.text() == "The next invoice gets number 1001."
    retype(edit, "INV-{YYYY}-{000}")
    qtbot.waitUntil(lambda: "INV-2026-001" in example.text())
    retype(edit, "no counter")
    form = edit.parentWidget()
    assert isinstance(form, FormField)
    qtbot.waitUntil(lambda: form.hint.isVisible() and "no counter" in form.hint.text())
    assert window.ctx.tasks.read_now(business_facts).invoice_pattern == "INV-{YYYY}-{000}"


def test_a_tax_can_be_changed_extended_and_put_back(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("taxes")
    section = page.section("taxes")
    assert isinstance(section, TaxesSection)
    tax = window.ctx.tasks.read_now(taxes)[0]
    retype(field(page, f"settings.taxes.tax{tax.id}.rate1"), "2.5 %")
    qtbot.waitUntil(lambda: window.ctx.tasks.read_now(taxes)[0].rate_ppm == 67_000)
    retype(field(page, f"settings.taxes.tax{tax.id}.rate1"), "much")
    qtbot.waitUntil(window.problem.isVisible)
    assert window.ctx.tasks.read_now(taxes)[0].rate_ppm == 67_000
    window.undo()
    qtbot.waitUntil(lambda: window.ctx.tasks.read_now(taxes)[0].rate_ppm == 62_000)


def test_a_new_tax_becomes_the_default_and_cannot_be_deleted_then(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("taxes")
    qtbot.mouseClick(page.findChild(QPushButton, "settings.taxes.add"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.ctx.tasks.read_now(taxes)) == 2)
    new = next(row for row in window.ctx.tasks.read_now(taxes) if row.name == "New tax")
    combo = page.findChild(ComboBox, "settings.taxes.default")
    assert combo is not None
    qtbot.waitUntil(lambda: combo.findData(new.id) >= 0)
    combo.setCurrentIndex(combo.findData(new.id))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: window.ctx.tasks.read_now(business_facts).default_tax_id == new.id)
    section = page.section("taxes")
    assert isinstance(section, TaxesSection)
    section._on_card_delete_requested(new.id, new.name)
    qtbot.waitUntil(lambda: "new invoices use it" in window.problem.what.text())


@pytest.mark.parametrize(
    ("text", "ppm"),
    [
        ("6.2 %", 62_000),
        ("6.2", 62_000),
        (" 0 ", 0),
        ("8.875%", 88_750),
        ("much", -1),
        ("1e9", -1),
        ("", -1),
    ],
)
def test_rates_are_read_as_one_types_them(text: str, ppm: int) -> None:
    assert i18n.typed_rate(text) == ppm


def test_a_logo_is_read_shrunk_and_stored(
    page: SettingsPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    big = QImage(3000, 1000, QImage.Format.Format_RGB32)
    big.fill(Qt.GlobalColor.red)
    file = tmp_path / "logo.jpg"
    assert big.save(str(file))
    section = page.section("business")
    assert isinstance(section, BusinessSection)
    section.take_logo(str(file))
    qtbot.waitUntil(lambda: window.ctx.tasks.read_now(logo) is not None)
    stored = QImage.fromData(window.ctx.tasks.read_now(logo) or b"")
    assert (stored.width(), stored.height()) == (900, 300)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbroken", b"<svg/>", b"x" * 100])
def test_a_broken_picture_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(content)
    with pytest.raises(AppError) as refused:
        read_logo(str(file))
    assert refused.value.code == "company.logo_unreadable"
    assert "logo.png is not a picture" in str(refused.value)


def test_appearance_takes_effect_at_once(
    page: SettingsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("appearance")
    dark = page.findChild(QPushButton, "settings.appearance.mode.dark")
    qtbot.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert window.ctx.theme.is_dark
    assert window.ctx.device.get("appearance/mode") == "dark"
    follow = page.findChild(QPushButton, "settings.appearance.mode.follow")
    qtbot.mouseClick(follow, Qt.MouseButton.LeftButton)
    assert not window.ctx.theme.is_dark


def test_every_section_names_its_controls(page: SettingsPage, window: MainWindow) -> None:
    for section in SECTIONS:
        page.show_section(section.key)
        assert unnamed_controls(page) == [], section.key


def test_a_port_is_a_number_that_may_be_used(page: SettingsPage, qtbot: QtBot) -> None:
    page.show_section("phones")
    edit = field(page, "settings.phones.port")
    for nonsense in ("many", "70000"):
        retype(edit, nonsense)
        assert page.ctx.device.get("phones/port") is None
    retype(edit, "18431")
    assert page.ctx.device.get("phones/port") == 18431
