"""The keyboard of every painted view. Single letters work only while the view has the focus."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.day_drag import DayDrag, DayDragKind
from tcf_desktop.views.schedule.surface import Wish

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.agenda_view import AgendaView
    from tcf_desktop.views.schedule.surface import Surface

    Keyed: TypeAlias = Surface | AgendaView

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
VIEWS = {
    Qt.Key.Key_D: "day",
    Qt.Key.Key_W: "week",
    Qt.Key.Key_M: "month",
    Qt.Key.Key_L: "list",
}
LETTERS = {
    Qt.Key.Key_X: "cancel",
    Qt.Key.Key_S: "skip",
    Qt.Key.Key_F: "finish",
    Qt.Key.Key_I: "invoice",
    Qt.Key.Key_C: "give",
    Qt.Key.Key_R: "move",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Backspace: "delete",
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}


def handle(view: Keyed, event: QKeyEvent) -> bool:
    """Do what the key asks; False when it means nothing here."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in ARROWS:
        return view.arrow(*ARROWS[key], modifiers)
    if modifiers & ~Qt.KeyboardModifier.ShiftModifier:
        return False
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        view.turnRequested.emit(-1 if key == Qt.Key.Key_PageUp else 1)
    elif key in VIEWS:
        view.viewRequested.emit(VIEWS[key])
    elif key in _ZOOMS:
        view.zoomRequested.emit(_ZOOMS[key])
    elif key == Qt.Key.Key_T:
        view.todayRequested.emit()
    elif key == Qt.Key.Key_G:
        view.jumpRequested.emit()
    else:
        return _for_selected(view, key)
    return True


def _for_selected(view: Keyed, key: Qt.Key) -> bool:
    """Keys that mean something for the selected appointment or the cell cursor."""
    selected = view.selected_id
    enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if key == Qt.Key.Key_N or (enter and selected is None):
        view.create_at_cursor()
    elif selected is None:
        return False
    elif enter:
        view.chosen.emit(selected)
    elif key == Qt.Key.Key_Escape:
        view.select(None)
    elif key in LETTERS:
        view.commandRequested.emit(LETTERS[key], selected)
    else:
        return False
    return True


def wheel_zoom(view: Surface, event: QWheelEvent) -> bool:
    """Ctrl and the wheel: another height of the hours."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    if event.angleDelta().y():
        view.zoomRequested.emit(1 if event.angleDelta().y() > 0 else -1)
    event.accept()
    return True


def wish_days(view: Surface, drag: DayDrag, day: date, *, copy: bool) -> None:
    """Ask for what a drag by days came to, unless nothing changed."""
    block = drag.block
    start, minutes = drag.landing(day)
    if drag.kind is not DayDragKind.MOVE:
        if (start, minutes) != (block.starts_local, block.minutes):
            view.wished.emit(resized_wish(block, start, minutes))
    elif copy or start != block.starts_local:
        view.wished.emit(moved_wish(block, start, copy=copy))


def moved_wish(block: AppointmentBlock, starts_local: str, *, copy: bool = False) -> Wish:
    """Another start for the same people."""
    return Wish(
        "copy" if copy else "move",
        block.id,
        starts_local,
        block.minutes,
        block.crew_id,
        name=block.name,
        was_local=block.starts_local,
        series_id=block.series_id,
    )


def resized_wish(block: AppointmentBlock, starts_local: str, minutes: int) -> Wish:
    """Another length, and another start when the front was pulled."""
    return Wish(
        "resize",
        block.id,
        starts_local,
        minutes,
        name=block.name,
        was_local=block.starts_local,
        series_id=block.series_id,
    )
