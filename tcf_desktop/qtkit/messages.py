"""The words of an error in the user's language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tcf_desktop.base.errors import AppError, words


@dataclass(frozen=True, slots=True)
class Words:
    """What happened and that nothing is lost; then what to do."""

    what: str
    todo: str
    code: str

    def text(self) -> str:
        """Both sentences."""
        return f"{self.what} {self.todo}".strip()


def words_of(error: AppError) -> Words:
    """The translated texts of an error, with its parameters filled in."""
    what, todo = words(error.code)
    return Words(_fill(what, error), _fill(todo, error), error.code)


def _fill(template: str, error: AppError) -> str:
    if not template:
        return ""
    return QCoreApplication.translate("Messages", template).format_map(_Params(error.params))


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
