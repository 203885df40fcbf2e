"""The second step: every row with what happens to it and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.itemmodels.import_rows import (
    ACTION,
    NAME,
    REASON,
    ROW,
    ImportRowsModel,
    action_tone,
    action_word,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import (
    Card,
    Cell,
    ComboBox,
    DataLabel,
    FilterChip,
    ListTable,
    PlainButton,
    PrimaryButton,
    TwoLineDelegate,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.imports.words import things

_NARROW = 640  # below it the reason stands under the name


class CheckStep(QWidget):
    """``importRequested`` when the plan is agreed, ``answered`` when the question is."""

    importRequested = Signal()
    answered = Signal(object)
    leaveRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.check")
        self._plan: ImportPlan | None = None
        self.model = ImportRowsModel()
        self._build()

    def _build(self) -> None:
        self.summary = DataLabel("", "subtitle", object_name="import.summary")
        self.read_as = DataLabel("", "caption", "text2", object_name="import.read_as")
        self.question = DataLabel("", "body", "text2")
        self.choice = ComboBox(object_name="import.choice")
        self.choice.activated.connect(self._on_choice_activated)
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self.question)
        asked.addWidget(self.choice)
        asked.addStretch(1)
        self.chips: dict[Action | None, FilterChip] = {}
        chips = FlowRow()
        group = QButtonGroup(self)
        for action in (None, *Action):
            text = self.tr("All rows") if action is None else action_word(action)
            name = "all" if action is None else action.value
            chip = FilterChip(text, object_name=f"import.filter.{name}")
            chip.setChecked(action is None)
            group.addButton(chip)
            chips.add(chip)
            self.chips[action] = chip
        group.buttonClicked.connect(self._on_group_button_clicked)
        self.take = PlainButton(
            self.tr("Add selected anyway"),
            object_name="import.take",
        )
        self.take.clicked.connect(lambda *_: self._decide(take=True))
        self.leave = PlainButton(
            self.tr("Leave selected out"),
            object_name="import.leave_out",
        )
        self.leave.clicked.connect(lambda *_: self._decide(take=False))
        decide = FlowRow()
        decide.add(self.take)
        decide.add(self.leave)
        tools = FlowRow(spacing=10)
        tools.add(chips)
        tools.add(decide)
        self._build_table()
        cancel = PlainButton(self.tr("Cancel"), object_name="import.cancel")
        cancel.clicked.connect(self.leaveRequested)
        self.note = DataLabel("", "caption", "text2")
        self.go = PrimaryButton("", object_name="import.go")
        self.go.clicked.connect(self.importRequested)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.read_as)
        column.addLayout(asked)
        column.addWidget(tools)
        frame = Card(margin=0)
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self.table)
        column.addWidget(frame, 1)
        column.addLayout(foot)

    def _build_table(self) -> None:
        self.table = ListTable(object_name="import.table")
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            self.table.setItemDelegateForColumn(
                number, TwoLineDelegate(_cell(self.model, number), self.table)
            )
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
            else:
                header.resizeSection(number, column.width * theme().text_scale // 100)
        self.table.selectionModel().selectionChanged.connect(self._show_buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() * 100 < _NARROW * theme().text_scale
        if narrow != self.model.reason_with_name:
            self.model.reason_with_name = narrow
            for column in (ROW, REASON):
                self.table.setColumnHidden(column, narrow)
            self.table.refresh_edges()

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what would happen."""
        self._plan = plan
        self.model.set_rows(plan.rows)
        self.table.horizontalHeader().resizeSection(
            ROW, (150 if self.model.several_files else 72) * theme().text_scale // 100
        )
        self.read_as.setText(self._read_as(plan))
        self._show_counts()
        if not self.model.rowCount():
            self.chips[None].click()

    def _read_as(self, plan: ImportPlan) -> str:
        """``customers.csv · Unicode (UTF-8), comma``; many files in one sentence."""
        ways = list(dict.fromkeys(how for how in plan.read_as if how))
        if len(plan.files) > 1:
            files = self.tr("{n} files").format(n=len(plan.files))
            return i18n.joined([files, *ways])
        return i18n.joined([*plan.files, *ways])

    def show_question(self, text: str, choices: Sequence[tuple[int, str]], no_choice: str) -> None:
        """Ask something that the plan depends on (whose track it is)."""
        self.question.setText(text)
        self.question.setVisible(bool(text))
        self.choice.setVisible(bool(text))
        self.choice.clear()
        if text:
            self.choice.setAccessibleName(text)
            self.choice.addItem(no_choice, None)
            for key, name in choices:
                self.choice.addItem(name, key)

    def plan(self) -> ImportPlan:
        """The plan as it was decided."""
        assert self._plan is not None
        return replace(self._plan, rows=tuple(self.model.plan_rows))

    def _show_counts(self) -> None:
        plan = self.plan()
        for action, chip in self.chips.items():
            count = len(plan.rows) if action is None else plan.count(action)
            chip.set_count(count)
            chip.setVisible(action is None or count > 0 or chip.isChecked())
        words = (
            (Action.ADD, self.tr("{n} new"), self.tr("{n} new")),
            (Action.UPDATE, self.tr("{n} update"), self.tr("{n} updates")),
            (Action.IN_DOUBT, self.tr("{n} in doubt"), self.tr("{n} in doubt")),
            (Action.SKIP, self.tr("{n} left out"), self.tr("{n} left out")),
        )
        parts = [
            i18n.plural(plan.count(action), one, many)
            for action, one, many in words
            if plan.count(action)
        ]
        self.summary.setText(", ".join(parts) or self.tr("There is nothing in these files."))
        writes = plan.to_write()
        self.go.setText(self.tr("Import {things}").format(things=things(plan.kind, writes)))
        self.go.setEnabled(writes > 0)
        doubts = plan.count(Action.IN_DOUBT)
        note = self.tr("Nothing has been imported yet.")
        if doubts:
            left = i18n.plural(
                doubts,
                self.tr("{n} row in doubt is left out"),
                self.tr("{n} rows in doubt are left out"),
            )
            note = f"{note} {left}."
        self.note.setText(note)
        self._show_buttons()

    def _show_buttons(self) -> None:
        rows = [self.model.plan_rows[number] for number in self._selected()]
        self.take.setEnabled(any(_may_be_taken(row) for row in rows))
        self.take.setToolTip(
            self.tr("Import the selected rows that are in doubt")
            if self.take.isEnabled()
            else self.tr("Select rows that are in doubt first")
        )
        self.leave.setEnabled(any(row.action in {Action.ADD, Action.UPDATE} for row in rows))
        self.leave.setToolTip(
            self.tr("Do not import the selected rows")
            if self.leave.isEnabled()
            else self.tr("Select rows that would be imported first")
        )

    def _selected(self) -> list[int]:
        return [self.model.id_at(row) for row in self.table.selected_rows()]

    def _decide(self, *, take: bool) -> None:
        numbers, rows = [], []
        for number in self._selected():
            row = self.model.plan_rows[number]
            if take and _may_be_taken(row):
                reason = self.tr("You chose to add it. {reason}").format(reason=row.reason)
                changed = replace(row, action=Action.ADD, reason=reason)
            elif not take and row.action in {Action.ADD, Action.UPDATE}:
                reason = self.tr("You left it out. {reason}").format(reason=row.reason)
                changed = replace(row, action=Action.IN_DOUBT, reason=reason)
            else:
                continue
            numbers.append(number)
            rows.append(changed)
        self.model.change(numbers, rows)
        self._show_counts()

    def _on_group_button_clicked(self, button: QWidget) -> None:
        action = next(key for key, chip in self.chips.items() if chip is button)
        self.table.clearSelection()
        self.model.show_action(action)

    def _on_choice_activated(self) -> None:
        self.answered.emit(self.choice.currentData())


def _may_be_taken(row: PlanRow) -> bool:
    return row.action is Action.IN_DOUBT and row.payload is not None


def _cell(model: ImportRowsModel, number: int) -> Callable[[PlanRow], Cell]:
    column = model.columns[number]

    def action(row: PlanRow) -> Cell:
        word = action_word(row.action)
        if row.action in {Action.ADD, Action.SKIP}:  # the common ones need no colour
            return Cell(word, token="text" if row.action is Action.ADD else "text2")
        return Cell(chip=word, tone=action_tone(row.action))

    def number_of(row: PlanRow) -> Cell:
        second = column.second
        return Cell(column.text(row), second(row) if second else "", token="text2")

    def name(row: PlanRow) -> Cell:
        second = row.reason or row.detail if model.reason_with_name else row.detail
        return Cell(column.text(row), second, weight=600)

    def reason(row: PlanRow) -> Cell:
        first, stop, rest = row.reason.partition(". ")
        return Cell(f"{first}{stop.strip()}", rest, token="text2")

    cells = {ROW: number_of, NAME: name, ACTION: action, REASON: reason}
    return cells[number]
