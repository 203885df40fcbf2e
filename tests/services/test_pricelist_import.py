"""Price lists from files: hostile until parsed, previewed, all or nothing, one step back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import ImportPlan
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.price_file import file_price
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.importers import importer, parse_files
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.undo import UndoLast


def planned(office: Office, tmp_path: Path, text: str) -> ImportPlan:
    path = tmp_path / "prices.csv"
    path.write_text(text, encoding="utf-8")
    parsed = parse_files(office.ports.files, "pricelist", [str(path)])
    return office.read(lambda r: importer("pricelist").plan(r, parsed, None))


def imported(office: Office, plan: ImportPlan) -> None:
    office.runner.run(importer("pricelist").command(plan, Progress()))


def service(office: Office, name: str) -> tuple[object, ...]:
    row = office.read(
        lambda r: r.one(
            "SELECT price_e4, unit, description, minutes, taxable, is_good FROM services"
            " WHERE name = ? AND deleted_at IS NULL",
            (name,),
        )
    )
    assert row is not None
    return tuple(row)


def test_new_ones_come_in_and_known_ones_change_in_what_the_file_says(
    office: Office, tmp_path: Path
) -> None:
    office.runner.run(SaveService(None, "Mowing", 40_00 * E4, "Front and back", "lawn", 45))
    plan = planned(
        office,
        tmp_path,
        "Item,Rate,Unit,Description,Duration,Taxable,Type\n"
        'mowing,"$42.50",,,,,\n'
        "Bag of salt,12.5,bag,Twenty pounds,0,no,Inventory\n"
        "Hedge,$0.0525,sq ft,,1h30,yes,Service\n",
    )
    assert [row.action.value for row in plan.rows] == ["update", "add", "add"]
    assert [(change.field, change.old, change.new) for change in plan.rows[0].changes] == [
        ("price_e4", "40.00", "42.50")
    ]
    imported(office, plan)
    assert service(office, "Mowing") == (42_50 * E4, "lawn", "Front and back", 45, 1, 0)
    assert service(office, "Bag of salt") == (12_50 * E4, "bag", "Twenty pounds", 0, 0, 1)
    assert service(office, "Hedge") == (52_500, "sq ft", "", 90, 1, 0)
    office.runner.run(UndoLast())
    assert service(office, "Mowing")[0] == 40_00 * E4
    assert planned(office, tmp_path, "name,price\nMowing,40\n").rows[0].action.value == "skip"


def test_rows_that_cannot_be_read_are_said_and_the_others_come_in(
    office: Office, tmp_path: Path
) -> None:
    text = "name,price,minutes\n,5,\nA,1e9,\nB,99999999999999999999,\nC,7,soon\nD,8,\nd,9,\nE,,\n"
    plan = planned(office, tmp_path, text)
    assert [row.action.value for row in plan.rows] == [
        "in_doubt", "in_doubt", "in_doubt", "in_doubt", "add", "in_doubt", "in_doubt",
    ]  # fmt: skip
    assert all(row.reason for row in plan.rows if row.action.value == "in_doubt")
    imported(office, plan)
    assert service(office, "D")[0] == 8_00 * E4


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.50", 12_50), ("12,50", 12_50), ("1.234,50", 1_234_50), ("1,234.50", 1_234_50),
        ("1,234", 1_234_00), ("-5", -5_00), ("€ 12,5", 12_50), ("12.–", 12_00),
    ],
)  # fmt: skip
def test_decimals_are_read_by_comma_and_by_point(text: str, cents: int) -> None:
    assert file_price(text, "EUR") == cents * E4


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"street,city\nMain,Sioux Falls\n", "prices.columns"),
        (b"name,price\n", "import.nothing_found"),
        (b"name,price\n" + b"a,1\n" * 5_001, "import.too_many"),
        (b'name,price\n"open,1\n', "import.open_quote"),
        (b"PK\x03\x04" + bytes(64), "import.spreadsheet"),
    ],
)
def test_hostile_files_are_refused(
    office: Office, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        parse_files(office.ports.files, "pricelist", [str(path)])
    assert caught.value.code.split(".")[0] in {"import", "prices"}
    if code != "import.spreadsheet":
        assert caught.value.code == code
