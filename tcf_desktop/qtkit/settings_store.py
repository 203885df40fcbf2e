"""Settings of this device: window, theme, ports. Business settings are in the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal


class DeviceSettings(QObject):
    """JSON values by key in an INI file of its own."""

    changed = Signal(str)  # key

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, key: str, default: Any = None) -> Any:
        """The stored value, or ``default`` when there is none or it cannot be read."""
        text = self._settings.value(key)
        if not isinstance(text, str):
            return default
        try:
            return json.loads(text)
        except ValueError:
            return default

    def set(self, key: str, value: Any) -> None:
        """Store any JSON value."""
        if self.get(key) != value:
            self._settings.setValue(key, json.dumps(value))
            self.changed.emit(key)

    def sync(self) -> None:
        """Write to disk now."""
        self._settings.sync()
