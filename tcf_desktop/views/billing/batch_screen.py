"""Many documents at once: what would happen, how far it is, what came of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.itemmodels.batch_list import (
    AMOUNT,
    CUSTOMER,
    DATES,
    RESULT,
    TICK,
    BatchModel,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.printing import print_pdfs
from tcf_desktop.services import batches
from tcf_desktop.services.batches import Outcome
from tcf_desktop.services.invoices import MarkInvoiceSent
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import batch_items
from tcf_desktop.services.queries.batch_items import BatchItem
from tcf_desktop.views.billing.batch_words import BATCHES
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.tick_table import TickDelegate, TickTable
from tcf_desktop.views.common import (
    Cell,
    ComboBox,
    DataLabel,
    EmptyState,
    LinkButton,
    PlainButton,
    PrimaryButton,
    TwoLineDelegate,
    hairline,
)
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

_LOOK_MS: Final = 100
_WIDTHS: Final = {TICK: 52, DATES: 150, AMOUNT: 124, RESULT: 300}


def _tr(text: str) -> str:
    return QCoreApplication.translate("BillingBatch", text)


class BatchScreen(BillingScreen):
    """One screen for every batch of ``BATCHES``; a target's value says which."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("billing.batch")
        self.kind = next(iter(BATCHES))
        self.model = BatchModel(ctx.currency)
        self._generation = 0
        self._progress: Progress | None = None
        self._papers: list[tuple[int, bytes]] = []
        self._build()
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._show_progress)
        self.model.ticksChanged.connect(self._show_foot)

    # building

    def _build(self) -> None:
        self.lead = DataLabel("", "body", "text2", wrap=True, object_name="billing.batch.lead")
        self.per = self._choice(
            "per",
            _tr("One invoice for each"),
            [
                (_tr("customer and place"), "place"),
                (_tr("customer"), "customer"),
                (_tr("visit"), "visit"),
            ],
        )
        self.then = self._choice(
            "then",
            _tr("What happens with them"),
            [
                (_tr("Leave them as drafts"), "draft"),
                (_tr("Issue them"), "issue"),
                (_tr("Issue them and prepare e-mails"), "mail"),
            ],
        )
        self.all = LinkButton("", object_name="billing.batch.all")
        self.all.clicked.connect(self._on_all_clicked)
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 12, 24, 10)
        tools.setSpacing(10)
        for widget in (self._per_label, self.per, self.then, self.all):
            tools.addWidget(widget)
        tools.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(24, 14, 24, 0)
        head.addWidget(self.lead)
        self._build_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tools)
        column.addLayout(self._stack, 1)
        column.addWidget(hairline())
        column.addWidget(self._build_foot())

    def _choice(self, key: str, name: str, options: list[tuple[str, str]]) -> ComboBox:
        if key == "per":
            self._per_label = DataLabel(name, "body", "text2")
        combo = ComboBox(object_name=f"billing.batch.{key}")
        combo.setAccessibleName(name)
        for text, value in options:
            combo.addItem(text, value)
        changed = self._read if key == "per" else self._on_then_chosen
        combo.activated.connect(lambda *_: changed())
        return combo

    def _on_then_chosen(self) -> None:
        self.model.mind_hindrances(self.then.currentData() != "skip")

    def _build_table(self) -> None:
        self.table = TickTable(object_name="billing.batch.list", outer=24)
        self.table.setAccessibleName(_tr("What will happen"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setAccessibleName(_tr("Columns of the list"))
        for column in range(self.model.columnCount()):
            delegate = (
                TickDelegate(self.model)
                if column == TICK
                else TwoLineDelegate(_cell(self.model, column))
            )
            delegate.setParent(self.table)
            self.table.setItemDelegateForColumn(column, delegate)
            if column == CUSTOMER:
                header.setSectionResizeMode(column, header.ResizeMode.Stretch)
            else:
                header.resizeSection(column, _WIDTHS[column])
        self.table.tickRequested.connect(self.model.toggle)
        self.nothing = EmptyState("check-circle", "", object_name="billing.batch.nothing")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)

    def _build_foot(self) -> QWidget:
        self.count = DataLabel("", "caption", "text2", wrap=True, object_name="billing.batch.count")
        self.bar = QProgressBar()
        self.bar.setObjectName("billing.batch.bar")
        self.bar.setAccessibleName(_tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.hide()
        self.stop = PlainButton(_tr("Stop"), object_name="billing.batch.stop")
        self.stop.clicked.connect(self._on_stop_clicked)
        self.stop.hide()
        self.do = PrimaryButton("", object_name="billing.batch.do")
        self.do.clicked.connect(self.run)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(12)
        row.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addWidget(self.do)
        return foot

    # what is shown

    def open_target(self, target: Target) -> None:
        if self._progress is not None:
            return  # what runs stays in sight
        self.kind = target.value if target.value in BATCHES else next(iter(BATCHES))
        words = BATCHES[self.kind]
        self.lead.setText(_tr(words.lead))
        self.do.setText(_tr(words.do))
        self.nothing.text.setText(_tr(words.nothing))
        self._per_label.setVisible(self.kind == "visits")
        self.per.setVisible(self.kind == "visits")
        self.then.setVisible(self.kind in {"visits", "repeating", "drafts"})
        self._offer_skip(self.kind == "repeating")
        self.then.select_data("issue" if self.kind == "drafts" else "draft")
        self.model.mind_hindrances(True)
        self._read()

    def _offer_skip(self, offered: bool) -> None:
        at = self.then.findData("skip")
        if offered and at < 0:
            self.then.addItem(_tr("Leave these dates out for good"), "skip")
        elif not offered and at >= 0:
            self.then.removeItem(at)

    def title(self) -> str:
        return _tr(BATCHES[self.kind].title)

    def regions(self) -> Sequence[QWidget]:
        return [self.table, self.do]

    def foot_height(self) -> int:
        return self.do.height() + 20

    def _read(self) -> None:
        self._generation += 1
        generation, read = self._generation, self._reading()

        def answer(found: tuple[BatchItem, ...]) -> None:
            if generation == self._generation:
                self.model.set_items(found)
                self._stack.setCurrentIndex(0 if found else 1)
                self.headerChanged.emit()

        self.ctx.tasks.read(self, read, answer)

    def _reading(self) -> Callable[[Reader], tuple[BatchItem, ...]]:
        if self.kind == "visits":
            return partial(batch_items.visit_items, per=self.per.currentData())
        if self.kind == "repeating":
            return partial(batch_items.due_items, today=self.ctx.today())
        if self.kind == "drafts":
            return batch_items.draft_items
        return partial(batch_items.unsent_items, by_mail=self.kind == "mails")

    def _show_foot(self) -> None:
        running = self._progress is not None
        ended = bool(self.model.outcomes)
        ticked = self.model.ticked()
        able = self.model.able()
        self.all.setText(_tr("Untick all") if ticked and len(ticked) == able else _tr("Tick all"))
        self.all.setVisible(bool(able) and not running and not ended)
        for choice in (self.per, self.then):
            choice.setEnabled(not running and not ended)
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.do.setVisible(not running and not ended)
        self.do.setEnabled(bool(ticked))
        if not running:
            self.count.setText(self._told() if ended else self._foreseen(ticked))

    def _foreseen(self, ticked: list[int]) -> str:
        if not ticked:
            return ""
        items = [self.model.items[at] for at in ticked]
        money = i18n.money(sum(item.amount_cents for item in items), self.ctx.currency())
        documents = i18n.plural(len(items), _tr("{n} invoice"), _tr("{n} invoices"))
        if self.kind == "visits":
            visits = sum(len(item.ids) for item in items)
            told = i18n.plural(visits, _tr("{n} visit"), _tr("{n} visits"))
            words = _tr("{visits} become {invoices}, {money} before tax.")
            return words.format(visits=told, invoices=documents, money=money)
        return _tr("{invoices}, {money}.").format(invoices=documents, money=money)

    def _told(self) -> str:
        states = [outcome.state for outcome in self.model.outcomes.values()]
        done, failed, left = (states.count(state) for state in ("done", "failed", "left"))
        parts = [_tr("{n} done").format(n=done)]
        if failed:
            parts.append(_tr("{n} refused, see the list").format(n=failed))
        if left:
            parts.append(_tr("{n} left as they were").format(n=left))
        return i18n.joined(parts)

    # running

    def run(self) -> None:
        """Work through what is ticked, beside the window's thread."""
        places = self.model.ticked()
        if not places or self._progress is not None:
            return
        items = [self.model.items[at] for at in places]
        self._papers = []
        work, progress = self._work(), Progress()
        self._progress = progress
        self.bar.setRange(0, len(items))
        self.bar.setValue(0)
        self._watch.start()
        self._show_foot()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ctx.tasks.run(
            self,
            lambda: batches.run_batch(items, work, progress),
            lambda outcomes: self._end(dict(zip(places, outcomes, strict=True))),
        )

    def _work(self) -> batches.Work:
        office, today = self.ctx.office, self.ctx.today()
        then = self.then.currentData()
        if self.kind == "visits":
            return batches.invoicing(office, self.per.currentData(), then, today)
        if self.kind == "repeating":
            return batches.repeating(office, then, today)
        if self.kind == "drafts":
            return batches.issuing(office, then, today)
        if self.kind == "mails":
            return batches.mailing(office, today)
        return batches.collecting(office, today, self._papers)

    def _show_progress(self) -> None:
        if self._progress is not None:
            done, total = self._progress.done, self.bar.maximum()
            self.bar.setValue(done)
            self.count.setText(_tr("{done} of {total}").format(done=done, total=total))

    def _on_stop_clicked(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self.count.setText(_tr("Ending after this one…"))

    def _end(self, outcomes: dict[int, Outcome]) -> None:
        self._watch.stop()
        self._progress = None
        self.model.show_outcomes(outcomes)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.kind == "mails" or self.then.currentData() == "mail":
            action = NoticeAction(_tr("Show"), self._show_messages)
            self.ctx.notify(_tr("The e-mails wait under Messages."), action=action)
        if self._papers:
            self._print()

    def _print(self) -> None:
        papers, self._papers = self._papers, []
        ids = tuple(ident for ident, _content in papers)

        def printed(done: bool) -> None:
            if done:
                self.ctx.tasks.command(self, MarkInvoiceSent(ids, "print"), lambda _: None)
            else:
                self.ctx.notify(_tr("The printer could not be reached. Nothing was printed."))

        print_pdfs(self, [content for _ident, content in papers], self.title(), printed)

    def _show_messages(self) -> None:
        self.ctx.navigate(Target("messages", "waiting"))

    def _on_all_clicked(self) -> None:
        self.model.tick_all(len(self.model.ticked()) < self.model.able())


def _cell(model: BatchModel, column: int) -> Callable[[int], Cell]:
    """The painter's recipe of one column; a row is its place in the list."""

    def customer(place: int) -> Cell:
        item = model.items[place]
        return Cell(item.customer, item.detail, weight=600)

    def result(place: int) -> Cell:
        words, token = model.result(place)
        return Cell(words, token=token)

    def text(place: int) -> Any:
        return model.data(model.index(place, column))

    recipes: dict[int, Callable[[int], Cell]] = {
        CUSTOMER: customer,
        RESULT: result,
        AMOUNT: lambda place: Cell(text(place), right=True, weight=600),
    }
    return recipes.get(column, lambda place: Cell(text(place), token="text2"))
