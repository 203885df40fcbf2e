"""Print the schedule: day sheets, a week, a month or a list, seen before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import week_start
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.day_sheet import SheetChoice, render_day_sheet
from tcf_desktop.services.queries.day_sheet import SheetFor
from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow, crews, workers
from tcf_desktop.services.schedule_print import PlanChoice, render_plan
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    DateEdit,
    FilterChip,
    FormField,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
    Surface,
    Switch,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 120
_SIDE: Final = 300
_KINDS: Final = ("days", "week", "month", "list")
_KEY: Final = "schedule/print"  # of this device: kind, prices, gate codes


class PrintDialog(QDialog):
    """Choose at the left, see the real PDF at the right. ``rendered`` when it is up to date."""

    rendered = Signal()

    def __init__(
        self,
        ctx: ViewContext,
        on: date,
        parent: QWidget,
        *,
        kind: str = "",
        hidden: Collection[int] = (),
        first_weekday: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("print")
        self.setWindowTitle(self.tr("Print the schedule"))
        self._ctx = ctx
        self._hidden = set(hidden)
        self._first_weekday = first_weekday
        self._asked = 0
        self._content = b""
        self._name = ""
        self._crews: tuple[CrewRow, ...] = ctx.tasks.read_now(crews)
        self._workers: tuple[WorkerRow, ...] = ctx.tasks.read_now(workers)
        self._chips: dict[int, FilterChip] = {}
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._render)
        self._build(on)
        self._restore(kind)
        self._fit()
        room = parent.window().size()
        self.resize(min(980, room.width() - 40), min(720, room.height() - 40))
        self._render()

    # what stands where

    def _build(self, on: date) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        side = Surface("surface")
        side.setFixedWidth(max(_SIDE, self.fontMetrics().averageCharWidth() * 44))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._build_fields(on), 1)
        column.addLayout(self._build_buttons())
        outer.addWidget(side)
        outer.addWidget(hairline(vertical=True))
        outer.addWidget(self._build_preview(), 1)

    def _build_fields(self, on: date) -> QWidget:
        pane = ScrollPane("surface")
        pane.layout_.setContentsMargins(20, 16, 20, 0)
        pane.layout_.setSpacing(12)
        self.kind = SegmentedControl(
            [
                ("days", self.tr("Day sheets")),
                ("week", self.tr("Week")),
                ("month", self.tr("Month")),
                ("list", self.tr("List")),
            ],
            object_name="print.kind",
        )
        self.kind.chosen.connect(self._on_changed)
        self.day = DateEdit(object_name="print.day")
        self.day.set_iso(on.isoformat())
        self.day.dateChanged.connect(self._on_changed)
        self.day_field = FormField(self.tr("Day"), self.day)
        chips = FlowRow(spacing=8)
        for crew in self._crews:
            chip = FilterChip(crew.name, crew=crew.color_index, object_name=f"print.crew.{crew.id}")
            chip.setChecked(crew.id not in self._hidden)
            chip.clicked.connect(self._on_changed)
            self._chips[crew.id] = chip
            chips.add(chip)
        self.who = ComboBox(object_name="print.who")
        self.who.setAccessibleName(self.tr("For whom"))
        self.who.addItem(self.tr("The crews chosen above"), None)
        for worker in self._workers:
            self.who.addItem(worker.name, worker.id)
        self.who.currentIndexChanged.connect(self._on_changed)
        self.who_field = FormField(self.tr("Day sheet for"), self.who)
        self.prices, prices_row = self._switch(self.tr("Prices"), "print.prices")
        self.gate_codes, gate_row = self._switch(self.tr("Gate codes"), "print.gate_codes")
        self.only_days = [self.who_field, prices_row, gate_row]
        self.hint = DataLabel("", "caption", "text2", wrap=True)
        pane.layout_.addWidget(DataLabel(self.tr("Print the schedule"), "subtitle"))
        pane.layout_.addWidget(self.kind)
        pane.layout_.addWidget(self.day_field)
        pane.layout_.addWidget(DataLabel(self.tr("Crews"), "caption", "text2"))
        pane.layout_.addWidget(chips)
        for widget in self.only_days:
            pane.layout_.addWidget(widget)
        pane.layout_.addWidget(self.hint)
        pane.layout_.addStretch(1)
        return pane

    def _switch(self, words: str, name: str) -> tuple[Switch, QWidget]:
        switch = Switch(words, object_name=name)
        switch.toggled.connect(self._on_changed)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(switch)
        line.addWidget(DataLabel(words), 1)
        return switch, row

    def _build_buttons(self) -> QVBoxLayout:
        self.open_button = PrimaryButton(
            self.tr("Open to print"),
            "printer",
            tooltip=self.tr("Opens in your program for PDFs; print it there"),
            object_name="print.open",
        )
        self.open_button.clicked.connect(self._on_open_clicked)
        self.save_button = PlainButton(self.tr("Save as PDF…"), object_name="print.save")
        self.save_button.clicked.connect(self._on_save_clicked)
        close = PlainButton(self.tr("Close"), object_name="print.close")
        close.clicked.connect(self.close)
        for button in (self.open_button, self.save_button, close):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.save_button, 1)
        second.addWidget(close, 1)
        column = QVBoxLayout()
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(8)
        column.addWidget(self.open_button)
        column.addLayout(second)
        return column

    def _build_preview(self) -> QWidget:
        from tcf_desktop.views.billing.paper import PaperView

        ground = Surface("sunken")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.pages = DataLabel("", "caption", "text2", object_name="print.pages")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.addWidget(DataLabel(self.tr("Preview"), weight=600))
        head.addWidget(self.pages, 1)
        head.setSpacing(8)
        self.notice = Notice("", "info", "info")
        self.notice.hide()
        self.paper = PaperView(object_name="print.paper")
        self.paper.setAccessibleName(self.tr("Preview of what will be printed"))
        self.paper.shownChanged.connect(self._on_paper_shown_changed)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.notice)
        column.addWidget(self.paper, 1)
        return ground

    # choices

    def chosen_crews(self) -> set[int]:
        """The crews whose chip is on."""
        return {ident for ident, chip in self._chips.items() if chip.isChecked()}

    def _restore(self, kind: str) -> None:
        stored = self._ctx.device.get(_KEY, {})
        known = stored if isinstance(stored, dict) else {}
        last = known.get("kind")
        self.kind.set_key(kind or (last if last in _KINDS else "days"))
        for switch, key, usual in (
            (self.prices, "prices", False),
            (self.gate_codes, "gates", True),
        ):
            blocked = switch.blockSignals(True)
            switch.setChecked(bool(known.get(key, usual)))
            switch.blockSignals(blocked)

    def _remember(self) -> None:
        self._ctx.device.set(
            _KEY,
            {
                "kind": self.kind.key(),
                "prices": self.prices.isChecked(),
                "gates": self.gate_codes.isChecked(),
            },
        )

    def _on_changed(self, *_: object) -> None:
        self._fit()
        self._remember()
        self._timer.start()

    def _fit(self) -> None:
        kind = self.kind.key()
        for widget in self.only_days:
            widget.setVisible(kind == "days")
        words = {
            "days": self.tr("Each crew begins on a page of its own."),
            "week": self.tr("The week of this day, a row for each crew."),
            "month": self.tr("The month of this day."),
            "list": self.tr("The week of this day, one visit a line, with addresses."),
        }
        self.hint.setText(words[kind])

    def _make(self) -> tuple[str, Callable[[], bytes]]:
        """The name of the file and what makes the PDF."""
        office, kind = self._ctx.office, self.kind.key()
        on = date.fromisoformat(self.day.iso())
        shown = self.chosen_crews()
        if kind == "days":
            every = len(shown) == len(self._crews)
            worker = self.who.currentData()
            whose = SheetFor(None if every else tuple(sorted(shown)), worker)
            choice = SheetChoice(whose, self.prices.isChecked(), self.gate_codes.isChecked())
            names = [crew.name for crew in self._crews if crew.id in shown]
            who = self.who.currentText() if worker is not None else ""
            who = who or (names[0] if len(names) == 1 and not every else "")
            name = self.tr("Day sheet {day}").format(day=on.isoformat())
            return f"{name} {who}".strip(), partial(render_day_sheet, office, on, choice)
        first = week_start(on, self._first_weekday)
        hidden = frozenset(self._chips) - shown
        last = first + timedelta(days=6)
        if kind == "month":
            first = on
            name = self.tr("Schedule {month}").format(month=on.strftime("%Y-%m"))
        else:
            name = self.tr("Schedule {day}").format(day=first.isoformat())
        plan = PlanChoice(
            "month" if kind == "month" else "list" if kind == "list" else "week",
            first, last, hidden, self._first_weekday,
        )  # fmt: skip
        return name, partial(render_plan, office, plan)

    # the preview

    def _render(self) -> None:
        self._asked += 1
        number = self._asked
        name, make = self._make()
        self._enable(False)

        def done(content: bytes) -> None:
            if number == self._asked:
                self._content, self._name = content, name
                self.notice.hide()
                self.paper.show_pdf(content)
                self._enable(True)
                self.rendered.emit()

        def refused(trouble: AppError) -> None:
            if number == self._asked:
                self._content = b""
                self.paper.clear()
                self.pages.setText("")
                self.notice.set_notice(str(trouble), "info", "info")
                self.notice.show()
                self.rendered.emit()

        self._ctx.tasks.run(self, make, done, refused)

    def _enable(self, on: bool) -> None:
        self.open_button.setEnabled(on)
        self.save_button.setEnabled(on)

    def _on_paper_shown_changed(self, page: int, count: int) -> None:
        text = self.tr("page {page} of {pages}").format(page=page + 1, pages=count)
        self.pages.setText(text if count else "")

    # to paper

    def _on_open_clicked(self) -> None:
        from tcf_desktop.services.pdf_files import open_pdf

        ctx, name, content = self._ctx, self._name, self._content

        def opened(_path: Path) -> None:
            ctx.notify(self.tr("It opens in your program for PDFs. Print it there."))

        ctx.tasks.run(self, lambda: open_pdf(ctx.office, name, content), opened)

    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save as PDF"), folder, self.tr("PDF files (*.pdf)"))
        dialog.setObjectName("print.where")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._name}.pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write what the preview shows."""
        from tcf_desktop.services.pdf_files import write_file

        ctx, content, target = self._ctx, self._content, Path(path)
        pages = i18n.plural(self.paper.page_count, self.tr("{n} page"), self.tr("{n} pages"))

        def done(_nothing: None) -> None:
            ctx.notify(self.tr("{pages} written to {file}.").format(pages=pages, file=target.name))

        ctx.tasks.run(self, lambda: write_file(target, content), done)
