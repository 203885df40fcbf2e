"""When the sample business is built, built anew, and left alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app.bootstrap import open_office
from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.app.sample_folder import wanted
from tcf_desktop.app.session import Options, Session
from tcf_desktop.base.paths import DataFolder, demo_data_folder
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services.contacts import SaveContact

DAY = date(2026, 7, 14)


@pytest.fixture
def throw_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = demo_data_folder()
    assert folder.path.is_relative_to(tmp_path)
    return folder


def prepare(**options: Any) -> str:
    session = Session(Options(demo=True, size="small", **options), writes=False)
    try:
        session.ensure_business()
        names = session.office.read(
            lambda r: [row[0] for row in r.all("SELECT display_name FROM contacts ORDER BY id")]
        )
        return "\n".join(names)
    finally:
        session.close()


def add_contact(folder: DataFolder) -> None:
    office = open_office(folder)
    office.runner.run(SaveContact(ContactDraft(first_name="Mine", last_name="Own")))
    assert office.close()


def test_the_same_seed_and_date_give_the_same_business(tmp_path: Path) -> None:
    first = prepare(data=tmp_path / "a", seed=7, date=DAY)
    assert first == prepare(data=tmp_path / "b", seed=7, date=DAY)
    assert first != prepare(data=tmp_path / "c", seed=8, date=DAY)


def test_a_named_folder_is_filled_once_and_then_the_users(tmp_path: Path) -> None:
    prepare(data=tmp_path / "a", seed=7, date=DAY)
    add_contact(DataFolder(tmp_path / "a"))
    assert "Mine Own" in prepare(data=tmp_path / "a", seed=8)


def test_the_throw_away_one_follows_what_is_asked_for(throw_away: DataFolder) -> None:
    first = prepare(seed=7, date=DAY)
    add_contact(throw_away)
    assert "Mine Own" in prepare(seed=7, date=DAY)
    assert "Mine Own" not in prepare(seed=8, date=DAY)
    assert prepare(seed=7, date=DAY) == first
    assert [path.name for path in throw_away.path.iterdir() if "unfinished" in path.name] == []


def test_another_day_renews_it_only_while_nobody_changed_it(throw_away: DataFolder) -> None:
    prepare(date=DAY)
    prepare()
    note = json.loads((throw_away.path / "sample.json").read_text("utf-8"))
    assert note == wanted(Options(size="small"))
    prepare(date=DAY)
    add_contact(throw_away)
    assert "Mine Own" in prepare()


def test_a_window_on_yesterdays_sample_is_not_disturbed(throw_away: DataFolder) -> None:
    first = prepare(date=DAY)
    lock = FolderLock(throw_away, "window")
    lock.acquire()
    try:
        assert prepare() == first
    finally:
        lock.release()
