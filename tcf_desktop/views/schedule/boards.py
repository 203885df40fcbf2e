"""The views of the schedule, made at first use: hours, month, list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QStackedLayout, QWidget

from tcf_desktop.views.schedule.geometry import Scene
from tcf_desktop.views.schedule.week_grid import WeekGrid

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.agenda_view import AgendaView
    from tcf_desktop.views.schedule.month_view import MonthView

    Board: TypeAlias = WeekGrid | MonthView | AgendaView


class Boards(QWidget):
    """Shows one of them. ``wire`` is called with each when it is made."""

    def __init__(self, wire: Callable[[Board], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wire = wire
        self._stack = QStackedLayout(self)
        self.grid = WeekGrid()
        self.month: MonthView | None = None
        self.list: AgendaView | None = None
        self._stack.addWidget(self.grid)
        self.shown: Board = self.grid

    def wire_first(self) -> None:
        """The hours, when the page is ready to listen."""
        self._wire(self.grid)

    def show_view(self, view: str) -> None:
        """Bring a view to the front: "day", "week", "month" or "list"."""
        found: Board = self.grid
        if view == "month":
            found = self._month()
        elif view == "list":
            found = self._list()
        self.shown = found
        self._stack.setCurrentWidget(found)

    def show_scene(self, scene: Scene, anchor: date, empty: str, *, by_crew: bool) -> None:
        """Hand the days to the view that is shown."""
        if self.shown is self.month:
            self.month.show_month(scene, anchor.replace(day=1))
        elif self.shown is self.list:
            self.list.show_scene(scene, empty)
        else:
            self.grid.show_scene(scene, empty, by_crew=by_crew)

    def _month(self) -> MonthView:
        if self.month is None:
            from tcf_desktop.views.schedule.month_view import MonthView

            self.month = MonthView()
            self._stack.addWidget(self.month)
            self._wire(self.month)
        return self.month

    def _list(self) -> AgendaView:
        if self.list is None:
            from tcf_desktop.views.schedule.agenda_view import AgendaView

            self.list = AgendaView()
            self._stack.addWidget(self.list)
            self._wire(self.list)
        return self.list
