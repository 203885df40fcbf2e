"""A customer is not content: what is wrong, and when somebody comes again for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain import appointments as rules
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.complaints import CallBack
from tcf_desktop.services.queries.complaints import Again
from tcf_desktop.services.queries.schedule import CrewRow
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    FormField,
    PlainButton,
    PrimaryButton,
    Surface,
    TextArea,
)
from tcf_desktop.views.schedule.editor_fields import DayEdit, time_edit


class CallBackDialog(QDialog):
    """``answered`` with the words and the :class:`CallBack`, None when nobody comes yet.

    ``words`` are of a complaint that is open already: they stand fast, only the visit is booked.
    """

    answered = Signal(str, object)

    def __init__(
        self,
        name: str,
        about: str,
        again: Again,
        crews: Sequence[CrewRow],
        where: tuple[str, date],
        parent: QWidget | None = None,
        *,
        words: str = "",
    ) -> None:
        """``about`` says which visit; ``where`` is the zone of the business and its today."""
        super().__init__(parent)
        self._again = again
        self._zone = where[0]
        self.setObjectName("call_back")
        title = self.tr("What is {name} not content with?").format(name=name)
        if words:
            title = self.tr("When do you come again to {name}?").format(name=name)
        self.setWindowTitle(title)
        self.text = TextArea(words, lines=4, object_name="call_back.text")
        self.text.setReadOnly(bool(words))
        self.text.setPlaceholderText(self.tr("Streaks on the south side"))
        self.book = QCheckBox(self.tr("Book a free visit"))
        self.book.setObjectName("call_back.book")
        self.book.setChecked(True)
        self.book.setVisible(not words)
        start = rules.parse_local(again.starts_local)
        self.day = DayEdit(start.date(), where[1])
        self.day.setObjectName("call_back.day")
        self.time = time_edit(start.hour * 60 + start.minute, self.tr("Start"))
        self.time.setObjectName("call_back.time")
        self.who = ComboBox(object_name="call_back.who")
        for crew in crews:
            self.who.addItem(crew.name, crew.id)
        self.who.addItem(self.tr("Nobody yet"), None)
        if again.worker_id is not None:
            self.who.insertItem(0, self.tr("The same worker"), ("worker", again.worker_id))
            self.who.setCurrentIndex(0)
        else:
            self.who.select_data(again.crew_id)
        self.go = PrimaryButton("", object_name="call_back.save")
        self.go.setDefault(True)
        self._lay_out(title, about)
        self.setMinimumWidth(460)
        self.text.textChanged.connect(self._show)
        self.book.toggled.connect(lambda _: self._show())
        for field in (self.day, self.time):
            field.textEdited.connect(lambda _: self._show())
        self.go.clicked.connect(lambda *_: self._finish())
        self._show()
        (self.day if words else self.text).setFocus()

    def _lay_out(self, title: str, about: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = Surface("surface")
        outer.addWidget(ground)
        body = QVBoxLayout(ground)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(12)
        body.addWidget(DataLabel(title, "heading", wrap=True))
        body.addWidget(DataLabel(about, "body", "text2", wrap=True))
        body.addWidget(FormField(self.tr("Complaint"), self.text))
        body.addWidget(self.book)
        self.visit = QWidget()
        row = QHBoxLayout(self.visit)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(FormField(self.tr("Day"), self.day), 5)
        row.addWidget(FormField(self.tr("Start"), self.time), 4)
        row.addWidget(FormField(self.tr("Crew or worker"), self.who), 6)
        body.addWidget(self.visit)
        self.note = DataLabel(
            self.tr(
                "The same work at the same place, without a price. The crew reads the complaint."
                " It stays open until the visit is done."
            ),
            "caption", "text2", wrap=True,
        )  # fmt: skip
        body.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        cancel = PlainButton(self.tr("Do not keep"), object_name="call_back.cancel")
        cancel.clicked.connect(self.close)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        body.addLayout(foot)

    def call_back(self) -> CallBack | None:
        """The visit that the fields ask for; None when none is wanted."""
        if not self.book.isChecked():
            return None
        day, minute = self.day.value(), self.time.value()
        assert isinstance(day, date)
        assert isinstance(minute, int)
        start = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
        who = self.who.currentData()
        worker = who[1] if isinstance(who, tuple | list) else None
        return CallBack(
            rules.format_local(start), self._again.minutes, self._zone,
            None if worker is not None else who, worker,
        )  # fmt: skip

    def _show(self) -> None:
        books = self.book.isChecked()
        self.visit.setVisible(books)
        self.note.setVisible(books)
        self.go.setText(self.tr("Book call-back") if books else self.tr("Keep complaint"))
        understood = not books or (self.day.is_understood() and self.time.is_understood())
        self.go.setEnabled(bool(self.text.text().strip()) and understood)

    def _finish(self) -> None:
        if self.go.isEnabled():
            self.answered.emit(self.text.text(), self.call_back())
            self.close()


def about_visit(work: str, starts_local: str) -> str:
    """ "In + out, Mon, Jul 13": which visit a complaint is about."""
    return i18n.joined([work, i18n.weekday_short(starts_local)], ", ")
