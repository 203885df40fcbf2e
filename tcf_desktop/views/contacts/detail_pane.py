"""Everything about one contact beside the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.services.queries.contact_detail import ContactDetail, contact_detail
from tcf_desktop.views.common import ScrollPane, Surface
from tcf_desktop.views.contacts.detail_card import CardColumns, Column, DetailCard
from tcf_desktop.views.contacts.detail_cards_registry import ACTIONS, CARDS, FACTS, SENTENCE
from tcf_desktop.views.contacts.detail_facts import FactsStrip
from tcf_desktop.views.contacts.detail_head import DetailActions, DetailHead
from tcf_desktop.views.contacts.detail_notes import NotesCard
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

_EVENTS = ("appointments", "invoices", "payments", "taxes", "tax_parts")


@dataclass(frozen=True, slots=True)
class _Read:
    """A contact and what each part of the pane needs beside it, by the part's key."""

    detail: ContactDetail
    cards: dict[str, Any]
    facts: dict[str, Any]
    sentence: dict[str, Any]


class ContactDetailPane(Surface):
    """Shows the contact given to :meth:`show_contact` and follows its changes."""

    editRequested = Signal(int, str)  # contact, the field to start with
    deleteRequested = Signal(int)
    stepRequested = Signal(int)
    goneNoticed = Signal()
    shownContact = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self.setObjectName("contacts.detail")
        self._contact_id: int | None = None
        self._shown_id: int | None = None
        self._generation = 0
        self._note_wanted = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.cards = {place.key: place.card(ctx) for place in CARDS}
        self._pairs: list[CardColumns] = []
        self._tables = {*_EVENTS, *(name for card in self.cards.values() for name in card.tables)}
        self.head = DetailHead()
        self.steps = DetailActions(ctx, ACTIONS)
        self.facts = FactsStrip()
        self.pane = ScrollPane("window")
        self.pane.setObjectName("contacts.detail.scroll")
        self._lay_out()
        self.pane.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.steps.appointmentRequested.connect(self.new_appointment)
        self.steps.invoiceRequested.connect(self.new_invoice)
        self.steps.editRequested.connect(self._on_edit_requested)
        self.steps.deleteRequested.connect(self._on_delete_requested)
        for card in self.cards.values():
            card.editRequested.connect(self._on_edit_requested)
            card.cardRequested.connect(self.show_card)
            card.wishToBeSeen.connect(self._on_wish_to_be_seen)
            card.rowReached.connect(self._on_row_reached)
        bar = self.pane.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_scrolled)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _lay_out(self) -> None:
        column = self.pane.layout_
        for widget in (self.head, self.steps, self.facts):
            column.addWidget(widget)
        pair: list[tuple[Column, DetailCard]] = []
        for place in CARDS:
            card = self.cards[place.key]
            if place.column != "wide":
                pair.append((place.column, card))
                continue
            self._add_pair(pair)
            pair = []
            column.addWidget(card)
        self._add_pair(pair)
        column.addStretch(1)

    def _add_pair(self, pair: list[tuple[Column, DetailCard]]) -> None:
        if pair:
            self._pairs.append(CardColumns(pair))
            self.pane.layout_.addWidget(self._pairs[-1])

    @property
    def contact_id(self) -> int | None:
        """The contact that is shown or on its way."""
        return self._contact_id

    def show_contact(self, contact_id: int | None) -> None:
        """Read a contact and show it; None clears the pane."""
        self._contact_id = contact_id
        self._generation += 1
        generation = self._generation
        if contact_id is None:
            self._show_nobody()
            return
        now, today = self.ctx.clock.now_ms(), self.ctx.today()

        def answer(found: _Read | None) -> None:
            if generation != self._generation:
                return
            if found is None:
                self._contact_id = None
                self._show_nobody()
                self.goneNoticed.emit()
            else:
                self._show(found)

        self.ctx.tasks.read(self, lambda r: _read(r, contact_id, now, today), answer)

    def _show_nobody(self) -> None:
        self._note_wanted = False
        self._shown_id = None
        for card in self.cards.values():
            card.forget()
        self.pane.hide()

    def _show(self, found: _Read) -> None:
        detail = found.detail
        if self._shown_id != detail.id:
            self.pane.verticalScrollBar().setValue(0)
        self._shown_id = detail.id
        self.head.show_contact(
            detail,
            [part.words(detail, found.sentence[part.key], self.ctx) for part in SENTENCE],
        )
        self.steps.show_contact(detail)
        facts = [part.words(detail, found.facts[part.key], self.ctx) for part in FACTS]
        self.facts.show_facts([fact for fact in facts if fact is not None])
        for key, card in self.cards.items():
            card.take(detail, found.cards[key])
        for pair in self._pairs:
            pair.settle()
        self.pane.show()
        if self._note_wanted:
            self.add_note()
        self.shownContact.emit(detail.id)

    # what the page may call

    def add_note(self) -> None:
        """Write a note about the contact that is shown, right here."""
        self._note_wanted = self._shown_id != self._contact_id  # it is still being read
        notes = self.cards["notes"]
        if isinstance(notes, NotesCard) and not self._note_wanted:
            notes.add_note()

    def show_card(self, key: str, row_id: int = 0) -> None:
        """Scroll to a block and point at something in it."""
        card = self.cards.get(key)
        if card is not None and not card.isHidden():
            self.pane.ensureWidgetVisible(card, 0, 24)
            card.point_at(row_id)

    def new_appointment(self) -> None:
        """Plan a visit for the contact that is shown."""
        if self._contact_id is not None:
            self.ctx.navigate(Target("schedule", "new", self._contact_id, "contact"))

    def new_invoice(self) -> None:
        """Write an invoice for the contact that is shown."""
        if self._contact_id is not None:
            self.ctx.navigate(Target("billing", "new", self._contact_id, "contact"))

    def new_proposal(self) -> None:
        """Write a proposal for the contact that is shown."""
        if self._contact_id is not None:
            self.ctx.navigate(Target("billing", "new_proposal", self._contact_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        if event.key() in steps and not event.modifiers():
            self.stepRequested.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _on_edit_requested(self, field: str) -> None:
        if self._contact_id is not None:
            self.editRequested.emit(self._contact_id, field)

    def _on_delete_requested(self) -> None:
        if self._contact_id is not None:
            self.deleteRequested.emit(self._contact_id)

    def _on_wish_to_be_seen(self, part: QWidget) -> None:
        # The layout gives a part that was just opened its place with the next turn of the loop.
        QTimer.singleShot(0, part, lambda: self.pane.ensureWidgetVisible(part, 0, 24))

    def _on_row_reached(self, part: QWidget, where: QRect) -> None:
        top = part.mapTo(self.pane.content, where.topLeft())
        middle = where.height() // 2
        self.pane.ensureVisible(top.x(), top.y() + middle, 0, middle + 24)

    def _on_scrolled(self) -> None:
        bar = self.pane.verticalScrollBar()
        if self._shown_id is not None and bar.maximum() - bar.value() < bar.pageStep():
            for card in self.cards.values():
                card.end_reached()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self._contact_id is None:
            return
        mine = self._contact_id in changes.ids("contacts") or "contacts" in changes.bulk
        if mine or changes.touches(*self._tables):
            self.show_contact(self._contact_id)


def _read(r: Reader, contact_id: int, now_ms: int, today: str) -> _Read | None:
    """One state of the data for the whole pane; None when the contact is gone."""
    with r.snapshot():
        detail = contact_detail(r, contact_id, now_ms, today)
        if detail is None or detail.deleted:
            return None
        asked = (contact_id, now_ms, today)
        return _Read(
            detail,
            {place.key: place.card.load(r, *asked) for place in CARDS},
            {part.key: part.load(r, *asked) for part in FACTS},
            {part.key: part.load(r, *asked) for part in SENTENCE},
        )
