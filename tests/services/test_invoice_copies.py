"""Duplicates of documents."""

from __future__ import annotations

from dataclasses import replace

from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.invoice_copies import DuplicateInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.undo import UndoLast
from tests.services.billing_tools import (
    customer_named,
    detail_of,
    draft_of,
    issued,
    line,
)


def test_a_copy_is_a_draft_with_the_same_lines_and_figures(office: Office) -> None:
    lines = (line(450, 64_000, unit="pane", discount_ppm=100_000), line(2_500, name="Screens"))
    source = issued(office, customer_named(office), draft_of(*lines, discount_fixed_cents=500))
    made = detail_of(office, office.runner.run(DuplicateInvoice(source)))
    old = detail_of(office, source)
    assert (made.number, made.state, made.issued_on) == (None, "draft", None)
    assert made.lines == old.lines
    assert (made.total_cents, made.discount_cents) == (old.total_cents, old.discount_cents)
    office.runner.run(UndoLast())


def test_a_copy_of_a_credit_note_bills_again(office: Office) -> None:
    source = issued(office, customer_named(office), draft_of(line(10_000), line(300)))
    note = office.runner.run(CreditInvoice(source, ((0, 1000),)))
    made = detail_of(office, office.runner.run(DuplicateInvoice(note.id)))
    assert (made.doc_type, made.total_cents) == ("invoice", 10_000)
    assert made.lines == tuple(
        replace(old, qty_milli=1000, amount_cents=10_000, net_cents=10_000)
        for old in detail_of(office, note.id).lines
    )
