"""Moving the data: complete in one place or the other, never in neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcf_desktop.app import move_data as module
from tcf_desktop.app.move_data import move_data, moved_to
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.office import NewBusiness, Office


@pytest.fixture
def source(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "Dropbox" / "office")
    Office.create(folder, FrozenClock(0), NewBusiness("Moving")).close()
    (folder.files / "deep").mkdir(parents=True)
    (folder.files / "deep" / "a.pdf").write_bytes(b"%PDF" * 500_000)
    return folder


def name_in(folder: DataFolder) -> str:
    office = Office.open(folder, FrozenClock(0))
    try:
        return str(office.read(lambda r: r.value("SELECT name FROM business")))
    finally:
        office.close()


def test_everything_arrives_and_the_old_address_still_leads_there(
    source: DataFolder, tmp_path: Path
) -> None:
    target = tmp_path / "own" / "office"
    new = move_data(source, target)
    assert name_in(new) == "Moving"
    assert (new.files / "deep" / "a.pdf").read_bytes() == b"%PDF" * 500_000
    assert not source.has_business()
    assert moved_to(source) == new
    assert moved_to(new) == new


def test_a_target_with_files_is_refused(source: DataFolder, tmp_path: Path) -> None:
    target = tmp_path / "own"
    target.mkdir()
    (target / "letter.txt").write_text("mine")
    with pytest.raises(AppError) as caught:
        move_data(source, target)
    assert caught.value.code == "data.exists"
    assert name_in(source) == "Moving"


def test_a_copy_that_differs_leaves_the_old_data_complete(
    source: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(["a", "b"])
    monkeypatch.setattr(module, "_digest", lambda path: next(digests))
    with pytest.raises(AppError) as caught:
        move_data(source, tmp_path / "own" / "office")
    assert caught.value.code == "data.move_failed"
    assert name_in(source) == "Moving"
    assert not (tmp_path / "own" / "office").exists()
    assert list((tmp_path / "own").iterdir()) == []


def test_notes_that_lead_in_a_circle_or_nowhere_end(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path / "a"), DataFolder(tmp_path / "b")
    for here, there in ((first, second), (second, first)):
        here.path.mkdir()
        (here.path / "moved-to.json").write_text(f'{{"to": "{there.path}"}}')
    assert moved_to(first) in {first, second}
    (first.path / "moved-to.json").write_text("[]")
    assert moved_to(first) == first
