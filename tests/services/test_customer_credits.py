"""What issuing an invoice will take of a customer's credit."""

from __future__ import annotations

from tcf_desktop.services.queries.customer_credits import Credit, to_be_used

DEPOSIT = Credit("deposit", 10_000, None, 7, "D-1", "2026-06-30", 3)
NOTE = Credit("credit_note", 2_000, None, 8, "CN-1", "2026-06-01")
PAYMENT = Credit("payment", 4_500, 9, None, "1234", "2026-07-01")


def test_the_deposit_of_the_work_goes_by_itself_and_other_credit_when_wished() -> None:
    found = [DEPOSIT, NOTE, PAYMENT]
    assert to_be_used(found, 15_000, use_credit=False) == [(DEPOSIT, 10_000)]
    assert to_be_used(found, 15_000, use_credit=True) == [
        (DEPOSIT, 10_000), (NOTE, 2_000), (PAYMENT, 3_000),
    ]  # fmt: skip


def test_never_more_than_is_owed() -> None:
    assert to_be_used([DEPOSIT, NOTE], 6_000, use_credit=True) == [(DEPOSIT, 6_000)]
    assert to_be_used([DEPOSIT], 0, use_credit=True) == []
    assert to_be_used([NOTE], -500, use_credit=True) == []
