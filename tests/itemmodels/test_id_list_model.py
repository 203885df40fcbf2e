"""The list model: any change of the id list keeps selection and agrees with a plain list."""

from __future__ import annotations

import gc
import os
import random
import sys
from collections.abc import Mapping, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import ID_ROLE, WINDOW, IdListModel

VOID_CALLS = int(os.environ.get("TCF_VOID_CALLS", "500"))


class Source:
    """A table whose reads are counted."""

    def __init__(self) -> None:
        self.reads: list[int] = []
        self.gone: set[int] = set()
        self.names: dict[int, str] = {}

    def fetch(self, ids: Sequence[int]) -> Mapping[int, str]:
        self.reads.append(len(ids))
        return {i: self.names.get(i, f"row {i}") for i in ids if i not in self.gone}


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(source: Source, qapp: object) -> IdListModel[str]:
    columns = [Column[str]("name", "Name", lambda row: row, second=lambda row: row.upper())]
    return IdListModel(columns, source.fetch)


def shown(model: IdListModel[str]) -> list[int]:
    return [model.data(model.index(place, 0), ID_ROLE) for place in range(model.rowCount())]


def test_any_sequence_of_lists_keeps_persistent_places_on_their_ids(
    model: IdListModel[str],
) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    random_source = random.Random(7)
    model.set_ids(range(30))
    followed = {n: QPersistentModelIndex(model.index(n, 0)) for n in range(0, 30, 3)}
    for _ in range(300):
        wanted = random_source.sample(range(40), random_source.randrange(0, 40))
        model.set_ids(wanted)
        assert shown(model) == wanted
        for row_id, index in list(followed.items()):
            if row_id in wanted:
                assert index.isValid()
                assert index.row() == wanted.index(row_id)
            else:
                assert not index.isValid()
                del followed[row_id]
        for row_id in random_source.sample(wanted, min(3, len(wanted))):
            followed[row_id] = QPersistentModelIndex(model.index(wanted.index(row_id), 0))
    del tester


def test_the_selection_follows_its_row_when_the_order_changes(model: IdListModel[str]) -> None:
    model.set_ids([1, 2, 3, 4])
    selection = QItemSelectionModel(model)
    selection.select(model.index(2, 0), QItemSelectionModel.SelectionFlag.Select)
    model.set_ids([3, 9, 1])
    assert [index.row() for index in selection.selectedIndexes()] == [0]


def test_rows_are_read_in_windows_and_only_when_looked_at(
    model: IdListModel[str], source: Source
) -> None:
    model.set_ids(range(100_000))
    assert source.reads == []
    for place in range(50_000, 50_040):
        assert model.data(model.index(place, 0)) == f"row {place}"
    assert len(source.reads) == 1
    assert source.reads[0] <= WINDOW


def test_an_invalidated_row_is_read_again(model: IdListModel[str], source: Source) -> None:
    model.set_ids([1, 2])
    assert model.data(model.index(0, 0)) == "row 1"
    source.names[1] = "renamed"
    model.invalidate([1])
    assert model.data(model.index(0, 0)) == "renamed"


def test_a_row_deleted_behind_the_view_is_empty_not_an_error(
    model: IdListModel[str], source: Source
) -> None:
    model.set_ids([1, 2])
    source.gone.add(2)
    assert model.data(model.index(1, 0)) is None
    assert model.row_at(1) is None


def test_a_cell_is_read_aloud_with_its_column(model: IdListModel[str]) -> None:
    model.set_ids([5])
    spoken = model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Name: row 5, ROW 5"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_reading_the_model_leaves_none_alone(model: IdListModel[str]) -> None:
    model.set_ids(range(10))
    index = model.index(0, 0)
    model.data(index, 9999)
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(VOID_CALLS):
        model.data(index, 9999)
        model.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 50
