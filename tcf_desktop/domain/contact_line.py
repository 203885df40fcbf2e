"""A contact out of one typed line: "Jane Olson 605 555 0138 2416 S Prairie Ave, Sioux Falls".

Nothing that was typed is dropped: what is not recognised stays in the name, where it is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place, Segment, fold, one_line
from tcf_desktop.domain.phone_numbers import e164

_MAIL: Final = re.compile(r"[^\s@,;|<>]+@[^\s@,;|<>]+")
_AMERICAN: Final = re.compile(
    r"(?<![\d+])(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s./-]*\d{3}[\s.-]*\d{4}(?!\d)"
    r"(?:\s*(?:ext\.?|x)\s*\d{1,6}\b)?",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\+?\(?\d[\d\s().\-/]{5,}\d")
_SHORT: Final = re.compile(r"(?<![\d-])\d{3}[-.]\d{4}(?![\d-])")
_HOUSE: Final = re.compile(r"(?:^|(?<=\s))(?=\d+[A-Za-z]?(?:[-/]\d+)?\s+\S*[^\W\d])")
_CODE: Final = re.compile(r"(?:^|\s)(\d{5}(?:-\d{4})?)$")
_NORTH_AMERICA: Final = frozenset({"US", "CA"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STATES: Final = _words(
    "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH"
    " NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY"
    " AB BC MB NB NL NS NT NU ON PE QC SK YT"
)
_STREET_ENDS: Final = _words(
    "ave avenue blvd boulevard cir circle court ct dr drive highway hwy lane ln parkway pkwy pl"
    " place rd road sq square st street ter terrace trail trl way"
)
_AFTER_STREET: Final = _words("n s e w ne nw se sw north south east west")
_UNITS: Final = _words("apt apartment suite ste unit lot")
_BUSINESS: Final = _words(
    "apartments assn association bank cafe cars center centre chapel church clinic co college"
    " company condos corp corporation dental estate farms gmbh group hoa hotel inc insurance law"
    " llc llp ltd lutheran ministries motel motors office partners plc properties realty"
    " restaurant salon school services society store university"
)


@dataclass(slots=True)
class _Found:
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    street: list[str] = field(default_factory=list)


def draft_of(line: str, country: str = "US") -> ContactDraft:
    """What a line says about a contact; ``country`` (ISO code) has numbers without a prefix.

    Commas part things and are not needed. "Olson, Jane" is a last name first; a word such as
    "Church" or "LLC" tells a company.
    """
    found = _Found()
    rest = _take_all(_MAIL, one_line(line), found.emails)
    rest = _take_phones(rest, country, found.phones)
    for part in re.split(r"[,;|]", rest):
        words = part.strip()
        if words:
            _sort_in(words, found)
    first, last, company = _names_of(found.names)
    segment: Segment = "commercial" if company and not (first or last) else "residential"
    place = _place_of(found.street, country)
    return ContactDraft(
        first_name=first,
        last_name=last,
        company=company,
        segment=segment,
        phones=tuple(Phone(number) for number in found.phones),
        emails=tuple(Email(address) for address in found.emails),
        places=(place,) if place.has_address() else (),
    )


def _take_all(pattern: re.Pattern[str], text: str, into: list[str]) -> str:
    """The text without what a pattern finds; a comma stays in its place."""

    def take(match: re.Match[str]) -> str:
        into.append(match[0].strip())
        return ","

    return pattern.sub(take, text)


def _take_phones(text: str, country: str, into: list[str]) -> str:
    if country in _NORTH_AMERICA:
        text = _take_all(_AMERICAN, text, into)

    def take(match: re.Match[str]) -> str:
        """A run of figures may go on into a house number: the longest number that can be
        dialled is taken."""
        words = match[0].split(" ")
        for count in range(len(words), 0, -1):
            number = " ".join(words[:count])
            if sum(sign.isdigit() for sign in number) >= 7 and e164(number, country):
                into.append(number)
                return ", " + " ".join(words[count:])
        return match[0]

    return _take_all(_SHORT, _NUMBERS.sub(take, text), into)


def _sort_in(words: str, found: _Found) -> None:
    """A part between commas: a name, a street, a name followed by a street, or a town."""
    if found.street:
        found.street.append(words)
        return
    house = _HOUSE.search(words)
    if house is None:
        found.names.append(words)
        return
    name = words[: house.start()].strip()
    if name:
        found.names.append(name)
    found.street.append(words[house.start() :].strip())


def _names_of(parts: list[str]) -> tuple[str, str, str]:
    """(first name, last name, company) of what stands before the street."""
    companies = [part for part in parts if _is_business(part)]
    people = [part for part in parts if not _is_business(part)]
    if len(people) > 1 and " " not in people[1]:
        return people[1], people[0], ", ".join((*companies, *people[2:]))
    if not people:
        return "", "", ", ".join(companies)
    company = ", ".join((*companies, *people[1:]))
    words = people[0].split()
    return " ".join(words[:-1]), words[-1], company


def _is_business(words: str) -> bool:
    known = {word.strip(".") for word in fold(words).split()}
    return " " in words and bool(known & _BUSINESS)


def _place_of(parts: list[str], country: str) -> Place:
    if not parts:
        return Place()
    rest = ", ".join(parts)
    code = region = ""
    if country in _NORTH_AMERICA:
        found = _CODE.search(rest)
        if found and found.start() > 0:
            code, rest = found[1], rest[: found.start()].rstrip(", ")
        words = rest.split()
        if len(words) > 2 and words[-1] in _STATES:
            region, rest = words[-1], " ".join(words[:-1]).rstrip(", ")
    street, _, city = rest.partition(", ")
    unit = ""
    if not city:
        street, unit, city = _street_and_city(street)
    elif fold(city).split(" ", 1)[0] in _UNITS or city.startswith("#"):
        unit, _, city = city.partition(", ")
    return Place(street=street, street2=unit, city=city, region=region, postal_code=code)


def _street_and_city(text: str) -> tuple[str, str, str]:
    """ "2416 S Prairie Ave Sioux Falls": the town begins after the kind of street."""
    words = text.split()
    end = next(
        (at for at, word in enumerate(words) if at > 1 and fold(word).strip(".") in _STREET_ENDS),
        None,
    )
    if end is None:
        return text, "", ""
    end += 1
    if end < len(words) and fold(words[end]).strip(".") in _AFTER_STREET:
        end += 1
    unit = end
    if end < len(words) and fold(words[end]).strip(".") in _UNITS:
        end += 2
    elif end < len(words) and words[end].startswith("#"):
        end += 1
    return " ".join(words[:unit]), " ".join(words[unit:end]), " ".join(words[end:])
