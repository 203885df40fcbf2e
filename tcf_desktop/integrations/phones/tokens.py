"""Where a phone's secret may stand in a request, and how it is compared."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote

LONGEST = 256


def digest(token: str) -> str:
    """What is stored of a token: SHA-256 in hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def candidates(path_token: str, authorization: str, query: bytes) -> Iterator[str]:
    """The secrets that a request shows, in the order in which they count."""
    if path_token:
        yield path_token
    scheme, _, value = authorization.partition(" ")
    value = value.strip()
    if value and scheme.lower() == "bearer":
        yield value
    elif value and scheme.lower() == "basic":
        yield from _basic(value)
    if query:
        yield from _query(query)


def _basic(value: str) -> Iterator[str]:
    # One app sends "Basic <token>:" as it stands, without base64.
    if ":" in value:
        yield value.partition(":")[0]
        return
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return
    if password:
        yield password
    elif colon and user:
        yield user


def _query(query: bytes) -> Iterator[str]:
    try:
        fields = parse_qs(query.decode("ascii", "replace"), max_num_fields=50)
    except ValueError:
        return
    for key in ("api_key", "token"):
        for value in fields.get(key, ()):
            yield unquote(value)
