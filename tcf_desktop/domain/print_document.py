"""What stands on the page of a document, word for word."""

from dataclasses import dataclass

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
class InvoiceDocument:
    """What the PDF shows, word for word: the preview, the print, the mail and the archive are this.

    Picklable, because pages are made in another process. ``notice`` stands under the title in the
    colour of ``notice_tone`` (``warn``, ``bad``, ``ok``); ``number`` above it on issued documents.
    Tuples of strings are lines; ``facts`` are label and value. ``payment_code`` is the text of the
    payment square.
    """

    title: str
    number: str
    notice: str
    business_name: str
    business_lines: tuple[str, ...]
    logo_png: bytes | None
    bill_to: tuple[str, ...]
    service_place: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    due_label: str
    due_amount: str
    lines: tuple[PrintLine, ...]
    totals: tuple[PrintTotal, ...]
    message: str
    footer: str
    continued: str
    notice_tone: str = "warn"
    column_titles: tuple[str, str, str, str] = ("Description", "Qty", "Each", "Amount")
    number_label: str = "No."
    bill_to_title: str = "Bill to"
    service_at_title: str = "Service at"
    page_label: str = "Page {page} of {pages}"
    notes: str = ""
    notes_title: str = "Notes"
    language: str = "en-US"
    look: Look = PLAIN_LOOK
    payment_title: str = ""
    payment: tuple[str, ...] = ()
    payment_code: str = ""

    @property
    def file_title(self) -> str:
        """Title in the file's metadata: names the document and who made it."""
        return f"{self.title} {self.number or self.notice} – {self.business_name}".strip(" –")


def text_lines(text: str) -> tuple[str, ...]:
    """Non-empty lines of a multi-line snapshot."""
    return tuple(line for line in (part.strip() for part in text.splitlines()) if line)
