"""The Map tab: people left, map and time strip in the middle, one person's day right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.team import Person
from tcf_desktop.services.queries.team_day import TeamDay, team_day
from tcf_desktop.views.common import EmptyState, IconButton, PlainButton, Surface
from tcf_desktop.views.context import Target
from tcf_desktop.views.team.map_scene import make_scene
from tcf_desktop.views.team.map_view import MapNote, MapView
from tcf_desktop.views.team.people_list import PeopleList
from tcf_desktop.views.team.time_strip import TimeStrip
from tcf_desktop.views.team.visits_pane import VisitsPane

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

TABLES = (
    "track_points", "phone_states", "phones", "shifts", "workers", "crews", "appointments",
    "locations", "contacts", "business",
)  # fmt: skip
_SETTLE_MS = 600  # a burst of positions is one refresh
_MINUTE_MS = 60_000
_WIDE = 960


class MapTab(QWidget):
    """``shownDay`` after each refresh, with the :class:`TeamDay`."""

    shownDay = Signal(object)
    pairRequested = Signal()
    addRequested = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__()
        self.ctx = ctx
        self._on: date | None = None  # None follows today
        self._day: TeamDay | None = None
        self._chosen: int | None = None
        self._question = 0
        self._stale = True
        self._fit = True
        self._aside = False  # in a narrow window: the person's day instead of the map
        miles = i18n.locale_of().measurementSystem() != QLocale.MeasurementSystem.MetricSystem
        self.people = PeopleList(ctx)
        self.map = MapView(miles=miles)
        self.note = MapNote(self.map)
        self.strip = TimeStrip()
        self.live = PlainButton(
            self.tr("Back to now"), "broadcast", self.map, object_name="team.strip.live"
        )
        self.live.clicked.connect(lambda: self.strip.set_moment(None))
        self.live.hide()
        self.visits = VisitsPane(ctx, miles=miles)
        self.empty = Surface("window")
        self.to_person = IconButton(
            "sidebar-simple", self.tr("Show the person’s day"), self.map,
            object_name="team.map.person", shortcut="F9",
        )  # fmt: skip
        self.to_person.clicked.connect(self.toggle_person)
        self.visits.back.clicked.connect(self.toggle_person)
        self._lay_out()
        self.people.chosen.connect(self.choose)
        self.people.dayChanged.connect(self.show_day)
        self.people.fixRequested.connect(self.fix)
        self.people.addRequested.connect(self.addRequested)
        self.map.personClicked.connect(self.choose)
        self.strip.momentChanged.connect(self._on_strip_moment_changed)
        self.visits.visitRequested.connect(
            lambda visit_id: ctx.navigate(Target("schedule", "appointment", visit_id))
        )
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _lay_out(self) -> None:
        self.middle = QWidget()
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.map, 1)
        column.addWidget(self.strip)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("team.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for part in (self.people, self.middle, self.visits):
            self.splitter.addWidget(part)
        for place, stretch in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(place, stretch)
        self.splitter.setSizes([284, 640, 310])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        nobody = EmptyState(
            "users-three",
            self.tr(
                "The people who work here live on this page. Add the first one, then clock in by "
                "hand or pair a phone in two minutes."
            ),
            button=(self.tr("Add a person"), self.addRequested.emit),
            link=(self.tr("Pair a phone"), self.pairRequested.emit),
            object_name="team.nobody",
        )
        inner = QVBoxLayout(self.empty)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(nobody)

    # what the page asks

    def day(self) -> TeamDay | None:
        """The day that is shown."""
        return self._day

    def show_day(self, on: date | None) -> None:
        """Show a day; None follows today."""
        today = date.fromisoformat(self.ctx.today())
        self._on = None if on == today else on
        self._fit = True
        self.refresh()

    def choose(self, worker_id: int) -> None:
        """Show one person's day strongly."""
        if worker_id == self._chosen and self._day is not None:
            return
        self._chosen = worker_id
        if self._day is not None:
            self._show(self._day)

    def fix(self, worker_id: int) -> None:
        """Ask for the missing time of a forgotten clock."""
        self.choose(worker_id)
        if self.width() < _WIDE:
            self._aside = True
            self._fold()
        self.visits.ask_time()

    def toggle_person(self) -> None:
        """In a narrow window: the person's day instead of the map, and back."""
        self._aside = not self._aside
        self._fold()

    def came_to_front(self) -> None:
        """Read again when something happened while the tab was hidden."""
        self._minute.start()
        if self._stale:
            self.refresh()

    def went_back(self) -> None:
        """Rest while nobody looks."""
        self._minute.stop()

    def refresh(self) -> None:
        """Read the day off the GUI thread and show it."""
        self._question += 1
        question = self._question
        on = self._on or date.fromisoformat(self.ctx.today())
        zone, now_at = self.ctx.zone(), self.ctx.clock.now_ms()

        def then(day: TeamDay) -> None:
            if question == self._question:
                self._stale = False
                self._show(day)

        _read(
            self.ctx,
            self,
            lambda: self.ctx.office.read(lambda r: team_day(r, on, zone, now_at)),
            then,
        )

    # inside

    def _show(self, day: TeamDay) -> None:
        first = self._day is None
        self._day = day
        self.stack.setCurrentWidget(self.splitter if day.people else self.empty)
        if day.person(self._chosen) is None:
            self._chosen = _first_choice(day)
        chosen = day.person(self._chosen)
        self.people.show_day(day, self._chosen)
        self.strip.set_day(day)
        self.visits.show_person(day, chosen)
        self._fold()
        scene = make_scene(day, chosen, self.strip.moment())
        self.map.set_scene(scene, fit=self._fit or first)
        self._fit = False
        self.note.set_text(self._nothing(day))
        self._show_live()
        self.shownDay.emit(day)

    def _nothing(self, day: TeamDay) -> str:
        if day.tracks:
            return ""
        if not day.phones:
            return self.tr("No phone is paired. Crews can be clocked in by hand.")
        return self.tr("No positions on {day}.").format(day=i18n.weekday(day.on))

    def _on_strip_moment_changed(self, moment: int | None) -> None:
        if self._day is not None:
            scene = make_scene(self._day, self._day.person(self._chosen), moment)
            self.map.set_people(scene)
        self._show_live()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            if not self._settle.isActive():
                self._settle.start()
        else:
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow window the person's day and the map take turns."""
        person: Person | None = self._day.person(self._chosen) if self._day else None
        narrow = self.width() < _WIDE
        aside = narrow and self._aside and person is not None
        self.visits.setVisible(person is not None and (aside or not narrow))
        self.middle.setVisible(not aside)
        self.visits.back.setVisible(aside)
        self.to_person.setVisible(narrow and person is not None)
        edge = self.to_person.sizeHint().width()
        self.to_person.setGeometry(self.map.width() - edge - 12, 12 + 3 * (edge + 4), edge, edge)
        self.note.setGeometry(self.map.rect())
        self._show_live()

    def _show_live(self) -> None:
        """The way out of the replay stands in the corner of the map."""
        day = self._day
        self.live.setVisible(self.strip.moment() is not None)
        self.live.setText(
            self.tr("Back to now") if day is None or day.is_today else self.tr("Whole day")
        )
        hint = self.live.sizeHint()
        self.live.setGeometry(
            self.map.width() - hint.width() - 12, self.map.height() - hint.height() - 12,
            hint.width(), hint.height(),
        )  # fmt: skip


def _first_choice(day: TeamDay) -> int | None:
    for person in day.people:
        if person.id in day.tracks:
            return person.id
    return day.people[0].id if day.people else None


def _read(
    ctx: ViewContext, context: QObject, work: Callable[[], TeamDay], then: Callable[[TeamDay], None]
) -> None:
    def failed(error: AppError) -> None:
        ctx.show_error(error)

    ctx.tasks.run(context, work, then, failed)
