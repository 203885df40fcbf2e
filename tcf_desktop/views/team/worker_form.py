"""The form of a person who works here: who, crews by date, pay, hours, days off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import WorkerDraft
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import WorkerForm as Stored
from tcf_desktop.services.queries.team_records import worker_form
from tcf_desktop.views.common import (
    Card,
    DataLabel,
    FormField,
    LineEdit,
    MoneyEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    Switch,
    TextArea,
    hairline,
)
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.hours import OffEditor, WeekEditor
from tcf_desktop.views.common.suggest import EditableCombo
from tcf_desktop.views.context import NoticeAction
from tcf_desktop.views.team.crew_colors import ColorPicker
from tcf_desktop.views.team.worker_stays import StaysEditor

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_NAME = "team.person_form"
_TWO_COLUMNS = 1000


class WorkerForm(Surface):
    """``finished`` with the person's id, or 0 when it was left; ``comeBack`` with the id (None for
    a new person) and what was typed. Ctrl+Enter saves, Esc leaves."""

    finished = Signal(int)
    shown = Signal()
    comeBack = Signal(object, object)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.worker_id: int | None = None
        self._before: WorkerDraft | None = None
        self._columns = 0
        self.cards = (self._who(), self._work(), self._hours(), self._off())
        self.trouble = Notice("", "bad", "warning")
        self.trouble.setObjectName(f"{_NAME}.trouble")
        self.trouble.hide()
        self._lay_out()
        theme().changed.connect(self._fit)

    # building

    def _who(self) -> Card:
        self.name = _line("name")
        self.name_field = FormField(self.tr("Name"), self.name)
        self.name.returnPressed.connect(self.submit)
        self.phone = _line("phone")
        self.email = _line("email")
        self.language = EditableCombo(
            [self.tr("English"), self.tr("Spanish"), self.tr("German"), self.tr("French")],
            object_name=f"{_NAME}.language",
        )
        typed = self.language.lineEdit()
        if typed is not None:
            typed.setAccessibleName(self.tr("Language"))
        self.color = ColorPicker(f"{_NAME}.color")
        self.note = TextArea(lines=3, object_name=f"{_NAME}.note")
        card = Card(self.tr("Person"))
        card.body.setSpacing(12)
        card.body.addWidget(self.name_field)
        card.body.addLayout(
            _two(
                FormField(self.tr("Phone number"), self.phone),
                FormField(self.tr("E-mail"), self.email),
            )
        )
        card.body.addWidget(FormField(self.tr("Language"), self.language))
        card.body.addWidget(
            FormField(
                self.tr("Color"),
                self.color,
                hint=self.tr("Used while the person is in no crew."),
            )
        )
        card.body.addWidget(FormField(self.tr("Note for the office"), self.note))
        card.body.addStretch(1)
        return card

    def _work(self) -> Card:
        today = self.ctx.today
        self.stays = StaysEditor(today, f"{_NAME}.crews")
        self.pay = MoneyEdit(currency=self.ctx.currency(), object_name=f"{_NAME}.pay")
        self.licence = _line("licence")
        self.first = DayField(today, object_name=f"{_NAME}.first")
        self.last = DayField(today, object_name=f"{_NAME}.last")
        self.first.setPlaceholderText(self.tr("always"))
        self.last.setPlaceholderText(self.tr("open"))
        card = Card(self.tr("Work"))
        card.body.setSpacing(12)
        card.body.addWidget(DataLabel(self.tr("Crew"), "caption", "text2", weight=500))
        card.body.addWidget(self.stays)
        card.body.addLayout(
            _two(
                FormField(self.tr("First day"), self.first),
                FormField(self.tr("Last day"), self.last),
            )
        )
        card.body.addWidget(
            FormField(
                self.tr("Pay per hour"),
                self.pay,
                hint=self.tr("Only the office sees it. It stands on no paper of the crew."),
            )
        )
        card.body.addWidget(
            FormField(
                self.tr("Applicator’s licence"),
                self.licence,
                hint=self.tr("It stands in the record of a lawn treatment."),
            )
        )
        card.body.addStretch(1)
        return card

    def _hours(self) -> Card:
        words = self.tr("Own working hours")
        self.own = Switch(words, object_name=f"{_NAME}.own_hours")
        self.own.toggled.connect(self._show_hours)
        self.week = WeekEditor(f"{_NAME}.week")
        self.usual = DataLabel("", color="text2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.own)
        row.addWidget(DataLabel(words), 1)
        card = Card(self.tr("Working hours"))
        card.body.setSpacing(10)
        card.body.addLayout(row)
        card.body.addWidget(self.usual)
        card.body.addWidget(self.week)
        card.body.addStretch(1)
        return card

    def _off(self) -> Card:
        self.off = OffEditor(self.ctx.today, f"{_NAME}.off", self.tr("Add days off"))
        card = Card(self.tr("Days off"))
        card.body.setSpacing(10)
        card.body.addWidget(self.off)
        card.body.addStretch(1)
        return card

    def _lay_out(self) -> None:
        self.pane = ScrollPane("window")
        holder = QWidget()
        holder.setMaximumWidth(1180)
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        centre = QHBoxLayout()
        centre.addWidget(holder, 100)
        centre.addStretch(1)
        self.pane.layout_.addLayout(centre)
        self.pane.layout_.addStretch(1)
        self.delete = PlainButton(
            self.tr("Delete"), "trash", danger=True, object_name=f"{_NAME}.delete"
        )
        self.delete.clicked.connect(self._on_delete_clicked)
        self.save = PrimaryButton(self.tr("Save"), "check", object_name=f"{_NAME}.save")
        self.save.clicked.connect(self.submit)
        cancel = PlainButton(self.tr("Cancel"), object_name=f"{_NAME}.cancel")
        cancel.clicked.connect(self.leave)
        foot = Surface("surface")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        row.addWidget(self.delete)
        row.addWidget(self.trouble, 1)
        row.addStretch(0)
        row.addWidget(cancel)
        row.addWidget(self.save)
        row.setStretch(2, 0)
        self._foot = row
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(hairline())
        column.addWidget(foot)
        self._fit()

    # what the page asks

    def begin(self, worker_id: int | None = None, draft: WorkerDraft | None = None) -> None:
        """Show a person, or an empty form; ``draft`` is what was typed before."""
        self.worker_id = worker_id
        self.say("")
        self.name_field.set_hint("")
        self._fill(WorkerDraft(""), Stored(None, (), ()))
        self._before = self.draft() if worker_id is None else None
        self.delete.setVisible(worker_id is not None)
        self.save.setText(self.tr("Add") if worker_id is None else self.tr("Save"))

        def show(found: Stored) -> None:
            stored = found.draft or WorkerDraft("")
            if worker_id is not None and found.draft is None:
                self.ctx.show_error(AppError("data.gone"))
                self.finished.emit(0)
                return
            if worker_id is None:
                self._offer(found)  # what was typed meanwhile stays
            else:
                self._fill(stored, found)
                self._before = self.draft()
            if draft is not None:
                self._fill(draft, found)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.shown.emit()

        self.ctx.tasks.read(self, lambda r: worker_form(r, worker_id), show)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def title(self) -> str:
        """The name of the person as it is stored."""
        if self.worker_id is None:
            return self.tr("New person")
        return self._before.name if self._before is not None else self.tr("Person")

    def draft(self) -> WorkerDraft:
        """What stands in the form."""
        return WorkerDraft(
            self.name.text(),
            self.phone.text().strip(),
            self.email.text().strip(),
            self.language.words(),
            (self.pay.cents() or None) if self.pay.text().strip() else None,
            self.licence.text().strip(),
            self.note.text(),
            self.color.index(),
            self.first.iso() or None,
            self.last.iso() or None,
            self.stays.stays(),
            (self.week.week() or ()) if self.own.isChecked() else None,
            self.off.off(),
        )

    def leave(self) -> None:
        """Close the form; what was typed can be had back."""
        typed, before, worker_id = self.draft(), self._before, self.worker_id
        self.finished.emit(0)
        if before is not None and typed != before:
            back = NoticeAction(
                self.tr("Go on typing"), lambda: self.comeBack.emit(worker_id, typed)
            )
            self.ctx.notify(self.tr("What you typed was not saved."), action=back)

    def submit(self) -> None:
        """Store what stands here."""
        from tcf_desktop.services.team_records import SaveWorker

        if self.own.isChecked() and self.week.week() is None:
            self.say(self.tr("The working hours cannot be read. Write them like 8:00 AM."))
            return
        words = self.off.trouble()
        if words:
            self.say(words)
            return
        draft = self.draft()
        name = " ".join(draft.name.split())
        new = self.worker_id is None

        def done(worker_id: int) -> None:
            said = self.tr("{name} was added.") if new else self.tr("{name} was changed.")
            self.ctx.notify(said.format(name=name), undo=True)
            self.finished.emit(worker_id)

        if draft == self._before and not new:
            self.finished.emit(self.worker_id or 0)
            return
        self.ctx.tasks.command(self, SaveWorker(self.worker_id, draft), done, self._refused)

    def say(self, text: str) -> None:
        """A remark beside the buttons; empty hides it."""
        self.trouble.setVisible(bool(text))
        if text:
            self.trouble.set_notice(text, "bad", "warning")

    # inside

    def _fill(self, draft: WorkerDraft, found: Stored) -> None:
        self.name.setText(draft.name)
        self.phone.setText(draft.phone)
        self.email.setText(draft.email)
        self.language.set_words(draft.language)
        self.color.set_index(draft.color_index)
        self.note.setText(draft.note)
        self.stays.set_stays(draft.stays, found.crews)
        self.pay.set_cents(draft.pay_cents or 0)
        if draft.pay_cents is None:
            self.pay.clear()
        self.licence.setText(draft.licence)
        self.first.set_iso(draft.active_from or "")
        self.last.set_iso(draft.active_to or "")
        self.own.setChecked(draft.hours is not None)
        self.week.set_week(draft.hours or found.business_week)
        self.off.set_off(draft.off)
        self._show_usual(found)
        self._show_hours(on=draft.hours is not None)

    def _offer(self, found: Stored) -> None:
        """What an empty form proposes."""
        self.stays.set_stays((), found.crews)
        self.week.set_week(found.business_week)
        self._show_usual(found)

    def _show_usual(self, found: Stored) -> None:
        from tcf_desktop.views.common.hours import week_text

        words = self.tr("The hours of the business: {hours}")
        self.usual.setText(words.format(hours=week_text(found.business_week)))

    def _show_hours(self, on: bool) -> None:
        self.week.setVisible(on)
        self.usual.setVisible(not on)

    def _refused(self, error: AppError) -> None:
        text = words_of(error).text()
        if error.code == "team.name_missing":
            self.name_field.set_hint(text, "bad")
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.say(text)

    def _on_delete_clicked(self) -> None:
        from tcf_desktop.services.team_records import DeleteWorker

        if self.worker_id is None:
            return
        name = self.name.text()

        def done(_: None) -> None:
            self.ctx.notify(self.tr("{name} was deleted.").format(name=name), undo=True)
            self.finished.emit(0)

        self.ctx.tasks.command(self, DeleteWorker(self.worker_id), done, self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = 2 if self.width() * 100 >= _TWO_COLUMNS * theme().text_scale else 1
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)


def _line(part: str) -> LineEdit:
    edit = LineEdit(object_name=f"{_NAME}.{part}")
    edit.setMaxLength(10_000)
    return edit


def _two(one: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(one, 1)
    row.addWidget(other, 1)
    return row
