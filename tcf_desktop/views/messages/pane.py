"""One message in full: to whom, why, the words to look over, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.itemmodels.message_list import moment, occasion_words, state_of, way_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.messages import MessageRow, UntoldRow
from tcf_desktop.views.common import (
    Chip,
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    TextArea,
)
from tcf_desktop.views.common.flow import FlowRow

if TYPE_CHECKING:
    from tcf_desktop.domain.told import Way
    from tcf_desktop.views.context import ViewContext

WIDTH = 376
_CAN_BE_SUBJECT = ("email", "post")


class MessagePane(ScrollPane):
    """Shows one row. ``commandRequested``: write told told_phone copy visit contact discard;
    ``edited`` when a field was left with other words."""

    commandRequested = Signal(str)
    edited = Signal(object, str, str, str, str)  # row, way, address, subject, body

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.ctx = ctx
        self.setObjectName("messages.pane")
        self.layout_.setContentsMargins(20, 16, 20, 20)
        self._row: MessageRow | UntoldRow | None = None
        self._build()
        self.show_row(None)

    def _build(self) -> None:
        self.name = DataLabel("", "subtitle", wrap=True, object_name="messages.pane.name")
        self.chips = FlowRow()
        self.chip = Chip("", "info")
        self.chip.setObjectName("messages.pane.state")
        self.chips.add(self.chip)
        self.why = DataLabel("", "body", "text2", wrap=True, object_name="messages.pane.why")
        self.stale = Notice("", "warn", "warning", self.tr("Write anew"))
        self.stale.setObjectName("messages.pane.stale")
        self.stale.actionRequested.connect(lambda: self.commandRequested.emit("write"))
        self.way = ComboBox(object_name="messages.pane.way")
        for key, text in way_words().items():
            self.way.addItem(text, key)
        self.address = LineEdit(object_name="messages.pane.address")
        self.subject = LineEdit(object_name="messages.pane.subject")
        self.body = TextArea(lines=11, object_name="messages.pane.body")
        self.way_field = FormField(self.tr("How"), self.way)
        self.address_field = FormField(self.tr("To"), self.address)
        self.subject_field = FormField(self.tr("Subject"), self.subject)
        self.body_field = FormField(self.tr("Words"), self.body)
        self.way.activated.connect(lambda _: self._on_way_chosen())
        for field in (self.address, self.subject, self.body):
            field.editingFinished.connect(self.keep)
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.way_field, self.address_field, self.subject_field, self.body_field):
            column.addWidget(part)
        self.note = DataLabel(
            self.tr("Nothing is sent by itself. Copy the words or call, then mark it as told."),
            "caption", "text2", wrap=True,
        )  # fmt: skip
        self.buttons = FlowRow()
        self._buttons = {
            "write": self._button(PrimaryButton, self.tr("Write a message"), "write", "W"),
            "told": self._button(PrimaryButton, self.tr("Has been told"), "told", "T"),
            "told_phone": self._button(PlainButton, self.tr("Told by phone"), "told_phone", "P"),
            "copy": self._button(PlainButton, self.tr("Copy the words"), "copy", "C"),
            "visit": self._button(PlainButton, self.tr("Show visit"), "visit", self.tr("Enter")),
            "contact": self._button(PlainButton, self.tr("Show customer"), "contact", ""),
            "discard": self._button(PlainButton, self.tr("Discard"), "discard", self.tr("Del")),
        }
        box = self.layout_
        for widget in (self.name, self.chips, self.why, self.stale, self.form, self.note,
                       self.buttons):  # fmt: skip
            box.addWidget(widget)
        box.addStretch(1)

    def _button(
        self, kind: type[PrimaryButton] | type[PlainButton], text: str, command: str, key: str
    ) -> PrimaryButton | PlainButton:
        tip = f"{text} ({key})" if key else text
        button = kind(text, tooltip=tip, object_name=f"messages.pane.{command}")
        button.clicked.connect(lambda *_: self._ask(command))
        self.buttons.add(button)
        return button

    def _ask(self, command: str) -> None:
        self.keep()
        self.commandRequested.emit(command)

    # showing

    def show_row(self, row: MessageRow | UntoldRow | None) -> None:
        """One row, or nothing."""
        if row == self._row and row is not None:
            return
        same = (
            isinstance(row, MessageRow)
            and isinstance(self._row, MessageRow)
            and row.id == self._row.id
        )
        typed = same and self.isAncestorOf(self.window().focusWidget())
        self._row = row
        self.content.setVisible(row is not None)
        if row is None:
            return
        self.name.setText(row.name)
        if isinstance(row, UntoldRow):
            self._show_untold(row)
        else:
            self._show_message(row, keep_fields=typed)

    def _show_message(self, row: MessageRow, *, keep_fields: bool) -> None:
        waiting = row.state == "waiting"
        words, tone = state_of(row, self.ctx.zone())
        self.chip.set_state(words, tone)
        why = occasion_words().get(row.occasion, row.occasion)
        self.why.setText(i18n.joined([why, row.work, moment(row.starts_local)]))
        self.stale.setVisible(waiting and not row.fits)
        if not row.fits:
            self.stale.label.setText(self._what_changed(row))
        self.form.show()
        if not keep_fields:
            self.way.select_data(row.channel)
            self.address.setText(row.address)
            self.subject.setText(row.subject)
            self.body.setText(row.body)
        for field in (self.address, self.subject, self.body):
            field.setReadOnly(not waiting)
        self.way.setEnabled(waiting)
        self._show_subject()
        self.note.setVisible(waiting)
        has_visit = bool(row.starts_local)
        shown = {"told", "told_phone", "discard"} if waiting else set()
        shown |= {"copy", "contact"} | ({"visit"} if has_visit else set())
        self._show_buttons(shown)

    def _show_untold(self, row: UntoldRow) -> None:
        self.chip.set_state(self.tr("Not told"), "warn")
        if row.occasion == "cancelled":
            text = self.tr("The customer expects you on {time}. The visit does not take place.")
            self.why.setText(text.format(time=moment(row.told_local)))
        else:
            text = self.tr("The customer was told {was}. The visit is planned for {now}.")
            was = moment(row.told_local) or self.tr("that nobody comes")
            self.why.setText(text.format(was=was, now=moment(row.starts_local)))
        self.stale.hide()
        self.form.hide()
        self.note.hide()
        self._show_buttons({"write", "told", "visit", "contact"})

    def _show_buttons(self, shown: set[str]) -> None:
        for key, button in self._buttons.items():
            button.setVisible(key in shown)
        self.buttons.updateGeometry()

    def _what_changed(self, row: MessageRow) -> str:
        if not row.starts_local:
            return self.tr("The visit was deleted since these words were written.")
        if row.appointment_state in ("cancelled", "no_show"):
            return self.tr("The visit was cancelled since these words were written.")
        text = self.tr("The visit is planned for {time} now.")
        return text.format(time=moment(row.starts_local))

    # editing

    def keep(self) -> None:
        """Save what was typed, when it differs."""
        row = self._row
        if not isinstance(row, MessageRow) or row.state != "waiting":
            return
        way = cast("Way", self.way.currentData())
        values = (way, self.address.text(), self.subject.text(), self.body.text())
        if values != (row.channel, row.address, row.subject, row.body):
            self.edited.emit(row, *values)

    def edit(self) -> None:
        """Put the focus into the words."""
        if self.form.isVisible() and not self.body.isReadOnly():
            self.body.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_way_chosen(self) -> None:
        self._show_subject()
        self.keep()

    def _show_subject(self) -> None:
        self.subject_field.setVisible(self.way.currentData() in _CAN_BE_SUBJECT)
