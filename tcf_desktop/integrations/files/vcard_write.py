"""Contacts as vCard 4.0 (RFC 6350).

What has no property there (crew, price list, terms, own fields …) goes out as ``X-TCF-`` properties
and parameters, which other programs pass over and our own reader takes to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tcf_desktop.domain.contacts import ContactCard, ContactDraft, NoteDraft, Place
from tcf_desktop.integrations.files.csv_notes import stamp
from tcf_desktop.integrations.files.vcard import PRODUCER, VENDOR

_LANGUAGE: Final = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")  # RFC 5646, roughly
_TYPES: Final = {
    "Mobile": "cell", "Work": "work", "Home": "home", "Pager": "pager", "Fax": "fax",
    "Work fax": '"work,fax"', "Home fax": '"home,fax"',
}  # fmt: skip
_PLACES: Final = frozenset({"Home", "Work"})


def write(cards: Sequence[ContactCard]) -> bytes:
    """The cards as vCard 4.0 in UTF-8."""
    return "".join(_card_text(card) for card in cards).encode("utf-8")


def _card_text(card: ContactCard) -> str:
    draft = card.draft
    person = draft.first_name or draft.last_name
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"PRODID:{PRODUCER}",
        f"UID;VALUE=text:{_escaped(card.uid)}",
        f"KIND:{'org' if draft.company and not person else 'individual'}",
        f"N:{_escaped(draft.last_name)};{_escaped(draft.first_name)};;;",
        f"FN:{_escaped(draft.shown_as())}",
    ]
    if draft.company:
        lines.append(f"ORG:{_escaped(draft.company)}")
    group = 0
    for name, label, value in (
        *(("TEL", phone.label, phone.number) for phone in draft.phones),
        *(("EMAIL", mail.label, mail.address) for mail in draft.emails),
    ):
        group += 1
        lines += _labelled(name, label, _escaped(value), group)
    for place in draft.places:
        group += 1
        lines += _place_lines(place, f"item{group}.")
    if draft.tags:
        lines.append("CATEGORIES:" + ",".join(_escaped(tag) for tag in draft.tags))
    lines += [_note_line(note) for note in draft.notes]
    lines += _our_lines(draft)
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _our_lines(draft: ContactDraft) -> list[str]:
    lines = [f"{VENDOR}KIND:{draft.kind}", f"{VENDOR}SEGMENT:{draft.segment}"]
    if _LANGUAGE.match(draft.language):
        lines.append(f"LANG:{draft.language}")
    elif draft.language:
        lines.append(f"{VENDOR}LANGUAGE:{_escaped(draft.language)}")
    for name, value in (
        ("SOURCE", draft.source), ("CREW", draft.crew), ("PRICELIST", draft.price_list),
        ("TAXNUMBER", draft.tax_number), ("BUYERREFERENCE", draft.buyer_reference),
        ("EINVOICE", "1" if draft.e_invoice else ""),
    ):  # fmt: skip
        if value:
            lines.append(f"{VENDOR}{name}:{_escaped(value)}")
    if draft.terms_days is not None:
        lines.append(f"{VENDOR}TERMS:{draft.terms_days}")
    if draft.exemption is not None:
        exemption = (draft.exemption.number, draft.exemption.region, draft.exemption.until_on)
        lines.append(f"{VENDOR}EXEMPT:" + ";".join(_escaped(part) for part in exemption))
    lines += [
        f"{VENDOR}FIELD:{_escaped(entry.name)};{_escaped(entry.value)}" for entry in draft.fields
    ]
    return lines


def _note_line(note: NoteDraft) -> str:
    who = "" if note.visibility == "office" else f";{VENDOR}FOR={note.visibility}"
    when = f';{VENDOR}AT="{stamp(note.at)}"' if stamp(note.at) else ""
    return f"NOTE{who}{when}:{_escaped(note.text)}"


def _labelled(name: str, label: str, value: str, group: int) -> list[str]:
    known = label.capitalize()
    types = f";TYPE={_TYPES[known]}" if known in _TYPES else ""
    if name == "EMAIL" and known not in _PLACES:  # TYPE of EMAIL is home or work (5.6)
        types = ""
    if not label or (types and label == known):
        return [f"{name}{types}:{value}"]
    item = f"item{group}."
    return [f"{item}{name}{types}:{value}", f"{item}X-ABLabel:{_escaped(label)}"]


def _place_lines(place: Place, item: str) -> list[str]:
    parts = (
        "", place.street2, place.street, place.city, place.region, place.postal_code, place.country,
    )  # fmt: skip
    kind = f";TYPE={_TYPES[place.name]}" if place.name in _PLACES else ""
    if place.lat is not None and place.lon is not None:
        kind += f';GEO="geo:{_decimal(place.lat)},{_decimal(place.lon)}"'
    if any(parts):
        lines = [f"{item}ADR{kind}:" + ";".join(_escaped(part) for part in parts)]
    else:
        lines = [f"{item}{VENDOR}PLACE-ALONE{kind}:1"]
    for name, value in (
        ("PLACE", place.name),
        ("GATE", place.gate_code),
        ("ACCESS", place.access_note),
        ("PERSON", place.person),
        ("PERSON-PHONE", place.person_phone),
        ("TAX", place.tax),
        ("BILLING", "1" if place.is_billing else ""),
    ):
        if value:
            lines.append(f"{item}{VENDOR}{name}:{_escaped(value)}")
    lines += [
        f"{item}{VENDOR}MEASURE:{_escaped(entry.name)};{_escaped(entry.value)}"
        for entry in place.measures
    ]
    return lines


def _decimal(degrees: float) -> str:
    """The shortest decimal that reads back as the same number, without an exponent (RFC 5870)."""
    return f"{Decimal(repr(degrees)):f}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, never inside a character (RFC 6350, 3.2)."""
    if len(line) <= 75 and line.isascii():
        return line
    pieces = []
    current: list[str] = []
    size = 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if size + width > 75:
            pieces.append("".join(current))
            current, size = [], 1  # the leading space counts
        current.append(sign)
        size += width
    pieces.append("".join(current))
    return "\r\n ".join(pieces)
