"""The painted views for screen readers: a list of appointments, each a sentence.

Qt keeps only pointers to interfaces that are made in Python: the :class:`GridAccess` of a view
owns them for as long as the view lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.surface import Surface

_grids: dict[int, GridAccess] = {}
_installed: list[Any] = []


class GridAccess:
    """Holds the interfaces of one view and tells screen readers what changed."""

    def __init__(self, grid: Surface) -> None:
        self.grid = grid
        self.interface: _GridInterface | None = None
        self.children: dict[int, _BlockInterface] = {}

    def order(self) -> list[int]:
        """Ids of the shown appointments in reading order."""
        return [block.id for block in self.grid.in_order()]

    def child(self, ident: int) -> _BlockInterface:
        """The interface of an appointment, made once."""
        found = self.children.get(ident)
        if found is None:
            found = self.children[ident] = _BlockInterface(self, ident)
        return found

    def content_changed(self) -> None:
        """Other appointments are shown."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(
                QAccessibleEvent(self.grid, QAccessible.Event.ObjectReorder)
            )

    def selection_changed(self) -> None:
        """Say which appointment is selected now."""
        ident = self.grid.selected_id
        if not QAccessible.isActive() or ident is None:
            return
        order = self.order()
        if ident not in order:
            return
        event = QAccessibleEvent(self.grid, QAccessible.Event.Focus)
        event.setChild(order.index(ident))
        QAccessible.updateAccessibility(event)
        state = QAccessible.State()
        changed = QAccessibleStateChangeEvent(self.grid, state)
        changed.setChild(order.index(ident))
        QAccessible.updateAccessibility(changed)


class _GridInterface(QAccessibleWidget):
    def __init__(self, access: GridAccess) -> None:
        super().__init__(access.grid, QAccessible.Role.List, access.grid.accessibleName())
        self._access = access

    def childCount(self) -> int:
        return len(self._access.order())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        order = self._access.order()
        return self._access.child(order[index]) if 0 <= index < len(order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        ident = getattr(child, "ident", None)
        order = self._access.order()
        return order.index(ident) if ident in order else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        ident = self._access.grid.selected_id
        if ident is None or ident not in self._access.order():
            return None
        return self._access.child(ident)


class _BlockInterface(QAccessibleInterface):
    def __init__(self, access: GridAccess, ident: int) -> None:
        super().__init__()
        self._access = access
        self.ident = ident

    def isValid(self) -> bool:
        grid = self._access.grid
        return isValid(grid) and grid.scene is not None and self.ident in grid.scene.by_id

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self._access.interface

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        if kind != QAccessible.Text.Name or not self.isValid():
            return ""
        return self._access.grid.sentence_of(self.ident)

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Names are made from the appointment; nobody sets them."""

    def rect(self) -> QRect:
        grid = self._access.grid
        found = grid.block_rect(self.ident)
        return QRect(grid.viewport().mapToGlobal(found.topLeft()), found.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.selectable = True
        state.focusable = True
        chosen = self._access.grid.selected_id == self.ident
        state.selected = chosen
        state.focused = chosen and self._access.grid.hasFocus()
        return state


def register_grid(grid: Surface) -> GridAccess:
    """Give a view an interface of ours; the answer must live as long as the view."""
    if not _installed:
        _installed.append(_factory)
        QAccessible.installFactory(_factory)
    access = GridAccess(grid)
    key = id(grid)
    _grids[key] = access
    grid.destroyed.connect(lambda *_: _grids.pop(key, None))
    return access


def _factory(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if class_name not in ("WeekGrid", "MonthView"):
        return None
    access = _grids.get(id(thing))
    if access is None:
        return None
    if access.interface is None:
        access.interface = _GridInterface(access)
    return access.interface
