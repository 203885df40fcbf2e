"""Proposals, credit notes, deposits, repeating invoices, tax codes, prices to four decimals."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection

from tcf_desktop.models.migrations import layouts

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Prices are kept in ten-thousandths of a minor unit; every document so far was an invoice
    whose net is its subtotal. What was done before stays done: the old values that Undo kept are
    in the old columns."""
    layouts.bring_to(op.get_bind(), "0004", _move, _fill)


def _move(connection: Connection) -> None:
    """Columns that are named anew are filled before the tables are built anew."""
    for table, old, new in (
        ("services", "price_cents", "price_e4"),
        ("list_prices", "price_cents", "price_e4"),
        ("appointment_lines", "unit_price_cents", "unit_price_e4"),
        ("series_lines", "unit_price_cents", "unit_price_e4"),
        ("invoice_lines", "unit_price_cents", "unit_price_e4"),
    ):
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
        connection.exec_driver_sql(f"UPDATE {table} SET {new} = {new} * 10000")
    connection.exec_driver_sql("UPDATE journal SET undoable = 0")
    connection.exec_driver_sql("UPDATE payments SET method = 'cheque' WHERE method = 'check'")
    connection.exec_driver_sql(
        "UPDATE payments SET method = 'other'"
        " WHERE method NOT IN ('cash', 'cheque', 'card', 'transfer', 'other')"
    )


def _fill(connection: Connection) -> None:
    """New columns that follow from old ones; the guards of issued documents come afterwards."""
    for statement in (
        "UPDATE invoices SET net_cents = subtotal_cents",
        "UPDATE invoice_lines SET net_cents = amount_cents,"
        " tax_ppm = CASE WHEN taxable = 1 THEN coalesce((SELECT sum(t.rate_ppm)"
        " FROM invoice_taxes t WHERE t.invoice_id = invoice_lines.invoice_id), 0) ELSE 0 END",
        "UPDATE payments SET unapplied_cents = max(0, amount_cents - coalesce((SELECT"
        " sum(a.amount_cents) FROM allocations a WHERE a.payment_id = payments.id), 0)),"
        " currency = (SELECT currency FROM business WHERE id = 1)",
        "UPDATE allocations SET applied_on = (SELECT paid_on FROM payments WHERE id = payment_id)",
    ):
        connection.exec_driver_sql(statement)
