"""The crews beside the people: who is in them, their colour and order; made and changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import CrewCard, CrewMemberRow, TeamRecords
from tcf_desktop.views.common import (
    Card,
    DataLabel,
    IconButton,
    PlainButton,
    ScrollPane,
)
from tcf_desktop.views.team.crew_editor import CrewEditor

if TYPE_CHECKING:
    from tcf_desktop.services.command import Command
    from tcf_desktop.views.context import ViewContext


class CrewPanel(ScrollPane):
    """Cards of the crews; one of them, or a new one, is edited in its place."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.setObjectName("team.crews")
        self._found: TeamRecords | None = None
        self._editing: int | None = None  # 0 is a new crew
        self.layout_.setContentsMargins(16, 12, 16, 16)
        head = QHBoxLayout()
        head.addWidget(DataLabel(self.tr("Crews"), "heading"), 1)
        self.add = PlainButton(self.tr("New crew"), "plus", object_name="team.crews.add")
        self.add.clicked.connect(lambda: self.edit(0))
        head.addWidget(self.add)
        self.empty = DataLabel(
            self.tr(
                "A crew is who drives together: one lane and one color in the schedule. There is "
                "none yet."
            ),
            color="text2",
            wrap=True,
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self.empty)
        self.layout_.addLayout(self._list)
        self.layout_.addStretch(1)

    def show_records(self, found: TeamRecords) -> None:
        """Show the crews of a new reading; what is being edited stays open."""
        first, self._found = self._found is None, found
        if self._editing is not None and not self._known(self._editing):
            self._editing = None
        if first or self._editing is None:
            self._lay_out()

    def edit(self, crew_id: int) -> None:
        """Open the editor of a crew; 0 is a new one."""
        self._editing = crew_id
        if self._found is not None:
            self._lay_out()

    # inside

    def _known(self, crew_id: int) -> bool:
        crews = () if self._found is None else self._found.crews
        return not crew_id or any(crew.id == crew_id for crew in crews)

    def _lay_out(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        crews = () if self._found is None else self._found.crews
        self.empty.setVisible(not crews and self._editing is None)
        self.add.setEnabled(self._editing is None)
        for place, crew in enumerate(crews):
            if crew.id == self._editing:
                self._open(crew)
            else:
                self._list.addWidget(self._card(crew, place, len(crews)))
        if self._editing == 0:
            self._open(None)

    def _card(self, crew: CrewCard, place: int, count: int) -> CrewBox:
        card = CrewBox(crew, self.ctx.today())
        card.up.setEnabled(place > 0)
        card.down.setEnabled(place < count - 1)
        card.moveRequested.connect(lambda by: self._move(crew, by))
        card.editRequested.connect(lambda: self.edit(crew.id))
        card.dissolveRequested.connect(lambda: self._dissolve(crew))
        return card

    def _open(self, crew: CrewCard | None) -> None:
        assert self._found is not None
        people = [row for row in self._found.people if not row.left]
        editor = CrewEditor(self.ctx, crew, people)
        editor.left.connect(self._close)
        editor.saved.connect(self._close)
        self._list.addWidget(editor)
        editor.name.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.name.selectAll()

    def _close(self) -> None:
        self._editing = None
        self._lay_out()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, crew: CrewCard, by: int) -> None:
        from tcf_desktop.services.team_records import MoveCrew

        self._run(MoveCrew(crew.id, by), "")

    def _dissolve(self, crew: CrewCard) -> None:
        from tcf_desktop.services.team_records import DissolveCrew

        said = self.tr("{name} was dissolved.").format(name=crew.name)
        if crew.visits:
            ahead = i18n.plural(
                crew.visits,
                self.tr("{n} visit ahead keeps its name."),
                self.tr("{n} visits ahead keep its name."),
            )
            said = f"{said} {ahead}"
        self._run(DissolveCrew(crew.id), said)

    def _run(self, command: Command[None], said: str) -> None:
        def done(_: None) -> None:
            if said:
                self.ctx.notify(said, undo=True)

        def refused(error: AppError) -> None:
            self.ctx.notify(words_of(error).text())

        self.ctx.tasks.command(self, command, done, refused)


class CrewBox(Card):
    """One crew as it is."""

    moveRequested = Signal(int)
    editRequested = Signal()
    dissolveRequested = Signal()

    def __init__(self, crew: CrewCard, today: str) -> None:
        name = f"team.crews.{crew.id}"
        super().__init__(object_name=name)
        self.setAccessibleName(crew.name)
        self.up, self.down, edit, dissolve = (
            IconButton(icon, words, framed=False, object_name=f"{name}.{key}")
            for key, icon, words in (
                ("up", "arrow-up", self.tr("Move {crew} up")),
                ("down", "arrow-down", self.tr("Move {crew} down")),
                ("edit", "pencil-simple", self.tr("Change {crew}")),
                ("dissolve", "trash", self.tr("Dissolve {crew}")),
            )
            for words in (words.format(crew=crew.name),)
        )
        self.up.clicked.connect(lambda *_: self.moveRequested.emit(-1))
        self.down.clicked.connect(lambda *_: self.moveRequested.emit(1))
        edit.clicked.connect(self.editRequested)
        dissolve.clicked.connect(self.dissolveRequested)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(_Bar(crew.color_index))
        head.addWidget(DataLabel(crew.name, weight=600), 1)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        names = ", ".join(_stay_words(row, today) for row in crew.members)
        self.body.addWidget(DataLabel(names or self.tr("Nobody"), color="text2", wrap=True))
        for row in crew.coming:
            words = self.tr("{name} from {day}")
            if row.to_on:
                words = self.tr("{name} from {day} until {last}")
            self.body.addWidget(
                DataLabel(
                    words.format(
                        name=row.name,
                        day=i18n.near_day(row.from_on or "", today),
                        last=i18n.near_day(row.to_on or "", today),
                    ),
                    "caption",
                    "text2",
                    wrap=True,
                )
            )
        foot = QHBoxLayout()
        foot.setSpacing(2)
        visits = i18n.plural(crew.visits, self.tr("{n} visit ahead"), self.tr("{n} visits ahead"))
        foot.addWidget(DataLabel(visits, "caption", "text2"), 1)
        for button in (self.up, self.down, edit, dissolve):
            foot.addWidget(button)
        self.body.addLayout(foot)


class _Bar(QWidget):
    """The crew's colour."""

    def __init__(self, color_index: int) -> None:
        super().__init__()
        self._color = color_index
        self.setFixedSize(6, 18)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), theme().crew(self._color).bar, None, radius=3)
        painter.end()


def _stay_words(row: CrewMemberRow, today: str) -> str:
    """The name, and until when where it ends."""
    if row.to_on is None:
        return row.name
    from PySide6.QtCore import QCoreApplication

    words = QCoreApplication.translate("CrewPanel", "{name} until {day}")
    return words.format(name=row.name, day=i18n.near_day(row.to_on, today))
