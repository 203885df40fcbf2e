"""What the views of the schedule have in common: what is shown, what is selected, what is asked.

The week, the day and the month are painted; each says the same things with the same signals, so
that the page does not ask which of them is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from tcf_desktop.qtkit import a11y
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.accessible import register_grid
from tcf_desktop.views.schedule.geometry import Scene
from tcf_desktop.views.schedule.wording import block_sentence, block_tip


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user did with an appointment in a view; the page makes the command of it."""

    kind: str  # move | copy | resize | create
    appointment_id: int | None
    starts_local: str
    minutes: int
    crew_id: int | None = None
    changes_who: bool = False
    name: str = ""
    was_local: str = ""
    worker_id: int | None = None
    series_id: int | None = None


class Surface(QAbstractScrollArea):
    """Shows a :class:`Scene` and keeps the selection; ids may be negative 64-bit numbers."""

    selected = Signal(object)  # appointment id or None
    chosen = Signal(object)  # id: Enter, double click
    wished = Signal(object)  # Wish
    commandRequested = Signal(str, object)  # finish, cancel, delete, invoice, give, move; id
    turnRequested = Signal(int)
    todayRequested = Signal()
    jumpRequested = Signal()
    viewRequested = Signal(str)
    dayRequested = Signal(object)  # date: open this day
    zoomRequested = Signal(int)  # 1 larger, -1 smaller, 0 as usual
    menuRequested = Signal(object, QPoint)  # id, global position

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Schedule"))
        self.scene: Scene | None = None
        self._selected: int | None = None
        self._order: list[AppointmentBlock] | None = None
        self._empty_text = ""
        self._turn_zones: tuple[tuple[QWidget, int], ...] = ()
        theme().changed.connect(self._on_theme_changed)
        self._access = register_grid(self)

    # what a view must give

    def _lay_out(self) -> None:
        raise NotImplementedError

    def block_rect(self, appointment_id: int) -> QRect:
        """Where an appointment is drawn (its first part); empty when it is not shown."""
        raise NotImplementedError

    def block_at(self, pos: QPoint) -> AppointmentBlock | None:
        """The appointment under a point of the viewport."""
        raise NotImplementedError

    def reveal(self, appointment_id: int) -> None:
        """Scroll so that an appointment is seen."""
        raise NotImplementedError

    def create_at_cursor(self, minutes: int = 60) -> None:
        """Ask for a new appointment at the cell cursor."""
        raise NotImplementedError

    def cancel_drag(self) -> bool:
        """Esc: put everything back; whether there was a drag."""
        raise NotImplementedError

    def arrow(self, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
        """An arrow key: moves the cell cursor, with Shift the selected appointment."""
        raise NotImplementedError

    def cursor_local(self) -> str:
        """The wall time of the cell cursor; empty when there is none."""
        return ""

    def _let_cursor_go(self) -> None:
        """An appointment was selected: the cell cursor is not shown meanwhile."""

    # shared

    @property
    def offset(self) -> int:
        """Vertical offset of the body in pixels."""
        return self.verticalScrollBar().value()

    @property
    def selected_id(self) -> int | None:
        """The selected appointment."""
        return self._selected

    @property
    def selected_block(self) -> AppointmentBlock | None:
        """The selected appointment in full."""
        scene = self.scene
        return None if scene is None or self._selected is None else scene.by_id.get(self._selected)

    def set_turn_zones(self, *zones: tuple[QWidget, int]) -> None:
        """Widgets that turn the page when something is dragged over them for a while."""
        self._turn_zones = zones

    def set_scene(self, scene: Scene, empty_text: str = "") -> None:
        """Show other days, other crews or changed appointments; keeps what is selected."""
        self.scene, self._order = scene, None
        self._empty_text = empty_text
        if self._selected is not None and self._selected not in scene.by_id:
            self._selected = None
        self._lay_out()

    def set_now(self, today: date, now_minute: int) -> None:
        """The time line moves on once a minute."""
        if self.scene is not None and today != self.scene.today:
            self.scene.today, self.scene.now_minute = today, now_minute
            self._lay_out()

    def select(self, appointment_id: int | None, *, announce: bool = True) -> None:
        """Select and bring into view; None selects nothing."""
        if appointment_id == self._selected:
            return
        self._touch(self._selected)
        self._touch(appointment_id)
        self._selected = appointment_id
        if appointment_id is not None:
            self._let_cursor_go()
            self.reveal(appointment_id)
        if announce:
            self.selected.emit(appointment_id)
        self._access.selection_changed()

    def _touch(self, ident: int | None) -> None:
        if ident is not None:
            self.viewport().update(self.block_rect(ident).adjusted(-3, -3, 3, 3))

    def in_order(self) -> list[AppointmentBlock]:
        """The shown appointments as the keyboard goes through them."""
        if self._order is None:
            shown = self.scene.shown if self.scene is not None else ()
            self._order = sorted(
                shown, key=lambda b: (b.starts_local[:10], not b.all_day, b.starts_local, b.id)
            )
        return list(self._order)

    def sentence_of(self, appointment_id: int) -> str:
        """An appointment as a screen reader says it."""
        if self.scene is None or appointment_id not in self.scene.by_id:
            return ""
        chosen = appointment_id == self._selected
        return block_sentence(self.scene.by_id[appointment_id], self.scene, selected=chosen)

    def say(self, text: str) -> None:
        """Through the screen reader."""
        a11y.announce(self, text)

    def turn_under(self, global_pos: QPoint) -> int:
        """The page turn that a place of the screen asks for while dragging; 0 for none."""
        for widget, by in self._turn_zones:
            if widget.isVisible() and widget.rect().contains(widget.mapFromGlobal(global_pos)):
                return by
        return 0

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(event.pos())
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tip_at(self, pos: QPoint) -> str:
        """What the tooltip says at a point."""
        block = self.block_at(pos)
        return "" if block is None or self.scene is None else block_tip(block, self.scene)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        block = self.selected_block if by_key else self.block_at(event.pos())
        if block is None:
            return
        self.select(block.id)
        where = self.block_rect(block.id).center() if by_key else event.pos()
        self.menuRequested.emit(block.id, self.viewport().mapToGlobal(where))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.cancel_drag()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self._lay_out()
