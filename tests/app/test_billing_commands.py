"""Invoices through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.invoices import DraftInvoice, SaveInvoiceDraft
from tcf_desktop.services.office import Office


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        done = capsys.readouterr()
        return code, done.out, done.err

    return call


@pytest.fixture
def folder(office: Office) -> Path:
    from tcf_desktop.domain.contacts import ContactDraft
    from tcf_desktop.services.contacts import SaveContact

    customer = office.runner.run(SaveContact(ContactDraft(first_name="Astrid", last_name="Moen")))
    draft = office.runner.run(DraftInvoice(customer))
    lines = (InvoiceLineDraft("Windows", qty_milli=64_000, unit_price_e4=450 * E4),)
    content = InvoiceDraft(None, "Astrid Moen", "", "", "", 30, None, "", lines)
    office.runner.run(SaveInvoiceDraft(draft, content))
    office.close()
    return office.folder.path


def test_a_draft_is_listed_issued_and_printed(folder: Path, run: Any, tmp_path: Path) -> None:
    base = ("--json", "--data", folder, "--date", "2026-07-14")
    code, out, _ = run(*base, "invoice", "list")
    (draft,) = json.loads(out)["invoices"]
    assert code == 0
    assert (draft["number"], draft["state"], draft["total_cents"], draft["open_cents"]) == (
        None, "draft", 28_800, 0,
    )  # fmt: skip
    code, out, err = run(*base, "invoice", "issue", str(draft["id"]))
    assert (code, err) == (0, "")
    issued = json.loads(out)["invoice"]
    assert (issued["number"], issued["issued_on"], issued["open_cents"], issued["overdue"]) == (
        "1001", "2026-07-14", 28_800, False,
    )  # fmt: skip
    target = tmp_path / "invoice.pdf"
    code, out, _ = run(*base, "invoice", "pdf", "1001", "--out", target)
    assert (code, json.loads(out)["file"]) == (0, str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    late = json.loads(run("--json", "--data", folder, "--date", "2026-09-01", "invoice", "list")[1])
    assert late["invoices"][0]["overdue"] is True
    code, out, _ = run("--data", folder, "invoice", "list", "--state", "open")
    assert "1001" in out


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("invoice", "issue", "99"), "data.gone"),
        (("invoice", "pdf", "4711", "--out", "x.pdf"), "invoice.unknown"),
    ],
)
def test_refusals_have_a_code(
    folder: Path, run: Any, arguments: tuple[str, ...], refusal: str
) -> None:
    code, out, _ = run("--json", "--data", folder, *arguments)
    assert (code, json.loads(out)["error"]["code"]) == (1, refusal)


def test_an_issued_invoice_is_not_issued_again(folder: Path, run: Any) -> None:
    assert run("--data", folder, "invoice", "issue", "1")[0] == 0
    code, out, _ = run("--json", "--data", folder, "invoice", "issue", "1")
    assert (code, json.loads(out)["error"]["code"]) == (1, "invoice.issued")


def test_wrong_usage_exits_2(folder: Path, run: Any) -> None:
    assert run("--data", folder, "invoice", "issue", "one")[0] == 2
    assert run("--data", folder, "invoice", "pdf", "1001")[0] == 2


def test_an_invoice_is_shown_credited_and_voided(run: Any, folder: Path) -> None:
    _code, out, _err = run("invoice", "list", "--data", folder, "--json")
    draft = json.loads(out)["invoices"][0]["id"]
    assert run("invoice", "issue", str(draft), "--data", folder)[0] == 0
    code, out, _err = run("invoice", "credit", "1001", "--line", "1=4", "--data", folder, "--json")
    assert code == 0
    assert json.loads(out)["credit_note"] == {"id": 2, "number": "CN-1001", "total_cents": -1_800}
    code, out, _err = run("invoice", "show", "CN-1001", "--data", folder)
    assert "credit note CN-1001" in out
    assert "total −$18.00, open $0.00" in out
    code, _out, err = run("invoice", "credit", "1001", "--line", "1=61", "--data", folder)
    assert code == 1
    assert "60" in err
    code, out, _err = run("invoice", "void", "CN-1001", "--reason", "Slip", "--data", folder)
    assert (code, out.strip()) == (0, "invoice CN-1001 is void")
    assert run("invoice", "show", "9999", "--data", folder)[0] == 1
    assert run("invoice", "credit", "1001", "--line", "x=1", "--data", folder)[0] == 2
