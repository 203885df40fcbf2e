"""The bar below the invoice editor: what is saved, what issuing means, and the two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.common import DataLabel, IconLabel, PlainButton, PrimaryButton, Surface


class EditorFoot(Surface):
    """``issueRequested`` and ``pdfRequested``; the amount due shows while the totals are out of
    sight."""

    issueRequested = Signal()
    pdfRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setMinimumHeight(60)
        self._check = IconLabel("check", "ok", 16)
        self._state = DataLabel("", "body", "text2", object_name="invoice.saved")
        self._hint = DataLabel("", "body", "text2", object_name="invoice.hint")
        self._due = DataLabel("", "body", weight=600, object_name="invoice.footDue")
        self._due.hide()
        self._pdf = PlainButton(self.tr("Save PDF…"), "file-pdf", object_name="invoice.savePdf")
        self._pdf.clicked.connect(self.pdfRequested)
        self.issue = PrimaryButton(
            self.tr("Issue"), "check", tooltip=self.tr("Give it its number (Ctrl+Enter)"),
            object_name="invoice.issue",
        )  # fmt: skip
        self.issue.clicked.connect(self.issueRequested)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(self._check)
        row.addWidget(self._state)
        row.addSpacing(6)
        row.addWidget(self._hint, 1)
        row.addWidget(self._due)
        row.addSpacing(6)
        row.addWidget(self._pdf)
        row.addWidget(self.issue)

    def show_state(
        self, content: EditorContent, *, dirty: bool, saved_at: int | None, zone: str, today: str
    ) -> None:
        """Say how far the draft is stored, or that there is no draft any more."""
        draft = content.detail.is_draft
        self.issue.setVisible(draft)
        self._check.setVisible(not dirty)
        if not draft:
            self._check.set_icon("lock-simple", "text2")
            self._state.setText(self.tr("Issued"))
            self._hint.setText(self.tr("It cannot be edited any more, only credited."))
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
            self.tr(
                "The number (next: {number}) is given when you issue it. After that it cannot be "
                "edited, only credited."
            ).format(number=content.next_number)
        )

    def take_focus(self) -> None:
        """Stand on what can be done with an issued invoice."""
        self._pdf.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_due(self, amount: str, *, on: bool) -> None:
        """The amount due, while it cannot be seen above."""
        self._due.setText(self.tr("Amount due {amount}").format(amount=amount))
        self._due.setVisible(on)
