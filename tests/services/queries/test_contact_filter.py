"""Each filter beside the plain rule, told in Python over every contact."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft
from tcf_desktop.models.connection import Reader
from tcf_desktop.services.contact_bulk import TagContacts
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contact_filter import (
    BUILT_IN,
    DAY_MS,
    EVERYBODY,
    ContactFilter,
    from_json,
)
from tcf_desktop.services.queries.contacts import contact_ids, contact_page

TODAY = "2026-07-14"
DAY_S = 86_400
Row = dict[str, Any]


def ids(office: Office, shown: ContactFilter, text: str = "") -> set[int]:
    now = office.clock.now_ms()
    found = list(office.read(lambda r: contact_ids(r, text, shown, now, TODAY)))
    assert len(found) == len(set(found))
    first = office.read(lambda r: contact_page(r, text, shown, now, TODAY))
    assert first.total == len(found)
    assert set(first.ids) <= set(found)
    return set(found)


class Facts:
    """Everything about the contacts of an office, in Python."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now = office.clock.now_ms()
        self.contacts = {
            row["id"]: row for row in self.table("contacts") if row["deleted_at"] is None
        }

    def table(self, name: str) -> list[Row]:
        def read(r: Reader) -> list[Row]:
            columns = [row[1] for row in r.all(f"PRAGMA table_info({name})")]
            return [dict(zip(columns, row, strict=True)) for row in r.all(f"SELECT * FROM {name}")]

        return self.office.read(read)

    def having(self, table: str, holds: Callable[[Row], Any]) -> set[int]:
        return {row["contact_id"] for row in self.table(table) if holds(row)}

    def of(self, holds: Callable[[Row], Any]) -> set[int]:
        return {key for key, row in self.contacts.items() if holds(row)}


OPEN = ("issued", "part_paid")


def owes(f: Facts) -> set[int]:
    return f.having("invoices", lambda i: i["open_cents"] and i["state"] in OPEN)


def overdue(f: Facts) -> set[int]:
    return f.having(
        "invoices", lambda i: i["open_cents"] and i["state"] in OPEN and i["due_on"] < TODAY
    )


def seen(f: Facts, days: int) -> set[int]:
    since = f.now - days * DAY_MS
    return f.having(
        "appointments",
        lambda a: (
            a["state"] == "done" and a["deleted_at"] is None and since <= a["starts_at"] <= f.now
        ),
    )


def unseen(f: Facts, days: int) -> set[int]:
    return f.of(lambda c: c["created_at"] < f.now - days * DAY_MS) - seen(f, days)


def unanswered(f: Facts, days: int) -> set[int]:
    since = f.now - days * DAY_MS
    waiting = f.of(lambda c: c["kind"] == "prospect" and c["created_at"] < since)
    waiting -= f.having("notes", lambda n: n["at"] >= since and n["deleted_at"] is None)
    waiting -= f.having(
        "appointments",
        lambda a: a["deleted_at"] is None and max(a["starts_at"], a["created_at"]) >= since,
    )
    waiting -= f.having("invoices", lambda i: i["deleted_at"] is None and i["created_at"] >= since)
    return waiting - f.having(
        "contact_changes",
        lambda c: c["at"] >= since and c["fields"] not in ("tags", "price_list_id"),
    )


def in_city(f: Facts, city: str) -> set[int]:
    return f.having(
        "locations", lambda place: place["deleted_at"] is None and place["city"].lower() == city
    )


def opted_out(f: Facts) -> set[int]:
    newest: dict[object, Row] = {}
    for event in sorted(f.table("consent_events"), key=lambda e: (e["at"], e["id"])):
        key = (event["contact_id"], event["channel"], event["address_key"], event["purpose"])
        newest[key] = event
    return {event["contact_id"] for event in newest.values() if not event["given"]}


CASES: dict[str, tuple[ContactFilter, Callable[[Facts], set[int]]]] = {
    "kind": (ContactFilter(kind="prospect"), lambda f: f.of(lambda c: c["kind"] == "prospect")),
    "owes": (ContactFilter(owes=True), owes),
    "overdue": (ContactFilter(overdue=True), overdue),
    "city": (ContactFilter(city="sioux FALLS"), lambda f: in_city(f, "sioux falls")),
    "no e-mail": (
        ContactFilter(no_email=True),
        lambda f: set(f.contacts) - f.having("contact_emails", lambda _: True),
    ),
    "no phone": (
        ContactFilter(no_phone=True),
        lambda f: set(f.contacts) - f.having("contact_phones", lambda _: True),
    ),
    "opted out": (ContactFilter(opted_out=True), opted_out),
    "unseen": (ContactFilter(unseen_days=30), lambda f: unseen(f, 30)),
    "unanswered": (ContactFilter(unanswered_days=14), lambda f: unanswered(f, 14)),
    "new": (
        ContactFilter(new_days=365),
        lambda f: f.of(lambda c: c["created_at"] >= f.now - 365 * DAY_MS),
    ),
    "several": (
        ContactFilter(kind="customer", owes=True, city="Sioux Falls"),
        lambda f: owes(f) & in_city(f, "sioux falls")
        & f.of(lambda c: c["kind"] == "customer"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_filter_shows_what_its_rule_says(sample_office: Office, name: str) -> None:
    shown, rule = CASES[name]
    facts = Facts(sample_office)
    expected = rule(facts) & set(facts.contacts)
    assert ids(sample_office, shown) == expected
    for text in ("s", "605", "an"):
        assert ids(sample_office, shown, text) == expected & ids(sample_office, EVERYBODY, text)


def test_due_again_shows_those_of_its_list(sample_office: Office) -> None:
    from tcf_desktop.services.queries.due import due_contact_ids

    due = sample_office.read(lambda r: due_contact_ids(r, TODAY))
    assert due
    assert ids(sample_office, ContactFilter(due_again=True)) == set(due)


def test_tag_crew_price_list_and_language(sample_office: Office) -> None:
    everybody = sorted(ids(sample_office, EVERYBODY))
    sample_office.runner.run(TagContacts(tuple(everybody[:3]), ("50% off_A", "vip")))
    sample_office.runner.run(TagContacts(tuple(everybody[3:5]), ("50x off-A", "vips")))
    assert ids(sample_office, ContactFilter(tag="50% off_a")) == set(everybody[:3])
    assert ids(sample_office, ContactFilter(tag="vip")) == set(everybody[:3])
    facts = Facts(sample_office)
    for column, name in (
        ("default_crew_id", "crew_id"),
        ("price_list_id", "price_list_id"),
        ("language", "language"),
    ):
        values = {row[column] for row in facts.contacts.values()} - {None, ""}
        assert values
        for value in values:
            wanted = {key for key, row in facts.contacts.items() if row[column] == value}
            assert ids(sample_office, replace(EVERYBODY, **{name: value})) == wanted


def test_own_field_equals_or_contains(sample_office: Office) -> None:
    facts = Facts(sample_office)
    values = [v for v in facts.table("custom_values") if v["contact_id"] in facts.contacts]
    assert values
    field, text = values[0]["field_id"], str(values[0]["value"])
    mine = [v for v in values if v["field_id"] == field]
    same = {v["contact_id"] for v in mine if str(v["value"]).lower() == text.lower()}
    part = {v["contact_id"] for v in mine if text[:2].lower() in str(v["value"]).lower()}
    exact = ContactFilter(field_id=int(str(field)), field_value=text, field_exact=True)
    contains = ContactFilter(field_id=int(str(field)), field_value=text[:2])
    assert ids(sample_office, exact) == same
    assert ids(sample_office, contains) == part


def test_prospect_waits_until_something_happens(office: Office, clock: FrozenClock) -> None:
    waiting = BUILT_IN["unanswered"]
    contact_id = office.runner.run(SaveContact(ContactDraft(last_name="Caller", kind="prospect")))
    assert ids(office, waiting) == set()
    clock.advance(15 * DAY_S)
    assert ids(office, waiting) == {contact_id}
    office.runner.run(TagContacts((contact_id,), ("spring",)))
    assert ids(office, waiting) == {contact_id}
    office.runner.run(
        SaveContact(
            ContactDraft(last_name="Caller", kind="prospect", notes=(NoteDraft("called back"),)),
            contact_id,
        )
    )
    assert ids(office, waiting) == set()
    clock.advance(15 * DAY_S)
    assert ids(office, waiting) == {contact_id}


def test_new_customer_is_not_unseen(office: Office, clock: FrozenClock) -> None:
    contact_id = office.runner.run(SaveContact(ContactDraft(last_name="New")))
    assert ids(office, BUILT_IN["unseen"]) == set()
    clock.advance(366 * DAY_S)
    assert ids(office, BUILT_IN["unseen"]) == {contact_id}


FILTERS = st.builds(
    ContactFilter,
    kind=st.sampled_from(["", "customer", "prospect"]),
    owes=st.booleans(),
    tag=st.text(max_size=8),
    city=st.text(max_size=8),
    crew_id=st.none() | st.integers(0, 2**62),
    unseen_days=st.integers(0, 4000),
    field_id=st.none() | st.integers(0, 99),
    field_value=st.text(max_size=5),
)


@given(FILTERS)
def test_filter_is_the_same_after_it_was_stored(shown: ContactFilter) -> None:
    assert from_json(shown.to_json()) == shown
    for name in shown.active():
        assert name not in shown.without(name).active()


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("", EVERYBODY),
        ("[1]", EVERYBODY),
        ("nonsense", EVERYBODY),
        ('{"kind": 7, "owes": "yes", "unseen_days": true, "crew_id": -1}', EVERYBODY),
        ('{"later": 1, "tag": "vip", "unseen_days": 9e99}', ContactFilter(tag="vip")),
    ],
)
def test_what_is_unknown_in_a_stored_filter_is_passed_over(
    stored: str, read: ContactFilter
) -> None:
    assert from_json(stored) == read


def test_built_in_filters_narrow_something() -> None:
    assert all(shown.active() for shown in BUILT_IN.values())
    assert json.loads(BUILT_IN["owes"].to_json()) == {"owes": True}
