"""The painted controls behave as the standard ones do, in both themes and at every text size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit import style
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views import common
from tcf_desktop.views.common import (
    Avatar,
    Card,
    Chip,
    ComboBox,
    CountBadge,
    DataLabel,
    DateEdit,
    EmptyState,
    FilterChip,
    FormField,
    IconButton,
    LineEdit,
    LinkButton,
    MoneyEdit,
    Notice,
    PlainButton,
    PriceEdit,
    PrimaryButton,
    QuantityEdit,
    QuietButton,
    SearchField,
    SegmentedControl,
    Switch,
    TabRow,
    TextArea,
    hairline,
    initials_of,
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    style.install(qapp)


@pytest.fixture(params=[("light", 100), ("dark", 100), ("light", 200)], ids=str)
def look(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    mode, scale = request.param
    theme().set_mode(mode)
    theme().set_text_scale(scale)
    yield mode, scale
    theme().set_text_scale(100)
    theme().set_mode("follow")


def every_widget() -> list[QWidget]:
    checked = FilterChip("Crew", 3, crew=2)
    checked.setChecked(True)
    disabled = PlainButton("Off", "x")
    disabled.setEnabled(False)
    card = Card("Title")
    card.body.addWidget(DataLabel("$8,412.60", "display"))
    return [
        PrimaryButton("New", "plus"),
        PlainButton("Delete", danger=True),
        disabled,
        QuietButton("Open", "arrow-right"),
        LinkButton("Link"),
        IconButton("x", "Close"),
        Chip("Late", "warn", "warning"),
        CountBadge(4),
        FilterChip("All", 412),
        checked,
        Avatar("JH", 1),
        card,
        FormField("Name", LineEdit("x", icon="user"), hint="why"),
        FormField("Price", MoneyEdit(1250)),
        FormField("Note", TextArea("x")),
        FormField("When", DateEdit()),
        FormField("What", ComboBox()),
        SearchField("Find"),
        Switch("On"),
        SegmentedControl([("a", "A"), ("b", "B")]),
        TabRow([("a", "A"), ("b", "B")]),
        Notice("Something", "info", "info", "Show"),
        EmptyState("users", "Nobody yet.", button=("New", print), link=("Import", print)),
        hairline(),
    ]


def test_everything_paints_and_has_a_name(look: tuple[str, int], qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    for widget in every_widget():
        column.addWidget(widget)
    ground.show()
    for widget in ground.findChildren(QWidget):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ground.grab().toImage().isNull()
    assert unnamed_controls(ground) == []


def test_standard_controls_are_drawn_from_the_tokens(look: tuple[str, int], qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    box, radio, part = QCheckBox("Tick"), QRadioButton("Keep"), QCheckBox("Some")
    part.setTristate(True)
    part.setCheckState(Qt.CheckState.PartiallyChecked)
    box.setChecked(True)
    radio.setChecked(True)
    spin, area = QSpinBox(), QScrollArea()
    inner = QWidget()
    inner.setFixedSize(900, 900)
    area.setWidget(inner)
    for widget in (box, part, QCheckBox("Off"), radio, QRadioButton("Other"), spin, area,
                   QPushButton("Standard"), QLineEdit("text")):  # fmt: skip
        column.addWidget(widget)
    ground.resize(300, 700)
    ground.show()
    for widget in (box, radio, spin):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        image = ground.grab().toImage()
    accent = theme().color("accent").rgb()
    drawn = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert accent in drawn
    menu = QMenu(ground)
    menu.addAction("One")
    assert not menu.grab().toImage().isNull()


def test_targets_are_big_enough(look: tuple[str, int], qtbot: QtBot) -> None:
    for widget in every_widget():
        if isinstance(widget, QPushButton | Switch):
            assert min(widget.sizeHint().width(), widget.sizeHint().height()) >= 24


def test_the_package_gives_each_name_and_nothing_else() -> None:
    for name in common.__all__:
        assert getattr(common, name).__name__ == name
    with pytest.raises(AttributeError, match="Nonsense"):
        _ = common.Nonsense


def test_button_texts_are_shown_as_they_are(qtbot: QtBot) -> None:
    button = PlainButton("Text Smith & Sons")
    qtbot.addWidget(button)
    assert button.text() == "Text Smith & Sons"
    assert button.accessibleName() == "Text Smith & Sons"
    assert button.shortcut().isEmpty()


def test_a_label_elides_and_shows_the_rest_as_plain_text(qtbot: QtBot) -> None:
    label = DataLabel("<b>Evangelical</b> Lutheran Good Samaritan Society")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.is_elided()
    QApplication.sendEvent(
        label, QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), label.mapToGlobal(QPoint(2, 2)))
    )
    label.resize(600, 20)
    assert not label.is_elided()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12", 1200), ("4*18", 7200), ("1,234.50", 123450), ("$5", 500), ("abc", 1000), ("", 1000)],
)
def test_money_is_read_forgivingly(typed: str, cents: int, qtbot: QtBot) -> None:
    edit = MoneyEdit(1000)
    qtbot.addWidget(edit)
    edit.setText(typed)
    edit.editingFinished.emit()
    assert edit.cents() == cents
    assert edit.text() == f"{cents / 100:,.2f}"


@pytest.mark.parametrize(
    ("typed", "price_e4", "shown"),
    [
        ("0.0125", 12_500, "0.0125"),
        ("1/8", 125_000, "0.125"),
        ("4.5", 4_500_000, "4.50"),
        ("10000000", 10_000_000_000_000, "10,000,000.00"),
        ("abc", 5_000, "0.005"),
    ],
)
def test_a_price_keeps_four_decimals(typed: str, price_e4: int, shown: str, qtbot: QtBot) -> None:
    edit = PriceEdit(5_000)
    qtbot.addWidget(edit)
    edit.setText(typed)
    edit.editingFinished.emit()
    assert edit.price() == price_e4
    assert edit.text() == shown


def test_a_changed_quantity_is_told_once(qtbot: QtBot) -> None:
    edit = QuantityEdit(1000)
    qtbot.addWidget(edit)
    told: list[int] = []
    edit.milliChanged.connect(told.append)
    edit.setText("2.5")
    edit.editingFinished.emit()
    edit.editingFinished.emit()
    assert told == [2500]
    assert edit.text() == "2.5"


def test_the_search_clears_first_and_then_leaves(qtbot: QtBot) -> None:
    field = SearchField("Find")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.searchChanged) as asked:
        field.setText("olsen")
    assert asked.args == ["olsen"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.leaveRequested):
        QTest.keyClick(field, Qt.Key.Key_Escape)


def test_the_wheel_scrolls_the_form_not_the_choice(qtbot: QtBot) -> None:
    combo = ComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["a", "b", "c"])
    turn = QWheelEvent(
        QPointF(2, 2), QPointF(2, 2), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turn)
    assert combo.currentIndex() == 0


def test_dates_move_by_keys(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    edit.set_iso("2026-01-31")
    QTest.keyClick(edit, Qt.Key.Key_Plus)
    assert edit.iso() == "2026-02-01"
    QTest.keyClick(edit, Qt.Key.Key_PageUp)
    assert edit.iso() == "2026-03-01"
    QTest.keyClick(edit, Qt.Key.Key_Minus)
    assert edit.iso() == "2026-02-28"


def test_tabs_and_segments_say_what_was_chosen(qtbot: QtBot) -> None:
    tabs = TabRow([("map", "Map"), ("phones", "Phones")], object_name="t")
    qtbot.addWidget(tabs)
    tabs.set_count("phones", 3)
    with qtbot.waitSignal(tabs.chosen) as chosen:
        tabs.step(1)
    assert chosen.args == ["phones"]
    tabs.set_key("map")
    assert tabs.key() == "map"
    segments = SegmentedControl([("day", "Day"), ("week", "Week")], object_name="s")
    qtbot.addWidget(segments)
    week = segments.findChild(QPushButton, "s.week")
    with qtbot.waitSignal(segments.chosen):
        qtbot.mouseClick(week, Qt.MouseButton.LeftButton)
    assert segments.key() == "week"


def test_the_wrong_tone_is_refused(qapp: object) -> None:
    with pytest.raises(ValueError, match="loud"):
        Chip("x", "loud")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Julia Hartmann", "JH"),
        ("Cher", "C"),
        ("", "?"),
        ("Falls Park Condos HOA", "FH"),
        ("-", "?"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_painting_leaves_the_shared_fonts_alone(qtbot: QtBot) -> None:
    before = {key: theme().font(*key).toString() for key in (("caption", 600), ("body", 500))}
    ground = QWidget()
    qtbot.addWidget(ground)
    column = QVBoxLayout(ground)
    for widget in every_widget():
        column.addWidget(widget)
    for _ in range(3):
        ground.grab()
    assert {key: theme().font(*key).toString() for key in before} == before
