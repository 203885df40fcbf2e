"""The right panel: who is due again, what fell off the schedule, the selected appointment."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.appointments import AppointmentDraft, CreateAppointment, LineDraft
from tcf_desktop.services.queries.book_again import Suggestion
from tcf_desktop.services.queries.not_scheduled import NotScheduledRow
from tcf_desktop.views.common import DataLabel, LinkButton, ScrollPane, TabRow, hairline
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.schedule.detail_pane import DetailPane
from tcf_desktop.views.schedule.side_panel_card import CardFacts, SideCard
from tcf_desktop.views.schedule.side_panel_rows import (
    DUE,
    FIRST,
    VISIT,
    Found,
    due_card,
    off_card,
    read,
    suggestion,
)

if TYPE_CHECKING:
    from tcf_desktop.views.due.actions import DueActions
    from tcf_desktop.views.schedule.side_panel_drop import CardDrop

_TABLES = ("frequencies", "appointments", "complaints", "contacts", "locations", "services",
           "series", "business")  # fmt: skip
_LATER_MS = 150
_DETAIL_SHARE = 0.46

Key = tuple[str, int]


class SidePanel(QWidget):
    """Cards to be dragged onto the hours, above what is selected there."""

    offered = Signal(object)  # Suggestion: to be looked over in the editor
    booked = Signal(object)  # id of the new appointment
    carried = Signal(object, int, QPoint)  # a card: key, minutes, global position
    letGo = Signal(object, int, QPoint)
    carryingCancelled = Signal()
    timeRequested = Signal(object)  # Suggestion: another time is looked for

    def __init__(self, ctx: ViewContext, detail: DetailPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.panel")
        self.ctx = ctx
        self.detail = detail
        self._found: Found | None = None
        self._days: tuple[date, date] | None = None
        self._all = False
        self._stale = True
        self._generation = 0
        self._cards: list[SideCard] = []
        self._actions: DueActions | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._on_later_timeout)
        self._build()
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        self.tabs = TabRow(
            [("due", self.tr("Due again")), ("off", self.tr("Not scheduled"))],
            object_name="schedule.panel.tabs", margin=13,
        )  # fmt: skip
        self.tabs.chosen.connect(self._on_tabs_chosen)
        self.explanation = DataLabel("", "caption", "text2", wrap=True)
        self.explanation.setObjectName("schedule.panel.explanation")
        self._list = ScrollPane("surface")
        self._list.setObjectName("schedule.panel.cards")
        self._list.layout_.setContentsMargins(12, 8, 12, 10)
        self._list.layout_.setSpacing(8)
        self._list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.more = LinkButton("", style="body", object_name="schedule.panel.more")
        self.more.clicked.connect(self._on_more_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._list, 1)
        column.addWidget(hairline())
        column.addWidget(self.detail)
        self.setFixedWidth(self.detail.width())
        self.detail.installEventFilter(self)
        self.detail.content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            if watched is self.detail and event.type() == QEvent.Type.Resize:
                self.setFixedWidth(self.detail.width())
            else:
                self._share()
        return False

    def resizeEvent(self, event: object) -> None:
        self._share()

    def _share(self) -> None:
        """What is selected gets the height it needs, up to a share that leaves room for cards."""
        needed = self.detail.content.sizeHint().height() + 2
        cards = self.tabs.height() + self._list.content.sizeHint().height()
        room = max(round(self.height() * _DETAIL_SHARE), self.height() - cards - 2)
        self.detail.setFixedHeight(min(needed, room))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._later.start(0)

    # what is shown

    def show_days(self, first: date, last: date) -> None:
        """The days beside which the panel stands: what is near is looked for among them."""
        if (first, last) != self._days:
            self._days = (first, last)
            self._stale = True
            self._later.start(0)

    def focus_cards(self) -> bool:
        """Take the keyboard to the first card; whether there is one."""
        if self._cards:
            self._cards[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self._cards)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*_TABLES):
            self._stale = True
            if self.isVisible():
                self._later.start(_LATER_MS)

    def _on_later_timeout(self) -> None:
        if self._days is None or not self.isVisible():
            return
        self._stale = False
        self._generation += 1
        generation, days = self._generation, self._days
        today, now = self.ctx.today(), self.ctx.clock.now_ms()
        self.ctx.tasks.read(
            self,
            lambda r: read(r, today, now, days),
            lambda found: self._on_read(generation, found),
        )

    def _on_read(self, generation: int, found: Found) -> None:
        if generation == self._generation and found != self._found:
            self._found = found
            self._show()

    def _on_tabs_chosen(self, _key: str) -> None:
        self._all = False
        self._show()

    def _on_more_clicked(self) -> None:
        found = self._found
        if found is not None and self._all and self.tabs.key() == "due":
            self.ctx.navigate(Target("due", "now"))
            return
        self._all = True
        self._show()
        if len(self._cards) > FIRST:
            self._cards[FIRST].setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self, found: Found) -> list[CardFacts]:
        currency = self.ctx.currency()
        if self.tabs.key() == "due":
            return [due_card(row, found, currency) for row in found.due]
        return [off_card(row, found, currency) for row in found.off]

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.tabs.set_count("due", found.total)
        self.tabs.set_count("off", len(found.off))
        facts = self._facts(found)
        # Of the window: while a menu is open no card has the focus, and it comes back afterwards.
        focus = self.window().focusWidget()
        at = next((i for i, card in enumerate(self._cards) if card is focus), None)
        had = self._cards[at].facts.key if at is not None else None
        self._clear()
        box = self._list.layout_
        self.explanation.setText(self._explained(bool(facts)))
        box.addWidget(self.explanation)
        shown = facts if self._all else facts[:FIRST]
        self._cards = [self._card(one) for one in shown]
        for card in self._cards:
            box.addWidget(card)
            card.show()  # at once, so that it can take the focus
        self._show_more(found, len(facts), len(shown))
        box.addStretch(1)
        if at is not None and self._cards:
            same = [card for card in self._cards if card.facts.key == had]
            (same[0] if same else self._cards[min(at, len(self._cards) - 1)]).setFocus()
        QTimer.singleShot(0, self, self._share)

    def _show_more(self, found: Found, known: int, shown: int) -> None:
        self.more.setVisible(False)
        total = found.total if self.tabs.key() == "due" else known
        if total <= shown:
            return
        if self._all:
            self.more.setText(self.tr("Show all in Due again"))
        else:
            rest = i18n.locale_of().toString(total - shown)
            self.more.setText(self.tr("Show {n} more").format(n=rest))
        self._list.layout_.addWidget(self.more)
        self.more.setVisible(True)

    def _explained(self, some: bool) -> str:
        if self.tabs.key() == "due":
            if not some:
                return self.tr("Nobody is due again. Customers come here when their usual time "
                               "has passed and no visit is ahead.")  # fmt: skip
            return self.tr("Due again are reminders to call. They are not promised to anybody. "
                           "Drag a card onto the hours, or press B to book it.")  # fmt: skip
        if not some:
            return self.tr("Everything that fell through was booked again.")
        return self.tr("Visits that were cancelled or missed, and complaints without a visit. "
                       "Drag a card onto the hours, or press B to book it.")  # fmt: skip

    def _card(self, facts: CardFacts) -> SideCard:
        card = SideCard(facts, self._minutes_of)
        card.bookRequested.connect(self.book)
        card.menuRequested.connect(self._on_card_menu)
        card.carried.connect(self.carried)
        card.letGo.connect(self.letGo)
        card.carryingCancelled.connect(self.carryingCancelled)
        card.moveRequested.connect(partial(self._move_from, card))
        return card

    def _move_from(self, card: SideCard, by: int) -> None:
        at = self._cards.index(card) + by
        if 0 <= at < len(self._cards):
            self._cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._list.ensureWidgetVisible(self._cards[at])

    def _clear(self) -> None:
        box = self._list.layout_
        while box.count():
            box.takeAt(0)
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []

    def accept_drops(self, drop: CardDrop) -> None:
        """Let cards be carried onto the hours."""
        self.carried.connect(drop.carry)
        self.letGo.connect(drop.let_go)
        self.carryingCancelled.connect(drop.cancel)
        drop.dropped.connect(self.book_at)

    # what is done

    def book(self, key: Key) -> None:
        """Open the editor with the work at a suggested time; a call-back is booked free of charge
        at that time."""
        offered = self._suggestion(key)
        if offered is None:
            return
        complaint = self._complaint(key)
        if complaint is None:
            self.offered.emit(offered)
        else:
            self._call_back(complaint, offered, offered.starts_local, offered.crew_id)

    def book_at(self, key: Key, starts_local: str, crew_id: int | None) -> None:
        """Book the work at a time that was chosen, for the crew of that place."""
        offered = self._suggestion(key)
        if offered is None:
            return
        chosen = crew_id if crew_id is not None else offered.crew_id
        complaint = self._complaint(key)
        if complaint is not None:
            self._call_back(complaint, offered, starts_local, chosen)
            return
        draft = draft_of(offered, starts_local, chosen, self.ctx.zone())
        self.ctx.tasks.command(
            self, CreateAppointment(draft), partial(self._on_booked, offered.name, starts_local)
        )

    def _find_time(self, key: Key) -> None:
        offered = self._suggestion(key)
        if offered is not None:
            self.timeRequested.emit(offered)

    def _call_back(
        self, row: NotScheduledRow, offered: Suggestion, starts_local: str, crew_id: int | None
    ) -> None:
        from tcf_desktop.services.complaints import BookCallBack, CallBack

        worker_id = None if crew_id is not None else offered.worker_id
        when = CallBack(starts_local, offered.minutes, self.ctx.zone(), crew_id, worker_id)
        assert row.complaint_id is not None
        self.ctx.tasks.command(
            self, BookCallBack(row.complaint_id, when),
            partial(self._on_booked, row.name, starts_local),
        )  # fmt: skip

    def _on_booked(self, name: str, starts_local: str, ident: int) -> None:
        when = f"{i18n.weekday_short(starts_local)}, {i18n.clock_time(starts_local)}"
        text = self.tr("{name} is booked: {when}.").format(name=name[:60], when=when)
        self.ctx.notify(text, undo=True)
        self.booked.emit(ident)

    def _suggestion(self, key: Key) -> Suggestion | None:
        now = from_ms(self.ctx.clock.now_ms(), self.ctx.zone())
        return self.ctx.tasks.read_now(lambda r: suggestion(r, key, now))

    def _minutes_of(self, key: Key) -> int:
        offered = self._suggestion(key)
        return offered.minutes if offered is not None else 60

    def _complaint(self, key: Key) -> NotScheduledRow | None:
        """The row of a card that is a call-back."""
        row = self._off_row(key)
        return row if row is not None and row.complaint_id is not None else None

    def _off_row(self, key: Key) -> NotScheduledRow | None:
        rows = self._found.off if self._found is not None and key[0] == VISIT else ()
        return next((row for row in rows if row.visit_id == key[1]), None)

    def _on_card_menu(self, key: Key, pos: QPoint) -> None:
        found = self._found
        if found is None:
            return
        menu = QMenu(self)
        menu.setObjectName("schedule.panel.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Book…\tB"), partial(self.book, key))
        if self._complaint(key) is None:
            menu.addAction(self.tr("Find a time…"), partial(self._find_time, key))
        contact_id: int | None = None
        if key[0] == DUE:
            row = next((row for row in found.due if row.id == key[1]), None)
            if row is not None:
                from tcf_desktop.views.due.actions import DueActions

                contact_id = row.contact_id
                if self._actions is None:
                    self._actions = DueActions(self.ctx, self)
                actions = self._actions
                actions.fill_snooze(menu.addMenu(self.tr("Snooze")), [row])
                stop = menu.addMenu(self.tr("Stop asking"))
                actions.fill_reasons(stop, partial(actions.stop, [row]))
        else:
            off = self._off_row(key)
            contact_id = off.contact_id if off is not None else None
            menu.addAction(
                self.tr("Show the visit"),
                partial(self.ctx.navigate, Target("schedule", "appointment", key[1])),
            )
        if contact_id is not None:
            target = Target("contacts", "contact", contact_id)
            menu.addAction(self.tr("Show customer"), partial(self.ctx.navigate, target))
        menu.popup(pos)


def draft_of(
    offered: Suggestion, starts_local: str, crew_id: int | None, zone: str
) -> AppointmentDraft:
    """The visit that is offered, at another time and for another crew."""
    return AppointmentDraft(
        starts_local=starts_local,
        minutes=offered.minutes,
        zone=zone,
        title=offered.title,
        contact_id=offered.contact_id,
        location_id=offered.location_id,
        arrival_minutes=offered.arrival_minutes,
        crew_id=crew_id,
        worker_id=offered.worker_id if crew_id is None else None,
        lines=tuple(
            LineDraft(
                line.name, line.unit_price_e4, line.qty_milli, line.service_id,
                line.description, line.taxable,
            )
            for line in offered.lines
        ),
    )  # fmt: skip
