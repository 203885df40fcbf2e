"""Proposals through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.office import Office
from tests.integrations.pdf.pdf_text import page_texts
from tests.services.billing_tools import customer_named
from tests.services.proposal_tools import offer, proposal_of, sent, written


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
def business(office: Office) -> tuple[Path, str]:
    customer = customer_named(office)
    made = sent(
        office, customer, offer(10_000), offer(2_000, "Screens", is_optional=True),
        deposit_ppm=500_000, valid_until_on="",
    )  # fmt: skip
    written(office, customer, offer(100))
    number = str(proposal_of(office, made).number)
    assert office.close(10)
    return office.folder.path, number


def test_proposals_are_listed_by_state(run: Any, business: tuple[Path, str]) -> None:
    folder, number = business
    code, told, _err = run("proposal", "list", "--data", folder)
    assert (code, len(told["proposals"])) == (0, 2)
    code, told, _err = run("proposal", "list", "--state", "sent", "--data", folder)
    assert [(row["number"], row["state"]) for row in told["proposals"]] == [(number, "sent")]


def test_a_proposal_is_accepted_with_a_visit_and_a_deposit(
    run: Any, business: tuple[Path, str]
) -> None:
    folder, number = business
    command = (
        "proposal", "accept", number, "--data", folder, "--by", "Ellen", "--how", "phone", "--line",
        "2", "--visit", "2026-07-20T09:00",
    )  # fmt: skip
    code, told, _err = run(*command)
    assert (code, len(told["appointment_ids"])) == (0, 1)
    code, shown, _err = run("invoice", "show", told["deposit_number"], "--data", folder)
    assert shown["invoice"]["total_cents"] == 6_000
    assert run(*command)[0] == 1
    code, told, _err = run("proposal", "list", "--state", "accepted", "--data", folder)
    assert told["proposals"][0]["total_cents"] == 12_000


def test_the_pdf_is_the_one_that_was_sent(
    run: Any, business: tuple[Path, str], tmp_path: Path
) -> None:
    folder, number = business
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    assert run("proposal", "pdf", number, "--out", first, "--data", folder)[0] == 0
    run("proposal", "accept", number, "--by", "E", "--how", "email", "--data", folder)
    assert run("proposal", "pdf", number, "--out", second, "--data", folder)[0] == 0
    assert first.read_bytes() == second.read_bytes()
    assert number in page_texts(first.read_bytes())[0]
    code, _told, err = run("proposal", "pdf", "P-9", "--out", first, "--data", folder)
    assert (code, "P-9" in err) == (1, True)
