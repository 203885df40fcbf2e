"""From a payment's raw facts to the strings on its receipt."""

from __future__ import annotations

from dataclasses import dataclass

from tcf_desktop.domain.document_words import document_words, tongue_of
from tcf_desktop.domain.invoice_print import Letterhead, contact_lines
from tcf_desktop.domain.money import format_money
from tcf_desktop.domain.print_document import (
    PaperFrame,
    PrintColumn,
    PrintRow,
    PrintTotal,
    text_lines,
)

_ENGLISH = {
    "payment": "Receipt", "refund": "Refund receipt", "paid": "PAID", "reversed": "REVERSED",
    "date": "Date", "how": "Paid by", "reference": "Reference", "invoice": "Invoice",
    "of": "Of", "settles": "Paid", "open": "Still open", "received": "Received",
    "given_back": "Given back", "tip": "Thank you for the tip of", "credit": "Kept as your credit",
    "balance": "Balance still open", "thanks": "Thank you.",
    "cash": "Cash", "cheque": "Check", "card": "Card", "transfer": "Transfer", "other": "Other",
    "from": "Received from", "to": "Given back to",
}  # fmt: skip
_SPANISH = {
    "payment": "Recibo", "refund": "Recibo de devolución", "paid": "PAGADO",
    "reversed": "REVERTIDO", "date": "Fecha", "how": "Forma de pago", "reference": "Referencia",
    "invoice": "Factura", "of": "Del", "settles": "Pagado", "open": "Pendiente",
    "received": "Recibido", "given_back": "Devuelto", "tip": "Gracias por la propina de",
    "credit": "Queda a su favor", "balance": "Saldo pendiente", "thanks": "Gracias.",
    "cash": "Efectivo", "cheque": "Cheque", "card": "Tarjeta", "transfer": "Transferencia",
    "other": "Otra", "from": "Recibido de", "to": "Devuelto a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """An invoice that the payment settles: minor units paid by it and still open."""

    number: str
    issued_on: str
    paid_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A payment or refund (``kind``) as stored; amounts in minor units, dates ISO."""

    id: int
    kind: str
    customer: str
    paid_on: str
    method: str
    reference: str
    currency: str
    amount_cents: int
    tip_cents: int
    unapplied_cents: int
    lines: tuple[ReceiptLine, ...]
    reversed: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDocument(PaperFrame):
    """What the PDF of a receipt shows."""

    columns: tuple[PrintColumn, ...]
    rows: tuple[PrintRow, ...]
    totals: tuple[PrintTotal, ...]
    message: str = ""


def build_receipt(facts: ReceiptFacts, head: Letterhead) -> ReceiptDocument:
    """Word the page."""
    words = document_words(facts.language)
    say = _SPANISH if tongue_of(facts.language) == "es" else _ENGLISH
    balance = sum(line.open_cents for line in facts.lines)
    settled = facts.kind == "payment" and bool(facts.lines) and not balance
    notice, tone = (say["paid"], "ok") if settled else ("", "ok")
    if facts.reversed:
        notice, tone = say["reversed"], "bad"

    def money(cents: int) -> str:
        return format_money(cents, facts.currency)

    rows = [(say["received" if facts.kind == "payment" else "given_back"], facts.amount_cents)]
    if facts.tip_cents:
        rows.append((say["tip"], facts.tip_cents))
    if facts.unapplied_cents:
        rows.append((say["credit"], facts.unapplied_cents))
    totals = [PrintTotal(label, money(cents)) for label, cents in rows]
    if balance:
        totals.append(PrintTotal(say["balance"], money(balance), strong=True))
    details = (
        (say["date"], words.day(facts.paid_on)),
        (say["how"], say[facts.method]),
        (say["reference"], facts.reference),
    )
    title = say[facts.kind]
    return ReceiptDocument(
        title=title,
        business_name=head.name,
        number=str(facts.id),
        notice=notice,
        notice_tone=tone,
        watermark=say["reversed"] if facts.reversed else "",
        business_lines=contact_lines(head),
        logo_png=head.logo_png,
        bill_to=text_lines(facts.customer),
        facts=tuple((label, value) for label, value in details if value),
        due_label=say["received" if facts.kind == "payment" else "given_back"],
        due_amount=money(facts.amount_cents),
        continued=f"{title} {facts.id}",
        number_label=words.number,
        bill_to_title=say["from" if facts.kind == "payment" else "to"],
        page_label=words.page,
        language=words.tag,
        look=head.look,
        columns=(
            PrintColumn(say["invoice"], right=False, stretch=True),
            PrintColumn(say["of"], least=90.0),
            PrintColumn(say["settles"], least=90.0),
            PrintColumn(say["open"], least=90.0),
        ),
        rows=tuple(
            PrintRow(
                (
                    line.number,
                    words.day(line.issued_on),
                    money(line.paid_cents),
                    money(line.open_cents),
                )
            )
            for line in facts.lines
        ),
        totals=tuple(totals),
        message=say["thanks"] if facts.kind == "payment" and not facts.reversed else "",
    )
