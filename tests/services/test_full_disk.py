"""A full disk or a folder that cannot be written is said in words, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and rights of POSIX")

# Run apart: the limit and the user are those of the whole process.
FILL = """
import json, resource, signal, sys
from pathlib import Path
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import EnvironmentTrouble
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import NoteDraft, ContactDraft
from tcf_desktop.services.check import check_office
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office

folder, ballast, limit = DataFolder(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
stay_full = "stay full" in sys.argv
office = Office.open(folder, FrozenClock(1784043720000))

def save(serial):
    note = "\\n".join(f"{serial}-{line}" for line in range(4000))
    draft = ContactDraft(last_name=f"Full {serial}", notes=(NoteDraft(note),))
    return office.runner.run(SaveContact(draft))

saved = [save(0)]
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = folder.database.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, resource.RLIM_INFINITY))
trouble = None
for serial in range(1, 2000):
    try:
        saved.append(save(serial))
    except EnvironmentTrouble as error:
        trouble = {"code": error.code, "text": str(error)}
        break
before = office.read(lambda r: [c for c in saved
                                if r.value("SELECT 1 FROM contacts WHERE id = ?", (c,)) != 1])
if stay_full:
    print(json.dumps({"trouble": trouble, "closed": office.close(20)}))
    sys.exit()
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
ballast.unlink(missing_ok=True)
again = save(9999)
report = check_office(office)
closed = office.close(20)
print(json.dumps({"trouble": trouble, "missing": before, "again": again, "ok": report.ok,
                  "lines": report.lines()[:3], "closed": closed, "saved": len(saved)}))
"""

READ_ONLY = """
import json, os, sys
from pathlib import Path
from tcf_desktop.app import bootstrap, cli, session
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.models import engine, schema
from tcf_desktop.services import contacts, runner, uow
from tcf_desktop.services.office import NewBusiness, Office

folder = DataFolder(Path(sys.argv[1]))
if os.getuid() == 0:  # rights do not bind root
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
codes = []
try:
    office = Office.open(folder, FrozenClock(1784043720000))
    try:
        office.runner.run(contacts.SaveContact(ContactDraft(last_name="No")))
    finally:
        office.close(10)
except AppError as error:
    codes.append([error.code, str(error)])
try:
    Office.create(DataFolder(folder.path / "new"), FrozenClock(0), NewBusiness("New"))
except AppError as error:
    codes.append([error.code, str(error)])
print(json.dumps(codes))
"""


def run(
    script: str, *arguments: object, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True, text=True, timeout=100, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def business(source: Path, folder: Path) -> Path:
    shutil.copytree(source.parent / "files", folder / "files")
    shutil.copyfile(source, folder / "business.db")
    return folder


def test_a_file_that_may_not_grow_stops_the_change_and_nothing_else(
    sample_business: Path, tmp_path: Path
) -> None:
    folder = business(sample_business, tmp_path / "data")
    done = run(FILL, folder, tmp_path / "none", 150_000)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["trouble"]["code"] in {"data.disk_full", "data.io"}
    assert answer["missing"] == []
    assert answer["again"] > 0  # goes on without a restart
    assert answer["ok"], answer["lines"]
    assert answer["closed"]


# A small disk of one's own; the ballast takes room and is removed once the disk was full.
MOUNT = """
mount -t tmpfs -o size={room} tcf-test {point} || exit 77
cp -r {source} {point}/data
dd if=/dev/zero of={point}/ballast bs=1k count=900 2>/dev/null
exec "$@"
"""


def test_a_full_disk_is_named_and_the_work_goes_on_when_there_is_room(
    sample_business: Path, tmp_path: Path
) -> None:
    source = business(sample_business, tmp_path / "source")
    point = tmp_path / "disk"
    point.mkdir()
    room = source.joinpath("business.db").stat().st_size + 1_500_000
    script = MOUNT.format(room=room, point=point, source=source)
    namespace = ("unshare", "--mount", "--map-root-user") if os.getuid() else ("unshare", "--mount")
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here")
    done = run(
        FILL, point / "data", point / "ballast", 0, before=(*namespace, "sh", "-c", script, "sh")
    )
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("no right to mount a small disk here")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["trouble"]["code"] == "data.disk_full"
    assert "full" in answer["trouble"]["text"]
    assert answer["missing"] == []
    assert answer["again"] > 0
    assert answer["ok"], answer["lines"]
    assert answer["closed"]


def test_the_program_ends_in_order_while_the_disk_is_still_full(
    sample_business: Path, tmp_path: Path
) -> None:
    folder = business(sample_business, tmp_path / "data")
    done = run(FILL, folder, tmp_path / "none", 150_000, "stay full")
    assert done.returncode == 0
    assert json.loads(done.stdout)["closed"]
    assert "Traceback" not in done.stderr


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may look into."""
    folder = Path(tempfile.mkdtemp(prefix="tcf-read-only-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_said_in_words(sample_business: Path, open_folder: Path) -> None:
    folder = business(sample_business, open_folder / "data")
    (folder / "business.db").chmod(0o444)
    folder.chmod(0o555)
    before = (folder / "business.db").read_bytes()
    done = run(READ_ONLY, folder)
    assert done.returncode == 0, done.stderr
    codes = json.loads(done.stdout)
    assert [code for code, _text in codes] == ["data.read_only", "data.read_only"]
    assert all(str(folder) in text for _code, text in codes)
    assert (folder / "business.db").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["business.db", "files"]
