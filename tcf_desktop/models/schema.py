"""The whole layout: every table, the search index, the guards of issued documents."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from tcf_desktop.models import appointment as _appointment
from tcf_desktop.models import billing as _billing
from tcf_desktop.models import catalog as _catalog
from tcf_desktop.models import company as _company
from tcf_desktop.models import consent as _consent
from tcf_desktop.models import contact as _contact
from tcf_desktop.models import contact_facts as _contact_facts
from tcf_desktop.models import frequency as _frequency
from tcf_desktop.models import journal as _journal
from tcf_desktop.models import message as _message
from tcf_desktop.models import note as _note
from tcf_desktop.models import team as _team
from tcf_desktop.models import track as _track
from tcf_desktop.models.base import Base
from tcf_desktop.models.connection import APPLICATION_ID, SCHEMA_VERSION

MODULES: Final = (
    _appointment, _billing, _catalog, _company, _consent, _contact, _contact_facts, _frequency,
    _journal, _message, _note, _team, _track,
)  # fmt: skip
REVISION: Final = "0003"  # the newest revision in migrations/versions

CONTACT_SEARCH: Final = """
CREATE VIRTUAL TABLE contact_search USING fts5(
    name, phones, emails, places, extra,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
)
"""

# Not who it belongs to: two records of one customer may be merged, the document stays the same.
_FIXED_INVOICE_COLUMNS: Final = (
    "uid", "number", "series", "series_n", "issued_on", "due_on", "terms_days", "currency",
    "rounding", "tax_id", "subtotal_cents", "tax_cents", "total_cents", "issued_at", "created_at",
)  # fmt: skip
# What names a person: fixed as well, until that person is erased.
_PERSONAL_INVOICE_COLUMNS: Final = ("bill_to", "service_place", "po", "message", "customer_notes")


def create(connection: Connection) -> None:
    """Make an empty database of this version; the caller holds the transaction."""
    create_tables(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    stamp(connection)


def create_tables(connection: Connection) -> None:
    """Every table, index and guard, without the marks of the version."""
    Base.metadata.create_all(connection)
    connection.execute(text(CONTACT_SEARCH))
    for statement in (*guards(), *marks()):
        connection.exec_driver_sql(statement)


def stamp(connection: Connection) -> None:
    """Mark the file as ours and of this layout."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def guards() -> list[str]:
    """Triggers that keep issued documents as they are, whatever the program does."""
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED_INVOICE_COLUMNS)
    personal = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _PERSONAL_INVOICE_COLUMNS)
    erasing = "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL"
    statements = [
        f"""CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices
            WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed}
            OR (({personal}) AND NOT ({erasing})))
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END""",
        """CREATE TRIGGER invoices_kept BEFORE DELETE ON invoices
            WHEN OLD.state <> 'draft'
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END""",
    ]
    for table in ("invoice_lines", "invoice_taxes"):
        statements += [
            f"""CREATE TRIGGER {table}_{event.lower()}_fixed BEFORE {event} ON {table}
                WHEN (SELECT state FROM invoices WHERE id = {row}.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END"""
            for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
        ]
    return statements


def marks() -> list[str]:
    """Triggers that empty the due date of a frequency when it has to be worked out again."""
    rhythm = (
        "contact_id, location_id, service_id, every_n, unit, season_from, season_to, starts_on, "
        "created_at"
    )
    empty = "UPDATE frequencies SET due_on = NULL WHERE"
    statements = [
        f"""CREATE TRIGGER frequencies_due_of_appointment_{event.lower()}
            AFTER {event} ON appointments
            BEGIN {empty} contact_id IN ({who}); END"""
        for event, who in (
            ("INSERT", "NEW.contact_id"),
            ("UPDATE", "OLD.contact_id, NEW.contact_id"),
            ("DELETE", "OLD.contact_id"),
        )
    ]
    return [
        *statements,
        f"""CREATE TRIGGER frequencies_due_insert AFTER INSERT ON frequencies
            WHEN NEW.due_on IS NOT NULL BEGIN {empty} id = NEW.id; END""",
        f"""CREATE TRIGGER frequencies_due_update AFTER UPDATE OF {rhythm} ON frequencies
            WHEN NEW.due_on IS NOT NULL BEGIN {empty} id = NEW.id; END""",
    ]
