"""The form for a new contact, or to change one. Nothing is written before Save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Place
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.contacts import ContactMatch, doubles_of
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.views.common import (
    DataLabel,
    FormField,
    LineEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
    Surface,
    TextArea,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.tab_order import chain_in_layout_order
from tcf_desktop.views.contacts.form_parts import EntryList, PlaceList

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_WIDTH = 680
_DOUBLES_MS = 250


class ContactForm(Surface):
    """``saved`` gives the id of the contact, ``left`` is Cancel, ``doubleChosen`` opens another."""

    saved = Signal(int)
    left = Signal()
    doubleChosen = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self.setObjectName("contacts.form")
        self._contact_id: int | None = None
        self._stored = ContactDraft()  # what the form does not show stays as it is
        self._untouched: ContactDraft | None = None
        self._double: ContactMatch | None = None
        self._doubles_timer = QTimer(self, singleShot=True, interval=_DOUBLES_MS)
        self._doubles_timer.timeout.connect(self._look_for_doubles)
        self._build()

    # building

    def _build(self) -> None:
        self.heading = DataLabel("", "title", object_name="contacts.form.title")
        self.kind = SegmentedControl(
            [("customer", self.tr("Customer")), ("prospect", self.tr("Prospect"))],
            object_name="contacts.form.kind",
        )
        self.segment = SegmentedControl(
            [("residential", self.tr("Residential")), ("commercial", self.tr("Commercial"))],
            object_name="contacts.form.segment",
        )
        kinds = FlowRow(spacing=12)
        kinds.add(self.kind)
        kinds.add(self.segment)
        self.first = LineEdit(object_name="contacts.form.first_name")
        self.last = LineEdit(object_name="contacts.form.last_name")
        self.company = LineEdit(object_name="contacts.form.company")
        self.source = LineEdit(
            placeholder=self.tr("A neighbor, the website, a yard sign…"),
            object_name="contacts.form.source",
        )
        names = QGridLayout()
        names.setSpacing(10)
        names.addWidget(FormField(self.tr("First name"), self.first), 0, 0)
        names.addWidget(FormField(self.tr("Last name"), self.last), 0, 1)
        names.addWidget(FormField(self.tr("Company"), self.company), 1, 0, 1, 2)
        self.phones = EntryList("phone")
        self.emails = EntryList("email")
        self.places = PlaceList()
        self.note = TextArea(lines=4, object_name="contacts.form.note")
        self.double = Notice("", "warn", "users", self.tr("Open"))
        self.double.actionRequested.connect(self._on_double_action_requested)
        self.double.hide()
        self.problem = Notice("", "bad", "warning-circle")
        self.problem.setObjectName("contacts.form.problem")
        self.problem.hide()
        for edit in (self.first, self.last, self.company):
            edit.textEdited.connect(self._doubles_timer.start)
        self.phones.changed.connect(self._doubles_timer.start)
        self.emails.changed.connect(self._doubles_timer.start)
        inside = QWidget()
        self._inside = inside
        self._limit_width()
        self.ctx.theme.changed.connect(self._limit_width)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.heading)
        column.addWidget(kinds)
        column.addLayout(names)
        column.addWidget(self.double)
        column.addWidget(self.phones)
        column.addWidget(self.emails)
        column.addWidget(self.places)
        column.addWidget(FormField(self.tr("Note for the office"), self.note))
        column.addWidget(FormField(self.tr("Found us through"), self.source))
        self._pane = ScrollPane("window")
        self._pane.layout_.addWidget(inside)
        self._pane.layout_.addStretch(1)
        self._pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._pane, 1)
        outer.addWidget(hairline())
        outer.addWidget(self._foot())
        for rows in (self.phones, self.emails, self.places):
            rows.rowAdded.connect(self._chain_fields)

    def _chain_fields(self) -> None:
        chain_in_layout_order(self)

    def _limit_width(self) -> None:
        self._inside.setMaximumWidth(_WIDTH * self.ctx.theme.text_scale // 100)

    def _foot(self) -> QWidget:
        self.save = PrimaryButton(
            self.tr("Save contact"),
            tooltip=self.tr("Save (Ctrl+Enter)"),
            object_name="contacts.form.save",
        )
        self.save.clicked.connect(self.submit)
        cancel = PlainButton(self.tr("Cancel"), object_name="contacts.form.cancel")
        cancel.clicked.connect(self.left)
        foot = Surface("surface")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.problem, 1)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.save)
        return foot

    # filling

    def start_new(self, draft: ContactDraft | None = None) -> None:
        """An empty form, or one filled with what is known already."""
        self._contact_id = None
        self.heading.setText(self.tr("New contact"))
        self._fill(draft or ContactDraft(places=(Place(),)))
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_edit(self, contact_id: int, focus: str = "") -> None:
        """The stored contact; ``focus`` is "note", "location" or nothing."""
        self._contact_id = contact_id
        found = self.ctx.tasks.read_now(lambda r: next(drafts_of(r, [contact_id]), None))
        if found is None:
            self.ctx.show_error(AppError("data.gone"))
            self.left.emit()
            return
        name = found.draft.shown_as()[:120]
        self.heading.setText(self.tr("Edit {name}").format(name=name))
        self._fill(found.draft)
        if focus == "note":
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus == "location":
            self.places.add().focus_first()
        else:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, draft: ContactDraft) -> None:
        self.kind.set_key(draft.kind)
        self.segment.set_key(draft.segment)
        self.first.setText(draft.first_name)
        self.last.setText(draft.last_name)
        self.company.setText(draft.company)
        self.source.setText(draft.source)
        new = [note.text for note in draft.notes if note.id is None]
        self.note.setText("\n".join(new))
        self.phones.fill([(p.number, p.label, p.id) for p in draft.phones])
        self.emails.fill([(e.address, e.label, e.id) for e in draft.emails])
        self.places.fill(draft.places)
        self._stored = draft
        self._doubles_timer.stop()
        self.double.hide()
        self.problem.hide()
        self.save.setEnabled(True)
        self._pane.verticalScrollBar().setValue(0)
        self._untouched = self.draft()

    @property
    def contact_id(self) -> int | None:
        """The contact that is changed; None for a new one."""
        return self._contact_id

    def take_up(self, draft: ContactDraft, contact_id: int | None) -> None:
        """Show again what was typed and not saved."""
        if contact_id is None:
            self.start_new(draft)
        else:
            self.start_edit(contact_id)
            self._fill(draft)
        self._untouched = ContactDraft()

    def draft(self) -> ContactDraft:
        """What was typed."""
        kind: Literal["customer", "prospect"] = "customer"
        if self.kind.key() == "prospect":
            kind = "prospect"
        segment: Literal["residential", "commercial"] = "residential"
        if self.segment.key() == "commercial":
            segment = "commercial"
        note = self.note.text().strip()
        stored = tuple(entry for entry in self._stored.notes if entry.id is not None)
        return replace(
            self._stored,
            first_name=self.first.text(),
            last_name=self.last.text(),
            company=self.company.text(),
            kind=kind,
            segment=segment,
            phones=self.phones.phones(),
            emails=self.emails.emails(),
            places=self.places.places(),
            notes=(*stored, NoteDraft(note)) if note else stored,
            source=self.source.text(),
        )

    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._untouched is not None and self.draft() != self._untouched

    # saving

    def submit(self) -> None:
        """Save, and say what is missing beside the button."""
        self.save.setEnabled(False)
        self.problem.hide()
        command = SaveContact(self.draft(), self._contact_id)
        self.ctx.tasks.command(self, command, self._on_saved, self._on_save_refused)

    def _on_saved(self, contact_id: int) -> None:
        self.save.setEnabled(True)
        self._untouched = None
        self.saved.emit(contact_id)

    def _on_save_refused(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.problem.set_notice(words_of(error).text(), "bad", "warning-circle")
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    # doubles

    def _look_for_doubles(self) -> None:
        draft, mine = self.draft(), self._contact_id
        self.ctx.tasks.read(self, lambda r: doubles_of(r, draft, mine), self._on_doubles)

    def _on_doubles(self, found: list[ContactMatch]) -> None:
        self._double = found[0] if found else None
        if self._double is not None:
            text = self.tr("Is it this one? {name}").format(name=self._double.name[:80])
            if self._double.sub:
                text = f"{text}, {self._double.sub[:120]}"
            self.double.set_notice(text, "warn", "users", self.tr("Open"))
        self.double.setVisible(self._double is not None)

    def _on_double_action_requested(self) -> None:
        if self._double is not None:
            self.doubleChosen.emit(self._double.id)
