"""The page of a receipt. :func:`render` runs in the worker process."""

from tcf_desktop.domain.receipt_print import ReceiptDocument
from tcf_desktop.integrations.pdf.paper import Paper


def render(document: ReceiptDocument) -> bytes:
    """The PDF of a receipt; the same document gives the same bytes in every process.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """
    paper = Paper(document)
    paper.head()
    if document.rows:
        paper.table(document.columns, document.rows, keep=paper.totals_height(document.totals))
    paper.totals(document.totals)
    paper.gap(16)
    paper.words(document.message)
    return paper.to_bytes()
