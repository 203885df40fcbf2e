"""Pair a phone: who and which app, the code, and the live check. A page, so nothing is blocked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.phones import PairedPhone, PairPhone, open_pairing
from tcf_desktop.services.queries.phones import LastFix, PhoneRow, last_fix, phone_row
from tcf_desktop.services.queries.team import WorkerName, worker_names
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FormField,
    IconButton,
    IconLabel,
    LineEdit,
    LinkButton,
    Notice,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
)
from tcf_desktop.views.team.qr_code import QrCode
from tcf_desktop.views.team.receiver import receiver

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tcf_desktop.views.context import ViewContext

CODE_SECONDS = 600
_NARROW = 940


class PairingView(ScrollPane):
    """``finished`` when the user is done or leaves."""

    finished = Signal()
    addRequested = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.setObjectName("team.pair")
        self._phone: PairedPhone | None = None
        self._seconds = 0
        self.receiver = receiver(ctx)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        for card in (self._make_person(), self._make_code(), self._make_check()):
            card.body.addStretch(1)
            self._columns.addWidget(card, 1)
        self.layout_.addLayout(self._columns)
        self.layout_.addStretch(1)
        self.receiver.changed.connect(self._show_state)
        ctx.bus.committed.connect(self._on_bus_committed)
        self._show_state()

    # the three cards

    def _make_person(self) -> Card:
        card = Card(self.tr("1  Person and app"), object_name="team.pair.person_card")
        card.body.setSpacing(12)
        self.person = ComboBox(object_name="team.pair.person")
        card.body.addWidget(FormField(self.tr("Whose phone"), self.person))
        self.add = LinkButton(self.tr("Add a person…"), "user-plus", object_name="team.pair.add")
        self.add.clicked.connect(self.addRequested)
        card.body.addWidget(self.add)
        card.body.addWidget(DataLabel(self.tr("App"), "caption", "text2", weight=500))
        self.app = SegmentedControl(
            [
                ("overland", self.tr("iPhone: Overland")),
                ("owntracks", self.tr("Android: OwnTracks")),
            ],
            object_name="team.pair.app",
        )
        self.app.setAccessibleName(self.tr("App"))
        self.app.chosen.connect(self._show_advice)
        card.body.addWidget(self.app)
        self.advice = DataLabel("", "caption", "text2", wrap=True)
        card.body.addWidget(self.advice)
        self.show_code = PrimaryButton(
            self.tr("Show the code"), "qr-code", object_name="team.pair.show"
        )
        self.show_code.clicked.connect(self._on_show_code_clicked)
        card.body.addWidget(self.show_code)
        self.problem = Notice("", "warn", "warning")
        self.problem.hide()
        self.problem.actionRequested.connect(lambda: self.receiver.set_on(True))
        card.body.addWidget(self.problem)
        self._show_advice(self.app.key())
        return card

    def _make_code(self) -> Card:
        card = Card(self.tr("2  Scan with the phone’s camera"), object_name="team.pair.code_card")
        card.body.setSpacing(12)
        self.qr = QrCode()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.qr)
        row.addStretch(1)
        card.body.addLayout(row)
        self.valid = DataLabel("", "caption", "text2", object_name="team.pair.valid")
        self.renew = LinkButton(self.tr("New code"), object_name="team.pair.renew", style="caption")
        self.renew.clicked.connect(self._offer)
        line = QHBoxLayout()
        line.addWidget(self.valid, 1)
        line.addWidget(self.renew)
        card.body.addLayout(line)
        self.page_link = _CopyLine(self.tr("The same as a link"), "team.pair.link")
        self.address = _CopyLine(self.tr("By hand: the address for the app"), "team.pair.address")
        card.body.addWidget(self.page_link)
        card.body.addWidget(self.address)
        self._code_parts: list[QWidget] = [self.valid, self.renew, self.page_link, self.address]
        return card

    def _make_check(self) -> Card:
        card = Card(self.tr("3  Live check"), object_name="team.pair.check_card")
        card.body.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.check_icon = IconLabel("hourglass-medium", "text3", 20)
        self.check = DataLabel("", "body", "text", wrap=True, object_name="team.pair.check")
        row.addWidget(self.check_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.check, 1)
        card.body.addLayout(row)
        self.help = DataLabel("", "caption", "text2", wrap=True)
        card.body.addWidget(self.help)
        self.finish = PrimaryButton(self.tr("Finish"), "check", object_name="team.pair.finish")
        self.finish.clicked.connect(self.leave)
        self.finish.hide()
        card.body.addWidget(self.finish)
        return card

    # what the page asks

    def begin(self, worker_id: int | None = None) -> None:
        """Start afresh, for a person or for whoever is chosen."""
        self._forget()
        self.ctx.tasks.read(self, worker_names, partial(self._show_people, chosen=worker_id))
        self._show_state()

    def leave(self) -> None:
        """End the offer and go back; a phone that was not heard stays paired."""
        self._forget()
        self.finished.emit()

    def phone(self) -> PairedPhone | None:
        """The phone that is being paired."""
        return self._phone

    # inside

    def _show_people(self, people: list[WorkerName], chosen: int | None) -> None:
        before = chosen if chosen is not None else self.person.currentData()
        self.person.clear()
        for person in people:
            self.person.addItem(person.name, person.id)
        self.person.select_data(before)
        self._show_state()

    def _show_advice(self, app: str) -> None:
        self.advice.setText(
            self.tr(
                "Overland is free in the App Store. It keeps every position until this computer "
                "has it, also for days."
            )
            if app == "overland"
            else self.tr(
                "OwnTracks is free in Google Play and F-Droid. It keeps positions until the phone "
                "is back in the office’s Wi-Fi. Leave its encryption off."
            )
        )

    def _show_state(self) -> None:
        waiting = self._phone is not None
        self.person.setEnabled(not waiting)
        self.app.setEnabled(not waiting)
        self.show_code.setEnabled(self.person.count() > 0 and not waiting and self.receiver.is_on)
        self.show_code.setToolTip(
            "" if self.receiver.is_on else self.tr("Switch “Receive from phones” on first")
        )
        for part in self._code_parts:
            part.setVisible(waiting)
        self.problem.setVisible(not self.receiver.is_on)
        if self.receiver.error is not None:
            self.problem.set_notice(
                words_of(self.receiver.error).text(), "warn", "warning", self.tr("Try again")
            )
        elif not self.receiver.is_on:
            self.problem.set_notice(
                self.tr("This computer does not receive from phones yet."),
                "info", "info", "" if self.receiver.busy else self.tr("Switch on"),
            )  # fmt: skip
        if not waiting:
            self.qr.set_text("")
            self.check_icon.set_icon("hourglass-medium", "text3")
            self.check.setText(self.tr("Starts when the code is shown."))
            self.help.setText("")

    def _on_show_code_clicked(self) -> None:
        worker_id = self.person.currentData()
        if isinstance(worker_id, int):
            command = PairPhone(worker_id, self.app.key())
            self.ctx.tasks.command(self, command, self._on_paired)

    def _on_paired(self, phone: PairedPhone) -> None:
        self._phone = phone
        self._offer()
        self._show_state()
        self.check_icon.set_icon("hourglass-medium", "info")
        self.check.setText(self.tr("Waiting for the phone…"))
        self.help.setText(
            self.tr(
                "The phone must be in the same Wi-Fi as this computer. If nothing comes, open "
                "{url}/healthz in the phone’s browser: it must say “ok”. If it does not, the "
                "computer’s firewall blocks the port."
            ).format(url=self.receiver.address.url if self.receiver.address else "")
        )

    def _offer(self) -> None:
        phone, address = self._phone, self.receiver.address
        endpoint = self.ctx.office.ports.phones
        if phone is None or address is None or endpoint is None:
            return
        try:
            link = open_pairing(self.ctx.office, phone, address.url, self.ctx.business_name())
        except AppError as error:
            self.ctx.show_error(error)
            return
        self.qr.set_faded(False)
        self.qr.set_text(link)
        self.page_link.set_text(link)
        urls = endpoint.urls(address.url, phone.token)
        self.address.set_text(urls.get(phone.app, ""))
        self._seconds = CODE_SECONDS
        self._second.start()
        self._show_seconds()

    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._second.stop()
            self.qr.set_faded(True)
        self._show_seconds()

    def _show_seconds(self) -> None:
        if self._seconds > 0:
            left = f"{self._seconds // 60}:{self._seconds % 60:02}"
            self.valid.setText(self.tr("Works once, for {time} more").format(time=left))
        else:
            self.valid.setText(self.tr("This code has ended."))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self._phone is not None and changes.touches("phone_states"):
            self._look()
        if changes.touches("workers") and self.isVisible():
            self.ctx.tasks.read(self, worker_names, partial(self._show_people, chosen=None))

    def _look(self) -> None:
        phone = self._phone
        if phone is None:
            return
        self.ctx.tasks.read(
            self, lambda r: (phone_row(r, phone.id), last_fix(r, phone.id)), self._show_heard
        )

    def _show_heard(self, found: tuple[PhoneRow | None, LastFix | None]) -> None:
        row, fix = found
        if row is None or self._phone is None or row.last_heard_at is None:
            return
        if fix is not None:
            if fix.acc_m is None:
                self.check.setText(self.tr("Position received"))
            else:
                self.check.setText(
                    self.tr("Position received, {metres} m accuracy").format(
                        metres=round(fix.acc_m)
                    )
                )
            self.check_icon.set_icon("check-circle", "ok")
            self.help.setText(
                self.tr(
                    "The pairing works. Positions are shown while {name} is clocked in."
                ).format(name=self._phone.worker)
            )
        elif row.unreadable:
            self.check.setText(self.tr("The phone was heard, but its message cannot be read"))
            self.check_icon.set_icon("warning", "warn")
            self.help.setText(self.tr("Switch the encryption off in the app’s settings."))
        else:
            self.check.setText(self.tr("The phone was heard, but sent no position yet"))
            self.check_icon.set_icon("hourglass-medium", "info")
        self.finish.setVisible(fix is not None)

    def _forget(self) -> None:
        endpoint = self.ctx.office.ports.phones
        if self._phone is not None and endpoint is not None:
            endpoint.withdraw(self._phone.id)
        self._phone = None
        self._second.stop()
        self.finish.hide()
        self.page_link.set_text("")
        self.address.set_text("")
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )


class _CopyLine(QWidget):
    """A text that can be read, selected and copied with one click."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__()
        self.edit = LineEdit(object_name=name)
        self.edit.setReadOnly(True)
        self.copy = IconButton("copy", self.tr("Copy"), object_name=f"{name}.copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.edit.text()))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(FormField(label, self.edit), 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    def set_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self.edit.setText(text)
        self.edit.setCursorPosition(0)
