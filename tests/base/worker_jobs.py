"""Jobs for the real children in test_worker. Never imports Qt or anything of the program."""

from __future__ import annotations

import os
import sys
import time

from tcf_desktop.base.errors import AppError


def add(left: int, right: int) -> int:
    print("a library that prints must not spoil the pipe")
    return left + right


def echo(payload: bytes) -> bytes:
    return payload


def process_id() -> int:
    return os.getpid()


def qt_modules() -> list[str]:
    return [name for name in sys.modules if name.startswith(("PySide6", "sqlalchemy"))]


def refuse(name: str) -> None:
    raise AppError("data.foreign", path=name)


def refuse_with_unpicklable() -> None:
    raise AppError("data.foreign", path=lambda: None)


def unpicklable() -> object:
    return lambda: None


def crash() -> None:
    os._exit(11)


def bug() -> None:
    {}["missing"]


def spin() -> None:
    while True:
        pass


def nap(seconds: float) -> str:
    time.sleep(seconds)
    return "rested"


def hog() -> int:
    return len(b"x" * (8 << 30))
