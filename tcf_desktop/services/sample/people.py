"""Contacts with their numbers, addresses, places and habits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.domain.contacts import Place as Address
from tcf_desktop.domain.contacts import (
    display_name,
    name_key,
    phone_digits,
    place_key,
    sort_name,
)
from tcf_desktop.services.sample import names, places
from tcf_desktop.services.sample.book import Book, Client, Days, Line, Plan, Spot
from tcf_desktop.services.sample.cast import CAST, TRASH, Item, Member
from tcf_desktop.services.sample.catalog import CARPET, LAWN, WINDOWS, Catalog
from tcf_desktop.services.sample.facts import Facts
from tcf_desktop.services.sample.places import Place

TERMS_RESIDENTIAL: Final = 14
TERMS_COMMERCIAL: Final = 30


class Door(NamedTuple):
    """A place of a card: how to get in, whom to ask for there."""

    name: str
    place: Place
    note: str = ""
    code: str = ""
    person: str = ""
    person_phone: str = ""


@dataclass(frozen=True, slots=True)
class _Card:
    """What stands on a contact's card."""

    kind: str
    segment: str
    first: str
    last: str
    company: str
    spots: Sequence[Door]
    phones: Sequence[tuple[str, str]]  # label, number
    email: str
    tags: str = ""
    note: str = ""
    source: str = ""
    exempt: bool = False
    pays: str = "soon"
    billing: Place | None = None
    key: str = ""  # of a fixed contact
    deleted_days: int = 0


class People:
    """Writes contacts into the book and keeps what the calendar and the till need of them."""

    def __init__(self, book: Book, catalog: Catalog, days: Days, seed: int, today: date) -> None:
        self._book = book
        self._catalog = catalog
        self._days = days
        self._today = today
        self._rng = Random(f"{seed}:people")
        self._numbers = names.PhoneNumbers(
            Random(f"{seed}:numbers"),
            frozenset(member.phone for member in (*CAST.values(), *TRASH)),
        )
        self._mails: dict[str, int] = {}
        self.facts = Facts(book, catalog, days, seed, today)
        self.cast: dict[str, Client] = {}

    def add_cast(self) -> list[Client]:
        """The fixed contacts, each with what it has done regularly."""
        for key, member in CAST.items():
            self.cast[key] = self._add_member(key, member)
        return list(self.cast.values())

    def add_others(self, members: Sequence[Member]) -> None:
        """Fixed contacts without a part in the week."""
        for member in members:
            self._add_member("", member)
        self._book.rest()

    def add_customer(self, *, planned: bool = True) -> Client:
        """Somebody new; without plans when the calendar is filled in another way."""
        commercial = self._rng.random() < 0.17
        card = self._firm_card() if commercial else self._person_card("customer")
        client = self._write(card, self._plans if planned else _no_plans)
        self._book.rest()
        return client

    def add_prospect(self) -> Client:
        """Somebody who asked."""
        client = self._write(self._person_card("prospect"), _no_plans)
        self._book.rest()
        return client

    # cards

    def _add_member(self, key: str, member: Member) -> Client:
        commercial = bool(member.company)
        name = member.company or f"{member.first} {member.last}"
        spots = [
            Door(spot_name, place, member.access, member.gate) if index == 0
            else Door(spot_name, place)
            for index, (spot_name, place) in enumerate(member.spots)
        ]  # fmt: skip
        if key == "hartmann":
            spots[1] = spots[1]._replace(
                note="Key under the blue planter", person="Karl Hartmann",
                person_phone="605-555-0173",
            )  # fmt: skip
        return self._write(
            _Card(
                member.kind, "commercial" if commercial else "residential", member.first,
                member.last, member.company, spots,
                [("work" if commercial else "mobile", f"605-555-{member.phone}")],
                self._email(name), member.tags, member.note, member.source, member.exempt,
                member.pays, key=key, deleted_days=member.deleted_days,
            ),
            lambda _client: [
                Plan(
                    habit.trade, habit.interval_days, self.lines(habit.items), habit.minutes,
                    habit.spot, habit.title or title_of(habit.items), habit.pause_days,
                )
                for habit in member.habits
            ],
        )  # fmt: skip

    def lines(self, items: Sequence[Item]) -> tuple[Line, ...]:
        """Services with quantities, at list prices unless the item names one."""
        return tuple(
            self._catalog.line(item[0], item[1], item[2] if len(item) == 3 else None)
            for item in items
        )

    def pattern(self, trade: str) -> tuple[tuple[Line, ...], str]:
        """What some firm or home orders of a trade, and a short title for it."""
        make = _commercial_plan if self._rng.random() < 0.4 else _home_plan
        _interval, items, _minutes, title = make(self._rng, trade)
        return self.lines(items), title

    def _person_card(self, kind: str) -> _Card:
        rng = self._rng
        person = names.person(rng)
        first = f"{person.first} & {person.second}" if person.second else person.first
        spots = [Door("Home", places.address(rng), *names.way_in(rng))]
        if kind == "customer" and rng.random() < 0.06:
            name = rng.choice(("Rental", "Mother's house", "Duplex", "Condo", "Farmhouse"))
            spots.append(Door(name, places.address(rng), *names.way_in(rng)))
        phones = [("mobile", self._numbers.take())]
        if rng.random() < 0.3:
            phones.append((rng.choice(("home", "work")), self._numbers.take()))
        email = self._email(f"{person.first} {person.last}") if rng.random() < 0.78 else ""
        note = ""
        if kind == "prospect":
            note = rng.choice(
                ("Called, wants a price.", "Asked at the home show.", "Wrote through the website.")
            )
        elif rng.random() < 0.3:
            note = rng.choice(names.NOTES)
        return _Card(
            kind, "residential", first, person.last, "", spots, phones, email,
            source=rng.choice(names.SOURCES), note=note,
            tags="Senior" if rng.random() < 0.08 else "",
            pays=rng.choices(("now", "soon", "slow"), (64, 31, 5))[0],
        )  # fmt: skip

    def _firm_card(self) -> _Card:
        rng = self._rng
        firm = names.firm(rng)
        count = rng.choices((1, 2, 3, 4, 6), (70, 14, 8, 5, 3))[0]
        first_place = places.address(rng, shops=True)
        spots = [Door("Main", first_place, *names.way_in(rng))]
        spots += [
            Door(
                f"{firm.site_word} {number}", places.address(rng, shops=True), *names.way_in(rng)
            )
            for number in range(2, count + 1)
        ]  # fmt: skip
        contact = names.person(rng, couples=0)
        phone = self._numbers.take()
        email = self._email(firm.name)
        if rng.random() < 0.7:
            spots[0] = spots[0]._replace(
                person=f"{contact.first} {contact.last}", person_phone=f"{phone} ext. 12"
            )
        return _Card(
            "customer", "commercial", "", "", firm.name, spots, [("office", phone)], email,
            source=rng.choice(names.SOURCES), exempt=firm.exempt,
            pays=rng.choices(("now", "monthly", "soon", "slow"), (28, 20, 45, 7))[0],
            billing=places.address(rng, shops=True) if count > 1 else None,
            tags="Contract" if rng.random() < 0.3 else "",
        )  # fmt: skip

    def _email(self, name: str) -> str:
        serial = self._mails.get(name, 0)
        self._mails[name] = serial + 1
        return names.email_for(name, serial + 1 if serial else 0)

    # rows

    def _write(self, card: _Card, plans: Callable[[Client], list[Plan]]) -> Client:
        book, days = self._book, self._days
        since = self._today - timedelta(days=self._rng.randrange(735, 2100))
        if card.kind == "prospect":
            since = self._today - timedelta(days=self._rng.randrange(1, 60))
        created_at = days.at(since, self._rng.randrange(480, 1020))
        commercial = card.segment == "commercial"
        shown = display_name(card.first, card.last, card.company)
        contact_id = book.take_id("contacts")
        for position, (label, number) in enumerate(card.phones):
            digits = phone_digits(number)
            book.add("contact_phones", contact_id, position, label, number, digits, f"+1{digits}")
        if card.email:
            book.add("contact_emails", contact_id, 0, "work" if commercial else "home", card.email)
        spots = [
            self._write_spot(contact_id, position, door) for position, door in enumerate(card.spots)
        ]
        billing = card.billing or card.spots[0].place
        if card.billing is not None:
            door = Door("Accounting", card.billing)
            self._write_spot(contact_id, len(spots), door, billing=True)
        client = Client(
            contact_id, card.kind, card.segment, shown, spots,
            f"{shown}\n{billing.street}\n{billing.city}, SD {billing.postal_code}",
            TERMS_COMMERCIAL if commercial else TERMS_RESIDENTIAL, card.exempt, bool(card.email),
            card.pays,
        )  # fmt: skip
        client.plans.extend(plans(client))
        known = self.facts.columns(client, card.last)
        deleted_at = None
        if card.deleted_days:
            deleted_at = days.at(self._today - timedelta(days=card.deleted_days), 1015)
        book.add(
            "contacts", book.uid(), card.kind, card.segment, card.first, card.last, card.company,
            shown, sort_name(card.first, card.last, card.company), name_key(shown), card.tags,
            card.source, known.language, known.crew_id, known.price_list_id,
            TERMS_COMMERCIAL if commercial else None, int(card.exempt), known.exempt_number,
            known.exempt_region, known.exempt_until_on, created_at, created_at,
            deleted_at, row_id=contact_id,
        )  # fmt: skip
        self.facts.write(
            client, since, created_at, phones=card.phones, email=card.email, tags=card.tags,
            note=card.note, source=card.source, key=card.key,
        )  # fmt: skip
        return client

    def _write_spot(
        self, contact_id: int, position: int, door: Door, *, billing: bool = False
    ) -> Spot:
        place = door.place
        tax_id = None if place.in_city else self._catalog.state_tax
        spot_id = self._book.add(
            "locations", contact_id, position, door.name, place.street, "", place.city, "SD",
            place.postal_code, "US", door.code, door.note, door.person, door.person_phone,
            int(billing), tax_id, place.lat, place.lon,
            place_key(Address(street=place.street, city=place.city, postal_code=place.postal_code)),
        )  # fmt: skip
        return Spot(spot_id, door.name, place, tax_id)

    # habits

    def _plans(self, client: Client) -> list[Plan]:
        rng = self._rng
        trade = rng.choices((WINDOWS, CARPET, LAWN), (56, 35, 9))[0]
        trades = [trade]
        if rng.random() < 0.13 and trade != LAWN:
            trades.append(CARPET if trade == WINDOWS else WINDOWS)
        make = _commercial_plan if client.segment == "commercial" else _home_plan
        plans = []
        for each in trades:
            interval, items, minutes, title = make(rng, each)
            spot = rng.randrange(len(client.spots))
            plans.append(Plan(each, interval, self.lines(items), minutes, spot, title))
        return plans


def _no_plans(_client: Client) -> list[Plan]:
    return []


def _home_plan(rng: Random, trade: str) -> tuple[int, list[Item], int, str]:
    """Days between visits, items, minutes and a short title for a home."""
    if trade == WINDOWS:
        panes = rng.randrange(14, 64)
        inside = rng.random() < 0.7
        items: list[Item] = [("win_io" if inside else "win_out", panes)]
        if rng.random() < 0.3:
            items.append(("screens", panes // 2))
        if rng.random() < 0.2:
            items.append(("tracks", panes // 3))
        if rng.random() < 0.08:
            items.append(("gutters", rng.randrange(80, 190, 10)))
        minutes = 45 + panes * (2 if inside else 1)
        return rng.choice((120, 182, 182, 365)), items, _quarter(minutes), title_of(items)
    if trade == CARPET:
        rooms = rng.randrange(1, 6)
        items = [("room", rooms)]
        for extra, chance in (("stairs", 0.3), ("pets", 0.15), ("protector", 0.2), ("sofa", 0.12)):
            if rng.random() < chance:
                items.append((extra, 1))
        return rng.choice((182, 365, 365)), items, _quarter(40 + rooms * 32), title_of(items)
    large = rng.random() < 0.25
    items = [("mow_large" if large else "mow", 1)]
    if rng.random() < 0.3:
        items.append(("edging", rng.randrange(1, 5)))
    return rng.choice((7, 7, 14)), items, 75 if large else 45, title_of(items)


def _commercial_plan(rng: Random, trade: str) -> tuple[int, list[Item], int, str]:
    """The same for a firm."""
    if trade == WINDOWS:
        panes = rng.randrange(10, 70)
        items: list[Item] = [("storefront", panes)]
        if rng.random() < 0.25:
            items.append(("lobby", rng.choice((0.5, 1, 1.5, 2))))
        return rng.choice((14, 28, 28, 56, 91)), items, _quarter(30 + panes * 2), title_of(items)
    if trade == CARPET:
        feet = rng.randrange(400, 2600, 50)
        items = [("commercial", feet, rng.choice((30, 32, 34, 34, 38)))]
        if rng.random() < 0.2:
            items.append(("tile", rng.randrange(100, 400, 20)))
        return rng.choice((45, 91, 91, 182)), items, _quarter(60 + feet // 10), title_of(items)
    items = [("mow_large", 1), ("edging", rng.randrange(3, 10))]
    return 7, items, 90, title_of(items)


_TITLES: Final = {
    "win_io": "in + out", "win_out": "outside", "win_in": "inside", "storefront": "storefront",
    "lobby": "lobby glass", "side": "exterior", "stairs": "stairs", "commercial": "offices",
    "whole_house": "whole house", "sofa": "sofa", "rug": "rugs", "mow": "mow",
    "mow_large": "mow, trim", "edging": "edge", "gutters": "gutters", "screens": "screens",
    "tile": "tile", "pets": "pets",
}  # fmt: skip


def title_of(items: Sequence[Item]) -> str:
    """A few words for the calendar: "In + out, screens", "3 rooms + stairs"."""
    words = []
    for key, quantity, *_price in items:
        if key == "room":
            words.append(f"{quantity:g} room{'' if quantity == 1 else 's'}")
        elif key in _TITLES:
            words.append(_TITLES[key])
    title = (" + " if words and words[0][0].isdigit() else ", ").join(words[:2])
    return title[:1].upper() + title[1:]


def _quarter(minutes: int) -> int:
    return max(30, -(-minutes // 15) * 15)
