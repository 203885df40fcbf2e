"""One module for each logger protocol: from its JSON to points, and the answer it wants to see.

A protocol is added by writing a module with ``NAME``, ``is_mine(data)``, ``read(data, context)``
and ``answer(stored)``, and by one line in :data:`ADAPTERS`.
"""

from __future__ import annotations

from typing import Final

from tcf_desktop.integrations.phones.adapters import overland, owntracks
from tcf_desktop.integrations.phones.adapters.contract import Adapter, Sender

ADAPTERS: Final[tuple[Adapter, ...]] = (overland.ADAPTER, owntracks.ADAPTER)


def by_shape(data: object, fallback: Adapter) -> Adapter:
    """The protocol that a body unmistakably speaks, whatever address it was sent to."""
    for adapter in ADAPTERS:
        if adapter.is_mine(data):
            return adapter
    return fallback


__all__ = ["ADAPTERS", "Adapter", "Sender", "by_shape"]
