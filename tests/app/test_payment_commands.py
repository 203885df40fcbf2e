"""Payments through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.office import Office
from tests.services.billing_tools import customer_named, draft_of, issued, line


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str | Path) -> tuple[int, Any, str]:
        try:
            code = cli.main([*map(str, arguments), "--json"])
        except SystemExit as stop:
            code = int(stop.code or 0)
        done = capsys.readouterr()
        return code, json.loads(done.out) if done.out.startswith("{") else None, done.err

    return call


@pytest.fixture
def folder(office: Office) -> Path:
    customer = customer_named(office)
    assert customer == 1
    for cents in (10_000, 5_000):
        issued(office, customer, draft_of(line(cents)))
    assert office.close(10)
    return office.folder.path


def record(folder: Path, amount: str, *more: str) -> tuple[str | Path, ...]:
    return (
        "payment", "record", "--data", folder, "--customer", "1", "--amount", amount, "--method",
        "cheque", "--date", "2026-07-14", *more,
    )  # fmt: skip


def test_the_oldest_invoice_is_paid_first_and_the_rest_is_kept(run: Any, folder: Path) -> None:
    code, told, _err = run(*record(folder, "160.00", "--reference", "2101", "--tip", "2.50"))
    assert code == 0
    payment = told["payment"]
    assert (payment["invoices"], payment["unapplied_cents"]) == (["1001", "1002"], 750)
    assert (payment["tip_cents"], payment["reference"]) == (250, "2101")
    code, told, _err = run("payment", "list", "--show", "unapplied", "--data", folder)
    assert [row["id"] for row in told["payments"]] == [1]
    assert told["moved_cents"] == 16_000


def test_invoices_are_named_with_or_without_an_amount(run: Any, folder: Path) -> None:
    code, told, _err = run(*record(folder, "60", "--invoice", "1002=12.5", "--invoice", "1001"))
    assert code == 0
    assert told["payment"]["unapplied_cents"] == 0
    code, told, _err = run("invoice", "show", "1001", "--data", folder)
    assert told["invoice"]["open_cents"] == 5_250


def test_a_reversal_needs_a_reason_and_comes_once(run: Any, folder: Path) -> None:
    run(*record(folder, "100"))
    reverse = ("payment", "reverse", "1", "--data", folder, "--reason", "Bounced")
    code, told, _err = run(*reverse, "--on", "2026-07-20")
    assert (code, told["payment"]["reversed"]) == (0, True)
    assert run(*reverse)[0] == 1
    code, told, _err = run("payment", "list", "--data", folder)
    assert [row["kind"] for row in told["payments"]] == ["reversal", "payment"]
    assert told["moved_cents"] == 0


@pytest.mark.parametrize("amount", ["1e9", "-5", "0", "abc", "99999999999999999999"])
def test_odd_amounts_are_refused_and_nothing_is_recorded(
    run: Any, folder: Path, amount: str
) -> None:
    code, _told, err = run(*record(folder, amount))
    assert code in {1, 2}
    assert err
    assert run("payment", "list", "--data", folder)[1]["payments"] == []


def test_somebody_elses_invoice_is_refused(run: Any, folder: Path) -> None:
    code, _told, err = run(*record(folder, "10", "--invoice", "7777"))
    assert code == 1
    assert "7777" in err
