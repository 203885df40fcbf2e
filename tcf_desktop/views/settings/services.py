"""Settings > Services and prices: what is sold, for how much, and what counts its quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.domain.when_input import parse_length
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.checklists import service_checklists
from tcf_desktop.services.queries.record_settings import (
    MeasureRow,
    ServiceSettings,
    measures,
    services,
)
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    LineEdit,
    LinkButton,
    PriceEdit,
    Switch,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.settings.rows import ListSection, SettingRow, put
from tcf_desktop.views.settings.service_checklist import ServiceChecklist

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Stored = tuple[tuple[ServiceSettings, ...], tuple[MeasureRow, ...], dict[int, tuple[str, ...]]]


class ServicesSection(ListSection):
    """Leaving a field of a row stores the service; what was sold before keeps its price."""

    key = "services"
    tables = ("services", "measures", "checklist_items")

    def build(self) -> None:
        self._measures: tuple[MeasureRow, ...] = ()
        self.build_list(
            self.tr("Services"),
            self.tr(
                "They are offered in this order when you write a visit or an invoice. Documents "
                "that are written already keep their names and prices."
            ),
            self.tr("Add a service"),
        )
        self.empty.setText(self.tr("Nothing to sell yet. Add what you do most often."))
        self.raise_prices = LinkButton(
            self.tr("Raise prices by a percentage…"), object_name="settings.services.raise"
        )
        self.raise_prices.clicked.connect(
            lambda *_: self.ctx.navigate(Target("billing", "raise_prices"))
        )
        self.list_card.body.addWidget(self.raise_prices)

    def load(self) -> None:
        self.ctx.tasks.read(self, _stored, self._show)

    def add_new(self) -> None:
        from tcf_desktop.services.catalog import SaveService

        self.do_add(SaveService(None, self.free_name(self.tr("New service")), 0))

    def make_row(self, stored: Any) -> SettingRow:
        row = ServiceLine(stored.id, self.tr("service"), self.ctx.currency())
        row.edited.connect(self._on_row_edited)
        row.moveRequested.connect(self._on_row_move_requested)
        row.removeRequested.connect(self._on_row_remove_requested)
        row.checklist.listChanged.connect(lambda: self._on_list_changed(row))
        return row

    def _on_list_changed(self, row: ServiceLine) -> None:
        from tcf_desktop.services.checklists import SetServiceChecklist

        self.do(SetServiceChecklist(row.row_id, row.checklist.texts()), row.row_id)

    def _show(self, found: Stored) -> None:
        self._measures = found[1]
        self.show_rows(found[0])
        for service in found[0]:
            row = self.row(service.id)
            assert isinstance(row, ServiceLine)
            row.offer_measures(self._measures, service.measure_id)
            row.checklist.show_items(found[2].get(service.id, ()))

    def _on_row_edited(self, row_id: int) -> None:
        from tcf_desktop.services.catalog import SaveService

        row = self.row(row_id)
        assert isinstance(row, ServiceLine)
        command = SaveService(
            row_id,
            row.name.text(),
            row.price.price(),
            row.stored.description,
            row.unit.text(),
            row.minutes(),
            row.taxable.isChecked(),
            row.measure_id(),
            row.treats.isChecked(),
        )
        self.do(command, row_id)

    def _on_row_move_requested(self, row_id: int, by: int) -> None:
        from tcf_desktop.services.catalog import MoveService

        self.do(MoveService(row_id, by), row_id)

    def _on_row_remove_requested(self, row_id: int) -> None:
        from tcf_desktop.services.catalog import DeleteService

        said = self.tr("Service {name} removed.").format(name=self.row(row_id).stored.name)
        self.do_remove(DeleteService(row_id), said)


class ServiceLine(SettingRow):
    """Name and price; below them unit, length, measure and tax."""

    def __init__(self, row_id: int, what: str, currency: str) -> None:
        super().__init__(row_id, f"settings.services.{row_id}", what)
        self.price = PriceEdit(currency=currency, object_name=f"{self.object_name}.price")
        self.price.setAccessibleName(self.tr("Price of the service"))
        self.price.setFixedWidth(
            max(100, self.price.fontMetrics().horizontalAdvance("00,000.00") + 24)
        )
        self.price.editingFinished.connect(self.announce)
        self.top.addWidget(self.price)
        self.unit = LineEdit(
            placeholder=self.tr("pane, hour"), object_name=f"{self.object_name}.unit"
        )
        self.unit.setAccessibleName(self.tr("Unit of the service"))
        self.unit.setMaxLength(40)
        self.unit.editingFinished.connect(self.announce)
        self.unit.setFixedWidth(self.unit.fontMetrics().horizontalAdvance("0" * 12))
        self.measure = ComboBox(object_name=f"{self.object_name}.measure")
        self.measure.setAccessibleName(self.tr("Measure that fills the quantity"))
        self.measure.activated.connect(lambda *_: self.announce())
        words = self.tr("Taxed")
        self.taxable = Switch(words, object_name=f"{self.object_name}.taxable")
        self.taxable.toggled.connect(lambda *_: self.announce())
        facts = FlowRow(spacing=12)
        self.length = LineEdit(
            placeholder=self.tr("2 min"), object_name=f"{self.object_name}.minutes"
        )
        self.length.setAccessibleName(self.tr("How long one takes"))
        self.length.setFixedWidth(self.length.fontMetrics().horizontalAdvance("0" * 10))
        self.length.editingFinished.connect(self._on_length_left)
        facts.add(_with_word(self.tr("per"), self.unit))
        facts.add(_with_word(self.tr("takes"), self.length))
        facts.add(_with_word(self.tr("quantity from"), self.measure))
        words_of_record = self.tr("Treatment record")
        self.treats = Switch(words_of_record, object_name=f"{self.object_name}.treats")
        self.treats.setToolTip(
            self.tr("Products are put down: the day sheet has lines to write them on")
        )
        self.treats.toggled.connect(lambda *_: self.announce())
        facts.add(_with_word(words_of_record, self.treats, after=True))
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(facts, 1)
        second.addWidget(self.taxable)
        second.addWidget(DataLabel(words, color="text2"))
        self.column.insertLayout(1, second)
        self.checklist = ServiceChecklist(f"{self.object_name}.checklist")
        self.column.insertWidget(2, self.checklist)

    def show_stored(self, stored: Any, *, first: bool, last: bool) -> None:
        before, self.stored = self.stored, None  # nothing that is shown here is a wish
        if not (self.price.hasFocus() and self.price.isModified()):
            self.price.set_price(stored.price_e4)
        put(self.unit, stored.unit)
        put(self.length, i18n.minutes_text(stored.minutes) if stored.minutes else "")
        if before is None or before.taxable != stored.taxable:
            self.taxable.setChecked(stored.taxable)
        if before is None or before.treats != stored.treats:
            self.treats.setChecked(stored.treats)
        super().show_stored(stored, first=first, last=last)

    def measure_id(self) -> int | None:
        """The measure that is chosen; one that was removed stays until it comes back."""
        chosen: int | None = self.measure.currentData()
        removed = self.measure.findData(self.stored.measure_id) < 0
        kept: int | None = self.stored.measure_id
        return kept if chosen is None and removed else chosen

    def minutes(self) -> int:
        """How long one takes; what stood there before where it cannot be read."""
        found = self._typed_minutes()
        return int(self.stored.minutes) if found is None else found

    def _typed_minutes(self) -> int | None:
        text, stored = self.length.text().strip(), int(self.stored.minutes)
        if text == (i18n.minutes_text(stored) if stored else ""):
            return stored
        return parse_length(text) if text else 0

    def _on_length_left(self) -> None:
        if self.stored is not None and self._typed_minutes() is None:
            text = self.length.text()[:40]
            self.say(
                self.tr("“{text}” is no length. Write it like 2 min.").format(text=text), "bad"
            )
            stored = int(self.stored.minutes)
            self.length.setText(i18n.minutes_text(stored) if stored else "")
            return
        self.announce()

    def offer_measures(self, known: tuple[MeasureRow, ...], chosen: int | None) -> None:
        """Fill the drop-down; a measure that was removed counts for none."""
        blocked = self.measure.blockSignals(True)
        self.measure.clear()
        self.measure.addItem(self.tr("what you type"), None)
        for measure in known:
            self.measure.addItem(measure.name, measure.id)
        self.measure.setCurrentIndex(max(0, self.measure.findData(chosen)))
        self.measure.blockSignals(blocked)

    def differs(self) -> bool:
        stored = self.stored
        return super().differs() or (
            self.price.price(),
            self.unit.text().strip(),
            self.taxable.isChecked(),
            self.measure_id(),
            self.minutes(),
            self.treats.isChecked(),
        ) != (
            stored.price_e4,
            stored.unit,
            stored.taxable,
            stored.measure_id,
            stored.minutes,
            stored.treats,
        )


def _with_word(word: str, field: QWidget, *, after: bool = False) -> QWidget:
    """A word and its field, which stay in one line; ``after`` puts the word behind it."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    label = DataLabel(word, color="text2")
    for part in (field, label) if after else (label, field):
        row.addWidget(part)
    return both


def _stored(r: Reader) -> Stored:
    return services(r), measures(r), service_checklists(r)
