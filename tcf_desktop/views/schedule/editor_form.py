"""The fields of the appointment editor and how they lie; no behaviour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain import appointments as rules
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    FormField,
    IconButton,
    LineEdit,
    LinkButton,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
    Surface,
    Switch,
    hairline,
)
from tcf_desktop.views.schedule.again_field import AgainField
from tcf_desktop.views.schedule.editor_fields import (
    CustomerField,
    DayEdit,
    ServiceLines,
    length_edit,
    time_edit,
)
from tcf_desktop.views.schedule.editor_more import ChecklistFold, LookFold, NotesFold
from tcf_desktop.views.schedule.repeat_field import RepeatField
from tcf_desktop.views.schedule.tell_field import ToldField
from tcf_desktop.views.schedule.wording import kind_words

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

WIDTH = 376


def pane_width() -> int:
    """Width of the editor: 376 at the usual text size, and more for larger text."""
    return max(WIDTH, theme().metrics().horizontalAdvance("0" * 44))


class EditorForm(Surface):
    """Labels above fields, one column, a foot with the two answers."""

    def __init__(
        self,
        ctx: ViewContext,
        crews: tuple[CrewRow, ...],
        workers: tuple[WorkerRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        self.setObjectName("schedule.editor")
        self.ctx = ctx
        self._crews, self._workers = crews, workers
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 8)
        self.heading = DataLabel("", "subtitle", object_name="schedule.editor.heading")
        head.addWidget(self.heading, 1)
        self.close_button = IconButton("x", self.tr("Close"), framed=False, shortcut="Esc",
                           object_name="schedule.editor.close")  # fmt: skip
        head.addWidget(self.close_button)
        outer.addLayout(head)
        outer.addWidget(hairline())
        pane = ScrollPane("surface")
        pane.layout_.setContentsMargins(16, 12, 16, 16)
        pane.layout_.setSpacing(11)
        self._fields(pane.layout_)
        pane.layout_.addStretch(1)
        outer.addWidget(pane, 1)
        outer.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addStretch(1)
        self.cancel = PlainButton(self.tr("Do not keep"), object_name="schedule.editor.cancel")
        self.save = PrimaryButton("", tooltip="Ctrl+Enter", object_name="schedule.editor.save")
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        outer.addLayout(foot)

    def _fields(self, box: QVBoxLayout) -> None:
        words = kind_words()
        self.kind = SegmentedControl(
            [(key, words[key]) for key in rules.KINDS], object_name="schedule.editor.kind"
        )
        box.addWidget(self.kind)
        self.customer = CustomerField(self.ctx)
        self.customer_field = FormField(self.tr("Customer"), self.customer)
        box.addWidget(self.customer_field)
        self.place = _wide_combo("schedule.editor.place")
        self.place_field = FormField(self.tr("Where"), self.place)
        box.addWidget(self.place_field)
        self.title = LineEdit(
            placeholder=self.tr("Inside + out"), object_name="schedule.editor.title"
        )
        self.title_field = FormField(self.tr("What"), self.title)
        box.addWidget(self.title_field)
        self.services = ServiceLines(self.ctx.currency())
        self.services_field = FormField(self.tr("Services and prices"), self.services)
        box.addWidget(self.services_field)
        box.addLayout(self._when_row())
        box.addLayout(self._all_day_row())
        self.who = _wide_combo("schedule.editor.who")
        self._fill_who()
        box.addWidget(FormField(self.tr("Crew or worker"), self.who))
        box.addWidget(self._arrival_row())
        self.told = ToldField()
        box.addWidget(self.told)
        self._warnings(box)
        self.repeat = RepeatField(self.ctx)
        box.addWidget(hairline())
        box.addWidget(self.repeat)
        box.addWidget(hairline())
        self.again = AgainField(self.ctx)
        box.addWidget(self.again)
        self.state = _wide_combo("schedule.editor.state")
        box.addWidget(FormField(self.tr("State"), self.state))
        self.reason = LineEdit(object_name="schedule.editor.reason")
        self.reason_field = FormField(self.tr("Why not"), self.reason)
        box.addWidget(self.reason_field)
        self.checklist = ChecklistFold()
        self.notes = NotesFold()
        self.note = self.notes.office
        self.look = LookFold(self.ctx.zone())
        for fold in (self.checklist, self.notes, self.look):
            box.addWidget(fold)

    def _warnings(self, box: QVBoxLayout) -> None:
        """What speaks against it, and the way to a better time."""
        self.notice = Notice("", "warn", "warning")
        self.notice.setObjectName("schedule.editor.notice")
        self.notice.hide()
        self.find_time = LinkButton(
            self.tr("Find a time…"), "magnifying-glass", object_name="schedule.editor.find_time"
        )
        box.addWidget(self.notice)
        box.addWidget(self.find_time)

    def _arrival_row(self) -> QWidget:
        """What the customer is promised, apart from what is planned."""
        self.arrival = ComboBox(object_name="schedule.editor.arrival")
        self.arrival.addItem(self.tr("No window"), 0)
        for minutes in rules.ARRIVAL_CHOICES[1:]:
            self.arrival.addItem(i18n.minutes_text(minutes), minutes)
        self.arrival_from = time_edit(rules.WORK_FROM, self.tr("Window from"))
        self.arrival_from.setObjectName("schedule.editor.arrival_from")
        self.arrival_from_field = FormField(self.tr("Window from"), self.arrival_from)
        self.arrival_words = DataLabel(
            "", "caption", "text2", wrap=True, object_name="schedule.editor.arrival_words"
        )
        self.arrival_field = QWidget()
        column = QVBoxLayout(self.arrival_field)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(FormField(self.tr("Promised arrival"), self.arrival), 1)
        row.addWidget(self.arrival_from_field, 1)
        column.addLayout(row)
        column.addWidget(self.arrival_words)
        return self.arrival_field

    def _when_row(self) -> QHBoxLayout:
        today = date.fromisoformat(self.ctx.today())
        self.day = DayEdit(today, today)
        self.start = time_edit(rules.WORK_FROM, self.tr("Start"))
        self.length = length_edit(60, self.tr("Length"))
        self.day_field = FormField(self.tr("Day"), self.day)
        self.start_field = FormField(self.tr("Start"), self.start)
        self.length_field = FormField(self.tr("Length"), self.length)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.day_field, 5)
        row.addWidget(self.start_field, 4)
        row.addWidget(self.length_field, 4)
        return row

    def _all_day_row(self) -> QHBoxLayout:
        self.all_day = Switch(self.tr("All day"), object_name="schedule.editor.all_day")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.all_day)
        row.addWidget(DataLabel(self.tr("All day"), "body", "text2"), 1)
        return row

    def _fill_who(self) -> None:
        self.who.addItem(self.tr("Nobody yet"), "")
        for crew in self._crews:
            self.who.addItem(crew.name, f"crew:{crew.id}")
        if self._workers:
            self.who.insertSeparator(self.who.count())
        for worker in self._workers:
            self.who.addItem(worker.name, f"worker:{worker.id}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme().color("buttonLine"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("buttonLine"))
        painter.end()


def _wide_combo(object_name: str) -> ComboBox:
    """A drop-down whose longest text does not widen the form."""
    combo = ComboBox(object_name=object_name)
    combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
