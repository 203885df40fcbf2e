"""Today: see the day and clear the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import to_ms
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import today as queries
from tcf_desktop.services.queries.today import Day, DayPlan, MoneyOwed, OnClock
from tcf_desktop.views.common import (
    Card,
    DataLabel,
    EmptyState,
    LinkButton,
    QuietButton,
    ScrollPane,
)
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.page import HeaderButton, Page, PageCommand
from tcf_desktop.views.today import due_card
from tcf_desktop.views.today.cards import ClockCard, DoneCard, NeedsCard
from tcf_desktop.views.today.kinds import DONE, NEEDS
from tcf_desktop.views.today.lane_drag import DraggableLanes
from tcf_desktop.views.today.money_card import MoneyCard
from tcf_desktop.views.today.rows import DoneRow, NeedRow

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.today.lane_drag import Landing

NARROW = 940  # of the page: 1180 of the window without its rail
SIDE = 336
TABLES = (
    "appointments", "invoices", "payments", "proposals", "billing_plans", "billing_runs",
    "allocations", "shifts", "hidden_rows",
    "crews", "workers", "contacts", "track_points", "business", "journal", "frequencies",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TodayData:
    """Everything the page shows, read in one go."""

    day: Day
    plan: DayPlan
    money: MoneyOwed
    clock: list[OnClock]
    needs: list[tuple[int, Any]]
    done: list[tuple[int, Any]]
    hidden: frozenset[tuple[str, str]]


class TodayPage(Page):
    """The start page."""

    key = "today"

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self._data: TodayData | None = None
        self._asked = 0
        self.lanes = DraggableLanes()
        self.needs = NeedsCard()
        self.done = DoneCard()
        self.money = MoneyCard()
        self.due = due_card.DueCard()
        self.clock = ClockCard()
        self._lay_out()
        self.lanes.visitChosen.connect(self._on_lanes_visit_chosen)
        self.lanes.visitMoved.connect(self._on_lanes_visit_moved)
        self.needs.actionRequested.connect(ctx.navigate)
        self.needs.hideRequested.connect(self._on_needs_hide_requested)
        for card in (self.done, self.money, self.due, self.clock):
            card.targetRequested.connect(ctx.navigate)
        ctx.bus.committed.connect(self._on_bus_committed)
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self.load)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(self.load)

    # what the window asks

    def title(self) -> str:
        return self.tr("Today")

    def subtitle(self) -> str:
        return i18n.weekday(self.ctx.today())

    def header_actions(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                self.tr("New"),
                lambda: None,
                "plus",
                primary=True,
                object_name="today.new",
                menu=self._fill_new_menu,
            )
        ]

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Print day sheet…"), self.print_day_sheet, "Ctrl+P", words="crew")
        ]

    def print_day_sheet(self) -> None:
        """The crews' sheet of today."""
        from tcf_desktop.views.schedule.day_sheets import choose_day_sheet

        choose_day_sheet(self.ctx, self, date.fromisoformat(self.ctx.today()))

    def regions(self) -> list[QWidget]:
        return [self.lanes, self.needs, self.done, self.money, self.due, self.clock]

    def shown(self) -> None:
        self._minute.start()
        self.load()

    def hideEvent(self, event: object) -> None:
        self._minute.stop()

    # loading

    def load(self) -> None:
        """Read everything again; a later question makes an earlier answer void."""
        self._asked += 1
        number = self._asked
        now_at = self.ctx.clock.now_ms()
        zone = self.ctx.zone()
        self.ctx.tasks.read(
            self, lambda r: _read(r, now_at, zone), lambda data: self._show(number, data)
        )

    def _show(self, number: int, data: TodayData) -> None:
        if number != self._asked:
            return
        self._data = data
        currency = self.ctx.currency()
        plan = data.plan
        self.lanes.show_plan(plan, data.day, currency)
        rest = self.lanes.hidden_lanes(plan)
        self._more_lanes.setText(self.tr("Show {n} more crews").format(n=rest))
        self._more_lanes.setVisible(rest > 0)
        self.lanes.setVisible(bool(plan.lanes) and plan.any_ever)
        self._empty.setVisible(not plan.any_ever)
        planned = ""
        if plan.planned_cents:
            sum_text = i18n.short_money(plan.planned_cents, currency)
            planned = self.tr("{sum} planned").format(sum=sum_text)
        counted = i18n.plural(plan.visits, self.tr("{n} visit"), self.tr("{n} visits"))
        self._summary.setText(
            i18n.joined([counted, planned]) if plan.visits else self.tr("nothing planned today")
        )
        self.money.show_money(data.money, currency)
        self.clock.show_people(data.clock, data.day)
        self.needs.show_rows(self._need_rows(data), self._all_clear(data))
        self.done.show_rows(self._done_rows(data), data.day.zone)
        self.setProperty("loaded", True)
        today = data.day.on
        self.ctx.tasks.read(
            self, lambda r: due_card.read(r, today), lambda found: self.due.show_rows(*found)
        )

    def _need_rows(self, data: TodayData) -> list[tuple[str, NeedRow]]:
        rows = [
            (NEEDS[index].key, row)
            for index, found in data.needs
            for row in NEEDS[index].show(self.ctx, data.day, found)
        ]
        shown = [(kind, row) for kind, row in rows if (kind, row.key) not in data.hidden]
        return sorted(shown, key=lambda item: item[1].urgency)

    def _done_rows(self, data: TodayData) -> list[DoneRow]:
        rows = [
            row for index, found in data.done for row in DONE[index].show(self.ctx, data.day, found)
        ]
        return sorted(rows, key=lambda row: row.at)

    def _all_clear(self, data: TodayData) -> str:
        plan = data.plan
        if not plan.next_starts_local:
            return self.tr("All clear.")
        time = i18n.clock_time(plan.next_starts_local)
        if plan.next_starts_local[:10] != data.day.on:
            time = f"{i18n.weekday_short(plan.next_starts_local)}, {time}"
        visits = i18n.plural(
            plan.next_count, self.tr("{n} visit starts"), self.tr("{n} visits start")
        )
        return self.tr("All clear. Next: {visits} at {time}.").format(visits=visits, time=time)

    # doing

    def _on_lanes_visit_chosen(self, appointment_id: int) -> None:
        self.ctx.navigate(Target("schedule", "appointment", appointment_id))

    def _on_lanes_visit_moved(self, landing: Landing) -> None:
        """Another time or crew: the same command and words as in the schedule."""
        from tcf_desktop.views.schedule.actions import ScheduleActions
        from tcf_desktop.views.schedule.surface import Wish

        visit = landing.visit
        wish = Wish(
            "move", visit.id, landing.starts_local, visit.minutes, landing.crew_id,
            landing.changes_who, visit.name, visit.starts_local,
        )  # fmt: skip
        actions = self.findChild(ScheduleActions) or ScheduleActions(self.ctx, self)
        actions.move(wish, landing.crew)

    def _on_more_lanes_clicked(self) -> None:
        self.lanes.show_all()
        self.load()

    def _on_needs_hide_requested(self, row: NeedRow, kind: str, days: int) -> None:
        from tcf_desktop.services.today import HideRow

        zone = ZoneInfo(self.ctx.zone())
        until = date.fromisoformat(self.ctx.today()) + timedelta(days=days)
        until_at = to_ms(datetime.combine(until, datetime.min.time(), zone))
        when = self.tr("tomorrow") if days == 1 else i18n.weekday_short(until)
        text = self.tr("Hidden until {when}.").format(when=when)
        self.ctx.tasks.command(
            self,
            HideRow(kind, row.key, until_at, row.title),
            lambda _: self.ctx.notify(text, undo=True),
        )

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES) and self.isVisible():
            self._soon.start()

    def _fill_new_menu(self, menu: QMenu) -> None:
        for text, target in (
            (self.tr("Visit"), Target("schedule", "new")),
            (self.tr("Customer"), Target("contacts", "new")),
            (self.tr("Invoice"), Target("billing", "new")),
            (self.tr("Proposal"), Target("billing", "new_proposal")),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda *_, target=target: self.ctx.navigate(target))

    def new_here(self) -> bool:
        self.ctx.navigate(Target("schedule", "new"))
        return True

    # layout

    def _lay_out(self) -> None:
        pane = ScrollPane("window")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(pane)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._schedule_card())
        left.addWidget(self.needs)
        left.addWidget(self.done)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self._side = QWidget()
        self._side_layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side_layout.setSpacing(12)
        self._side_layout.addWidget(self.money, 1)
        second = QVBoxLayout()  # beside the money where the window is narrow
        second.setSpacing(12)
        second.addWidget(self.due)
        second.addWidget(self.clock, 1)
        self._side_layout.addLayout(second, 1)
        self._filler = QWidget()
        self._side_layout.addWidget(self._filler, 100)
        self._columns.addWidget(self._side)
        pane.layout_.addLayout(self._columns)
        pane.layout_.addStretch(1)

    def _schedule_card(self) -> Card:
        card = Card(self.tr("Schedule"), object_name="today.schedule")
        self._summary = DataLabel("", "body", "text2", object_name="today.schedule.summary")
        card.header.addWidget(self._summary)
        card.header.addStretch(1)
        go = QuietButton(self.tr("Open schedule"), "arrow-right", object_name="today.open_schedule")
        go.clicked.connect(lambda *_: self.ctx.navigate(Target("schedule")))
        card.header.addWidget(go)
        card.body.addWidget(self.lanes)
        self._more_lanes = LinkButton("", object_name="today.more_lanes")
        self._more_lanes.clicked.connect(self._on_more_lanes_clicked)
        self._more_lanes.hide()
        card.body.addWidget(self._more_lanes)
        self._empty = EmptyState(
            "calendar-plus",
            self.tr("No visits yet. Book your first one, or import last year’s customers."),
            button=(
                self.tr("New visit"),
                lambda: self.ctx.navigate(Target("schedule", "new")),
            ),
            link=(self.tr("Import…"), lambda: self.ctx.navigate(Target("contacts", "import"))),
            primary=False,
            object_name="today.empty",
        )
        self._empty.hide()
        card.body.addWidget(self._empty)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self.ctx.theme.text_scale / 100
        narrow = self.width() < NARROW * max(1.0, scale * 0.9)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._side_layout.setDirection(direction.LeftToRight if narrow else direction.TopToBottom)
        self._filler.setVisible(not narrow)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(round(SIDE * max(1.0, scale)))


def _read(r: Reader, now_at: int, zone: str) -> TodayData:
    day = queries.local_day(now_at, zone)
    return TodayData(
        day,
        queries.day_plan(r, day),
        queries.money_owed(r, day.on),
        queries.on_the_clock(r, day),
        [(index, kind.find(r, day)) for index, kind in enumerate(NEEDS)],
        [(index, kind.find(r, day)) for index, kind in enumerate(DONE)],
        queries.hidden_keys(r, now_at),
    )
