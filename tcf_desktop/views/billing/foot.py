"""The bar below the invoice editor: what is saved, what issuing means, and the two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.common import DataLabel, IconLabel, PlainButton, PrimaryButton, Surface


class EditorFoot(Surface):
    """``issueRequested`` with whether it goes out at once; the amount due shows while the totals
    are out of sight."""

    issueRequested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setMinimumHeight(60)
        self._busy = False
        self._blocked = ""
        self._check = IconLabel("check", "ok", 16)
        self._state = DataLabel("", "body", "text2", object_name="invoice.saved")
        self._hint = DataLabel("", "body", "text2", object_name="invoice.hint")
        self._due = DataLabel("", "body", weight=600, object_name="invoice.footDue")
        self._due.hide()
        self.only = PlainButton(self.tr("Issue only"), object_name="invoice.issueOnly")
        self.only.clicked.connect(lambda: self.issueRequested.emit(False))
        self.issue = PrimaryButton(
            self.tr("Issue and queue e-mail"), "paper-plane-tilt", object_name="invoice.issue"
        )
        self.issue.clicked.connect(lambda: self.issueRequested.emit(True))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(self._check)
        row.addWidget(self._state)
        row.addSpacing(6)
        row.addWidget(self._hint, 1)
        row.addWidget(self._due)
        row.addSpacing(6)
        row.addWidget(self.only)
        row.addWidget(self.issue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room what can be done comes before what is told."""
        super().resizeEvent(event)
        width = event.size().width()
        self._hint.setVisible(width >= theme().scaled(720))
        self._state.setVisible(width >= theme().scaled(640))

    def show_state(
        self,
        content: EditorContent,
        *,
        dirty: bool,
        saved_at: int | None,
        zone: str,
        today: str,
        blocked: str,
    ) -> None:
        """Say how far the draft is stored and why it cannot be issued (``blocked``), or that there
        is no draft any more."""
        draft = content.detail.is_draft
        for button in (self.only, self.issue):
            button.setVisible(draft)
        self._check.setVisible(not dirty)
        if not draft:
            self._check.set_icon("lock-simple", "text2")
            self._state.setText(self.tr("Issued"))
            self._hint.setText(self.tr("It cannot be edited any more, only credited or voided."))
            return
        self._check.set_icon("check", "ok")
        if dirty:
            self._state.setText(self.tr("Saving…"))
        elif saved_at is not None:
            when = from_ms(saved_at, zone)
            same_day = when.date().isoformat() == today
            time = i18n.clock_time(when) if same_day else i18n.day(when.date())
            self._state.setText(self.tr("Draft saved {time}").format(time=time))
        self._hint.setText(
            blocked
            or self.tr(
                "The number (next: {number}) is given when you issue it. After that it cannot be "
                "edited, only credited."
            ).format(number=content.next_number)
        )
        self._show_buttons(content.mail, blocked)

    def _show_buttons(self, mail: str, blocked: str) -> None:
        self._blocked = blocked
        if mail:
            self.issue.setText(self.tr("Issue and queue e-mail"))
            self.issue.set_icon("paper-plane-tilt")
            tip = self.tr("Give it its number and prepare an e-mail to {mail} (Ctrl+Enter)")
            self.issue.setToolTip(blocked or tip.format(mail=mail))
        else:
            self.issue.setText(self.tr("Issue and print"))
            self.issue.set_icon("printer")
            self.issue.setToolTip(
                blocked or self.tr("Give it its number and print it (Ctrl+Enter)")
            )
        self.only.setToolTip(blocked or self.tr("Give it its number"))
        self.set_busy(self._busy)

    def set_busy(self, busy: bool) -> None:
        """While it is being issued it cannot be issued again."""
        self._busy = busy
        for button in (self.only, self.issue):
            button.setEnabled(not busy and not self._blocked)

    @property
    def blocked(self) -> str:
        """Why the draft cannot be issued as it stands; empty when it can."""
        return self._blocked

    @property
    def is_busy(self) -> bool:
        return self._busy

    def take_focus(self) -> None:
        """Stand where nothing can be changed any more."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_due(self, label: str, amount: str, *, on: bool) -> None:
        """The last row of the figures, while it cannot be seen above."""
        self._due.setText(self.tr("{label} {amount}").format(label=label, amount=amount))
        self._due.setVisible(on)
