"""What the contact formats share: labels, names from one string, addresses from lines, limits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Named,
    NoteDraft,
    Phone,
    Place,
    Visibility,
    fold,
    name_key,
    tidy,
)

MOST_CONTACTS: Final = 200_000
MOST_ENTRIES: Final = 50  # numbers, addresses or places of one contact
LONGEST_LINE: Final = 10_000
LONGEST_TAG: Final = 200
LONGEST_NOTE: Final = 2 << 20

_LABELS: Final = {
    "cell": "Mobile", "mobile": "Mobile", "iphone": "Mobile", "work": "Work", "office": "Work",
    "business": "Work", "home": "Home", "main": "Main", "pager": "Pager", "fax": "Fax",
    "workfax": "Work fax", "homefax": "Home fax", "other": "Other", "billing": "Billing",
}  # fmt: skip
_APPLE_LABEL: Final = re.compile(r"^_\$!<(.*)>!\$_$")
_TOWN: Final = re.compile(r"^(.+?),?\s+([A-Z]{2})\.?,?\s+(\d{5}(?:-\d{4})?)$")
_PARTICLES: Final = frozenset(
    {"van", "von", "de", "da", "di", "del", "der", "den", "la", "le", "dos"}
)
_HONORIFICS: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "mme", "m"}
)


def label(raw: str) -> str:
    """A label as somebody wrote it, without the marks of Google ("* Home") and Apple."""
    text = raw.strip()
    apple = _APPLE_LABEL.match(text)
    if apple or text.startswith("*"):
        text = apple.group(1) if apple else text.removeprefix("*").strip()
        return known_label(text) or text[:LONGEST_LINE]
    return text[:LONGEST_LINE]


def known_label(word: str) -> str:
    """Our word for a type of number or address ("CELL", "work fax"); empty when there is none."""
    return _LABELS.get(fold(word).replace(" ", ""), "")


def split_name(full: str) -> tuple[str, str]:
    """First and last name of a name in one string; the whole is the last name when unclear."""
    text = " ".join(full.split())
    if "," in text:
        last, _, first = text.partition(",")
        return first.strip(), last.strip()
    words = text.split(" ")
    if words and fold(words[0]).rstrip(".") in _HONORIFICS and len(words) > 2:
        words = words[1:]
    if len(words) < 2:
        return "", text
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def address_from_lines(text: str, name: str = "", names: Collection[str] = ()) -> Place:
    """A place from an address in one piece: its first line is the street, then the rest.

    A line that only repeats one of ``names`` (as :func:`name_key`) is left out; a last line such
    as "Sioux Falls, SD 57105" becomes city, region and postal code.
    """
    lines = [line.strip(" ,") for line in text.splitlines() if line.strip(" ,")]
    if len(lines) > 1 and name_key(lines[0]) in names:
        lines = lines[1:]
    if not lines:
        return Place(name=name)
    if len(lines) > 1 and (town := _TOWN.match(lines[-1])):
        rest = ", ".join(lines[1:-1])
        return Place(name, lines[0], rest, town[1].strip(" ,"), town[2], town[3])
    return Place(name=name, street=lines[0], street2=", ".join(lines[1:]))


def finish(draft: ContactDraft) -> tuple[ContactDraft, tuple[str, ...]]:
    """The draft within our limits and tidied, with a sentence for each thing that was cut."""
    problems: list[str] = []
    if any(len(note.text) > LONGEST_NOTE for note in draft.notes):
        problems.append("The note was far too long and was cut.")
    counts = (len(draft.phones), len(draft.emails), len(draft.places))
    if max(counts) > MOST_ENTRIES:
        problems.append(f"Only the first {MOST_ENTRIES} numbers or addresses were kept.")
    if not problems and not _is_long(draft):
        return tidy(draft), ()
    clipped = replace(
        draft,
        first_name=draft.first_name[:LONGEST_LINE],
        last_name=draft.last_name[:LONGEST_LINE],
        company=draft.company[:LONGEST_LINE],
        phones=tuple(Phone(p.number[:LONGEST_LINE], p.label) for p in draft.phones[:MOST_ENTRIES]),
        emails=tuple(Email(e.address[:LONGEST_LINE], e.label) for e in draft.emails[:MOST_ENTRIES]),
        places=tuple(_clip_place(place) for place in draft.places[:MOST_ENTRIES]),
        tags=tuple(tag[:LONGEST_TAG] for tag in draft.tags[:MOST_ENTRIES]),
        notes=tuple(replace(note, text=note.text[:LONGEST_NOTE]) for note in draft.notes),
        source=draft.source[:LONGEST_LINE],
        language=draft.language[:LONGEST_TAG],
        crew=draft.crew[:LONGEST_LINE],
        price_list=draft.price_list[:LONGEST_LINE],
        fields=tuple(Named(f.name[:LONGEST_TAG], f.value[:LONGEST_LINE]) for f in draft.fields),
    )
    if not problems and clipped != draft:
        problems.append("A text that was far too long was cut.")
    return tidy(clipped), tuple(problems)


def _is_long(draft: ContactDraft) -> bool:
    """Whether any one-line field is beyond its limit."""
    texts = [draft.first_name, draft.last_name, draft.company, draft.source, *draft.tags]
    texts += [draft.language, draft.crew, draft.price_list]
    texts += [text for entry in draft.fields for text in (entry.name, entry.value)]
    texts += [phone.number for phone in draft.phones]
    texts += [mail.address for mail in draft.emails]
    longest = max(len(text) for text in texts)
    places = max((len(repr(place)) for place in draft.places), default=0)
    return len(draft.tags) > MOST_ENTRIES or max(longest, places) > LONGEST_TAG


def _clip_place(place: Place) -> Place:
    return replace(
        place,
        name=place.name[:LONGEST_LINE],
        street=place.street[:LONGEST_LINE],
        street2=place.street2[:LONGEST_LINE],
        city=place.city[:LONGEST_LINE],
        region=place.region[:LONGEST_LINE],
        postal_code=place.postal_code[:LONGEST_LINE],
        country=place.country[:LONGEST_LINE],
        access_note=place.access_note[:LONGEST_LINE],
        gate_code=place.gate_code[:LONGEST_LINE],
        person=place.person[:LONGEST_LINE],
        person_phone=place.person_phone[:LONGEST_LINE],
        tax=place.tax[:LONGEST_TAG],
        tax_id=None,
    )


def notes_of(note: str, extras: Iterable[tuple[str, str]]) -> tuple[NoteDraft, ...]:
    """The note for the office, with a line for each thing that has no field of its own."""
    lines = [f"{name}: {value}" for name, value in extras if value.strip()]
    text = "\n".join([*([note] if note.strip() else []), *lines])
    return (NoteDraft(text),) if text else ()


def bare_countries(places: Iterable[Place]) -> list[tuple[str, str]]:
    """Countries without any address, which are no place to go to but worth a line."""
    return [("Country", p.country) for p in places if p.country and not p.says_anything()]


def one_note(notes: Sequence[NoteDraft]) -> tuple[NoteDraft, ...]:
    """The notes without a date of one visibility put together as one."""
    texts: dict[tuple[Visibility, int], list[str]] = {}
    for note in notes:
        texts.setdefault((note.visibility, note.at), []).append(note.text)
    return tuple(NoteDraft("\n".join(said), who, at=at) for (who, at), said in texts.items())


def coordinates(raw: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of "43.5;-96.7"; nothing when out of range or no numbers."""
    parts: Sequence[str] = raw.split(";")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None, None
    if abs(lat) <= 90 and abs(lon) <= 180:
        return lat, lon
    return None, None
