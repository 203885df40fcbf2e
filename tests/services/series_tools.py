"""What tests of series share: books of the database, a customer, drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointments import AppointmentDraft, LineDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.occurrences import occurrences
from tcf_desktop.services.series import SeriesDraft

ZONE = "America/Chicago"
DAY = 86_400_000
TABLES = (
    "series", "series_lines", "series_skips", "appointments", "appointment_lines",
    "checklist_items",
)  # fmt: skip


def add_moen(office: Office) -> int:
    return office.runner.run(SaveContact(ContactDraft(first_name="Astrid", last_name="Moen")))


def draft(**more: object) -> AppointmentDraft:
    base = AppointmentDraft(
        starts_local="2026-07-15T09:00",
        minutes=60,
        zone=ZONE,
        title="Mowing",
        lines=(LineDraft("Mowing", 4_500 * E4),),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def weekly(rule: str = "FREQ=WEEKLY;BYDAY=WE", holidays: str = "keep") -> SeriesDraft:
    return SeriesDraft(rule, holidays)


def book(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of what belongs to the schedule."""
    return {
        table: office.read(lambda r, table=table: r.all(f"SELECT * FROM {table} ORDER BY id"))  # type: ignore[misc]
        for table in TABLES
    }


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def shown(office: Office, first: str, last: str) -> list[str]:
    """The starts of everything on the schedule in these days, rows and occurrences."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    now = office.clock.now_ms()
    blocks = office.read(lambda r: schedule.blocks(r, *days, ZONE, now))
    return sorted(block.starts_local for block in blocks)


def computed(office: Office, first: str, last: str) -> list[str]:
    found = office.read(lambda r: occurrences(r, at(first), at(last)))
    return [one.starts_local for one in found]
