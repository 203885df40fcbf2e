"""The words of the mail that goes with a proposal, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.document_words import document_words, tongue_of

_WORDS: Final = {
    "en": {
        "subject": "Proposal {number} from {business}",
        "hello": "Hello {name},",
        "hello_all": "Hello,",
        "said": "Here is our proposal {number}.",
        "titled": "Here is our proposal {number}: {title}.",
        "until": "It is valid until {day}.",
        "asks": "To accept it, sign and return it, or answer this mail. Please call us with any"
        " question.",
    },
    "es": {
        "subject": "Presupuesto {number} de {business}",
        "hello": "Hola, {name}:",
        "hello_all": "Hola:",
        "said": "Le enviamos nuestro presupuesto {number}.",
        "titled": "Le enviamos nuestro presupuesto {number}: {title}.",
        "until": "Es válido hasta el {day}.",
        "asks": "Para aceptarlo, fírmelo y devuélvalo, o responda a este correo. Llámenos si tiene"
        " alguna pregunta.",
    },
}


@dataclass(frozen=True, slots=True)
class ProposalLetter:
    """What is written about; ``valid_until_on`` is an ISO date or empty."""

    number: str
    title: str
    business: str
    first_name: str
    valid_until_on: str
    language: str = ""


def words_of(letter: ProposalLetter) -> tuple[str, str]:
    """Subject and text; the office reads them before anything leaves."""
    words = _WORDS[tongue_of(letter.language)]
    hello = words["hello" if letter.first_name else "hello_all"].format(name=letter.first_name)
    said = words["titled" if letter.title else "said"].format(
        number=letter.number, title=letter.title.rstrip(". ")
    )
    parts = [said]
    if letter.valid_until_on:
        day = document_words(letter.language).day(letter.valid_until_on)
        parts.append(words["until"].format(day=day))
    parts.append(words["asks"])
    subject = words["subject"].format(number=letter.number, business=letter.business)
    return subject, "\n\n".join(filter(None, (hello, " ".join(parts), letter.business)))
