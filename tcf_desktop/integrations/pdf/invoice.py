"""The pages of invoices, credit notes and deposits. :func:`render` runs in the worker process."""

from tcf_desktop.domain.print_document import InvoiceDocument, PrintColumn, PrintRow
from tcf_desktop.integrations.pdf.paper import Lines, Paper

_SHORT = 7  # lines below the totals that should not stand on a page of their own


def render(document: InvoiceDocument) -> bytes:
    """The PDF of an invoice; the same document gives the same bytes in every process.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """
    paper = Paper(document)
    paper.head()
    name, quantity, each, amount = document.column_titles
    columns = (
        PrintColumn(name, right=False, stretch=True),
        PrintColumn(quantity, least=48.0),
        PrintColumn(each, least=72.0),
        PrintColumn(amount, least=80.0),
    )
    rows = [
        PrintRow((line.name, line.quantity, line.each, line.amount), line.detail)
        for line in document.lines
    ]
    closing = _closing(paper, document)
    below = 16 + sum(style.leading for _, style in closing) if 0 < len(closing) <= _SHORT else 0.0
    paper.table(columns, rows, keep=paper.totals_height(document.totals) + below)
    paper.totals(document.totals)
    paper.gap(16)
    paper.lines(closing)
    paper.payment(document.payment_title, document.payment, document.payment_code)
    content = paper.to_bytes()
    if document.electronic is None:
        return content
    from tcf_desktop.integrations.pdf.einvoice import embed

    return embed(content, document.electronic, title=document.file_title, subject=document.title)


def _closing(paper: Paper, document: InvoiceDocument) -> Lines:
    """The customer's notes under their title, then the message."""
    notes = paper.note_lines(document.notes_title, document.notes)
    message = paper.word_lines(document.message)
    between: Lines = [("", paper.look.body)] if notes and message else []
    return [*notes, *between, *message]
