"""Contacts as CSV in Google's current layout, with our own columns after it.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which the reader
takes off again. A number with a plus is written "(+48) 601 …": text for a spreadsheet, a number
for people and for every importer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from tcf_desktop.domain.contacts import ContactCard, Email, Phone, Place

BOM: Final = b"\xef\xbb\xbf"  # spreadsheets take a file without it for a Windows code page
_DANGEROUS: Final = tuple("=+-@\t\r'＝＋－＠")
_PLUS: Final = re.compile(r"^\+(\d+)(?=[\d\s()./-]*(?:x\s?\d+)?$)")
_FIRST: Final = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name",
    "Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name",
    "Organization Title", "Organization Department", "Birthday", "Notes", "Photo", "Labels",
)  # fmt: skip
_OURS: Final = ("Kind", "Segment", "Source", "UID")
_ADDRESS: Final = (
    "Label", "Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country",
    "Extended Address", "Access Note", "Billing", "Coordinates",
)  # fmt: skip


def headings(emails: int, phones: int, places: int) -> list[str]:
    """The first line for contacts with at most so many mail addresses, numbers and places."""
    names = list(_FIRST)
    for number in range(1, emails + 1):
        names += [f"E-mail {number} - Label", f"E-mail {number} - Value"]
    for number in range(1, phones + 1):
        names += [f"Phone {number} - Label", f"Phone {number} - Value"]
    for number in range(1, places + 1):
        names += [f"Address {number} - {part}" for part in _ADDRESS]
    return [*names, *_OURS]


def write(
    cards: Sequence[ContactCard], emails: int, phones: int, places: int, first: bool = True
) -> bytes:
    """Rows in UTF-8, after the mark and the heading when ``first``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    if first:
        writer.writerow(headings(emails, phones, places))
    for card in cards:
        writer.writerow([guarded(cell) for cell in _cells(card, emails, phones, places)])
    return (BOM if first else b"") + stream.getvalue().encode("utf-8")


def guarded(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _cells(card: ContactCard, emails: int, phones: int, places: int) -> list[str]:
    draft = card.draft
    cells = [""] * len(_FIRST)
    cells[0], cells[2], cells[10] = draft.first_name, draft.last_name, draft.company
    cells[14] = "\n".join(note.text for note in draft.notes)
    cells[16] = " ::: ".join(("* myContacts", *draft.tags))
    empty_mail, empty_phone, empty_place = Email(""), Phone(""), Place()
    for mail in (*draft.emails, *[empty_mail] * emails)[:emails]:
        cells += [mail.label, mail.address]
    for phone in (*draft.phones, *[empty_phone] * phones)[:phones]:
        cells += [phone.label, _PLUS.sub(r"(+\1)", phone.number)]
    for place in (*draft.places, *[empty_place] * places)[:places]:
        cells += _place_cells(place)
    return [*cells, draft.kind, draft.segment, draft.source, card.uid]


def _place_cells(place: Place) -> list[str]:
    town = " ".join(part for part in (place.city, place.region, place.postal_code) if part)
    lines = (place.street, place.street2, town, place.country)
    known = place.lat is not None and place.lon is not None
    return [
        place.name,
        "\n".join(line for line in lines if line),
        place.street,
        place.city,
        "",
        place.region,
        place.postal_code,
        place.country,
        place.street2,
        place.access_note,
        "1" if place.is_billing else "",
        f"{place.lat!r};{place.lon!r}" if known else "",
    ]
