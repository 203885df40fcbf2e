"""Settings > Taxes: each tax with its parts, and which one new invoices use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.settings import TaxRow, business_facts, taxes
from tcf_desktop.views.common import (
    Card,
    Chip,
    ComboBox,
    DataLabel,
    FormField,
    IconButton,
    LineEdit,
    LinkButton,
    PlainButton,
)
from tcf_desktop.views.settings.section import Section


class TaxesSection(Section):
    """A card for each tax; leaving a field saves the whole tax."""

    key = "taxes"
    tables = ("business", "taxes", "tax_parts", "locations")

    def build(self) -> None:
        card = self.card(
            self.tr("Tax on new invoices"),
            self.tr(
                "A customer’s location may name another tax; issued invoices stay as they are."
            ),
        )
        self._default = ComboBox(object_name="settings.taxes.default")
        self._default.setAccessibleName(self.tr("Default tax"))
        self._default.activated.connect(self._on_default_activated)
        field = FormField(self.tr("Default tax"), self._default)
        field.setMaximumWidth(360)
        card.body.addWidget(field)
        self._cards: list[TaxCard] = []
        row = QHBoxLayout()
        self._add = PlainButton(self.tr("Add a tax"), "plus", object_name="settings.taxes.add")
        self._add.clicked.connect(self._on_add_clicked)
        row.addWidget(self._add)
        row.addStretch(1)
        self.column.addLayout(row)

    def load(self) -> None:
        facts, rows = self.ctx.tasks.read_now(lambda r: (business_facts(r), taxes(r)))
        blocked = self._default.blockSignals(True)
        self._default.clear()
        self._default.addItem(self.tr("No tax"), None)
        for row in rows:
            self._default.addItem(row.name, row.id)
        self._default.setCurrentIndex(max(0, self._default.findData(facts.default_tax_id)))
        self._default.blockSignals(blocked)
        self._show_taxes(rows, facts.default_tax_id)

    def _show_taxes(self, rows: Sequence[TaxRow], default_id: int | None) -> None:
        shown = {card.row.id: card for card in self._cards}
        for card in self._cards:
            if card.row.id not in {row.id for row in rows}:
                self.column.removeWidget(card)
                card.hide()
                card.deleteLater()
        self._cards = []
        for row in rows:
            if row.id in shown:
                card = shown[row.id]
            else:
                card = TaxCard(row)
                card.changeRequested.connect(self._on_card_change_requested)
                card.deleteRequested.connect(self._on_card_delete_requested)
                self.column.insertWidget(self.column.count() - 1, card)
            card.show_tax(row, is_default=row.id == default_id)
            self._cards.append(card)

    def _on_default_activated(self) -> None:
        self.save_business("default_tax_id", self._default.currentData())

    def _on_add_clicked(self) -> None:
        from tcf_desktop.services.company import SaveTax

        name = self.tr("New tax")
        self.ctx.tasks.command(self, SaveTax(None, name, ((name, 0),)), self._focus_new)

    def _focus_new(self, tax_id: int) -> None:
        self.load()
        for card in self._cards:
            if card.row.id == tax_id:
                self.ensureWidgetVisible(card)
                card.name.setFocus()
                card.name.selectAll()
        self.saved.emit()

    def _on_card_change_requested(self, tax_id: int, name: str, parts: object) -> None:
        from tcf_desktop.services.company import SaveTax

        assert isinstance(parts, tuple)
        self.ctx.tasks.command(
            self,
            SaveTax(tax_id, name, parts),
            lambda _: self.saved.emit(),
            self._refused,
        )

    def _refused(self, error: AppError) -> None:
        self.ctx.show_error(error)
        self.load()

    def _on_card_delete_requested(self, tax_id: int, name: str) -> None:
        from tcf_desktop.services.company import DeleteTax

        said = self.tr("Tax {name} deleted.").format(name=name)
        self.ctx.tasks.command(self, DeleteTax(tax_id), lambda _: self.ctx.notify(said, undo=True))


class TaxCard(Card):
    """Name, parts with rates, and the sum that the customer pays."""

    changeRequested = Signal(int, str, object)
    deleteRequested = Signal(int, str)

    def __init__(self, row: TaxRow) -> None:
        super().__init__(object_name=f"settings.taxes.tax{row.id}")
        self.row = row
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._heading = DataLabel("", "heading")
        self._chip = Chip(self.tr("Default"), "info")
        self._places = DataLabel("", "caption", "text2")
        head.addWidget(self._heading)
        head.addWidget(self._chip)
        head.addWidget(self._places, 1)
        delete = IconButton("trash", self.tr("Delete this tax"))
        delete.clicked.connect(lambda *_: self.deleteRequested.emit(self.row.id, self.row.name))
        head.addWidget(delete)
        self.body.addLayout(head)
        self.name = LineEdit(object_name=f"settings.taxes.tax{row.id}.name")
        self.name.editingFinished.connect(self._emit)
        name_field = FormField(self.tr("Name, as you know it"), self.name)
        name_field.setMaximumWidth(488)
        self.body.addWidget(name_field)
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.body.addWidget(self._grid_holder)
        self._parts: list[tuple[LineEdit, LineEdit]] = []
        add = LinkButton(self.tr("Add a part"))
        add.clicked.connect(self._on_add_clicked)
        self.body.addWidget(add)

    def show_tax(self, row: TaxRow, *, is_default: bool) -> None:
        """Show stored values; rebuilds the parts only when their number changed."""
        same = len(self._parts) == len(row.parts)
        self.row = row
        whole = i18n.rate(row.rate_ppm)
        self._heading.setText(row.name if whole in row.name else f"{row.name} · {whole}")
        self._chip.setVisible(is_default)
        self._places.setText(
            i18n.plural(
                row.places, self.tr("used by {n} location"), self.tr("used by {n} locations")
            )
            if row.places
            else ""
        )
        if not self.name.hasFocus():
            self.name.setText(row.name)
        if not same:
            self._build_parts(len(row.parts))
        for (name, rate), part in zip(self._parts, row.parts, strict=True):
            if not name.hasFocus():
                name.setText(part.name)
            if not rate.hasFocus():
                rate.setText(i18n.rate(part.rate_ppm))

    def _build_parts(self, count: int) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.addWidget(DataLabel(self.tr("Part, as printed"), "caption", "text2"), 0, 0)
        self._grid.addWidget(DataLabel(self.tr("Rate"), "caption", "text2", align="right"), 0, 1)
        self._parts = []
        for index in range(count):
            name = LineEdit(object_name=f"settings.taxes.tax{self.row.id}.part{index}")
            name.setAccessibleName(self.tr("Name of part {n}").format(n=index + 1))
            name.setMinimumWidth(300)
            rate = LineEdit(object_name=f"settings.taxes.tax{self.row.id}.rate{index}")
            rate.setAccessibleName(self.tr("Rate of part {n}").format(n=index + 1))
            rate.setFixedWidth(110)
            from PySide6.QtCore import Qt

            rate.setAlignment(Qt.AlignmentFlag.AlignRight)
            name.editingFinished.connect(self._emit)
            rate.editingFinished.connect(self._emit)
            remove = IconButton("x", self.tr("Remove this part"), framed=False)
            remove.clicked.connect(partial(self._remove, index))
            remove.setVisible(count > 1)
            self._grid.addWidget(name, index + 1, 0)
            self._grid.addWidget(rate, index + 1, 1)
            self._grid.addWidget(remove, index + 1, 2)
            self._parts.append((name, rate))
        self._grid.setColumnStretch(3, 1)

    def _values(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (name.text().strip(), i18n.typed_rate(rate.text())) for name, rate in self._parts
        )

    def _emit(self) -> None:
        values = self._values()
        stored = tuple((part.name, part.rate_ppm) for part in self.row.parts)
        if values != stored or self.name.text().strip() != self.row.name:
            self.changeRequested.emit(self.row.id, self.name.text().strip(), values)

    def _on_add_clicked(self) -> None:
        more = (*self._values(), (self.tr("Another part"), 0))
        self.changeRequested.emit(self.row.id, self.name.text().strip(), more)

    def _remove(self, index: int) -> None:
        values = self._values()
        fewer = values[:index] + values[index + 1 :]
        self.changeRequested.emit(self.row.id, self.name.text().strip(), fewer)
