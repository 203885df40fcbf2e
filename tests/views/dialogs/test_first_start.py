"""The first start asks little, refuses in words and can be skipped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.office import NewBusiness
from tcf_desktop.views.dialogs.first_start import FirstStart


@pytest.fixture
def first(qtbot: QtBot) -> FirstStart:
    made = FirstStart()
    qtbot.addWidget(made)
    made.show()
    return made


def press(first: FirstStart, qtbot: QtBot, name: str) -> None:
    button = first.findChild(QPushButton, f"first_start.{name}")
    assert button is not None, name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_looking_around_is_one_click(first: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.sampleRequested):
        press(first, qtbot, "sample")


def test_a_business_is_made_of_what_was_typed(first: FirstStart, qtbot: QtBot) -> None:
    press(first, qtbot, "own")
    form = first._form
    form.name.setText("  Prairie Windows ")
    form.address.setText("1 Main St\nSioux Falls")
    form.email.setText("a@b.example")
    form.zone.select_data("America/Denver")
    form.currency.select_data("CAD")
    form.tax.setText("State")
    form.rate.setText("4.2")
    with qtbot.waitSignal(first.businessRequested) as made:
        press(first, qtbot, "start")
    assert made.args is not None
    business = made.args[0]
    assert isinstance(business, NewBusiness)
    assert business.name == "Prairie Windows"
    assert (business.zone, business.currency) == ("America/Denver", "CAD")
    assert business.tax_parts == (("State", 42_000),)
    assert business.tax_name == "State 4.2 %"


def test_a_missing_name_or_strange_rate_is_said_below_the_field(
    first: FirstStart, qtbot: QtBot
) -> None:
    press(first, qtbot, "own")
    with qtbot.assertNotEmitted(first.businessRequested):
        press(first, qtbot, "start")
        first._form.name.setText("A")
        first._form.rate.setText("a lot")
        press(first, qtbot, "start")
    assert "percentage" in first._form._rate_field.hint.text()


def test_skipping_needs_nothing(first: FirstStart, qtbot: QtBot) -> None:
    press(first, qtbot, "own")
    with qtbot.waitSignal(first.businessRequested) as made:
        press(first, qtbot, "skip")
    assert made.args is not None
    assert made.args[0].name == "My business"
    assert made.args[0].tax_parts == ()


def test_while_it_is_made_nothing_can_be_pressed(first: FirstStart, qtbot: QtBot) -> None:
    first.set_busy(True)
    first.show_progress("Making customers", 0.5)
    with qtbot.assertNotEmitted(first.sampleRequested):
        press(first, qtbot, "sample")
    first.set_busy(False)
    first.show_error(AppError("data.read_only", folder="/x"))
    assert first._notice.isVisible()
    assert "/x cannot be written" in first._notice.label.text()


def test_closing_tells_the_program(first: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.closed):
        first.close()


def test_controls_have_names(first: FirstStart, qtbot: QtBot) -> None:
    assert unnamed_controls(first) == []
    press(first, qtbot, "own")
    assert unnamed_controls(first) == []
