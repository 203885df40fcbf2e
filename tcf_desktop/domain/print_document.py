"""What stands on the page of a document, word for word."""

from dataclasses import dataclass

from tcf_desktop.domain.einvoice import ElectronicInvoice
from tcf_desktop.domain.print_look import PLAIN_LOOK, Look


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One line, every string ready to print. ``detail`` is the second, quieter line."""

    name: str
    detail: str
    quantity: str
    each: str
    amount: str


@dataclass(frozen=True, slots=True)
class PrintTotal:
    """One row under the lines. ``strong`` rows are set bold below a rule."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PrintColumn:
    """A column of a table. Exactly one of a table has ``stretch``: it takes the room that is left,
    and the quieter detail of a row stands in it. ``right`` ones hold figures."""

    title: str
    right: bool = True
    stretch: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A row of a table, a string for each column; a ``heading`` row shows its first cell alone."""

    cells: tuple[str, ...]
    detail: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFrame:
    """What every document for customers has, word for word; picklable, because pages are made in
    another process. Makers of further documents take one, or a class made from it.

    ``notice`` stands under the title in the colour of ``notice_tone`` (``warn``, ``bad``, ``ok``),
    ``number`` above it; ``watermark`` lies large and pale on each page. Tuples of strings are
    lines; ``facts`` are label and value. Without ``due_amount`` there is no bar. ``footer`` and
    ``continued`` (the head of further pages) are one line.
    """

    title: str
    business_name: str
    number: str = ""
    notice: str = ""
    notice_tone: str = "warn"
    watermark: str = ""
    business_lines: tuple[str, ...] = ()
    logo_png: bytes | None = None
    bill_to: tuple[str, ...] = ()
    service_place: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    due_label: str = ""
    due_amount: str = ""
    footer: str = ""
    continued: str = ""
    number_label: str = "No."
    bill_to_title: str = "Bill to"
    service_at_title: str = "Service at"
    page_label: str = "Page {page} of {pages}"
    language: str = "en-US"
    look: Look = PLAIN_LOOK

    @property
    def file_title(self) -> str:
        """Title in the file's metadata: names the document and who made it."""
        return f"{self.title} {self.number or self.notice} – {self.business_name}".strip(" –")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDocument(PaperFrame):
    """What the PDF of an invoice, credit note or deposit shows: the preview, the print, the mail
    and the archive are this. ``payment_code`` is the text of the payment square."""

    lines: tuple[PrintLine, ...]
    totals: tuple[PrintTotal, ...]
    message: str = ""
    column_titles: tuple[str, str, str, str] = ("Description", "Qty", "Each", "Amount")
    notes: str = ""
    notes_title: str = "Notes"
    payment_title: str = ""
    payment: tuple[str, ...] = ()
    payment_code: str = ""
    # What programs read in the file of an issued document.
    electronic: ElectronicInvoice | None = None


def text_lines(text: str) -> tuple[str, ...]:
    """Non-empty lines of a multi-line snapshot."""
    return tuple(line for line in (part.strip() for part in text.splitlines()) if line)
