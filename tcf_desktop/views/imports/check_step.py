"""The second step: every row with what happens to it and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.imports import Action, ImportPlan, Join, PlanRow, as_json
from tcf_desktop.itemmodels.import_rows import REASON, ROW, ImportRowsModel, action_word
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FilterChip,
    LinkButton,
    ListTable,
    Notice,
    PlainButton,
    PrimaryButton,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.imports.report import ask_and_save
from tcf_desktop.views.imports.row_detail import RowDetail
from tcf_desktop.views.imports.rows_table import dress
from tcf_desktop.views.imports.words import things

_NARROW = 640  # below it the reason stands under the name


class CheckStep(QWidget):
    """``importRequested`` when the plan is agreed, ``answered`` when the question is."""

    importRequested = Signal()
    answered = Signal(object)
    leaveRequested = Signal()
    columnsRequested = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.check")
        self._ctx = ctx
        self._plan: ImportPlan | None = None
        self._decided: dict[int, PlanRow] = {}  # rows as they were before the user decided
        self.model = ImportRowsModel()
        self._build()

    def _build(self) -> None:
        self.summary = DataLabel("", "subtitle", object_name="import.summary")
        self.read_as = DataLabel("", "caption", "text2", object_name="import.read_as")
        self.columns = LinkButton(self.tr("Match columns…"), object_name="import.match")
        self.columns.clicked.connect(self.columnsRequested)
        self.columns.hide()
        self.earlier = Notice("", "info", "info")
        self.earlier.setObjectName("import.again")
        self.earlier.hide()
        self.question = DataLabel("", "body", "text2")
        self.choice = ComboBox(object_name="import.choice")
        self.choice.activated.connect(self._on_choice_activated)
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self.question)
        asked.addWidget(self.choice)
        asked.addStretch(1)
        tools = self._tools()
        self._build_table()
        self.detail = RowDetail()
        read_as = QHBoxLayout()
        read_as.setSpacing(12)
        read_as.addWidget(self.read_as)
        read_as.addWidget(self.columns)
        read_as.addStretch(1)
        frame = Card(margin=0)
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addLayout(read_as)
        column.addWidget(self.earlier)
        column.addLayout(asked)
        column.addWidget(tools)
        column.addWidget(frame, 1)
        column.addWidget(self.detail)
        column.addLayout(self._foot())

    def _tools(self) -> QWidget:
        """The filters, and what can be decided about the selected rows."""
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
        self.join = PlainButton(self.tr("Join"), object_name="import.join")
        self.join.clicked.connect(self._on_join_clicked)
        decide = FlowRow()
        decide.add(self.take)
        decide.add(self.join)
        decide.add(self.leave)
        tools = FlowRow(spacing=10)
        tools.add(chips)
        tools.add(decide)
        return tools

    def _foot(self) -> QHBoxLayout:
        cancel = PlainButton(self.tr("Cancel"), object_name="import.cancel")
        cancel.clicked.connect(self.leaveRequested)
        report = PlainButton(self.tr("Save report…"), object_name="import.save_report")
        report.clicked.connect(self._on_report_clicked)
        self.note = DataLabel("", "caption", "text2")
        self.go = PrimaryButton("", object_name="import.go")
        self.go.clicked.connect(self.importRequested)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(report)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        return foot

    def _build_table(self) -> None:
        self.table = ListTable(object_name="import.table")
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.table.setModel(self.model)
        dress(self.table, self.model)
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
        self._decided = {}
        self._show_words(plan)
        self.model.set_rows(plan.rows)
        self.table.horizontalHeader().resizeSection(
            ROW, (150 if self.model.several_files else 72) * theme().text_scale // 100
        )
        self.read_as.setText(self._read_as(plan))
        self._show_counts()
        if not self.model.rowCount():
            self.chips[None].click()

    def _show_words(self, plan: ImportPlan) -> None:
        """What the chips say for this kind, and whether the file was imported before."""
        contacts = self.model.contacts = plan.kind == "contacts"
        doubt = self.tr("Looks like a duplicate") if contacts else action_word(Action.IN_DOUBT)
        self.chips[Action.IN_DOUBT].setText(doubt)
        self.join.setVisible(contacts)
        self.earlier.setVisible(plan.earlier is not None)
        if plan.earlier is not None:
            when = i18n.day(from_ms(plan.earlier.at, self._ctx.zone()).date())
            text = self.tr("You imported this file on {day}. {what}")
            self.earlier.set_notice(text.format(day=when, what=self._again(plan)), "info", "info")

    def _again(self, plan: ImportPlan) -> str:
        added, changed = plan.count(Action.ADD), plan.count(Action.UPDATE)
        if not added and not changed:
            return self.tr("Importing it again would change and add nothing.")
        first = i18n.plural(
            changed,
            self.tr("Importing it again would change {n} contact"),
            self.tr("Importing it again would change {n} contacts"),
        )
        if not changed:
            first = self.tr("Importing it again would change none")
        if not added:
            return self.tr("{first} and add none.").format(first=first)
        number = i18n.locale_of().toString(added)
        return self.tr("{first} and add {n}.").format(first=first, n=number)

    def _read_as(self, plan: ImportPlan) -> str:
        """``customers.csv · Unicode (UTF-8), comma``; many files in one sentence."""
        ways = list(dict.fromkeys(how for how in (*plan.read_as, *plan.remarks) if how))
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
            (Action.IN_DOUBT, *self._doubt_words(plan)),
            (Action.SKIP, self.tr("{n} skipped"), self.tr("{n} skipped")),
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
        self.go.setToolTip("" if writes else self.tr("No row would add or change anything."))
        doubts = plan.count(Action.IN_DOUBT)
        note = self.tr("Nothing has been imported yet.")
        unreadable = sum(row.action is Action.SKIP and not row.name for row in plan.rows)
        if unreadable:
            number, rows = (i18n.locale_of().toString(n) for n in (unreadable, len(plan.rows)))
            said = self.tr("{n} of {rows} rows cannot be read.").format(n=number, rows=rows)
            note = f"{said} {note}"
        if doubts:
            one, many = self._left_words(plan)
            left = i18n.plural(doubts, one, many)
            note = f"{note} {left}."
        self.note.setText(note)
        self._show_buttons()

    def _doubt_words(self, plan: ImportPlan) -> tuple[str, str]:
        if plan.kind == "contacts":
            return self.tr("{n} looks like a duplicate"), self.tr("{n} look like duplicates")
        return self.tr("{n} in doubt"), self.tr("{n} in doubt")

    def _left_words(self, plan: ImportPlan) -> tuple[str, str]:
        if plan.kind == "contacts":
            return (
                self.tr("{n} likely duplicate is left out"),
                self.tr("{n} likely duplicates are left out"),
            )
        return self.tr("{n} row in doubt is left out"), self.tr("{n} rows in doubt are left out")

    def _show_buttons(self) -> None:
        rows = [self.model.plan_rows[number] for number in self._selected()]
        self.detail.show_row(rows[0] if len(rows) == 1 else None)
        joins = self._joins(rows)
        self.join.setEnabled(bool(joins))
        self.join.setText(
            self.tr("Join with {name}").format(name=joins[0].name)
            if len(joins) == 1 and len(rows) == 1
            else self.tr("Join…")
        )
        self.join.setToolTip(
            self.tr("Add what is new in the row to the contact that is there already")
            if joins
            else self.tr("Select a row that looks like a contact here first")
        )
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
        changes: dict[int, PlanRow] = {}
        for number in self._selected():
            row = self.model.plan_rows[number]
            if take and _may_be_taken(row):
                before = self._decided.get(number, row)
                if before.action in {Action.ADD, Action.UPDATE}:  # it was only left out
                    changes[number] = before
                    continue
                reason = self.tr("You chose to add it. {reason}").format(reason=row.reason)
                changes[number] = replace(row, action=Action.ADD, reason=reason)
            elif not take and row.action in {Action.ADD, Action.UPDATE}:
                changes |= self._left_out(number)
        self._change(changes)

    def _left_out(self, number: int) -> dict[int, PlanRow]:
        """A row that is not imported, with the rows that are one contact with it."""
        first = self.model.plan_rows[number]
        found = {}
        for other, row in enumerate(self.model.plan_rows):
            if other == number or row.joins == (first.file, first.row):
                original = self._decided.get(other, row)
                reason = self.tr("You left it out. {reason}").format(reason=original.reason)
                found[other] = replace(original, action=Action.IN_DOUBT, reason=reason)
        return found

    def _change(self, changes: dict[int, PlanRow]) -> None:
        for number in changes:
            self._decided.setdefault(number, self.model.plan_rows[number])
        self.model.change(list(changes), list(changes.values()))
        self._show_counts()

    @staticmethod
    def _joins(rows: Sequence[PlanRow]) -> list[Join]:
        """With whom the selected rows can be joined; several rows each with their likeliest."""
        doubtful = [row for row in rows if row.action is Action.IN_DOUBT and row.joinable]
        if len(doubtful) == 1 and len(rows) == 1:
            return list(doubtful[0].joinable)
        return [row.joinable[0] for row in doubtful]

    def _on_join_clicked(self) -> None:
        numbers = self._selected()
        rows = [self.model.plan_rows[number] for number in numbers]
        joins = self._joins(rows)
        if len(rows) == 1 and len(joins) > 1:
            menu = QMenu(self)
            menu.setObjectName("import.join.menu")
            for join in joins:
                entry = menu.addAction(join.name.replace("&", "&&"))
                entry.triggered.connect(
                    lambda *_, chosen=join: self._change(
                        {numbers[0]: self._joined(rows[0], chosen)}
                    )
                )
            menu.popup(self.join.mapToGlobal(self.join.rect().bottomLeft()))
            return
        self._change(
            {
                number: self._joined(row, row.joinable[0])
                for number, row in zip(numbers, rows, strict=True)
                if row.action is Action.IN_DOUBT and row.joinable
            }
        )

    def _joined(self, row: PlanRow, join: Join) -> PlanRow:
        said = self.tr("You joined it with {name}. {reason}")
        return replace(
            row,
            action=Action.UPDATE if join.payload is not None else Action.SKIP,
            id=join.id,
            payload=join.payload,
            changes=join.changes,
            reason=said.format(name=join.name, reason=join.reason).strip(),
        )

    def _on_report_clicked(self) -> None:
        plan = self.plan()
        ask_and_save(self._ctx, self, as_json(plan.rows)["rows"], plan.remarks)

    def _on_group_button_clicked(self, button: QWidget) -> None:
        action = next(key for key, chip in self.chips.items() if chip is button)
        self.table.clearSelection()
        self.model.show_action(action)

    def _on_choice_activated(self) -> None:
        self.answered.emit(self.choice.currentData())


def _may_be_taken(row: PlanRow) -> bool:
    return row.action is Action.IN_DOUBT and row.payload is not None
