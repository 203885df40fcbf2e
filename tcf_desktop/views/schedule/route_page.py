"""The route of the day: a crew's visits in order beside their map, by hand or shortest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tcf_desktop.domain import route as rules
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.tracks import distance_m
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import route as queries
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.route import RouteDay, RouteStop
from tcf_desktop.services.rain_day import VisitMove
from tcf_desktop.services.route import OrderRoute, TimeRoute
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    IconButton,
    PlainButton,
    PrimaryButton,
    Surface,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import Page, PageCommand
from tcf_desktop.views.schedule.route_list import RouteLine, RouteList, RouteModel
from tcf_desktop.views.schedule.route_scene import route_scene
from tcf_desktop.views.schedule.tell_offer import TellOffer
from tcf_desktop.views.team.map_math import distance_words
from tcf_desktop.views.team.map_view import MapNote, MapView

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

TABLES = ("appointments", "series", "crews", "locations", "business")
_RELOAD_MS = 80
_NARROW = 780


class RoutePage(Page):
    """Addresses: ("date", crew id or None, value) for a day."""

    key = "route"
    ground = "surface"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        metric = QLocale.MeasurementSystem.MetricSystem
        self._miles = i18n.locale_of().measurementSystem() != metric
        self._on = ""
        self._generation = 0
        self._stale = True
        self._fit = True
        self._day: RouteDay | None = None
        self._stops: tuple[RouteStop, ...] = ()  # in the order that is shown
        self._times: tuple[str, ...] = ()  # the starts that the order would give; empty: their own
        self.model = RouteModel()
        self.offer = TellOffer(ctx, self)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        self.crew = ComboBox(object_name="route.crew")
        self.crew.setAccessibleName(self.tr("Crew"))
        self.crew.activated.connect(lambda _: self._on_crew_chosen())
        self.back = IconButton("caret-left", self.tr("The day before"), object_name="route.back")
        self.forth = IconButton("caret-right", self.tr("The day after"), object_name="route.forth")
        self.back.clicked.connect(lambda *_: self.turn(-1))
        self.forth.clicked.connect(lambda *_: self.turn(1))
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(6)
        row.addWidget(self.crew, 1)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        self.list = RouteList(self.model)
        self.list.moved.connect(self._on_list_moved)
        self.list.opened.connect(self._on_list_opened)
        self.total = DataLabel("", "heading", wrap=True, object_name="route.total")
        self.remark = DataLabel("", "caption", "text2", wrap=True, object_name="route.remark")
        self.shorter = PrimaryButton(self.tr("Shortest order"), object_name="route.shortest")
        self.shorter.setToolTip(self.tr("Promised and begun visits keep their time"))
        self.shorter.clicked.connect(lambda *_: self.make_shortest())
        self.times = PlainButton(self.tr("Set times in this order"), object_name="route.times")
        self.times.clicked.connect(lambda *_: self.set_times())
        self.by_time = PlainButton(self.tr("Order of the times"), object_name="route.by_time")
        self.by_time.clicked.connect(lambda *_: self.order_by_time())
        buttons = FlowRow()
        for button in (self.shorter, self.times, self.by_time):
            buttons.add(button)
        self.foot = Surface("sunken")
        words = QVBoxLayout(self.foot)
        words.setContentsMargins(20, 10, 20, 12)
        words.setSpacing(6)
        for widget in (self.total, self.remark, buttons):
            words.addWidget(widget)
        left = Surface("surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())
        column.addWidget(self.list, 1)
        column.addWidget(hairline())
        column.addWidget(self.foot)
        self.map = MapView(miles=self._miles)
        self.note = MapNote(self.map)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("route.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.map)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([420, 820])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    # what the window asks

    def title(self) -> str:
        return self.tr("Route of the day")

    def subtitle(self) -> str:
        return i18n.weekday(self._on) if self._on else ""

    def back_action(self) -> Callable[[], object] | None:
        return lambda: self.ctx.navigate(Target("schedule", "date", value=self._on))

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Shortest order"), self.make_shortest, words="route distance",
                        object_name="route.cmd.shortest"),
            PageCommand(self.tr("Set times in this order"), self.set_times),
            PageCommand(self.tr("Order of the times"), self.order_by_time),
            PageCommand(self.tr("The day before"), partial(self.turn, -1)),
            PageCommand(self.tr("The day after"), partial(self.turn, 1)),
        ]  # fmt: skip

    def foot_height(self) -> int:
        return self.foot.height()

    def regions(self) -> list[QWidget]:
        return [self.crew, self.list, self.shorter, self.map]

    def home(self) -> QWidget:
        return self.list if self._stops else self.crew

    def shown(self) -> None:
        if not self._on:
            self.show_day(self.ctx.today())
        elif self._stale:
            self.reload()

    def open_target(self, target: Target) -> None:
        if target.kind == "date" and target.value:
            self.show_day(target.value[:10], target.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW * theme().text_scale // 100
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != way:
            self.splitter.setOrientation(way)
            self.splitter.setSizes([1000, 1000] if narrow else [420, 820])
        self.note.setGeometry(self.map.rect())

    # the day

    def show_day(self, iso: str, crew_id: int | None = None) -> None:
        """Another day, and a crew when one is named."""
        self._on = iso
        crew = crew_id if crew_id is not None else self.crew.currentData()
        self.crew.clear()
        for row in self.ctx.tasks.read_now(schedule.crews):
            self.crew.addItem(row.name, row.id)
        self.crew.select_data(crew)
        self._fit = True
        self.reload()
        self.headerChanged.emit()

    def turn(self, by: int) -> None:
        """The day before or after."""
        self.show_day((date.fromisoformat(self._on) + timedelta(days=by)).isoformat())

    def reload(self) -> None:
        """Read the day again, in the order that is kept."""
        self._stale = False
        crew = self.crew.currentData()
        if crew is None:
            self.note.set_text(self.tr("There is no crew yet."))
            return
        self._generation += 1
        number, on, now = self._generation, date.fromisoformat(self._on), self.ctx.clock.now_ms()

        def answer(day: RouteDay) -> None:
            if number == self._generation:
                self._day = day
                self._show(day.stops)

        self.ctx.tasks.read(self, lambda r: queries.route_day(r, on, crew, now), answer)

    def _show(self, stops: Sequence[RouteStop]) -> None:
        day = self._day
        assert day is not None
        self._stops = tuple(stops)
        self._times = self._planned_times()
        self.list.itemDelegate().color = day.color_index  # type: ignore[attr-defined]
        here = self.list.row()
        self.model.show_lines(self._lines())
        if self._stops and here < 0:
            self.list.select_row(0)
        self.map.set_scene(route_scene(day, self._stops), fit=self._fit)
        self._fit = False
        known = [stop for stop in self._stops if stop.spot is not None]
        text = ""
        if not self._stops:
            text = self.tr("{crew} has no visits on this day.").format(crew=self._crew_name())
        elif not known:
            text = self.tr("No position of these places is known yet.")
        self.note.set_text(text)
        self.note.setGeometry(self.map.rect())
        self._say()
        self.setProperty("loaded", True)

    def _lines(self) -> list[RouteLine]:
        assert self._day is not None
        lines = []
        before = self._day.base
        chips = {
            "window": (self.tr("Promised"), "info"),
            "state": (self.tr("Begun or done"), "neutral"),
            "invoiced": (self.tr("Invoiced"), "neutral"),
        }
        for number, stop in enumerate(self._stops, 1):
            way = ""
            if stop.spot is not None and before is not None:
                way = distance_words(distance_m(*before, *stop.spot), miles=self._miles)
            before = stop.spot or before
            chip, tone = chips.get(stop.why, ("", "neutral"))
            if stop.spot is None and not chip:
                chip, tone = self.tr("Place not known"), "warn"
            when, moves = i18n.clock_time(stop.starts_local), False
            planned = self._times[number - 1] if self._times else stop.starts_local
            if planned != stop.starts_local:
                when, moves = f"{when} → {i18n.clock_time(planned)}", True
            lines.append(RouteLine(stop, number, when, way, chip, tone, moves))
        return lines

    def _planned_times(self) -> tuple[str, ...]:
        """The starts that the order gives; empty when the order is that of the times already."""
        starts = [stop.starts_local for stop in self._stops]
        if starts == sorted(starts):
            return ()
        begin = min(stop.as_stop().minute for stop in self._stops)
        minutes = rules.times([stop.as_stop() for stop in self._stops], begin)
        return tuple(
            f"{self._on}T{min(m, 1439) // 60:02d}:{min(m, 1439) % 60:02d}" for m in minutes
        )

    def _say(self) -> None:
        assert self._day is not None
        day, stops = self._day, [stop.as_stop() for stop in self._stops]
        metres = rules.length(stops, day.base)
        self.total.setText(
            self.tr("{distance} in straight lines").format(
                distance=distance_words(metres, miles=self._miles)
            )
            if metres
            else self.tr("No distance yet")
        )
        parts = []
        in_time = sorted(self._stops, key=lambda stop: (stop.starts_at, stop.id))
        plain = rules.length([stop.as_stop() for stop in in_time], day.base)
        if metres and round(plain - metres) > 50:
            saved = distance_words(plain - metres, miles=self._miles)
            parts.append(self.tr("{saved} less than in the order of the times").format(saved=saved))
        elif metres and round(metres - plain) > 50:
            more = distance_words(metres - plain, miles=self._miles)
            parts.append(self.tr("{more} more than in the order of the times").format(more=more))
        unknown = sum(1 for stop in self._stops if stop.spot is None)
        if unknown:
            parts.append(
                i18n.plural(
                    unknown,
                    self.tr("{n} place is not known and keeps its turn"),
                    self.tr("{n} places are not known and keep their turn"),
                )
            )
        if day.base is None:
            parts.append(self.tr("the way from and to the shop is not counted"))
        self.remark.setText(i18n.joined(parts))
        self.remark.setVisible(bool(parts))
        self.shorter.setEnabled(len(self._stops) > 2 and bool(metres))
        self.times.setEnabled(bool(self._moves()))
        self.by_time.setEnabled(list(self._stops) != in_time)

    # doing

    def make_shortest(self) -> None:
        """The shortest order, worked out beside the GUI thread, then kept."""
        day = self._day
        if day is None or len(self._stops) < 2:
            return
        stops, base = [stop.as_stop() for stop in self._stops], day.base
        before = rules.length(stops, base)
        self.shorter.setEnabled(False)

        def then(found: tuple[rules.Stop, ...]) -> None:
            after = rules.length(found, base)
            ids = [stop.id for stop in found]
            if ids == [stop.id for stop in self._stops]:
                self._say()
                self.ctx.notify(self.tr("This is the shortest order already."))
                return
            text = self.tr("Shortest order: {after} instead of {before}.").format(
                after=distance_words(after, miles=self._miles),
                before=distance_words(before, miles=self._miles),
            )
            self._keep(ids, text)

        self.ctx.tasks.run(self, lambda: rules.shortest(stops, base), then)

    def order_by_time(self) -> None:
        """Back to the order of the starts."""
        stops = sorted(self._stops, key=lambda stop: (stop.starts_at, stop.id))
        self._keep([stop.id for stop in stops], self.tr("The route follows the times."))

    def set_times(self) -> None:
        """Give visits the times that follow from the order."""
        moves = self._moves()
        if not moves or self._day is None:
            return
        ids = tuple(stop.id for stop in self._stops)
        command = TimeRoute(self._on, self._crew_name(), ids, moves, self._day.zone)
        text = i18n.plural(
            len(moves),
            self.tr("{n} visit has another time."),
            self.tr("{n} visits have other times."),
        )

        def then(moved: tuple[int, ...]) -> None:
            self.offer.say_many(moved, text)

        def refused(error: Any) -> None:
            self.ctx.show_error(error)
            self.reload()

        self.ctx.tasks.command(self, command, then, refused)

    def _moves(self) -> tuple[VisitMove, ...]:
        if not self._times:
            return ()
        return tuple(
            VisitMove(stop.id, local, stop.starts_at, tell=False)
            for stop, local in zip(self._stops, self._times, strict=True)
            if not stop.why and local != stop.starts_local
        )

    def _keep(self, ids: Sequence[int], text: str) -> None:
        by_id = {stop.id: stop for stop in self._stops}
        self._show([by_id[ident] for ident in ids])
        command = OrderRoute(self._on, self._crew_name(), tuple(ids))
        self.ctx.tasks.command(self, command, lambda _: self.ctx.notify(text, undo=True))

    def _on_list_moved(self, here: int, to: int) -> None:
        stops = list(self._stops)
        stop = stops.pop(here)
        stops.insert(to, stop)
        text = self.tr("{name} is stop {n} now.").format(name=stop.name, n=to + 1)
        self._keep([one.id for one in stops], text)
        self.list.select_row(to)

    def _on_list_opened(self, row: int) -> None:
        self.ctx.navigate(Target("schedule", "appointment", self._stops[row].id))

    def _on_crew_chosen(self) -> None:
        self._fit = True
        self.reload()

    def _crew_name(self) -> str:
        return self.crew.currentText()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES):
            self._stale = True
            if self.isVisible():
                self._timer.start()
