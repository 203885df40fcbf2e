"""Files that ship with the program, found alike in a checkout, a wheel and a frozen build."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(name: str) -> Traversable:
    """The resource ``name``, a path with forward slashes below ``resources/``."""
    found = files("tcf_desktop.resources")
    for part in name.split("/"):
        found = found / part
    return found


def resource_bytes(name: str) -> bytes:
    """The content of a resource; FileNotFoundError when it does not exist."""
    return resource(name).read_bytes()
