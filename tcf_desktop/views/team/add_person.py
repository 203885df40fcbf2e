"""A person who works here: name and crew, in a card over the Team page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.team import CrewName, crew_names
from tcf_desktop.services.timesheets import AddWorker
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    FormField,
    LineEdit,
    PlainButton,
    PrimaryButton,
    Surface,
)

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class AddPerson(Surface):
    """``finished`` with the new worker's id, or 0 when it was left."""

    finished = Signal(int)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.name = LineEdit(object_name="team.person_form.name")
        self.name.setMaxLength(10_000)
        self.name_field = FormField(self.tr("Name"), self.name)
        self.crew = ComboBox(object_name="team.person_form.crew")
        self.phone = LineEdit(object_name="team.person_form.phone")
        self.phone.setMaxLength(10_000)
        self.save = PrimaryButton(self.tr("Add"), "plus", object_name="team.person_form.save")
        self.save.clicked.connect(self._on_save_clicked)
        self.name.returnPressed.connect(self._on_save_clicked)
        cancel = PlainButton(self.tr("Cancel"), object_name="team.person_form.cancel")
        cancel.clicked.connect(lambda: self.finished.emit(0))
        card = Card(self.tr("New person"))
        card.body.setSpacing(12)
        card.setMaximumWidth(460)
        card.setMinimumWidth(320)
        card.body.addWidget(self.name_field)
        card.body.addWidget(FormField(self.tr("Crew"), self.crew))
        card.body.addWidget(FormField(self.tr("Phone number"), self.phone))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        card.body.addLayout(buttons)
        row = QHBoxLayout()
        row.addWidget(card, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addLayout(row)
        column.addStretch(1)

    def begin(self) -> None:
        """An empty form."""
        self.name.clear()
        self.phone.clear()
        self.name_field.set_hint("")
        self.ctx.tasks.read(self, crew_names, self._show_crews)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit(0)
        else:
            super().keyPressEvent(event)

    def _show_crews(self, crews: list[CrewName]) -> None:
        self.crew.clear()
        self.crew.addItem(self.tr("No crew"), None)
        for crew in crews:
            self.crew.addItem(crew.name, crew.id)

    def _on_save_clicked(self) -> None:
        command = AddWorker(self.name.text(), self.crew.currentData(), self.phone.text())
        name = " ".join(self.name.text().split())

        def done(worker_id: int) -> None:
            self.ctx.notify(self.tr("{name} was added.").format(name=name), undo=True)
            self.finished.emit(worker_id)

        def refused(error: AppError) -> None:
            self.name_field.set_hint(words_of(error).text(), "bad")

        self.ctx.tasks.command(self, command, done, refused)
