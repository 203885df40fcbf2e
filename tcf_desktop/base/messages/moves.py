"""Words about moved visits, messages about them, complaints and routes."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {}
