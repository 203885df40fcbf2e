"""What an issued document says of itself: its state, how it was sent, what settled it, and the
office's own note, which can be changed at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.documents import DocType
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.billing.totals import settled_words
from tcf_desktop.views.common import (
    DataLabel,
    FormField,
    LinkButton,
    Notice,
    Switch,
    TextArea,
)
from tcf_desktop.views.context import Target

_SAVE_MS = 600


def _tr(text: str) -> str:
    return QCoreApplication.translate("IssuedCard", text)


class IssuedCard(QWidget):
    """``targeted`` asks for a document or payment, ``noted`` for the note to be stored."""

    targeted = Signal(object)
    noted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.state = Notice("", "info", "lock-simple")
        self.state.setObjectName("invoice.state")
        self.sent = DataLabel("", "body", "text2", wrap=True, object_name="invoice.sentHow")
        self.steps = QWidget()
        self.steps.setObjectName("invoice.steps")
        self._grid = QGridLayout(self.steps)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.note = TextArea(lines=2, object_name="invoice.ownNote")
        self.hold = Switch(self.tr("Do not remind about this invoice"), object_name="invoice.hold")
        self._hold_row = QWidget()
        row = QHBoxLayout(self._hold_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.hold)
        row.addWidget(DataLabel(self.tr("Do not remind about this invoice"), "body"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.state)
        column.addWidget(self.sent)
        column.addWidget(self.steps)
        self.own = QWidget()  # what can be changed at any time; it stands below the lines
        below = QVBoxLayout(self.own)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(FormField(self.tr("Note for the office"), self.note))
        below.addWidget(self._hold_row)
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._timer.timeout.connect(self.noted)
        self.note.textChanged.connect(self._on_changed)
        self.hold.toggled.connect(self._on_hold_toggled)

    def show_content(self, content: EditorContent, today: str, zone: str) -> None:
        """Show an issued document."""
        detail = content.detail
        self._filling = True
        self.state.set_notice(state_line(detail, today), *_tone(detail, today))
        self.sent.setText(_sent_words(content, zone))
        self._fill_steps(detail)
        if not self.note.hasFocus():
            self.note.setText(detail.internal_note)
        self.hold.setChecked(detail.reminder_hold)
        self._hold_row.setVisible(detail.doc_type != DocType.CREDIT_NOTE)
        self._filling = False

    def pending(self) -> bool:
        """Whether what was typed waits to be stored."""
        return self._timer.isActive()

    def flush(self) -> None:
        """Store what was typed now."""
        if self._timer.isActive():
            self._timer.stop()
            self.noted.emit()

    def _fill_steps(self, detail: InvoiceDetail) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = _steps(detail)
        for number, (words, amount, target) in enumerate(rows):
            self._grid.addWidget(DataLabel(words, "body", "text2"), number, 0)
            self._grid.addWidget(DataLabel(amount, "body", align="right"), number, 1)
            link = LinkButton(self.tr("Show"), object_name=f"invoice.step.{number}")
            link.setAccessibleName(self.tr("Show {what}").format(what=words))
            link.clicked.connect(self._leading(target))
            self._grid.addWidget(link, number, 2, Qt.AlignmentFlag.AlignVCenter)
        self.steps.setVisible(bool(rows))

    def _leading(self, target: Target) -> Callable[[], None]:
        return lambda: self.targeted.emit(target)

    def _on_changed(self) -> None:
        if not self._filling:
            self._timer.start()

    def _on_hold_toggled(self) -> None:
        if not self._filling:
            self._timer.stop()
            self.noted.emit()


def state_line(detail: InvoiceDetail, today: str) -> str:
    """``Issued Jul 14, 2026 · due Aug 13, 2026 · $515.96 open``."""

    def money(cents: int) -> str:
        return i18n.money(abs(cents), detail.currency)

    parts = [_tr("Issued {day}").format(day=i18n.full_day(detail.issued_on or ""))]
    if detail.state == "void":
        voided = _tr("declared void {day}").format(day=i18n.full_day(detail.voided_on or ""))
        return i18n.joined([*parts, voided, detail.void_reason, _tr("nothing is owed")])
    if detail.is_credit_note:
        left = _tr("{amount} of {total} not used yet")
        used = _tr("all of {total} is used")
        words = (left if detail.open_cents else used).format(
            amount=money(detail.open_cents), total=money(detail.total_cents)
        )
        return i18n.joined([*parts, words])
    if detail.state == "credited":
        return i18n.joined([*parts, _tr("credited, nothing is owed")])
    if detail.state == "paid":
        return i18n.joined([*parts, _tr("paid, nothing is open")])
    due = _tr("was due {day}") if _overdue(detail, today) else _tr("due {day}")
    parts.append(due.format(day=i18n.full_day(detail.due_on or "")))
    text = _tr("{open} of {total} is open") if detail.paid_cents else _tr("{open} is open")
    parts.append(text.format(open=money(detail.open_cents), total=money(detail.total_cents)))
    return i18n.joined(parts)


def _overdue(detail: InvoiceDetail, today: str) -> bool:
    return detail.overdue(date.fromisoformat(today))


def _tone(detail: InvoiceDetail, today: str) -> tuple[str, str]:
    if _overdue(detail, today):
        return "bad", "warning"
    return {
        "paid": ("ok", "check-circle"),
        "void": ("neutral", "prohibit"),
        "credited": ("neutral", "check-circle"),
    }.get(detail.state, ("info", "lock-simple"))


def _sent_words(content: EditorContent, zone: str) -> str:
    detail = content.detail
    if detail.state == "void":
        return ""
    if detail.sent_at is not None:
        how = {
            "email": _tr("Sent by e-mail"),
            "print": _tr("Printed"),
            "post": _tr("Sent by post"),
            "hand": _tr("Handed over"),
        }.get(detail.sent_how, _tr("Sent"))
        when = from_ms(detail.sent_at, zone)
        day, time = i18n.full_day(when.date()), i18n.clock_time(when)
        return _tr("{how} {day}, {time}.").format(how=how, day=day, time=time)
    if content.waiting_mail:
        text = _tr("Not sent yet: an e-mail to {mail} waits under Messages.")
        return text.format(mail=content.waiting_mail)
    return _tr("Not sent yet.")


def _method_words(method: str) -> str:
    return {
        "cash": _tr("cash"),
        "cheque": _tr("check"),
        "card": _tr("card"),
        "transfer": _tr("transfer"),
        "other": _tr("other"),
    }.get(method, method)


def _steps(detail: InvoiceDetail) -> list[tuple[str, str, Target]]:
    """What settled the document and what corrects it: words, amount, where it is found."""

    def money(cents: int) -> str:
        return i18n.money(cents, detail.currency)

    rows = []
    for step in detail.settled:
        words = i18n.joined([settled_words(step), _method_words(step.method), step.reference])
        if step.document_id is not None:
            target = Target("billing", "invoice", step.document_id)
        else:
            target = Target("billing", "payment", step.payment_id)
        rows.append((words, money(step.cents), target))
    known = {step.document_id for step in detail.settled}
    for note in detail.credit_notes:
        if note.id not in known:
            words = _tr("Credit note {number}, {day}").format(
                number=note.number, day=i18n.day(note.issued_on)
            )
            rows.append((words, money(note.total_cents), Target("billing", "invoice", note.id)))
    return rows
