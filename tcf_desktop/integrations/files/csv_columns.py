"""Which column of a contact list means what, judged by its heading.

Knows the layouts of Google (both), Outlook, Thunderbird and QuickBooks, and plain headings in
English, German, French, Spanish, Italian, Polish, Portuguese and Dutch. A column that is not known
is kept as a line of the note, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.table_files import (
    FIELD,
    IGNORED,
    MEASURE,
    NOTE_LINE,
    TELLING,
    group_of,
    kind_of,
)


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column; parts of one address and labels of numbers share a group."""

    index: int
    heading: str
    kind: str
    group: str = ""

    def target(self) -> str:
        """The meaning as one word."""
        return f"{self.kind}@{self.group}" if self.group else self.kind


_NAMES: Final = {
    "first": "first name|given name|forename|firstname|vorname|rufname|prenom|nombre|"
    "nombre de pila|imie|nome proprio|primeiro nome|voornaam|first",
    "middle": "middle name|additional name|middlename|m i|drugie imie|zweiter vorname|"
    "deuxieme prenom|segundo nombre|secondo nome|segundo nome|nome do meio|tussenvoegsel",
    "last": "last name|surname|family name|lastname|nachname|familienname|nom|nom de famille|"
    "apellido|apellidos|nazwisko|cognome|achternaam|sobrenome|apelido|ultimo nome|last",
    "suffix": "name suffix|suffix|namenszusatz|suffixe|sufijo|suffisso|przyrostek|sufixo",
    "full": "name|full name|fullname|display name|contact|contact name|primary contact|"
    "client name|customer name|customer full name|nom complet|nombre completo|nombre y apellidos|"
    "imie i nazwisko|anzeigename|vollstandiger name|person|nome completo|nominativo|"
    "volledige naam|naam|nome e cognome|ansprechpartner",
    "full or company": "customer|client|kunde|kundenname|cliente|klient|klant|kontrahent",
    "company": "company|company name|organization name|organization 1 name|organization|"
    "organisation|business|business name|firma|firmenname|unternehmen|empresa|societe|entreprise|"
    "raison sociale|azienda|ditta|societa|bedrijf|bedrijfsnaam|companhia|razao social|account|"
    "account name|nazwa firmy|organizacja|organizacion|organizzazione|organisatie|organizacao",
    "note": "note|notes|comment|comments|remark|remarks|memo|notizen|notiz|bemerkung|bemerkungen|"
    "anmerkungen|uwagi|notatki|notas|observaciones|observacoes|commentaires|commentaire|"
    "remarques|osservazioni|opmerkingen|notities|description|customer notes",
    "crewnote": "crew notes|crew note",
    "documentnote": "document notes|document note|invoice note",
    "tags": "labels|label|group membership|categories|category|tags|tag|groups|group|gruppen|"
    "gruppe|kategorien|kategorie|etykiety|grupy|groupes|libelles|etiquetas|grupos|categorias|"
    "etichette|gruppi|categorie|categories|groepen|labels 1",
    "kind": "kind|contact type|status|lead status",
    "segment": "segment|customer type",
    "source": "source|lead source|found through|referred by|referral source|quelle|origine|origen|"
    "fonte|zrodlo|origem|bron|how did you hear about us",
    "language": "preferred language|sprache|langue|idioma|lingua|jezyk|taal",
    "crew": "crew|default crew|team",
    "pricelist": "price list|default price list|price level|preisliste|tarif|listino",
    "terms": "terms|terms days|payment terms|zahlungsziel|zahlungsbedingungen|"
    "conditions de paiement|condiciones de pago|termini di pagamento|warunki platnosci|"
    "condicoes de pagamento|betalingstermijn",
    "exempt": "tax exempt",
    "exemptnumber": "exemption number|tax exempt number|resale num|resale number|"
    "exempt certificate",
    "exemptregion": "exemption state",
    "exemptuntil": "exemption until|exemption expires",
    "uid": "uid",
    "title": "organization title|organization 1 title|job title|title|position|funktion|fonction|"
    "cargo|qualifica|stanowisko|functie",
    "birthday": "birthday|date of birth|geburtstag|geburtsdatum|urodziny|data urodzenia|"
    "anniversaire|date de naissance|cumpleanos|fecha de nacimiento|compleanno|data di nascita|"
    "aniversario|data de nascimento|geboortedatum|verjaardag",
    "website": "web page|website|url|web site|webseite|homepage|site web|sitio web|sito web|"
    "strona|strona www|strona internetowa|web",
}
# What says nothing about a person: numbers of the list itself, and Outlook's marks.
_IGNORED: Final = re.compile(
    r"^(?:file as|initials|priority|private|sensitivity|row|no|nr|language|active status|"
    r"web ?site \d+ (?:label|type))$"
)
_WHERE: Final = (
    "home|work|business|other|billing|service|mailing|shipping|property|site|primary|job|"
    "bill|ship|bill to|ship to|privat|geschaftlich"
)
_PARTS: Final = {
    "street": "street|street address|address line 1|address 1|street 1|strasse|strasse und "
    "hausnummer|rue|calle|ulica|adres|adresse|direccion|domicilio|indirizzo|via|straat|adresse 1|"
    "rua|endereco|morada|logradouro|address|anschrift|straat en huisnummer|ulica i numer",
    "street2": "street 2|street2|address 2|address line 2|line 2|suite|apt|unit|apartment|"
    "extended address|street 3|street3|address 3|address line 3|adresszusatz|complement|"
    "complement d adresse|complemento|address2|adresse 2|indirizzo 2|toevoeging",
    "city": "city|town|locality|ort|stadt|ville|ciudad|poblacion|localidad|miasto|citta|comune|"
    "plaats|woonplaats|miejscowosc|cidade|localidade|wohnort",
    "region": "state|region|province|county|bundesland|wojewodztwo|provincia|estado|uf|"
    "departement|provincie|distrito|st",
    "code": "zip|zip code|zipcode|postal code|postcode|post code|plz|postleitzahl|code postal|"
    "codigo postal|kod pocztowy|kod|cap|cep|zip postal code",
    "country": "country|country region|land|pays|pais|kraj|paese",
    "box": "po box|postfach|boite postale|apartado|casella postale|skrytka pocztowa|caixa postal|"
    "postbus",
    "formatted": "formatted|full address|formatted address|complete address",
    "access": "access note|access|access notes",
    "gate": "gate code|gate",
    "person": "contact person",
    "personphone": "contact person phone",
    "billing": "billing",
    "placelabel": "label|type|name",
    "geo": "coordinates",
    "tax": "tax|tax zone|tax item",
}
_LONG_PARTS: Final = "|".join(sorted("|".join(_PARTS.values()).split("|"), key=len, reverse=True))
_PLACE: Final = re.compile(rf"^(?:({_WHERE}) )?(?:address )?({_LONG_PARTS})$")
_NUMBERED_PLACE: Final = re.compile(r"^(?:address|location) (\d+) (.+)$")
_NUMBERED: Final = re.compile(
    r"^(e mail|email|phone|web ?site|event|relation|custom field|im|external id) (\d+)"
    r" (label|type|value|service)$"
)
_LINES: Final = re.compile(r"^(bill|ship) (?:to|from) ?(\d)$")  # QuickBooks: an address in lines
_WHOLE: Final = re.compile(r"^(?:bill|billing|ship|shipping)(?: to)? address$")
_PHONE: Final = re.compile(
    r"\b(phone|phones|telephone|tel|mobile|cell|cellphone|fax|pager|telefon|telefonnummer|"
    r"mobilnummer|mobiltelefon|rufnummer|handy|telefono|telefone|telemovel|telefoon|"
    r"telefoonnummer|mobiel|komorka|komorkowy|numer telefonu|portable|movil|celular|cellulare|"
    r"mobil|gsm|ligne|phone numbers)\b"
)
_EMAIL: Final = re.compile(
    r"\b(e mail|email|mail|correo|courriel|mel|e mails|emails|e mailadres|emailadres|"
    r"posta elettronica|poczta)\b"
)
_EXACT: Final = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
_PART_OF: Final = {name: part for part, names in _PARTS.items() for name in names.split("|")}
_GROUPS: Final = {
    "bill": "billing", "bill to": "billing", "ship": "service", "ship to": "service",
    "shipping": "service", "mailing": "billing", "privat": "home", "geschaftlich": "work",
    "business": "work", "primary": "", "property": "service", "site": "service", "job": "service",
}  # fmt: skip
_OWN_FIELD: Final = re.compile(r"^Field: (.+)$", re.DOTALL)
_OWN_MEASURE: Final = re.compile(r"^Address (\d+) - Measure: (.+)$", re.DOTALL)


def understand(headings: Sequence[str], targets: Sequence[str] = ()) -> list[Column]:
    """The meaning of each heading, in order; ``targets`` say what the user chose instead."""
    if targets:
        return [
            Column(index, heading.strip(), kind_of(target), group_of(target))
            for index, (heading, target) in enumerate(zip(headings, targets, strict=True))
        ]
    found = [_column(index, heading.strip()) for index, heading in enumerate(headings)]
    return _settled(found)


def names_somebody(columns: Sequence[Column]) -> bool:
    """Whether these columns can tell who a row is about."""
    return any(column.kind in TELLING for column in columns)


def _settled(columns: list[Column]) -> list[Column]:
    """What a heading means in the company of the others.

    "Customer" is a name, also of a company, unless another column has the name; "Nom" beside
    "Nombre" and "Nome" beside "Cognome" are parts of a name, alone they are the whole.
    """
    kinds = {column.kind for column in columns}
    settled = []
    for column in columns:
        plain, kind = _plain(column.heading), column.kind
        if kind == "full or company":
            kind = "full"
            if kinds & {"first", "last"} or "full" in kinds:
                kind = "company" if "company" not in kinds else "displayed"
        elif kind == "full or first":
            kind = "first" if "last" in kinds else "full"
        elif plain in {"nom", "nombre", "first", "last"} and not kinds & _OTHER_HALF[plain]:
            kind = "full"
        settled.append(Column(column.index, column.heading, kind, column.group))
    return settled


_OTHER_HALF: Final = {
    "nom": {"first"}, "nombre": {"last"}, "first": {"last"}, "last": {"first"},
}  # fmt: skip


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()


def _column(index: int, heading: str) -> Column:
    if own := _OWN_FIELD.match(heading):
        return Column(index, heading, FIELD + own[1])
    if own := _OWN_MEASURE.match(heading):
        return Column(index, heading, MEASURE + own[2], f"#{own[1]}")
    plain = _plain(heading)
    if not plain:
        return Column(index, heading, IGNORED)
    if plain == "nome":
        return Column(index, heading, "full or first")
    if numbered := _NUMBERED.match(plain):
        return _numbered(index, heading, *numbered.groups())
    place = _NUMBERED_PLACE.match(plain)
    if place and place[2] in _PART_OF:
        return Column(index, heading, _PART_OF[place[2]], f"#{place[1]}")
    if line := _LINES.match(plain):
        return Column(index, heading, "formatted", "billing" if line[1] == "bill" else "service")
    if _WHOLE.match(plain):
        group = "billing" if plain.startswith("bill") else "service"
        return Column(index, heading, "formatted", group)
    if plain in _EXACT:
        return Column(index, heading, _EXACT[plain])
    if re.fullmatch(r"web ?(?:page|site) \d+", plain):
        return Column(index, heading, "website")
    if _IGNORED.match(plain):
        return Column(index, heading, IGNORED)
    return _worded(index, heading, plain)


def _numbered(index: int, heading: str, what: str, number: str, part: str) -> Column:
    if what.startswith("web"):
        return Column(index, heading, "website" if part == "value" else IGNORED)
    group = f"#{number}"
    if what in {"phone", "email", "e mail"}:
        base = "phone" if what == "phone" else "email"
        return Column(index, heading, base if part == "value" else f"{base}label", group)
    base = f"extra {what}"
    return Column(index, heading, base if part == "value" else f"{base}label", group)


def _worded(index: int, heading: str, plain: str) -> Column:
    place = _PLACE.match(plain)
    if place and _PART_OF[place[2]] not in {"placelabel", "billing", "tax", "person"}:
        where = place[1] or ""
        return Column(index, heading, _PART_OF[place[2]], _GROUPS.get(where, where))
    if _EMAIL.search(plain) and not re.search(r"\b(type|typ|display name|format)\b", plain):
        return Column(index, heading, "email")
    if _PHONE.search(plain) and "carrier" not in plain:
        return Column(index, heading, "phone")
    return Column(index, heading, NOTE_LINE)
