from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.itemmodels.contact_list import ContactListModel
from tcf_desktop.itemmodels.import_rows import ImportRowsModel, action_tone, action_word
from tcf_desktop.services.queries.contact_rows import ContactRow

ROWS = {
    1: ContactRow(1, "Bergstrom, Ellen", "customer", 1, "605-555-0148", 0, False, ""),
    2: ContactRow(2, "Moen, Astrid", "prospect", 2, "", 164_50, True, "2026-07-15", "Moen & Co"),
    3: ContactRow(3, "Dahl", "customer", 0, "1", 100, False, "2026-07-14", hit="Shore Dr"),
}


def fetch(ids: Sequence[int]) -> dict[int, ContactRow]:
    return {key: ROWS[key] for key in ids}


@pytest.fixture
def model(qapp: object) -> ContactListModel:
    made = ContactListModel(fetch, lambda: "USD", lambda: "2026-07-14")
    made.set_ids([1, 2, 3])
    return made


def texts(model: ContactListModel, role: Qt.ItemDataRole) -> list[list[str]]:
    return [
        [str(model.data(model.index(row, column), role)) for column in range(4)]
        for row in range(model.rowCount())
    ]


def test_cells_show_names_numbers_amounts_and_days(model: ContactListModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert texts(model, Qt.ItemDataRole.DisplayRole) == [
        ["Bergstrom, Ellen", "605-555-0148", "—", "—"],
        ["Moen, Astrid", "—", "164.50", "Tomorrow"],
        ["Dahl", "1", "1.00", "Today"],
    ]


def test_cells_are_read_aloud_in_sentences(model: ContactListModel) -> None:
    spoken = texts(model, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[0][0] == "Bergstrom, Ellen, Customer · 1 location"
    assert spoken[0][2:] == ["owes nothing", "no visit planned"]
    assert spoken[1][0] == "Moen, Astrid, Moen & Co · Prospect · 2 locations"
    assert spoken[1][2:] == ["owes $164.50, overdue", "next visit Wednesday, July 15"]
    assert spoken[2][0] == "Dahl, Customer · Shore Dr"
    assert spoken[2][2] == "owes $1.00"


def test_import_rows_are_filtered_and_changed_in_place(qapp: object) -> None:
    model = ImportRowsModel()
    rows = [
        PlanRow(n, n, "a.csv", action, f"P{n}", payload=n)
        for n, action in enumerate([Action.ADD, Action.IN_DOUBT, Action.SKIP, Action.ADD], 1)
    ]
    model.set_rows(rows)
    assert model.rowCount() == 4
    model.show_action(Action.ADD)
    assert list(model.ids) == [0, 3]
    model.change([0], [PlanRow(1, 1, "a.csv", Action.IN_DOUBT, "P1")])
    assert list(model.ids) == [3]
    model.show_action(None)
    assert model.rowCount() == 4
    assert next(action_word(row.action) for row in model.plan_rows) == "In doubt"
    assert {action_tone(action) for action in Action} == {"ok", "info", "warn", "neutral"}
