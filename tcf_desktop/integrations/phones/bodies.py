"""From the bytes of a request to JSON values, whatever a phone sends."""

from __future__ import annotations

import json
import math
from typing import Any, Final

import orjson

from tcf_desktop.domain.tracks import NOT_JSON, TOO_DEEP

_NOT_BRACKETS: Final = bytes(sorted(set(range(256)) - set(b"{}[]")))
_SHORT: Final = 2048  # bytes up to which counting brackets is quicker than sifting them out
_LONGEST_INTEGER: Final = 18  # digits that fit the database's integers


class Unreadable(Exception):
    """A body that holds no JSON object or list; ``reason`` is one of the domain's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(body: bytes, depth: int) -> Any:
    """The JSON object or list in a body, with numbers that are finite and fit.

    What the quick parser refuses (``NaN``, lone surrogates, UTF-16, a byte-order mark) gets a
    second, liberal reading, so that one odd value does not cost a batch.
    """
    doubtful = _may_be_deeper(body, depth)
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        data = _liberally(body)
    if not isinstance(data, dict | list):
        raise Unreadable(NOT_JSON)
    if doubtful and _is_deeper(data, depth):
        raise Unreadable(TOO_DEEP)
    return data


def _may_be_deeper(body: bytes, depth: int) -> bool:
    # Pairs of brackets are removed from the inside, one level a pass, at the speed of C. Brackets
    # inside text resist, which only means that the parsed value is measured afterwards.
    if len(body) < _SHORT and body.count(b"{") + body.count(b"[") <= depth:
        return False
    rest = body.translate(None, _NOT_BRACKETS)
    for _ in range(depth):
        rest = rest.replace(b"{}", b"").replace(b"[]", b"")
        if not rest:
            return False
    return True


def _is_deeper(data: dict[str, Any] | list[Any], depth: int) -> bool:
    level: list[Any] = [data]
    for _ in range(depth):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _liberally(body: bytes) -> Any:
    try:
        text = body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff")
        return json.loads(text, parse_constant=_nothing, parse_int=_integer, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable(NOT_JSON) from error


def _nothing(_name: str) -> None:
    return None


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= _LONGEST_INTEGER else None


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None
