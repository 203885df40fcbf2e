"""When work can be done at a place: a line on its card, and the editor inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import OffDraft
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.working_hours import PlaceHours
from tcf_desktop.views.common import DataLabel, IconLabel, LinkButton, PlainButton, PrimaryButton
from tcf_desktop.views.common.hours import OffEditor, WeekEditor, off_text, week_text
from tcf_desktop.views.contacts.detail_inline_editor import InlineEditor

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_USUAL = tuple((day, 540, 960) for day in range(5))  # what a place that has hours begins with
_SHOWN_OFF = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class PlaceHoursPart(QWidget):
    """The hours in words with a link that opens the editor in their place."""

    def __init__(
        self, ctx: ViewContext, place_id: int, hours: PlaceHours | None, object_name: str
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.place_id = place_id
        self._hours = hours or PlaceHours(None, ())
        self._object_name = object_name
        self.editor: PlaceHoursEditor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        for icon, text in self._lines():
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel(icon, "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(DataLabel(text, wrap=True), 1)
            words.addLayout(row)
        has = self._hours.week is not None or bool(self._hours.off)
        text = _tr("Change opening hours") if has else _tr("Add opening hours")
        self.link = LinkButton(text, object_name=f"{object_name}.edit")
        self.link.clicked.connect(self.open_editor)
        row = QHBoxLayout()
        row.addWidget(self.link)
        row.addStretch(1)
        words.addLayout(row)
        self._column.addWidget(self._words)

    def _lines(self) -> list[tuple[str, str]]:
        lines = []
        if self._hours.week is not None:
            words = _tr("Open only {hours}").format(hours=week_text(self._hours.week))
            lines.append(("clock", words))
        today = self.ctx.today()
        for off in [off for off in self._hours.off if off.last_on >= today][:_SHOWN_OFF]:
            words = _tr("Closed {days}").format(days=off_text(off))
            lines.append(("calendar-x", f"{words}: {off.reason}" if off.reason else words))
        return lines

    def open_editor(self) -> None:
        """Edit the hours in their place."""
        self._words.hide()
        self.editor = PlaceHoursEditor(self.ctx, self.place_id, self._hours, self._object_name)
        self.editor.left.connect(self._close)
        self._column.addWidget(self.editor)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._words.show()
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)


class PlaceHoursEditor(InlineEditor):
    """Hours and closed days of one place; ``left`` without keeping, or after it was kept."""

    def __init__(
        self, ctx: ViewContext, place_id: int, hours: PlaceHours, object_name: str
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.place_id = place_id
        self.week = WeekEditor(f"{object_name}.week")
        self.week.set_week(hours.week or _USUAL)
        self.off = OffEditor(ctx.today, f"{object_name}.off", _tr("Add closed days"))
        self.off.set_off(hours.off)
        self.trouble = DataLabel("", "caption", "bad", wrap=True)
        self.trouble.hide()
        always = PlainButton(_tr("Open at any time"), object_name=f"{object_name}.always")
        always.clicked.connect(lambda *_: self._keep(None, self.off.off()))
        always.setVisible(hours.week is not None)
        save = PrimaryButton(_tr("Keep"), object_name=f"{object_name}.save")
        save.clicked.connect(self.submit)
        cancel = PlainButton(_tr("Cancel"), object_name=f"{object_name}.cancel")
        cancel.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(always)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(DataLabel(_tr("Work can be done here only"), "caption", "text2"))
        column.addWidget(self.week)
        column.addWidget(self.off)
        column.addWidget(self.trouble)
        column.addLayout(foot)
        self.setFocusProxy(self.week.first_field())

    def submit(self) -> None:
        week = self.week.week()
        words = self.off.trouble()
        if week is None:
            words = _tr("The hours cannot be read. Write them like 8:00 AM.")
        if words:
            self._say(words)
            return
        self._keep(week, self.off.off())

    def _keep(
        self, week: tuple[tuple[int, int, int], ...] | None, off: tuple[OffDraft, ...]
    ) -> None:
        from tcf_desktop.services.working_hours import SaveLocationHours

        def done(_: None) -> None:
            self.ctx.notify(_tr("Opening hours kept"), undo=True)
            self.left.emit()

        def refused(error: AppError) -> None:
            self._say(words_of(error).text())

        command = SaveLocationHours(self.place_id, week, off)
        self.ctx.tasks.command(self, command, done, refused)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
