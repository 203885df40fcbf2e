"""Where things lie on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

APP_NAME = "TCF Desktop"
APP_DIR = "tcf-desktop"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One business on disk: a database, its files, logs and the lock."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "business.db"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def lock(self) -> Path:
        return self.path / "in-use.lock"

    def has_business(self) -> bool:
        """Whether a database with content stands here."""
        try:
            return self.database.stat().st_size > 0
        except OSError:
            return False


def default_data_folder() -> DataFolder:
    """The folder of the user's own business."""
    from platformdirs import user_data_path

    return DataFolder(user_data_path(APP_DIR, appauthor=False) / "business")


def demo_data_folder() -> DataFolder:
    """The folder of the sample business; it can be thrown away."""
    from platformdirs import user_cache_path

    return DataFolder(user_cache_path(APP_DIR, appauthor=False) / "sample-business")
