"""Keeps the garbage collector from stopping the window.

A full collection walks every object of the process while it holds the interpreter: about 100 ms
with everything loaded, on whichever thread it happens. What the program is made of never becomes
garbage, so it is set aside after loading, and collections come less often.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.domain.changes import ChangeSet
    from tcf_desktop.services.office import Office

_THRESHOLDS: Final = (10_000, 20, 20)


def hold_collector() -> None:
    """No collections while the program loads: nothing of it is garbage yet."""
    gc.disable()


def set_loaded_aside() -> None:
    """What is loaded by now is not looked at again; from here on collect, but less often."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()


def set_writer_aside(office: Office) -> None:
    """The same once more when the first write has loaded what writing needs."""

    def first(_changes: ChangeSet) -> None:
        office.runner.remove_listener(first)
        gc.freeze()

    office.runner.on_commit(first)
