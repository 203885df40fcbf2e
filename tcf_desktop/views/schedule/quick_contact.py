"""A contact out of what was typed into the customer field: "Jane Olson 605 555 0138"."""

from __future__ import annotations

import re

from tcf_desktop.domain.contacts import ContactDraft, Email, Phone

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-]{5,}\d")


def draft_of(typed: str) -> ContactDraft:
    """First and last name, a phone number and a mail address where they are recognised."""
    text = typed.strip()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    mail = _MAIL.search(text)
    if mail:
        emails = (Email(address=mail[0]),)
        text = text.replace(mail[0], " ")
    number = _NUMBER.search(text)
    if number:
        phones = (Phone(number=number[0].strip()),)
        text = text.replace(number[0], " ")
    last, comma, first = (part.strip() for part in text.partition(","))
    if not comma:
        words = text.split()
        first, last = " ".join(words[:-1]), " ".join(words[-1:])
    return ContactDraft(first_name=first, last_name=last, phones=phones, emails=emails)
