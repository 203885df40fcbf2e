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
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.contacts import ContactCard, Email, Phone, Place, fold
from tcf_desktop.domain.spreadsheets import guarded
from tcf_desktop.integrations.files.csv_notes import packed
from tcf_desktop.integrations.files.csv_rows import GOOGLE_GROUP, TAG_JOINER

BOM: Final = b"\xef\xbb\xbf"  # spreadsheets take a file without it for a Windows code page
_PLUS: Final = re.compile(r"^\+(\d+)(?=[\d\s()./-]*(?:x\s?\d+)?$)")
_FIRST: Final = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name",
    "Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name",
    "Organization Title", "Organization Department", "Birthday", "Notes", "Photo", "Labels",
)  # fmt: skip
_OURS: Final = (
    "Crew Notes", "Document Notes", "Kind", "Segment", "Source", "Preferred Language", "Crew",
    "Price List", "Terms Days", "Tax Exempt", "Exemption Number", "Exemption State",
    "Exemption Until", "UID",
)  # fmt: skip
_ADDRESS: Final = (
    "Label", "Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country",
    "Extended Address", "Gate Code", "Access Note", "Contact Person", "Contact Person Phone",
    "Tax", "Billing", "Coordinates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How many of each part one contact has at most, and the names of own fields and measures."""

    emails: int = 1
    phones: int = 1
    places: int = 1
    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


def headings(layout: Layout) -> list[str]:
    """The first line."""
    names = list(_FIRST)
    for number in range(1, layout.emails + 1):
        names += [f"E-mail {number} - Label", f"E-mail {number} - Value"]
    for number in range(1, layout.phones + 1):
        names += [f"Phone {number} - Label", f"Phone {number} - Value"]
    for number in range(1, layout.places + 1):
        names += [f"Address {number} - {part}" for part in _ADDRESS]
        names += [f"Address {number} - Measure: {name}" for name in layout.measures]
    return [*names, *_OURS, *(f"Field: {name}" for name in layout.fields)]


def write_rows(
    cards: Sequence[ContactCard],
    emails: int,
    phones: int,
    places: int,
    fields: tuple[str, ...],
    measures: tuple[str, ...],
    first: bool,
) -> bytes:
    """:func:`write` with the parts of the layout one by one, as they go to the worker process."""
    return write(cards, Layout(emails, phones, places, fields, measures), first)


def write(cards: Sequence[ContactCard], layout: Layout, first: bool = True) -> bytes:
    """Rows in UTF-8, after the mark and the heading when ``first``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    if first:
        writer.writerow(headings(layout))
    for card in cards:
        writer.writerow(_cells(card, layout))
    return (BOM if first else b"") + stream.getvalue().encode("utf-8")


def _cells(card: ContactCard, layout: Layout) -> list[str]:
    draft = card.draft
    cells = [""] * len(_FIRST)
    cells[0], cells[2], cells[10] = draft.first_name, draft.last_name, draft.company
    cells[14] = packed(draft.notes, "office")
    tags = [tag.replace(TAG_JOINER.strip(), f"\\{TAG_JOINER.strip()}") for tag in draft.tags]
    cells[16] = TAG_JOINER.join((GOOGLE_GROUP, *tags))
    for mail in (*draft.emails, *[Email("")] * layout.emails)[: layout.emails]:
        cells += [mail.label, mail.address]
    phones: list[int] = []
    for phone in (*draft.phones, *[Phone("")] * layout.phones)[: layout.phones]:
        phones.append(len(cells) + 1)
        cells += [phone.label, phone.number]
    for place in (*draft.places, *[Place()] * layout.places)[: layout.places]:
        cells += _place_cells(place, layout.measures)
    exemption = draft.exemption
    cells += [
        packed(draft.notes, "crew"),
        packed(draft.notes, "document"),
        draft.kind,
        draft.segment,
        draft.source,
        draft.language,
        draft.crew,
        draft.price_list,
        "" if draft.terms_days is None else str(draft.terms_days),
        "1" if exemption else "",
        exemption.number if exemption else "",
        exemption.region if exemption else "",
        exemption.until_on if exemption else "",
        card.uid,
    ]
    values = {fold(entry.name): entry.value for entry in draft.fields}
    cells += [values.get(fold(name), "") for name in layout.fields]
    safe = [guarded(cell) for cell in cells]
    for index in phones:
        number = cells[index]
        # The apostrophe also tells a number that was typed in this shape from one put into it.
        safe[index] = (
            f"'{number}" if number.startswith("(+") else guarded(_PLUS.sub(r"(+\1)", number))
        )
    return safe


def _place_cells(place: Place, measures: Sequence[str]) -> list[str]:
    town = " ".join(part for part in (place.city, place.region, place.postal_code) if part)
    lines = (place.street, place.street2, town, place.country)
    known = place.lat is not None and place.lon is not None
    values = {fold(entry.name): entry.value for entry in place.measures}
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
        place.gate_code,
        place.access_note,
        place.person,
        place.person_phone,
        place.tax,
        "1" if place.is_billing else "",
        f"{place.lat!r};{place.lon!r}" if known else "",
        *(values.get(fold(name), "") for name in measures),
    ]
