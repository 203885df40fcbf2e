"""One person: hand out everything, or see what erasing takes and leaves, and do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tcf_desktop.domain.privacy import Counted, ErasePlan
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.progress import Progress
from tcf_desktop.views.common import (
    Card,
    DataLabel,
    FormField,
    LineEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.privacy.words import counted, reason

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_WIDEST: Final = 760
_POLL_MS: Final = 100
_FEW: Final = 4


class PersonPane(ScrollPane):
    """``exportRequested`` and ``eraseRequested`` ask the page to begin; ``stopRequested`` ends an
    export."""

    exportRequested = Signal()
    eraseRequested = Signal()
    stopRequested = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.setObjectName("privacy.person")
        self._plan: ErasePlan | None = None
        self._progress: Progress | None = None
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._on_poll_timeout)
        holder = QWidget()
        holder.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(holder, 100)
        row.addStretch(1)
        self.layout_.addLayout(row)
        self.layout_.addStretch(1)
        self._build_export()
        self._build_erase()

    # building

    def _build_export(self) -> None:
        card = Card(self.tr("Everything about this person"))
        self.contents = DataLabel("", "body", "text2", wrap=True)
        card.body.addWidget(self.contents)
        self.export = PrimaryButton(
            self.tr("Export all about this person…"), "export", object_name="privacy.export"
        )
        self.export.clicked.connect(self.exportRequested)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("Export"))
        self.stop = PlainButton(self.tr("Stop"), object_name="privacy.stop")
        self.stop.clicked.connect(self.stopRequested)
        self.said = DataLabel("", "body", "text2", wrap=True, object_name="privacy.said")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.export)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addStretch(0)
        card.body.addLayout(row)
        card.body.addWidget(self.said)
        self._column.addWidget(card)
        self.show_export(None)

    def _build_erase(self) -> None:
        self.goes = Card(self.tr("What erasing removes"))
        self.stays = Card(self.tr("What stays, and why"))
        self._goes, self._stays = _grid(self.goes), _grid(self.stays)
        self.reach = DataLabel("", "caption", "text2", wrap=True, object_name="privacy.reach")
        self.stays.body.addWidget(self.reach)
        self.money = Notice("", "warn", "warning", self.tr("Show the invoice"))
        self.money.actionRequested.connect(self._on_money_action_requested)
        self.visits = Notice("", "warn", "warning", self.tr("Show the visit"))
        self.visits.actionRequested.connect(self._on_visits_action_requested)
        for widget in (self.goes, self.stays, self.money, self.visits):
            self._column.addWidget(widget)
        confirm = Card(self.tr("Erase this person"))
        self.asked = DataLabel("", "body", "text2", wrap=True, object_name="privacy.asked")
        confirm.body.addWidget(self.asked)
        self.name = LineEdit(object_name="privacy.name")
        self.name.textChanged.connect(self._on_name_text_changed)
        self.name.returnPressed.connect(self._on_name_return_pressed)
        self.field = FormField(self.tr("Name"), self.name)
        self.erase = PlainButton(
            self.tr("Erase this person"), "trash", object_name="privacy.erase", danger=True
        )
        self.erase.clicked.connect(self.eraseRequested)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field, 1)
        row.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignBottom)
        confirm.body.addLayout(row)
        self._column.addWidget(confirm)

    # showing

    def show_plan(self, plan: ErasePlan, *, anew: bool) -> None:
        """Show what would happen; ``anew`` forgets what was typed for somebody else."""
        self._plan = plan
        if anew:
            self.name.clear()
            self.said.hide()
            self.verticalScrollBar().setValue(0)
        self.contents.setText(
            self.tr(
                "One ZIP file with a page to read, the invoices as PDF, the files and photos, and "
                "everything as JSON, vCard and calendar for other programs."
            )
        )
        _fill(self._goes, ((each, counted(each), "") for each in plan.goes))
        _fill(self._stays, ((each, counted(each), reason(each, plan)) for each in plan.stays))
        self.goes.setVisible(bool(plan.goes))
        self.reach.setText(self._out_of_reach(plan))
        asked = self.tr("This cannot be undone. Type “{name}” to show that it is the right person.")
        self.asked.setText(asked.format(name=plan.name[:200]))
        self._show_obstacles(plan)
        self._on_name_text_changed(self.name.text())

    def show_export(self, progress: Progress | None, said: str = "") -> None:
        """An export is under way, or (None) not any more; ``said`` is what came of it."""
        self._progress = progress
        under_way = progress is not None
        self.bar.setVisible(under_way)
        self.stop.setVisible(under_way)
        self.export.setEnabled(not under_way)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        if under_way:
            self._poll.start()
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._poll.stop()

    def _show_obstacles(self, plan: ErasePlan) -> None:
        self.money.setVisible(bool(plan.owes))
        if plan.owes:
            total = sum(invoice.open_cents for invoice in plan.owes)
            text = (
                self.tr("Invoice {numbers} is not paid: {amount}. It comes first.")
                if len(plan.owes) == 1
                else self.tr("Invoices {numbers} are not paid: {amount}. They come first.")
            ).format(
                numbers=_few([invoice.number for invoice in plan.owes]),
                amount=i18n.money(total, self.ctx.currency()),
            )
            self.money.set_notice(text, "warn", "warning", self.tr("Show the invoice"))
        self.visits.setVisible(bool(plan.visits))
        if plan.visits:
            text = (
                self.tr("A visit is ahead, on {day}. Cancel it first.")
                if len(plan.visits) == 1
                else self.tr("{n} visits are ahead, the first on {day}. Cancel them first.")
            ).format(
                n=i18n.locale_of().toString(len(plan.visits)),
                day=i18n.full_day(plan.visits[0].starts_local[:10]),
            )
            self.visits.set_notice(text, "warn", "warning", self.tr("Show the visit"))

    def _out_of_reach(self, plan: ErasePlan) -> str:
        text = self.tr(
            "Out of reach: printed pages, mails that were sent, exported files and copies of the "
            "data folder. Delete those yourself."
        )
        if plan.mentions:
            more = i18n.plural(
                plan.mentions,
                self.tr("The name also stands in {n} note of another contact."),
                self.tr("The name also stands in {n} notes of other contacts."),
            )
            text = f"{text} {more}"
        return text

    # reacting

    def _may_erase(self) -> bool:
        plan = self._plan
        return plan is not None and plan.allowed and _same(self.name.text(), plan.name)

    def _on_name_text_changed(self, _text: str) -> None:
        may = self._may_erase()
        self.erase.setEnabled(may)
        if self._plan is not None and not self._plan.allowed:
            self.erase.setToolTip(self.tr("Something has to be settled first"))
        else:
            self.erase.setToolTip("" if may else self.tr("Type the name first"))

    def _on_name_return_pressed(self) -> None:
        if self._may_erase():
            self.erase.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_money_action_requested(self) -> None:
        if self._plan is not None and self._plan.owes:
            self.ctx.navigate(Target("billing", "invoice", self._plan.owes[0].id))

    def _on_visits_action_requested(self) -> None:
        if self._plan is not None and self._plan.visits:
            self.ctx.navigate(Target("schedule", "appointment", self._plan.visits[0].id))

    def _on_poll_timeout(self) -> None:
        if self._progress is not None:
            self.bar.setRange(0, max(self._progress.total, 1))
            self.bar.setValue(self._progress.done)


def _few(texts: list[str]) -> str:
    """The first of them, so that a long list does not fill the page."""
    return ", ".join([*texts[:_FEW], *(["…"] if len(texts) > _FEW else [])])


def _same(typed: str, name: str) -> bool:
    return " ".join(typed.casefold().split()) == " ".join(name.casefold().split())


def _grid(card: Card) -> Callable[[], QGridLayout]:
    """A grid of counts inside the card; calling what is returned empties it."""
    holder = QVBoxLayout()
    card.body.addLayout(holder)

    def fresh() -> QGridLayout:
        while (item := holder.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        holder.addWidget(widget)
        return grid

    return fresh


def _fill(fresh: Callable[[], QGridLayout], rows: Iterable[tuple[Counted, str, str]]) -> None:
    grid = fresh()
    at = 0
    for each, words, why in rows:
        number = i18n.locale_of().toString(each.count)
        grid.addWidget(DataLabel(number, "body", weight=600, align="right"), at, 0)
        grid.addWidget(DataLabel(words, "body"), at, 1)
        at += 1
        if why:
            grid.addWidget(DataLabel(why, "caption", "text2", wrap=True), at, 1)
            at += 1
