"""What a file says about a stored contact that is not stored yet, and what it says differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, NoteDraft, Place
from tcf_desktop.domain.imports import FieldChange

_SCALARS: Final = (
    ("company", "Company"), ("source", "Source"), ("language", "Language"), ("crew", "Crew"),
    ("price_list", "Price list"), ("terms_days", "Terms"), ("exemption", "Tax exemption"),
)  # fmt: skip
_STANDING: Final = (("kind", "Kind"), ("segment", "Segment"))  # only own files really say these
_PLACE_PARTS: Final = (
    ("name", "Name"), ("city", "City"), ("region", "State"), ("postal_code", "Postal code"),
    ("country", "Country"), ("gate_code", "Gate code"), ("access_note", "Access note"),
    ("person", "Contact person"), ("person_phone", "Phone of the contact person"),
)  # fmt: skip
_LONGEST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class News:
    """``draft`` holds only what is added or replaced; ``changes`` say it field by field, with the
    fields that stay as they are although the file differs."""

    draft: ContactDraft
    changes: tuple[FieldChange, ...]

    def any(self) -> bool:
        """Whether there is anything to write."""
        return any(not change.kept for change in self.changes)

    def words(self) -> str:
        """What happens, in sentences: "It adds a phone. It changes Source from “a” to “b”.\""""
        added = dict.fromkeys(
            _THINGS.get(c.field, c.field) for c in self.changes if not c.kept and not c.old
        )
        sentences = [f"It adds {_listed(list(added))}."] if added else []
        for change in self.changes:
            if change.kept:
                sentences.append(
                    f"{change.field} stays “{change.old}”, the file says “{change.new}”."
                )
            elif change.old:
                sentences.append(
                    f"It changes {change.field} from “{change.old}” to “{change.new}”."
                )
        return " ".join(sentences)


_THINGS: Final = {
    "Name": "a name", "Company": "a company", "Phone": "a phone", "E-mail": "an e-mail",
    "Location": "a location", "Label": "labels", "Note": "a note", "Source": "a source",
    "Language": "a language", "Crew": "a crew", "Price list": "a price list", "Terms": "terms",
    "Tax exemption": "a tax exemption",
}  # fmt: skip


def news_of(
    stored: ContactDraft, draft: ContactDraft, *, replacing: bool = False, own: bool = False
) -> News:
    """What the draft says that is not stored.

    Where both say something different the stored value stays, unless ``replacing``. ``own`` files
    also say whether it is a customer and a home.
    """
    changes: list[FieldChange] = []
    values: dict[str, Any] = {"kind": stored.kind, "segment": stored.segment}

    def settle(field: str, old: Any, new: Any) -> Any:
        """The value to write, or the empty one; notes the change."""
        if not _says(new) or _same(old, new):
            return None
        kept = _says(old) and not replacing
        changes.append(FieldChange(field, _shown(old), _shown(new), kept))
        return None if kept else new

    ours = rules.display_name(stored.first_name, stored.last_name, "")
    theirs = rules.display_name(draft.first_name, draft.last_name, "")
    if rules.name_key(ours) != rules.name_key(theirs) and settle("Name", ours, theirs):
        values["first_name"], values["last_name"] = draft.first_name, draft.last_name
    for name, word in (*_SCALARS, *(_STANDING if own else ())):
        value = settle(word, getattr(stored, name), getattr(draft, name))
        if value is not None:
            values[name] = value
    known = {rules.fold(entry.name): entry.value for entry in stored.fields}
    fields = [
        Named(entry.name, value)
        for entry in draft.fields
        if (value := settle(entry.name, known.get(rules.fold(entry.name), ""), entry.value))
    ]
    news = ContactDraft(
        **values,
        phones=_new(
            stored.phones, draft.phones, lambda p: rules.phone_digits(p.number) or p.number
        ),
        emails=_new(stored.emails, draft.emails, lambda m: rules.email_key(m.address) or m.address),
        places=_places(stored, draft, settle),
        tags=_new(stored.tags, draft.tags, rules.fold),
        notes=_unsaid(stored.notes, draft.notes),
        fields=tuple(fields),
    )
    parts = [
        *(("Phone", phone.number) for phone in news.phones),
        *(("E-mail", mail.address) for mail in news.emails),
        *(("Location", _one_line(place)) for place in news.places if _is_new(place, stored)),
        *(("Label", tag) for tag in news.tags),
        *(("Note", note.text) for note in news.notes),
    ]
    changes += [FieldChange(field, "", _shown(text)) for field, text in parts]
    return News(news, tuple(changes))


def grown(stored: ContactDraft, news: ContactDraft) -> ContactDraft:
    """A draft with the news of :func:`news_of` in it."""
    said = {rules.fold(entry.name) for entry in news.fields}
    named = bool(news.first_name or news.last_name)
    return replace(
        stored,
        first_name=news.first_name if named else stored.first_name,
        last_name=news.last_name if named else stored.last_name,
        company=news.company or stored.company,
        kind=news.kind,
        segment=news.segment,
        phones=(*stored.phones, *news.phones),
        emails=(*stored.emails, *news.emails),
        places=_grown_places(stored.places, news.places),
        tags=(*stored.tags, *news.tags),
        notes=(*stored.notes, *news.notes),
        source=news.source or stored.source,
        language=news.language or stored.language,
        crew=news.crew or stored.crew,
        price_list=news.price_list or stored.price_list,
        terms_days=stored.terms_days if news.terms_days is None else news.terms_days,
        exemption=news.exemption or stored.exemption,
        fields=(*(f for f in stored.fields if rules.fold(f.name) not in said), *news.fields),
    )


def combined(first: ContactDraft, then: ContactDraft) -> ContactDraft:
    """Two pieces of news about one contact as one, or a new contact with news about it."""
    later = {place.id for place in then.places if place.id is not None}
    places = tuple(place for place in first.places if place.id not in later)
    together = grown(first, replace(then, places=()))
    return replace(together, places=_grown_places(places, then.places))


def _grown_places(stored: Sequence[Place], news: Sequence[Place]) -> tuple[Place, ...]:
    """A place that is known by its id, or before it is stored by what stands there, is replaced."""
    result = list(stored)
    for place in news:
        for number, known in enumerate(stored):
            if known.id == place.id and (
                place.id is not None or _place_identity(known) == _place_identity(place)
            ):
                result[number] = place
                break
        else:
            result.append(place)
    return tuple(result)


def _new(stored: Sequence[Any], said: Sequence[Any], key: Callable[[Any], str]) -> tuple[Any, ...]:
    known = {key(entry) for entry in stored}
    return tuple(entry for entry in said if key(entry) not in known)


def _places(
    stored: ContactDraft, draft: ContactDraft, settle: Callable[[str, Any, Any], Any]
) -> tuple[Place, ...]:
    """New places, and stored ones with what was blank there."""
    known = {_place_identity(place): place for place in stored.places}
    result = []
    for place in draft.places:
        ours = known.get(_place_identity(place))
        if ours is None:
            result.append(replace(place, id=None))
            continue
        where = ours.name or ours.street
        values: dict[str, Any] = {}
        for name, word in _PLACE_PARTS:
            label = f"{word} of {where}" if where else word
            value = settle(label, getattr(ours, name), getattr(place, name))
            if value is not None:
                values[name] = value
        if place.tax_id not in {None, ours.tax_id}:
            before = "another one" if ours.tax_id else ""
            if settle(f"Tax of {where}", before, place.tax or "the one of the file"):
                values["tax_id"] = place.tax_id
        if ours.lat is None and place.lat is not None:
            settle(f"Position of {where}", "", f"{place.lat}, {place.lon}")
            values |= {"lat": place.lat, "lon": place.lon}
        sizes = {rules.fold(entry.name): entry for entry in ours.measures}
        for entry in place.measures:
            size = sizes.get(rules.fold(entry.name))
            label = f"{entry.name} of {where}"
            if settle(label, size.value if size else "", entry.value):
                sizes[rules.fold(entry.name)] = entry
                values["measures"] = tuple(sizes.values())
        if values:
            result.append(replace(ours, **values))
    return tuple(result)


def _is_new(place: Place, stored: ContactDraft) -> bool:
    identity = _place_identity(place)
    return all(_place_identity(known) != identity for known in stored.places)


def _place_identity(place: Place) -> tuple[str, ...]:
    """Street and town; without a street everything that stands there."""
    key = rules.place_key(place)
    if key:
        return (key,)
    texts = (place.name, place.city, place.region, place.postal_code, place.street2)
    return ("", *(rules.fold(text) for text in texts))


def _unsaid(stored: Sequence[NoteDraft], notes: Sequence[NoteDraft]) -> tuple[NoteDraft, ...]:
    """The lines of the notes that no note of the same visibility has yet."""
    result = []
    for note in notes:
        said = {
            line.strip()
            for known in stored
            if known.visibility == note.visibility
            for line in known.text.split("\n")
        }
        lines = [
            line for line in note.text.split("\n") if line.strip() and line.strip() not in said
        ]
        if lines:
            # A note that is new as a whole keeps its empty lines.
            new = len(lines) == sum(bool(line.strip()) for line in note.text.split("\n"))
            result.append(replace(note, text=note.text if new else "\n".join(lines), id=None))
    return tuple(result)


def _says(value: Any) -> bool:
    return value is not None and value != ""


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return rules.fold(old) == rules.fold(new)
    return bool(old == new)


def _shown(value: Any) -> str:
    if isinstance(value, Exemption):
        value = ", ".join(filter(None, (value.number, value.region, value.until_on))) or "yes"
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _one_line(place: Place) -> str:
    parts = (place.name, place.street, place.street2, place.city, place.region, place.postal_code)
    return ", ".join(part for part in parts if part)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
