"""Contacts as vCard 3.0 (RFC 2426), the version that every phone and mail program reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tcf_desktop.domain.contacts import ContactCard, Place
from tcf_desktop.integrations.files.vcard import VENDOR


def write(cards: Sequence[ContactCard]) -> bytes:
    """The cards as vCard 3.0 in UTF-8, which every phone and mail program reads."""
    return "".join(_card_text(card) for card in cards).encode("utf-8")


def _card_text(card: ContactCard) -> str:
    draft = card.draft
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{_escaped(card.uid)}",
        f"N:{_escaped(draft.last_name)};{_escaped(draft.first_name)};;;",
        f"FN:{_escaped(draft.shown_as())}",
    ]
    if draft.company:
        lines.append(f"ORG:{_escaped(draft.company)}")
    lines.append(f"{VENDOR}KIND:{draft.kind}")
    lines.append(f"{VENDOR}SEGMENT:{draft.segment}")
    group = 0
    for name, label, value in (
        *(("TEL", phone.label, phone.number) for phone in draft.phones),
        *(("EMAIL", mail.label, mail.address) for mail in draft.emails),
    ):
        group += 1
        lines += _labelled(name, label, _escaped(value), group)
    for place in draft.places:
        group += 1
        lines += _place_lines(place, group)
    if draft.tags:
        lines.append("CATEGORIES:" + ",".join(_escaped(tag) for tag in draft.tags))
    if draft.source:
        lines.append(f"{VENDOR}SOURCE:{_escaped(draft.source)}")
    lines += [f"NOTE:{_escaped(note.text)}" for note in draft.notes]
    lines.append("END:VCARD")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


_TYPES: Final = {
    "Mobile": "CELL", "Work": "WORK", "Home": "HOME", "Main": "MAIN", "Pager": "PAGER",
    "Fax": "FAX", "Work fax": "WORK,FAX", "Home fax": "HOME,FAX",
}  # fmt: skip


def _labelled(name: str, label: str, value: str, group: int) -> list[str]:
    known = label.capitalize()
    types = f";TYPE={_TYPES[known]}" if known in _TYPES else ""
    if not label or (types and label == known):
        return [f"{name}{types}:{value}"]
    item = f"item{group}."
    return [f"{item}{name}{types}:{value}", f"{item}X-ABLabel:{_escaped(label)}"]


def _place_lines(place: Place, group: int) -> list[str]:
    item = f"item{group}."
    parts = (
        "", place.street2, place.street, place.city, place.region, place.postal_code, place.country,
    )  # fmt: skip
    kind = _TYPES.get(place.name, "")
    kind = f";TYPE={kind}" if kind in {"HOME", "WORK"} else ""
    lines = [f"{item}ADR{kind}:" + ";".join(_escaped(part) for part in parts)]
    if place.name and not kind:
        lines.append(f"{item}X-ABLabel:{_escaped(place.name)}")
    lines.append(f"{item}{VENDOR}PLACE:{_escaped(place.name)}")
    if place.access_note:
        lines.append(f"{item}{VENDOR}ACCESS:{_escaped(place.access_note)}")
    if place.is_billing:
        lines.append(f"{item}{VENDOR}BILLING:1")
    if place.lat is not None and place.lon is not None:
        lines.append(f"{item}{VENDOR}GEO:{place.lat!r};{place.lon!r}")
    return lines


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, never inside a character (RFC 2425, 5.8.1)."""
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
