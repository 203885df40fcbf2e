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
from tcf_desktop.models import paper as _paper
from tcf_desktop.models import payment as _payment
from tcf_desktop.models import proposal as _proposal
from tcf_desktop.models import repeating as _repeating
from tcf_desktop.models import team as _team
from tcf_desktop.models import track as _track
from tcf_desktop.models.base import Base
from tcf_desktop.models.connection import APPLICATION_ID, SCHEMA_VERSION

MODULES: Final = (
    _appointment, _billing, _catalog, _company, _consent, _contact, _contact_facts, _frequency,
    _journal, _message, _note, _paper, _payment, _proposal, _repeating, _team, _track,
)  # fmt: skip
REVISION: Final = "0004"  # the newest revision in migrations/versions

CONTACT_SEARCH: Final = """
CREATE VIRTUAL TABLE contact_search USING fts5(
    name, phones, emails, places, extra,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
)
"""

# Not who it belongs to: two records of one customer may be merged, the document stays the same.
_FIXED_INVOICE_COLUMNS: Final = (
    "uid", "doc_type", "corrects_id", "number", "series", "series_n", "issued_on",
    "due_on", "terms_days", "currency", "rounding", "prices_include_tax", "tax_id",
    "language", "discount_ppm", "discount_fixed_cents", "subtotal_cents", "discount_cents",
    "net_cents", "tax_cents", "total_cents", "issued_at", "created_at",
)  # fmt: skip
_FIXED_PROPOSAL_COLUMNS: Final = (
    "uid", "number", "series", "series_n", "revision", "valid_until_on", "currency",
    "rounding", "prices_include_tax", "tax_id", "tax_note", "language", "discount_ppm",
    "discount_fixed_cents", "deposit_ppm", "deposit_fixed_cents", "created_at",
)  # fmt: skip
_PERSONAL_PROPOSAL_COLUMNS: Final = (
    "bill_to", "service_place", "title", "message", "customer_notes",
)  # fmt: skip
_FIXED_PAYMENT_COLUMNS: Final = (
    "kind", "reverses_id", "paid_on", "method", "currency", "amount_cents", "tip_cents",
    "fee_cents", "created_at",
)  # fmt: skip
# What names a person: fixed as well, until that person is erased.
_PERSONAL_INVOICE_COLUMNS: Final = (
    "bill_to",
    "service_place",
    "po",
    "message",
    "customer_notes",
    "tax_note",
)


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
    """Triggers that keep what left the house as it is, whatever the program does."""
    return [
        *_document_guards(
            "invoices", "issued invoice is fixed", _FIXED_INVOICE_COLUMNS, _PERSONAL_INVOICE_COLUMNS
        ),
        *_part_guards("invoices", "invoice_id", ("invoice_lines", "invoice_taxes")),
        *_document_guards(
            "proposals", "sent proposal is fixed", _FIXED_PROPOSAL_COLUMNS,
            _PERSONAL_PROPOSAL_COLUMNS, deletable="OLD.erased_at IS NOT NULL",
        ),
        *_proposal_line_guards(),
        *_money_guards(),
    ]  # fmt: skip


def _document_guards(
    table: str,
    words: str,
    fixed: tuple[str, ...],
    personal: tuple[str, ...],
    deletable: str = "0",
) -> list[str]:
    """A document out of its draft state keeps its content; who it names may be erased."""
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in fixed)
    named = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in personal)
    erasing = "OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL"
    return [
        f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table}
            WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed}
            OR (({named}) AND NOT ({erasing})))
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
        f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            WHEN OLD.state <> 'draft' AND NOT ({deletable})
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
    ]


def _part_guards(table: str, key: str, parts: tuple[str, ...]) -> list[str]:
    return [
        f"""CREATE TRIGGER {part}_{event.lower()}_fixed BEFORE {event} ON {part}
            WHEN (SELECT state FROM {table} WHERE id = {row}.{key}) <> 'draft'
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END"""
        for part in parts
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ]


def _proposal_line_guards() -> list[str]:
    """What was offered stays; which of the optional lines the customer takes is known later."""
    sent = "FROM proposals WHERE id = {row}.proposal_id AND state <> 'draft' AND erased_at IS NULL"
    offered = (
        "option_n, is_optional, name, description, qty_milli, unit, unit_price_e4, discount_ppm,"
        " discount_fixed_cents, taxable, tax_code_id, amount_cents"
    )
    return [
        f"""CREATE TRIGGER proposal_lines_{event.split()[0].lower()}_fixed
            BEFORE {event} ON proposal_lines
            WHEN EXISTS (SELECT 1 {sent.format(row=row)})
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END"""
        for event, row in (("INSERT", "NEW"), (f"UPDATE OF {offered}", "OLD"), ("DELETE", "OLD"))
    ]


def _money_guards() -> list[str]:
    """Money that moved is countered by a further row, never changed or deleted."""
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED_PAYMENT_COLUMNS)
    used = ("payment_id", "credit_id", "invoice_id", "refund_id", "amount_cents", "applied_on")
    moved = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in used)
    words = "recorded money is fixed"
    return [
        f"""CREATE TRIGGER payments_fixed BEFORE UPDATE ON payments WHEN {changed}
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
        f"""CREATE TRIGGER payments_kept BEFORE DELETE ON payments
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
        f"""CREATE TRIGGER allocations_fixed BEFORE UPDATE ON allocations WHEN {moved}
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
        f"""CREATE TRIGGER allocations_kept BEFORE DELETE ON allocations
            WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) IS NOT 'draft'
            BEGIN SELECT RAISE(ABORT, '{words}'); END""",
    ]


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
