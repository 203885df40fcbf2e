from __future__ import annotations

import random

import pytest

from tcf_desktop.domain.contacts import ContactDraft, ParsedContact, ParsedContacts, Phone
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import contacts as queries
from tcf_desktop.services.queries.contact_detail import contact_detail
from tcf_desktop.services.queries.contact_filter import ContactFilter
from tcf_desktop.services.queries.contact_rows import contact_rows

TODAY = "2026-07-14"
SHOWN = {
    "all": ContactFilter(),
    "customers": ContactFilter(kind="customer"),
    "prospects": ContactFilter(kind="prospect"),
    "owes": ContactFilter(owes=True),
}


def page(
    office: Office, text: str = "", kind: str = "all", sort: str = "name"
) -> queries.ContactPage:
    now = office.clock.now_ms()
    return office.read(lambda r: queries.contact_page(r, text, SHOWN[kind], now, TODAY, sort=sort))


def ids(office: Office, text: str = "", kind: str = "all", sort: str = "name") -> list[int]:
    now = office.clock.now_ms()
    return list(office.read(lambda r: queries.contact_ids(r, text, SHOWN[kind], now, TODAY, sort)))


@pytest.fixture
def crowd(office: Office) -> Office:
    """1,500 people, so that first screen and whole order differ."""
    rng = random.Random(5)
    firsts, lasts = ("Ann", "Bo", "Cy", "Dee", "Åsa"), ("Olson", "Olsen", "Reyes", "Moen", "Tran")
    drafts = [
        ContactDraft(
            first_name=rng.choice(firsts),
            last_name=f"{rng.choice(lasts)}{n}",
            kind="prospect" if n % 5 == 0 else "customer",
            phones=(Phone(f"605-{200 + n // 10_000}-{n:04}"),),
        )
        for n in range(1500)
    ]
    files = [
        ParsedContacts("a", "CSV", "", tuple(ParsedContact(n, n, d) for n, d in enumerate(drafts)))
    ]
    plan = office.read(lambda r: plan_import(r, files))
    office.runner.run(ImportContacts(plan, Progress()))
    return office


@pytest.mark.parametrize("text", ["", "o", "ols", "an", "605", "605-2", "asa", "ol an"])
@pytest.mark.parametrize("kind", ["all", "customers", "prospects", "owes"])
def test_first_screen_and_total_agree_with_the_whole_order(
    crowd: Office, text: str, kind: str
) -> None:
    first, whole = page(crowd, text, kind), ids(crowd, text, kind)
    assert set(first.ids) <= set(whole)
    assert len(first.ids) == min(queries.FIRST_SCREEN, len(whole))
    assert first.total == len(whole) if first.exact else first.total >= queries.COUNTED
    if text in {"", "o", "ols"}:
        assert list(first.ids) == whole[: len(first.ids)]
    assert set(first.rows) == set(first.ids[: queries.FIRST_ROWS])


def test_every_order_is_right_on_the_sample(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    everybody = ids(sample_office)
    rows = sample_office.read(lambda r: contact_rows(r, everybody, now, TODAY))
    assert len(everybody) == len(set(everybody)) == len(rows)
    owes = [rows[key].owes_cents for key in ids(sample_office, sort="-owes")]
    assert owes == sorted(owes, reverse=True)
    visits = [rows[key].next_on for key in ids(sample_office, sort="next")]
    dated = [day for day in visits if day]
    assert dated == sorted(dated)
    assert visits == dated + [""] * (len(visits) - len(dated))
    assert ids(sample_office, sort="-name") == everybody[::-1]


def test_counts_and_owing_agree_with_the_rows(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    counts = sample_office.read(lambda r: queries.contact_counts(r, TODAY))
    everybody = ids(sample_office)
    rows = sample_office.read(lambda r: contact_rows(r, everybody, now, TODAY)).values()
    assert counts.all == len(everybody) == counts.customers + counts.prospects
    assert counts.owes == sum(row.owes_cents > 0 for row in rows)
    assert counts.owes == len(ids(sample_office, kind="owes"))
    assert sum(row.owes_cents for row in rows) == sample_office.read(
        lambda r: r.value(
            "SELECT sum(open_cents) FROM invoices WHERE state IN ('issued', 'part_paid')"
        )
    )


def test_row_says_what_was_found_where_the_name_does_not(sample_office: Office) -> None:
    street, contact_id = sample_office.read(
        lambda r: r.one("SELECT street, contact_id FROM locations WHERE street <> '' LIMIT 1")
    ) or ("", 0)
    found = page(sample_office, street)
    assert contact_id in found.ids
    assert street in found.rows[contact_id].hit


def test_detail_agrees_with_the_row_and_its_parts_are_in_order(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    everybody = ids(sample_office)[:60]
    rows = sample_office.read(lambda r: contact_rows(r, everybody, now, TODAY))
    details = sample_office.read(lambda r: [contact_detail(r, k, now, TODAY) for k in everybody])
    for contact_id, detail in zip(everybody, details, strict=True):
        row = rows[contact_id]
        assert detail is not None
        assert detail.owes_cents == row.owes_cents
        assert detail.overdue == row.overdue
        planned = detail.next_visit.starts_local[:10] if detail.next_visit else ""
        assert planned == row.next_on
    assert sample_office.read(lambda r: contact_detail(r, 10**9, now, TODAY)) is None


def test_completer_gives_few_and_the_best_first(crowd: Office) -> None:
    found = crowd.read(lambda r: queries.search_contacts(r, "olsen", 8))
    assert len(found) == 8
    assert all("Olsen" in match.name for match in found)
    assert crowd.read(lambda r: queries.search_contacts(r, "  ", 8)) == []


def shown(office: Office, order: list[int], key: str) -> list[str]:
    """What a further column shows of these contacts."""
    now = office.clock.now_ms()
    rows = office.read(lambda r: contact_rows(r, order, now, TODAY, None, {key}))
    return [rows[contact_id].more[key] for contact_id in order]


@pytest.mark.parametrize("key", ["email", "city", "tags", "source", "last"])
def test_further_column_is_read_and_sorted_with_what_is_empty_last(
    sample_office: Office, key: str
) -> None:
    for sort in (key, f"-{key}"):
        order = ids(sample_office, sort=sort)
        texts = [text.lower() for text in shown(sample_office, order, key)]
        filled = [text for text in texts if text]
        assert texts == filled + [""] * (len(texts) - len(filled))
        assert filled == sorted(filled, reverse=sort != key)
        assert filled


def test_intervals_and_own_fields_are_sorted_by_what_they_mean(sample_office: Office) -> None:
    days = {"day": 1, "week": 7, "month": 30, "year": 365}
    order = ids(sample_office, sort="interval")
    told = [text.split() for text in shown(sample_office, order, "interval")]
    lengths = [int(words[0]) * days[words[1]] for words in told if words]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 1
    fields = sample_office.read(lambda r: r.all("SELECT id, kind FROM custom_fields"))
    assert fields
    for field_id, kind in fields:
        key = f"field:{field_id}"
        order = ids(sample_office, sort=key)
        values = [text for text in shown(sample_office, order, key) if text]
        wanted = sorted(values, key=float if kind == "number" else str.lower)
        assert values == wanted


def test_every_order_has_everybody_once(sample_office: Office) -> None:
    everybody = sorted(ids(sample_office))
    for key in queries.sort_keys():
        assert sorted(ids(sample_office, sort=f"-{key}")) == everybody
