"""Two contacts side by side: choose field by field, see what moves, merge or tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.itemmodels.duplicate_groups import (
    certainty_tone,
    certainty_word,
    reasons_text,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.merge import MergeContacts, Merged, SayDistinct
from tcf_desktop.services.queries.merging import MergePlan, MergeSide, merge_plan
from tcf_desktop.views.common import (
    Card,
    Chip,
    DataLabel,
    IconButton,
    LinkButton,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    hairline,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.duplicates.compare_grid import CompareGrid
from tcf_desktop.views.duplicates.words import counts_text

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class MergePane(Surface):
    """Works through a group: the first contact stays, the others go into it one after the other.

    ``merged`` and ``toldApart`` give the ids that are done; ``finished`` when no pair is left.
    """

    merged = Signal(int, int)
    toldApart = Signal(int, int)
    finished = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self.setObjectName("merge.pane")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ids: list[int] = []
        self._at = 1
        self._plan: MergePlan | None = None
        self._grid: CompareGrid | None = None
        self._build()
        self._show_plan(None)

    def _build(self) -> None:
        self.heading = DataLabel("", "title", object_name="merge.title")
        self.chip = Chip("", "neutral")
        self.reasons = DataLabel("", "body", "text2", object_name="merge.reasons")
        self.reasons.setMinimumWidth(60)
        self.previous = IconButton("caret-left", self.tr("The contact before"))
        self.previous.setObjectName("merge.previous")
        self.previous.clicked.connect(lambda *_: self.step(-1))
        self.next = IconButton("caret-right", self.tr("The next contact"))
        self.next.setObjectName("merge.next")
        self.next.clicked.connect(lambda *_: self.step(1))
        self.place = DataLabel("", "caption", "text2", object_name="merge.place")
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self.chip)
        said.addWidget(self.reasons, 1)
        for widget in (self.place, self.previous, self.next):
            said.addWidget(widget)
        self.sides = QHBoxLayout()
        self.sides.setSpacing(12)
        self._card = Card(object_name="merge.card")
        self.moves = DataLabel("", "body", "text", wrap=True, object_name="merge.moves")
        self.later = DataLabel(
            self.tr("Nothing is lost. You can undo this now, or later in Edit, Undo history."),
            "caption", "text2", wrap=True,
        )  # fmt: skip
        pane = ScrollPane("window")
        column = pane.layout_
        column.addWidget(self.heading)
        column.addLayout(said)
        column.addLayout(self.sides)
        column.addWidget(self._card)
        column.addWidget(self.moves)
        column.addWidget(self.later)
        column.addStretch(1)
        self._pane = pane
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(pane, 1)
        self._line = hairline()
        outer.addWidget(self._line)
        outer.addWidget(self._build_foot())

    def _build_foot(self) -> QWidget:
        self.merge = PrimaryButton(
            self.tr("Merge"), tooltip=self.tr("Merge (Ctrl+Enter)"), object_name="merge.merge"
        )
        self.merge.clicked.connect(self.submit)
        self.apart = PlainButton(
            self.tr("Not the same"),
            tooltip=self.tr("Do not offer these two again (Ctrl+D)"),
            object_name="merge.apart",
        )
        self.apart.clicked.connect(self.tell_apart)
        self.swap = PlainButton(
            self.tr("Swap sides"),
            "arrows-left-right",
            tooltip=self.tr("Keep the other record instead"),
            object_name="merge.swap",
        )
        self.swap.clicked.connect(self.swap_sides)
        self.problem = Notice("", "bad", "warning-circle")
        self.problem.setObjectName("merge.problem")
        self.problem.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.swap)
        buttons.addStretch(1)
        buttons.addWidget(self.apart)
        buttons.addWidget(self.merge)
        self._foot = Surface("surface")
        row = QVBoxLayout(self._foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.problem)
        row.addLayout(buttons)
        return self._foot

    # what is shown

    def show_group(self, ids: Sequence[int]) -> None:
        """Compare the first of these with the second; more follow one after the other."""
        self._ids = list(ids)
        self._at = 1
        self.problem.hide()
        self._load()

    def ids(self) -> tuple[int, ...]:
        """The contacts that are left of the group."""
        return tuple(self._ids)

    def step(self, by: int) -> None:
        """Compare with the next or the previous contact of the group."""
        if len(self._ids) > 2:
            self._at = 1 + (self._at - 1 + by) % (len(self._ids) - 1)
            self._load()

    def swap_sides(self) -> None:
        """The other one stays."""
        if self._plan is not None:
            self._ids[0], self._ids[self._at] = self._ids[self._at], self._ids[0]
            self._load()

    def reload(self) -> None:
        """Read the two again."""
        self._load()

    def _load(self) -> None:
        if len(self._ids) < 2:
            self._show_plan(None)
            return
        keep, other = self._ids[0], self._ids[self._at]
        self.ctx.tasks.read(
            self,
            lambda r: ((keep, other), merge_plan(r, keep, other)),
            lambda answer: self._take(*answer),
        )

    def _take(self, asked: tuple[int, int], plan: MergePlan | None) -> None:
        if len(self._ids) < 2 or asked != (self._ids[0], self._ids[self._at]):
            return  # another pair was asked for meanwhile
        self._show_plan(plan)
        if plan is None:
            self.finished.emit()

    def _show_plan(self, plan: MergePlan | None) -> None:
        self._plan = plan
        for part in (self._pane, self._foot, self._line):
            part.setVisible(plan is not None)
        if self._grid is not None:
            self._card.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
            self._grid = None
        if plan is None:
            return
        self._grid = CompareGrid(plan)
        self._grid.changed.connect(self._show_words)
        self._card.body.addWidget(self._grid)
        self._show_sides(plan)
        self._show_words()
        self._pane.verticalScrollBar().setValue(0)

    def _show_sides(self, plan: MergePlan) -> None:
        while (item := self.sides.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for side, head in (
            (plan.keep, self.tr("Stays")),
            (plan.other, self.tr("Goes into it")),
        ):
            self.sides.addWidget(self._side_card(side, head), 1)

    def _side_card(self, side: MergeSide, head: str) -> Card:
        card = Card(margin=12)
        card.body.setSpacing(2)
        card.body.addWidget(DataLabel(head, "caption", "text2"))
        name = LinkButton(side.name)
        name.setToolTip(self.tr("Open {name}").format(name=side.name[:80]))
        name.clicked.connect(lambda *_: self.ctx.navigate(Target("contacts", "contact", side.id)))
        card.body.addWidget(name)
        since = i18n.full_day(from_ms(side.created_at, self.ctx.zone()).date())
        known = self.tr("Known since {day}").format(day=since)
        card.body.addWidget(DataLabel(known, "caption", "text2"))
        has = counts_text(side.counts) or self.tr("No visits, invoices or notes")
        card.body.addWidget(DataLabel(has, "caption", "text2", wrap=True))
        return card

    def _show_words(self) -> None:
        plan, grid = self._plan, self._grid
        if plan is None or grid is None:
            return
        self.heading.setText(self.tr("Is this one customer?"))
        found = plan.match
        self.chip.setVisible(found is not None)
        if found is not None:
            self.chip.set_state(certainty_word(found.certainty), certainty_tone(found.certainty))
        self.reasons.setText(
            reasons_text(found.reasons)
            if found is not None
            else self.tr("Nothing of these two is alike.")
        )
        several = len(self._ids) > 2
        for widget in (self.place, self.previous, self.next):
            widget.setVisible(several)
        self.place.setText(self.tr("{n} of {count}").format(n=self._at, count=len(self._ids) - 1))
        name, moves = grid.result_name(), counts_text(plan.other.counts)
        self.moves.setText(
            self.tr("{things} move to {name}. Issued invoices keep the name printed on them.")
            .format(things=moves, name=name)
            if moves
            else self.tr("Nothing else belongs to {other}; its phones, e-mail addresses and"
                         " locations move to {name}.").format(other=plan.other.name, name=name)
        )  # fmt: skip
        self.merge.setText(self.tr("Merge into {name}").format(name=name[:40]))

    # doing

    def submit(self) -> None:
        """Merge as chosen."""
        if self._plan is None or self._grid is None or not self.merge.isEnabled():
            return
        self.problem.hide()
        self._enable(enabled=False)
        command = MergeContacts(self._plan.keep.id, self._plan.other.id, self._grid.taken())
        self.ctx.tasks.command(self, command, self._on_merged, self._on_refused)

    def tell_apart(self) -> None:
        """These two are not the same."""
        if self._plan is None or not self.apart.isEnabled():
            return
        self.problem.hide()
        self._enable(enabled=False)
        pair = self._plan.keep.id, self._plan.other.id
        self.ctx.tasks.command(
            self, SayDistinct(pair), lambda _: self._on_told_apart(pair), self._on_refused
        )

    def _enable(self, *, enabled: bool) -> None:
        for button in (self.merge, self.apart, self.swap):
            button.setEnabled(enabled)

    def _on_merged(self, done: Merged) -> None:
        self._enable(enabled=True)
        other = self._ids[self._at]
        self._drop(other)
        text = self.tr("{other} was merged into {name}.")
        self.ctx.notify(text.format(other=done.other[:40], name=done.name[:40]), undo=True)
        self.merged.emit(done.keep_id, other)
        self._go_on()

    def _on_told_apart(self, pair: tuple[int, int]) -> None:
        self._enable(enabled=True)
        self._drop(pair[1])
        self.ctx.notify(self.tr("These two are not offered again."), undo=True)
        self.toldApart.emit(*pair)
        self._go_on()

    def _drop(self, contact_id: int) -> None:
        if contact_id in self._ids:
            self._ids.remove(contact_id)
        self._at = min(self._at, max(1, len(self._ids) - 1))

    def _go_on(self) -> None:
        if len(self._ids) > 1:
            self._load()
        else:
            self._show_plan(None)
            self.finished.emit()

    def _on_refused(self, error: AppError) -> None:
        self._enable(enabled=True)
        self.problem.set_notice(words_of(error).text(), "bad", "warning-circle")
        self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif control and event.key() == Qt.Key.Key_D:
            self.tell_apart()
        else:
            super().keyPressEvent(event)
