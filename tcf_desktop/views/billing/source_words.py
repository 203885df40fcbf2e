"""Where a document comes from, in one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.documents import DocType, distinct_dates
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail


def _tr(text: str) -> str:
    return QCoreApplication.translate("SourceWords", text)


def source_words(detail: InvoiceDetail) -> str:
    """``From 2 visits, Jun 18 and Jul 2, and proposal P-0214.``; empty for nothing."""
    if detail.doc_type == DocType.CREDIT_NOTE:
        return _tr("Takes back what was billed with invoice {number}.").format(
            number=detail.corrects_number
        )
    days = [day for _visit, day in detail.visits]
    visits = i18n.plural(len(days), _tr("{n} visit"), _tr("{n} visits"))
    proposal = _tr("proposal {number}").format(number=detail.proposal_number)
    if days and detail.proposal_number:
        return _tr("From {visits}, {days}, and {proposal}.").format(
            visits=visits, days=distinct_dates(days), proposal=proposal
        )
    if days:
        return _tr("From {visits}, {days}.").format(visits=visits, days=distinct_dates(days))
    return _tr("From {proposal}.").format(proposal=proposal) if detail.proposal_number else ""
