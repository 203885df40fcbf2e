"""Which column of a contact list means what, judged by its heading.

Knows the layouts of Google (both), Outlook and Thunderbird, and plain headings in several
languages. A column that is not known is kept as a line of the note, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.contacts import fold

# What a column holds. Numbers, mail addresses and places have a group ("1", "work") that ties a
# label column to its value column and the parts of one address together.
IGNORED: Final = "ignored"
NOTE_LINE: Final = "note line"


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column."""

    index: int
    heading: str
    kind: str
    group: str = ""


_NAMES: Final = {
    "first": "first name|given name|forename|firstname|vorname|prenom|nombre|imie|nome|voornaam",
    "middle": "middle name|additional name|middlename|drugie imie|zweiter vorname",
    "last": "last name|surname|family name|lastname|nachname|familienname|nom|nom de famille|"
    "apellido|apellidos|nazwisko|cognome|achternaam",
    "suffix": "name suffix|suffix",
    "full": "name|full name|fullname|display name|contact|contact name|customer|customer name|"
    "client|client name|nom complet|nombre completo|imie i nazwisko|anzeigename|person",
    "company": "company|company name|organization name|organization 1 name|organization|"
    "organisation|business|business name|firma|empresa|societe|entreprise|azienda|bedrijf|"
    "account|account name|nazwa firmy",
    "note": "note|notes|comment|comments|remark|remarks|memo|notizen|bemerkung|bemerkungen|uwagi|"
    "notatki|notas|commentaires",
    "tags": "labels|label|group membership|categories|category|tags|tag|groups|group|gruppen|"
    "etykiety",
    "kind": "type|kind|contact type|status",
    "segment": "segment|customer type",
    "source": "source|lead source|found through|referred by",
    "uid": "uid",
    "title": "organization title|organization 1 title|job title|title",
    "birthday": "birthday|date of birth|geburtstag|urodziny",
}
_IGNORED: Final = (
    "photo|phonetic.*|.*phonetic name|.*yomi.*|file as|nickname|name prefix|initials|short name|"
    "maiden name|gender|priority|private|sensitivity|language|organization.*(?:department|symbol|"
    "location|type|job description)|department|hobby|occupation|event.*|relation.*|custom field.*|"
    "web ?site \\d+ (?:label|type)|account id|row|id|no|nr"
)
_WHERE: Final = (
    "home|work|business|other|billing|service|mailing|shipping|property|site|primary|job"
)
_PARTS: Final = {
    "street": "street|street address|address|address line 1|address 1|street 1|strasse|rue|calle|"
    "ulica|adres|adresse|direccion|indirizzo|straat",
    "street2": "street 2|address 2|address line 2|line 2|suite|apt|unit|apartment|extended address|"
    "street 3|address 3",
    "city": "city|town|locality|ort|stadt|ville|ciudad|miasto|citta|plaats|miejscowosc",
    "region": "state|region|province|county|bundesland|wojewodztwo|provincia",
    "code": "zip|zip code|zipcode|postal code|postcode|post code|plz|code postal|codigo postal|"
    "kod pocztowy|kod|cap",
    "country": "country|country region|land|pays|pais|kraj|paese",
    "box": "po box",
    "formatted": "formatted|full address|formatted address",
    "access": "access note|access|gate code|access notes",
    "billing": "billing",
    "placelabel": "label|type|name",
    "geo": "coordinates",
}
_PLACE: Final = re.compile(rf"^(?:({_WHERE}) )?({'|'.join(_PARTS.values())})$")
_NUMBERED_PLACE: Final = re.compile(r"^(?:address|location) (\d+) (.+)$")
_NUMBERED: Final = re.compile(r"^(e mail|email|phone|web ?site) (\d+) (label|type|value)$")
_PHONE: Final = re.compile(
    r"\b(phone|phones|telephone|tel|mobile|cell|cellphone|fax|pager|telefon|handy|telefono|"
    r"telephone|komorka|komorkowy|numer|portable|movil|celular|mobil|gsm)\b"
)
_EMAIL: Final = re.compile(r"\b(e mail|email|mail|correo|courriel|e mails|emails)\b")
_EXACT: Final = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
_PART_OF: Final = {name: part for part, names in _PARTS.items() for name in names.split("|")}
_SKIPPED: Final = re.compile(rf"^(?:{_IGNORED})$")
_TELLING: Final = frozenset({"first", "last", "full", "company", "phone", "email"})


def understand(headings: Sequence[str]) -> list[Column]:
    """The meaning of each heading, in order."""
    return [_column(index, heading.strip()) for index, heading in enumerate(headings)]


def names_somebody(columns: Sequence[Column]) -> bool:
    """Whether these columns can tell who a row is about."""
    return any(column.kind in _TELLING for column in columns)


def _column(index: int, heading: str) -> Column:
    plain = re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()
    if not plain:
        return Column(index, heading, IGNORED)
    numbered = _NUMBERED.match(plain)
    if numbered:
        what, number, part = numbered.groups()
        if what.startswith("web"):
            return Column(index, heading, "website" if part == "value" else IGNORED)
        base = "phone" if what == "phone" else "email"
        return Column(index, heading, base if part == "value" else f"{base}label", f"#{number}")
    place = _NUMBERED_PLACE.match(plain)
    if place and place[2] in _PART_OF:
        return Column(index, heading, _PART_OF[place[2]], f"#{place[1]}")
    if plain in _EXACT:
        return Column(index, heading, _EXACT[plain])
    if _SKIPPED.match(plain):
        return Column(index, heading, IGNORED)
    return _worded(index, heading, plain)


def _worded(index: int, heading: str, plain: str) -> Column:
    if _EMAIL.search(plain):
        return Column(index, heading, "email")
    if plain in {"web page", "website", "url", "web site"}:
        return Column(index, heading, "website")
    place = _PLACE.match(plain)
    if place and _PART_OF[place[2]] not in {"placelabel", "billing"}:
        return Column(index, heading, _PART_OF[place[2]], place[1] or "")
    if _PHONE.search(plain) and "carrier" not in plain:
        return Column(index, heading, "phone")
    return Column(index, heading, NOTE_LINE)
