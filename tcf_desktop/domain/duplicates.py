"""Are these two the same? How alike two contacts are, why, and which belong together.

The same surname alone says nothing; people of one household share address and telephone, so that
they are possible at most. What is certain here is still for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Final

from tcf_desktop.domain.contacts import (
    ContactDraft,
    email_keys,
    fold,
    name_key,
    phone_keys,
)

_WORD: Final = re.compile(r"[^\W_]+")
_NEAR_FROM: Final = 4  # letters that a word needs before one wrong letter is a slip
_FAR_FROM: Final = 9  # and before two are
ALL_PAIRS: Final = 12  # up to so many that share something, each is compared with each
_NEIGHBOURS: Final = 3
# Words of an address that are written long or short.
_SHORT: Final[Mapping[str, str]] = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "lane": "ln",
    "boulevard": "blvd", "court": "ct", "circle": "cir", "place": "pl", "square": "sq",
    "terrace": "ter", "trail": "trl", "parkway": "pkwy", "highway": "hwy", "north": "n",
    "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "apartment": "apt", "suite": "ste", "saint": "st",
    "strasse": "str", "straße": "str",
}  # fmt: skip


class Certainty(IntEnum):
    """How sure it is that two are the same."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


class Reason(StrEnum):
    """What two have in common; in the order in which it is said."""

    NAME = "name"
    NEAR_NAME = "near_name"
    SURNAME = "surname"
    COMPANY = "company"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a contact. Keys are in normal form; ``person`` and ``company`` are
    :func:`name_key` of each, ``first`` and ``last`` are folded."""

    id: int
    first: str = ""
    last: str = ""
    person: str = ""
    company: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Two contacts that may be the same: the smaller id first."""

    a: int
    b: int
    certainty: Certainty
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts that belong together, by id; ``reasons`` of any pair among them."""

    ids: tuple[int, ...]
    certainty: Certainty
    reasons: tuple[Reason, ...]


def profile(
    contact_id: int,
    first: str,
    last: str,
    company: str,
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    addresses: Iterable[str] = (),
) -> Profile:
    """A profile from names as they are written and parts in normal form."""
    return Profile(
        contact_id,
        fold(first),
        fold(last),
        name_key(f"{first} {last}"),
        name_key(company),
        frozenset(phones),
        frozenset(emails),
        frozenset(addresses),
    )


def profile_of(draft: ContactDraft, contact_id: int = 0) -> Profile:
    """The profile of something that was typed or read from a file."""
    addresses = (address_key(p.street, p.street2, p.city, p.postal_code) for p in draft.places)
    return profile(
        contact_id,
        draft.first_name,
        draft.last_name,
        draft.company,
        phone_keys(draft),
        email_keys(draft),
        (key for key in addresses if key),
    )


@lru_cache(maxsize=65_536)
def address_key(street: str, street2: str, city: str, postal_code: str) -> str:
    """Equal for one address with its words long or short; empty without a street."""
    words = [_SHORT.get(word, word) for word in _WORD.findall(fold(f"{street} {street2}"))]
    if not words:
        return ""
    town = "".join(_WORD.findall(fold(postal_code[:5] or city)))
    return f"{' '.join(words)}|{town}"


def match(a: Profile, b: Profile) -> Match | None:
    """How alike two contacts are; None when there is no reason to ask."""
    reasons = list(_alike_names(a, b))
    named = len(reasons)
    if a.phones & b.phones:
        reasons.append(Reason.PHONE)
    if a.emails & b.emails:
        reasons.append(Reason.EMAIL)
    if a.addresses & b.addresses:
        reasons.append(Reason.ADDRESS)
    certainty = _certainty(a, b, reasons[0] if named else None, reasons[named:])
    if certainty is None:
        return None
    first, second = sorted((a.id, b.id))
    return Match(first, second, certainty, tuple(reasons))


def _alike_names(a: Profile, b: Profile) -> Iterator[Reason]:
    if a.person and b.person:
        if a.person == b.person:
            yield Reason.NAME
        elif _near_names(a, b):
            yield Reason.NEAR_NAME
        elif a.last and a.last == b.last:
            yield Reason.SURNAME
        if a.company and a.company == b.company:
            yield Reason.COMPANY
    elif a.company and b.company:
        if a.company == b.company:
            yield Reason.NAME
        elif is_slip(a.company, b.company):
            yield Reason.NEAR_NAME
    elif {a.person, a.company} & {b.person, b.company} - {""}:
        yield Reason.NAME  # a company's name in the field of a person


def _certainty(
    a: Profile, b: Profile, name: Reason | None, shared: Sequence[Reason]
) -> Certainty | None:
    reached = len(set(shared) & {Reason.PHONE, Reason.EMAIL})
    if name is Reason.NAME:
        if shared:
            return Certainty.CERTAIN
        return _by_name_alone(a, b)
    if name is Reason.NEAR_NAME:
        if reached == 2 or (reached and len(shared) == 2):
            return Certainty.CERTAIN
        return Certainty.LIKELY if shared else None
    nameless = not (a.person or a.company) or not (b.person or b.company)
    if nameless:
        return Certainty.LIKELY if reached else None
    if name is None:
        return Certainty.POSSIBLE if reached else None
    return Certainty.POSSIBLE if shared else None


def _by_name_alone(a: Profile, b: Profile) -> Certainty | None:
    """Namesakes that share nothing else: who can be told apart in two ways is somebody else."""
    apart = sum(
        bool(ours and theirs)
        for ours, theirs in (
            (a.phones | a.emails, b.phones | b.emails),
            (a.addresses, b.addresses),
        )
    )
    return (Certainty.LIKELY, Certainty.POSSIBLE, None)[apart]


def _near_names(a: Profile, b: Profile) -> bool:
    """One letter wrong in one of the names, an initial for a first name, a middle name more."""
    if not (a.first and b.first and a.last and b.last):
        return is_slip(a.person, b.person)
    if a.last == b.last:
        return is_slip(a.first, b.first) or _initial(a.first, b.first)
    if a.first == b.first:
        return is_slip(a.last, b.last)
    return a.first == b.last and is_slip(a.last, b.first)


def _initial(a: str, b: str) -> bool:
    """ "J" for "Jane", "Jane M" for "Jane"."""
    ours, theirs = a.replace(".", " ").split(), b.replace(".", " ").split()
    if not ours or not theirs:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    if short == long:
        return len(ours) != len(theirs)
    return len(short) == 1 and long.startswith(short)


@lru_cache(maxsize=65_536)
def is_slip(a: str, b: str) -> bool:
    """Whether one text is the other with a letter or two mistyped; short ones never are."""
    shorter = min(len(a), len(b))
    if a == b or shorter < _NEAR_FROM:
        return False
    allowed = 2 if shorter >= _FAR_FROM else 1
    return abs(len(a) - len(b)) <= allowed and _distance(a, b, allowed) <= allowed


def _distance(a: str, b: str, most: int) -> int:
    """Letters to change, add, leave out or swap with their neighbour; stops beyond ``most``."""
    before: list[int] = []  # the row above the last one, for neighbours in the wrong order
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if before and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def pairs(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Whom to compare among those that share something: all with all while they are few, else
    each with the first and its neighbours, so that 500 of one name are 2,000 comparisons."""
    few = len(members) <= ALL_PAIRS
    for place, one in enumerate(members):
        after = members[place + 1 :] if few else members[place + 1 : place + 1 + _NEIGHBOURS]
        for other in after:
            yield one, other
        if not few and place > _NEIGHBOURS:
            yield members[0], one


def groups(matches: Iterable[Match]) -> list[Group]:
    """Who belongs together, the surest and largest groups first.

    What is certain or likely makes one group through any chain of pairs, certain when no link is
    less. Merely possible pairs make groups of their own and never join two of those into one.
    """
    strong = [found for found in matches if found.certainty > Certainty.POSSIBLE]
    grouped = _connected(strong)
    root = {member: number for number, group in enumerate(grouped) for member in group.ids}
    weak = [
        found
        for found in matches
        if found.certainty is Certainty.POSSIBLE
        and (found.a not in root or root[found.a] != root.get(found.b))
    ]
    grouped += _connected(weak)
    grouped.sort(key=lambda group: (-group.certainty, -len(group.ids), group.ids))
    return grouped


def _connected(matches: Sequence[Match]) -> list[Group]:
    parent: dict[int, int] = {}

    def find(member: int) -> int:
        parent.setdefault(member, member)
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    # The surest links first: a group is as sure as the weakest link that it needs.
    weakest: dict[int, Certainty] = {}
    for found in sorted(matches, key=lambda found: -found.certainty):
        a, b = find(found.a), find(found.b)
        if a != b:
            parent[max(a, b)] = min(a, b)
            weakest[min(a, b)] = found.certainty
    ids: dict[int, set[int]] = {}
    reasons: dict[int, set[Reason]] = {}
    for found in matches:
        top = find(found.a)
        ids.setdefault(top, set()).update((found.a, found.b))
        reasons.setdefault(top, set()).update(found.reasons)
    return [
        Group(
            tuple(sorted(members)),
            weakest[top],
            tuple(reason for reason in Reason if reason in reasons[top]),
        )
        for top, members in ids.items()
    ]
