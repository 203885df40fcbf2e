"""Where a data folder may lie. SQLite's log in shared memory does not work across a network, and
programs that copy files to the cloud grab them in the middle of a write.

Sources: sqlite.org "Use Of Shared Memory" (wal) and "SQLite Over a Network".
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcf_desktop.base.errors import AppError, EnvironmentTrouble

# File systems of other computers, as /proc/self/mountinfo and macOS's mount name them.
NETWORK_FILE_SYSTEMS = frozenset(
    {
        "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.s3fs", "fuse.sshfs", "glusterfs", "fuse.glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
        "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip

# Folder names that the sync programs make themselves.
_SYNC_NAMES = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "onedrive": "OneDrive",
}
_DRIVE_REMOTE = 4


def refuse_network_drive(folder: Path) -> None:
    """Raise ``data.network_drive`` when ``folder`` lies (or would lie) on another computer."""
    if is_network_drive(folder):
        raise AppError("data.network_drive", folder=folder)


def is_network_drive(folder: Path, mounts: str | None = None) -> bool:
    """Whether a folder lies on a network drive. ``mounts`` replaces Linux's mount table."""
    if sys.platform == "win32":
        return _is_remote_windows(str(folder))
    real = Path(os.path.realpath(folder))
    if sys.platform == "darwin" and mounts is None:
        return _is_remote_mac(real)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        except OSError:
            return False
    best, kind = -1, ""
    for point, file_system in _linux_mounts(mounts):
        if real.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), file_system
    return kind in NETWORK_FILE_SYSTEMS


def _linux_mounts(text: str) -> Iterator[tuple[str, str]]:
    """(mount point, file system) of each line; blanks in names are written as ``\\040``."""
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, kinds = left.split(), right.split()
        if len(fields) > 4 and kinds:
            yield fields[4].replace("\\040", " ").replace("\\011", "\t"), kinds[0]


def _is_remote_mac(real: Path) -> bool:
    if not str(real).startswith(("/Volumes/", "/Network/", "/net/")):
        return False
    import subprocess

    listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
    for line in listed.stdout.splitlines():
        head, _, tail = line.rpartition(" (")
        point = head.partition(" on ")[2]
        if point and real.is_relative_to(point) and tail.split(",")[0] in NETWORK_FILE_SYSTEMS:
            return True
    return False


def _is_remote_windows(folder: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        if folder.startswith(("\\\\", "//")) and not folder.startswith(("\\\\?\\", "\\\\.\\")):
            return True
        root = os.path.splitdrive(folder)[0] + "\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)
    return False


def sync_service(
    folder: Path, environment: Mapping[str, str] | None = None, home: Path | None = None
) -> str | None:
    """The name of the cloud program whose folder holds ``folder``, else None."""
    environment = os.environ if environment is None else environment
    home = home or Path.home()
    path = folder.absolute()
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(variable)
        if root and path.is_relative_to(root):
            return "OneDrive"
    if any(path.is_relative_to(root) for root in _dropbox_folders(environment, home)):
        return "Dropbox"
    cloud = home / "Library" / "CloudStorage"
    if path != cloud and path.is_relative_to(cloud):
        name = path.relative_to(cloud).parts[0].partition("-")[0]
        return {"GoogleDrive": "Google Drive", "iCloud": "iCloud"}.get(name, name)
    for part in path.parts:
        plain = part.casefold()
        # "OneDrive - Example Ltd" and "Dropbox (Example Ltd)" are the names for companies.
        for separator in (" - ", " ("):
            plain = plain.partition(separator)[0]
        if plain in _SYNC_NAMES:
            return _SYNC_NAMES[plain]
    return None


def _dropbox_folders(environment: Mapping[str, str], home: Path) -> list[str]:
    places = [home / ".dropbox" / "info.json"]
    places += [
        Path(environment[variable]) / "Dropbox" / "info.json"
        for variable in ("APPDATA", "LOCALAPPDATA")
        if environment.get(variable)
    ]
    found: list[str] = []
    for place in places:
        try:
            accounts = json.loads(place.read_text("utf-8"))
            found += [str(account["path"]) for account in accounts.values() if account.get("path")]
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            continue
    return found


def trouble_of(error: OSError, folder: Path) -> EnvironmentTrouble:
    """The words for what the operating system said about a file."""
    name = error.filename or folder
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return EnvironmentTrouble("data.disk_full", retryable=True)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return EnvironmentTrouble("file.no_permission", path=name)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return EnvironmentTrouble("file.missing", path=name)
    if error.errno == errno.EISDIR:
        return EnvironmentTrouble("file.is_folder", path=name)
    return EnvironmentTrouble("data.io", retryable=True)
