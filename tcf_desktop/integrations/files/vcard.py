"""vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) as phones and mail programs really write them.

A reader of our own: a broken card must not spoil its neighbours, a picture of 30 MB must not be
held in memory, and it is several times faster than the general libraries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Kind,
    Named,
    NoteDraft,
    ParsedContact,
    ParsedContacts,
    Phone,
    Place,
    Segment,
    UnreadableRow,
    Visibility,
    fold,
    name_key,
)
from tcf_desktop.domain.date_text import read_date
from tcf_desktop.integrations.files import contact_text as shared
from tcf_desktop.integrations.files.csv_notes import instant
from tcf_desktop.integrations.files.guard import TextFile, read_text
from tcf_desktop.integrations.files.vcard_lines import (
    LEFT_OUT,
    Card,
    Property,
    cards,
    components,
    parts,
    plain,
    properties,
)

VENDOR: Final = "X-TCF-"  # our own properties; other programs pass over them
PRODUCER: Final = "-//TCF Desktop//EN"
_REACHED: Final = frozenset({"EMAIL", "TEL"})
# Properties that have a field here, or that say nothing about the contact.
_KNOWN: Final = frozenset(
    {
        "VERSION", "PRODID", "REV", "UID", "KIND", "N", "FN", "ORG", "TEL", "EMAIL", "ADR", "LABEL",
        "NOTE", "CATEGORIES", "TITLE", "BDAY", "URL", "LANG", "GEO", "CLASS", "SORT-STRING",
        "MAILER", "CLIENTPIDMAP", "SOURCE", "NAME", "PROFILE", "AGENT", "X-ABLABEL", "X-ABADR",
        "X-ABUID", "X-ABSHOWAS", "X-IMAGEHASH", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
        LEFT_OUT,
    }
)  # fmt: skip
_LEFT_OUT_WORDS: Final = {"SOUND": "a sound", "KEY": "a key", "LOGO": "a logo"}


def parse(path: str) -> ParsedContacts:
    """Every card of a file. Raises the refusals of the guard, ``import.nothing_found``,
    ``import.too_many`` or, when the file ends inside a card, ``import.cut_off``; a card that
    cannot be read is listed with its line instead."""
    return parse_text(read_text(path))


def parse_text(source: TextFile) -> ParsedContacts:
    """Every card of a text; see :func:`parse`."""
    contacts: list[ParsedContact] = []
    unreadable: list[UnreadableRow] = []
    row, own = 0, True
    for card in cards(source.text, source.name):
        row += 1
        if row > shared.MOST_CONTACTS:
            raise AppError("import.too_many", file=source.name, limit=f"{shared.MOST_CONTACTS:,}")
        if card.trouble:
            unreadable.append(UnreadableRow(row, card.line, card.trouble))
            continue
        try:
            reading = Reading(*properties(card, source.encoding))
            contacts.append(_contact(row, card, reading))
            own = own and reading.own
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            reason = f"It is damaged ({type(error).__name__})."
            unreadable.append(UnreadableRow(row, card.line, reason))
    if row == 0:
        raise AppError("import.nothing_found", file=source.name, things="contacts")
    return ParsedContacts(
        source.name,
        "vCard",
        source.encoding_words,
        tuple(contacts),
        tuple(unreadable),
        own and bool(contacts),
        digest=source.digest,
    )


class Reading:
    """The properties of one card; ``own`` ones are taken to the letter."""

    def __init__(self, version: str, found: Sequence[Property]) -> None:
        self.version = version
        self.properties = found
        self._by_name: dict[str, list[Property]] = {}
        for entry in found:
            self._by_name.setdefault(entry.name, []).append(entry)
        self.grouped: dict[str, list[Property]] = {}
        for entry in found:
            if entry.group:
                self.grouped.setdefault(entry.group, []).append(entry)
        self.own = self.text("PRODID") == PRODUCER

    def text(self, name: str) -> str:
        """The first value of a name."""
        for found in self._by_name.get(name, ()):
            return plain(found.value, self.version).strip()
        return ""

    def texts(self, name: str) -> list[str]:
        """Every value of a name that says something."""
        values = (plain(p.value, self.version) for p in self._by_name.get(name, ()))
        return [value for value in values if value.strip()]

    def all(self, name: str) -> list[Property]:
        """The properties of a name that say something, the preferred one first."""
        found = [p for p in self._by_name.get(name, ()) if p.value.strip(" ;")]
        if len(found) > 1:
            found.sort(key=lambda entry: not entry.preferred)
        return found

    def beside(self, entry: Property, name: str) -> str | None:
        """The value of another property of the same group."""
        for other in self.grouped.get(entry.group, ()) if entry.group else ():
            if other.name == name:
                return plain(other.value, self.version)
        return None

    def label(self, entry: Property) -> str:
        """What a number or address is called, in our words."""
        written = self.beside(entry, "X-ABLABEL")
        if written is not None:
            return written if self.own else shared.label(written)
        if not entry.types:
            return ""
        types = {kind.removeprefix("X-") for kind in entry.types}
        if "FAX" in types:
            where = "WORK" if "WORK" in types else "HOME" if "HOME" in types else ""
            return shared.known_label(f"{where}fax")
        for kind in ("CELL", "IPHONE", "PAGER", "WORK", "HOME", "MAIN"):
            if kind in types:
                return shared.known_label(kind)
        return ""


def _contact(row: int, card: Card, reading: Reading) -> ParsedContact:
    version, own = reading.version, reading.own
    first, last, extras = _names(reading)
    organizations = reading.all("ORG")
    company = ""
    for number, entry in enumerate(organizations):
        name, *units = components(entry.value, version, ", ")
        if number == 0:
            company = name
        else:
            extras.append(("Organization", name))
        extras.append(("Department", ", ".join(unit for unit in units if unit)))
    if company and not own and fold(f"{first} {last}") == fold(company):
        first, last = "", ""
    kind: Kind = "prospect" if reading.text(f"{VENDOR}KIND") == "prospect" else "customer"
    segment: Segment = "residential" if first or last or not company else "commercial"
    stated = reading.text(f"{VENDOR}SEGMENT")
    if stated in {"residential", "commercial"}:
        segment = "commercial" if stated == "commercial" else "residential"
    places = _places(reading, extras)
    if not own:
        extras += shared.bare_countries(places)
    draft = ContactDraft(
        first_name=first,
        last_name=last,
        company=company,
        kind=kind,
        segment=segment,
        phones=tuple(
            Phone(_number(plain(p.value, version), own), reading.label(p))
            for p in reading.all("TEL")
        ),
        emails=tuple(
            Email(_address(plain(p.value, version), own), reading.label(p))
            for p in reading.all("EMAIL")
        ),
        places=places,
        tags=_tags(reading),
        notes=_notes(reading, extras),
        source=reading.text(f"{VENDOR}SOURCE"),
        language=reading.text(f"{VENDOR}LANGUAGE") or reading.text("LANG"),
        crew=reading.text(f"{VENDOR}CREW"),
        price_list=reading.text(f"{VENDOR}PRICELIST"),
        terms_days=_terms(reading.text(f"{VENDOR}TERMS")),
        exemption=_exemption(reading),
        tax_number=reading.text(f"{VENDOR}TAXNUMBER"),
        buyer_reference=reading.text(f"{VENDOR}BUYERREFERENCE"),
        e_invoice=reading.text(f"{VENDOR}EINVOICE") == "1",
        fields=tuple(_named(reading, entry) for entry in reading.all(f"{VENDOR}FIELD")),
    )
    finished, problems = shared.finish(draft)
    left_out = reading.texts(LEFT_OUT)
    if left_out:
        words = dict.fromkeys(_LEFT_OUT_WORDS.get(name, "a picture") for name in left_out)
        problems = (*problems, f"It has {' and '.join(words)}, which is not imported.")
    return ParsedContact(row, card.line, finished, reading.text("UID")[:255], problems)


def _names(reading: Reading) -> tuple[str, str, list[tuple[str, str]]]:
    """First and last name, and what of the name has no place in them."""
    extras: list[tuple[str, str]] = []
    full = reading.text("FN")
    named = reading.all("N")
    if named:
        family, given, more, honorific, suffix = [
            *components(named[0].value, reading.version, " "), "", "", "", "", ""
        ][:5]  # fmt: skip
        first = " ".join(part for part in (given, more) if part)
        last = " ".join(part for part in (family, suffix) if part)
        if first or last:
            extras.append(("Prefix", honorific))
            if not reading.own and full and not _alike(full, f"{first} {last}", reading):
                extras.append(("Name", full))
            return first, last, extras
    if reading.own:
        return "", "", extras
    full = full or reading.text("NICKNAME")
    stand_ins = {plain(p.value, reading.version) for p in reading.properties if p.name in _REACHED}
    if not full or full in stand_ins:
        return "", "", extras
    if not named and reading.all("ORG") and fold(full) == fold(reading.text("ORG").rstrip(";")):
        return "", "", extras
    return *shared.split_name(full), extras


def _alike(full: str, name: str, reading: Reading) -> bool:
    """Whether a written-out name only repeats what its parts or the company say."""
    said = f"{name} {reading.text('ORG')}"
    return bool(set(name_key(full).split()) & set(name_key(said).split())) or not name_key(full)


def _places(reading: Reading, extras: list[tuple[str, str]]) -> tuple[Place, ...]:
    if reading.own:
        return tuple(
            _place(reading, entry) if entry.name == "ADR" else _with_ours(Place(), reading, entry)
            for entry in reading.properties
            if entry.name in {"ADR", f"{VENDOR}PLACE-ALONE"}
        )
    places = [_place(reading, entry) for entry in reading.all("ADR")]
    if not places:
        places = [
            shared.address_from_lines(plain(p.value, reading.version), reading.label(p))
            for p in reading.all("LABEL")
        ]
    position = reading.text("GEO")
    if position:
        lat, lon = shared.coordinates(_degrees(position))
        if len(places) == 1 and lat is not None:
            places = [replace(places[0], lat=lat, lon=lon)]
        else:
            extras.append(("Position", position))
    return tuple(places)


def _place(reading: Reading, entry: Property) -> Place:
    texts = [*components(entry.value, reading.version, ", "), *[""] * 7][:7]
    if reading.own:
        box, extended, street, city, region, code, country = texts
        place = Place("", street, extended, city, region, code, country)
        return _with_ours(place, reading, entry)
    box, extended, street, city, region, code, country = (part.strip(" ,") for part in texts)
    name = reading.label(entry)
    if not (street or city or region or code) and "\n" in extended:
        return _with_ours(shared.address_from_lines(extended, name), reading, entry)
    whole = [line.strip(" ,") for line in street.split("\n") if line.strip(" ,")]
    rest = ", ".join(part for part in (*whole[1:], *extended.split("\n"), box) if part)
    place = Place(name, whole[0] if whole else "", rest, city, region, code, country)
    return _with_ours(place, reading, entry)


def _with_ours(place: Place, reading: Reading, entry: Property) -> Place:
    """The place with what stands beside it in our own properties and in GEO (RFC 6350, 5.8)."""
    degrees = _degrees(next(iter(entry.params.get("GEO", ())), ""))
    said: dict[str, str] = {}
    measures: list[Named] = []
    for other in reading.grouped.get(entry.group, ()) if entry.group else ():
        if other.name == f"{VENDOR}MEASURE":
            measures.append(_named(reading, other))
        elif other.name.startswith(VENDOR):
            said[other.name.removeprefix(VENDOR)] = plain(other.value, reading.version)
    lat, lon = shared.coordinates(said.get("GEO", degrees))
    return replace(
        place,
        name=said.get("PLACE", place.name),
        gate_code=said.get("GATE", ""),
        access_note=said.get("ACCESS", ""),
        person=said.get("PERSON", ""),
        person_phone=said.get("PERSON-PHONE", ""),
        tax=said.get("TAX", ""),
        is_billing=said.get("BILLING") == "1",
        measures=tuple(measures),
        lat=lat,
        lon=lon,
    )


def _degrees(uri: str) -> str:
    """ "geo:43.5,-96.7" as "43.5;-96.7"; what is written so already stays."""
    return uri[4:].partition(";")[0].replace(",", ";") if uri[:4].lower() == "geo:" else uri


def _tags(reading: Reading) -> tuple[str, ...]:
    tags: list[str] = []
    for entry in reading.all("CATEGORIES"):
        tags += [plain(part, reading.version) for part in parts(entry.value, ",")]
    if reading.own:
        return tuple(tags)
    return tuple(tag for tag in tags if fold(tag) not in {"", "my contacts", "mycontacts"})


def _notes(reading: Reading, extras: Sequence[tuple[str, str]]) -> tuple[NoteDraft, ...]:
    if not reading.own:
        lines = [*extras, *_lines(reading)]
        return shared.notes_of("\n".join(reading.texts("NOTE")), lines)
    notes = []
    for entry in reading.all("NOTE"):
        who = next(iter(entry.params.get(f"{VENDOR}FOR", ())), "")
        visibility: Visibility = "office"
        if who in {"crew", "document"}:
            visibility = "crew" if who == "crew" else "document"
        at = instant(next(iter(entry.params.get(f"{VENDOR}AT", ())), ""))
        notes.append(NoteDraft(plain(entry.value, reading.version), visibility, at=at))
    return tuple(notes)


def _lines(reading: Reading) -> list[tuple[str, str]]:
    """What has no field of its own and is kept as a line of the note."""
    birthday = reading.text("BDAY")
    lines = [("Title", reading.text("TITLE")), ("Birthday", read_date(birthday, "") or birthday)]
    lines += [("Website", address) for address in reading.texts("URL")]
    for entry in reading.properties:
        if entry.name in _KNOWN or entry.name.startswith(VENDOR) or not entry.value.strip(" ;"):
            continue
        label = reading.beside(entry, "X-ABLABEL")
        words = entry.name.removeprefix("X-").removeprefix("MS-").replace("-", " ").capitalize()
        values = components(entry.value, reading.version, ", ")
        text = " ".join(", ".join(value for value in values if value).split())
        lines.append((shared.label(label) if label else words, text))
    return lines


def _named(reading: Reading, entry: Property) -> Named:
    name, value = [*components(entry.value, reading.version, ","), ""][:2]
    return Named(name, value)


def _terms(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _exemption(reading: Reading) -> Exemption | None:
    stated = reading.texts(f"{VENDOR}EXEMPT")
    if not stated:
        return None
    entry = reading.all(f"{VENDOR}EXEMPT")
    value = entry[0].value if entry else ";;"
    return Exemption(*[*components(value, reading.version, ","), "", "", ""][:3])


def _number(value: str, own: bool) -> str:
    if not own and value[:4].lower() == "tel:":
        value = re.sub(r";ext=(\d+)", r" x\1", value[4:]).partition(";")[0]
    return value


def _address(value: str, own: bool) -> str:
    return value[7:] if not own and value[:7].lower() == "mailto:" else value
