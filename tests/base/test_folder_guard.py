"""Where data folders may lie, told by mount tables and the sync programs' own traces."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from tcf_desktop.base import folder_guard
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.folder_guard import is_network_drive, sync_service, trouble_of

MOUNTS = """\
22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:44 / /srv/office rw - nfs4 server:/office rw
41 22 0:45 / /mnt/With\\040blank rw - cifs //server/share rw
42 22 0:46 / /home/u/remote rw - fuse.sshfs u@h:/ rw
43 40 0:47 / /srv/office/local rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/home/u/data", False),
        ("/srv/office/data", True),
        ("/srv/office", True),
        ("/srv/office2/data", False),
        ("/srv/office/local/data", False),
        ("/mnt/With blank/x", True),
        ("/home/u/remote/not/there/yet", True),
    ],
)
def test_the_longest_mount_point_decides(folder: str, remote: bool) -> None:
    assert is_network_drive(Path(folder), MOUNTS) is remote


def test_a_link_to_a_network_drive_is_seen(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    link = tmp_path / "innocent"
    link.symlink_to(share)
    table = (
        f"22 1 0:20 / / rw - ext4 /dev/sda rw\n30 22 0:30 / {share.resolve()} rw - nfs4 s:/ rw\n"
    )
    assert is_network_drive(link / "data", table)


def test_this_folder_is_local(tmp_path: Path) -> None:
    folder_guard.refuse_network_drive(tmp_path)


def test_refusal_has_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(folder_guard, "is_network_drive", lambda folder: True)
    with pytest.raises(AppError) as caught:
        folder_guard.refuse_network_drive(tmp_path)
    assert caught.value.code == "data.network_drive"
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("parts", "service"),
    [
        (("OneDrive", "TCF"), "OneDrive"),
        (("OneDrive - Clearview LLC", "TCF"), "OneDrive"),
        (("Dropbox (Clearview)", "x"), "Dropbox"),
        (("Google Drive", "My Drive", "x"), "Google Drive"),
        (("Library", "CloudStorage", "GoogleDrive-a@b.example", "x"), "Google Drive"),
        (("Library", "Mobile Documents", "com~apple~CloudDocs", "x"), "iCloud"),
        (("iCloudDrive", "x"), "iCloud"),
        (("Documents", "TCF"), None),
        (("dropboxes", "TCF"), None),
    ],
)
def test_cloud_folders_are_known_by_name(
    tmp_path: Path, parts: tuple[str, ...], service: str | None
) -> None:
    assert sync_service(tmp_path.joinpath(*parts), {}, tmp_path) == service


def test_cloud_folders_are_known_by_the_programs_own_settings(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    info = {"business": {"path": str(tmp_path / "Work files")}}
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(info))
    assert sync_service(tmp_path / "Work files" / "tcf", {}, tmp_path) == "Dropbox"
    environment = {"OneDriveCommercial": str(tmp_path / "Firm")}
    assert sync_service(tmp_path / "Firm" / "tcf", environment, tmp_path) == "OneDrive"
    (tmp_path / ".dropbox" / "info.json").write_text("not json")
    assert sync_service(tmp_path / "Work files" / "tcf", {}, tmp_path) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "data.disk_full"),
        (errno.EROFS, "file.no_permission"),
        (errno.EACCES, "file.no_permission"),
        (errno.ENOENT, "file.missing"),
        (errno.EISDIR, "file.is_folder"),
        (errno.EIO, "data.io"),
    ],
)
def test_what_the_system_says_has_words(tmp_path: Path, number: int, code: str) -> None:
    trouble = trouble_of(OSError(number, "words of the system", str(tmp_path / "x")), tmp_path)
    assert trouble.code == code
    assert "{" not in str(trouble)
