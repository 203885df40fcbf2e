"""The lines of an invoice while they are edited."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt, Signal

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.discounts import parse_discount
from tcf_desktop.domain.money import parse_price, parse_quantity
from tcf_desktop.domain.tax import (
    DEFAULT_POLICY,
    PLAIN_TERMS,
    DocumentTerms,
    RoundingPolicy,
    TaxPart,
    Totals,
)
from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, Index
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft, totals_of
from tcf_desktop.services.queries.catalog import PriceRow

HANDLE, SERVICE, QTY, UNIT, EACH, DISCOUNT, TAX, AMOUNT = range(8)
EDITABLE = (SERVICE, QTY, UNIT, EACH, DISCOUNT)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ON_THE_LEFT = frozenset({HANDLE, SERVICE, UNIT})
_NOTHING = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("InvoiceLines", text)


def discount_text(ppm: int, cents: int, currency: str) -> str:
    """``10 %`` or ``25.00`` as it can be typed again; empty for none."""
    if ppm:
        return i18n.rate(ppm)
    return i18n.amount(cents, currency) if cents else ""


class InvoiceLinesModel(QAbstractTableModel):
    """Lines in order and, unless read-only, one empty row to type the next one into.

    ``edited`` after every change that matters for the document; ``refused`` with the reason when
    a figure was not understood (the old one stays).
    """

    edited = Signal()
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[InvoiceLineDraft] = []
        self._stored: tuple[int, ...] | None = None
        self._rates: tuple[int, ...] = ()
        self._parts: tuple[TaxPart, ...] = ()
        self._currency = "USD"
        self._policy = DEFAULT_POLICY
        self._terms = PLAIN_TERMS
        self._read_only = False
        self._quantities: dict[int, int] = {}
        self._totals = totals_of((), ())

    # the content

    def set_content(
        self,
        lines: Sequence[InvoiceLineDraft],
        parts: Sequence[TaxPart],
        currency: str,
        *,
        policy: RoundingPolicy = DEFAULT_POLICY,
        terms: DocumentTerms = PLAIN_TERMS,
        stored_amounts: Sequence[int] | None = None,
        stored_rates: Sequence[int] = (),
    ) -> None:
        """Show a document. ``stored_amounts`` makes it read-only: those and the stored rates are
        shown, nothing is computed."""
        self.beginResetModel()
        self._lines = list(lines)
        self._parts, self._currency, self._policy = tuple(parts), currency, policy
        self._terms = terms
        self._read_only = stored_amounts is not None
        self._stored = tuple(stored_amounts) if stored_amounts is not None else None
        self._rates = tuple(stored_rates)
        if not self._read_only:
            self._totals = self._compute(self._lines)
        self.endResetModel()

    def set_quantities(self, quantities: Mapping[int, int]) -> None:
        """Thousandths by service that the place was measured with, for lines to come."""
        self._quantities = dict(quantities)

    def set_parts(self, parts: Sequence[TaxPart]) -> None:
        """Another tax for the same lines."""
        self._parts = tuple(parts)
        self._changed()

    def set_terms(self, terms: DocumentTerms) -> bool:
        """Another discount, or prices with the tax in them; False when it was refused."""
        try:
            totals_of(self._lines, self._parts, self._policy, terms)
        except AppError as error:
            self.refused.emit(error)
            return False
        self._terms = terms
        self._changed()
        return True

    @property
    def lines(self) -> tuple[InvoiceLineDraft, ...]:
        return tuple(self._lines)

    @property
    def terms(self) -> DocumentTerms:
        """What holds for the document as a whole."""
        return self._terms

    @property
    def totals(self) -> Totals:
        """The figures of what is edited, by the one function that computes them."""
        return self._totals

    @property
    def is_read_only(self) -> bool:
        return self._read_only

    def is_new_row(self, row: int) -> bool:
        """Whether a row is the empty one at the end."""
        return row >= len(self._lines)

    # changes

    def set_service(self, row: int, price: PriceRow) -> None:
        """Take a service into a row, at this customer's price and with the place's quantity."""
        each = price.offered_e4
        measured = self._quantities.get(price.id, 1000)
        if self.is_new_row(row):
            line = InvoiceLineDraft(
                price.name, price.description, measured, each, price.taxable, price.id,
                unit=price.unit, tax_code_id=price.tax_code_id,
            )  # fmt: skip
            self._append([line])
        else:
            counted = self._lines[row].qty_milli
            self._replace(
                row,
                name=price.name,
                qty_milli=measured if counted == 1000 else counted,
                unit_price_e4=each,
                unit=price.unit,
                taxable=price.taxable,
                tax_code_id=price.tax_code_id,
                service_id=price.id,
                description=self._lines[row].description or price.description,
            )

    def set_text(self, row: int, name: str, description: str) -> None:
        """The words of a line; in the empty row a name begins a new line."""
        if self.is_new_row(row):
            if name.strip():
                self._append([InvoiceLineDraft(name.strip(), description.strip())])
            return
        line = self._lines[row]
        if (line.name, line.description) != (name, description):
            self._replace(row, name=name, description=description)

    def set_tax(self, row: int, *, taxable: bool, tax_code_id: int | None = None) -> None:
        """Tax a line at the usual rate (no code), by a tax code, or not at all."""
        if not self.is_new_row(row) and not self._read_only:
            self._replace(row, taxable=taxable, tax_code_id=tax_code_id if taxable else None)

    def add_lines(self, lines: Sequence[InvoiceLineDraft]) -> bool:
        """Put lines behind the others, all or (``refused``) none."""
        return not self._read_only and self._append(lines)

    def remove(self, row: int) -> None:
        """Take a line away."""
        if not self.is_new_row(row) and not self._read_only:
            self.beginRemoveRows(_NOTHING, row, row)
            del self._lines[row]
            self._totals = self._compute(self._lines)
            self.endRemoveRows()
            self._changed()

    def move(self, row: int, by: int) -> int:
        """Move a line up (-1) or down (1); returns where it stands now."""
        other = row + by
        if self._read_only or self.is_new_row(row) or not 0 <= other < len(self._lines):
            return row
        self.beginMoveRows(_NOTHING, row, row, _NOTHING, other + 1 if by > 0 else other)
        self._lines[row], self._lines[other] = self._lines[other], self._lines[row]
        self._totals = self._compute(self._lines)
        self.endMoveRows()
        self._changed()
        return other

    def _compute(self, lines: Sequence[InvoiceLineDraft]) -> Totals:
        return totals_of(lines, self._parts, self._policy, self._terms)

    def _append(self, lines: Sequence[InvoiceLineDraft]) -> bool:
        at = len(self._lines)
        try:
            totals = self._compute([*self._lines, *lines])
        except AppError as error:
            self.refused.emit(error)
            return False
        if lines:
            self.beginInsertRows(_NOTHING, at, at + len(lines) - 1)
            self._lines.extend(lines)
            self._totals = totals
            self.endInsertRows()
            self._changed()
        return True

    def _replace(self, row: int, **changes: Any) -> bool:
        changed = dataclasses.replace(self._lines[row], **changes)
        others = [*self._lines[:row], changed, *self._lines[row + 1 :]]
        try:
            self._totals = self._compute(others)
        except AppError as error:
            self.refused.emit(error)
            return False
        self._lines = others
        self._changed()
        return True

    def _changed(self) -> None:
        self._totals = self._compute(self._lines)
        if self._lines:
            last = self.index(len(self._lines) - 1, AMOUNT)
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()

    # Qt

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._lines) + (0 if self._read_only else 1)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else AMOUNT + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._read_only:
            return plain
        if self.is_new_row(index.row()):
            return plain | Qt.ItemFlag.ItemIsEditable if index.column() == SERVICE else plain
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() in EDITABLE else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() in _ON_THE_LEFT else _RIGHT
        if self.is_new_row(index.row()):
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index.row(), line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{title}: {self._text(index.row(), line, index.column())}"
        return line if role == ROW_ROLE else None

    def _text(self, row: int, line: InvoiceLineDraft, column: int) -> str:
        if column == TAX:
            rates = self._rates if self._read_only else self._totals.rates_ppm
            rate = rates[row] if row < len(rates) else 0
            return i18n.rate(rate) if rate else i18n.DASH
        if column == DISCOUNT:
            return discount_text(line.discount_ppm, line.discount_fixed_cents, self._currency)
        amount = self._stored[row] if self._stored is not None else self._totals.amounts[row]
        return {
            SERVICE: line.name,
            QTY: i18n.quantity(line.qty_milli),
            UNIT: line.unit,
            EACH: i18n.price(line.unit_price_e4, self._currency),
            AMOUNT: i18n.amount(amount, self._currency),
        }.get(column, "")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.is_new_row(index.row()):
            return False
        text = str(value).strip()
        if text == self._text(index.row(), self._lines[index.row()], index.column()):
            return True
        try:
            return self._replace(index.row(), **self._parsed(index.column(), text))
        except AppError as error:
            self.refused.emit(error)
        return False

    def _parsed(self, column: int, text: str) -> dict[str, Any]:
        """What a typed text changes; raises what the parsers raise."""
        style = i18n.number_style()
        if column == QTY:
            return {"qty_milli": parse_quantity(text, style)}
        if column == EACH:
            return {"unit_price_e4": parse_price(text, self._currency, style)}
        if column == DISCOUNT:
            share, cents = parse_discount(text, self._currency, style)
            return {"discount_ppm": share, "discount_fixed_cents": cents}
        return {"unit": text[:40]} if column == UNIT else {}

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            titles = (
                "", _tr("Service"), _tr("Qty"), _tr("Unit"), _tr("Each"), _tr("Discount"),
                _tr("Tax"), _tr("Amount"),
            )  # fmt: skip
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section in _ON_THE_LEFT else _RIGHT
        return None
