"""The tab "People and crews": both side by side, or one at a time where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import TeamRecords, team_records
from tcf_desktop.views.common import SegmentedControl, Surface, hairline
from tcf_desktop.views.team.crew_panel import CrewPanel
from tcf_desktop.views.team.worker_list import WorkerList

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SETTLE_MS = 80
_ANY = 16_777_215
_BESIDE = 820  # from this width on the crews stand beside the people
TABLES = ("workers", "crews", "crew_members", "days_off", "appointments")


class CrewTab(Surface):
    """``opened`` and ``pairRequested`` with a person's id."""

    opened = Signal(int)
    addRequested = Signal()
    pairRequested = Signal(int)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self._stale = True
        self.people = WorkerList(ctx)
        self.crews = CrewPanel(ctx)
        self._line = hairline(vertical=True)
        self.which = SegmentedControl(
            [("people", self.tr("People")), ("crews", self.tr("Crews"))],
            object_name="team.records.which",
        )
        self.which.chosen.connect(lambda _key: self._fit())
        self._top = Surface("surface")
        top = QHBoxLayout(self._top)
        top.setContentsMargins(24, 8, 24, 0)
        top.addWidget(self.which)
        top.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.people, 3)
        row.addWidget(self._line)
        row.addWidget(self.crews, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addLayout(row, 1)
        self.people.opened.connect(self.opened)
        self.people.addRequested.connect(self.addRequested)
        self.people.pairRequested.connect(self.pairRequested)
        self.people.deleteRequested.connect(self._delete)
        self.people.crewRequested.connect(self._put_in_crew)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self.refresh)
        ctx.bus.committed.connect(self._on_bus_committed)
        theme().changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """Read people and crews off the GUI thread."""
        today, now = self.ctx.today(), self.ctx.clock.now_ms()
        self._stale = False
        self.ctx.tasks.read(self, lambda r: team_records(r, today, now), self._show)

    def came_to_front(self) -> None:
        """Read what changed while another tab was shown."""
        if self._stale:
            self.refresh()

    def regions(self) -> list[QWidget]:
        """Where F6 goes."""
        return [self.people.search, self.people.table, self.crews.add]

    # inside

    def _show(self, found: TeamRecords) -> None:
        self.people.show_records(found)
        self.crews.show_records(found)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES):
            self._stale = True
            if self.isVisible():
                self._timer.start()

    def _delete(self, worker_id: int) -> None:
        from tcf_desktop.services.team_records import DeleteWorker

        row = self.people.current()
        said = self.tr("{name} was deleted.").format(name="" if row is None else row.name)

        def refused(error: AppError) -> None:
            self.ctx.notify(words_of(error).text())

        self.ctx.tasks.command(
            self, DeleteWorker(worker_id), lambda _: self.ctx.notify(said, undo=True), refused
        )

    def _put_in_crew(self, worker_id: int, crew_id: int | None) -> None:
        from tcf_desktop.services.team_records import PutInCrew

        row = self.people.current()
        if row is None or row.crew_id == crew_id:
            return
        said = self.tr("{name} changes the crew today.").format(name=row.name)
        self.ctx.tasks.command(
            self,
            PutInCrew(worker_id, crew_id, self.ctx.today()),
            lambda _: self.ctx.notify(said, undo=True),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() * 100 >= _BESIDE * theme().text_scale
        self._top.setVisible(not beside)
        self._line.setVisible(beside)
        self.people.setVisible(beside or self.which.key() == "people")
        self.crews.setVisible(beside or self.which.key() == "crews")
        self.crews.setMaximumWidth(theme().scaled(360) if beside else _ANY)
        self.crews.setMinimumWidth(theme().scaled(280) if beside else 0)

    def new_crew(self) -> None:
        """Open the editor of a new crew."""
        self.which.set_key("crews")
        self._fit()
        self.crews.edit(0)
