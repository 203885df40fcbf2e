"""Everything about one contact beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.contact_list import kind_word
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_detail import ContactDetail, contact_detail
from tcf_desktop.views.common import (
    Avatar,
    Chip,
    DataLabel,
    IconButton,
    LinkButton,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    initials_of,
)
from tcf_desktop.views.contacts.detail_cards import (
    FactsStrip,
    NoteCard,
    PlacesGrid,
    ReachCard,
    TimelineCard,
)
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_EVENTS = ("appointments", "invoices", "payments", "taxes", "tax_parts")


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
        self._generation = 0
        self._pane: ScrollPane | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        ctx.bus.committed.connect(self._on_bus_committed)

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
            self._replace(None)
            return
        now, today = self.ctx.clock.now_ms(), self.ctx.today()

        def answer(detail: ContactDetail | None) -> None:
            if generation != self._generation:
                return
            if detail is None or detail.deleted:
                self._contact_id = None
                self._replace(None)
                self.goneNoticed.emit()
            else:
                self._show(detail)

        self.ctx.tasks.read(self, lambda r: contact_detail(r, contact_id, now, today), answer)

    def _replace(self, pane: ScrollPane | None) -> None:
        old, self._pane = self._pane, pane
        if pane is not None:
            self._column.addWidget(pane)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _show(self, detail: ContactDetail) -> None:
        same = self._pane is not None and self._pane.property("contact") == detail.id
        scrolled = self._pane.verticalScrollBar().value() if self._pane and same else 0
        pane = ScrollPane("window")
        pane.setObjectName("contacts.detail.scroll")
        pane.setProperty("contact", detail.id)
        column = pane.layout_
        column.addLayout(self._head(detail))
        column.addLayout(self._actions(detail))
        column.addWidget(FactsStrip(detail, self.ctx))
        column.addLayout(self._places_head(detail))
        if detail.draft.places:
            column.addWidget(PlacesGrid(detail))
        else:
            column.addWidget(DataLabel(self.tr("No location yet."), color="text2"))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        note = NoteCard("\n\n".join(note.text for note in detail.draft.notes))
        note.editRequested.connect(lambda: self.editRequested.emit(detail.id, "note"))
        pair.addWidget(ReachCard(detail.draft), 1)
        pair.addWidget(note, 1)
        column.addLayout(pair)
        timeline = TimelineCard(detail.timeline, self.ctx)
        timeline.opened.connect(self._on_timeline_opened)
        column.addWidget(timeline)
        column.addStretch(1)
        self._replace(pane)
        if scrolled:
            pane.content.adjustSize()
            pane.verticalScrollBar().setValue(scrolled)
        self.shownContact.emit(detail.id)

    def _head(self, detail: ContactDetail) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        size = 48 * self.ctx.theme.text_scale // 100
        row.addWidget(Avatar(initials_of(detail.name), 0, size))
        words = QVBoxLayout()
        words.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(10)
        name = DataLabel(detail.name[:300], "title", object_name="contacts.detail.name")
        line.addWidget(name)
        prospect = detail.draft.kind == "prospect"
        line.addWidget(Chip(kind_word(detail.draft.kind), "info" if prospect else "ok"))
        commercial = detail.draft.segment == "commercial"
        line.addWidget(Chip(self.tr("Commercial") if commercial else self.tr("Residential")))
        line.addStretch(1)
        words.addLayout(line)
        words.addWidget(DataLabel(self._sentence(detail), "body", "text2"))
        row.addLayout(words, 1)
        return row

    def _sentence(self, detail: ContactDetail) -> str:
        month = from_ms(detail.created_at, self.ctx.zone()).date()
        since = i18n.day(month, "MMMM yyyy")
        if detail.draft.kind == "prospect":
            first = self.tr("Here since {month}").format(month=since)
        else:
            first = self.tr("Customer since {month}").format(month=since)
        source = detail.draft.source[:80]
        found = self.tr("found through: {source}").format(source=source) if source else ""
        company = detail.draft.company if detail.draft.company != detail.name else ""
        return i18n.joined([company[:80], first, found, ", ".join(detail.draft.tags)[:120]])

    def _actions(self, detail: ContactDetail) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        visit = PrimaryButton(
            self.tr("New appointment"),
            "calendar-plus",
            tooltip=self.tr("Plan a visit for this contact (Ctrl+Shift+A)"),
            object_name="contacts.detail.appointment",
        )
        visit.clicked.connect(self.new_appointment)
        invoice = PlainButton(
            self.tr("New invoice"),
            "receipt",
            tooltip=self.tr("Write an invoice for this contact (Ctrl+Shift+I)"),
            object_name="contacts.detail.invoice",
        )
        invoice.clicked.connect(self.new_invoice)
        edit = IconButton(
            "pencil-simple",
            self.tr("Edit contact"),
            object_name="contacts.detail.edit",
            shortcut="Ctrl+E",
        )
        edit.clicked.connect(lambda *_: self.editRequested.emit(detail.id, ""))
        more = IconButton(
            "dots-three", self.tr("More for this contact"), object_name="contacts.detail.more"
        )
        menu = QMenu(more)
        menu.addAction(
            self.tr("Add location"), lambda: self.editRequested.emit(detail.id, "location")
        )
        menu.addSeparator()
        menu.addAction(self.tr("Delete contact"), lambda: self.deleteRequested.emit(detail.id))
        more.clicked.connect(lambda *_: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        row.addWidget(visit)
        row.addWidget(invoice)
        row.addStretch(1)
        row.addWidget(edit)
        row.addWidget(more)
        return row

    def _places_head(self, detail: ContactDetail) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(DataLabel(self.tr("Locations"), "heading"))
        row.addStretch(1)
        add = LinkButton(self.tr("Add location"), object_name="contacts.detail.add_location")
        add.clicked.connect(lambda *_: self.editRequested.emit(detail.id, "location"))
        row.addWidget(add)
        return row

    # what the page may call

    def new_appointment(self) -> None:
        """Plan a visit for the contact that is shown."""
        if self._contact_id is not None:
            self.ctx.navigate(Target("schedule", "new", self._contact_id, "contact"))

    def new_invoice(self) -> None:
        """Write an invoice for the contact that is shown."""
        if self._contact_id is not None:
            self.ctx.navigate(Target("billing", "new", self._contact_id, "contact"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        if event.key() in steps and not event.modifiers():
            self.stepRequested.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _on_timeline_opened(self, kind: str, row_id: int) -> None:
        if kind == "invoice":
            self.ctx.navigate(Target("billing", "invoice", row_id))
        else:
            self.ctx.navigate(Target("schedule", "appointment", row_id))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self._contact_id is None:
            return
        mine = self._contact_id in changes.ids("contacts") or "contacts" in changes.bulk
        if mine or changes.touches(*_EVENTS):
            self.show_contact(self._contact_id)
