"""How a document is called: in the header, in the list, in the name of its file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.documents import DocType
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail


def _tr(text: str) -> str:
    return QCoreApplication.translate("DocumentTitles", text)


def document_title(detail: InvoiceDetail | None, *, for_file: bool = False) -> str:
    """``New invoice``, ``Invoice 1049``, ``Credit note CN-3``; of a file ``Invoice draft``."""
    kind = DocType.INVOICE.value if detail is None else detail.doc_type
    if detail is None or detail.is_draft:
        if for_file:
            return _tr("Invoice draft")
        return {DocType.DEPOSIT.value: _tr("New deposit invoice")}.get(kind, _tr("New invoice"))
    words = {
        DocType.CREDIT_NOTE.value: _tr("Credit note {number}"),
        DocType.DEPOSIT.value: _tr("Deposit invoice {number}"),
    }.get(kind, _tr("Invoice {number}"))
    return words.format(number=detail.number)


def document_name(detail: InvoiceDetail) -> str:
    """The same inside a sentence: ``invoice 1049``."""
    words = {
        DocType.CREDIT_NOTE.value: _tr("credit note {number}"),
        DocType.DEPOSIT.value: _tr("deposit invoice {number}"),
    }.get(detail.doc_type, _tr("invoice {number}"))
    return words.format(number=detail.number)
