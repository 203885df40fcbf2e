"""What the tests share: a frozen clock, a fresh business on a real file, a window."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.base.worker import WorkerProcess
from tcf_desktop.ports import Ports
from tcf_desktop.services.office import NewBusiness, Office

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before pytest-qt makes the application
sys.setswitchinterval(0.0005)
# As in the program, collections happen on the thread of the windows and nowhere else.
gc.disable()

_MUCH_GARBAGE = 100_000  # objects allocated since the last look
TUESDAY_10_42 = 1_784_043_720_000  # 2026-07-14T15:42:00Z, 10:42 in Sioux Falls


@pytest.fixture(autouse=True)
def _garbage_is_collected_here() -> Iterator[None]:
    yield
    if gc.get_count()[0] > _MUCH_GARBAGE:
        gc.collect()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(TUESDAY_10_42)


@pytest.fixture(scope="session")
def worker() -> Iterator[WorkerProcess]:
    process = WorkerProcess("tests")
    yield process
    process.close()


class _Shared:
    """Keeps the suite's one worker process alive when an office closes."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.run = worker.run
        self.interrupt = worker.interrupt

    def close(self) -> None:
        """The session's fixture ends it."""


@pytest.fixture
def ports(worker: WorkerProcess) -> Ports:
    shared = _Shared(worker)
    return Ports(documents=shared, files=shared)


@pytest.fixture(scope="session")
def blank_business(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("blank"))
    business = NewBusiness(
        name="Clearview Window & Carpet Care",
        address="1407 W 10th St\nSioux Falls, SD 57104",
        email="office@clearview.example",
        phone="605-555-0100",
        tax_name="Sioux Falls 6.2 %",
        tax_parts=(("SD state sales tax", 42_000), ("Sioux Falls city tax", 20_000)),
    )
    Office.create(folder, FrozenClock(TUESDAY_10_42), business).close()
    return folder.database


@pytest.fixture
def office(
    tmp_path: Path, clock: FrozenClock, ports: Ports, blank_business: Path
) -> Iterator[Office]:
    folder = DataFolder(tmp_path / "data")
    folder.files.mkdir(parents=True)
    shutil.copyfile(blank_business, folder.database)
    opened = Office.open(folder, clock, ports)
    yield opened
    assert opened.close(10)


@pytest.fixture(scope="session")
def sample_business(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    from tcf_desktop.services import sample_business

    folder = DataFolder(tmp_path_factory.mktemp("sample"))
    opened = Office.create(folder, FrozenClock(TUESDAY_10_42), NewBusiness(name="Sample"))
    sample_business.build(opened, seed=1, date=date(2026, 7, 14), size="small")
    assert opened.close(30)
    return folder.database


@pytest.fixture
def sample_office(
    tmp_path: Path, clock: FrozenClock, ports: Ports, sample_business: Path
) -> Iterator[Office]:
    folder = DataFolder(tmp_path / "data")
    folder.files.mkdir(parents=True)
    shutil.copyfile(sample_business, folder.database)
    shutil.copytree(sample_business.parent / "files", folder.files, dirs_exist_ok=True)
    opened = Office.open(folder, clock, ports)
    yield opened
    assert opened.close(10)


@pytest.fixture
def view_context(office: Office, tmp_path: Path, qapp: object) -> Iterator[ViewContext]:
    from tcf_desktop.app.bootstrap import make_view_context

    context = make_view_context(office, tmp_path / "device.ini")
    yield context
    context.close()


@pytest.fixture
def sample_context(sample_office: Office, tmp_path: Path, qapp: object) -> Iterator[ViewContext]:
    from tcf_desktop.app.bootstrap import make_view_context

    context = make_view_context(sample_office, tmp_path / "device.ini")
    yield context
    context.close()
