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
from tcf_desktop.domain.contacts import ContactDraft, ParsedContact, ParsedContacts
from tcf_desktop.domain.imports import Action, Join, PlanRow
from tcf_desktop.services.import_fitting import Meanings, fitted
from tcf_desktop.services.import_news import News, combined, grown, news_of
from tcf_desktop.services.queries.imports import Known

_MOST_JOINS = 3


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
    own_file: str = ""  # the file of this program that an earlier row of the plan stands in

    def names(self) -> set[str]:
        return rules.name_keys(self.draft.first_name, self.draft.last_name, self.draft.company)


class Planner:
    """Plans row after row; ask for :attr:`rows` at the end.

    ``replacing`` lets the file win where both say something; else what is stored stays.
    """

    def __init__(self, known: Known, names: Meanings, *, replacing: bool = False) -> None:
        self._deleted = known.deleted_uids
        self._names = names
        self._replacing = replacing
        self._by_key: defaultdict[str, list[_Person]] = defaultdict(list)
        self.rows: list[PlanRow] = []
        former: defaultdict[int, list[str]] = defaultdict(list)
        for uid, contact_id in known.merged_uids.items():
            former[contact_id].append(uid)
        for contact in known.contacts:
            person = _Person(contact.id, contact.draft.shown_as(), contact.draft, contact.version)
            self._index(person, contact.draft, contact.uid)
            for uid in former.get(contact.id, ()):
                self._by_key[f"u{uid}"].append(person)

    def plan(self, source: ParsedContacts, parsed: ParsedContact) -> None:
        """Decide on one row, in the light of all rows before it."""
        draft, problems = fitted(parsed.draft, self._names, source.date_order)
        row = PlanRow(
            parsed.row,
            parsed.line,
            source.file,
            Action.SKIP,
            draft.shown_as(),
            _detail(draft),
            " ".join((*parsed.problems, *problems)),
        )
        if draft.is_empty():
            self.rows.append(_with(row, Action.SKIP, "There is nothing in it."))
            return
        person, doubt, alike = self._match(parsed, source)
        if person is not None:
            self._join(row, person, draft, own=source.own)
            return
        row = replace(row, payload=NewContact(draft, parsed.uid))
        if parsed.uid in self._deleted:
            row = replace(row, payload=NewContact(draft, ""))
            doubt = "It was deleted here; importing would bring it back as a new contact."
        if doubt:
            joinable = [self._offer(other, draft) for other in alike if other.id is not None]
            row = replace(row, joinable=tuple(joinable[:_MOST_JOINS]))
            self.rows.append(_with(row, Action.IN_DOUBT, doubt))
            return
        own_file = source.file if source.own else ""
        planned = _Person(None, row.name, draft, row=len(self.rows), own_file=own_file)
        self._index(planned, draft, parsed.uid)
        if not draft.is_named():
            row = _with(row, Action.ADD, f"It has no name and is listed as {row.name}.")
        self.rows.append(replace(row, action=Action.ADD))

    def _offer(self, person: _Person, draft: ContactDraft) -> Join:
        """What joining a row in doubt with a stored contact would do."""
        assert person.id is not None
        news = news_of(person.draft, draft, replacing=self._replacing)
        payload = MoreOfContact(person.id, person.version, news.draft) if news.any() else None
        return Join(person.id, person.name, news.words(), payload, news.changes)

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

    def _match(
        self, parsed: ParsedContact, source: ParsedContacts
    ) -> tuple[_Person | None, str, list[_Person]]:
        """The same contact for sure; or why that is not sure and who it could be; or neither."""
        draft = parsed.draft
        if parsed.uid and (same := self._found([f"u{parsed.uid}"])):
            return same[0], "", []
        names = rules.name_keys(draft.first_name, draft.last_name, draft.company)
        phones = [f"p{key}" for key in rules.phone_keys(draft)]
        mails = [f"e{key}" for key in rules.email_keys(draft)]
        # Contacts that we wrote into one file are not the same, however alike they are.
        apart = source.file if source.own else None
        reached = [p for p in self._found([*phones, *mails]) if p.own_file != apart]
        sure = [person for person in reached if names & person.names()]
        if len(sure) == 1:
            return sure[0], "", []
        if sure:
            return None, f"{len(sure)} contacts are like it: {self._listed(sure)}.", sure
        if reached:
            if not names and len(reached) == 1:
                return reached[0], "", []
            shared = "phone" if self._found(phones) else "e-mail"
            return None, f"Same {shared} as {self._listed(reached)}.", reached
        namesakes = self._found(f"n{name}" for name in names)
        namesakes = [person for person in namesakes if person.own_file != apart]
        fitting = [person for person in namesakes if _compatible(person.draft, draft)]
        if len(fitting) == 1:
            return fitting[0], "", []
        if namesakes:
            listed = self._listed(namesakes)
            return None, f"Same name as {listed}, but reached in another way.", namesakes
        return None, "", []

    def _join(self, row: PlanRow, person: _Person, draft: ContactDraft, *, own: bool) -> None:
        """The row of a contact that is there already: skip it, or add what is new in it."""
        news = news_of(person.draft, draft, replacing=self._replacing, own=own)
        where = "It is there already."
        row = replace(row, id=person.id, changes=news.changes)
        if person.row is not None:
            first = self.rows[person.row]
            where = f"Same contact as row {first.row}."
            if first.file != row.file:
                where = f"Same contact as row {first.row} of {first.file}."
            row = replace(row, joins=(first.file, first.row))
        said = f"{where} {news.words()}".strip()
        if not news.any():
            self.rows.append(_with(row, Action.SKIP, said))
            return
        person.draft = grown(person.draft, news.draft)
        self._index(person, news.draft)
        if person.row is not None:  # one write a contact: the earlier row carries this too
            self._carry(person.row, news)
        else:
            assert person.id is not None
            person.row = len(self.rows)
            row = replace(row, payload=MoreOfContact(person.id, person.version, news.draft))
        self.rows.append(_with(row, Action.UPDATE, said))

    def _carry(self, number: int, news: News) -> None:
        earlier = self.rows[number]
        draft = combined(earlier.payload.draft, news.draft)
        self.rows[number] = replace(earlier, payload=replace(earlier.payload, draft=draft))

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
