"""Groups of contacts that may be the same, by their number in the list of all groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.duplicates import Certainty, Group, Reason
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.duplicates import GroupRow

NAME, CERTAINTY = range(2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)


def reason_word(reason: Reason) -> str:
    """What two have in common, in a word or two."""
    return {
        Reason.NAME: _tr("name"),
        Reason.NEAR_NAME: _tr("a very similar name"),
        Reason.SURNAME: _tr("last name"),
        Reason.COMPANY: _tr("company"),
        Reason.PHONE: _tr("phone"),
        Reason.EMAIL: _tr("e-mail"),
        Reason.ADDRESS: _tr("address"),
    }[reason]


def reasons_text(reasons: Iterable[Reason]) -> str:
    """``Same name, phone``; ``Same phone · a very similar name``."""
    known = list(reasons)
    same = [reason_word(reason) for reason in known if reason is not Reason.NEAR_NAME]
    parts = [_tr("Same {things}").format(things=", ".join(same))] if same else []
    if Reason.NEAR_NAME in known:
        near = reason_word(Reason.NEAR_NAME)
        parts.append(near if parts else near[:1].upper() + near[1:])
    return i18n.joined(parts)


def certainty_word(certainty: Certainty) -> str:
    """Certain, Likely or Possible."""
    return {
        Certainty.CERTAIN: _tr("Certain"),
        Certainty.LIKELY: _tr("Likely"),
        Certainty.POSSIBLE: _tr("Possible"),
    }[certainty]


def certainty_tone(certainty: Certainty) -> str:
    """The tone of its chip."""
    return {
        Certainty.CERTAIN: "ok",
        Certainty.LIKELY: "info",
        Certainty.POSSIBLE: "neutral",
    }[certainty]


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group with the names that its row shows."""

    group: Group
    row: GroupRow

    def title(self) -> str:
        """``Jane Olson, Jane Olsen`` or ``John Smith (500)``."""
        names = list(dict.fromkeys((self.row.name, *self.row.others)))
        text = ", ".join(name for name in names if name)
        if len(names) == 1 or self.row.size > len(self.row.others) + 1:
            number = i18n.locale_of().toString(self.row.size)
            text = _tr("{names} ({count})").format(names=text, count=number)
        return text


class DuplicateGroupsModel(IdListModel[ListedGroup]):
    """``names`` reads the rows of a few groups on the GUI thread, by key."""

    def __init__(self, names: Callable[[Sequence[Group]], Sequence[GroupRow]]) -> None:
        self.groups: tuple[Group, ...] = ()
        self._names = names
        self._shown: Certainty | None = None
        super().__init__(
            [
                Column[ListedGroup](
                    "name",
                    _tr("Contacts"),
                    lambda listed: listed.title(),
                    second=lambda listed: reasons_text(listed.group.reasons),
                    stretch=True,
                ),
                Column[ListedGroup](
                    "certainty",
                    _tr("The same?"),
                    lambda listed: certainty_word(listed.group.certainty),
                    width=110,
                ),
            ],
            self._read,
        )

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other groups."""
        self.groups = tuple(groups)
        self.invalidate()
        self.show_certainty(self._shown)

    def show_certainty(self, certainty: Certainty | None) -> None:
        """Only the groups of one certainty; all for None."""
        self._shown = certainty
        self.set_ids(
            number
            for number, group in enumerate(self.groups)
            if certainty is None or group.certainty is certainty
        )

    def count(self, certainty: Certainty | None) -> int:
        """How many groups are of a certainty; of all for None."""
        return sum(1 for group in self.groups if certainty in (None, group.certainty))

    def row_of(self, ids: Sequence[int]) -> int:
        """The row of the group that has most of these contacts; -1 for none."""
        wanted = set(ids)
        best, most = -1, 1
        for row, number in enumerate(self.ids):
            shared = len(wanted.intersection(self.groups[number].ids))
            if shared > most or (shared == most and best < 0):
                best, most = row, shared
        return best if most > 1 else -1

    def _read(self, numbers: Sequence[int]) -> dict[int, ListedGroup]:
        groups = [self.groups[number] for number in numbers if number < len(self.groups)]
        rows = self._names(groups)
        return {
            number: ListedGroup(group, row)
            for number, group, row in zip(numbers, groups, rows, strict=False)
        }
