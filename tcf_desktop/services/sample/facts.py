"""What an office knows about its customers besides names and numbers: notes and who may see them,
consent, fields and measures of its own, certificates, usual crews, the history of the record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.domain.contacts import email_key
from tcf_desktop.services.sample import names
from tcf_desktop.services.sample.book import Book, Client, Days
from tcf_desktop.services.sample.catalog import Catalog, Crew

KARA: Final = "Kara"  # who sits in the office
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_TRASHED_NOTE: Final = "Called twice about the weather, nothing to do."

_MAIL_WORDS: Final = "May we send visit reminders and invoices by e-mail?"
_TEXT_WORDS: Final = "May we text you before a visit?"
_OFFER_WORDS: Final = "Yes, write to me when it is time again or there is an offer."
_STOP_WORDS: Final = "Please no more offers."

# Of a fixed contact: visibility, days ago, text.
_CAST_NOTES: Final[dict[str, tuple[tuple[str, int, str], ...]]] = {
    "hartmann": (("office", 134, "Asked for the same price until spring 2027. Agreed."),),
    "prairie": (
        ("crew", 61, "Patients from 8: start with the waiting room, no ladders in the hall."),
        ("document", 3, "Your contract runs until the end of the year."),
    ),
    "falls_park": (("crew", 40, "Bldg 3: use the hydrant at the north side, not the garden tap."),),
    "grace": (("office", 88, "Trustees decide on the fall cleaning in August."),),
    "olson": (("crew", 20, "New storm door, do not lean anything against it."),),
    "reyes": (("office", 9, "Says the June invoice went to the old address. Sent again."),),
    "novak": (("crew", 300, "Move only the small chairs, the piano stays."),),
}
_CREW_NOTES: Final = frozenset(
    {
        "Upstairs windows tilt in; the latches are stiff.", "Has a baby: no doorbell between 1 and"
        " 3.", "Storm windows come off in May and go back in October.",
        "Screens are numbered with a marker on the frame.",
        "Sensitive to scent: use the plain detergent.",
        "Use the side ladder for the stairwell pane. Screens are numbered.",
        "No work on Wednesday evenings.", "Tenants get a notice two days ahead.",
    }
)  # fmt: skip
_MORE_NOTES: Final = (
    ("office", "Paid the last one late, was in the hospital. No reminder."),
    ("office", "Compared prices with two others, stayed with us."),
    ("office", "Daughter Amy may decide while they are in Arizona."),
    ("crew", "Back windows only with the extension pole."),
    ("crew", "Dog is friendly, but shut the gate."),
    ("crew", "Water tap is behind the garage, the front one is off."),
    ("document", "Thank you for moving the furniture ahead of our visit."),
)


class Columns(NamedTuple):
    """Columns of ``contacts`` that follow from habits and papers."""

    language: str
    crew_id: int | None
    price_list_id: int | None
    exempt_number: str
    exempt_region: str
    exempt_until_on: str | None


class Facts:
    """Writes what is known about each contact; draws from numbers of its own, so that the calendar
    and the invoices do not depend on it."""

    def __init__(self, book: Book, catalog: Catalog, days: Days, seed: int, today: date) -> None:
        self._book = book
        self._catalog = catalog
        self._days = days
        self._today = today
        self._rng = Random(f"{seed}:facts")
        self._crews: dict[str, int] = {}
        choices = json.dumps(_WEEKDAYS)
        self._day_field = book.add(
            "custom_fields", book.uid(), "Preferred day", "choice", choices, 0
        )
        self._key_field = book.add("custom_fields", book.uid(), "Key tag", "number", "[]", 1)
        self._until_field = book.add("custom_fields", book.uid(), "Contract until", "date", "[]", 2)
        self._last_key = 0

    def employ(self, crews: Sequence[Crew]) -> None:
        """Tell who works for customers from now on."""
        for crew in crews:
            self._crews.setdefault(crew.trade, crew.id)

    def columns(self, client: Client, last_name: str) -> Columns:
        """The columns of one contact."""
        rng = self._rng
        crew_id = None
        if client.plans and rng.random() < 0.4:
            crew_id = self._crews.get(client.plans[0].trade)
        number, until = "", None
        if client.exempt:
            number = f"RE-{rng.randrange(1000, 9999)}-{rng.randrange(100, 999)}"
            until = self._today + timedelta(days=rng.choice((21, 170, 260, 535, 900)))
        return Columns(
            names.language(last_name) if rng.random() < 0.6 else "",
            crew_id,
            self._price_list(client),
            number,
            "SD" if number else "",
            until.isoformat() if until else None,
        )

    def write(
        self, client: Client, created_on: date, created_at: int, *,
        phones: Sequence[tuple[str, str]], email: str, tags: str, note: str, source: str,
        key: str = "",
    ) -> None:  # fmt: skip
        """Everything that hangs on a contact; its places are written."""
        changes = [(created_at, "new contact {name}", "contact_emails,contact_phones,locations")]
        changes += self._notes(client, created_on, created_at, note, key)
        self._consents(client, created_on, created_at, phones, email, source, key)
        self._values(client, tags)
        self._measures(client)
        if self._rng.random() < 0.3:
            fields = self._rng.choice(("contact_phones", "locations", "tags", "source", "segment"))
            changes.append((self._later(created_on), "change of {name}", fields))
        params = json.dumps({"name": client.name}, ensure_ascii=False)
        for at, label, fields in sorted(changes):
            self._book.add_plain("contact_changes", (client.id, at, label, params, fields, 0))

    def _price_list(self, client: Client) -> int | None:
        if client.exempt:
            return self._catalog.church_list
        hotel = any(word in client.name for word in ("Hotel", "Grill", "Brewing"))
        return self._catalog.night_list if hotel else None

    def _later(self, since: date) -> int:
        """Some office hour between then and yesterday."""
        span = max(1, (self._today - since).days)
        day = since + timedelta(days=self._rng.randrange(span))
        return self._days.at(day, self._rng.randrange(485, 1015))

    def _notes(
        self, client: Client, created_on: date, created_at: int, first: str, key: str
    ) -> list[tuple[int, str, str]]:
        rng, book = self._rng, self._book
        if first:
            seen_by = "crew" if first in _CREW_NOTES else "office"
            book.add("notes", client.id, seen_by, first, created_at, created_at, None)
        later = [
            (seen_by, self._days.at(self._today - timedelta(days=ago), 612), text)
            for seen_by, ago, text in _CAST_NOTES.get(key, ())
        ]
        if not key and client.kind == "customer" and rng.random() < 0.22:
            seen_by, text = rng.choice(_MORE_NOTES)
            at = self._later(created_on)
            if seen_by == "document":  # invoices of before do not show it
                at = self._days.at(self._today, 490)
            later.append((seen_by, at, text))
        for seen_by, at, text in later:
            book.add("notes", client.id, seen_by, text, at, at, None)
        if key == "kessler":
            at = self._days.at(self._today - timedelta(days=6), 655)
            book.add("notes", client.id, "office", _TRASHED_NOTE, at, at, at + 400_000)
        return [(at, "new note about {name}", "notes") for _seen_by, at, _text in later]

    def _consents(
        self, client: Client, created_on: date, created_at: int,
        phones: Sequence[tuple[str, str]], email: str, source: str, key: str,
    ) -> None:  # fmt: skip
        rng = self._rng
        how = "form" if source == "Website" else rng.choice(("phone", "phone", "paper"))
        mobile = next((number for label, number in phones if label == "mobile"), "")
        digits = "".join(filter(str.isdigit, mobile))
        if email and (key or rng.random() < 0.85):
            self._event(client, "email", email, "service", True, created_at, how, _MAIL_WORDS)
        if mobile and (key or rng.random() < 0.55):
            yes = rng.random() < 0.9 or bool(key)
            at = self._days.at(created_on, 620) if not key else self._later(created_on)
            self._event(client, "text", mobile, "service", yes, at, "phone", _TEXT_WORDS, digits)
        offers = 0.35 if not key else 0.7
        if email and (rng.random() < offers or key == "hartmann"):
            self._event(client, "email", email, "marketing", True, created_at, how, _OFFER_WORDS)
            if rng.random() < 0.2 or key == "hartmann":
                at = self._later(created_on)
                if key == "hartmann":
                    at = self._days.at(self._today - timedelta(days=238), 581)
                self._event(client, "email", email, "marketing", False, at, "reply", _STOP_WORDS)

    def _event(
        self, client: Client, channel: str, address: str, purpose: str, given: bool, at: int,
        how: str, wording: str, digits: str = "",
    ) -> None:  # fmt: skip
        compared = f"+1{digits}" if channel == "text" else email_key(address)
        self._book.add(
            "consent_events", client.id, channel, address, compared, purpose, int(given), at, how,
            wording, "" if how in {"form", "reply"} else KARA, at,
        )  # fmt: skip

    def _values(self, client: Client, tags: str) -> None:
        rng, book = self._rng, self._book
        if rng.random() < 0.25:
            book.add("custom_values", client.id, self._day_field, rng.choice(_WEEKDAYS))
        if client.kind == "customer" and rng.random() < 0.06:
            self._last_key += 1
            book.add("custom_values", client.id, self._key_field, str(self._last_key))
        if "Contract" in tags or "Monthly" in tags:
            until = self._today + timedelta(days=rng.randrange(20, 700))
            book.add("custom_values", client.id, self._until_field, until.isoformat())

    def _measures(self, client: Client) -> None:
        """What the habits count at each place; storeys of some."""
        rng, book = self._rng, self._book
        if client.kind != "customer":
            return
        found: dict[tuple[int, int], int] = {}
        for plan in client.plans:
            for line in plan.lines:
                measure_id = self._catalog.measure_of.get(line.service_id)
                if measure_id is not None:
                    spot_id = client.spots[plan.spot].id
                    known = found.get((spot_id, measure_id), 0)
                    found[spot_id, measure_id] = max(known, line.qty_milli)
        if not client.plans and rng.random() < 0.2:
            found[client.spots[0].id, self._catalog.panes] = rng.randrange(12, 70) * 1000
        if found and rng.random() < 0.4:
            found[client.spots[0].id, self._catalog.stories] = rng.choice((1, 1, 2, 2, 3)) * 1000
        for (spot_id, measure_id), value in sorted(found.items()):
            book.add("location_measures", spot_id, measure_id, value)
