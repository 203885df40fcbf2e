"""The page of a deposit slip. :func:`render` runs in the worker process."""

from tcf_desktop.domain.deposit_print import SlipDocument
from tcf_desktop.integrations.pdf.paper import Paper


def render(document: SlipDocument) -> bytes:
    """The PDF of a deposit slip; the same document gives the same bytes in every process."""
    paper = Paper(document)
    paper.head()
    paper.table(document.columns, document.rows, keep=paper.totals_height(document.totals))
    paper.totals(document.totals)
    paper.gap(16)
    paper.words(document.note)
    return paper.to_bytes()
