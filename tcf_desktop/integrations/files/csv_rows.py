"""One record of a table as a contact: cells by their meaning, and what has no field as a note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Kind,
    Named,
    NoteDraft,
    ParsedContact,
    Phone,
    Place,
    Segment,
    fold,
    name_key,
)
from tcf_desktop.domain.date_text import looks_like_date, read_date
from tcf_desktop.domain.spreadsheets import is_guarded, unguarded
from tcf_desktop.domain.table_files import FIELD, IGNORED, MEASURE, NOTE_LINE, PLACE_KINDS
from tcf_desktop.integrations.files import contact_text as shared
from tcf_desktop.integrations.files import csv_notes
from tcf_desktop.integrations.files.csv_columns import Column

_JOINER: Final = ":::"  # Google joins several values of one column with it
TAG_JOINER: Final = f" {_JOINER} "
GOOGLE_GROUP: Final = "* myContacts"
_PLUS_IN_BRACKETS: Final = re.compile(r"^\(\+(\d+)\)")
_SHEET_TEXT: Final = re.compile(r'^="?([^"]*)"?$')
_YES: Final = frozenset({"1", "y", "yes", "true", "x", "ja", "oui", "si", "tak", "sim"})
_PROSPECTS: Final = frozenset({"prospect", "lead", "interessent", "potential"})
_CUSTOMERS: Final = frozenset({"customer", "client", "kunde", "active", "active customer"})
_AT_ONCE: Final = frozenset({"due on receipt", "on receipt", "cod", "sofort"})
_MOBILE: Final = frozenset(
    {
        "mobile", "cell", "cellphone", "handy", "gsm", "movil", "mobil", "mobilnummer", "portable",
        "mobiltelefon", "cellulare", "celular", "telemovel", "mobiel", "komorka", "komorkowy",
    }
)  # fmt: skip
_MOST_TERMS: Final = 3650


class RowReader:
    """Reads the rows of one table; ``own`` ones are taken to the letter."""

    def __init__(self, meaning: Sequence[Column], date_order: str, *, own: bool) -> None:
        self._meaning = meaning
        self._order = date_order
        self._own = own
        self._left_out: set[str] = set()
        kinds = {column.kind for column in meaning}
        self._has_places = bool(kinds & PLACE_KINDS) or any(k.startswith(MEASURE) for k in kinds)

    def remarks(self) -> tuple[str, ...]:
        """What was left out of all rows, in words."""
        if not self._left_out:
            return ()
        names = ", ".join(sorted(self._left_out))
        return (f"These columns were left out: {names}.",)

    def read(self, row: int, line: int, cells: Sequence[str]) -> ParsedContact:
        """One record."""
        found = self._cells(cells)
        extras: list[tuple[str, str]] = []
        first, last, company = self._names(found, extras)
        problems: list[str] = []
        terms = _terms(found.text("terms"), extras)
        exemption = self._exemption(found, extras)
        kind, segment = _standing(found, extras, is_person=bool(first or last or not company))
        extras += self._lines(found)
        places = self._places(found, {name_key(f"{first} {last}"), name_key(company)})
        if not self._own:
            extras += shared.bare_countries(places)
        draft = ContactDraft(
            first_name=first,
            last_name=last,
            company=company,
            kind=kind,
            segment=segment,
            phones=tuple(Phone(value, label) for label, value in found.labelled("phone", _number)),
            emails=tuple(Email(value, label) for label, value in found.labelled("email", _address)),
            places=places,
            tags=self._tags(found),
            notes=(*self._notes(found), *shared.notes_of("", extras)),
            source=found.text("source"),
            language=found.text("language"),
            crew=found.text("crew"),
            price_list=found.text("pricelist"),
            terms_days=terms,
            exemption=exemption,
            fields=tuple(
                Named(kind.removeprefix(FIELD), values[0][1])
                for kind, values in found.by_kind.items()
                if kind.startswith(FIELD)
            ),
        )
        draft = replace(draft, notes=shared.one_note(draft.notes)) if not self._own else draft
        finished, more = shared.finish(draft)
        return ParsedContact(row, line, finished, found.text("uid")[:255], (*problems, *more))

    def _cells(self, cells: Sequence[str]) -> _Cells:
        found = _Cells(own=self._own)
        for column in self._meaning:
            raw = cells[column.index] if column.index < len(cells) else ""
            if not raw:
                continue
            value = (unguarded(raw) if raw[0] == "'" else raw).replace("\r\n", "\n").strip()
            if not value:
                continue
            if column.kind == IGNORED:
                if column.heading.strip():
                    self._left_out.add(column.heading[:80])
                else:
                    found.by_kind[NOTE_LINE].append((column, value))
                continue
            if self._own and column.kind == "phone" and not is_guarded(raw):
                value = _PLUS_IN_BRACKETS.sub(r"+\1", value)
            found.by_kind[column.kind].append((column, value))
        return found

    def _names(self, found: _Cells, extras: list[tuple[str, str]]) -> tuple[str, str, str]:
        first = " ".join(part for part in (found.text("first"), found.text("middle")) if part)
        last = " ".join(part for part in (found.text("last"), found.text("suffix")) if part)
        company = found.text("company")
        for shown in (found.text("full"), found.text("displayed")):
            key = name_key(shown)
            if not key or key in {name_key(company), name_key(f"{first} {last}")}:
                continue
            if first or last:
                if not set(name_key(f"{first} {last}").split()) <= set(key.split()):
                    extras.append(("Name", shown))
            elif found.text("full") == shown:
                first, last = shared.split_name(shown)
            else:
                extras.append(("Name", shown))
        if not self._own and company and name_key(company) == name_key(f"{first} {last}"):
            company = ""
        return first, last, company

    def _exemption(self, found: _Cells, extras: list[tuple[str, str]]) -> Exemption | None:
        number, region = found.text("exemptnumber"), found.text("exemptregion")
        typed = found.text("exemptuntil")
        until = typed if self._own else read_date(typed, self._order)
        if typed and not until:
            extras.append(("Exempt until", typed))
        stated = found.text("exempt")
        if fold(stated) in _YES or number or region or until:
            return Exemption(number, region, until)
        if stated and fold(stated) not in {"0", "n", "no", "false", "nein", "non", "nie", "nee"}:
            extras.append(("Tax exempt", stated))
        return None

    def _notes(self, found: _Cells) -> tuple[NoteDraft, ...]:
        notes: list[NoteDraft] = []
        for kind, visibility in (
            ("note", "office"), ("crewnote", "crew"), ("documentnote", "document"),
        ):  # fmt: skip
            texts = found.texts(kind)
            if self._own:
                for text in texts:
                    notes += csv_notes.unpacked(text, visibility)  # type: ignore[arg-type]
            elif texts:
                notes.append(NoteDraft("\n".join(texts), visibility))  # type: ignore[arg-type]
        notes.sort(key=lambda note: note.at)
        return tuple(notes)

    def _tags(self, found: _Cells) -> tuple[str, ...]:
        tags: list[str] = []
        for text in found.texts("tags"):
            if self._own:
                pieces = text.removeprefix(GOOGLE_GROUP).removeprefix(TAG_JOINER).split(TAG_JOINER)
                tags += [tag.replace(f"\\{_JOINER}", _JOINER) for tag in pieces]
                continue
            pieces = [tag.strip() for tag in re.split(r":::|,|;", text)]
            # "* myContacts" and "* starred" are Google's own, not the user's.
            tags += [tag for tag in pieces if tag and not tag.startswith("*")]
        return tuple(tags)

    def _lines(self, found: _Cells) -> Iterable[tuple[str, str]]:
        """What has no field of its own and is kept as a line of the note."""
        yield "Title", found.text("title")
        birthday = found.text("birthday")
        if looks_like_date(birthday):
            birthday = read_date(birthday, self._order) or birthday
        yield "Birthday", birthday
        for address in found.texts("website"):
            yield "Website", address
        for kind in [kind for kind in found.by_kind if kind.startswith("extra ")]:
            labels = {column.group: text for column, text in found.by_kind.get(f"{kind}label", ())}
            if kind.endswith("label"):
                continue
            for column, text in found.by_kind[kind]:
                label = shared.label(labels.get(column.group, ""))
                yield (label or kind.removeprefix("extra ").capitalize()), " ".join(text.split())
        for column, value in found.by_kind.get(NOTE_LINE, ()):
            yield (column.heading.strip() or "More")[:80], " ".join(value.split())

    def _places(self, found: _Cells, names: set[str]) -> tuple[Place, ...]:
        if not self._has_places:
            return ()
        groups: dict[str, dict[str, str]] = defaultdict(dict)
        measures: dict[str, list[Named]] = defaultdict(list)
        for kind, values in found.by_kind.items():
            if kind.startswith(MEASURE):
                for column, value in values:
                    measures[column.group].append(Named(kind.removeprefix(MEASURE), value))
                    groups[column.group].setdefault(MEASURE, "1")
            elif kind in PLACE_KINDS:
                joiner = "\n" if kind == "formatted" else ", "
                for column, value in values:
                    parts = groups[column.group]
                    parts[kind] = f"{parts[kind]}{joiner}{value}" if kind in parts else value
        places = []
        for group in sorted(groups, key=_in_order):
            place = self._place(group, groups[group], names)
            places.append(replace(place, measures=tuple(measures[group])))
        return tuple(places)

    def _place(self, group: str, parts: dict[str, str], names: set[str]) -> Place:
        named = parts.get("placelabel", "")
        name = named if self._own else shared.label(named) or shared.known_label(group)
        lat, lon = shared.coordinates(parts.get("geo", ""))
        in_parts = any(parts.get(part) for part in ("street", "street2", "city", "region", "code"))
        if not in_parts and not self._own:
            place = shared.address_from_lines(parts.get("formatted", ""), name, names)
        else:
            street, *more = parts.get("street", "").split("\n")
            rest = (*more, parts.get("street2", ""), parts.get("box", ""))
            place = Place(
                name=name,
                street=street,
                street2=", ".join(piece.strip() for piece in rest if piece.strip()),
                city=parts.get("city", ""),
                region=parts.get("region", ""),
                postal_code=parts.get("code", ""),
            )
        return replace(
            place,
            country=parts.get("country", "") or place.country,
            access_note=parts.get("access", ""),
            gate_code=parts.get("gate", ""),
            person=parts.get("person", ""),
            person_phone=parts.get("personphone", ""),
            tax=parts.get("tax", ""),
            is_billing=parts.get("billing", "") == "1" or group == "billing",
            lat=lat,
            lon=lon,
        )


class _Cells:
    """The filled cells of one record by kind."""

    def __init__(self, *, own: bool) -> None:
        self.by_kind: dict[str, list[tuple[Column, str]]] = defaultdict(list)
        self._own = own

    def text(self, kind: str) -> str:
        """The first value of a kind."""
        found = self.by_kind.get(kind)
        return found[0][1] if found else ""

    def texts(self, kind: str) -> list[str]:
        return [value for _, value in self.by_kind.get(kind, ())]

    def labelled(self, kind: str, clean: Callable[[str], str]) -> list[tuple[str, str]]:
        """(label, value) of numbers or mail addresses; joined values come one by one."""
        labels = {column.group: text for column, text in self.by_kind.get(f"{kind}label", ())}
        pairs = []
        for column, text in self.by_kind.get(kind, ()):
            if self._own:
                pairs.append((labels.get(column.group, ""), text))
                continue
            names = [name.strip() for name in labels.get(column.group, "").split(_JOINER)]
            if not column.group:
                names = [shared.known_label(_label_of(column.heading))]
            for number, piece in enumerate(text.split(_JOINER)):
                label = names[min(number, len(names) - 1)]
                pairs.append((shared.label(label), clean(piece.strip())))
        return pairs


def _in_order(group: str) -> tuple[bool, int, str]:
    number = group.removeprefix("#")
    if group.startswith("#") and number.isdecimal():
        return False, int(number), ""
    return True, 0, group


def _label_of(heading: str) -> str:
    """The label in a heading such as "Business Phone" or "Home fax"."""
    words = re.sub(r"[^a-z ]+", " ", fold(heading)).split()
    places = {"home", "work", "business", "main", "privat", "geschaftlich"}
    place = next((word for word in words if word in places), "")
    place = {"business": "work", "geschaftlich": "work", "privat": "home"}.get(place, place)
    if "fax" in words:
        return f"{place}fax" if place in {"home", "work"} else "fax"
    if _MOBILE & set(words):
        return "mobile"
    return "pager" if "pager" in words else place


def _standing(
    found: _Cells, extras: list[tuple[str, str]], *, is_person: bool
) -> tuple[Kind, Segment]:
    """Customer or prospect, home or business; what says neither is kept as a line of the note."""
    stated = fold(found.text("kind"))
    kind: Kind = "prospect" if stated in _PROSPECTS else "customer"
    if stated and stated not in _PROSPECTS | _CUSTOMERS:
        extras.append((found.by_kind["kind"][0][0].heading, found.text("kind")))
    segment: Segment = "residential" if is_person else "commercial"
    stated = fold(found.text("segment"))
    if stated in {"residential", "commercial"}:
        segment = "commercial" if stated == "commercial" else "residential"
    elif stated:
        extras.append((found.by_kind["segment"][0][0].heading, found.text("segment")))
    return kind, segment


def _terms(text: str, extras: list[tuple[str, str]]) -> int | None:
    """Days to pay from "30", "Net 30" or "due on receipt"; else a line of the note."""
    if not text:
        return None
    if fold(text) in _AT_ONCE:
        return 0
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 1 and "%" not in text and len(numbers[0]) < 5:
        days = int(numbers[0])
        if days <= _MOST_TERMS:
            return days
    extras.append(("Terms", text))
    return None


def _number(text: str) -> str:
    """A number without what spreadsheets wrap around it: ="+48…", (+48) …"""
    if text.startswith("="):
        wrapped = _SHEET_TEXT.match(text)
        digits = wrapped.group(1) if wrapped else text
        if re.fullmatch(r"[+\d][\d\s()./-]*", digits):
            text = digits
    return _PLUS_IN_BRACKETS.sub(r"+\1", text)


def _address(text: str) -> str:
    return text[7:] if text[:7].lower() == "mailto:" else text
