"""The Settings page: list and search left, the chosen section right."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import DataLabel, SearchField, Surface, hairline
from tcf_desktop.views.common.buttons import BaseButton
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.page import Page
from tcf_desktop.views.settings.catalog import (
    SECTIONS,
    FoundSetting,
    SectionSpec,
    found_settings,
    section_title,
    setting,
)
from tcf_desktop.views.settings.section import Section

LIST_WIDTH = 212


class SettingsPage(Page):
    """Sections are made at their first visit."""

    key = "settings"

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self._specs = SECTIONS
        self._sections: dict[str, Section] = {}
        self._current = ""
        self._saved_at = ""
        self._buttons: dict[str, SectionButton] = {}
        self._lay_out()
        self.show_section(self._specs[0].key)

    # what the window asks

    def title(self) -> str:
        return self.tr("Settings")

    def subtitle(self) -> str:
        return i18n.joined([section_title(self._current), self._saved_at])

    def regions(self) -> list[QWidget]:
        return [self._left, self._stack]

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def open_target(self, target: Target) -> None:
        """``section`` shows a section, ``setting`` puts the focus on a single one."""
        if target.kind == "setting":
            found = setting(target.value)
            if found is not None:
                self._go(found)
        elif target.kind == "section":
            self.show_section(target.value)

    def page_state(self) -> dict[str, Any]:
        return {"section": self._current}

    def restore_state(self, state: dict[str, Any]) -> None:
        self.show_section(str(state.get("section", "")))

    # sections

    def show_section(self, key: str) -> None:
        """Show a section; unknown keys change nothing."""
        spec = next((spec for spec in self._specs if spec.key == key), None)
        if spec is None:
            return
        if key not in self._sections:
            self._sections[key] = made = self._make(spec)
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._sections[key])
        self._buttons[key].setChecked(True)
        if key != self._current:
            self._current, self._saved_at = key, ""
            self.headerChanged.emit()

    def section(self, key: str) -> Section:
        """A section that was shown already."""
        return self._sections[key]

    def _make(self, spec: SectionSpec) -> Section:
        module, _, name = spec.factory.partition(":")
        made = getattr(import_module(module), name)(self.ctx)
        assert isinstance(made, Section)
        made.saved.connect(self._on_section_saved)
        return made

    def _on_section_saved(self) -> None:
        time = i18n.instant_time(self.ctx.clock.now_ms(), self.ctx.zone())
        self._saved_at = self.tr("Saved {time}").format(time=time)
        self.headerChanged.emit()

    # the list and its search

    def _lay_out(self) -> None:
        self._left = Surface("surface")
        self._fit_list()
        theme().changed.connect(self._fit_list)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(4)
        self.search = SearchField(self.tr("Find a setting"), object_name="settings.search")
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        column.addWidget(self.search)
        column.addSpacing(6)
        group = QButtonGroup(self)
        self._list = QWidget()
        sections = QVBoxLayout(self._list)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(2)
        for spec in self._specs:
            button = SectionButton(section_title(spec.key), spec.icon, f"settings.go.{spec.key}")
            button.clicked.connect(lambda *_, key=spec.key: self.show_section(key))
            button.moveRequested.connect(self._on_button_move_requested)
            group.addButton(button)
            self._buttons[spec.key] = button
            sections.addWidget(button)
        column.addWidget(self._list)
        self._results = QWidget()
        self._result_list = QVBoxLayout(self._results)
        self._result_list.setContentsMargins(0, 0, 0, 0)
        self._result_list.setSpacing(2)
        self._results.hide()
        column.addWidget(self._results)
        column.addStretch(1)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(hairline(vertical=True))
        row.addWidget(self._stack, 1)

    def _fit_list(self) -> None:
        grown = 1 + (self.ctx.theme.text_scale - 100) / 200
        self._left.setFixedWidth(round(LIST_WIDTH * max(1.0, grown)))

    def _on_search_changed(self, text: str) -> None:
        while (item := self._result_list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        typed = bool(text.strip())
        self._list.setVisible(not typed)
        self._results.setVisible(typed)
        if not typed:
            return
        found = [entry for entry in found_settings(text) if entry.section in self._buttons]
        for entry in found[:12]:
            button = ResultButton(entry)
            button.clicked.connect(lambda *_, entry=entry: self._go(entry))
            self._result_list.addWidget(button)
        if not found:
            words = self.tr("Nothing matches “{text}”.").format(text=text[:40])
            self._result_list.addWidget(DataLabel(words, "caption", "text2", wrap=True))

    def _on_search_return_pressed(self) -> None:
        found = [e for e in found_settings(self.search.text()) if e.section in self._buttons]
        if found:
            self._go(found[0])

    def _on_button_move_requested(self, by: int) -> None:
        keys = list(self._buttons)
        at = (keys.index(self._current) + by) % len(keys)
        self.show_section(keys[at])
        self._buttons[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, found: FoundSetting) -> None:
        self.show_section(found.section)
        if found.section in self._sections:
            self._sections[found.section].focus_field(found.field)


class SectionButton(BaseButton):
    """A line of the list; Up and Down move."""

    moveRequested = Signal(int)

    def __init__(self, text: str, icon: str, object_name: str) -> None:
        super().__init__(text, icon, object_name=object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, max(34, theme().line_height() + 18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moveRequested.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        on = self.isChecked()
        if on or self.is_hot():
            box(painter, rect, colors.color("selected" if on else "hover"), None, radius=6)
        token = "accent" if on else "text2"
        size = colors.scaled(16)
        glyph = colors.pixmap(self.icon_name(), token, size, self.devicePixelRatioF())
        painter.drawPixmap(11, (rect.height() - size) // 2, glyph)
        weight = 600 if on else 400
        painter.setFont(colors.font("body", weight))
        painter.setPen(colors.color("text" if on else "text2"))
        room = rect.adjusted(20 + size, 0, -8, 0)
        text = colors.metrics("body", weight).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if self._keyboard_focus:
            focus_ring(painter, rect, radius=6)
        painter.end()


class ResultButton(BaseButton):
    """A found setting: its title and its section."""

    def __init__(self, found: FoundSetting) -> None:
        super().__init__(found.title, object_name=f"settings.found.{found.key}")
        self._sub = found.section_title
        self.setAccessibleName(f"{found.title}, {found.section_title}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, theme().row_height(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        from tcf_desktop.views.common.cell_lines import Cell, paint_lines

        painter = QPainter(self)
        if self.is_hot():
            box(painter, self.rect(), theme().color("hover"), None, radius=6)
        paint_lines(
            painter, self.rect().adjusted(10, 0, -6, 0), Cell(self.text(), self._sub, weight=500)
        )
        if self._keyboard_focus:
            focus_ring(painter, self.rect(), radius=6)
        painter.end()
