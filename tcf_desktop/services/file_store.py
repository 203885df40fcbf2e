"""The bytes of kept files: each once, under their SHA-256, durable before a record names them.

``<data>/files/ab/<sha256>`` and, beside, small pictures in ``files/thumbs/<sha256>.png`` (empty
where there is nothing to show). A blob goes only when no record, no trash and no undo names it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.folder_guard import trouble_of
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.file_names import MOST_BYTES

_CHUNK: Final = 1 << 20
_TEMPORARY: Final = ".tcf-"
_THUMBS: Final = "thumbs"
_HEX: Final = frozenset("0123456789abcdef")

# Taking in known bytes and collecting unused ones must not meet halfway.
_gate = threading.Lock()


class FileStore:
    """The files folder of a business; every method blocks on the disk."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder.files

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest lie."""
        return self._folder / sha256[:2] / sha256

    def thumbnail_path(self, sha256: str) -> Path:
        """Where the small picture of these bytes lies."""
        return self._folder / _THUMBS / f"{sha256}.png"

    def take_in(
        self, source: Path, accept: Callable[[Path], str], most_bytes: int = MOST_BYTES
    ) -> tuple[str, str, int]:
        """Copy a file into the store; returns what ``accept`` said, the SHA-256 and the bytes.

        ``accept`` sees the copy and may refuse it. Nothing stays behind then. Raises
        ``files.…`` for what cannot be taken and ``data.disk_full``.
        """
        self._make(self._folder)
        with _opened(source) as stream:
            handle, name = _temporary(self._folder)
            temporary = Path(name)
            try:
                with os.fdopen(handle, "wb") as target:
                    digest, size = _copy(stream, target, source.name, most_bytes)
                    target.flush()
                    os.fsync(target.fileno())
                said = accept(temporary)
                self._place(temporary, digest, size)
            except OSError as error:
                raise trouble_of(error, self._folder) from error
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        return said, digest, size

    def keep_thumbnail(self, sha256: str, png: bytes) -> None:
        """Store the small picture; it can be made anew, so a disk that refuses is no trouble."""
        target = self.thumbnail_path(sha256)
        with suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f"{_TEMPORARY}{sha256}-{threading.get_ident()}")
            temporary.write_bytes(png)
            temporary.replace(target)

    def digest(self, sha256: str) -> str | None:
        """The SHA-256 that the stored bytes really have; None when they are gone."""
        found = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    found.update(chunk)
        except OSError:
            return None
        return found.hexdigest()

    def collect(self, used: Collection[str], before_s: float) -> int:
        """Remove what is not used and was put there before an instant (seconds since 1970);
        returns how many files. A file that cannot be removed waits for the next time."""
        gone = 0
        for path, digest in self._entries():
            if digest in used:
                continue
            with _gate, suppress(OSError):
                if path.stat().st_mtime < before_s:
                    path.unlink()
                    gone += 1
        return gone

    def _entries(self) -> Iterator[tuple[Path, str]]:
        """Every blob, small picture and forgotten copy with the digest that it belongs to."""
        for folder in _listed(self._folder):
            if folder.name.startswith(_TEMPORARY):
                yield folder, ""
            elif folder.name == _THUMBS or (len(folder.name) == 2 and _HEX.issuperset(folder.name)):
                for path in _listed(folder):
                    yield path, path.name.removesuffix(".png")

    def _place(self, temporary: Path, digest: str, size: int) -> None:
        target = self.path(digest)
        self._make(target.parent)
        with _gate:
            try:
                same = target.stat().st_size == size
            except FileNotFoundError:
                same = False
            if same:
                os.utime(target)  # a collection under way sees that it is wanted again
                return
            temporary.chmod(0o600)
            temporary.replace(target)
        _sync_folder(target.parent)

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise trouble_of(error, folder) from error


def _opened(source: Path) -> BinaryIO:
    """A regular file, opened without waiting on what only looks like one."""
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise AppError("files.not_a_file", file=source.name)
        handle = os.open(
            source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise AppError("files.missing", file=source.name) from None
    except (OSError, ValueError):  # a name with a NUL in it is a ValueError
        raise EnvironmentTrouble("files.unreadable", file=source.name) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise AppError("files.not_a_file", file=source.name)
    return os.fdopen(handle, "rb")


def _temporary(folder: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=folder, prefix=_TEMPORARY)
    except OSError as error:
        raise trouble_of(error, folder) from error


def _copy(stream: BinaryIO, target: BinaryIO, name: str, most_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := _chunk(stream, name):
        size += len(chunk)
        if size > most_bytes:
            raise AppError("files.too_big", file=name, limit=most_bytes // 1_000_000)
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise AppError("files.empty", file=name)
    return digest.hexdigest(), size


def _chunk(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(_CHUNK)
    except OSError:
        raise EnvironmentTrouble("files.unreadable", file=name) from None


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where folders can be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
