"""Whether the customer knows the time: a tick in the editor."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from tcf_desktop.services.appointment_values import AppointmentDraft


class ToldField(QCheckBox):
    """Says what is known; where the time is another it lets go of the tick by itself.

    :meth:`value` is None until somebody clicks, so that a move does not forget what was told.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("The customer knows this time"))
        self.setObjectName("schedule.editor.told")
        self._known = ""
        self._touched = False
        self.clicked.connect(self._on_clicked)

    def show_known(self, told_local: str | None) -> None:
        """The start that he was told, None for none."""
        self._known, self._touched = told_local or "", False
        self.setChecked(bool(told_local))

    def follow(self, draft: AppointmentDraft) -> None:
        """What is in the fields of the editor now."""
        self.setVisible(draft.contact_id is not None)
        if not self._touched:
            self.setChecked(bool(self._known) and self._known == draft.starts_local)

    def value(self) -> bool | None:
        """What was said here; None when nothing was."""
        return self.isChecked() if self._touched else None

    def _on_clicked(self) -> None:
        self._touched = True
