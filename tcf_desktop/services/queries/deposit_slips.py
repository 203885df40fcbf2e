"""Deposit slips: the list, and one as it is printed for the bank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.deposit_print import SlipDocument, SlipFacts, SlipLine, build_slip
from tcf_desktop.services.queries.invoice_paper import letterhead

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A deposit slip; the sum is of its payments, minor units."""

    id: int
    deposited_on: str
    account: str
    payments: int
    cents: int


def deposit_slips(r: Reader) -> tuple[SlipRow, ...]:
    """The newest 500."""
    return tuple(
        SlipRow(*row)
        for row in r.all(
            "SELECT d.id, d.deposited_on, d.account, count(p.id), coalesce(sum(p.amount_cents), 0)"
            " FROM deposit_slips d LEFT JOIN payments p ON p.deposit_slip_id = d.id GROUP BY d.id"
            " ORDER BY d.deposited_on DESC, d.id DESC LIMIT 500"
        )
    )


def slip_document(r: Reader, slip_id: int) -> SlipDocument:
    """The page, ready to be rendered; ``data.gone``."""
    row = r.one("SELECT deposited_on, account, note FROM deposit_slips WHERE id = ?", (slip_id,))
    if row is None:
        raise AppError("data.gone")
    lines = tuple(
        SlipLine(*found)
        for found in r.all(
            "SELECT c.display_name, p.method, p.reference, p.amount_cents FROM payments p"
            " JOIN contacts c ON c.id = p.contact_id WHERE p.deposit_slip_id = ?"
            " ORDER BY p.method DESC, p.id",
            (slip_id,),
        )
    )
    currency = str(r.value("SELECT currency FROM business WHERE id = 1"))
    on, account, note = row
    return build_slip(SlipFacts(slip_id, on, account, note, currency, lines), letterhead(r))
