"""The words on documents for customers, by language. English where a language is not known.

Figures look the same in every language, so that a customer's page and the office's lists can be
compared; words, dates and terms are the customer's.
"""

from dataclasses import dataclass
from datetime import date

_ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_SPANISH_MONTHS = (
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Templates take their values as ``{name}``. ``tag`` is the language for the file (BCP 47)."""

    tag: str
    months: tuple[str, ...]
    date: str
    titles: dict[str, str]
    number: str
    bill_to: str
    service_at: str
    columns: tuple[str, str, str, str]
    issued: str
    due: str
    po: str
    corrects: str
    of_date: str
    amount_due: str
    amount_credited: str
    subtotal: str
    discount: str
    net: str
    tax: str
    tax_included: str
    total: str
    paid: str
    credit_used: str
    draft: str
    draft_continued: str
    void: str
    credited: str
    settled: str
    notes: str
    page: str
    net_days: str
    on_receipt: str
    pay_by: str
    how_to_pay: str
    reference: str
    deposit_for: str

    def day(self, iso: str) -> str:
        """``Jul 14, 2026``, ``14 jul 2026``: the same on every computer."""
        day = date.fromisoformat(iso)
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def terms(self, days: int) -> str:
        """``Net 30``, or ``Due on receipt`` for 0."""
        return self.net_days.format(days=days) if days else self.on_receipt


ENGLISH = DocumentWords(
    tag="en-US",
    months=_ENGLISH_MONTHS,
    date="{month} {day}, {year}",
    titles={"invoice": "Invoice", "credit_note": "Credit note", "deposit": "Deposit invoice"},
    number="No.",
    bill_to="Bill to",
    service_at="Service at",
    columns=("Description", "Qty", "Each", "Amount"),
    issued="Invoice date",
    due="Due",
    po="Your PO",
    corrects="For invoice",
    of_date="{number} of {date}",
    amount_due="Amount due",
    amount_credited="Amount credited",
    subtotal="Subtotal",
    discount="Discount",
    net="Net",
    tax="{name} {rate} of {base}",
    tax_included="Includes {name} {rate} of {base}",
    total="Total",
    paid="Paid",
    credit_used="Deposit and credit",
    draft="DRAFT, not yet numbered",
    draft_continued="{title}, draft",
    void="VOID",
    credited="CREDITED",
    settled="PAID",
    notes="Notes",
    page="Page {page} of {pages}",
    net_days="Net {days}",
    on_receipt="Due on receipt",
    pay_by="{terms}. Please pay by {date}.",
    how_to_pay="How to pay",
    reference="Reference {number}",
    deposit_for="Deposit for proposal {number}",
)

SPANISH = DocumentWords(
    tag="es",
    months=_SPANISH_MONTHS,
    date="{day} {month} {year}",
    titles={
        "invoice": "Factura",
        "credit_note": "Nota de crédito",
        "deposit": "Factura de anticipo",
    },
    number="N.º",
    bill_to="Facturar a",
    service_at="Lugar del servicio",
    columns=("Descripción", "Cant.", "Precio", "Importe"),
    issued="Fecha",
    due="Vence",
    po="Su pedido",
    corrects="De la factura",
    of_date="{number} del {date}",
    amount_due="Importe a pagar",
    amount_credited="Importe abonado",
    subtotal="Subtotal",
    discount="Descuento",
    net="Neto",
    tax="{name} {rate} de {base}",
    tax_included="Incluye {name} {rate} de {base}",
    total="Total",
    paid="Pagado",
    credit_used="Anticipo y saldo a favor",
    draft="BORRADOR, sin número",
    draft_continued="{title}, borrador",
    void="ANULADA",
    credited="ABONADA",
    settled="PAGADA",
    notes="Notas",
    page="Página {page} de {pages}",
    net_days="Neto a {days} días",
    on_receipt="Pago al recibir",
    pay_by="{terms}. Le rogamos pagar antes del {date}.",
    how_to_pay="Cómo pagar",
    reference="Referencia {number}",
    deposit_for="Anticipo del presupuesto {number}",
)

_SPANISH_NAMES = frozenset({"es", "spa", "spanish", "español", "espanol", "castellano"})


def tongue_of(language: str) -> str:
    """``es`` for a code such as ``es-MX`` or a word such as ``Spanish``, else ``en``."""
    plain = language.strip().casefold()
    return "es" if plain in _SPANISH_NAMES or plain.startswith(("es-", "es_")) else "en"


def document_words(language: str) -> DocumentWords:
    """The words for a language as :func:`tongue_of` takes it."""
    return SPANISH if tongue_of(language) == "es" else ENGLISH
