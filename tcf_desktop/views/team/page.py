"""The Team page: the map of the day, people and crews, the phones that send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.team_day import TeamDay
from tcf_desktop.views.common import TabRow
from tcf_desktop.views.page import HeaderButton, Page, PageCommand
from tcf_desktop.views.team.crew_tab import CrewTab
from tcf_desktop.views.team.map_tab import MapTab
from tcf_desktop.views.team.pairing import PairingView
from tcf_desktop.views.team.phones_tab import PhonesTab
from tcf_desktop.views.team.worker_form import WorkerForm

if TYPE_CHECKING:
    from tcf_desktop.domain.team_records import WorkerDraft
    from tcf_desktop.views.context import Target, ViewContext


class TeamPage(Page):
    """Addresses: ``map``, ``people``, ``phones``, ``pair`` with a worker's id or none, ``worker``
    with an id and a date, ``person`` with an id (its form) or none (a new one), ``shift`` with an
    id (a clock to be put right)."""

    key = "team"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.tabs = TabRow(
            [
                ("map", self.tr("Map")),
                ("people", self.tr("People and crews")),
                ("phones", self.tr("Phones")),
            ],
            object_name="team.tabs",
        )
        self.map = MapTab(ctx)
        self.phones = PhonesTab(ctx)
        self.pairing = PairingView(ctx)
        self.records = CrewTab(ctx)
        self.person = WorkerForm(ctx)
        self.stack = QStackedWidget()
        for part in (self.map, self.records, self.phones, self.pairing, self.person):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self._back_to: QWidget = self.map
        self._subtitle = ""
        self.tabs.chosen.connect(self.show_tab)
        self.map.shownDay.connect(self._on_map_shown_day)
        self.map.pairRequested.connect(self.pair)
        self.map.addRequested.connect(self.add_person)
        self.phones.pairRequested.connect(self.pair)
        self.phones.clockRequested.connect(lambda: self.show_tab("map"))
        self.phones.counted.connect(self._on_phones_counted)
        self.pairing.finished.connect(lambda: self.show_tab("phones"))
        self.pairing.addRequested.connect(self.add_person)
        self.person.finished.connect(self._on_person_finished)
        self.person.comeBack.connect(self.open_person)
        self.person.shown.connect(self.headerChanged)
        self.records.opened.connect(self.open_person)
        self.records.addRequested.connect(self.add_person)
        self.records.pairRequested.connect(self.pair)

    # what the window asks

    def title(self) -> str:
        if self.stack.currentWidget() is self.pairing:
            return self.tr("Pair a phone")
        if self.stack.currentWidget() is self.person:
            return self.person.title()
        return self.tr("Team")

    def subtitle(self) -> str:
        day = self.map.day()
        if day is None or self.stack.currentWidget() in {self.pairing, self.person}:
            return ""
        return on_the_clock(day)

    def header_actions(self) -> list[HeaderButton]:
        if self.stack.currentWidget() in {self.pairing, self.person}:
            return []
        if self.stack.currentWidget() is self.records:
            return [
                HeaderButton(
                    self.tr("Add a person"),
                    self.add_person,
                    "user-plus",
                    primary=True,
                    object_name="team.add_button",
                )
            ]
        return [
            HeaderButton(
                self.tr("Pair a phone"),
                self.pair,
                "qr-code",
                primary=True,
                object_name="team.pair_button",
            )
        ]

    def back_action(self) -> Callable[[], object] | None:
        if self.stack.currentWidget() is self.pairing:
            return self.pairing.leave
        if self.stack.currentWidget() is self.person:
            return self.person.leave
        return None

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Pair a phone"), self.pair, words="qr gps token"),
            PageCommand(self.tr("Add a person"), self.add_person, words="worker employee"),
            PageCommand(self.tr("New crew"), self.new_crew, words="team lane color colour"),
            PageCommand(self.tr("Show the whole map"), self.map.map.fit, words="zoom fit"),
        ]

    def shown(self) -> None:
        if self.stack.currentWidget() is self.map:
            self.map.came_to_front()
        elif self.stack.currentWidget() is self.records:
            self.records.came_to_front()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.map.went_back()

    def open_target(self, target: Target) -> None:
        if target.kind == "phones":
            self.show_tab("phones")
        elif target.kind == "people":
            self.show_tab("people")
        elif target.kind == "person":
            self.open_person(target.id)
        elif target.kind == "pair":
            self.pair(target.id)
        else:
            self.show_tab("map")
        if target.kind == "worker":
            if target.id is not None:
                self.map.choose(target.id)
            if target.value:
                self.map.show_day(date.fromisoformat(target.value))
        elif target.kind == "shift" and target.id is not None:
            self._open_shift(target.id)

    def step_tab(self, by: int) -> bool:
        self.tabs.step(by)
        return True

    def new_here(self) -> bool:
        if self.stack.currentWidget() is self.records:
            self.add_person()
        else:
            self.pair()
        return True

    def focus_search(self) -> bool:
        if self.stack.currentWidget() is not self.records:
            return False
        self.records.people.search.setFocus()
        self.records.people.search.selectAll()
        return True

    def toggle_side_panel(self) -> bool:
        if self.stack.currentWidget() is not self.map:
            return False
        self.map.toggle_person()
        return True

    def foot_height(self) -> int:
        return self.map.strip.height() if self.stack.currentWidget() is self.map else 0

    def regions(self) -> list[QWidget]:
        if self.stack.currentWidget() is self.map:
            return [self.tabs, self.map.people.table, self.map.map, self.map.strip, self.map.visits]
        if self.stack.currentWidget() is self.records:
            return [self.tabs, *self.records.regions()]
        for alone in (self.pairing, self.person):  # these have no tabs above
            if self.stack.currentWidget() is alone:
                return [alone]
        return [self.tabs, self.phones]

    def page_state(self) -> dict[str, Any]:
        return {"tab": self.tabs.key(), "sizes": self.map.splitter.sizes()}

    def restore_state(self, state: dict[str, Any]) -> None:
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 3 and all(sizes):
            self.map.splitter.setSizes([int(size) for size in sizes])
        if state.get("tab") in ("phones", "people"):
            self.show_tab(str(state["tab"]))

    # inside

    def show_tab(self, key: str) -> None:
        """Show a tab by its key."""
        if self.stack.currentWidget() is self.pairing and self.pairing.phone() is not None:
            self.pairing.leave()
        self.tabs.set_key(key)
        self.tabs.show()
        parts = {"phones": self.phones, "people": self.records}
        self.stack.setCurrentWidget(parts.get(key, self.map))
        if self.stack.currentWidget() is self.map:
            self.map.came_to_front()
        else:
            self.map.went_back()
            if key == "phones":
                self.phones.refresh()
            else:
                self.records.came_to_front()
        self.headerChanged.emit()

    def pair(self, worker_id: int | None = None) -> None:
        """Open the pairing page."""
        self.tabs.hide()
        self.stack.setCurrentWidget(self.pairing)
        self.pairing.begin(worker_id if isinstance(worker_id, int) and worker_id else None)
        self.headerChanged.emit()

    def add_person(self) -> None:
        """Open the form of a new person."""
        self.open_person(None)

    def open_person(self, worker_id: int | None, typed: WorkerDraft | None = None) -> None:
        """Open the form of a person; ``typed`` is what stood in it before."""
        current = self.stack.currentWidget()
        if current is not None and current is not self.person:
            self._back_to = current
        self.tabs.hide()
        self.map.went_back()
        self.stack.setCurrentWidget(self.person)
        self.person.begin(worker_id, typed)
        self.headerChanged.emit()

    def new_crew(self) -> None:
        """Open the editor of a new crew."""
        self.show_tab("people")
        self.records.new_crew()

    def _on_person_finished(self, worker_id: int) -> None:
        if self._back_to is self.pairing:
            self.pair(worker_id)
            return
        if worker_id:
            self.map.choose(worker_id)
            self.records.people.choose(worker_id)
        if self._back_to is self.records:
            self.show_tab("people")
        else:
            self.show_tab("phones" if self._back_to is self.phones else "map")

    def _open_shift(self, shift_id: int) -> None:
        row = self.ctx.tasks.read_now(
            lambda r: r.one("SELECT worker_id FROM shifts WHERE id = ?", (shift_id,))
        )
        if row is not None:
            self.map.show_day(None)
            self.map.fix(int(row[0]))

    def _on_map_shown_day(self, _day: TeamDay) -> None:
        if self.subtitle() != self._subtitle:
            self._subtitle = self.subtitle()
            self.headerChanged.emit()

    def _on_phones_counted(self, count: int) -> None:
        self.tabs.set_count("phones", count)


def on_the_clock(day: TeamDay) -> str:
    """ "3 crews on the clock", "Nobody on the clock", or the date of another day."""
    from PySide6.QtCore import QCoreApplication

    def words(text: str) -> str:
        return QCoreApplication.translate("TeamPage", text)

    if not day.is_today:
        return i18n.full_day(day.on)
    running = [one for one in day.people if one.running is not None and not one.forgotten]
    if not running:
        return words("Nobody on the clock")
    crews = {one.crew_id for one in running if one.crew_id is not None}
    alone = sum(one.crew_id is None for one in running)
    if crews and not alone:
        return (
            words("1 crew on the clock")
            if len(crews) == 1
            else words("{count} crews on the clock").format(count=len(crews))
        )
    return (
        words("1 person on the clock")
        if len(running) == 1
        else words("{count} people on the clock").format(count=len(running))
    )
