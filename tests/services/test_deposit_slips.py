"""What is taken to the bank together: once each, and back again."""

from __future__ import annotations

import pytest

from tcf_desktop.services.deposit_slips import DeleteDepositSlip, MakeDepositSlip, slip_pdf
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment, ReversePayment
from tcf_desktop.services.queries.deposit_slips import SlipRow, deposit_slips
from tcf_desktop.services.queries.payments import payment_list
from tcf_desktop.services.undo import UndoLast
from tests.integrations.pdf.pdf_text import page_texts
from tests.services.billing_tools import TODAY, code_of, customer_named


@pytest.fixture
def paid(office: Office) -> list[int]:
    customer = customer_named(office)
    return [
        office.runner.run(RecordPayment(customer, TODAY, method, (), f"R{n}", 1_000 * (n + 1)))
        for n, method in enumerate(("cheque", "cash", "cheque", "card"))
    ]


def waiting(office: Office) -> list[int]:
    return list(office.read(lambda r: payment_list(r, shown="undeposited", descending=False)).ids)


def test_cash_and_cheques_wait_until_they_are_on_a_slip(office: Office, paid: list[int]) -> None:
    assert waiting(office) == paid[:3]
    slip = office.runner.run(MakeDepositSlip((paid[0], paid[1]), TODAY, "First Dakota 4471"))
    assert waiting(office) == [paid[2]]
    assert office.read(deposit_slips) == (SlipRow(slip, TODAY, "First Dakota 4471", 2, 3_000),)
    again = MakeDepositSlip((paid[0],), TODAY)
    assert code_of(office, again) == "deposit.not_free"
    assert code_of(office, MakeDepositSlip((paid[3],), TODAY)) == "deposit.not_free"
    assert code_of(office, MakeDepositSlip((), TODAY)) == "deposit.nothing"
    office.runner.run(ReversePayment(paid[2], TODAY, "Bounced"))
    assert code_of(office, MakeDepositSlip((paid[2],), TODAY)) == "deposit.not_free"


def test_a_slip_is_taken_apart_and_undo_puts_it_together(office: Office, paid: list[int]) -> None:
    slip = office.runner.run(MakeDepositSlip(tuple(paid[:2]), TODAY))
    office.runner.run(DeleteDepositSlip(slip))
    assert waiting(office) == paid[:3]
    office.runner.run(UndoLast())
    assert waiting(office) == [paid[2]]
    office.runner.run(UndoLast())
    assert waiting(office) == paid[:3]
    assert office.read(deposit_slips) == ()


def test_the_page_lists_each_and_the_sums(office: Office, paid: list[int]) -> None:
    slip = office.runner.run(MakeDepositSlip(tuple(paid[:3]), TODAY, "4471", "Night drop"))
    (page,) = page_texts(slip_pdf(office, slip))
    for words in ("Deposit slip", "4471", "R0", "R2", "Checks (2)", "$40.00", "Cash (1)", "$20.00",
                  "$60.00", "Night drop", "Ellen Moe"):  # fmt: skip
        assert words in page
