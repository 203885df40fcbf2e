"""Typed trouble. A code says what happened; the words for it live in :mod:`.messages`."""

from __future__ import annotations

from tcf_desktop.base.messages import MESSAGES


class AppError(Exception):
    """Something the user can understand and act on.

    ``code`` is ``area.reason``; ``params`` fill the text of that code. ``retryable`` says that the
    same call may succeed later without a change by the user.
    """

    def __init__(self, code: str, *, retryable: bool = False, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.retryable = retryable

    def __str__(self) -> str:
        what, todo = words(self.code)
        text = f"{what} {todo}".strip()
        return text.format_map(_Params(self.params))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.retryable, self.params)


class EnvironmentTrouble(AppError):
    """The machine, not the program: disk full, read-only, locked, no network."""


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def _rebuild(
    kind: type[AppError], code: str, retryable: bool, params: dict[str, object]
) -> AppError:
    return kind(code, retryable=retryable, **params)


def words(code: str) -> tuple[str, str]:
    """The (what happened, what to do) templates of a code; unknown codes speak for themselves."""
    return MESSAGES.get(code, (f"This could not be done ({code}).", ""))
