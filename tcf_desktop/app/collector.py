"""Keeps the garbage collector from stopping the window, and on the GUI thread.

A full collection walks every object of the process while it holds the interpreter: about 100 ms
with everything loaded. What the program is made of never becomes garbage, so it is set aside after
loading, and collections come less often.

Left to itself, the collector runs on whichever thread happens to allocate, and destroys there what
it finds: also windows, timers and models, which Qt allows to be destroyed on the GUI thread alone.
So in the window program a timer of the GUI thread collects, and nothing else does.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tcf_desktop.domain.changes import ChangeSet
    from tcf_desktop.services.office import Office

_THRESHOLDS: Final = (10_000, 20, 20)
_LOOK_MS: Final = 250


def hold_collector() -> None:
    """No collections by themselves from here on; while the program loads nothing is garbage."""
    gc.disable()


def set_loaded_aside(parent: QObject) -> None:
    """What is loaded by now is not looked at again; from here on collect, but less often, and on
    the thread of ``parent``, for as long as it lives."""
    from PySide6.QtCore import QTimer

    gc.freeze()
    timer = QTimer(parent)
    timer.timeout.connect(collect_when_due)
    timer.start(_LOOK_MS)


def collect_when_due() -> None:
    """Collect the oldest generation whose count has passed its threshold, on this thread."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > _THRESHOLDS[generation]:
            gc.collect(generation)
            return


def set_writer_aside(office: Office) -> None:
    """The same once more when the first write has loaded what writing needs."""

    def first(_changes: ChangeSet) -> None:
        office.runner.remove_listener(first)
        gc.freeze()

    office.runner.on_commit(first)
