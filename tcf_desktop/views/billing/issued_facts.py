"""Who, where and when of an issued document, as text: nothing there can be changed any more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.documents import DocType
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.views.common import DataLabel

_COLUMNS = 3


class IssuedFacts(QWidget):
    """Labels with what the document says; what it does not say is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("invoice.facts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def show_detail(self, detail: InvoiceDetail) -> None:
        """Show a document as stored."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        said = [(label, text) for label, text in self._facts(detail) if text.strip()]
        for number, (label, text) in enumerate(said):
            row, column = divmod(number, _COLUMNS)
            self._grid.addWidget(_fact(label, text), row, column, Qt.AlignmentFlag.AlignTop)
        if detail.message.strip():
            last = self._grid.rowCount()
            message = _fact(self.tr("Message on the invoice"), detail.message)
            self._grid.addWidget(message, last, 0, 1, _COLUMNS)

    def _facts(self, detail: InvoiceDetail) -> list[tuple[str, str]]:
        terms = self.tr("Net {days}").format(days=detail.terms_days)
        note = detail.doc_type == DocType.CREDIT_NOTE
        return [
            (self.tr("Customer"), detail.customer),
            (self.tr("Bill to"), detail.bill_to),
            (self.tr("Service location"), detail.service_place),
            (self.tr("Date"), i18n.full_day(detail.issued_on or "")),
            (self.tr("Due"), "" if note else i18n.full_day(detail.due_on or "")),
            (
                self.tr("Terms"),
                "" if note else terms if detail.terms_days else self.tr("Due on receipt"),
            ),
            (self.tr("Customer PO"), detail.po),
            (self.tr("Note about the tax"), detail.tax_note),
        ]


def _fact(label: str, text: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(DataLabel(label, "caption", "text2"))
    column.addWidget(DataLabel(text.strip(), "body", wrap=True))
    return holder
