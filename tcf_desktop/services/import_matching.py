"""Is this row somebody we know? The rules of planning an import of contacts.

The same name with a number or mail address in common is the same contact. A number or mail
address of somebody with another name, or the name alone with other numbers, is for the user to
decide. Rows of the file are compared with each other in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, ParsedContact
from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.services.queries.imports import Known


@dataclass(frozen=True, slots=True)
class NewContact:
    """The payload of a row that is added."""

    draft: ContactDraft
    uid: str


@dataclass(frozen=True, slots=True)
class MoreOfContact:
    """The payload of a row that adds to a stored contact: only what is not there yet."""

    contact_id: int
    version: int
    draft: ContactDraft


@dataclass(slots=True)
class _Person:
    """A stored contact, or one that an earlier row adds (``row`` is its number in the results)."""

    id: int | None
    name: str
    draft: ContactDraft
    version: int = 0
    row: int | None = None  # the result that carries what is written for this contact

    def names(self) -> set[str]:
        return rules.name_keys(self.draft.first_name, self.draft.last_name, self.draft.company)


class Planner:
    """Plans row after row; ask for :attr:`rows` at the end."""

    def __init__(self, known: Known) -> None:
        self._deleted = known.deleted_uids
        self._by_key: defaultdict[str, list[_Person]] = defaultdict(list)
        self.rows: list[PlanRow] = []
        for contact in known.contacts:
            person = _Person(contact.id, contact.draft.shown_as(), contact.draft, contact.version)
            self._index(person, contact.draft, contact.uid)

    def plan(self, file: str, parsed: ParsedContact) -> None:
        """Decide on one row, in the light of all rows before it."""
        draft = parsed.draft
        row = PlanRow(
            parsed.row,
            parsed.line,
            file,
            Action.SKIP,
            draft.shown_as(),
            _detail(draft),
            " ".join(parsed.problems),
        )
        if draft.is_empty():
            self.rows.append(replace(row, reason="There is nothing in it."))
            return
        person, doubt = self._match(parsed)
        if person is not None:
            self._join(row, person, draft)
            return
        row = replace(row, payload=NewContact(draft, parsed.uid))
        if parsed.uid in self._deleted:
            row = replace(row, payload=NewContact(draft, ""))
            doubt = "It was deleted here; importing would bring it back as a new contact."
        elif not doubt and not draft.is_named():
            doubt = f"It has no name; it would be listed as {row.name}."
        if doubt:
            self.rows.append(_with(row, Action.IN_DOUBT, doubt))
            return
        planned = _Person(None, row.name, draft, row=len(self.rows))
        self._index(planned, draft, parsed.uid)
        self.rows.append(replace(row, action=Action.ADD))

    def _index(self, person: _Person, draft: ContactDraft, uid: str = "") -> None:
        keys = {f"u{uid}"} if uid else set()
        keys |= {f"p{key}" for key in rules.phone_keys(draft)}
        keys |= {f"e{key}" for key in rules.email_keys(draft)}
        names = rules.name_keys(draft.first_name, draft.last_name, draft.company)
        for key in keys | {f"n{key}" for key in names}:
            if not any(entry is person for entry in self._by_key[key]):
                self._by_key[key].append(person)

    def _found(self, keys: Iterable[str]) -> list[_Person]:
        people = (person for key in keys for person in self._by_key.get(key, ()))
        return list({id(person): person for person in people}.values())

    def _match(self, parsed: ParsedContact) -> tuple[_Person | None, str]:
        """The same contact for sure, or why that is not sure, or neither."""
        draft = parsed.draft
        if parsed.uid and (same := self._found([f"u{parsed.uid}"])):
            return same[0], ""
        names = rules.name_keys(draft.first_name, draft.last_name, draft.company)
        phones = [f"p{key}" for key in rules.phone_keys(draft)]
        mails = [f"e{key}" for key in rules.email_keys(draft)]
        reached = self._found([*phones, *mails])
        sure = [person for person in reached if names & person.names()]
        if len(sure) == 1:
            return sure[0], ""
        if sure:
            return None, f"{len(sure)} contacts are like it: {self._listed(sure)}."
        if reached:
            if not names and len(reached) == 1:
                return reached[0], ""
            shared = "phone" if self._found(phones) else "e-mail"
            return None, f"Same {shared} as {self._listed(reached)}."
        namesakes = self._found(f"n{name}" for name in names)
        fitting = [person for person in namesakes if _compatible(person.draft, draft)]
        if len(fitting) == 1:
            return fitting[0], ""
        if namesakes:
            return None, f"Same name as {self._listed(namesakes)}, but reached in another way."
        return None, ""

    def _join(self, row: PlanRow, person: _Person, draft: ContactDraft) -> None:
        """The row of a contact that is there already: skip it, or add what is new in it."""
        news = _news(person.draft, draft)
        where = "It is there already."
        row = replace(row, id=person.id)
        if person.row is not None:
            first = self.rows[person.row]
            where = f"Same contact as row {first.row}."
            if first.file != row.file:
                where = f"Same contact as row {first.row} of {first.file}."
            row = replace(row, joins=(first.file, first.row))
        what = _what(news)
        if not what:
            self.rows.append(_with(row, Action.SKIP, where))
            return
        person.draft = grown(person.draft, news)
        self._index(person, news)
        if person.row is not None:  # one write a contact: the earlier row carries this too
            earlier = self.rows[person.row]
            payload = replace(earlier.payload, draft=grown(earlier.payload.draft, news))
            self.rows[person.row] = replace(earlier, payload=payload)
        else:
            assert person.id is not None
            person.row = len(self.rows)
            row = replace(row, payload=MoreOfContact(person.id, person.version, news))
        self.rows.append(_with(row, Action.UPDATE, f"{where} It adds {what}."))

    def _listed(self, people: Sequence[_Person]) -> str:
        names = []
        for person in people[:3]:
            where = ""
            if person.id is None and person.row is not None:
                where = f" (row {self.rows[person.row].row})"
            names.append(f"{person.name}{where}")
        more = len(people) - len(names)
        return ", ".join(names) + (f" and {more} more" if more else "")


def _with(row: PlanRow, action: Action, reason: str) -> PlanRow:
    return replace(row, action=action, reason=f"{reason} {row.reason}".strip())


def _detail(draft: ContactDraft) -> str:
    """The second line of a row: how to reach the contact, or where it is."""
    parts = [phone.number for phone in draft.phones[:1]]
    parts += [mail.address for mail in draft.emails[:1] if mail.address != draft.shown_as()]
    parts += [place.street for place in draft.places[:1] if place.street]
    return " · ".join(parts)[:200]


def _compatible(stored: ContactDraft, draft: ContactDraft) -> bool:
    """Whether two of one name can be the same: at the same place, or one has no numbers."""
    ours = {key for place in stored.places if (key := rules.place_key(place))}
    theirs = {key for place in draft.places if (key := rules.place_key(place))}
    if ours & theirs:
        return True
    reached = rules.phone_keys(draft) | rules.email_keys(draft)
    known = rules.phone_keys(stored) | rules.email_keys(stored)
    if reached and known:
        return False
    return not (ours and theirs)


def _news(stored: ContactDraft, draft: ContactDraft) -> ContactDraft:
    """What the draft says that is not stored. What is stored is never replaced."""
    numbers = {rules.phone_digits(phone.number) or phone.number for phone in stored.phones}
    mails = {rules.email_key(mail.address) or mail.address for mail in stored.emails}
    places = {rules.place_key(place) for place in stored.places}
    tags = {rules.fold(tag) for tag in stored.tags}
    nameless = not (stored.first_name or stored.last_name)
    said = "\n".join(note.text for note in stored.notes)
    fields = {rules.fold(entry.name) for entry in stored.fields}
    return ContactDraft(
        first_name=draft.first_name if nameless else "",
        last_name=draft.last_name if nameless else "",
        company=draft.company if not stored.company else "",
        kind=stored.kind,
        segment=stored.segment,
        phones=tuple(
            phone
            for phone in draft.phones
            if (rules.phone_digits(phone.number) or phone.number) not in numbers
        ),
        emails=tuple(
            mail
            for mail in draft.emails
            if (rules.email_key(mail.address) or mail.address) not in mails
        ),
        places=tuple(
            place
            for place in draft.places
            if rules.place_key(place) and rules.place_key(place) not in places
        ),
        tags=tuple(tag for tag in draft.tags if rules.fold(tag) not in tags),
        notes=tuple(note for note in (_unsaid(note, said) for note in draft.notes) if note.text),
        source=draft.source if not stored.source else "",
        language=draft.language if not stored.language else "",
        crew=draft.crew if not stored.crew else "",
        price_list=draft.price_list if not stored.price_list else "",
        terms_days=draft.terms_days if stored.terms_days is None else None,
        exemption=draft.exemption if stored.exemption is None else None,
        fields=tuple(entry for entry in draft.fields if rules.fold(entry.name) not in fields),
    )


def _unsaid(note: NoteDraft, said: str) -> NoteDraft:
    """The lines of a note that no note has yet."""
    lines = [line for line in note.text.split("\n") if line.strip() and line not in said]
    return replace(note, text="\n".join(lines))


def grown(stored: ContactDraft, news: ContactDraft) -> ContactDraft:
    """A draft with the news of :func:`_news` added."""
    return replace(
        stored,
        first_name=stored.first_name or news.first_name,
        last_name=stored.last_name or news.last_name,
        company=stored.company or news.company,
        phones=(*stored.phones, *news.phones),
        emails=(*stored.emails, *news.emails),
        places=(*stored.places, *news.places),
        tags=(*stored.tags, *news.tags),
        notes=(*stored.notes, *news.notes),
        source=stored.source or news.source,
        language=stored.language or news.language,
        crew=stored.crew or news.crew,
        price_list=stored.price_list or news.price_list,
        terms_days=news.terms_days if stored.terms_days is None else stored.terms_days,
        exemption=stored.exemption or news.exemption,
        fields=(*stored.fields, *news.fields),
    )


def _what(news: ContactDraft) -> str:
    """The news in words; empty when there are none."""
    parts = [
        word
        for word, present in (
            ("a name", news.first_name or news.last_name),
            ("a company", news.company),
            ("a phone", news.phones),
            ("an e-mail", news.emails),
            ("a location", news.places),
            ("labels", news.tags),
            ("a note", news.notes),
            ("a source", news.source),
            ("a language", news.language),
            ("a crew", news.crew),
            ("a price list", news.price_list),
            ("terms", news.terms_days is not None),
            ("a tax exemption", news.exemption),
            *((entry.name, True) for entry in news.fields),
        )
        if present
    ]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
