"""Looking for duplicates among all contacts, beside reading what is compared."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench
from tcf_desktop.services.command import Command

DOUBLES = 3_000
NAMESAKES = 500
_EVERYTHING = (
    "SELECT id, first_name, last_name, company FROM contacts WHERE deleted_at IS NULL",
    "SELECT contact_id, e164, digits FROM contact_phones",
    "SELECT contact_id, lower(address) FROM contact_emails",
    "SELECT contact_id, street, street2, city, postal_code FROM locations",
)


@dataclass(frozen=True, slots=True)
class _Plant(Command[None]):
    """Contacts that were typed twice, some with one letter wrong, and 500 of one name."""

    def execute(self, uow: Any) -> None:
        from tcf_desktop import models
        from tcf_desktop.domain import contacts as rules

        columns = (
            "first_name", "last_name", "company", "kind", "segment", "display_name", "sort_name",
            "name_key",
        )  # fmt: skip
        _names, rows = uow.fetch(
            f"SELECT id, {', '.join(columns)} FROM contacts WHERE first_name <> ''"
            " AND id % 30 = 7 ORDER BY id LIMIT ?",
            (DOUBLES,),
        )
        news = []
        for number, (old, *values) in enumerate(rows):
            row = dict(zip(columns, values, strict=True))
            if number % 3 == 0 and len(row["last_name"]) > 4:
                row["last_name"] = row["last_name"][:-2] + "x" + row["last_name"][-1]
                row["display_name"] = f"{row['first_name']} {row['last_name']}"
                row["name_key"] = rules.name_key(row["display_name"])
            news.append((old, row))
        common = {"created_at": SAMPLE_NOW_MS, "updated_at": SAMPLE_NOW_MS}
        ids = uow.bulk_insert(
            models.Contact,
            [{**row, **common, "uid": f"double-{old}"} for old, row in news],
        )
        for table in ("contact_phones", "contact_emails"):
            own = "label, number, digits, e164" if table == "contact_phones" else "label, address"
            uow.driver(
                f"INSERT INTO {table} (contact_id, position, version, {own})"
                f" SELECT ?, position, 1, {own} FROM {table} WHERE contact_id = ?",
                [(new, old) for new, (old, _row) in zip(ids, news, strict=True)],
            )
        smith = {
            "first_name": "John", "last_name": "Smith", "display_name": "John Smith",
            "sort_name": "smith, john", "name_key": "john smith", "kind": "customer",
            "segment": "residential", **common,
        }  # fmt: skip
        uow.bulk_insert(models.Contact, [{**smith, "uid": f"smith-{n}"} for n in range(NAMESAKES)])


def run(bench: Bench) -> None:
    """Our search beside four plain statements that read everything it could compare."""
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.domain.duplicates import Certainty
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.queries.duplicates import find_duplicates

    office = Office.open(bench.large_copy(), FrozenClock(SAMPLE_NOW_MS))
    try:
        office.runner.run(_Plant())
        ours, floor = [], []
        for _ in range(bench.rounds(3)):
            started = time.perf_counter()
            found = office.read(find_duplicates)
            between = time.perf_counter()
            office.read(lambda r: [r.all(sql) for sql in _EVERYTHING])
            ours.append((between - started) * 1000)
            floor.append((time.perf_counter() - between) * 1000)
    finally:
        office.close(60)
    counts = found.counts()
    largest = max(len(group.ids) for group in found.groups)
    bench.limit(
        "find duplicates among all contacts", min(ours), at_most=5_000,
        beside="reading every name, number and address once", floor=min(floor),
        note=f"{found.contacts} contacts; {counts[Certainty.CERTAIN]} certain,"
        f" {counts[Certainty.LIKELY]} likely, {counts[Certainty.POSSIBLE]} possible groups;"
        f" the largest of {largest}",
    )  # fmt: skip
