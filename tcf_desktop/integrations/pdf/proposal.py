"""The pages of a proposal. :func:`render` runs in the worker process."""

from tcf_desktop.domain.proposal_print import OptionBlock, ProposalDocument
from tcf_desktop.integrations.pdf.paper import Paper


def render(document: ProposalDocument) -> bytes:
    """The PDF of a proposal; the same document gives the same bytes in every process.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """
    paper = Paper(document)
    paper.head()
    if document.subject:
        paper.notes("", document.subject)
        paper.gap(8)
    if document.introduction:
        paper.words(document.introduction)
        paper.gap(8)
    for number, block in enumerate(document.blocks):
        if number:
            paper.gap(20)
        _option(paper, document, block)
    if document.notes or document.closing:
        paper.gap(16)
    paper.notes(document.notes_title, document.notes)
    if document.notes and document.closing:
        paper.gap(10)
    paper.words(document.closing)
    if document.signatures:
        paper.gap(24)
        paper.signature(document.signatures)
    return paper.to_bytes()


def _option(paper: Paper, document: ProposalDocument, block: OptionBlock) -> None:
    """An alternative: heading, lines and sums, then what may be ordered with it."""
    about = [*paper.note_lines("", block.heading), *paper.word_lines(block.description)]
    if about:
        # A heading stays with the first lines below it.
        paper.need(sum(style.leading for _, style in about) + 60)
        paper.lines([(line, paper.look.strong) for line, _ in about[:1]])
        paper.lines(about[1:])
        paper.gap(6)
    paper.table(document.columns, block.rows, keep=paper.totals_height(block.totals))
    paper.totals(block.totals)
    if block.extras:
        paper.gap(14)
        paper.need(70)
        paper.words(block.extra_title)
        paper.gap(4)
        paper.table(document.columns, block.extras)
