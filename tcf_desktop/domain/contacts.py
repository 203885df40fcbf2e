"""Who a contact is: names, normal forms for comparing, and what a file or a form says about one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Kind = Literal["customer", "prospect"]
Segment = Literal["residential", "commercial"]
Visibility = Literal["office", "crew", "document"]
VISIBILITIES: Final[tuple[Visibility, ...]] = ("office", "crew", "document")

_SORT_LENGTH: Final = 200
_FEWEST_DIGITS: Final = 7  # shorter numbers (extensions, short codes) say nothing about a person
_EXTENSION: Final = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*\d{1,6}\s*$", re.IGNORECASE)
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as written; ``id`` is None until it is stored."""

    number: str
    label: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address as written."""

    address: str
    label: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A value under a name that the office chose: a field of its own, or a measure of a place.

    A measure is a decimal number ("42.5"), a date field an ISO date, everything else text.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note and who may see it; ``id`` is None until it is stored, ``at`` is UTC ms or 0."""

    text: str
    visibility: Visibility = "office"
    id: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why no tax is charged: the certificate's number, the state, until when (ISO date or "")."""

    number: str = ""
    region: str = ""
    until_on: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A service location or billing address. Degrees are WGS 84.

    ``person`` is whom to ask for there; ``measures`` fill the quantities of services.
    """

    name: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    access_note: str = ""
    is_billing: bool = False
    tax_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    id: int | None = None
    gate_code: str = ""
    person: str = ""
    person_phone: str = ""
    measures: tuple[Named, ...] = ()
    tax: str = ""  # the name of the tax, where a file says it; stored places have ``tax_id``

    def says_anything(self) -> bool:
        """Whether there is a reason to keep it."""
        words = (self.name, self.access_note, self.gate_code, self.person, self.person_phone)
        return self.has_address() or any(words) or bool(self.measures)

    def has_address(self) -> bool:
        """Whether any part of the address itself is filled."""
        return any((self.street, self.street2, self.city, self.region, self.postal_code))


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Everything that a form or a file says about one contact.

    The crew, the price list, fields and measures go by their names, as people and files call them.
    Notes without an id are added; stored ones have commands of their own. ``exemption`` is None
    where tax is charged; ``terms_days`` None means the business's own terms. With ``e_invoice``
    documents carry an electronic invoice, which names ``tax_number`` and ``buyer_reference``.
    """

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    kind: Kind = "customer"
    segment: Segment = "residential"
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    places: tuple[Place, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[NoteDraft, ...] = ()
    source: str = ""
    language: str = ""
    crew: str = ""
    price_list: str = ""
    terms_days: int | None = None
    exemption: Exemption | None = None
    fields: tuple[Named, ...] = ()
    tax_number: str = ""
    buyer_reference: str = ""
    e_invoice: bool = False

    def is_named(self) -> bool:
        """Whether it has a name of its own; a number alone is no name."""
        return bool(self.first_name or self.last_name or self.company)

    def is_empty(self) -> bool:
        """Whether there is nothing at all that could be kept."""
        places = any(place.has_address() for place in self.places)
        return not (self.is_named() or self.phones or self.emails or places or self.notes)

    def shown_as(self) -> str:
        """The name, or the first mail address or number of a nameless contact."""
        return display_name(self.first_name, self.last_name, self.company) or stand_in(
            [mail.address for mail in self.emails], [phone.number for phone in self.phones]
        )


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A stored contact as it goes out to a file."""

    uid: str
    draft: ContactDraft


@dataclass(frozen=True, slots=True)
class ParsedContact:
    """One record of a file. ``row`` counts records from 1, ``line`` is where it starts."""

    row: int
    line: int
    draft: ContactDraft
    uid: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A record that could not be read; ``reason`` is a sentence for the user."""

    row: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedContacts:
    """One file. ``read_as`` says in words how it was understood (encoding, separator).

    ``own`` files were written by this program: nothing in them is guessed. ``remarks`` are
    sentences about the file as a whole, ``digest`` is its SHA-256.
    """

    file: str
    format: str
    read_as: str
    contacts: tuple[ParsedContact, ...]
    unreadable: tuple[UnreadableRow, ...] = field(default=())
    own: bool = False
    date_order: str = ""
    remarks: tuple[str, ...] = ()
    digest: str = ""


def display_name(first_name: str, last_name: str, company: str) -> str:
    """How the contact is addressed: the person, or the company when no person is named.

    The whole rule, for every list and document: person, else company, else the first mail
    address, else the first number (:func:`stand_in`). The company of a named person is shown
    beside the name, never instead of it.
    """
    person = f"{first_name.strip()} {last_name.strip()}".strip()
    return person or company.strip()


def stand_in(emails: Iterable[str], phones: Iterable[str]) -> str:
    """What a contact without a name is listed as: the first address or number, or nothing."""
    return next((text for text in (*emails, *phones) if text.strip()), "").strip()


def list_name(first_name: str, last_name: str, company: str) -> str:
    """How the contact stands in an ordered list: last name first, companies as they are."""
    first, last = first_name.strip(), last_name.strip()
    if first and last:
        return f"{last}, {first}"
    return last or first or company.strip()


def sort_name(first_name: str, last_name: str, company: str, fallback: str = "") -> str:
    """The key of the name order: :func:`list_name` without case and accents, at most 200 long."""
    return fold(list_name(first_name, last_name, company) or fallback)[:_SORT_LENGTH]


def fold(text: str) -> str:
    """Without case, accents, odd spaces and control characters, for comparing and ordering."""
    plain = text
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text)
        plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(plain.casefold().translate(_SPECIAL_LETTERS).split())


_SPECIAL_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def phone_digits(number: str) -> str:
    """The digits that identify a number: no extension, no 00, no 1 of the North American plan."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", number))
    if plain.isascii():
        digits = _NOT_DIGITS.sub("", plain)
    else:
        digits = "".join(str(unicodedata.digit(sign)) for sign in plain if sign.isdigit())
    digits = digits.removeprefix("00")
    if len(digits) == 11 and digits.startswith("1"):
        return digits[1:]
    return digits


def email_key(address: str) -> str:
    """A mail address for comparing; empty when it cannot be one."""
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    plain = plain.removeprefix("mailto:")
    return plain if "@" in plain else ""


def name_key(name: str) -> str:
    """Equal for the same words in any order: "Hartmann, Julia" and "Julia Hartmann"."""
    return " ".join(sorted(_WORD.findall(fold(name))))


def place_key(place: Place) -> str:
    """Equal for the same street and town however they are written; empty without a street."""
    street = "".join(_WORD.findall(fold(f"{place.street} {place.street2}")))
    town = "".join(_WORD.findall(fold(place.postal_code or place.city)))
    return f"{street}|{town}" if street else ""


def phone_keys(draft: ContactDraft) -> set[str]:
    """The numbers of a draft that are long enough to identify somebody."""
    keys = {phone_digits(phone.number) for phone in draft.phones}
    return {key for key in keys if len(key) >= _FEWEST_DIGITS}


def email_keys(draft: ContactDraft) -> set[str]:
    """The comparable mail addresses of a draft."""
    return {key for mail in draft.emails if (key := email_key(mail.address))}


def name_keys(first_name: str, last_name: str, company: str) -> set[str]:
    """The names that this contact goes by."""
    names = (display_name(first_name, last_name, ""), company)
    return {key for name in names if (key := name_key(name))}


def tidy(draft: ContactDraft) -> ContactDraft:
    """The draft as it is stored: no control characters, no empty or doubled entries."""
    phones: dict[str, Phone] = {}
    for phone in draft.phones:
        number = one_line(phone.number)
        if number:
            key = phone_digits(number) or number
            phones.setdefault(key, Phone(number, one_line(phone.label), phone.id))
    emails: dict[str, Email] = {}
    for mail in draft.emails:
        address = one_line(mail.address)
        if address:
            key = email_key(address) or address
            emails.setdefault(key, Email(address, one_line(mail.label), mail.id))
    places = tuple(_tidy_place(place) for place in draft.places)
    tags = dict.fromkeys(tag for raw in draft.tags if (tag := one_line(raw.replace(",", " "))))
    notes = (replace(note, text=many_lines(note.text)) for note in draft.notes)
    return ContactDraft(
        first_name=one_line(draft.first_name),
        last_name=one_line(draft.last_name),
        company=one_line(draft.company),
        kind=draft.kind,
        segment=draft.segment,
        phones=tuple(phones.values()),
        emails=tuple(emails.values()),
        places=tuple(p for p in places if p.says_anything()),
        tags=tuple(tags),
        notes=tuple(note for note in notes if note.text),
        source=one_line(draft.source),
        language=one_line(draft.language),
        crew=one_line(draft.crew),
        price_list=one_line(draft.price_list),
        terms_days=draft.terms_days,
        exemption=draft.exemption and _tidy_exemption(draft.exemption),
        fields=_tidy_named(draft.fields),
        tax_number=one_line(draft.tax_number),
        buyer_reference=one_line(draft.buyer_reference),
        e_invoice=draft.e_invoice,
    )


def _tidy_exemption(exemption: Exemption) -> Exemption:
    return Exemption(
        one_line(exemption.number), one_line(exemption.region), one_line(exemption.until_on)
    )


def _tidy_named(values: Iterable[Named]) -> tuple[Named, ...]:
    """One value a name, the last one said; empty ones are not there."""
    known: dict[str, Named] = {}
    for entry in values:
        name, value = one_line(entry.name), one_line(entry.value)
        if name and value:
            known[fold(name)] = Named(name, value)
    return tuple(known.values())


def _tidy_place(place: Place) -> Place:
    return Place(
        name=one_line(place.name),
        street=one_line(place.street),
        street2=one_line(place.street2),
        city=one_line(place.city),
        region=one_line(place.region),
        postal_code=one_line(place.postal_code),
        country=one_line(place.country),
        access_note=many_lines(place.access_note),
        is_billing=place.is_billing,
        tax_id=place.tax_id,
        lat=place.lat,
        lon=place.lon,
        id=place.id,
        gate_code=one_line(place.gate_code),
        person=one_line(place.person),
        person_phone=one_line(place.person_phone),
        measures=_tidy_named(place.measures),
        tax=one_line(place.tax),
    )


def one_line(text: str) -> str:
    """Text for a one-line field: spaces joined, characters that no text holds removed."""
    if text.isprintable() and "  " not in text:  # of all spaces only the plain one is printable
        return text.strip(" ")
    return " ".join(_without_controls(text).split())


def many_lines(text: str) -> str:
    """Text for a note: lines kept, line ends equal, characters that no text holds removed."""
    return _without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _without_controls(text: str) -> str:
    if text.isprintable():
        return text
    # Cc: NUL and friends; Cs: halves of a pair, which no encoding can store.
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
