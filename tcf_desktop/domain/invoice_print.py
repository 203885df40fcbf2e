"""From an invoice's raw facts to the strings on its page.

One builder for drafts that exist only in the editor and for issued invoices read from the database,
so that the preview cannot differ from what is archived.
"""

from dataclasses import dataclass, replace

from tcf_desktop.domain.bank_accounts import epc_payment
from tcf_desktop.domain.document_words import DocumentWords, document_words
from tcf_desktop.domain.documents import DocType, InvoiceState
from tcf_desktop.domain.money import format_amount, format_money, format_price, format_quantity
from tcf_desktop.domain.print_document import InvoiceDocument, PrintLine, PrintTotal, text_lines
from tcf_desktop.domain.print_look import NO_PAYMENT, PLAIN_LOOK, Look, PaymentWays
from tcf_desktop.domain.tax import TaxTotal, format_rate


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes the invoice: address one line per line, the logo as the bytes of its file, how
    its documents look, how it is paid."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    country: str = "US"
    logo_png: bytes | None = None
    tax_number: str = ""
    look: Look = PLAIN_LOOK
    payment: PaymentWays = NO_PAYMENT


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line with its stored amount; its own discount as a share or an amount."""

    name: str
    description: str
    qty_milli: int
    unit_price_e4: int
    amount_cents: int
    unit: str = ""
    discount_ppm: int = 0
    discount_cents: int = 0


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """A document as stored: figures final, dates ISO, addresses as snapshots, one line per line.

    ``kind`` is invoice, credit_note or deposit; a credit note has figures below zero, which are
    printed as what comes back. ``paid_cents`` is what settled it, by deposits and credit of the
    customer where ``by_credit``. ``discount_ppm`` is the share as typed, 0 for an amount.
    """

    number: str
    state: str
    bill_to: str
    service_place: str
    po: str
    issued_on: str
    due_on: str
    terms_days: int
    currency: str
    message: str
    lines: tuple[LineFacts, ...]
    taxes: tuple[TaxTotal, ...]
    subtotal_cents: int
    total_cents: int
    paid_cents: int
    open_cents: int
    notes: str = ""
    kind: str = DocType.INVOICE
    corrects_number: str = ""
    corrects_on: str = ""
    discount_ppm: int = 0
    discount_cents: int = 0
    net_cents: int = 0
    prices_include_tax: bool = False
    tax_note: str = ""
    language: str = ""
    by_credit: bool = False


def build_document(facts: InvoiceFacts, head: Letterhead) -> InvoiceDocument:
    """Word the page. Raises nothing for odd text: any string is printed literally."""
    words = document_words(facts.language)
    if facts.kind == DocType.CREDIT_NOTE:
        facts = _turned(facts)
    draft = facts.state == InvoiceState.DRAFT
    title = words.titles[facts.kind]
    credit = facts.kind == DocType.CREDIT_NOTE
    due_label = words.amount_credited if credit else words.amount_due
    due = format_money(facts.total_cents if credit else facts.open_cents, facts.currency)
    notice, tone = _notice(facts, words)
    payment, square = _payment(facts, head, words)
    return InvoiceDocument(
        title=title,
        number="" if draft else facts.number,
        notice=notice,
        notice_tone=tone,
        watermark=words.void if facts.state == InvoiceState.VOID else "",
        business_name=head.name,
        business_lines=contact_lines(head),
        logo_png=head.logo_png,
        bill_to=text_lines(facts.bill_to),
        service_place=text_lines(facts.service_place),
        facts=_dates(facts, words),
        due_label=due_label,
        due_amount=due,
        lines=tuple(_line(line, facts.currency, words) for line in facts.lines),
        totals=_totals(facts, words, due_label, due),
        message=facts.message.strip(),
        notes="\n".join(filter(None, (facts.tax_note.strip(), facts.notes.strip()))),
        footer=_footer(facts, words),
        continued=(
            words.draft_continued.format(title=title)
            if draft
            else " · ".join(filter(None, (f"{title} {facts.number}", notice)))
        ),
        column_titles=words.columns,
        number_label=words.number,
        bill_to_title=words.bill_to,
        service_at_title=words.service_at,
        page_label=words.page,
        notes_title=words.notes,
        language=words.tag,
        look=head.look,
        payment_title=words.how_to_pay if payment or square else "",
        payment=payment,
        payment_code=square,
    )


def _turned(facts: InvoiceFacts) -> InvoiceFacts:
    """A credit note as it is printed: what comes back, above zero."""
    return replace(
        facts,
        lines=tuple(
            replace(line, qty_milli=-line.qty_milli, amount_cents=-line.amount_cents)
            for line in facts.lines
        ),
        taxes=tuple(
            replace(tax, base_cents=-tax.base_cents, tax_cents=-tax.tax_cents)
            for tax in facts.taxes
        ),
        subtotal_cents=-facts.subtotal_cents,
        discount_cents=-facts.discount_cents,
        net_cents=-facts.net_cents,
        total_cents=-facts.total_cents,
        paid_cents=0,
    )


def _notice(facts: InvoiceFacts, words: DocumentWords) -> tuple[str, str]:
    if facts.state == InvoiceState.PAID and facts.kind == DocType.CREDIT_NOTE:
        return "", "ok"
    return {
        InvoiceState.DRAFT: (words.draft, "warn"),
        InvoiceState.VOID: (words.void, "bad"),
        InvoiceState.CREDITED: (words.credited, "bad"),
        InvoiceState.PAID: (words.settled, "ok"),
    }.get(InvoiceState(facts.state), ("", "warn"))


def contact_lines(head: Letterhead) -> tuple[str, ...]:
    """Address, how to reach the business, its tax number."""
    address = ", ".join(text_lines(head.address))
    reach = " · ".join(filter(None, (head.phone.strip(), head.email.strip(), head.website.strip())))
    return tuple(filter(None, (address, reach, head.tax_number.strip())))


def _dates(facts: InvoiceFacts, words: DocumentWords) -> tuple[tuple[str, str], ...]:
    credit = facts.kind == DocType.CREDIT_NOTE
    corrects = facts.corrects_number
    if corrects and facts.corrects_on:
        corrects = words.of_date.format(number=corrects, date=words.day(facts.corrects_on))
    rows = (
        (words.issued, words.day(facts.issued_on) if facts.issued_on else ""),
        (words.due, words.day(facts.due_on) if facts.due_on and not credit else ""),
        (words.corrects, corrects),
        (words.po, facts.po.strip()),
    )
    return tuple((label, value) for label, value in rows if value)


def _line(line: LineFacts, currency: str, words: DocumentWords) -> PrintLine:
    discount = ""
    if line.discount_ppm:
        discount = f"{words.discount} {format_rate(line.discount_ppm)}"
    elif line.discount_cents:
        discount = f"{words.discount} {format_money(line.discount_cents, currency)}"
    return PrintLine(
        line.name,
        "\n".join(filter(None, (line.description, discount))),
        " ".join(filter(None, (format_quantity(line.qty_milli), line.unit.strip()))),
        format_price(line.unit_price_e4, currency),
        format_amount(line.amount_cents, currency),
    )


def _totals(
    facts: InvoiceFacts, words: DocumentWords, due_label: str, due: str
) -> tuple[PrintTotal, ...]:
    def money(cents: int) -> str:
        return format_money(cents, facts.currency)

    rows = [PrintTotal(words.subtotal, money(facts.subtotal_cents))]
    if facts.discount_cents:
        share = f" {format_rate(facts.discount_ppm)}" if facts.discount_ppm else ""
        rows.append(PrintTotal(f"{words.discount}{share}", money(-facts.discount_cents)))
        if facts.taxes and not facts.prices_include_tax:
            rows.append(PrintTotal(words.net, money(facts.net_cents)))
    taxes = [
        PrintTotal(
            (words.tax_included if facts.prices_include_tax else words.tax).format(
                name=tax.name, rate=format_rate(tax.rate_ppm), base=money(tax.base_cents)
            ),
            money(tax.tax_cents),
        )
        for tax in facts.taxes
    ]
    total = PrintTotal(words.total, money(facts.total_cents), strong=True)
    # A tax that is in the prices already explains the total and does not add to it.
    rows += [total, *taxes] if facts.prices_include_tax else [*taxes, total]
    if facts.paid_cents:
        label = words.credit_used if facts.by_credit else words.paid
        rows.append(PrintTotal(label, money(-facts.paid_cents)))
    rows.append(PrintTotal(due_label, due, strong=True))
    return tuple(rows)


def _payment(
    facts: InvoiceFacts, head: Letterhead, words: DocumentWords
) -> tuple[tuple[str, ...], str]:
    """How to pay, and the text of the payment square; nothing where nothing is to be paid."""
    ways = head.payment
    asks = facts.open_cents > 0 and facts.state in {
        InvoiceState.DRAFT, InvoiceState.ISSUED, InvoiceState.PART_PAID,
    }  # fmt: skip
    if not asks or facts.kind == DocType.CREDIT_NOTE:
        return (), ""
    square = ""
    if ways.qr == "epc" and facts.currency == "EUR":
        square = epc_payment(ways.holder, ways.iban, ways.bic, facts.open_cents, facts.number)
    elif ways.qr == "link":
        square = ways.link.strip()
    lines = list(text_lines(ways.instructions))
    if ways.qr == "link" and ways.link.strip():
        lines.append(ways.link.strip())
    if lines and facts.number:
        lines.append(words.reference.format(number=facts.number))
    return tuple(lines), square


def _footer(facts: InvoiceFacts, words: DocumentWords) -> str:
    if facts.kind == DocType.CREDIT_NOTE:
        return ""
    terms = words.terms(facts.terms_days)
    if not facts.due_on or facts.state in (
        InvoiceState.VOID,
        InvoiceState.CREDITED,
        InvoiceState.PAID,
    ):
        return f"{terms}."
    return words.pay_by.format(terms=terms, date=words.day(facts.due_on))
