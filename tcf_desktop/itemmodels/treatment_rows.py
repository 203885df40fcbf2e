"""Treatment records as rows: when, for whom, which product, how much, by whom."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.treatments import amount_text, conditions
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.treatments import ListedTreatment


def _tr(text: str) -> str:
    return QCoreApplication.translate("Treatments", text)


def _when(row: ListedTreatment) -> str:
    return i18n.full_day(row.on)


def _time(row: ListedTreatment) -> str:
    local = row.row.facts.treated_local
    return i18n.clock_time(local) if local[10:] else ""


def _how_much(row: ListedTreatment) -> str:
    return amount_text(row.row.facts.amount_milli, row.row.facts.amount_unit)


def _area(row: ListedTreatment) -> str:
    return amount_text(row.row.facts.area_milli, row.row.facts.area_unit)


class TreatmentRowsModel(IdListModel[ListedTreatment]):
    """The rows of one answer, newest first."""

    def __init__(self) -> None:
        self.found: tuple[ListedTreatment, ...] = ()
        super().__init__(
            [
                Column[ListedTreatment]("on", _tr("Applied"), _when, second=_time, width=120),
                Column[ListedTreatment](
                    "who", _tr("Customer"), lambda row: row.customer,
                    second=lambda row: row.address, stretch=True,
                ),
                Column[ListedTreatment](
                    "product", _tr("Product"), lambda row: row.row.facts.product,
                    second=lambda row: row.row.facts.registration_number, width=190,
                ),
                Column[ListedTreatment](
                    "amount", _tr("Amount"), _how_much, second=_area, width=120
                ),
                Column[ListedTreatment](
                    "target", _tr("Target"), lambda row: row.row.facts.target,
                    second=lambda row: conditions(row.row.facts), width=170,
                ),
                Column[ListedTreatment](
                    "by", _tr("Applicator"), lambda row: row.row.facts.applicator,
                    second=lambda row: row.row.facts.licence, width=150,
                ),
            ],
            lambda numbers: {number: self.found[number] for number in numbers},
        )  # fmt: skip

    def set_found(self, found: tuple[ListedTreatment, ...]) -> None:
        """Show another answer."""
        self.found = found
        self.set_ids([])
        self.invalidate()
        self.set_ids(range(len(found)))
