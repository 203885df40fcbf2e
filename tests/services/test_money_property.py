"""Whatever is done with money, in any order: the books agree and nothing is made or lost."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.check import check_office
from tcf_desktop.services.command import Command
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.invoices import IssueInvoice, VoidInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import (
    ApplyCredit,
    RecordPayment,
    RefundCredit,
    ReversePayment,
    WriteOff,
)
from tests.services.billing_tools import TODAY, customer_named, draft_of, drafted, line

STEPS = ("issue", "pay", "over", "credit", "apply", "refund", "write_off", "reverse", "void")


def command_of(step: str, pick: int, cents: int, ids: dict[str, list[int]]) -> Command[object]:
    invoice = ids["invoices"][pick % len(ids["invoices"])]
    payment = ids["payments"][pick % len(ids["payments"])] if ids["payments"] else 0
    note = ids["notes"][pick % len(ids["notes"])] if ids["notes"] else None
    source = {"document_id": note} if note and pick % 2 else {"payment_id": payment}
    customer = ids["customers"][0]
    made: dict[str, Command[object]] = {
        "pay": RecordPayment(customer, TODAY, "cash", ((invoice, cents),)),
        "over": RecordPayment(
            customer, TODAY, "cheque", ((invoice, cents),), amount_cents=2 * cents + 50,
            tip_cents=50,
        ),
        "credit": CreditInvoice(invoice, ((0, 1_000 * (pick % 4)),) if pick % 3 else None),
        "apply": ApplyCredit(invoice, cents, TODAY, **source),
        "refund": RefundCredit(cents, TODAY, "cash", **source),
        "write_off": WriteOff(invoice, TODAY, "Small"),
        "reverse": ReversePayment(payment, TODAY, "Bounced"),
        "void": VoidInvoice(note if note and pick % 2 else invoice, "Wrong"),
    }  # fmt: skip
    return made[step]


def ids_of(office: Office, customer: int) -> dict[str, list[int]]:
    def column(sql: str) -> list[int]:
        return [row[0] for row in office.read(lambda r: r.all(sql))]

    return {
        "customers": [customer],
        "invoices": column("SELECT id FROM invoices WHERE doc_type = 'invoice' AND number NOTNULL"),
        "notes": column("SELECT id FROM invoices WHERE doc_type = 'credit_note'"),
        "payments": column("SELECT id FROM payments ORDER BY id"),
    }


def balance(office: Office, sql: str) -> int:
    return int(office.read(lambda r: r.value(f"SELECT coalesce(sum({sql}")) or 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 7), st.integers(1, 1_200)), max_size=14
    )
)
def test_the_books_agree_after_anything(office: Office, steps: list[tuple[str, int, int]]) -> None:
    customer = customer_named(office)
    for step, pick, cents in [("issue", 0, 0), ("issue", 1, 0), *steps]:
        with suppress(AppError):  # what cannot be is refused; nothing of it may stay behind
            if step == "issue":
                draft = drafted(office, customer, draft_of(line(300, 3_000), line(333 + pick)))
                office.runner.run(IssueInvoice(draft, TODAY, use_credit=pick % 2 == 1))
            else:
                office.runner.run(command_of(step, pick, cents, ids_of(office, customer)))
    report = check_office(office)
    assert report.ok, report.lines()
    owed = balance(office, "open_cents), 0) FROM invoices")
    credit = balance(office, "unapplied_cents), 0) FROM payments")
    billed = balance(office, "total_cents), 0) FROM invoices WHERE state NOT IN ('draft', 'void')")
    money = balance(
        office,
        "CASE kind WHEN 'refund' THEN -amount_cents WHEN 'reversal' THEN CASE (SELECT kind FROM"
        " payments o WHERE o.id = p.reverses_id) WHEN 'refund' THEN amount_cents - tip_cents ELSE"
        " tip_cents - amount_cents END ELSE amount_cents - tip_cents END), 0) FROM payments p",
    )
    assert owed - credit == billed - money
