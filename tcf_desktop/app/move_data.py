"""Moving a data folder to another place on this computer, while no program has it open."""

from __future__ import annotations

import json
from pathlib import Path

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.folder_guard import refuse_network_drive
from tcf_desktop.base.paths import DataFolder

MOVED_NOTE = "moved-to.json"
_BLOCK = 1 << 20


def moved_to(folder: DataFolder) -> DataFolder:
    """Where the data of a folder lies now: the folder itself, or the one it was moved to."""
    seen: set[Path] = set()
    while not folder.has_business() and folder.path not in seen:
        seen.add(folder.path)
        try:
            note = json.loads((folder.path / MOVED_NOTE).read_text("utf-8"))
            folder = DataFolder(Path(note["to"]))
        except (OSError, ValueError, KeyError, TypeError):
            break
    return folder


def move_data(source: DataFolder, target: Path) -> DataFolder:
    """Copy everything, compare every byte, and only then take the old files away.

    The caller holds the lock of ``source`` and has closed the office. Raises
    ``data.network_drive``, ``data.exists`` or ``data.move_failed``; the old data is complete then.
    """
    import shutil

    refuse_network_drive(target)
    new = DataFolder(target)
    if target.exists() and any(target.iterdir()):
        raise AppError("data.exists", folder=target)
    names = [path.relative_to(source.path) for path in sorted(source.path.rglob("*"))
             if path.is_file() and path.parent != source.path]  # fmt: skip
    names += [Path(name) for name in ("business.db", "business.db-wal")
              if (source.path / name).is_file()]  # fmt: skip
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for name in names:
            copy = unfinished / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source.path / name, copy)
            if _digest(copy) != _digest(source.path / name):
                raise OSError(f"{name} differs after copying")
        if target.exists():
            target.rmdir()
        unfinished.replace(target)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise EnvironmentTrouble("data.move_failed", folder=source.path, target=target) from error
    (source.path / MOVED_NOTE).write_text(json.dumps({"to": str(target)}), "utf-8")
    for name in names:
        (source.path / name).unlink(missing_ok=True)
    (source.path / "business.db-shm").unlink(missing_ok=True)
    return new


def _digest(path: Path) -> str:
    import hashlib

    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
