"""The words of the mail that goes with an issued document, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tcf_desktop.domain.documents import print_date
from tcf_desktop.domain.money import format_money

_MONTHS_ES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_SPANISH: Final = frozenset({"es", "spa", "spanish", "español", "espanol", "castellano"})
_NAMES: Final = {
    "en": {"invoice": "Invoice", "deposit": "Deposit invoice", "credit_note": "Credit note"},
    "es": {
        "invoice": "Factura", "deposit": "Factura de anticipo", "credit_note": "Nota de crédito",
    },
}  # fmt: skip
_WORDS: Final = {
    "en": {
        "subject": "{kind} {number} from {business}",
        "hello": "Hello {name},",
        "hello_all": "Hello,",
        "open": "here is {kind} {number} for {total}. Please pay {open} by {due}.",
        "settled": "here is {kind} {number} for {total}. Nothing is left to pay.",
        "credit": "here is {kind} {number}: {total} in your favor.",
        "thanks": "Thank you for your business.",
    },
    "es": {
        "subject": "{kind} {number} de {business}",
        "hello": "Hola, {name}:",
        "hello_all": "Hola:",
        "open": "le enviamos la {kind} {number} por {total}. Le rogamos pagar {open} antes del"
        " {due}.",
        "settled": "le enviamos la {kind} {number} por {total}. No queda nada por pagar.",
        "credit": "le enviamos la {kind} {number}: {total} a su favor.",
        "thanks": "Gracias por su confianza.",
    },
}


@dataclass(frozen=True, slots=True)
class InvoiceLetter:
    """What is written about. Amounts are the stored minor units, ``due_on`` an ISO date;
    ``language`` is as :func:`tongue_of` takes it."""

    doc_type: str
    number: str
    business: str
    first_name: str
    currency: str
    total_cents: int
    open_cents: int
    due_on: str
    language: str = ""


def tongue_of(language: str) -> str:
    """``es`` for a code such as ``es-MX`` or a word such as ``Spanish``, else ``en``."""
    plain = language.strip().casefold()
    spanish = plain in _SPANISH or plain.startswith(("es-", "es_"))
    return "es" if spanish else "en"


def words_of(letter: InvoiceLetter) -> tuple[str, str]:
    """Subject and text; the office reads them before anything leaves."""
    tongue = tongue_of(letter.language)
    words = _WORDS[tongue]
    kind = _NAMES[tongue].get(letter.doc_type, _NAMES[tongue]["invoice"])
    says = "credit" if letter.total_cents < 0 else "open" if letter.open_cents > 0 else "settled"
    hello = words["hello" if letter.first_name else "hello_all"].format(name=letter.first_name)
    said = words[says].format(
        kind=kind.lower(),
        number=letter.number,
        total=format_money(abs(letter.total_cents), letter.currency),
        open=format_money(abs(letter.open_cents), letter.currency),
        due=_day(letter.due_on, tongue),
    )
    said = said[:1].upper() + said[1:]
    subject = words["subject"].format(kind=kind, number=letter.number, business=letter.business)
    return subject, "\n\n".join(filter(None, (hello, f"{said} {words['thanks']}", letter.business)))


def _day(iso: str, tongue: str) -> str:
    if not iso:
        return ""
    if tongue == "es":
        day = date.fromisoformat(iso)
        return f"{day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
    return print_date(iso)
