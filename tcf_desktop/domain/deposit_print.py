"""From a deposit slip's raw facts to the strings on its page. It is for the office and its bank."""

from __future__ import annotations

from dataclasses import dataclass

from tcf_desktop.domain.document_words import document_words
from tcf_desktop.domain.invoice_print import Letterhead, contact_lines
from tcf_desktop.domain.money import format_amount, format_money
from tcf_desktop.domain.print_document import PaperFrame, PrintColumn, PrintRow, PrintTotal

_METHODS = {"cash": "Cash", "cheque": "Checks"}


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A payment on the slip; ``method`` is cash or cheque, minor units."""

    customer: str
    method: str
    reference: str
    cents: int


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """A deposit slip as stored; the date is ISO."""

    id: int
    deposited_on: str
    account: str
    note: str
    currency: str
    lines: tuple[SlipLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipDocument(PaperFrame):
    """What the PDF of a deposit slip shows."""

    columns: tuple[PrintColumn, ...]
    rows: tuple[PrintRow, ...]
    totals: tuple[PrintTotal, ...]
    note: str = ""


def build_slip(facts: SlipFacts, head: Letterhead) -> SlipDocument:
    """Word the page."""
    words = document_words("en")
    totals = []
    for method, title in _METHODS.items():
        some = [line.cents for line in facts.lines if line.method == method]
        if some:
            label = f"{title} ({len(some)})"
            totals.append(PrintTotal(label, format_money(sum(some), facts.currency)))
    total = format_money(sum(line.cents for line in facts.lines), facts.currency)
    totals.append(PrintTotal("Deposit", total, strong=True))
    details = (("Date", words.day(facts.deposited_on)), ("Account", facts.account))
    return SlipDocument(
        title="Deposit slip",
        business_name=head.name,
        number=str(facts.id),
        business_lines=contact_lines(head),
        logo_png=head.logo_png,
        facts=tuple((label, value) for label, value in details if value),
        due_label="Deposit",
        due_amount=total,
        continued=f"Deposit slip {facts.id}",
        look=head.look,
        columns=(
            PrintColumn("From", right=False, stretch=True),
            PrintColumn("Kind", least=70.0),
            PrintColumn("Reference", least=110.0),
            PrintColumn("Amount", least=90.0),
        ),
        rows=tuple(
            PrintRow(
                (
                    line.customer,
                    "Cash" if line.method == "cash" else "Check",
                    line.reference,
                    format_amount(line.cents, facts.currency),
                )
            )
            for line in facts.lines
        ),
        totals=tuple(totals),
        note=facts.note,
    )
