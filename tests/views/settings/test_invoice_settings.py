"""Settings > Invoices: what is set there is what documents and commands follow."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.archive import invoice_pdf
from tcf_desktop.services.queries.billing_settings import billing_settings
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import ComboBox, LineEdit, Switch, TextArea
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.settings.invoices import InvoicesSection
from tests.integrations.pdf.pdf_text import page_texts
from tests.services.billing_tools import customer_named, draft_of, issued, line
from tests.views.window_tools import settle


@pytest.fixture
def section(view_context: ViewContext, qtbot: QtBot) -> InvoicesSection:
    found = InvoicesSection(view_context)
    qtbot.addWidget(found)
    found.resize(1100, 900)
    found.show()
    settle(view_context, qtbot)
    return found


def write(section: InvoicesSection, qtbot: QtBot, name: str, text: str) -> None:
    field = section.findChild(QWidget, f"settings.invoices.{name}")
    assert isinstance(field, LineEdit | TextArea)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    field.editingFinished.emit()
    settle(section.ctx, qtbot)


def choose(section: InvoicesSection, qtbot: QtBot, name: str, value: object) -> None:
    combo = section.findChild(ComboBox, f"settings.invoices.{name}")
    assert combo is not None
    combo.select_data(value)
    combo.activated.emit(combo.currentIndex())
    settle(section.ctx, qtbot)


def test_every_field_has_a_name(section: InvoicesSection) -> None:
    assert not unnamed_controls(section)


def test_the_next_document_follows_the_look_and_the_ways_to_pay(
    section: InvoicesSection, qtbot: QtBot
) -> None:
    choose(section, qtbot, "layout", "modern")
    choose(section, qtbot, "paper", "a4")
    write(section, qtbot, "payment_instructions", "Pay by check")
    write(section, qtbot, "footer", "Licensed 1234")
    write(section, qtbot, "tax_number", "DE123456789")
    switch = section.findChild(Switch, "settings.invoices.window_envelope")
    assert switch is not None
    switch.click()
    settle(section.ctx, qtbot)
    office = section.ctx.office
    stored = office.read(billing_settings)
    assert (stored.layout, stored.paper, stored.window_envelope) == ("modern", "a4", True)
    office.runner.run(UndoLast())
    assert not office.read(billing_settings).window_envelope
    invoice = issued(office, customer_named(office), draft_of(line(10_000)))
    page = "\n".join(page_texts(invoice_pdf(office, invoice, "2026-07-14")))
    for words in ("Pay by check", "Licensed 1234", "DE123456789"):
        assert words in page


def test_patterns_that_could_meet_are_refused_beside_the_field(
    section: InvoicesSection, qtbot: QtBot
) -> None:
    write(section, qtbot, "credit_pattern", "{0000}")
    hint = section._fields["credit_pattern"].hint.text()
    assert "could give the same number" in hint
    write(section, qtbot, "credit_pattern", "G-{000}")
    assert "G-101" in section._fields["credit_pattern"].hint.text()


def test_an_account_number_with_wrong_digits_is_said(
    section: InvoicesSection, qtbot: QtBot
) -> None:
    write(section, qtbot, "iban", "DE89 3704 0044 0532 0130 01")
    assert "check digits" in section._iban.hint.text()
    write(section, qtbot, "iban", "DE89 3704 0044 0532 0130 00")
    assert section._iban.hint.text() == ""


def test_books_are_closed_until_a_day(section: InvoicesSection, qtbot: QtBot) -> None:
    closed = cast("LineEdit", section.findChild(LineEdit, "settings.invoices.closed"))
    closed.setFocus()
    QTest.keyClicks(closed, "nonsense")
    closed.editingFinished.emit()
    assert "12/31/2025" in section._closed_field.hint.text()
    closed.selectAll()
    QTest.keyClicks(closed, "6/30/2026")
    closed.editingFinished.emit()
    settle(section.ctx, qtbot)
    office = section.ctx.office
    sql = "SELECT value FROM settings WHERE key = 'books.closed_until'"
    assert office.read(lambda r: r.value(sql)) == '"2026-06-30"'
