"""The business, its taxes and its logo: saved, refused in words, taken back."""

from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.company import DeleteTax, SaveBusiness, SaveLogo, SaveTax
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.settings import business_facts, logo, setting, taxes
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.services.undo import UndoLast

PNG = b"\x89PNG\r\n\x1a\n"


def code_of(office: Office, command: object) -> str:
    with pytest.raises(AppError) as refused:
        office.runner.run(command)  # type: ignore[arg-type]
    return refused.value.code


def test_several_fields_are_one_change(office: Office) -> None:
    before = office.read(business_facts)
    office.runner.run(SaveBusiness((("phone", "1"), ("terms_days", 14), ("name", " A "))))
    after = office.read(business_facts)
    assert (after.phone, after.terms_days, after.name) == ("1", 14, "A")
    office.runner.run(UndoLast())
    assert office.read(business_facts) == before


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "  ", "company.name_empty"),
        ("zone", "Mars/Base", "company.zone_unknown"),
        ("zone", "../etc/passwd", "company.zone_unknown"),
        ("invoice_pattern", "none", "numbering.bad_pattern"),
    ],
)
def test_nonsense_is_refused_and_nothing_changes(
    office: Office, field: str, value: str, code: str
) -> None:
    before = office.read(business_facts)
    assert code_of(office, SaveBusiness((("phone", "9"), (field, value)))) == code
    assert office.read(business_facts) == before


def test_a_tax_keeps_the_order_of_its_parts_and_comes_back(office: Office) -> None:
    tax_id = office.runner.run(SaveTax(None, " County ", (("A", 10_000), ("B", 5_000))))
    office.runner.run(SaveTax(tax_id, "County", (("B", 5_000),)))
    found = next(row for row in office.read(taxes) if row.id == tax_id)
    assert [(part.name, part.rate_ppm) for part in found.parts] == [("B", 5_000)]
    office.runner.run(UndoLast())
    found = next(row for row in office.read(taxes) if row.id == tax_id)
    assert [(part.name, part.rate_ppm) for part in found.parts] == [("A", 10_000), ("B", 5_000)]
    assert found.rate_ppm == 15_000


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("", (("A", 1),), "company.tax_unnamed"),
        ("A", (), "company.tax_rate"),
        ("A", (("A", -1),), "company.tax_rate"),
        ("A", (("A", 1_000_001),), "company.tax_rate"),
        ("A", tuple((str(n), 1) for n in range(9)), "company.tax_rate"),
    ],
)
def test_a_tax_without_name_or_rate_is_refused(
    office: Office, name: str, parts: tuple[tuple[str, int], ...], code: str
) -> None:
    assert code_of(office, SaveTax(None, name, parts)) == code
    assert len(office.read(taxes)) == 1


def test_a_tax_in_use_stays(office: Office) -> None:
    default = office.read(taxes)[0]
    assert code_of(office, DeleteTax(default.id)) == "company.tax_default"
    office.runner.run(SaveBusiness((("default_tax_id", None),)))
    office.runner.run(DeleteTax(default.id))
    assert office.read(taxes) == []
    office.runner.run(UndoLast())
    assert office.read(taxes) == [default]


def test_a_tax_of_a_location_stays(sample_office: Office) -> None:
    used = next(row for row in sample_office.read(taxes) if row.places)
    assert code_of(sample_office, DeleteTax(used.id)) == "company.tax_in_use"


def test_a_logo_is_replaced_and_removed(office: Office) -> None:
    assert office.read(logo) is None
    office.runner.run(SaveLogo(PNG))
    office.runner.run(SaveLogo(PNG + b"2"))
    assert office.read(logo) == PNG + b"2"
    office.runner.run(SaveLogo(None))
    assert office.read(logo) is None


def test_a_setting_is_any_json_and_can_be_undone(office: Office) -> None:
    office.runner.run(SetSetting("phones.port", {"port": 8420, "on": True}))
    office.runner.run(SetSetting("phones.port", [1, "ü"]))
    assert office.read(lambda r: setting(r, "phones.port")) == [1, "ü"]
    office.runner.run(UndoLast())
    assert office.read(lambda r: setting(r, "phones.port")) == {"port": 8420, "on": True}
    assert office.read(lambda r: setting(r, "nothing", 7)) == 7
