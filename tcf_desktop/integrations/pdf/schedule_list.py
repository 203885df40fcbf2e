"""The schedule as a list on landscape pages. :func:`render` runs in the worker process."""

from tcf_desktop.domain.schedule_print import PrintList
from tcf_desktop.integrations.pdf.table import TablePages


def render(document: PrintList) -> bytes:
    """The PDF of a list. Texts are literal."""
    pages = TablePages(
        document.title,
        document.subtitle,
        document.business_name,
        paper=document.paper,
        page_label=document.page_label,
        continued=document.continued,
    )
    pages.columns(document.columns, (0.14, 0.21, 0.22, 0.23, 0.12, 0.08))
    for head, rows in document.days:
        pages.section(head)
        for row in rows:
            pages.row(row)
    if not document.days:
        pages.words(document.empty)
    return pages.to_bytes()
