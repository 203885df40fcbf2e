"""The one place that hands a file or a folder to another program of this computer.

A frozen program runs with library paths of its own; the programs that it starts must not inherit
them (PyInstaller keeps the former value in ``<NAME>_ORIG``).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tcf_desktop.base.errors import EnvironmentTrouble

_LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "LIBPATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")
_OURS: Final = (
    "PYTHONHOME", "PYTHONPATH", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QML2_IMPORT_PATH", "_MEIPASS2", "_PYI_ARCHIVE_FILE", "_PYI_APPLICATION_HOME_DIR",
)  # fmt: skip
_PATIENCE_S: Final = 2.0  # an opener that has not complained by then has opened it

_started: list[subprocess.Popen[bytes]] = []


def open_path(path: Path) -> None:
    """Open a file or folder with the system's program for it. Waits: not for the GUI thread.

    Raises ``external.no_program`` when there is none.
    """
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - the system chooses the program by the suffix
        except OSError as error:
            raise EnvironmentTrouble("external.no_program", what=path.name) from error
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    _started[:] = [process for process in _started if process.poll() is None]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own path, no shell
            [opener, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=outside_environment(os.environ, frozen=bool(getattr(sys, "frozen", False))),
            start_new_session=True,
        )
    except OSError as error:
        raise EnvironmentTrouble("external.no_program", what=path.name) from error
    _started.append(process)
    try:
        code = process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:  # it stays until the file is closed
        return
    _started.remove(process)
    if code:
        raise EnvironmentTrouble("external.no_program", what=path.name)


def outside_environment(environment: Mapping[str, str], *, frozen: bool) -> dict[str, str]:
    """The environment as it was before a frozen program changed it; unchanged when not frozen."""
    outside = dict(environment)
    if not frozen:
        return outside
    for name in _OURS:
        outside.pop(name, None)
    for name in _LIBRARY_PATHS:
        before = outside.pop(f"{name}_ORIG", None)
        if before:
            outside[name] = before
        else:
            outside.pop(name, None)
    return outside
