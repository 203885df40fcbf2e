"""File, Columns, Check, Import, Done: bringing things in. Nothing is written before Import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow, as_json
from tcf_desktop.domain.table_files import TableLook, TableReading
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services import importers
from tcf_desktop.services.import_columns import RememberColumns, own_names, readings_before
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.runner import Priority
from tcf_desktop.services.undo import UndoEntry
from tcf_desktop.views.common import (
    DataLabel,
    IconLabel,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.imports.check_step import CheckStep
from tcf_desktop.views.imports.columns_step import Choosable, ColumnsStep
from tcf_desktop.views.imports.earlier import EarlierImports
from tcf_desktop.views.imports.file_step import FileStep
from tcf_desktop.views.imports.report import ReportDialog, ask_and_save
from tcf_desktop.views.imports.step_mark import StepMark
from tcf_desktop.views.imports.words import things

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

FILE, COLUMNS, CHECK, IMPORT, DONE = range(5)
_POLL_MS: Final = 100


class ImportPage(Surface):
    """``left`` when the user goes back, ``showRequested`` with the kind and the ids written."""

    left = Signal()
    showRequested = Signal(str, list)
    stepChanged = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self.setObjectName("import")
        self._generation = 0
        self._parsed: list[Any] = []
        self._paths: list[str] = []
        self._looks: dict[str, TableLook] = {}
        self._readings: dict[str, TableReading] = {}
        self._choosable = Choosable()
        self._remarks: tuple[str, ...] = ()
        self._kind = "contacts"
        self._progress = Progress()
        self._rows: tuple[PlanRow, ...] = ()
        self._entry: int | None = None
        self._build()
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._on_poll_timeout)

    def _build(self) -> None:
        self.file = FileStep()
        self.file.filesChosen.connect(self.read_files)
        self.file.stopRequested.connect(self._on_file_stop_requested)
        self.file.leaveRequested.connect(self.left)
        self.earlier = EarlierImports(self.ctx)
        self.earlier.reportRequested.connect(self._on_earlier_report_requested)
        self.columns = ColumnsStep()
        self.columns.continueRequested.connect(self._on_columns_continue_requested)
        self.columns.lookRequested.connect(self._on_columns_look_requested)
        self.columns.leaveRequested.connect(self.start)
        self.check = CheckStep(self.ctx)
        self.check.columnsRequested.connect(self._match_columns)
        self.check.importRequested.connect(self.write)
        self.check.answered.connect(self._plan_again)
        self.check.leaveRequested.connect(self.start)
        self.steps = QStackedWidget()
        first = ScrollPane()
        first.layout_.setContentsMargins(0, 0, 0, 0)
        first.layout_.setSpacing(16)
        first.layout_.addWidget(self.file)
        first.layout_.addWidget(self.earlier)
        first.layout_.addStretch(1)
        for widget in (first, self.columns, self.check, self._writing(), self._finished()):
            self.steps.addWidget(widget)
        self._marks = [
            StepMark(number, text)
            for number, text in enumerate(
                (
                    self.tr("File"),
                    self.tr("Columns"),
                    self.tr("Check"),
                    self.tr("Import"),
                    self.tr("Done"),
                ),
                1,
            )
        ]
        marks = QVBoxLayout()
        marks.setSpacing(4)
        for mark in self._marks:
            marks.addWidget(mark)
        marks.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(24)
        row.addLayout(marks)
        row.addWidget(self.steps, 1)
        self._go(FILE)

    def _writing(self) -> QWidget:
        page = QWidget()
        self.writing_text = DataLabel("", "subtitle", object_name="import.progress.text")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setMaximumWidth(480)
        stop = PlainButton(self.tr("Stop"), object_name="import.stop")
        stop.clicked.connect(lambda *_: self._progress.stop())
        note = DataLabel(self.tr("All rows are written together, or none."), color="text2")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        for widget in (self.writing_text, self.bar, note, stop):
            column.addWidget(widget)
        column.addStretch(1)
        return page

    def _finished(self) -> QWidget:
        page = QWidget()
        self.done_text = DataLabel("", "subtitle", object_name="import.done.text")
        self.done_more = DataLabel("", color="text2", wrap=True)
        self.done_problem = Notice("", "bad", "warning-circle")
        self.done_problem.hide()
        self.show_them = PrimaryButton(self.tr("Show them"), object_name="import.done.show")
        self.show_them.clicked.connect(self._on_show_them_clicked)
        self.take_back = PlainButton(
            self.tr("Undo this import"), "arrow-counter-clockwise", object_name="import.done.undo"
        )
        self.take_back.clicked.connect(self._on_take_back_clicked)
        again = PlainButton(self.tr("Import more"), object_name="import.done.again")
        again.clicked.connect(self.start)
        report = PlainButton(self.tr("Save report…"), object_name="import.done.report")
        report.clicked.connect(self._on_report_clicked)
        buttons = FlowRow(spacing=8)
        for button in (self.show_them, self.take_back, report, again):
            buttons.add(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(IconLabel("check-circle", "ok", 32))
        column.addWidget(self.done_text)
        column.addWidget(self.done_more)
        column.addWidget(buttons)
        column.addWidget(self.done_problem)
        column.addStretch(1)
        return page

    # the steps

    def start(self) -> None:
        """Back to the first step with nothing chosen."""
        self._generation += 1
        self._parsed = []
        self.file.show_problem("")
        self.file.show_reading("")
        self.earlier.refresh()
        self._go(FILE)

    def read_files(self, paths: Sequence[str]) -> None:
        """Look at the tables among the files, ask what is not clear, then parse and plan."""
        self._generation += 1
        self.file.show_problem("")
        try:
            kinds = {importers.kind_of(path) for path in paths}
        except AppError as error:
            self._on_refused(error)
            return
        if len(kinds) > 1:
            text = self.tr(
                "These files are of several kinds. "
                "Import contacts, calendars and tracks one after the other."
            )
            self.file.show_problem(text)
            return
        self._kind, self._paths = kinds.pop(), list(paths)
        self._looks, self._readings = {}, {}
        self.file.show_reading(
            i18n.plural(len(paths), self.tr("Reading {n} file…"), self.tr("Reading {n} files…"))
        )
        kind, worker = self._kind, self.ctx.office.ports.files
        tables = [path for path in paths if importers.is_table(kind, path)]

        def look() -> tuple[dict[str, TableLook], dict[str, TableReading], Choosable]:
            looks = {path: importers.look_at(worker, kind, path) for path in tables}
            read = self.ctx.office.read
            names = read(own_names)
            return looks, read(lambda r: readings_before(r, looks)), Choosable(*names)

        def answer(found: tuple[dict[str, TableLook], dict[str, TableReading], Choosable]) -> None:
            self._looks, self._readings, self._choosable = found
            unclear = [
                path
                for path, seen in self._looks.items()
                if not seen.is_clear() and not self._is_settled(path)
            ]
            if unclear:
                self._match_columns()
            else:
                self._parse()

        self.ctx.tasks.run(self, look, self._current(answer), self._current(self._on_refused))

    def _is_settled(self, path: str) -> bool:
        """Whether a table needs no question because it was answered for one like it."""
        reading, look = self._readings.get(path), self._looks[path]
        return reading is not None and (len(look.date_orders) < 2 or bool(reading.date_order))

    def _match_columns(self) -> None:
        self.file.show_reading("")
        self.columns.show_looks(self._looks, self._readings, self._choosable)
        self._go(COLUMNS)

    def _parse(self) -> None:
        """Read every row in the worker process and plan; refusals are said in the first step."""
        self._generation += 1
        kind, paths, readings = self._kind, self._paths, dict(self._readings)
        worker = self.ctx.office.ports.files

        def read() -> tuple[list[Any], ImportPlan, list[tuple[int, str]]]:
            parsed = importers.parse_files(worker, kind, paths, readings)
            return (parsed, *self._planned(kind, parsed, None))

        def answer(found: tuple[list[Any], ImportPlan, list[tuple[int, str]]]) -> None:
            self._parsed, plan, choices = found
            self.file.show_reading("")
            how = importers.importer(kind)
            asked = how.question if kind != "contacts" or _differs(plan) else ""
            self.check.show_question(asked, choices, how.no_choice)
            self.check.columns.setVisible(bool(self._looks))
            self.check.show_plan(plan)
            self._go(CHECK)

        self.ctx.tasks.run(self, read, self._current(answer), self._current(self._on_refused))

    def write(self) -> None:
        """Write what the check says: one transaction."""
        plan = self.check.plan()
        self._remarks = plan.remarks
        self._progress = Progress()
        self._progress.total = plan.to_write()
        command = importers.importer(self._kind).command(plan, self._progress)
        name = type(command).__name__
        self._go(IMPORT)
        self._on_poll_timeout()
        self._poll.start()
        self.ctx.tasks.command(
            self,
            command,
            lambda rows: self._on_written(rows, name),
            self._on_write_refused,
            Priority.BULK,
        )

    def _planned(
        self, kind: str, parsed: list[Any], choice: int | None
    ) -> tuple[ImportPlan, list[tuple[int, str]]]:
        """The plan and what may be chosen; runs on an io thread."""
        how = importers.importer(kind)
        read = self.ctx.office.read
        plan = read(lambda r: how.plan(r, parsed, choice))
        choices = list(read(how.choices)) if how.choices is not None else []
        return plan, choices

    def _plan_again(self, choice: int | None) -> None:
        self._generation += 1
        kind, parsed = self._kind, self._parsed

        def answer(found: tuple[ImportPlan, list[tuple[int, str]]]) -> None:
            self.check.show_plan(found[0])

        self.ctx.tasks.run(self, lambda: self._planned(kind, parsed, choice), self._current(answer))

    def _current(self, answer: Callable[[Any], None]) -> Callable[[Any], None]:
        """The answer, dropped when something else was asked meanwhile."""
        generation = self._generation

        def guarded(value: Any) -> None:
            if generation == self._generation:
                answer(value)

        return guarded

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        for number, mark in enumerate(self._marks):
            mark.show_state(now=number == step, done=number < step)
        self.stepChanged.emit(step)

    # reacting

    def _on_columns_continue_requested(self) -> None:
        self._readings = self.columns.readings()
        for path, signature in self.columns.signatures().items():
            reading = self._readings[path]
            command = RememberColumns(signature, reading.targets, reading.date_order)
            self.ctx.tasks.command(self, command)
        self.columns.note.setText(self.tr("Reading the rows…"))
        self._parse()

    def _on_columns_look_requested(self, path: str, reading: TableReading) -> None:
        self._generation += 1
        kind, worker = self._kind, self.ctx.office.ports.files

        def answer(look: TableLook) -> None:
            self._looks[path] = look
            self.columns.show_look(path, look)

        self.ctx.tasks.run(
            self,
            lambda: importers.look_at(worker, kind, path, reading),
            self._current(answer),
            self._current(self._on_refused),
        )

    def _on_earlier_report_requested(self, run_id: int) -> None:
        ReportDialog(self.ctx, run_id, self.window()).show()

    def _on_report_clicked(self) -> None:
        ask_and_save(self.ctx, self, as_json(self._rows)["rows"], self._remarks)

    def _on_refused(self, error: AppError) -> None:
        self.file.show_reading("")
        if error.code != "app.stopped":
            self.file.show_problem(words_of(error).text())
        self._go(FILE)

    def _on_file_stop_requested(self) -> None:
        self._generation += 1
        self.file.show_reading("")
        self.ctx.office.ports.files.interrupt()

    def _on_poll_timeout(self) -> None:
        done, total = self._progress.done, self._progress.total
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        text = self.tr("Writing {done} of {things}")
        number = i18n.locale_of().toString(done)
        self.writing_text.setText(text.format(done=number, things=things(self._kind, total)))

    def _on_written(self, rows: tuple[PlanRow, ...], command: str) -> None:
        self._poll.stop()
        self._rows = rows
        added = sum(row.action is Action.ADD for row in rows)
        updated = sum(row.action is Action.UPDATE for row in rows)
        left = len(rows) - added - updated
        parts = [self.tr("{things} added").format(things=things(self._kind, added))]
        if updated:
            parts.append(self.tr("{n} updated").format(n=i18n.locale_of().toString(updated)))
        self.done_text.setText(", ".join(parts))
        more = i18n.plural(
            left, self.tr("{n} row was left out."), self.tr("{n} rows were left out.")
        )
        self.done_more.setText(more if left else self.tr("Every row of the file was imported."))
        self.done_problem.hide()
        self.take_back.setEnabled(False)
        self.show_them.setEnabled(added + updated > 0)
        self.ctx.tasks.read(
            self,
            lambda r: r.value("SELECT max(id) FROM journal WHERE command = ?", (command,)),
            self._on_entry,
        )
        self._go(DONE)

    def _on_entry(self, entry: int | None) -> None:
        self._entry = entry
        self.take_back.setEnabled(entry is not None)

    def _on_write_refused(self, error: AppError) -> None:
        self._poll.stop()
        if error.code == "app.stopped":
            self._go(CHECK)
            return
        self.start()
        self.file.show_problem(words_of(error).text())

    def _on_show_them_clicked(self) -> None:
        ids = [row.id for row in self._rows if row.id is not None]
        if self._kind == "contacts":
            self.showRequested.emit(self._kind, ids)
        else:
            place = {"calendar": "schedule", "track": "team"}[self._kind]
            self.left.emit()
            self.ctx.navigate(Target(place))

    def _on_take_back_clicked(self) -> None:
        if self._entry is None:
            return
        self.take_back.setEnabled(False)
        self.ctx.tasks.command(
            self, UndoEntry(self._entry), lambda _undone: self._on_taken_back(), self._on_not_undone
        )

    def _on_taken_back(self) -> None:
        self._entry = None
        self.show_them.setEnabled(False)
        self.done_text.setText(self.tr("This import was undone"))
        self.done_more.setText(self.tr("Everything is as it was before."))

    def _on_not_undone(self, error: AppError) -> None:
        self.done_problem.set_notice(words_of(error).text(), "bad", "warning-circle")
        self.done_problem.show()


def _differs(plan: ImportPlan) -> bool:
    """Whether a filled field is different in the file."""
    return any(change.old for row in plan.rows for change in row.changes)
