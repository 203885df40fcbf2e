"""The form for a new contact, or to change one. Nothing is written before Save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contact_line import draft_of
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.contact_form import form_choices, used_words
from tcf_desktop.services.queries.duplicates import look_alikes
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
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.tab_order import chain_in_layout_order
from tcf_desktop.views.contacts.doubles_pane import DoublesPane
from tcf_desktop.views.contacts.doubts import email_doubt, phone_doubt
from tcf_desktop.views.contacts.form_more import MoreFacts
from tcf_desktop.views.contacts.form_note import NewNote
from tcf_desktop.views.contacts.form_parts import EntryList
from tcf_desktop.views.contacts.form_places import PlaceList

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
        names = QGridLayout()
        names.setSpacing(10)
        names.addWidget(FormField(self.tr("First name"), self.first), 0, 0)
        names.addWidget(FormField(self.tr("Last name"), self.last), 0, 1)
        names.addWidget(FormField(self.tr("Company"), self.company), 1, 0, 1, 2)
        country = self.ctx.country()
        self.phones = EntryList("phone", lambda number: phone_doubt(number, country))
        self.emails = EntryList("email", email_doubt)
        self.places = PlaceList()
        self.new_note = NewNote()
        self.note = self.new_note.text
        self.more = MoreFacts(self.ctx.today)
        self.doubles = DoublesPane()
        self.doubles.chosen.connect(self.doubleChosen)
        self.problem = Notice("", "bad", "warning-circle")
        self.problem.setObjectName("contacts.form.problem")
        self.problem.hide()
        for edit in (self.first, self.last, self.company):
            edit.textEdited.connect(self._doubles_timer.start)
        self.phones.changed.connect(self._doubles_timer.start)
        self.emails.changed.connect(self._doubles_timer.start)
        self.places.addressEdited.connect(self._doubles_timer.start)
        inside = QWidget()
        self._inside = inside
        self._limit_width()
        self.ctx.theme.changed.connect(self._limit_width)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.heading)
        column.addWidget(self._line_field())
        column.addWidget(kinds)
        column.addLayout(names)
        column.addWidget(self.doubles)
        column.addWidget(self.phones)
        column.addWidget(self.emails)
        column.addWidget(self.places)
        column.addWidget(self.new_note)
        column.addWidget(self.more)
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
        self.more.rowsChanged.connect(self._chain_fields)

    def _line_field(self) -> FormField:
        self.line = LineEdit(
            placeholder=self.tr("Jane Olson 605 555 0138 2416 S Prairie"),
            object_name="contacts.form.line",
        )
        self.line.textEdited.connect(self._on_line_edited)
        hint = self.tr("It fills the fields below, for you to correct. Enter goes on.")
        self.line_field = FormField(self.tr("Everything in one line"), self.line, hint=hint)
        return self.line_field

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
        self.line_field.setVisible(draft is None)
        start = self.line if draft is None else self.first
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_edit(self, contact_id: int, focus: str = "") -> None:
        """The stored contact; ``focus`` is "note", "location", "phone", "more" or nothing."""
        self._contact_id = contact_id
        found = self.ctx.tasks.read_now(lambda r: next(drafts_of(r, [contact_id]), None))
        if found is None:
            self.ctx.show_error(AppError("data.gone"))
            self.left.emit()
            return
        name = found.draft.shown_as()[:120]
        self.heading.setText(self.tr("Edit {name}").format(name=name))
        self._fill(found.draft)
        self.line_field.hide()
        if focus == "note":
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus == "location":
            place = self.places.add()
            place.focus_first()
            QTimer.singleShot(0, place, lambda: self._pane.ensureWidgetVisible(place))
        elif focus == "phone":
            self.phones.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif focus == "more":
            self.more.set_open(True)
            self._go_to(self.more.tags)
        else:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, draft: ContactDraft) -> None:
        self.kind.set_key(draft.kind)
        self.segment.set_key(draft.segment)
        self.first.setText(draft.first_name)
        self.last.setText(draft.last_name)
        self.company.setText(draft.company)
        self.line.clear()
        new = [note for note in draft.notes if note.id is None]
        self.new_note.fill("\n".join(note.text for note in new), new[0].visibility if new else None)
        self.phones.fill([(p.number, p.label, p.id) for p in draft.phones])
        self.emails.fill([(e.address, e.label, e.id) for e in draft.emails])
        choices = self.ctx.tasks.read_now(form_choices)
        self.places.fill(draft.places, choices)
        self.more.fill(draft, choices)
        self.ctx.tasks.read(self, used_words, self.more.propose_words)
        self._stored = draft
        self._doubles_timer.stop()
        self.doubles.show_found(())
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
        note = self.new_note.draft()
        stored = tuple(entry for entry in self._stored.notes if entry.id is not None)
        typed = replace(
            self._stored,
            first_name=self.first.text(),
            last_name=self.last.text(),
            company=self.company.text(),
            kind=kind,
            segment=segment,
            phones=self.phones.phones(),
            emails=self.emails.emails(),
            places=self.places.places(),
            notes=stored if note is None else (*stored, note),
        )
        return self.more.into(typed)

    def is_touched(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._untouched is not None and self.draft() != self._untouched

    # saving

    def submit(self) -> None:
        """Save, and say what is missing beside the button."""
        draft = self.draft()
        problem = self._problem() if draft.shown_as().strip() else None
        if problem is not None:
            self._on_save_refused(problem[0])
            self._go_to(problem[1])
            return
        self.save.setEnabled(False)
        self.problem.hide()
        command = SaveContact(draft, self._contact_id)
        self.ctx.tasks.command(self, command, self._on_saved, self._on_save_refused)

    def _on_saved(self, contact_id: int) -> None:
        self.save.setEnabled(True)
        self._untouched = None
        self.saved.emit(contact_id)

    def _on_save_refused(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.problem.set_notice(words_of(error).text(), "bad", "warning-circle")
        self.problem.show()

    def _problem(self) -> tuple[AppError, QWidget] | None:
        """The first thing in the form that cannot be stored, and where it stands."""
        error = self.new_note.problem()
        note = None if error is None else (error, self.new_note.who)
        return self.places.problem() or note or self.more.problem()

    def _go_to(self, widget: QWidget) -> None:
        """Put the focus on a field and bring it into sight."""
        if widget is self.new_note.who:
            self.new_note.who.focus_first()
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        # What was just opened is laid out with the next turn of the event loop.
        QTimer.singleShot(0, widget, lambda: self._pane.ensureWidgetVisible(widget, 0, 60))

    def focusNextPrevChild(self, following: bool) -> bool:
        """Enter and Tab bring the field that they go to into sight."""
        moved = super().focusNextPrevChild(following)
        field = cast("QWidget | None", self.focusWidget())
        if moved and field is not None and self._inside.isAncestorOf(field):
            self._pane.ensureWidgetVisible(field, 0, 60)
        return moved

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

    # one line

    def _on_line_edited(self, text: str) -> None:
        """Put what is understood into the fields that nobody typed into."""
        draft = draft_of(text, self.ctx.country())
        for edit, words in (
            (self.first, draft.first_name),
            (self.last, draft.last_name),
            (self.company, draft.company),
        ):
            if not edit.isModified():
                edit.setText(words)
        if draft.segment == "commercial":
            self.segment.set_key("commercial")
        self.phones.propose([phone.number for phone in draft.phones])
        self.emails.propose([mail.address for mail in draft.emails])
        self.places.propose(draft.places[0] if draft.places else None)
        self._doubles_timer.start()

    # doubles

    def _look_for_doubles(self) -> None:
        draft, mine = self.draft(), self._contact_id
        self.ctx.tasks.read(self, lambda r: look_alikes(r, draft, mine), self.doubles.show_found)
