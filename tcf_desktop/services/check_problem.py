"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

from tcf_desktop.base.messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: its code, the record it is about ("invoice 1043") and the particulars."""

    code: str
    where: str
    detail: str = ""

    def text(self) -> str:
        """A sentence for a person."""
        what, _todo = MESSAGES[self.code]
        return what.format(where=self.where, detail=self.detail)
