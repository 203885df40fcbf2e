"""What stands above the list of contacts: search, filters, and what is done with a selection."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.contact_choices import FilterChoices
from tcf_desktop.services.queries.contact_filter import EVERYBODY, ContactFilter
from tcf_desktop.services.queries.contacts import ContactCounts
from tcf_desktop.views.common import (
    BaseButton,
    DataLabel,
    FilterChip,
    IconButton,
    PlainButton,
    SearchField,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts import filter_words

PRESETS: Final[dict[str, ContactFilter]] = {
    "all": EVERYBODY,
    "customers": ContactFilter(kind="customer"),
    "prospects": ContactFilter(kind="prospect"),
    "owes": ContactFilter(owes=True),
    "due": ContactFilter(due_again=True),
}


class ListTop(QWidget):
    """``filterChanged`` carries a whole :class:`ContactFilter`, ``actionRequested`` the key of what
    to do with the selection."""

    filterChanged = Signal(object)
    filtersRequested = Signal()
    actionRequested = Signal(str, object)  # "tag", "prices", "export", "delete", "more"; its button

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = EVERYBODY
        self._parts: list[tuple[str, str]] = []
        self.search = SearchField(
            self.tr("Name, address, phone, e-mail, note or invoice"), object_name="contacts.search"
        )
        self.funnel = IconButton(
            "funnel", self.tr("Filters"), object_name="contacts.funnel", shortcut="Ctrl+Shift+F"
        )
        self.funnel.setCheckable(True)
        self.funnel.clicked.connect(self.filtersRequested)
        self.chips = self._make_chips()
        self.parts = FlowRow()
        self.parts.hide()
        self.meant = DataLabel("", "caption", "text2", object_name="contacts.meant")
        self.meant.hide()
        self.selection = self._make_selection()
        self.selection.hide()
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(self.funnel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(10)
        column.addLayout(first)
        for widget in (self.chip_row, self.selection, self.parts, self.meant):
            column.addWidget(widget)
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        # Equally high, so that the list stays where it is when one takes the other's place.
        for row in (self.chip_row, self.selection):
            row.setMinimumHeight(theme().control_height())
        self.selected.setFixedHeight(theme().control_height())

    def _make_chips(self) -> dict[str, FilterChip]:
        texts = {
            "all": self.tr("All"),
            "customers": self.tr("Customers"),
            "prospects": self.tr("Prospects"),
            "owes": self.tr("Owes money"),
            "due": self.tr("Due again"),
        }
        self.chip_row = FlowRow(spacing=4)
        self._group = QButtonGroup(self)
        chips = {}
        for key, text in texts.items():
            chip = FilterChip(text, object_name=f"contacts.filter.{key}")
            chip.setChecked(key == "all")
            chip.clicked.connect(lambda *_, wanted=key: self._on_preset_clicked(wanted))
            self._group.addButton(chip)
            self.chip_row.add(chip)
            chips[key] = chip
        return chips

    def _make_selection(self) -> FlowRow:
        row = FlowRow()
        self.selected = DataLabel("", "body", weight=600, object_name="contacts.selected")
        row.add(self.selected)
        self.buttons: dict[str, BaseButton] = {}
        entries = (
            ("tag", self.tr("Tag…"), "tag"),
            ("prices", self.tr("Price list…"), ""),
            ("export", self.tr("Export…"), ""),
            ("delete", self.tr("Delete"), ""),
        )
        for key, text, icon in entries:
            button = PlainButton(
                text, icon, object_name=f"contacts.selection.{key}", danger=key == "delete"
            )
            self._add_action(row, key, button)
        more = IconButton("dots-three", self.tr("More"), object_name="contacts.selection.more")
        self._add_action(row, "more", more)
        return row

    def _add_action(self, row: FlowRow, key: str, button: BaseButton) -> None:
        button.clicked.connect(lambda *_: self.actionRequested.emit(key, button))
        self.buttons[key] = button
        row.add(button)

    # showing

    def show_filter(self, shown: ContactFilter, choices: FilterChoices) -> None:
        """Check the chip that fits, and show the other parts as chips that can be taken away."""
        self._shown = shown
        plain = ContactFilter(kind=shown.kind, owes=shown.owes, due_again=shown.due_again)
        fitting = next((key for key, preset in PRESETS.items() if preset == plain), "")
        parts = filter_words.chips(shown, choices)
        if not fitting or (fitting == "all" and parts):
            self._group.setExclusive(False)
            for chip in self.chips.values():
                chip.setChecked(False)
            self._group.setExclusive(True)
        else:
            self.chips[fitting].setChecked(True)
        self.funnel.setChecked(bool(parts))
        if parts != self._parts:
            self._parts = parts
            self._show_parts()

    def show_counts(self, counts: ContactCounts) -> None:
        """How many there are of each."""
        for key in PRESETS:
            self.chips[key].set_count(getattr(counts, key))

    def show_selected(self, count: int) -> None:
        """With several contacts selected the row of chips gives way to what can be done."""
        several = count > 1
        if several:
            text = self.tr("{n} selected").format(n=i18n.locale_of().toString(count))
            self.selected.setText(text)
            self.selection.updateGeometry()
        if several != self.selection.isHidden():
            return
        had_focus = self.selection.isAncestorOf(self.window().focusWidget() or self)
        self.selection.setVisible(several)
        self.chip_row.setVisible(not several)
        if had_focus and not several:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_meant(self, words: tuple[str, ...]) -> None:
        """Which words were looked for in place of a mistyped one."""
        names = i18n.joined(list(words[:3]), ", ")
        self.meant.setText(self.tr("Showing results for {words}").format(words=names))
        self.meant.setVisible(bool(words))

    def _show_parts(self) -> None:
        flow = self.parts.flow
        had_focus = self.parts.isAncestorOf(self.window().focusWidget() or self)
        while (item := flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, text in self._parts:
            chip = RemoveChip(text, object_name=f"contacts.part.{name}")
            chip.setToolTip(self.tr("Take away: {filter}").format(filter=text))
            chip.setAccessibleName(self.tr("Take away the filter {filter}").format(filter=text))
            chip.clicked.connect(lambda *_, part=name: self._on_part_clicked(part))
            self.parts.add(chip)
        self.parts.setVisible(bool(self._parts))
        self.parts.updateGeometry()
        if had_focus:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # reacting

    def _on_preset_clicked(self, key: str) -> None:
        preset = PRESETS[key]
        shown = EVERYBODY
        if key != "all":  # "All" is everybody; the others keep what narrows the list besides
            shown = replace(
                self._shown, kind=preset.kind, owes=preset.owes, due_again=preset.due_again
            )
        self.filterChanged.emit(shown)

    def _on_part_clicked(self, name: str) -> None:
        self.filterChanged.emit(self._shown.without(name))


class RemoveChip(BaseButton):
    """A part of the filter with a cross: a click takes it away."""

    padding = 10
    type_style = "caption"
    _GLYPH = 12

    def __init__(self, text: str, parent: QWidget | None = None, *, object_name: str = "") -> None:
        super().__init__(text, "", parent, object_name=object_name)

    def sizeHint(self) -> QSize:
        colors = theme()
        wide = colors.metrics("caption", 500).horizontalAdvance(self.text())
        return QSize(
            min(wide, colors.scaled(300)) + 2 * self.padding + self._GLYPH + 6,
            max(26, colors.line_height("caption") + 10),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        border = colors.color("accent" if self._keyboard_focus else "buttonLine")
        fill = colors.color("selected" if self.is_hot() or self.isDown() else "hover")
        width = 2.0 if self._keyboard_focus else 1.0
        box(painter, rect, fill, border, radius=rect.height() / 2 - 0.5, width=width)
        room = rect.width() - 2 * self.padding - self._GLYPH - 6
        metrics = colors.metrics("caption", 500)
        painter.setFont(colors.font("caption", 500))
        painter.setPen(colors.color("text"))
        painter.drawText(
            QRect(self.padding, 0, room + 2, rect.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room),
        )
        glyph = colors.pixmap("x", "text2", self._GLYPH, self.devicePixelRatioF())
        left = rect.width() - self.padding - self._GLYPH
        painter.drawPixmap(left, (rect.height() - self._GLYPH) // 2, glyph)
        painter.end()
