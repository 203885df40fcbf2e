"""Making or changing a crew in its card: name, colour, who is in it from which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.team_records import CrewCard, PersonRow
from tcf_desktop.views.common import (
    Card,
    DataLabel,
    FormField,
    LineEdit,
    PlainButton,
    PrimaryButton,
)
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.team.crew_colors import ColorPicker

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class CrewEditor(Card):
    """``saved`` after the database took it, ``left`` without. Ctrl+Enter saves, Esc leaves."""

    saved = Signal()
    left = Signal()

    def __init__(
        self, ctx: ViewContext, crew: CrewCard | None, people: Sequence[PersonRow]
    ) -> None:
        super().__init__(object_name="team.crew_editor")
        self.ctx = ctx
        self._crew = crew
        self._before = set() if crew is None else {row.worker_id for row in crew.members}
        self.name = LineEdit("" if crew is None else crew.name, object_name="team.crew_editor.name")
        self.name.setMaxLength(200)
        self.name.returnPressed.connect(self.submit)
        self.name_field = FormField(self.tr("Name of the crew"), self.name)
        self.color = ColorPicker("team.crew_editor.color")
        self.color.set_index(None if crew is None else crew.color_index)
        self.members = {row.id: self._box(row) for row in people}
        self.since = DayField(ctx.today, object_name="team.crew_editor.since")
        self.since.set_iso(ctx.today())
        self.body.setSpacing(10)
        self.body.addWidget(self.name_field)
        self.body.addWidget(FormField(self.tr("Color"), self.color))
        self.body.addWidget(DataLabel(self.tr("Members"), "caption", "text2", weight=500))
        for box in self.members.values():
            self.body.addWidget(box)
        if not self.members:
            self.body.addWidget(DataLabel(self.tr("Nobody works here yet."), color="text2"))
        self.since_field = FormField(
            self.tr("A change of members holds from"),
            self.since,
            hint=self.tr("Before that day everything stays as it was."),
        )
        self.body.addWidget(self.since_field)
        save = PrimaryButton(
            self.tr("Add") if crew is None else self.tr("Save"), object_name="team.crew_editor.save"
        )
        save.clicked.connect(self.submit)
        cancel = PlainButton(self.tr("Cancel"), object_name="team.crew_editor.cancel")
        cancel.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        self.body.addLayout(foot)

    def _box(self, row: PersonRow) -> QCheckBox:
        words = row.name
        if row.crew and row.id not in self._before:
            words = self.tr("{name} (now {crew})").format(name=row.name, crew=row.crew)
        box = QCheckBox(words.replace("&", "&&"))
        box.setObjectName(f"team.crew_editor.member.{row.id}")
        box.setChecked(row.id in self._before)
        return box

    def submit(self) -> None:
        """Store it."""
        from tcf_desktop.services.team_records import SaveCrew

        if not self.since.is_understood():
            words = self.tr("“{text}” is no date. Write it like 7/14/2027.")
            self.since_field.set_hint(words.format(text=self.since.text()[:40]), "bad")
            return
        members = {ident for ident, box in self.members.items() if box.isChecked()}
        crew_id = None if self._crew is None else self._crew.id
        name = " ".join(self.name.text().split())
        command = SaveCrew(
            crew_id,
            name,
            self.color.index(),
            tuple(sorted(members)) if members != self._before else None,
            self.since.iso() or None,
        )
        said = self.tr("Crew {name} added.") if crew_id is None else self.tr("Crew {name} changed.")

        def done(_: int) -> None:
            self.ctx.notify(said.format(name=name), undo=True)
            self.saved.emit()

        def refused(error: AppError) -> None:
            self.name_field.set_hint(words_of(error).text(), "bad")
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

        self.ctx.tasks.command(self, command, done, refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.text():
            event.accept()  # letters are no keys of the page while something is being written
        else:
            super().keyPressEvent(event)
