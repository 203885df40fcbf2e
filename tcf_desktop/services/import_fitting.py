"""What a file says, fitted to what this business knows: names without a meaning go to the note.

An unknown crew, price list, field, measure or tax never refuses a file: it becomes a line of the
note ("Crew: Windows C"), and the dry run says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Named, NoteDraft, Place, fold
from tcf_desktop.domain.custom_fields import decimal_text, kept_value
from tcf_desktop.domain.date_text import read_date
from tcf_desktop.domain.mail_addresses import is_plausible_email
from tcf_desktop.services.contact_values import Vocabulary, vocabulary

_NUMBER: Final = re.compile(
    r"^[\d\s()+./#*,;-]*(?:(?:x|ext\.?|extension|-)\s*\d+)?$", re.IGNORECASE
)
_FEWEST_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Meanings:
    """The names that mean something here; taxes by folded name."""

    known: Vocabulary
    taxes: Mapping[str, int]


def meanings(rows: Callable[[str], Sequence[Any]]) -> Meanings:
    """Read the names; ``rows`` runs a statement."""
    taxes = rows("SELECT name, id FROM taxes WHERE deleted_at IS NULL")
    return Meanings(vocabulary(rows), {fold(name): tax_id for name, tax_id in taxes})


def fitted(draft: ContactDraft, names: Meanings, order: str) -> tuple[ContactDraft, list[str]]:
    """The draft with only names that mean something, and a sentence for each that does not.

    ``order`` is the order of dates in the file, or empty.
    """
    lines: list[str] = []
    problems = _marks(draft)
    crew, price_list = draft.crew, draft.price_list
    if crew and fold(crew) not in names.known.crews:
        _move(lines, problems, "Crew", crew, "is no crew here")
        crew = ""
    if price_list and fold(price_list) not in names.known.price_lists:
        _move(lines, problems, "Price list", price_list, "is no price list here")
        price_list = ""
    fields = [_field(entry, names.known, order, lines, problems) for entry in draft.fields]
    exemption = draft.exemption
    if exemption and exemption.until_on:
        until = _iso(exemption.until_on, order)
        if not until:
            _move(lines, problems, "Exempt until", exemption.until_on, "is no clear date")
        exemption = replace(exemption, until_on=until)
    places = draft.places
    if any(place.tax or place.measures for place in places):
        places = tuple(_place(place, names, lines, problems) for place in places)
    result = draft
    if fields or lines or places is not draft.places or exemption is not draft.exemption:
        result = replace(
            draft,
            crew=crew,
            price_list=price_list,
            fields=tuple(entry for entry in fields if entry is not None),
            exemption=exemption,
            places=places,
            notes=_with_lines(draft.notes, lines),
        )
    return result, problems


def _move(lines: list[str], problems: list[str], what: str, value: str, why: str) -> None:
    lines.append(f"{what}: {value}")
    problems.append(f"“{value}” {why} ({what}); it goes to the note.")


def _marks(draft: ContactDraft) -> list[str]:
    """What does not look like a number or an address; it is kept as typed all the same."""
    problems = []
    for phone in draft.phones:
        digits = sum(sign.isdigit() for sign in phone.number)
        if digits < _FEWEST_DIGITS or not _NUMBER.match(phone.number):
            problems.append(f"“{phone.number}” does not look like a phone number; kept as typed.")
    problems += [
        f"“{mail.address}” does not look like an e-mail address; kept as typed."
        for mail in draft.emails
        if not is_plausible_email(mail.address)
    ]
    return problems


def _field(
    entry: Named, known: Vocabulary, order: str, lines: list[str], problems: list[str]
) -> Named | None:
    meaning = known.fields.get(fold(entry.name))
    if meaning is None:
        _move(lines, problems, entry.name, entry.value, "has no field here")
        return None
    value = entry.value
    if meaning.kind == "date":
        value = _iso(value, order) or value
    try:
        return Named(entry.name, kept_value(entry.name, meaning.kind, meaning.choices, value))
    except AppError:
        why = {"number": "is no number", "date": "is no clear date"}
        _move(lines, problems, entry.name, value, why.get(meaning.kind, "is none of the choices"))
        return None


def _place(place: Place, names: Meanings, lines: list[str], problems: list[str]) -> Place:
    where = place.name or place.street or place.city
    tax_id = names.taxes.get(fold(place.tax)) if place.tax else place.tax_id
    if place.tax and tax_id is None:
        _move(lines, problems, _of("Tax", where), place.tax, "is no tax here")
    measures = []
    for entry in place.measures:
        if fold(entry.name) not in names.known.measures:
            _move(lines, problems, _of(entry.name, where), entry.value, "has no measure here")
            continue
        try:
            value = decimal_text(entry.name, entry.value)
        except AppError:
            _move(lines, problems, _of(entry.name, where), entry.value, "is no number")
            continue
        measures.append(Named(entry.name, value))
    tax = place.tax if tax_id is not None else ""
    return replace(place, tax=tax, tax_id=tax_id, measures=tuple(measures))


def _of(what: str, where: str) -> str:
    return f"{what} ({where})" if where else what


def _iso(text: str, order: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return read_date(text, order)


def _with_lines(notes: tuple[NoteDraft, ...], lines: Sequence[str]) -> tuple[NoteDraft, ...]:
    """The notes with lines added to the last undated one of the office."""
    if not lines:
        return notes
    text = "\n".join(lines)
    for number in range(len(notes) - 1, -1, -1):
        note = notes[number]
        if note.visibility == "office" and not note.at:
            more = replace(note, text=f"{note.text}\n{text}")
            return (*notes[:number], more, *notes[number + 1 :])
    return (*notes, NoteDraft(text))
