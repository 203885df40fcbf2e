"""What goes of an erased person's papers: proposals, repeating invoices, kept copies of documents.

Issued invoices and their kept copies stay as long as the office has to keep the name on them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tcf_desktop.services.queries.privacy import IDS, INVOICES, PLANS, PROPOSALS

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

# Copies that the office has to keep as long as the document carries the name.
_OWED: Final = "kind IN ('invoice', 'credit_note', 'deposit', 'receipt')"

# What goes, in an order that the references between the tables allow.
STRIPPED: Final = {
    "archived_documents": f"contact_id IN {IDS} AND NOT {_OWED}",
    "invoice_reminders": f"invoice_id IN {INVOICES}",
    "proposal_taxes": f"proposal_id IN {PROPOSALS}",
    "proposal_lines": f"proposal_id IN {PROPOSALS}",
    "proposal_options": f"proposal_id IN {PROPOSALS}",
    "proposals": f"contact_id IN {IDS}",
    "billing_runs": f"plan_id IN {PLANS}",
    "billing_plan_lines": f"plan_id IN {PLANS}",
    "billing_plans": f"contact_id IN {IDS}",
}


def own_files(uow: UnitOfWork, ids: str) -> tuple[str, ...]:
    """The bytes that go with the person: nobody else has them, also not in what undo remembers."""
    return tuple(
        row[0]
        for row in uow.rows(
            f"SELECT sha256 FROM attachments WHERE contact_id IN {IDS} UNION"
            f" SELECT sha256 FROM archived_documents WHERE contact_id IN {IDS} AND NOT {_OWED}"
            f" EXCEPT SELECT sha256 FROM attachments WHERE contact_id NOT IN {IDS}"
            f" EXCEPT SELECT sha256 FROM archived_documents WHERE contact_id NOT IN {IDS}"
            f" OR {_OWED}"
            " EXCEPT SELECT json_extract(before, '$.sha256') FROM journal_rows"
            " WHERE table_name = 'attachments'",
            (ids,),
        )
    )


def strip_papers(uow: UnitOfWork, ids: str) -> None:
    """Take away proposals with all revisions, repeating invoices, and copies that nothing obliges
    to keep. ``ids`` are the person's records as a JSON list."""
    for table in ("invoices", "appointments"):
        _run(uow, f"UPDATE {table} SET proposal_id = NULL WHERE proposal_id IN {PROPOSALS}", ids)
    _run(
        uow,
        f"UPDATE proposals SET erased_at = {uow.now_at}, replaces_id = NULL, location_id = NULL"
        f" WHERE contact_id IN {IDS}",
        ids,
    )
    for table, where in STRIPPED.items():
        _run(uow, f"DELETE FROM {table} WHERE {where}", ids)


def strip_copies(uow: UnitOfWork, person: list[int], start: str) -> None:
    """Take away the kept copies of documents that carry no name any more; ``start`` is the ISO
    date from which names are kept."""
    ids = json.dumps(person)
    uow.rows(
        f"DELETE FROM archived_documents WHERE contact_id IN {IDS}"
        " AND (invoice_id IS NULL OR invoice_id IN"
        " (SELECT id FROM invoices WHERE erased_at IS NOT NULL OR state = 'draft'))"
        " AND (payment_id IS NULL OR payment_id IN"
        " (SELECT id FROM payments WHERE paid_on < ?2)) RETURNING id",
        (ids, start),
    )


def _run(uow: UnitOfWork, sql: str, ids: str) -> None:
    uow.connection.exec_driver_sql(sql, (ids,))
