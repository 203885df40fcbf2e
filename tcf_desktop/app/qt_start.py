"""Loading Qt once, the way this program wants it."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop import __version__
from tcf_desktop.base.paths import APP_DIR, APP_NAME

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def load_qt() -> None:
    """Import Qt's core without keeping its import hook.

    PySide6 puts a wrapper around ``__import__`` for its optional ``__feature__`` switch, which
    this program does not use; it makes every later import a quarter slower.
    """
    original = builtins.__import__
    import PySide6.QtCore
    import PySide6.QtGui
    import PySide6.QtWidgets  # noqa: F401 - loaded for its effect

    builtins.__import__ = original


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The QApplication of this process, with our name, version and fonts."""
    load_qt()
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication

    from tcf_desktop.qtkit.theme import theme

    # The worker threads hold the interpreter for at most half a millisecond at a time.
    sys.setswitchinterval(0.0005)
    QCoreApplication.setApplicationName(APP_DIR)
    QCoreApplication.setApplicationVersion(__version__)
    existing = QApplication.instance()
    app = (
        existing if isinstance(existing, QApplication) else QApplication(arguments or sys.argv[:1])
    )
    app.setApplicationDisplayName(APP_NAME)
    app.setDesktopFileName(APP_DIR)
    theme()
    return app


def display_missing() -> bool:
    """Whether Qt would find no screen here (Linux without X11, Wayland or a platform chosen)."""
    return sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def device_settings_path() -> Path:
    """Where this device's settings lie: window, theme, ports."""
    from platformdirs import user_config_path

    override = os.environ.get("TCF_DEVICE_SETTINGS")
    return Path(override) if override else user_config_path(APP_DIR, appauthor=False) / "device.ini"
