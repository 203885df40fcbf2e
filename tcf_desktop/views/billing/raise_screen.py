"""Raising prices: by how much, what becomes of each, and one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.price_rise import LEAST_PPM, MOST_PPM, PriceRise
from tcf_desktop.itemmodels.price_rise import NAME, NEW, OLD, TICK, WHERE, PriceRiseModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.price_rise import RaisePrices
from tcf_desktop.services.queries.price_rise import KINDS, Kind, RisenPrice, risen_prices
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.tick_table import TickDelegate, TickTable
from tcf_desktop.views.common import (
    Cell,
    ComboBox,
    DataLabel,
    EmptyState,
    FilterChip,
    FormField,
    LineEdit,
    LinkButton,
    PrimaryButton,
    TwoLineDelegate,
    hairline,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.views.context import Target, ViewContext

_PAUSE_MS: Final = 150
_WIDTHS: Final = {TICK: 52, WHERE: 200, OLD: 124, NEW: 124}
_STEPS: Final = (1, 5, 10, 25, 50, 100, 500)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PriceRise", text)


class RaiseScreen(BillingScreen):
    """The list follows what is typed; nothing changes before the button."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("billing.raise")
        self.model = PriceRiseModel(ctx.currency)
        self._generation = 0
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._read)
        self.model.ticksChanged.connect(self._show_foot)

    def _build(self) -> None:
        self.share = LineEdit("3", object_name="billing.raise.share")
        self.share.setMaxLength(12)
        self.share.setMaximumWidth(self.share.fontMetrics().horizontalAdvance("0" * 14))
        self.share.textChanged.connect(lambda *_: self._timer.start())
        self.share_field = FormField(
            _tr("Percent"), self.share, hint=_tr("With a minus to lower them.")
        )
        self.step = ComboBox(object_name="billing.raise.step")
        for step in _STEPS:
            self.step.addItem(i18n.money(step, self.ctx.currency()), step)
        self.step.activated.connect(lambda *_: self._read())
        fields = QHBoxLayout()
        fields.setContentsMargins(24, 14, 24, 0)
        fields.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        fields.addWidget(self.share_field, 0, top)
        fields.addWidget(FormField(_tr("Rounded to"), self.step), 0, top)
        fields.addStretch(1)
        chips = QHBoxLayout()
        chips.setContentsMargins(24, 10, 24, 10)
        chips.setSpacing(6)
        names = (_tr("Price list"), _tr("Groups"), _tr("Repeating invoices"), _tr("Due again"))
        self.chips: dict[Kind, FilterChip] = {}
        for kind, name in zip(KINDS, names, strict=True):
            chip = FilterChip(name, object_name=f"billing.raise.{kind}")
            chip.setChecked(True)
            chip.toggled.connect(lambda *_: self._read())
            chips.addWidget(chip)
            self.chips[kind] = chip
        self.all = LinkButton(_tr("Untick all"), object_name="billing.raise.all")
        self.all.clicked.connect(self._on_all_clicked)
        chips.addWidget(self.all)
        chips.addStretch(1)
        self._build_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(fields)
        column.addLayout(chips)
        column.addLayout(self._stack, 1)
        column.addWidget(hairline())
        column.addWidget(self._build_foot())

    def _build_table(self) -> None:
        self.table = TickTable(object_name="billing.raise.list", outer=24)
        self.table.setAccessibleName(_tr("Prices before and after"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setAccessibleName(_tr("Columns of the prices"))
        for column in range(self.model.columnCount()):
            delegate = (
                TickDelegate(self.model)
                if column == TICK
                else TwoLineDelegate(_cell(self.model, column))
            )
            delegate.setParent(self.table)
            self.table.setItemDelegateForColumn(column, delegate)
            if column == NAME:
                header.setSectionResizeMode(column, header.ResizeMode.Stretch)
            else:
                header.resizeSection(column, _WIDTHS[column])
        self.table.tickRequested.connect(self.model.toggle)
        self.nothing = EmptyState(
            "tag", _tr("No price would change."), object_name="billing.raise.nothing"
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)

    def _build_foot(self) -> QWidget:
        self.count = DataLabel("", "caption", "text2", wrap=True, object_name="billing.raise.count")
        self.do = PrimaryButton(_tr("Change prices"), object_name="billing.raise.do")
        self.do.clicked.connect(self.run)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(12)
        row.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.do)
        return foot

    # what is shown

    def open_target(self, target: Target) -> None:
        self.model.tick_all(True)
        self._read()
        self.share.setFocus(Qt.FocusReason.OtherFocusReason)
        self.share.selectAll()

    def title(self) -> str:
        return _tr("Raise prices")

    def regions(self) -> Sequence[QWidget]:
        return [self.share, self.table, self.do]

    def foot_height(self) -> int:
        return self.do.height() + 20

    def rise(self) -> PriceRise | None:
        """What is typed; None when it cannot be read or is out of all bounds."""
        text = self.share.text().replace("\u2212", "-").strip()
        lowered = text.startswith("-")
        ppm = i18n.typed_rate(text.removeprefix("-").removeprefix("+"))
        if ppm < 0 or not LEAST_PPM <= (-ppm if lowered else ppm) <= MOST_PPM:
            return None
        return PriceRise(
            -ppm if lowered else ppm, int(self.step.currentData()), self.ctx.currency()
        )

    def _read(self) -> None:
        self._generation += 1
        generation, rise = self._generation, self.rise()
        kinds = tuple(kind for kind, chip in self.chips.items() if chip.isChecked())
        wrong = _tr("Write a percentage between −90 and 1,000.") if rise is None else ""
        self.share_field.set_hint(
            wrong or _tr("With a minus to lower them."), "bad" if wrong else ""
        )
        if rise is None:
            self._take(())
            return
        wanted = rise

        def answer(found: tuple[RisenPrice, ...]) -> None:
            if generation == self._generation:
                self._take(found)

        self.ctx.tasks.read(self, lambda r: risen_prices(r, wanted, kinds), answer)

    def _take(self, rows: tuple[RisenPrice, ...]) -> None:
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _show_foot(self) -> None:
        rows, ticked = self.model.rows, self.model.ticked()
        self.all.setVisible(bool(rows))
        self.all.setText(_tr("Untick all") if len(ticked) == len(rows) else _tr("Tick all"))
        self.do.setEnabled(bool(ticked))
        told = i18n.plural(
            len(ticked), _tr("{n} price will change."), _tr("{n} prices will change.")
        )
        kept = _tr("Documents and booked visits keep theirs.")
        self.count.setText(f"{told} {kept}" if ticked else "")

    # doing

    def run(self) -> None:
        """Write what is ticked; the notice offers undo."""

        def done(count: int) -> None:
            text = i18n.plural(
                count, _tr("{n} price was changed."), _tr("{n} prices were changed.")
            )
            self.ctx.notify(text, undo=True)
            self.closeRequested.emit()

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, _tr("Changing prices"))
            self._read()

        self.ctx.tasks.command(self, RaisePrices(self.model.ticked()), done, failed)

    def _on_all_clicked(self) -> None:
        self.model.tick_all(len(self.model.ticked()) < len(self.model.rows))


def _cell(model: PriceRiseModel, column: int) -> Callable[[RisenPrice], Cell]:
    """The painter's recipe of one column."""
    currency = model.currency

    def money(price_e4: int, weight: int) -> Cell:
        return Cell(i18n.price(price_e4, currency()), right=True, weight=weight)

    return {
        NAME: lambda row: Cell(row.name, row.about, weight=600),
        WHERE: lambda row: Cell(model.place_of(row), token="text2"),
        OLD: lambda row: money(row.old_e4, 400),
        NEW: lambda row: money(row.new_e4, 600),
    }.get(column, lambda _row: Cell())
